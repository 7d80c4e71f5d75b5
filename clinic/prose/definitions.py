"""Definitions: lists of terms, footnotes, addresses of references, abbreviations."""

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from clinic.expressions import expression
from clinic.problems.catalogue import body as rules
from clinic.prose import starts
from clinic.prose.leaves import Leaves, Place
from clinic.prose.marks import decode, mark
from clinic.prose.reading import Footnote, Line

if TYPE_CHECKING:
    from clinic.prose.blocks import Blocks

MAX_ABBREVIATIONS = 200
"""Every abbreviation is looked for in every paragraph."""

_TERM = expression(r":[ \t]+(?=\S)")
_REFERENCE = expression(
    r"\[(?P<label>[^\]\[^][^\]\[]*)\]:[ \t]*(?:<(?P<angle>[^<>]*)>|(?P<plain>[^\s<]\S*))"
    r"(?:[ \t]+(?P<title>\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*$"
)
_ABBREVIATION = expression(r"\*\[(?P<short>[^\]\[]+)\]:[ \t]*(?P<long>\S.*)$")


def read_definition(
    blocks: "Blocks", parent: ET.Element, lines: list[Line], index: int, place: Place, paragraph: list[Line]
) -> int | None:
    """Read the definition that begins at `index`; the index after it, or None where there is none."""
    line = lines[index]
    if line.text[0] == ":" and (found := _TERM.match(line.text)):
        return _definition(blocks, parent, lines, index, place, paragraph, found.end())
    if found := starts.FOOTNOTE.match(line.text):
        blocks.close_paragraph(parent, paragraph, place)
        return _footnote(blocks, lines, index, place, found)
    if paragraph:
        return None
    if found := _REFERENCE.match(line.text):
        _reference(blocks, line, found)
        return index + 1
    if found := _ABBREVIATION.match(line.text):
        _abbreviation(blocks, line, found)
        return index + 1
    return None


def _definition(
    blocks: "Blocks",
    parent: ET.Element,
    lines: list[Line],
    index: int,
    place: Place,
    paragraph: list[Line],
    width: int,
) -> int | None:
    """A term (the paragraph above) with what it means; more meanings may follow."""
    last = parent[-1] if len(parent) else None
    if paragraph:
        target = last if last is not None and last.tag == "dl" else ET.SubElement(parent, "dl")
        for term in paragraph:
            blocks.leaves.add(ET.SubElement(target, "dt"), [term], place)
    elif last is not None and last.tag == "dl":
        target = last
    elif last is not None and last.tag == "p" and _just_read(blocks.leaves, last):
        parent.remove(last)
        before = parent[-1] if len(parent) else None
        target = before if before is not None and before.tag == "dl" else ET.SubElement(parent, "dl")
        last.tag = "dt"
        target.append(last)
    else:
        return None
    inner, end, loose = _indented(lines, index, place, width, stop=_TERM)
    meaning = ET.SubElement(target, "dd")
    blocks.read(meaning, inner, place.within("a list of terms", inner[0].column, tight=not loose))
    return end


def _just_read(leaves: Leaves, element: ET.Element) -> bool:
    return bool(leaves.all) and leaves.all[-1].element is element and "\n" not in leaves.all[-1].text


def _indented(
    lines: list[Line], index: int, place: Place, width: int, *, stop: re.Pattern[str]
) -> tuple[list[Line], int, bool]:
    """What belongs to a definition: its first line, the lines right below it, and indented ones after empty lines.

    Gives the lines, moved so that they begin in one column, the index after them, and whether empty ones are inside.
    """
    first = lines[index].after(width)
    base = first.column
    inner = [first]
    empty: list[Line] = []
    end = index + 1
    loose = False
    while end < len(lines):
        line = lines[end]
        indent = line.column - place.base
        if not line.text:
            empty.append(line)
        elif (empty and indent < 2) or (indent < 2 and (starts.begins_block(line.text) or stop.match(line.text))):
            break
        else:
            loose = loose or bool(empty)
            inner += [*empty, line.moved(base + max(0, indent - 4) - line.column)]
            empty = []
        end += 1
    return inner, end - len(empty), loose


def _footnote(blocks: "Blocks", lines: list[Line], index: int, place: Place, found: re.Match[str]) -> int:
    reading = blocks.reading
    line = lines[index]
    name = found["name"]
    inner, end, _ = _indented(lines, index, place, found.end(), stop=starts.FOOTNOTE)
    at = (line.offset, line.offset + len(name) + 3)
    if name in reading.sources or name in reading.footnotes:
        where = "at the top of the file, under sources" if name in reading.sources else "already"
        what = f'"{name}" is explained {where}; this second text is not shown.'
        reading.report(
            rules.DEFINITION_TROUBLE, *at, what=what, mend="Take one of the two out, or give it another name."
        )
        return end
    if not re.fullmatch(r"[\w.-]+", name):
        what = f'The name "{name}" of this footnote has signs that can\'t be used; the footnote is not shown.'
        reading.report(rules.DEFINITION_TROUBLE, *at, what=what, mend="Use letters, digits and - only.")
        return end
    reading.footnotes[name] = Footnote(name, inner, inner[0].column, *at)
    return end


def _reference(blocks: "Blocks", line: Line, found: re.Match[str]) -> None:
    reading = blocks.reading
    label = " ".join(found["label"].lower().split())
    at = (line.offset, line.offset + len(found["label"]) + 2)
    if label in reading.references:
        what = f'The address of "{label}" is given twice; this second one is not used.'
        reading.report(rules.DEFINITION_TROUBLE, *at, what=what, mend="Take one of the two out.")
        return
    group = "angle" if found["angle"] is not None else "plain"
    title = found["title"][1:-1] if found["title"] else None
    reading.references[label] = (mark(line.offset + found.start(group)) + found[group], title)
    reading.reference_places[label] = at


def _abbreviation(blocks: "Blocks", line: Line, found: re.Match[str]) -> None:
    reading = blocks.reading
    if len(reading.abbreviations) >= MAX_ABBREVIATIONS:
        reading.report(
            rules.TOO_MUCH,
            line.offset,
            line.end,
            found=f"more than {MAX_ABBREVIATIONS}",
            things="abbreviations",
            limit=MAX_ABBREVIATIONS,
        )
        return
    short = " ".join(found["short"].split())
    if short:
        reading.abbreviations[short] = decode(found["long"].strip())


def footnote_item(blocks: "Blocks", note: Footnote) -> ET.Element:
    """The list item of a footnote, its words still to be read."""
    item = ET.Element("li", {"id": f"fn-{note.name}"})
    blocks.read(item, note.lines, Place(base=note.base, depth=1, inside="a footnote", footnote=True))
    return item
