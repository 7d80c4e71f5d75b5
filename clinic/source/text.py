"""Bytes to text: UTF-8 and nothing else, line ends made one, and no character that is not what it seems."""

import re
from dataclasses import dataclass

from clinic.problems import NOWHERE, Problem, Span
from clinic.problems.catalogue import text as rules
from clinic.source.characters import cleaned

LARGEST = 1_000_000
"""The most bytes that a file of text may have."""

_BOM = b"\xef\xbb\xbf"
_WIDE_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_LINE_END = re.compile("\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Text:
    """A file's text with LF line ends: line for line and column for column that of the file.

    Where `readable` is no, it is only good for showing what stands around a problem.
    """

    text: str
    problems: tuple[Problem, ...]
    readable: bool = True


def read_text(path: str, data: bytes) -> Text:
    """The text of a file's bytes, and what is wrong with them."""
    if len(data) > LARGEST:
        return Text("", (too_big(path, len(data)),), readable=False)
    wide = _wide(data)
    if wide is not None:
        return Text("", (rules.UTF16(path, what=wide),), readable=False)
    problems: list[Problem] = []
    if data.startswith(_BOM):
        data = data[len(_BOM) :]
        problems.append(rules.BYTE_ORDER_MARK(path, NOWHERE, replacement=""))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        shown, _ = cleaned(path, _unix(data.decode("utf-8", "replace")))
        return Text(shown, (*problems, _undecodable(path, data, error)), readable=False)
    if not text.strip():
        return Text(_unix(text), (*problems, rules.EMPTY_FILE(path)), readable=False)
    if "\r" in text:
        problems += _mixed(path, text)
        text = _unix(text)
    text, strange = cleaned(path, text)
    return Text(text, (*problems, *strange))


def too_big(path: str, size: int, limit: int = LARGEST) -> Problem:
    """The problem of a file that has `size` bytes or more, where `limit` are allowed."""
    return rules.TOO_BIG(path, size=_megabytes(size), limit=_megabytes(limit))


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB".replace(".0 ", " ")


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _wide(data: bytes) -> str | None:
    """The name of a wide encoding that these bytes seem to have, by its mark or by every other byte being zero."""
    for mark, name in _WIDE_MARKS:
        if data.startswith(mark):
            return name
    start = data[:200]
    zeros = max(start[0::2].count(0), start[1::2].count(0))
    return "UTF-16" if len(start) >= 4 and zeros > len(start) * 0.4 else None


def _undecodable(path: str, data: bytes, error: UnicodeDecodeError) -> Problem:
    """The problem of bytes that are no UTF-8, at the first of them."""
    before = _unix(data[: error.start].decode("utf-8"))
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    place = Span.at(line, column)
    if error.reason == "unexpected end of data" and error.end == len(data):
        return rules.HALF_WRITTEN(path, place)
    if data[error.start] == 0xED:  # half of a pair that only UTF-16 has: no Windows program wrote it
        return rules.NOT_UTF8(path, place, hint="Delete the broken character and type it again, then save as UTF-8.")
    start = max(data.rfind(b"\n", 0, error.start), data.rfind(b"\r", 0, error.start)) + 1
    end = next((at for at in range(error.start, len(data)) if data[at] in b"\r\n"), len(data))
    offered = data[start:end].decode("cp1252", "replace")
    shown, _ = cleaned(path, offered)
    return rules.NOT_UTF8(path, place, line=shown if len(shown) <= 120 else shown[:119] + "…")


def _mixed(path: str, text: str) -> list[Problem]:
    """A warning at the first line that ends otherwise than most lines of the file, if there is one."""
    ends = _LINE_END.findall(text)
    usual = usual_end(ends)
    line = next((number for number, end in enumerate(ends, start=1) if end != usual), None)
    if line is None:
        return []
    lines = _LINE_END.split(text)
    place = Span(line, len(lines[line - 1]) + 1, line + 1, 1)
    return [rules.MIXED_LINE_ENDS(path, place, replacement="\n")]


def usual_end(ends: list[str]) -> str:
    """The way that most of these lines end; LF where there are as many of another."""
    return max(("\n", "\r\n", "\r"), key=ends.count) if ends else "\n"
