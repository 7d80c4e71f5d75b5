"""What the pages of the last build showed: where all that shapes a view is as it was, it is not made again.

A view is made of one document and of what surrounds it: the clinic, the headers of all documents, where each stands in
time, what can be linked to. All of the surroundings are under one digest, with the text of no document in it. So after
an edit of one page's text only that page's view is made again; after any other, all of them. There is nothing to keep
track of, and nothing to forget: what the digest leaves out, views must not look at (tests/laws/test_faces.py).
"""

import datetime as dt
import functools
import hashlib
from collections.abc import Callable, Iterable, Mapping

import msgspec

from clinic.cache import Cache, key_for
from clinic.crew import in_shares
from clinic.library.document import Document
from clinic.library.states import State, Term
from clinic.manifest import Role
from clinic.salt import salt
from clinic.views.indexes import Finder
from clinic.views.maker import Maker
from clinic.views.site import Face, Planned, face_of, planned_indexes, planned_items


class _Listed(msgspec.Struct, frozen=True, array_like=True):
    """A page made of many."""

    address: str
    role: Role
    source: str
    title: str
    face: Face


class _Seen(msgspec.Struct, array_like=True):
    """What a build saw."""

    around: str
    now: dt.datetime
    moments: frozenset[dt.datetime]
    """What `now` was compared with while views were made."""
    faces: dict[str, tuple[str, Face]]
    """By the path of a document: what tells its own part of the view from others, and the face of that."""
    search: str
    """What shapes the page of the search: the files that it leads to, and its own text."""
    listed: tuple[_Listed, ...]


class _Told(msgspec.Struct, array_like=True):
    """A face, with what `now` was compared with while its view was made."""

    face: Face
    moments: frozenset[dt.datetime]


SEARCH = "search"
"""The id of the page of the search, which is made of a document and of all others."""

_ENCODER = msgspec.msgpack.Encoder()
_SEEN = msgspec.msgpack.Decoder(_Seen)
_TOLD = msgspec.msgpack.Decoder(_Told)


class Faces:
    """Plans the pages of a site, with the faces that a cache remembers; those that it does not, on all cores."""

    def __init__(self, maker: Maker, cache: Cache) -> None:
        """`maker` makes the views."""
        self._maker = maker
        self._cache = cache
        self._key = key_for("faces", salt(), maker.url, maker.library.audience.value)
        self._timeline = maker.library.timeline
        self._around = around(maker)
        before = self._recalled()
        self._before = before or _Seen(self._around, self._timeline.now, frozenset(), {}, "", ())
        self._timeline.heed(self._before.moments)
        self._now = _Seen(self._around, self._timeline.now, self._before.moments, {}, "", ())

    def _recalled(self) -> _Seen | None:
        """What the last build saw, where what surrounds its documents is the same, and no moment has come since."""
        try:
            seen = _SEEN.decode(self._cache.get(self._key) or b"")
        except msgspec.MsgspecError:
            return None
        now = self._timeline.now
        passed = any((moment <= seen.now) is not (moment <= now) for moment in seen.moments)
        return None if passed or seen.around != self._around else seen

    def items(self) -> list[Planned]:
        """The pages made from documents, with their faces."""
        pages = list(planned_items(self._maker))
        by_path = self._maker.library.by_path
        owns = [self._own(by_path[page.source]) for page in pages]
        known = [self._known(page, own) for page, own in zip(pages, owns, strict=True)]
        missing = [number for number, face in enumerate(known) if face is None]
        told = in_shares(lambda number: self._told(pages[number]), missing)
        for number, one in zip(missing, told, strict=True):
            heard = _TOLD.decode(one)
            known[number] = heard.face
            self._heed(heard.moments)
        faced = [
            Planned(page.address, page.make, page.role, page.source, page.title, page.front, known=face)
            for page, face in zip(pages, known, strict=True)
        ]
        self._now.faces = {page.source: (own, page.face) for page, own in zip(faced, owns, strict=True)}
        return faced

    def indexes(self, finder: Finder | None) -> list[Planned]:
        """The pages made of many, with their faces."""
        make = functools.cache(lambda: {page.address: page for page in planned_indexes(self._maker, finder)})
        search = self._maker.library.documents.get(SEARCH)
        self._now.search = repr((finder, self._own(search) if search is not None else ""))
        if self._before.listed and self._before.search == self._now.search:
            self._now.listed = self._before.listed
        else:
            with self._timeline.overheard() as heard:
                self._now.listed = tuple(
                    _Listed(page.address, page.role, page.source, page.title, page.face) for page in make().values()
                )
            self._heed(heard)
        return [_late(one, make) for one in self._now.listed]

    def note(self) -> None:
        """Remembers what this build saw."""
        if self._now != self._before:
            self._cache.put(self._key, _ENCODER.encode(self._now))

    def _known(self, page: Planned, own: str) -> Face | None:
        seen = self._before.faces.get(page.source)
        return seen[1] if seen is not None and seen[0] == own else None

    def _own(self, document: Document) -> str:
        """What shapes the view of a document beside its surroundings: its file, and for editors its problems."""
        told = self._maker.problems.get(document.path) if self._maker.for_editors else None
        return key_for(document.digest, repr(told)).hex() if told else document.digest

    def _told(self, page: Planned) -> bytes:
        with self._timeline.overheard() as heard:
            face = face_of(page.make())
        return _ENCODER.encode(_Told(face, frozenset(heard)))

    def _heed(self, moments: Iterable[dt.datetime]) -> None:
        self._timeline.heed(moments)
        self._now.moments |= frozenset(moments)


def around(maker: Maker) -> str:
    """A digest of all that views are made of but the text of documents and the problems of each.

    Of a text it holds what other pages can depend on: the headings and anchors that can be linked to, and which facts
    it names, since some of these tell what the clock is compared with.
    """
    library = maker.library
    languages = {header.lang for one in library.documents.values() if (header := one.header) is not None}
    digest = hashlib.blake2b(digest_size=20)
    for part in (
        library.clinic,
        library.clock.key,
        library.audience,
        sorted(library.absent),
        library.lists.digest,
        sorted(library.attachments.items()),
        sorted(library.pictures),
        maker.url,
        maker.assets,
        maker.pictures,
        maker.cards,
        maker.told if maker.for_editors else 0,
        [maker.words(lang).digest for lang in sorted({lang for lang in languages if lang} | {library.clinic.language})],
    ):
        digest.update(f"{part!r}\0".encode("utf-8", "surrogatepass"))
    said: dict[tuple[State, Term] | None, str] = {}
    for document in library.material.documents:
        item, review = library.items.get(document.id), library.reviews.get(document.id)
        stands = (item.state, item.term) if item is not None else None
        if stands not in said:
            said[stands] = repr(stands)
        reviewed = repr(review) if review is not None and review.record is not None else str(review and review.standing)
        digest.update("\0".join((*_outside(document), said[stands], reviewed, "")).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _outside(document: Document) -> tuple[str, ...]:
    """What other pages can see of a document."""
    return (document.path, document.id, document.front, document.body.outline, str(document.header is None))


def _late(one: _Listed, make: Callable[[], Mapping[str, Planned]]) -> Planned:
    """A page made of many, none of which is made before one is asked for."""
    return Planned(one.address, lambda: make()[one.address].view, one.role, one.source, one.title, known=one.face)
