"""One content file, read and typed, not yet linked to any other: it depends on its own bytes alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from clinic.model.kinds import HEADERS, Clinical, Common, Kind, check_header
from clinic.model.reading import ABSENT, Reading, Where, read_record
from clinic.problems import NOWHERE, Problem, Severity, Span
from clinic.prose.body import EMPTY, Body
from clinic.source.nodes import Source

BodyParser = Callable[[Source, Kind, tuple[str, ...]], Body]
"""Parses a body, given the ids of the header's sources: `clinic.prose` behind a cache."""

_NAMES = {
    Kind.CONDITION: "a condition",
    Kind.PROCEDURE: "a procedure",
    Kind.ANNOUNCEMENT: "an announcement",
    Kind.CLINICIAN: "a clinician's page",
    Kind.PAGE: "a page",
}


@dataclass(frozen=True)
class Document:
    """A content file. `header` is None where it lacks what a page of its kind can't be made without."""

    id: str
    kind: Kind
    path: str
    digest: str
    text: str
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
    def title(self) -> str:
        """What people call the page; the words of the file's name where the header does not say."""
        return (self.header.title if self.header else "") or self.id.replace("-", " ").capitalize()

    @property
    def broken(self) -> bool:
        """Whether the file by itself has an error."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def read_document(source: Source, kind: Kind, slug: str, parse: BodyParser) -> Document:
    """The document in a source: header typed, body parsed, every problem of both gathered."""
    reading = Reading(source.path)
    header: Common | None = None
    body = EMPTY
    if source.header is not None:
        made = read_record(
            HEADERS[kind], source.header, reading, called=f"the header of {_NAMES[kind]}", check=check_header
        )
        header = None if made is ABSENT else made
        cited = tuple(cited.id for cited in header.sources) if isinstance(header, Clinical) else ()
        body = parse(source, kind, cited)
    return Document(
        id=slug,
        kind=kind,
        path=source.path,
        digest=source.digest,
        text=source.text,
        header=header,
        places=reading.places,
        body=body,
        problems=(*source.problems, *reading.problems, *body.problems),
    )
