"""What changed between the text that a clinician signed and the one that stands there now."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from clinic.signing.wording import END_OF_HEADER

AROUND = 1
"""How many lines that are the same are shown before and after each change."""


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """One line of a difference. `number` counts the lines of the new text from 0; what is gone has that of the next."""

    sort: Literal["same", "gone", "new"]
    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines that stand together, and what they stand under: a heading, or nothing for the fields of the header."""

    under: str
    lines: tuple[ChangedLine, ...]


def changes(signed: Sequence[str], now: Sequence[str]) -> tuple[Stretch, ...]:
    """What changed, in the order of the text; nothing where both are the same."""
    matcher = difflib.SequenceMatcher(None, signed, now, autojunk=False)
    found = []
    for group in matcher.get_grouped_opcodes(AROUND):
        lines: list[ChangedLine] = []
        for tag, old_start, old_end, start, end in group:
            if tag == "equal":
                lines += [ChangedLine("same", now[number], number) for number in range(start, end)]
                continue
            lines += [ChangedLine("gone", line, start) for line in signed[old_start:old_end]]
            lines += [ChangedLine("new", now[number], number) for number in range(start, end)]
        shown = tuple(line for line in lines if line.sort != "same" or line.text != END_OF_HEADER)
        found.append(Stretch(_under(now, lines[0].number), shown))
    return tuple(found)


def _under(text: Sequence[str], number: int) -> str:
    """The heading above a line."""
    return next((line.lstrip("# ") for line in reversed(text[:number]) if line.startswith("## ")), "")


def as_text(stretches: Sequence[Stretch]) -> str:
    """The changes for a terminal: `-` before what was signed, `+` before what stands there now."""
    signs = {"same": " ", "gone": "-", "new": "+"}
    rows = []
    for stretch in stretches:
        rows.append(f'  under "{stretch.under}":' if stretch.under else "  at the top:")
        rows += [f"  {signs[line.sort]} {line.text}" for line in stretch.lines]
    return "\n".join(rows)
