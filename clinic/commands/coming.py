"""What changes by itself, and when: the moments that a site was compared with, each in words."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from clinic.library.library import Item, Library
from clinic.library.reviews import Standing
from clinic.library.states import State
from clinic.model.clock import end_of, start_of, written
from clinic.model.kinds import Announcement, Clinical, Clinician
from clinic.model.moments import OpenEnd
from clinic.rules.announcements import LONGEST
from clinic.rules.governance import old_from, soon_from
from clinic.rules.waivers import waivers_of


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """One thing that happens by itself. `path` is the file of the content that says so."""

    sentence: str
    path: str


SOMETHING = Event("Something on the site changes.", "")
"""What is said of a moment that no file's own words explain."""


def events(library: Library) -> Mapping[dt.datetime, tuple[Event, ...]]:
    """All that happens by itself, at any time, by moment; drafts never change anything."""
    found: defaultdict[dt.datetime, set[Event]] = defaultdict(set)
    for item in library.items.values():
        header = item.document.header
        if header is None or header.draft or header.withdrawn:
            continue
        for moment, sentence in _of_item(library, item):
            found[moment].add(Event(sentence, item.document.path))
    for moment, event in (*_special_days(library), *_signed(library)):
        found[moment].add(event)
    return {moment: tuple(sorted(found[moment])) for moment in sorted(found)}


def at(library: Library, moment: dt.datetime) -> tuple[Event, ...]:
    """What happens at a moment."""
    return events(library).get(moment, (SOMETHING,))


def coming(library: Library) -> Mapping[dt.datetime, tuple[Event, ...]]:
    """The moments still to come, soonest first, with what happens at each.

    They are those with which the site was compared (so none is missed), and those that follow from what is to come.
    """
    now, known = library.timeline.now, events(library)
    moments = {*library.timeline.coming, *(moment for moment in known if moment > now)}
    return {moment: known.get(moment, (SOMETHING,)) for moment in sorted(moments)}


def _of_item(library: Library, item: Item) -> Iterator[tuple[dt.datetime, str]]:
    header, term, title = item.document.header, item.term, item.document.title
    if term.starts is not None:
        yield term.starts, _starts(library, item)
    if isinstance(header, Announcement):
        banner = ", and so is its banner" if header.level == "banner" else ""
        if term.ends is not None and term.replaced:
            yield term.ends, f'The announcement "{title}" gives way to "{_successor(library, item)}".'
        elif term.ends is not None:
            yield term.ends, f'The announcement "{title}" is over{banner}.'
        elif term.starts is not None and header.expires is OpenEnd.UNKNOWN:
            yield term.starts + LONGEST, f'The announcement "{title}" has stood for {LONGEST.days} days (a warning).'
        for day in header.closed:
            yield end_of(day, library.clock), f"The closed day {day.isoformat()} is over: it leaves the hours."
    for waiver in waivers_of(item.document):
        codes = " and ".join(waiver.codes)
        yield end_of(waiver.until, library.clock), f'"{title}" allowed {codes} until then (a warning, if still needed).'
    if isinstance(header, Clinical):
        yield from _of_review(library, item, header)
    if isinstance(header, Clinician) and header.left is not None:
        yield end_of(header.left, library.clock), f"{title} has left: the pages say so."


def _of_review(library: Library, item: Item, header: Clinical) -> Iterator[tuple[dt.datetime, str]]:
    """When the review of a page is due, and when its sources are to be looked at again."""
    title, review = item.document.title, library.reviews[item.id]
    if review.standing is Standing.SIGNED and review.due is not None:
        yield soon_from(review.due, library), f'The review of "{title}" is due on {written(review.due)} (a hint).'
        late = f'The review of "{title}" is late: the page says so.'
        yield end_of(review.due, library.clock), late
    for source in header.sources:
        told = f'A source of "{title}" should be looked at again: {source.title} (a warning).'
        yield old_from(source.accessed, library), told


def _starts(library: Library, item: Item) -> str:
    header, title = item.document.header, item.document.title
    if isinstance(header, Announcement):
        banner = ", with a banner on every page" if header.level == "banner" else ""
        return f'The announcement "{title}" goes out{banner}.'
    signed = item.kind.clinical and library.reviews[item.id].standing is not Standing.AWAITS
    waits = item.kind.clinical and library.clinic.clinical_review == "required" and not signed
    unless = ", if a clinician has reviewed it by then" if waits else ""
    return f'The page "{title}" goes public{unless}.'


def _successor(library: Library, item: Item) -> str:
    for other in library.items.values():
        header = other.document.header
        if isinstance(header, Announcement) and header.supersedes == item.id and other.term.starts == item.term.ends:
            return other.document.title
    return "another"


def _signed(library: Library) -> Iterator[tuple[dt.datetime, Event]]:
    """The days of sign-offs: one that is still to come is an error until then."""
    for page, record in library.material.reviews.items():
        document = library.documents.get(page)
        if document is not None and document.kind.clinical:
            for each in record.signed:
                sentence = f'The sign-off of "{document.title}" is dated {written(each.date)}.'
                yield start_of(each.date, library.clock), Event(sentence, record.path)


def _special_days(library: Library) -> Iterator[tuple[dt.datetime, Event]]:
    for _, place in library.clinic.locations:
        for day in place.special_days:
            sentence = f"The special day {day.date.isoformat()} at {place.name} is over: it leaves the hours."
            yield end_of(day.date, library.clock), Event(sentence, "clinic.yaml")


def open_ended(library: Library) -> tuple[Item, ...]:
    """Live announcements that hold until further notice: no moment ends them, so somebody has to."""
    return tuple(
        item
        for _, item in sorted(library.items.items())
        if item.state is State.LIVE
        and isinstance(item.document.header, Announcement)
        and item.document.header.expires is OpenEnd.UNKNOWN
        and item.term.ends is None
    )
