"""Leaves: the places of the block tree where words stand (a paragraph, a heading, a cell), not read yet."""

import enum
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field, replace

from clinic.prose.body import CardKind
from clinic.prose.marks import mark_line
from clinic.prose.reading import Line

MAX_LEAVES = 20_000
"""The most paragraphs, list items and cells of a body."""


class LeafKind(enum.Enum):
    """What a leaf is, as far as it matters for what may stand in it."""

    TEXT = "text"
    HEADING = "a heading"
    CELL = "cell"


@dataclass(slots=True)
class Leaf:
    """An element whose words are read later; `text` has marks, `start` and `end` are offsets into the body."""

    element: ET.Element
    text: str
    start: int
    end: int
    kind: LeafKind
    card: CardKind | None
    footnote: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where blocks are read: how deep, and inside what.

    `tight` says that the first paragraph belongs to the list item itself; `inside` names, in words, what keeps headings
    out; `base` is the column at which lines begin.
    """

    base: int = 0
    depth: int = 0
    tight: bool = False
    inside: str | None = None
    card: CardKind | None = None
    footnote: bool = False

    def within(self, inside: str, base: int, *, tight: bool = False, card: CardKind | None = None) -> "Place":
        """A place one step deeper."""
        return replace(self, base=base, depth=self.depth + 1, tight=tight, inside=inside, card=card or self.card)


class TooManyLeaves(Exception):  # noqa: N818 - it says what the body has; nobody but parse_body sees it
    """A body with more than `MAX_LEAVES` paragraphs, list items and cells."""


@dataclass(slots=True)
class Leaves:
    """All leaves of a body, in the order in which they are read."""

    all: list[Leaf] = field(default_factory=list)

    def add(self, element: ET.Element, lines: list[Line], place: Place, kind: LeafKind = LeafKind.TEXT) -> None:
        """A leaf whose words are those of `lines` (at least one), the line breaks at their ends kept.

        Raises:
            TooManyLeaves: the body has too many.
        """
        texts = []
        for number, line in enumerate(lines):
            text = line.text
            if number + 1 == len(lines):
                text = text.rstrip()
            elif text.endswith("\\") and not text.endswith("\\\\"):
                text = text[:-1] + "  "  # a hard line break, as code hosts write it
            else:
                text = text.rstrip() + ("  " if text.endswith("  ") else "")
            texts.append(mark_line(text, line.offset))
        self.add_text(element, "\n".join(texts), lines[0].offset, lines[-1].end, place, kind)

    def add_text(self, element: ET.Element, text: str, start: int, end: int, place: Place, kind: LeafKind) -> None:
        """A leaf whose text has its marks already.

        Raises:
            TooManyLeaves: the body has too many.
        """
        if len(self.all) >= MAX_LEAVES:
            raise TooManyLeaves
        self.all.append(Leaf(element, text, start, end, kind, place.card, place.footnote))
