"""The blocks of a body, read as code hosts read them (CommonMark 0.31 and GitHub's tables), into a tree with leaves.

Python-Markdown wants an empty line before a list and four spaces to nest one; editors write neither. So the lines are
sorted into blocks here, and Python-Markdown reads what stands in them (clinic.prose.inline).
"""

import re
import xml.etree.ElementTree as ET
from functools import partial

from clinic.problems.catalogue import body as rules
from clinic.prose import containers, definitions, starts, tables
from clinic.prose.attributes import LIKE, read_attributes
from clinic.prose.highlight import code_block
from clinic.prose.inline import Engine
from clinic.prose.leaves import LeafKind, Leaves, Place
from clinic.prose.lines import FENCE
from clinic.prose.reading import Line, Reading, is_blank

MAX_DEPTH = 12
"""How deep lists, quotations and cards may stand in one another."""

MAX_HEADINGS = 300
"""The most headings of a body; any more are shown as bold lines."""

_TIGHT_HEADING = re.compile(r"(#{2,6})([^#\s].*)$")
_SENTENCE_END = re.compile(r"[.!?:;,]['\")\]*_]*$")
_CARD_WITHOUT_QUOTE = re.compile(r"\[!\s*[a-zA-Z-]+\s*\]")
_TRAILING_ATTRIBUTES = re.compile(r"(?:^|[ \t])\{(?!\{)([^{}]*)\}$")
_ATTRIBUTE_LINE = re.compile(r"\{(?!\{)([^{}]*)\}[ \t]*$")


