"""All content, linked and dated: what every view and every rule is drawn from."""

import dataclasses
import datetime as dt
import functools
import itertools
import posixpath
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from clinic.library.addresses import aliases, key_of, page_address, taken
from clinic.library.again import linked_again, links_that_stay, relations_stay
from clinic.library.attachments import Attachment
from clinic.library.attending import Thing, while_there_is_time
from clinic.library.audience import Audience
from clinic.library.document import Document
from clinic.library.facts import Known, facts_of, unknown_in_body
from clinic.library.links import Destination, Ways, destinations
from clinic.library.naming import by_id, by_path
from clinic.library.pictures import PictureFile
from clinic.library.relations import Relations, relate
from clinic.library.reviews import Review, Standing, reviews_of
from clinic.library.states import State, Term, state_of, terms, unclear_times
from clinic.library.timeline import Timeline
from clinic.model.clinic import Clinic
from clinic.model.kinds import Announcement, Kind
from clinic.model.reading import Where
from clinic.owed import NOTHING, Debts
from clinic.problems import Problem, Span
from clinic.signing.record import ReviewRecord, page_of
from clinic.words import Lists, builtin_lists

Followed = tuple[tuple[Destination | None, ...], tuple[Problem, ...]]
"""Where the links of a document lead, and what is wrong with them and with the facts that it names."""

KNOWN = ("linked_from", "kinds", "ids_at", "seen", "_announcements", "_live")
"""What a library gathers of all its documents when it is first asked for."""


@dataclass(frozen=True)
class Item:
    """A document with its place in time and on the site."""

    document: Document
    address: str
    term: Term
    state: State

    @property
    def id(self) -> str:
        """The name by which content refers to it."""
        return self.document.id

    @property
    def kind(self) -> Kind:
        """What it is."""
        return self.document.kind


@dataclass(frozen=True)
class Material:
    """All that was read from the content folder: typed, not yet linked."""

    clinic: Clinic
    clock: ZoneInfo
    documents: Sequence[Document]
    pictures: Mapping[str, PictureFile] = field(default_factory=dict)
    attachments: Mapping[str, Attachment] = field(default_factory=dict)
    reviews: Mapping[str, ReviewRecord] = field(default_factory=dict)
    """The record of each page's sign-offs, by the page's id."""
    clinic_places: Mapping[Where, Span] = field(default_factory=dict)
    """The place of every value of clinic.yaml."""
    lists: Lists = field(default_factory=builtin_lists)
    """Words as data: those of the generator with those of the clinic."""
    debts: Debts = NOTHING
    """What pages that were brought in still lack."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with clinic.yaml, with files that are no content, and with the folder."""


