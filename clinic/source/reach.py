"""How far a value of the header reaches, and what is wrong with all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from clinic.source import lines as line
from clinic.source.values import Finding, closing, has_note, judge_list, judge_plain, judge_quoted, swallowed, unclosed

State = Literal["start", "open", "text", "done", "block", "broken"]
"""What the last entry of a list or group is: nothing yet, a name that awaits its value, a text that may go on on the
next line, a whole value, a list or group of its own, or unreadable."""


@dataclass(frozen=True, slots=True)
class Reach:
    """A value's text with all its lines, what is wrong with it, and the index of the line after it."""

    text: str
    findings: tuple[Finding, ...]
    state: State
    following: int


def holds(row: str) -> bool:
    """Whether a line holds more than white space and a note."""
    text = row.lstrip()
    return bool(text) and text[0] != "#"


def indent_of(row: str) -> int:
    """How many spaces a line begins with."""
    return len(row) - len(row.lstrip(" "))


def next_row(rows: Sequence[str], at: int) -> str:
    """The next line after this one that holds something, or an empty one."""
    return next((rows[index] for index in range(at + 1, len(rows)) if holds(rows[index])), "")


def while_deeper(rows: Sequence[str], at: int, indent: int) -> int:
    """The index of the next line after this one that is not indented by more than `indent`."""
    at += 1
    while at < len(rows) and (not rows[at].strip() or indent_of(rows[at]) > indent):
        at += 1
    return at


def reach(rows: Sequence[str], at: int, indent: int, text: str, shared: frozenset[str], *, named: bool) -> Reach:
    """The value that begins with `text` in line `at`, in an entry that begins in column `indent`.

    Args:
        rows: all lines.
        at: the index of the line.
        indent: the column of the field's name or of the dash, from 0.
        text: the rest of the line.
        shared: names that YAML's own shorthand gives to values somewhere in these lines.
        named: whether a field's name stands before it on the line.
    """
    text = text.rstrip(" \t\n")
    if not text or text[0] == "#":
        lost = swallowed(text)
        return Reach(text, (lost,) if lost else (), "open", at + 1)
    if line.LITERAL.match(text):
        following = while_deeper(rows, at, indent)
        joined, findings = _literal(text, rows[at + 1 : following])
        return Reach(joined, tuple(findings), _state(findings, "done"), following)
    if text[0] in "\"'[":
        joined, following = _joined(rows, at, indent, text)
        if text[0] == "[":
            findings = judge_list(joined, shared)
        else:
            findings = judge_quoted(joined) if closing(joined) >= 0 else [unclosed(text)]
        return Reach(joined, tuple(findings), _state(findings, "done"), following)
    if named and line.is_item(text) and text != "-":
        below = next_row(rows, at)
        aligned = below.lstrip(" ").startswith("- ") and indent_of(below) >= indent
        finding = line.list_on_the_line(text, indent_of(below) if aligned else indent + 2)
        return Reach(text, (finding,), "broken", at + 1)
    findings = judge_plain(text, shared)
    return Reach(text, tuple(findings), _state(findings, "done" if has_note(text) else "text"), at + 1)


def _literal(text: str, below: Sequence[str]) -> tuple[str, list[Finding]]:
    """A text of several lines, none of which may be indented less than the first."""
    wanted = next((indent_of(row) for row in below if row.strip()), 0)
    findings: list[Finding] = []
    start = len(text) + 1
    for row in below:
        found = indent_of(row)
        if row.strip() and found < wanted:
            findings.append(line.odd_indent(start, found, wanted))
        start += len(row) + 1
    return "\n".join([text, *below]), findings


def _state(findings: Sequence[Finding], otherwise: State) -> State:
    return "broken" if any(finding.stops for finding in findings) else otherwise


def _joined(rows: Sequence[str], at: int, indent: int, text: str) -> tuple[str, int]:
    """The lines from an opening quote or bracket to the closing one, or only the first where none closes it."""
    mark = "]" if text[0] == "[" else text[0]
    if _closes(text, mark):
        return text, at + 1
    last = while_deeper(rows, at, indent)
    if mark == "]" and last < len(rows) and rows[last].lstrip(" ").startswith("]"):
        last += 1
    pieces = [text]
    for following in range(at + 1, last):
        row = rows[following].rstrip(" \t\n")
        if "\t" in row[: len(row) - len(row.lstrip())] or line.is_item(row.lstrip() or " "):
            break
        pieces.append(row)
        if mark in row and _closes("\n".join(pieces), mark):
            return "\n".join(pieces), following + 1
    return text, at + 1


def _closes(text: str, mark: str) -> bool:
    return mark in text if mark == "]" else closing(text) >= 0
