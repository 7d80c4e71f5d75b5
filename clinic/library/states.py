"""Where a page stands in time: draft, upcoming, public, ended, superseded, withdrawn."""

import datetime as dt
import enum
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from clinic.library.document import Document
from clinic.library.timeline import Timeline
from clinic.model.clock import Unclear, When, end_of, instant, start_of, written
from clinic.model.kinds import Announcement, Common
from clinic.model.moments import OpenEnd
from clinic.problems import Problem
from clinic.problems.catalogue.fields import TIME_SKIPPED, TIME_TWICE


class State(enum.StrEnum):
    """The states of a page. An announcement that is public is live, ended or superseded; any other page is live."""

    DRAFT = "draft"
    UPCOMING = "upcoming"
    LIVE = "live"
    ENDED = "ended"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"

    @property
    def public(self) -> bool:
        """Whether patients can see the page."""
        return self is not State.DRAFT and self is not State.UPCOMING


@dataclass(frozen=True, slots=True)
class Term:
    """From when to when a page holds, as instants in UTC: `[starts, ends)`. None is no bound."""

    starts: dt.datetime | None
    ends: dt.datetime | None = None
    replaced: bool = False
    """Whether it ends because another announcement takes its place."""


def terms(documents: Mapping[str, Document], clock: ZoneInfo, absent: Collection[str] = ()) -> dict[str, Term]:
    """The term of every document whose header can be read.

    An announcement ends when one that replaces it starts; a draft, or one that patients can't get, replaces nothing.
    """
    found = {slug: _own_term(document.header, clock) for slug, document in documents.items() if document.header}
    for slug, document in documents.items():
        header = document.header
        if not isinstance(header, Announcement) or header.draft or slug in absent or header.supersedes == slug:
            continue
        replaced, starts = found.get(header.supersedes), _own_term(header, clock).starts
        if replaced is not None and starts is not None and (replaced.ends is None or starts < replaced.ends):
            found[header.supersedes] = Term(replaced.starts, starts, replaced=True)
    return found


def _own_term(header: Common, clock: ZoneInfo) -> Term:
    starts = _moment(header.publish, clock)
    if not isinstance(header, Announcement):
        return Term(starts)
    if starts is None:
        starts = start_of(header.date, clock)
    if isinstance(header.expires, OpenEnd):
        return Term(starts)
    if isinstance(header.expires, dt.datetime):
        return Term(starts, _moment(header.expires, clock))
    return Term(starts, end_of(header.expires, clock))


def _moment(when: When | None, clock: ZoneInfo) -> dt.datetime | None:
    if when is None:
        return None
    placed = instant(when, clock)
    if isinstance(placed, Unclear):
        # Reported by `unclear_times`, which holds the page back; previews show it from the first clear time after.
        later = instant(placed.after, clock)
        return None if isinstance(later, Unclear) else later
    return placed


def unclear_times(document: Document, clock: ZoneInfo) -> Iterator[Problem]:
    """Local times of a header that the clocks skip or show twice, with the choices."""
    header = document.header
    if header is None:
        return
    named: list[tuple[str, When | OpenEnd | None]] = [("publish", header.publish)]
    if isinstance(header, Announcement):
        named.append(("expires", header.expires))
    for key, when in named:
        if not isinstance(when, dt.datetime):
            continue
        placed = instant(when, clock)
        if isinstance(placed, Unclear):
            rule = TIME_SKIPPED if placed.skipped else TIME_TWICE
            yield rule(
                document.path,
                document.at(key),
                value=written(when),
                before=written(placed.before),
                after=written(placed.after),
            )


def state_of(document: Document, term: Term, timeline: Timeline) -> State:
    """The state of a document at the timeline's now."""
    header = document.header
    if header is None or header.draft:
        return State.DRAFT
    if header.withdrawn:
        return State.WITHDRAWN
    if term.starts is not None and not timeline.reached(term.starts):
        return State.UPCOMING
    if term.ends is not None and timeline.reached(term.ends):
        return State.SUPERSEDED if term.replaced else State.ENDED
    return State.LIVE
