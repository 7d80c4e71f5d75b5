"""Tables with bars: where one begins, and rows that do not fit."""

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from clinic.problems.catalogue import body as rules
from clinic.prose import starts
from clinic.prose.leaves import LeafKind, Place
from clinic.prose.marks import first_mark, mark_line, strip_marks
from clinic.prose.reading import Line

if TYPE_CHECKING:
    from clinic.prose.blocks import Blocks

_DASHES = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_BAR_OR_CODE = re.compile(r"\\.|(`+)(?!`)(?:(?!\1).)*?\1|(\|)", re.DOTALL)
_ALIGN = re.compile(r"text-align: (left|center|right);")


def cells_in(row: str) -> int:
    """How many cells a row has: bars in code, and those behind a backslash, divide none."""
    row = row.strip()
    row = row.removeprefix("|")
    bars = [found.end() for found in _BAR_OR_CODE.finditer(row) if found[2]]
    return len(bars) + (0 if bars and bars[-1] == len(row) else 1)


def read_table(
    blocks: "Blocks", parent: ET.Element, lines: list[Line], index: int, place: Place, paragraph: list[Line]
) -> int | None:
    """Read the table that begins at `index`; the index after it, or None where there is none."""
    line = lines[index]
    below = lines[index + 1] if index + 1 < len(lines) else None
    if below is None or "|" not in below.text or not _DASHES.match(below.text):
        if not paragraph and _is_parted(lines, index):
            _report(blocks, line, "an empty line stands above the row of dashes", cells_in(line.text))
        elif not paragraph and _is_row(line) and _is_row(below) and not _DASHES.match(line.text):
            _report(blocks, line, "the row of dashes below its headings is missing", cells_in(line.text))
        return None
    end = index + 2
    while end < len(lines) and lines[end].text and not starts.begins_block(lines[end].text):
        end += 1
    rows = lines[index:end]
    block = "\n".join(
        row.text.rstrip() if number == 1 else mark_line(row.text.rstrip(), row.offset, cells=True)
        for number, row in enumerate(rows)
    )
    table = blocks.engine.table(block)
    if table is None:
        reason = f"the row of dashes has {cells_in(below.text)} cells and the row above it {cells_in(line.text)}"
        _report(blocks, below, reason, cells_in(line.text))
        return None
    blocks.close_paragraph(parent, paragraph, place)
    parent.append(table)
    expected = cells_in(line.text)
    for row in rows[2:]:
        found = cells_in(row.text)
        if found != expected:
            blocks.reading.report(rules.RAGGED_ROW, row.offset, row.end, found=found, expected=expected)
    _add_cells(blocks, table, place)
    return end


def _is_row(line: Line | None) -> bool:
    return line is not None and line.text.startswith("|")


def _is_parted(lines: list[Line], index: int) -> bool:
    """Whether a row of headings stands here alone, and the row of dashes below an empty line."""
    following = lines[index + 1 : index + 3]
    if len(following) < 2 or following[0].text or not _is_row(lines[index]):
        return False
    return cells_in(lines[index].text) > 1 and _is_row(following[1]) and _DASHES.match(following[1].text) is not None


def _report(blocks: "Blocks", line: Line, reason: str, columns: int) -> None:
    example = "|" + "---|" * max(1, min(columns, 8))
    blocks.reading.report(rules.TABLE_NOT_READ, line.offset, line.end, reason=reason, example=example)


def _add_cells(blocks: "Blocks", table: ET.Element, place: Place) -> None:
    """Make a leaf of each cell; alignment becomes a class, and headings say that they are those of columns."""
    body = table.find("tbody")
    if body is not None and all(not (cell.text or "").strip() for cell in body.iter("td")):
        table.remove(body)
    for cell in table.iter():
        if cell.tag not in {"th", "td"}:
            continue
        aligned = _ALIGN.match(cell.attrib.pop("style", ""))
        if aligned:
            cell.set("class", f"align-{aligned[1]}")
        if cell.tag == "th":
            cell.set("scope", "col")
        text = cell.text or ""
        cell.text = None
        start = first_mark(text)
        if start is not None:
            end = start + len(strip_marks(text).rstrip())
            blocks.leaves.add_text(cell, text, start, end, place, LeafKind.CELL)