@dataclass(frozen=True)
class Library:
    """All content as of one moment, for one audience.

    `documents` and `items` are by id, `by_path` by file; a name that two files share stands for the first one.
    `absent` are the ids of pages that patients can't get although their state says so: they are held back and were
    never released.
    """

    material: Material
    timeline: Timeline
    audience: Audience
    absent: frozenset[str]
    documents: Mapping[str, Document]
    by_path: Mapping[str, Document]
    items: Mapping[str, Item]
    facts: Mapping[str, Known]
    aliases: Mapping[str, str]
    reviews: Mapping[str, Review] = field(default_factory=dict)
    """The review of every clinical page, by its id."""
    relations: Relations = field(default_factory=Relations)
    destinations: Mapping[str, tuple[Destination | None, ...]] = field(default_factory=dict)
    related: tuple[Problem, ...] = ()
    """What is wrong with the relations."""
    followed: Mapping[str, Followed] = field(default_factory=dict, repr=False)
    """The same with what is wrong with the links and the facts of a text, by path: spares following them again."""
    firm: tuple[Problem, ...] = field(default=(), repr=False)
    """What is wrong besides: with names, addresses, times and relations."""
    asked: tuple[Document, ...] | None = None
    """The only documents that rules ask one by one, where not all are asked now (`narrowed`)."""
    go_on: Callable[[], bool] | None = field(default=None, repr=False, compare=False)
    """Whether whoever asks rules about everything still has time for that (`attended`)."""

    @functools.cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What linking found, on pages and besides; each document carries its own."""
        return (*self.firm, *itertools.chain.from_iterable(problems for _, problems in self.followed.values()))

    @property
    def clinic(self) -> Clinic:
        """The clinic."""
        return self.material.clinic

    @property
    def lists(self) -> Lists:
        """The lists of words that rules read."""
        return self.material.lists

    @property
    def clock(self) -> ZoneInfo:
        """The clinic's time zone."""
        return self.material.clock

    @property
    def pictures(self) -> Mapping[str, PictureFile]:
        """The pictures of content/images by path."""
        return self.material.pictures

    @property
    def attachments(self) -> Mapping[str, Attachment]:
        """The files of content/files by path."""
        return self.material.attachments

    @property
    def today(self) -> dt.date:
        """The clinic's date now. Only to choose what to compare: comparisons go through the timeline."""
        return self.timeline.now.astimezone(self.clock).date()

    def narrowed(self, documents: Iterable[Document]) -> "Library":
        """The same library, of which rules that go document by document look at these alone, and at nothing besides."""
        return self.like(asked=tuple(documents))

    def attended(self, go_on: Callable[[], bool]) -> "Library":
        """The same library for somebody who may be called away: `each` stops then, and with it every rule."""
        return self.like(go_on=go_on)

    def like(self, **other: Any) -> "Library":
        """The same library but for these fields, which change nothing of what was gathered of all documents."""
        same = dataclasses.replace(self, **other)
        vars(same).update({name: getattr(self, name) for name in KNOWN})
        return same

    def each(self, things: Iterable[Thing]) -> Iterable[Thing]:
        """The things, for a rule that goes through thousands.

        Raises:
            GaveWay: whoever asks is wanted elsewhere (`attended`).
        """
        return things if self.go_on is None else while_there_is_time(self.go_on, things)

    # What all documents tell together is gathered when it is first asked for; `linked_again` hands it on to the next.

    @functools.cached_property
    def linked_from(self) -> Mapping[str, frozenset[str]]:
        """The paths of the documents whose text links to each document, by that one's path."""
        found: dict[str, set[str]] = {}
        for path, (ways, _) in self.followed.items():
            for way in ways:
                if way is not None and way.document is not None:
                    found.setdefault(way.document.path, set()).add(path)
        return {path: frozenset(paths) for path, paths in found.items()}

    @functools.cached_property
    def kinds(self) -> Mapping[Kind, Sequence[Item]]:
        """All items of each kind, by id, whoever may see them."""
        found: dict[Kind, list[Item]] = {kind: [] for kind in Kind}
        for _, item in sorted(self.items.items()):
            found[item.kind].append(item)
        return {kind: tuple(items) for kind, items in found.items()}

    @functools.cached_property
    def ids_at(self) -> dict[str, tuple[str, ...]]:
        """The ids of the pages at each key (`key_of`), in order; it is one, but for names that can't be."""
        found: dict[str, tuple[str, ...]] = {}
        for slug, item in sorted(self.items.items()):
            key = key_of(item.address)
            found[key] = (*found.get(key, ()), slug)
        return found

    @functools.cached_property
    def path_at(self) -> dict[str, str]:
        """The file of the page at each key; of several the first one."""
        found: dict[str, str] = {}
        for path, document in self.by_path.items():
            found.setdefault(key_of(page_address(document)), path)
        return found

    @functools.cached_property
    def ways(self) -> Ways:
        """Where links led that lead there from every page of a folder, as they are followed."""
        return {}

    def public(self, slug: str) -> bool:
        """Whether patients can see a page now: its state is public and it is not absent."""
        return slug in self.seen

    @functools.cached_property
    def seen(self) -> frozenset[str]:
        """The ids of the pages that patients can see now: settled once, since every link and relation asks."""
        return frozenset(slug for slug in self.items if self.settled(slug))

    def settled(self, slug: str) -> bool:
        """The same of one page, not looked up but worked out."""
        item = self.items.get(slug)
        if item is None or slug in self.absent or not item.state.public:
            return False
        return not self._awaits_review(item)

    def _awaits_review(self, item: Item) -> bool:
        needs_review = self.clinic.clinical_review == "required" and item.kind.clinical
        if not needs_review or item.state is State.WITHDRAWN:
            return False
        # One that was signed stays: while its signature does not hold, it is held back as it was released.
        return self.reviews[item.id].standing is Standing.AWAITS

    def why_hidden(self, slug: str) -> str:
        """Why patients can't see a page, in words that follow "it is"."""
        item = self.items[slug]
        if item.document.header is None and slug not in self.absent:
            return "not readable: its own problems say why"
        if item.document.header is not None and item.document.header.draft:
            return "a draft"
        if item.state is State.UPCOMING:
            return "not public yet"
        if slug in self.absent:
            return "held back because of its own problems, and was never published"
        return "not reviewed by a clinician yet, which clinic.yaml asks for"

    def shown(self, slug: str) -> bool:
        """Whether this build has the page at all: for patients what is public, for editors everything."""
        item = self.items.get(slug)
        if item is None:
            return False
        return self.audience is Audience.EDITORS or self.public(slug)

    def public_when(self, slug: str, *, seen_from: str) -> bool:
        """Whether patients who read one page can see the other, from the day on which that page itself goes out.

        Asked of the later of now and that day, so that the answer never changes from yes to no as time passes. A page
        that can't be read has its own problems; as long as it may have a last version, they are no problem of others.
        """
        if self.public(slug):
            return True
        item, origin = self.items[slug], self.items[seen_from]
        if item.document.header is None:
            return slug not in self.absent
        if item.state is not State.UPCOMING or origin.state is not State.UPCOMING:
            return origin.state is State.DRAFT and item.state is State.DRAFT
        starts, opens = origin.term.starts, item.term.starts
        return starts is not None and opens is not None and opens <= starts

    def about(self, path: str) -> Document | None:
        """The page that a file is, or that a record of sign-offs is about; None for any other file."""
        return self.by_path.get(path) or self.documents.get(page_of(path))

    def picture_path(self, document: Document, target: str) -> str | None:
        """The path in the content folder of a picture that a body names; None where it leads nowhere there."""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(document.path), unquote(target.strip())))
        return path if path in self.pictures else None

    @staticmethod
    def photo_path(file: str) -> str:
        """The path of a picture that a header names: below content/images, however it is written."""
        return posixpath.normpath(posixpath.join("images", file.removeprefix("../").removeprefix("images/")))

    def of_kind(self, kind: Kind) -> tuple[Item, ...]:
        """The items of a kind that this build shows, by id."""
        return tuple(item for item in self.kinds[kind] if self.shown(item.id))

    def announcements(self) -> tuple[Item, ...]:
        """The announcements that this build shows, newest first; those of one day by id."""
        return self._announcements

    @functools.cached_property
    def _announcements(self) -> tuple[Item, ...]:
        dated = [(item.document.header, item) for item in self.of_kind(Kind.ANNOUNCEMENT)]
        known = [(header.date, item) for header, item in dated if isinstance(header, Announcement)]
        return tuple(item for _, item in sorted(known, key=lambda pair: (-pair[0].toordinal(), pair[1].id)))

    def live(self) -> tuple[Item, ...]:
        """The announcements that hold now, newest first."""
        return self._live

    @functools.cached_property
    def _live(self) -> tuple[Item, ...]:
        return tuple(item for item in self._announcements if item.state is State.LIVE and self.public(item.id))

    def problems_at(self, path: str) -> set[Problem]:
        """The problems of one file and of linking it."""
        document = self.by_path.get(path)
        own = document.problems if document is not None and document.path == path else ()
        _, followed = self.followed.get(path, ((), ()))
        beside = (problem for problem in (*self.material.problems, *self.firm) if problem.path == path)
        return {*own, *followed, *beside}

    def all_problems(self) -> tuple[Problem, ...]:
        """Every problem of every document and of linking them, in order, none twice."""
        found = {problem for document in self.material.documents for problem in document.problems}
        found.update(self.material.problems)
        found.update(self.problems)
        return tuple(sorted(found, key=lambda problem: problem.order))


