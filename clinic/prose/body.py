"""What a Markdown body is once it is parsed: sections and care cards with slots for all that other files decide.

A body depends on its own file alone, so it can be cached under the hash of its bytes. Where a fact of the clinic, the
address of a page, a picture or a cited source belongs, its HTML holds a *slot*: `SLOT_OPEN kind : value SLOT_CLOSE`.
Views fill them (`clinic.prose.slots.fill`). The two characters cannot come from a file: the source refuses them.
"""

import dataclasses
import enum
import functools
import hashlib
import zlib
from dataclasses import dataclass

import msgspec

from clinic.problems import Problem, Span

SLOT_OPEN = "\x0e"
SLOT_CLOSE = "\x0f"


class CardKind(enum.StrEnum):
    """The closed vocabulary of care cards, most urgent first."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    CALL_US = "call-us"
    DO = "do"
    DONT = "dont"
    IMPORTANT = "important"
    NOTE = "note"


class Html(msgspec.Struct, frozen=True, tag=True):
    """A run of HTML between two care cards."""

    html: str


class Card(msgspec.Struct, frozen=True, tag=True):
    """A care card: its first line is the title (HTML, inline only), the rest is HTML."""

    kind: CardKind
    title: str
    html: str
    span: Span


@dataclass(frozen=True, slots=True)
class BodySection:
    """A level-2 heading and what stands under it, up to the next one.

    `meaning` is the canonical key of a section that the kind knows (clinic/lists/headings.toml), else None.
    `words` counts the words of its text, cards included.
    """

    meaning: str | None
    heading: str
    anchor: str
    parts: tuple[Html | Card, ...]
    words: int
    span: Span


@dataclass(frozen=True, slots=True)
class Heading:
    """Any heading of the body; `html` is its inline HTML, `text` its plain words."""

    level: int
    text: str
    html: str
    anchor: str
    span: Span


@dataclass(frozen=True, slots=True)
class Link:
    """A link as written: the slot `link:<its number>` stands in the href. `text` is what a reader sees of it."""

    target: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as written: the slot `picture:<its number>` stands for the whole element."""

    target: str
    alt: str
    decorative: bool
    span: Span


@dataclass(frozen=True, slots=True)
class FactUse:
    """A reference to a fact, `{{ phone.main }}`: the slot `fact:phone.main`, or `factblock:` where it stands alone."""

    name: str
    alone: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Citation:
    """A footnote mark that cites a source of the header: the slot `cite:<id>`."""

    source: str
    span: Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, list item, table cell or term, as plain text: what the rules of prose read.

    Facts stand in `text` as written (`{{ phone.main }}`). `within` is the meaning (or heading) of its section, `card`
    the kind of the care card that it stands in.
    """

    text: str
    span: Span
    within: str | None
    card: CardKind | None


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment that speaks to `check`: `<!-- check: … -->`. `text` is what stands after "check:"."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Prose:
    """What a body says, from its first word to its last; `lead` is what stands before the first level-2 heading."""

    lead: tuple[Html | Card, ...]
    sections: tuple[BodySection, ...]
    passages: tuple[Passage, ...]
    footnotes: str


@dataclass(frozen=True, slots=True)
class Named:
    """What a body names, and what in it can be named: its headings, links and citations, and all ids in it."""

    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    citations: tuple[Citation, ...]
    anchors: tuple[str, ...]


_ENCODER = msgspec.msgpack.Encoder()
_PROSE = msgspec.msgpack.Decoder(Prose)
_NAMED = msgspec.msgpack.Decoder(Named)

_OPEN = 64
"""Bodies whose prose is at hand at once. A build looks at page after page, so the prose of all is never needed."""


@dataclass(frozen=True, slots=True)
class Body:
    """A parsed body: what few have, at hand; what it names and its prose, which may be folded up.

    `outline` is a digest of what other pages can see of it: headings, ids, which facts it names.
    """

    named: Named | bytes
    prose: Prose | bytes
    outline: str
    pictures: tuple[Picture, ...] = ()
    facts: tuple[FactUse, ...] = ()
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @classmethod
    def of(
        cls,
        named: Named,
        prose: Prose,
        *,
        pictures: tuple[Picture, ...],
        facts: tuple[FactUse, ...],
        problems: tuple[Problem, ...],
        remarks: tuple[Remark, ...],
    ) -> "Body":
        """The body of which all this was found."""
        headings = [(one.level, one.text, one.html, one.anchor) for one in named.headings]
        seen = _ENCODER.encode((headings, named.anchors, [use.name for use in facts]))
        return cls(named, prose, hashlib.blake2b(seen, digest_size=16).hexdigest(), pictures, facts, problems, remarks)

    def folded(self) -> "Body":
        """The same, folded up: a small part of the memory, at the price of unfolding it to be read."""
        prose = self.prose if isinstance(self.prose, bytes) else zlib.compress(_ENCODER.encode(self.prose), 1)
        named = self.named if isinstance(self.named, bytes) else _ENCODER.encode(self.named)
        return dataclasses.replace(self, named=named, prose=prose)

    @property
    def _names(self) -> Named:
        return _names_in(self.named) if isinstance(self.named, bytes) else self.named

    @property
    def headings(self) -> tuple[Heading, ...]:
        """All its headings."""
        return self._names.headings

    @property
    def links(self) -> tuple[Link, ...]:
        """All its links, by number."""
        return self._names.links

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The marks that cite sources of the header."""
        return self._names.citations

    @property
    def anchors(self) -> tuple[str, ...]:
        """All ids in it."""
        return self._names.anchors

    @property
    def _unfolded(self) -> Prose:
        return _unfold(self.prose) if isinstance(self.prose, bytes) else self.prose

    @property
    def lead(self) -> tuple[Html | Card, ...]:
        """What stands before the first level-2 heading."""
        return self._unfolded.lead

    @property
    def sections(self) -> tuple[BodySection, ...]:
        """The level-2 headings, each with what stands under it."""
        return self._unfolded.sections

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Its text, piece by piece."""
        return self._unfolded.passages

    @property
    def footnotes(self) -> str:
        """The HTML of its footnotes."""
        return self._unfolded.footnotes

    @property
    def cards(self) -> tuple[Card, ...]:
        """All care cards, in the file's order."""
        prose = self._unfolded
        parts = [*prose.lead, *(part for section in prose.sections for part in section.parts)]
        return tuple(part for part in parts if isinstance(part, Card))


@functools.lru_cache(maxsize=_OPEN)
def _unfold(prose: bytes) -> Prose:
    return _PROSE.decode(zlib.decompress(prose))


@functools.lru_cache(maxsize=_OPEN)
def _names_in(named: bytes) -> Named:
    return _NAMED.decode(named)


EMPTY = Body(Named((), (), (), ()), Prose((), (), (), ""), "")
"""The body of a file that has none."""
