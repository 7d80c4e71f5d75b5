"""Blocks that hold blocks: quotations, care cards, lists, fold-outs."""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clinic.expressions import expression
from clinic.problems import nearest
from clinic.problems.catalogue import body as rules
from clinic.prose import starts
from clinic.prose.body import CardKind
from clinic.prose.facts import LIKE
from clinic.prose.leaves import Place
from clinic.prose.reading import Line, Reading, is_blank

if TYPE_CHECKING:
    from clinic.prose.blocks import Blocks

CARD_EXAMPLES = {
    CardKind.EMERGENCY: "Call 911 now if",
    CardKind.URGENT: "Call us right away if",
    CardKind.CALL_US: "Call us if",
    CardKind.DO: "Before your visit",
    CardKind.DONT: "Before your visit",
    CardKind.IMPORTANT: "Tell us first",
    CardKind.NOTE: "Good to know",
}
"""A title for each kind of card, as hints and snippets propose it."""
_DETAILS_OPEN = expression(r"<details(?P<rest>(?:\s[^<>]*)?)>", re.IGNORECASE)
_DETAILS_TAG = expression(r"<(?P<close>/?)details(?![\w:-])[^<>]*>", re.IGNORECASE)
_OPEN_WORD = expression(r"\s+open(?:\s*=\s*(?:\"(?:open)?\"|'(?:open)?'|open))?\s*/?$", re.IGNORECASE)
_SUMMARY_OPEN = expression(r"<summary\s*>", re.IGNORECASE)
_SUMMARY_CLOSE = expression(r"</summary\s*>", re.IGNORECASE)


def report_fact_in_code(reading: Reading, text: str, offset: int) -> None:
    """Report every fact that a line of code names."""
    for found in LIKE.finditer(text):
        at = (offset + found.start(), offset + found.end())
        mend = "Write it outside the code."
        reading.report(rules.FACT_OUT_OF_PLACE, *at, fact=found["name"], place="code", mend=mend)


def read_quote(blocks: "Blocks", parent: ET.Element, lines: list[Line], index: int, place: Place) -> int:
    """A quotation, or the care card that is written as one; a second card in it begins a block of its own."""
    inner: list[Line] = []
    end = index
    lazies: list[Line] = []
    base = lines[index].column + 2
    while end < len(lines):
        line = lines[end]
        if line.text.startswith(">") and line.column - place.base < 4:
            content = line.after(1)
            if inner and starts.CARD.match(content.text):
                blocks.reading.report(
                    rules.CARD_NOT_ALONE,
                    line.offset,
                    line.offset + 1,
                    replacement="\n>",
                    reason="it follows another quotation without an empty line",
                    mend="Put an empty line above it.",
                )
                break
            inner.append(content)
            base = min(base, content.column) if content.text else base
        elif line.text and inner[-1].text and not starts.begins_block(line.text) and not _closed(inner[-1].text):
            lazies.append(line)
            inner.append(line)
        else:
            break
        end += 1
    card = starts.CARD.match(inner[0].text) if inner else None
    if card is None:
        element = ET.SubElement(parent, "blockquote")
        blocks.read(element, inner, place.within("a quotation", base))
    else:
        _read_card(blocks, parent, inner, card, place, base, lazies)
    return end


def _closed(text: str) -> bool:
    """Whether nothing can be added to the line above by leaving the sign of quotations out."""
    return bool(starts.HEADING.match(text) or starts.RULE.match(text) or text.startswith(("```", "~~~", "|")))


def _read_card(
    blocks: "Blocks",
    parent: ET.Element,
    inner: list[Line],
    found: re.Match[str],
    place: Place,
    base: int,
    lazies: list[Line],
) -> None:
    reading = blocks.reading
    first = inner[0]
    word = found["kind"].strip()
    kind = next((one for one in CardKind if one.value == word.lower()), None)
    if kind is None:
        near = nearest(word.replace("'", "").replace(" ", "-"), [one.value for one in CardKind])
        at = (first.offset + 2, first.offset + 2 + len(found["kind"]))
        known = ", ".join(one.value for one in CardKind)
        hint = f'Did you mean "{near}"? {rules.UNKNOWN_CARD.hint}' if near else None
        reading.report(rules.UNKNOWN_CARD, *at, replacement=near, hint=hint, card=word, known=known)
        kind = CardKind(near) if near else CardKind.IMPORTANT
    if place.depth:
        reading.report(
            rules.CARD_NOT_ALONE,
            first.offset,
            first.offset + len(found["kind"]) + 3,
            reason=f"it is inside {place.inside}",
            mend="Move it out, with an empty line above and below it, and no spaces before it.",
        )
    for lazy in lazies:
        reading.report(
            rules.CARD_NOT_ALONE,
            lazy.offset,
            lazy.end,
            replacement="> " + lazy.text.rstrip(),
            reason='the line below it does not begin with ">"',
            mend='Begin the line with ">" if it belongs to the card; if not, put an empty line above it.',
        )
    element = ET.SubElement(parent, "aside", {"card": kind.value})
    element.set("at", str(first.offset))
    element.set("to", str(inner[-1].end))
    inside = place.within("a care card", base, card=kind)
    title = first.after(found.start("title"))
    if not is_blank(title.text):
        blocks.leaves.add(ET.SubElement(element, "title"), [title], inside)
    else:
        at = (first.offset, first.offset + len(first.text.rstrip()))
        reading.report(rules.CARD_WITHOUT_TITLE, *at, card=kind.value, example=CARD_EXAMPLES[kind])
    if not any(line.text for line in inner[1:]):
        reading.report(rules.CARD_EMPTY, first.offset, first.end)
    blocks.read(element, inner[1:], inside)


