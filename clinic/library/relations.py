"""What pages say of each other in their headers: checked, and told at both ends."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clinic.library.document import Document
from clinic.library.facts import unknown_fact
from clinic.model.clinic import INDEXES, NOTICES, PATH, not_in_clinic
from clinic.model.kinds import Announcement, Clinical, Clinician, Condition, Kind, Procedure
from clinic.problems import NOWHERE, Problem, nearest
from clinic.problems.catalogue.relations import LEFT_OUT, NO_SUCH_PAGE, TO_ITSELF, WRONG_KIND

if TYPE_CHECKING:
    from clinic.library.library import Library
from clinic.prose.facts import inline_facts

_KINDS = {
    Kind.CONDITION: "a condition",
    Kind.PROCEDURE: "a procedure",
    Kind.ANNOUNCEMENT: "an announcement",
    Kind.CLINICIAN: "a clinician",
    Kind.PAGE: "a page",
}


@dataclass(frozen=True)
class Relations:
    """Relations by id, each told at both ends; ids in the order of titles is the views' business."""

    treats: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Procedure: the conditions that it treats."""
    treatments: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Condition: the procedures that treat it."""
    performs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Clinician: the procedures that they perform."""
    at: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Location: the procedures done there."""
    works_at: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Location: the clinicians who work there."""
    superseded_by: Mapping[str, str] = field(default_factory=dict)
    """Announcement: the one that replaces it."""


class _Gathering:
    """The relations while they are gathered."""

    def __init__(self, library: "Library") -> None:
        self.library = library
        self.staff = frozenset(dict(library.clinic.staff))
        self.problems: list[Problem] = []
        self.treats: dict[str, set[str]] = {}
        self.treatments: dict[str, set[str]] = {}
        self.performs: dict[str, set[str]] = {}
        self.at: dict[str, set[str]] = {}
        self.works_at: dict[str, set[str]] = {}
        self.superseded_by: dict[str, str] = {}
        self._body_parts = set(dict(library.clinic.body_parts))
        self._locations = set(dict(library.clinic.locations))
        self._people = set(dict(library.clinic.staff))

    def treating(self, procedure: str, condition: str) -> None:
        """Notes at both ends that a procedure treats a condition."""
        self.treats.setdefault(procedure, set()).add(condition)
        self.treatments.setdefault(condition, set()).add(procedure)

    def clinical(self, document: Document, header: Clinical) -> None:
        """What conditions and procedures name alike: checked, since views read it from the header itself."""
        list(self.names(document, "body_parts", header.body_parts, "part of the body", self._body_parts))
        list(self.pages(document, "related", header.related, Kind.CONDITION, Kind.PROCEDURE, Kind.PAGE))
        if header.author not in self._people:
            self.problems.extend(_author(self.library, document, header, self._people))

    def procedure(self, document: Document, header: Procedure) -> None:
        """What a procedure names."""
        for name in self.pages(document, "treats", header.treats, Kind.CONDITION):
            self.treating(document.id, name)
        for name in self.pages(document, "performed_by", header.performed_by, Kind.CLINICIAN):
            self.performs.setdefault(name, set()).add(document.id)
        for name in self.locations(document, header.at, key="at"):
            self.at.setdefault(name, set()).add(document.id)

    def announcement(self, document: Document, header: Announcement) -> None:
        """What an announcement names."""
        list(self.locations(document, header.locations))
        replaced = (header.supersedes,) if header.supersedes else ()
        for name in self.pages(document, "supersedes", replaced, Kind.ANNOUNCEMENT):
            self.superseded_by.setdefault(name, document.id)

    def locations(self, document: Document, ids: tuple[str, ...], *, key: str = "locations") -> Iterator[str]:
        """The ids of a relation to locations."""
        return self.names(document, key, ids, "location", self._locations)

    def pages(self, document: Document, key: str, ids: tuple[str, ...], *kinds: Kind) -> Iterator[str]:
        """The ids of a relation that lead to pages of the right kind; the others are reported."""
        for number, name in enumerate(ids):
            other = self.library.documents.get(name)
            if other is not None and other.kind in kinds and name != document.id:
                if not self.library.public(other.id):
                    self._left_out(document, other, key, number)
                yield name
            else:
                self.problems.append(self._no_relation(document, other, key, number, name, kinds))

    def _no_relation(
        self, document: Document, other: Document | None, key: str, number: int, name: str, kinds: tuple[Kind, ...]
    ) -> Problem:
        """What is wrong with a name that leads to no page of the right kind, or to the page itself."""
        span = document.at(key, number)
        if name == document.id:
            return TO_ITSELF(document.path, span)
        if other is None and name not in self.staff:
            return self._nothing(document, key, number, name, kinds)
        wanted = " or ".join(_KINDS[kind] for kind in kinds)
        is_a = "a staff member" if other is None else _KINDS[other.kind]
        return WRONG_KIND(document.path, span, name=name, is_a=is_a, wanted=wanted)

    def _nothing(self, document: Document, key: str, number: int, name: str, kinds: tuple[Kind, ...]) -> Problem:
        known = [slug for slug, other in self.library.documents.items() if other.kind in kinds]
        close = nearest(name, known)
        what = " or ".join(kind.value for kind in kinds)
        advice = f"Did you mean {close}?" if close else f"Make the file content/{kinds[0].folder}/{name}.md first."
        return NO_SUCH_PAGE(
            document.path, document.at(key, number), what=what, name=name, advice=advice, replacement=close
        )

    def _left_out(self, document: Document, other: Document, key: str, number: int) -> None:
        """That patients do not find a page, which they can't see, beside one that they can."""
        if self.library.items[document.id].state.public:
            self.problems.append(
                LEFT_OUT(
                    document.path,
                    document.at(key, number),
                    title=other.title,
                    state=self.library.why_hidden(other.id),
                )
            )

    def names(self, document: Document, key: str, ids: tuple[str, ...], what: str, known: set[str]) -> Iterator[str]:
        """The ids of a relation to things of clinic.yaml."""
        for number, name in enumerate(ids):
            if name in known:
                yield name
            else:
                self.problems.append(not_in_clinic(document.path, document.at(key, number), what, name, known))


