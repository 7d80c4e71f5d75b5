"""The same content a moment later: what can't be otherwise is taken from the library before, all else is linked anew.

A preview links at each save. What is taken over is the very objects of the library before, so it is what the same
functions once gave; what an edit can have changed is asked of them again.
"""

import dataclasses
from bisect import bisect_left
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from clinic.library.audience import Audience
from clinic.library.document import Document
from clinic.library.relations import relate
from clinic.library.reviews import reviews_of
from clinic.library.timeline import Timeline
from clinic.model.kinds import Kind
from clinic.problems import Problem
from clinic.revised import replaced, revised, revised_row

if TYPE_CHECKING:
    from clinic.library.library import Followed, Item, Library, Material

_FREE = frozenset(
    {
        *("title", "summary", "also_called", "sources", "changes", "review_every", "symptoms", "type", "duration"),
        *("anesthesia", "driver_needed", "fasting", "time_off", "cost_note", "topic", "level", "closed", "name"),
        *("credentials", "role", "boards", "specialties", "languages", "npi"),
    }
)
"""The fields of headers that no linking reads but for the title of a problem, and the facts in a summary."""

_RELATING = frozenset({"body_parts", "author", "related", "treatments", "treats", "performed_by", "at", "locations"})
"""The fields that only relations are made of."""

_MOST = 50
"""Documents from which on all are linked as if for the first time."""


def linked_again(
    before: "Library", material: "Material", timeline: Timeline, audience: Audience, absent: frozenset[str]
) -> "Library | None":
    """The library of content in which a few pages changed, but for what says where they stand and since when.

    None where anything else can be otherwise: then all is linked. Arguments are those of `build_library`.
    """
    if before.audience is not audience or before.absent != absent or not _stays(before.material, material):
        return None
    if timeline.now < before.timeline.now or any(moment <= timeline.now for moment in before.timeline.coming[:1]):
        return None
    changed = replaced(before.material.documents, material.documents)
    if len(changed) > _MOST or not all(_says_the_same(before, was, now) for was, now in changed):
        return None
    timeline.heed(before.timeline.moments)
    library = _replaced(before, material, timeline, [now for _, now in changed])
    if any(before.public(now.id) != library.settled(now.id) for _, now in changed):
        return None
    vars(library).update(seen=before.seen)
    if any(_relates_anew(before, was, now) for was, now in changed):
        relations, related = relate(library)
        firm = (*before.firm[: len(before.firm) - len(before.related)], *related)
        library = library.like(relations=relations, related=related, firm=firm)
    return _followed_again(before, library, [now.path for _, now in changed])


def relations_stay(before: "Library", now: "Library") -> bool:
    """Whether headers say of each other what they said a moment ago, of pages that stand as they stood."""
    if (
        before.clinic is not now.clinic
        or before.absent != now.absent
        or before.documents.keys() != now.documents.keys()
    ):
        return False
    return all(
        (was := before.documents[slug]) is document
        or (was.header == document.header and was.places == document.places and was.path == document.path)
        for slug, document in now.documents.items()
    ) and all(_stands(before, now, slug) for slug in now.items)


def links_that_stay(before: "Library", now: "Library") -> "dict[str, Followed]":
    """The links that lead where they led a moment ago, by the path of the document that they are in.

    A document's links depend on its own text, on which pages, files and locations there are, and on the pages that they
    lead to: on their text, and on whether patients can see them when.
    """
    if (before.clinic is not now.clinic and before.clinic != now.clinic) or before.by_path.keys() != now.by_path.keys():
        return {}
    if before.attachments.keys() != now.attachments.keys() or before.absent != now.absent:
        return {}
    if before.aliases != now.aliases:  # a whole address of the site may name an old one
        return {}
    kept = {path for path, document in now.by_path.items() if before.by_path[path] is document}
    kept &= {item.document.path for slug, item in now.items.items() if _stands(before, now, slug)}
    return {
        path: followed
        for path, followed in before.followed.items()
        if path in kept and all(way is None or way.document is None or way.document.path in kept for way in followed[0])
    }


def _stands(before: "Library", now: "Library", slug: str) -> bool:
    was, item = before.items.get(slug), now.items[slug]
    same = was is not None and was.state is item.state and was.term == item.term
    return same and before.public(slug) == now.public(slug)


def _stays(before: "Material", now: "Material") -> bool:
    """Whether all that linking reads besides documents is as it was, and the same files are there."""
    return (
        before.clinic is now.clinic
        and before.clock is now.clock
        and before.clinic_places is now.clinic_places
        and before.reviews == now.reviews
        and before.attachments.keys() == now.attachments.keys()
        and len(before.documents) == len(now.documents)
    )