@dataclass(slots=True)
class _Item:
    """A list item: where its marker and its text stand, its lines, and how far nested lines were pushed right."""

    column: int
    content: int
    lines: list[Line] = field(default_factory=list)
    pushed_from: int = 0
    pushed: int = 0
    loose: bool = False


def read_list(blocks: "Blocks", parent: ET.Element, lines: list[Line], index: int, place: Place) -> int:
    """A list with all its items; the lines of each are those that are indented as far as its text."""
    first = starts.ITEM.match(lines[index].text)
    assert first is not None
    family = _family(first)
    items: list[_Item] = []
    after_empty = False
    end = index
    while end < len(lines):
        line = lines[end]
        if not line.text:
            items[-1].lines.append(line)
        elif items and line.column >= items[-1].content:
            _add(items[-1], line, after_empty=after_empty)
        elif (found := _item_start(line, place)) and not (items and line.column > items[-1].column):
            if _family(found) != family:
                break
            if items:
                items[-1].loose = items[-1].loose or after_empty
            items.append(_new_item(line, found))
        elif not _still_in(blocks.reading, items[-1], line, place, after_empty=after_empty):
            break
        after_empty = not line.text
        end += 1
    _build(blocks, parent, items, first, place)
    return end


def _item_start(line: Line, place: Place) -> re.Match[str] | None:
    return None if starts.RULE.match(line.text) or line.column - place.base >= 4 else starts.ITEM.match(line.text)


def _still_in(reading: Reading, item: _Item, line: Line, place: Place, *, after_empty: bool) -> bool:
    """Whether a line that is indented less than the text of the last item belongs to it; then it is taken.

    It does as a further line of its paragraph, and (with a problem) where it is indented, but too little.
    """
    nested = starts.ITEM.match(line.text) is not None and line.column > item.column
    if nested or (after_empty and place.base < line.column):
        _push(reading, item, line)
        item.loose = item.loose or (after_empty and not nested)
        return True
    if after_empty or starts.begins_block(line.text):
        return False
    item.lines.append(line)
    return True


def _family(found: re.Match[str]) -> str:
    """Items of one list share their sign, or how their numbers end."""
    return found["marker"][-1]


def _new_item(line: Line, found: re.Match[str]) -> _Item:
    width = len(found["marker"])
    content = line.after(width)
    spaces = content.column - line.column - width
    if not content.text or spaces > 4:  # an empty item, or one that begins with indented code
        return _Item(line.column, line.column + width + 1, [content])
    return _Item(line.column, content.column, [content])


def _add(item: _Item, line: Line, *, after_empty: bool) -> None:
    if item.pushed and line.column >= item.pushed_from:
        line = line.moved(item.pushed)
    if after_empty and not _between_nested_items(item, line):
        item.loose = True
    item.lines.append(line)


def _between_nested_items(item: _Item, line: Line) -> bool:
    """Whether an empty line stands inside a nested list, where it says nothing about the outer one."""
    if line.column - item.content >= 2:
        return True
    nested = any(one.text and one.column == line.column and starts.ITEM.match(one.text) for one in item.lines[1:])
    return nested and starts.ITEM.match(line.text) is not None


def _push(reading: Reading, item: _Item, line: Line) -> None:
    """Take a line that is indented too little for the item above it, and report it."""
    row_start = reading.text.rfind("\n", 0, line.offset) + 1
    before = reading.text[row_start : line.offset]
    indented = not before.strip(" \t")
    reading.report(
        rules.LIST_NESTED_TOO_LITTLE,
        row_start if indented else line.offset,
        line.offset if indented else line.offset + 1,
        replacement=" " * item.content if indented else None,
        spaces=item.content,
    )
    item.pushed_from = line.column
    item.pushed = item.content - line.column
    item.lines.append(line.moved(item.pushed))


