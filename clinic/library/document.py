"""One content file, read and typed, not yet linked to any other: it depends on its own bytes alone."""

import dataclasses
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from clinic.model.kinds import HEADERS, Clinical, Common, Kind, check_header
from clinic.model.reading import ABSENT, Reading, Where, read_record
from clinic.problems import NOWHERE, Problem, Severity, Span
from clinic.problems.catalogue.body import UNKNOWN_FOOTNOTE
from clinic.prose.body import Body
from clinic.signing.fingerprint import fingerprint
from clinic.signing.wording import signed_text
from clinic.source.folding import unfolded
from clinic.source.nodes import ListNode, MapNode, ScalarNode, Source

BodyParser = Callable[[Source, Kind, tuple[str, ...]], Body]
"""Parses a body, given the ids of the header's sources: `clinic.prose` behind a cache."""

CALLED = {
    Kind.CONDITION: "a condition",
    Kind.PROCEDURE: "a procedure",
    Kind.ANNOUNCEMENT: "an announcement",
    Kind.CLINICIAN: "a clinician's page",
    Kind.PAGE: "a page",
}
"""What people call a page of each kind."""


@dataclass(frozen=True)
class Document:
    """A content file. `header` is None where it lacks what a page of its kind can't be made without."""

    id: str
    kind: Kind
    path: str
    digest: str
    written: str | bytes
    """The whole file with LF line ends; folded up (`clinic.source.folding`) where it is one of thousands."""
    front: str
    """The header as written, with its two `---` lines."""
    header: Common | None
    places: Mapping[Where, Span]
    body: Body
    problems: tuple[Problem, ...]

    def at(self, *where: str | int) -> Span:
        """The place of a value in the header; of the nearest thing around it where it has none of its own."""
        for end in range(len(where), -1, -1):
            if where[:end] in self.places:
                return self.places[where[:end]]
        return NOWHERE

    @property
    def text(self) -> str:
        """The whole file with LF line ends."""
        return unfolded(self.written) if isinstance(self.written, bytes) else self.written

    @property
    def title(self) -> str:
        """What people call the page; the words of the file's name where the header does not say."""
        return (self.header.title if self.header else "") or self.id.replace("-", " ").capitalize()

    @property
    def signed_text(self) -> tuple[str, ...]:
        """The lines that a clinician signs; none where the header can't be read, or the page is of another kind."""
        return signed_text(self.header, self.body) if self.kind.clinical and self.header is not None else ()

    @functools.cached_property
    def fingerprint(self) -> str:
        """The fingerprint of those lines; empty where there are none."""
        signed = self.signed_text
        return fingerprint(signed) if signed else ""

    @property
    def broken(self) -> bool:
        """Whether the file by itself has an error."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass(frozen=True)
class Begun:
    """A document whose header is typed and whose body is still to be parsed, with the ids that its text may cite."""

    source: Source
    kind: Kind
    slug: str
    header: Common | None
    places: Mapping[Where, Span]
    problems: tuple[Problem, ...]
    """Those of the header."""
    cited: tuple[str, ...]


def begin_document(source: Source, kind: Kind, slug: str) -> Begun:
    """The document in a source as far as its header goes."""
    reading = Reading(source.path)
    header: Common | None = None
    if source.header is not None:
        made = read_record(
            HEADERS[kind], source.header, reading, called=f"the header of {CALLED[kind]}", check=check_header
        )
        header = None if made is ABSENT else made
    return Begun(source, kind, slug, header, reading.places, tuple(reading.problems), _cited(source, header))


def finish_document(begun: Begun, body: Body) -> Document:
    """The same with its body, every problem of both gathered."""
    source = begun.source
    if source.header is None:
        # Which sources the text may cite is not known: that is the header's mistake, not the text's.
        told = tuple(problem for problem in body.problems if problem.code != UNKNOWN_FOOTNOTE.code)
        body = dataclasses.replace(body, problems=told)
    return Document(
        id=begun.slug,
        kind=begun.kind,
        path=source.path,
        digest=source.digest,
        written=source.text,
        front=_first_lines(source.text, source.body_line - 1),
        header=begun.header,
        places=begun.places,
        body=body,
        problems=(*source.problems, *begun.problems, *body.problems),
    )


def _first_lines(text: str, count: int) -> str:
    """So many lines of a text from its beginning, without the end of the last one; all where it has no more."""
    end = -1
    for _ in range(count):
        end = text.find("\n", end + 1)
        if end < 0:
            return text
    return text[: max(end, 0)]


def read_document(source: Source, kind: Kind, slug: str, parse: BodyParser) -> Document:
    """The document in a source: header typed, body parsed, every problem of both gathered."""
    begun = begin_document(source, kind, slug)
    return finish_document(begun, parse(source, kind, begun.cited))


def _cited(source: Source, header: Common | None) -> tuple[str, ...]:
    """The ids that the text may cite; where the header can't be used as a whole, those that stand in it anyway."""
    if header is not None:
        return tuple(cited.id for cited in header.sources) if isinstance(header, Clinical) else ()
    listed = source.header.get("sources") if source.header else None
    items = listed.items if isinstance(listed, ListNode) else ()
    ids = (item.get("id") for item in items if isinstance(item, MapNode))
    return tuple(found.text for found in ids if isinstance(found, ScalarNode))