def _says_the_same(before: "Library", was: Document, now: Document) -> bool:
    """Whether a document says of itself what it said, but for what linking does not read, or reads again.

    A title is told in problems of other pages: where it is, the question is not asked here.
    """
    if was.path != now.path or before.documents.get(was.id) is not was:
        return False
    if was.header == now.header and was.places == now.places:
        return True
    if was.header is None or now.header is None or type(was.header) is not type(now.header):
        return False
    ours = {field.name for field in dataclasses.fields(now.header)} & (_FREE | _RELATING)
    if dataclasses.replace(was.header, **{name: getattr(now.header, name) for name in ours}) != now.header:
        return False
    kept = before.firm[: len(before.firm) - len(before.related)]
    return not any(problem.path == was.path or _names(problem, was) for problem in kept)


def _relates_anew(before: "Library", was: Document, now: Document) -> bool:
    """Whether what headers say of each other, or what is told of that, can be otherwise because of a document."""
    if was.header == now.header and was.places == now.places:
        return False
    named = any(getattr(was.header, name, None) != getattr(now.header, name, None) for name in _RELATING)
    summaries = [each.header.summary for each in (was, now) if each.header is not None]
    facts = any("{{" in summary for summary in summaries)
    return named or facts or any(problem.path == was.path or _names(problem, was) for problem in before.related)


def _names(problem: Problem, document: Document) -> bool:
    return document.title in problem.message or document.title in problem.hint


def _replaced(
    before: "Library", material: "Material", timeline: Timeline, documents: Collection[Document]
) -> "Library":
    """The library before with some documents in the place of those that they were; their links are still to follow."""
    now = {document.id: document for document in documents}
    by_path: dict[str, Document] = {}
    for document in documents:
        was = before.documents[document.id]
        for path in (document.path, f"{document.path[: -len('.md')]}.md"):
            if before.by_path.get(path) is was:
                by_path[path] = document
    items = {slug: dataclasses.replace(before.items[slug], document=document) for slug, document in now.items()}
    kinds = dict(before.kinds)
    for item in items.values():
        kinds[item.kind] = _with(kinds[item.kind], item)
    library = dataclasses.replace(
        before,
        material=material,
        timeline=timeline,
        documents=revised(before.documents, now),
        by_path=revised(before.by_path, by_path),
        items=revised(before.items, items),
        reviews=revised(before.reviews, reviews_of(now, material.reviews)),
    )
    vars(library).update(kinds=kinds, ids_at=before.ids_at, linked_from=before.linked_from)
    if not any(document.kind is Kind.ANNOUNCEMENT for document in documents):
        known = ("_announcements", "_live")  # of announcements that are as they were
        vars(library).update({name: vars(before)[name] for name in known if name in vars(before)})
    return library


def _with(items: "Sequence[Item]", item: "Item") -> "Sequence[Item]":
    """The items of a kind, which stand by id, with one in the place of what it was."""
    return revised_row(items, {bisect_left(items, item.id, key=lambda each: each.id): item})


def _followed_again(before: "Library", library: "Library", changed: list[str]) -> "Library":
    """The library with its links: those of the documents that changed, and those that lead to them, followed again."""
    from clinic.library.library import KNOWN, follow, with_links  # noqa: PLC0415 - it links with this, and this with that

    again = dict.fromkeys(changed) | dict.fromkeys(
        path for each in changed for path in sorted(before.linked_from.get(each, ()))
    )
    followed = {path: follow(library, library.by_path[path]) for path in again}
    linked_from: dict[str, frozenset[str]] = {}
    for path, now in followed.items():
        before_it, after_it = _reached(before.followed[path]), _reached(now)
        for other in before_it ^ after_it:
            there = linked_from.get(other, before.linked_from.get(other, frozenset()))
            linked_from[other] = there | {path} if other in after_it else there - {path}
    ways = {path: now[0] for path, now in followed.items()}
    made = with_links(library, revised(before.followed, followed), destinations=revised(before.destinations, ways))
    vars(made).update({name: vars(library)[name] for name in KNOWN if name in vars(library)})
    vars(made).update(linked_from=revised(before.linked_from, linked_from))
    return made


def _reached(followed: "Followed") -> frozenset[str]:
    return frozenset(way.document.path for way in followed[0] if way is not None and way.document is not None)