def build_library(
    material: Material,
    timeline: Timeline,
    audience: Audience,
    *,
    absent: Iterable[str] = (),
    before: "Library | None" = None,
) -> Library:
    """Links and dates all content. Every problem is gathered; nothing is dropped.

    Args:
        material: what was read.
        timeline: now.
        audience: for whom.
        absent: ids of pages that are held back and were never released.
        before: the library of the same content a moment ago: what can't be otherwise now is taken from it.
    """
    absent = frozenset(absent)
    if before is not None and (again := linked_again(before, material, timeline, audience, absent)) is not None:
        return again
    documents, problems = by_id(material.documents)
    items: dict[str, Item] = {}
    term_of = terms(documents, material.clock, absent)
    for slug, document in documents.items():
        term = term_of.get(slug) or Term(None)
        items[slug] = Item(document, page_address(document), term, state_of(document, term, timeline))
        if document.header is not None and (document.header.publish or document.kind is Kind.ANNOUNCEMENT):
            problems.extend(unclear_times(document, material.clock))
    location_names = [name for name, _ in material.clinic.locations]
    problems.extend(taken(material.documents, location_names))
    alias_of, alias_problems = aliases(documents, location_names)
    problems.extend(alias_problems)
    library = Library(
        material=material,
        timeline=timeline,
        audience=audience,
        absent=absent,
        documents=documents,
        by_path=by_path(material.documents),
        items=items,
        facts=facts_of(material.clinic),
        aliases=alias_of,
        reviews=reviews_of(documents, material.reviews),
    )
    if before is not None and relations_stay(before, library):
        relations, related = before.relations, before.related
    else:
        relations, related = relate(library)
    problems.extend(related)
    followed = links_that_stay(before, library) if before is not None else {}
    for document in material.documents:
        if document.path not in followed:
            followed[document.path] = follow(library, document)
    return with_links(library, followed, relations=relations, related=related, firm=tuple(problems))


def follow(library: Library, document: Document) -> Followed:
    """Where the links of a document lead, and what is wrong with them and with the facts that it names."""
    ways, problems = destinations(library, document)
    return ways, (*unknown_in_body(document, library.facts), *problems)


def with_links(library: Library, followed: Mapping[str, Followed], **more: Any) -> Library:
    """A library with its links; `more` are other fields to set, and `destinations` where they are at hand."""
    ways = more.pop("destinations", None)
    if ways is None:
        ways = {path: places for path, (places, _) in followed.items()}
    made = dataclasses.replace(library, destinations=ways, followed=followed, **more)
    vars(made).update(seen=library.seen)  # links change nothing of who sees what
    return made