class Blocks:
    """Reads lines into a tree. One for each body."""

    def __init__(self, reading: Reading, engine: Engine) -> None:
        self.reading = reading
        self.engine = engine
        self.leaves = Leaves()
        self.headings: list[ET.Element] = []
        self._crowded = False

    def read(self, parent: ET.Element, lines: list[Line], place: Place) -> None:
        """Append to `parent` the blocks that `lines` make."""
        if place.depth > MAX_DEPTH:
            shown = next((line for line in lines if line.text), None)
            if shown is not None:
                self.reading.report(rules.TOO_DEEP, shown.offset, shown.offset + 1, limit=MAX_DEPTH)
            return
        paragraph: list[Line] = []
        index = 0
        while index < len(lines):
            line = lines[index]
            if not line.text:
                self.close_paragraph(parent, paragraph, place)
                paragraph = []
                index += 1
            elif line.column - place.base >= 4:
                if paragraph:
                    paragraph.append(line)
                    index += 1
                else:
                    index = self._indented_code(parent, lines, index, place)
            else:
                taken = self._block(parent, lines, index, place, paragraph)
                if taken is None:
                    paragraph.append(line)
                    index += 1
                else:
                    paragraph = []
                    index = taken
        self.close_paragraph(parent, paragraph, place)

    def _block(
        self, parent: ET.Element, lines: list[Line], index: int, place: Place, paragraph: list[Line]
    ) -> int | None:
        """Read the block that begins at `index`; the index after it, or None where the line belongs to a paragraph."""
        text = lines[index].text
        if text[0].isalpha() and "|" not in text:
            return None
        readers = (
            self._underlined,
            partial(tables.read_table, self),
            self._heading,
            self._fenced_code,
            self._rule,
            self._container,
            partial(definitions.read_definition, self),
        )
        for reader in readers:
            after = reader(parent, lines, index, place, paragraph)
            if after is not None:
                return after
        return None

    def _rule(
        self, parent: ET.Element, lines: list[Line], index: int, place: Place, paragraph: list[Line]
    ) -> int | None:
        if not starts.RULE.match(lines[index].text):
            return None
        self.close_paragraph(parent, paragraph, place)
        ET.SubElement(parent, "hr")
        return index + 1

    def _container(
        self, parent: ET.Element, lines: list[Line], index: int, place: Place, paragraph: list[Line]
    ) -> int | None:
        """A quotation, card, list or fold-out."""
        text = lines[index].text
        if text[0] == ">":
            read = containers.read_quote
        elif starts.begins_item(text, in_paragraph=bool(paragraph)):
            read = containers.read_list
        elif starts.DETAILS.match(text):
            read = containers.read_details
        else:
            return None
        self.close_paragraph(parent, paragraph, place)
        return read(self, parent, lines, index, place)

    def close_paragraph(self, parent: ET.Element, lines: list[Line], place: Place) -> None:
        """A paragraph, in an element of its own or (in a tight list) in the item itself."""
        if not lines:
            return
        self._look_for_slips(lines)
        name: str | None = None
        if len(lines) > 1 and (found := _ATTRIBUTE_LINE.match(lines[-1].text)) and LIKE.match(found[1]):
            where = "on a paragraph"
            name = read_attributes(self.reading, found[1], lines[-1].offset + 1, place=where).id
            lines = lines[:-1]
        alone = place.tight and not len(parent) and parent.get("taken") is None
        element = parent if alone else ET.SubElement(parent, "p")
        if alone:
            parent.set("taken", "yes")
        if name:
            element.set("id", name)
            element.set("id-at", str(lines[-1].offset))
        self.leaves.add(element, lines, place)

    def _look_for_slips(self, lines: list[Line]) -> None:
        """Report what almost became a block: a list in a sentence, a heading, a card without its sign."""
        for number, line in enumerate(lines):
            text = line.text
            if number and (item := starts.ITEM.match(text)) and item["number"] and len(item["number"]) <= 3:
                shown = item["number"]
                self.reading.report(rules.LIST_NUMBER_IN_SENTENCE, line.offset, line.offset + len(shown), number=shown)
            elif text.startswith("[!") and _CARD_WITHOUT_QUOTE.match(text):
                self.reading.report(
                    rules.CARD_NOT_ALONE,
                    line.offset,
                    line.offset + 2,
                    replacement="> [!",
                    reason='its lines do not begin with ">"',
                    mend='Begin each of its lines with ">".',
                )

    def _heading(
        self, parent: ET.Element, lines: list[Line], index: int, place: Place, paragraph: list[Line]
    ) -> int | None:
        """A heading with hashes; None where the hash is part of the text (#1 clinic)."""
        line = lines[index]
        found = starts.HEADING.match(line.text)
        if found is None:
            found = _TIGHT_HEADING.match(line.text)
            if found is None:
                return None
            hashes = found[1]
            at = (line.offset, line.offset + len(hashes))
            self.reading.report(rules.HEADING_WITHOUT_SPACE, *at, replacement=f"{hashes} ", marks=hashes)
        self.close_paragraph(parent, paragraph, place)
        words = found[2]
        closed = re.search(r"(?:^|[ \t])#+[ \t]*$", words)
        if closed:
            words = words[: closed.start()]
        level = len(found[1])
        if level == 1:
            self.reading.report(rules.LEVEL_ONE_HEADING, line.offset, line.offset + 1, replacement="##")
        self._add_heading(parent, level, Line(line.column + found.start(2), words, line.offset + found.start(2)), place)
        return index + 1

    def _underlined(
        self, parent: ET.Element, lines: list[Line], index: int, place: Place, paragraph: list[Line]
    ) -> int | None:
        """A heading made by the line of = or - below it."""
        line = lines[index]
        if not paragraph or not starts.UNDERLINE.match(line.text):
            return None
        text = paragraph[-1].text.rstrip()
        if line.text[0] == "=":
            self.reading.report(rules.LINE_MAKES_HEADING, line.offset, line.end, mark=line.text.rstrip()[:10])
        elif len(paragraph) > 1 or _SENTENCE_END.search(text) or len(line.text.rstrip()) < 3:
            mark = line.text.rstrip()
            self.reading.report(rules.LINE_MAKES_HEADING, line.offset, line.end, mark=mark[:10])
            self.close_paragraph(parent, paragraph, place)
            ET.SubElement(parent, "hr")
            return index + 1
        self.close_paragraph(parent, paragraph[:-1], place)
        self._add_heading(parent, 1 if line.text[0] == "=" else 2, paragraph[-1], place)
        return index + 1

    def _add_heading(self, parent: ET.Element, level: int, line: Line, place: Place) -> None:
        words = line.text.rstrip()
        name: str | None = None
        found = _TRAILING_ATTRIBUTES.search(words)
        if found and LIKE.match(found[1]):
            start = line.offset + found.start(1)
            name = read_attributes(self.reading, found[1], start, place="on a heading").id
            words = words[: found.start()]
        lead = len(words) - len(words.lstrip())
        shown = Line(line.column + lead, words.strip(), line.offset + lead)
        if is_blank(shown.text):
            self.reading.report(rules.HEADING_EMPTY, line.offset - level, max(line.end, line.offset))
            return
        crowded = len(self.headings) >= MAX_HEADINGS
        if place.inside or crowded:
            if place.inside:
                self.reading.report(rules.HEADING_INSIDE, shown.offset, shown.end, place=place.inside)
            elif not self._crowded:
                self._crowded = True
                many = f"more than {MAX_HEADINGS}"
                at = (shown.offset, shown.end)
                self.reading.report(rules.TOO_MUCH, *at, found=many, things="headings", limit=MAX_HEADINGS)
            element = ET.SubElement(ET.SubElement(parent, "p"), "strong")
            self.leaves.add(element, [shown], place)
            return
        element = ET.SubElement(parent, f"h{max(level, 2)}", {"level": str(level)})
        if name:
            element.set("id", name)
            element.set("id-at", str(shown.offset))
        self.headings.append(element)
        self.leaves.add(element, [shown], place, LeafKind.HEADING)

    def _fenced_code(
        self, parent: ET.Element, lines: list[Line], index: int, place: Place, paragraph: list[Line]
    ) -> int | None:
        fence = FENCE.match(lines[index].text)
        if fence is None:
            return None
        self.close_paragraph(parent, paragraph, place)
        opening = lines[index]
        marks = fence["fence"]
        end = index + 1
        while end < len(lines):
            text = lines[end].text
            if text.startswith(marks) and not text.strip(marks[0] + " \t"):
                break
            end += 1
        else:
            self.reading.report(rules.CODE_NOT_CLOSED, opening.offset, opening.end, fence=marks)
        self._code(parent, lines[index + 1 : end], opening.column, fence["language"])
        return end + 1

    def _indented_code(self, parent: ET.Element, lines: list[Line], index: int, place: Place) -> int:
        end = index
        while end < len(lines) and (not lines[end].text or lines[end].column - place.base >= 4):
            end += 1
        while not lines[end - 1].text:
            end -= 1
        self.reading.report(rules.CODE_BY_INDENTATION, lines[index].offset, lines[index].end)
        self._code(parent, lines[index:end], place.base + 4, "")
        return end

    def _code(self, parent: ET.Element, lines: list[Line], column: int, language: str) -> None:
        for line in lines:
            containers.report_fact_in_code(self.reading, line.text, line.offset)
        rows = [" " * max(0, line.column - column) + line.text if line.text else "" for line in lines]
        parent.append(code_block("\n".join(rows) + "\n", language))