def _build(blocks: "Blocks", parent: ET.Element, items: list[_Item], first: re.Match[str], place: Place) -> None:
    number = first["number"]
    element = ET.SubElement(parent, "ol" if number else "ul")
    if number and int(number[:-1]) != 1:
        element.set("start", str(int(number[:-1])))
    tight = not any(item.loose for item in items)
    for item in items:
        while item.lines and not item.lines[-1].text:
            item.lines.pop()
        li = ET.SubElement(element, "li")
        blocks.read(li, item.lines, place.within("a list", item.content, tight=tight))


def read_details(blocks: "Blocks", parent: ET.Element, lines: list[Line], index: int, place: Place) -> int:
    """A fold-out: its summary, and what stands below it up to its end."""
    reading = blocks.reading
    line = lines[index]
    opening = _DETAILS_OPEN.match(line.text)
    if opening is None:
        what = "Here stands a part of a fold-out that does not begin with <details>."
        reading.report(rules.DETAILS_TROUBLE, line.offset, line.end, what=what)
        left = line.after(line.text.find(">") + 1 or len(line.text))
        if left.text:
            lines[index] = Line(line.column, left.text, left.offset)
            return index
        return index + 1
    element = ET.SubElement(parent, "details")
    _details_attributes(reading, opening, line, element)
    first = line.after(opening.end())
    inner, end, rest = _until_closed(Line(place.base, first.text, first.offset), lines, index)
    if rest is None:
        what = "This fold-out has no end."
        reading.report(rules.DETAILS_TROUBLE, line.offset, line.offset + opening.end(), what=what)
    inside = place.within("a fold-out", place.base)
    inner = _read_summary(blocks, element, inner, inside, line)
    blocks.read(element, inner, inside)
    if rest is not None and rest.text:
        lines[end - 1] = Line(place.base, rest.text, rest.offset)
        return end - 1
    return end


def _details_attributes(reading: Reading, opening: re.Match[str], line: Line, element: ET.Element) -> None:
    rest = opening["rest"]
    if _OPEN_WORD.match(rest):
        element.set("open", "")
    elif rest.strip(" \t/"):
        at = (line.offset + opening.start("rest") + 1, line.offset + opening.end("rest"))
        rule = rules.EVENT_ATTRIBUTE if re.search(r"\son\w+\s*=", rest, re.IGNORECASE) else rules.HTML_ATTRIBUTE
        reading.report(rule, *at, attribute=rest.strip(), tag="details")


def _until_closed(first: Line, lines: list[Line], index: int) -> tuple[list[Line], int, Line | None]:
    """The lines of a fold-out, the index after it, and what follows its end on the same line (None: it has no end)."""
    depth = 1
    inner: list[Line] = []
    line = first
    while True:
        for found in _DETAILS_TAG.finditer(line.text):
            depth += -1 if found["close"] else 1
            if depth == 0:
                inner.append(Line(line.column, line.text[: found.start()], line.offset))
                return inner, index + 1, line.after(found.end())
        inner.append(line)
        index += 1
        if index >= len(lines):
            return inner, index, None
        line = lines[index]


def _read_summary(blocks: "Blocks", element: ET.Element, inner: list[Line], place: Place, details: Line) -> list[Line]:
    """Read the summary; what is left of the lines after it."""
    start = next((number for number, line in enumerate(inner) if line.text), None)
    opening = _SUMMARY_OPEN.match(inner[start].text) if start is not None else None
    if start is None or opening is None:
        what = "This fold-out has no words to tap."
        blocks.reading.report(rules.DETAILS_TROUBLE, details.offset, details.offset + 8, what=what)
        return inner
    words: list[Line] = []
    line = inner[start].after(opening.end())
    for number in range(start, min(start + 5, len(inner))):
        if number > start:
            line = inner[number]
        closing = _SUMMARY_CLOSE.search(line.text)
        text = line.text[: closing.start()] if closing else line.text
        if text.strip():
            words.append(Line(line.column, text, line.offset))
        if closing:
            if words:
                blocks.leaves.add(ET.SubElement(element, "summary"), words, place)
                rest = line.after(closing.end())
                return [Line(place.base, rest.text, rest.offset), *inner[number + 1 :]]
            break
    what = "The words to tap of this fold-out are empty or have no end."
    blocks.reading.report(rules.DETAILS_TROUBLE, inner[start].offset, inner[start].end, what=what)
    return inner[start + 1 :]
