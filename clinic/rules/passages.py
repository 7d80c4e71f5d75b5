"""What the rules of prose share: which documents they read, and where in the file a few words of a passage stand."""

import bisect
import functools
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from clinic.library.document import Document
from clinic.library.library import Library
from clinic.problems import Span
from clinic.prose.body import Passage
from clinic.rules.tokens import bag, tokens

FIELDS = ("title", "summary", "why", "cost_note", "duration", "anesthesia", "fasting", "time_off", "role")
"""The fields of a header that patients read as text."""

_BETWEEN = r"[\s>*_~`\[\]]+"
"""What may stand in a file between two words of a passage: white space, a quote's mark at a line's start, emphasis."""


def judged(library: Library) -> Iterator[Document]:
    """The documents that rules look at: all but withdrawn ones. A header that can't be used excuses no body."""
    for document in library.each(library.material.documents if library.asked is None else library.asked):
        if document.header is None or not document.header.withdrawn:
            yield document


def english(document: Document, library: Library) -> bool:
    """Whether a document is in English, the language of these rules' words."""
    language = (document.header.lang if document.header else None) or library.clinic.language
    return language.partition("-")[0] == "en"


class Stretch(NamedTuple):
    """A text of a document that patients read, and where it stands. `passage` is None for a value of the header."""

    text: str
    span: Span
    passage: Passage | None = None


class Pages:
    """The text of one document, line by line, so that places in it are found quickly.

    Most of what rules look for stands in no passage of a document. So they ask of all its texts at once first.
    """

    def __init__(self, document: Document) -> None:
        """Takes the document apart once, when that is asked for."""
        self.document = document
        self._found: dict[tuple[Stretch, tuple[str, ...]], tuple[list[int], list[Span]]] = {}

    @functools.cached_property
    def _lines(self) -> list[str]:
        return self.document.text.split("\n")

    @functools.cached_property
    def _passages(self) -> tuple[Stretch, ...]:
        return tuple(Stretch(one.text, one.span, one) for one in self.document.body.passages)

    @property
    def count(self) -> int:
        """How many lines the file has."""
        return len(self._lines)

    def stretches(self, *keys: str) -> tuple[Stretch, ...]:
        """The values of the header's `keys`, then every passage of the body."""
        values = [(key, getattr(self.document.header, key, "")) for key in keys]
        return (*(Stretch(value, self.document.at(key)) for key, value in values if value), *self._passages)

    @functools.cached_property
    def whole(self) -> str:
        """All that stretches of any keys and headings say, a line each."""
        values = [getattr(self.document.header, key, "") for key in FIELDS]
        headings = [heading.text for heading in self.document.body.headings]
        return "\n".join([*(value for value in values if value), *headings, *(one.text for one in self._passages)])

    @functools.cached_property
    def small(self) -> str:
        """The same in small letters."""
        return self.whole.lower()

    def holds(self, literals: Iterable[str]) -> tuple[str, ...]:
        """Those of some literals, in small letters, that stand in any stretch."""
        small = self.small
        return tuple([literal for literal in literals if literal in small])

    @functools.cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of any stretch."""
        said = [value for key in FIELDS if (value := getattr(self.document.header, key, ""))]
        return frozenset().union(*(tokens(text).vocabulary for text in (*said, *(one.text for one in self._passages))))

    @functools.cached_property
    def bag(self) -> frozenset[str]:
        """The same without what is special to facts, numbers and signs (`clinic.rules.tokens.bag`)."""
        return bag(self.whole) if any(sign in self.whole for sign in "#%{") else self.vocabulary

    def lines(self, span: Span) -> Iterator[tuple[int, int, str]]:
        """The lines that a span covers: number, column of the first character taken, and what is taken."""
        for number in range(span.line, min(span.end_line, len(self._lines)) + 1):
            line = self._lines[number - 1]
            start = span.column - 1 if number == span.line else 0
            end = span.end_column - 1 if number == span.end_line else len(line)
            if start < end:
                yield number, start + 1, line[start:end]

    def line(self, number: int) -> str:
        """A line of the file; nothing where there is none."""
        return self._lines[number - 1] if 1 <= number <= len(self._lines) else ""

    def place(self, stretch: Stretch, start: int, end: int) -> Span:
        """Where the characters from `start` to `end` of a stretch stand in the file.

        Marks of emphasis, links and facts may stand between them there. What can't be found again is the whole stretch.
        """
        words = tuple(stretch.text[start:end].split())
        if not words:
            return stretch.span
        if (stretch, words) not in self._found:
            self._found[stretch, words] = self._find(stretch, words)
        starts, spans = self._found[stretch, words]
        number = bisect.bisect_left(starts, start)
        return spans[number] if number < len(spans) else stretch.span

    def _find(self, stretch: Stretch, words: tuple[str, ...]) -> tuple[list[int], list[Span]]:
        """Every place where words stand in a stretch: their offsets in its text, and their spans in the file."""
        pattern = re.compile(_BETWEEN.join(re.escape(word) for word in words))
        taken = list(self.lines(stretch.span))
        places = _Joined(taken)
        spans = [places.span(found.start(), found.end()) for found in pattern.finditer(places.text)]
        return [found.start() for found in pattern.finditer(stretch.text)], spans


class _Same:
    """A document as a key: the very same object, not one like it."""

    __slots__ = ("document",)

    def __init__(self, document: Document) -> None:
        self.document = document

    def __hash__(self) -> int:
        return id(self.document)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.document is self.document


def pages_of(document: Document) -> Pages:
    """The pages of a document. Those of the last few are at hand, for the families that ask one after the other."""
    return _pages(_Same(document))


@functools.lru_cache(maxsize=32)
def _pages(same: _Same) -> Pages:
    return Pages(same.document)


class _Joined:
    """Parts of lines, joined: which line and column of the file a character of them has."""

    def __init__(self, taken: list[tuple[int, int, str]]) -> None:
        """Joins what was taken of each line."""
        self.text = "\n".join(part for _, _, part in taken)
        self._taken = taken
        self._starts: list[int] = []
        at = 0
        for _, _, part in taken:
            self._starts.append(at)
            at += len(part) + 1

    def span(self, start: int, end: int) -> Span:
        """The span of a stretch of the joined text."""
        return Span(*self._place(start), *self._place(end))

    def _place(self, offset: int) -> tuple[int, int]:
        index = bisect.bisect_right(self._starts, offset) - 1
        number, column, _ = self._taken[index]
        return number, column + offset - self._starts[index]