def relate(library: "Library") -> tuple[Relations, tuple[Problem, ...]]:
    """All relations, told at both ends, and what is wrong with them."""
    gathering = _Gathering(library)
    for slug, document in library.documents.items():
        header = document.header
        if header is not None and "{{" in header.summary:
            gathering.problems.extend(_facts_in_summary(library, document, header.summary))
        if isinstance(header, Clinical):
            gathering.clinical(document, header)
        if isinstance(header, Condition):
            for name in gathering.pages(document, "treatments", header.treatments, Kind.PROCEDURE):
                gathering.treating(name, slug)
        elif isinstance(header, Procedure):
            gathering.procedure(document, header)
        elif isinstance(header, Clinician):
            for name in gathering.locations(document, header.locations):
                gathering.works_at.setdefault(name, set()).add(slug)
        elif isinstance(header, Announcement):
            gathering.announcement(document, header)
    gathering.problems.extend(_clinic_pages(library))
    relations = Relations(
        treats=_frozen(gathering.treats),
        treatments=_frozen(gathering.treatments),
        performs=_frozen(gathering.performs),
        at=_frozen(gathering.at),
        works_at=_frozen(gathering.works_at),
        superseded_by=gathering.superseded_by,
    )
    return relations, tuple(gathering.problems)


def _frozen(relation: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {slug: frozenset(ids) for slug, ids in relation.items()}


def _author(library: "Library", document: Document, header: Clinical, people: set[str]) -> Iterator[Problem]:
    name = header.author
    page = library.documents.get(name)
    if name and name not in people and (page is None or page.kind is not Kind.CLINICIAN):
        known = people | {slug for slug, other in library.documents.items() if other.kind is Kind.CLINICIAN}
        if page is not None:
            wanted = "a clinician or staff member"
            yield WRONG_KIND(document.path, document.at("author"), name=name, is_a=_KINDS[page.kind], wanted=wanted)
            return
        close = nearest(name, known)
        advice = f"Did you mean {close}?" if close else "Add the person to staff in clinic.yaml, or use a clinician."
        yield NO_SUCH_PAGE(
            document.path,
            document.at("author"),
            what="clinician or staff member",
            name=name,
            advice=advice,
            replacement=close,
        )


def _facts_in_summary(library: "Library", document: Document, summary: str) -> Iterator[Problem]:
    pieces, problems = inline_facts(summary, document.path, document.at("summary"))
    yield from problems
    for piece in pieces:
        if not isinstance(piece, str) and piece.name not in library.facts:
            yield unknown_fact(document.path, piece.span, piece.name, library.facts)


def _clinic_pages(library: "Library") -> Iterator[Problem]:
    """Pages that clinic.yaml names and that are not there: each page would link to nothing."""
    pages = {slug for slug, document in library.documents.items() if document.kind is Kind.PAGE}
    named = [(("navigation", number), name) for number, name in enumerate(library.clinic.navigation)]
    wanted: list[tuple[tuple[str | int, ...], str]] = [*named]
    wanted += [(("notices", notice), page) for notice in NOTICES if (page := library.clinic.notices.page(notice))]
    for where, name in wanted:
        allowed = pages | set(INDEXES) if where[0] == "navigation" else pages
        if name not in allowed:
            close = nearest(name, allowed)
            advice = f"Did you mean {close}?" if close else f"Make the file content/pages/{name}.md first."
            span = library.material.clinic_places.get(where, NOWHERE)
            yield NO_SUCH_PAGE(PATH, span, what="page", name=name, advice=advice, replacement=None)
