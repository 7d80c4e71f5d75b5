"""What one reading of a body shares: its text, where its lines begin, and the problems found so far."""

import bisect
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from clinic.problems import Problem, Rule, Span

_BLANK = re.compile(r"<br[ \t]*/?>|[\u200b\u2060\ufeff]", re.IGNORECASE)

MAX_ALIKE = 200
"""The most problems of one rule in one body: nobody reads more, and a file of slips alone must not take minutes."""


def is_blank(text: str) -> bool:
    """Whether a text, as it is written, shows nothing: white space, also as HTML writes it, and line breaks alone."""
    return not _BLANK.sub("", html.unescape(text)).strip()


class References(dict[str, tuple[str, str | None]]):
    """The addresses of reference-style links by label; remembers which of them a link used."""

    def __init__(self) -> None:
        super().__init__()
        self.used: set[str] = set()

    def __getitem__(self, label: str) -> tuple[str, str | None]:
        """The address and title, noted as used."""
        self.used.add(label)
        return super().__getitem__(label)


@dataclass(slots=True)
class Footnote:
    """The text of a footnote before it is read, and the numbers of the marks that lead to it."""

    name: str
    lines: list["Line"]
    base: int
    start: int
    end: int
    number: int = 0
    uses: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or what is left of it inside quotes and lists: its text without the white space before it.

    `column` is where the text stands on the whole line, counted from 0 with tab stops of 4; `offset` is the place of
    its first character in the body. An empty line has no text.
    """

    column: int
    text: str
    offset: int

    @property
    def end(self) -> int:
        """The offset after its last character that is not white space."""
        return self.offset + len(self.text.rstrip())

    def after(self, width: int) -> "Line":
        """What stands after the first `width` characters."""
        return make_line(self.text[width:], self.offset + width, self.column + width)

    def moved(self, columns: int) -> "Line":
        """The same text that many columns to the right."""
        return Line(self.column + columns, self.text, self.offset)


def make_line(text: str, offset: int, column: int) -> Line:
    """The line that `text` makes when it begins at `column`, without the white space (and fillers) before it."""
    for index, char in enumerate(text):
        if char == " ":
            column += 1
        elif char == "\t":
            column += 4 - column % 4
        elif char != "\x11":
            return Line(column, text[index:].rstrip("\x11"), offset + index)
    return Line(column, "", offset + len(text))


@dataclass(slots=True)
class Reading:
    """One body while it is read. Offsets count characters from the start of the body."""

    text: str
    path: str
    first_line: int
    sources: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    references: References = field(default_factory=References)
    reference_places: dict[str, tuple[int, int]] = field(default_factory=dict)
    footnotes: dict[str, Footnote] = field(default_factory=dict)
    abbreviations: dict[str, str] = field(default_factory=dict)
    comments: list[tuple[int, int]] = field(default_factory=list)
    """Where comments stand that were taken out, marks included."""
    _starts: list[int] = field(default_factory=list)
    _said: dict[str, set[Span]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find where the lines begin."""
        self._starts = [0, *(index + 1 for index in _newlines(self.text))]

    def span(self, start: int, end: int) -> Span:
        """The span of the file from one offset up to another."""
        line, column = self._place(start)
        end_line, end_column = self._place(max(start, end))
        return Span(line, column, end_line, end_column)

    def _place(self, offset: int) -> tuple[int, int]:
        offset = min(max(offset, 0), len(self.text))
        index = bisect.bisect_right(self._starts, offset) - 1
        return self.first_line + index, offset - self._starts[index] + 1

    def line_end(self, offset: int) -> int:
        """The offset of the end of the line on which `offset` stands."""
        found = self.text.find("\n", offset)
        return len(self.text) if found < 0 else found

    def report(
        self,
        rule: Rule,
        start: int,
        end: int,
        *,
        replacement: str | None = None,
        hint: str | None = None,
        **words: str | int,
    ) -> None:
        """Add a problem of `rule` at a place, once for each rule and place, and at most `MAX_ALIKE` of one rule."""
        span = self.span(start, end)
        said = self._said.setdefault(rule.code, set())
        if span in said or len(said) >= MAX_ALIKE:
            return
        said.add(span)
        self.problems.append(rule(self.path, span, replacement=replacement, hint=hint, severity=None, **words))


def _newlines(text: str) -> Iterator[int]:
    position = text.find("\n")
    while position >= 0:
        yield position
        position = text.find("\n", position + 1)
