"""What days and local times are on the clinic's clock: instants, and the few that are none."""

import datetime as dt
import functools
import importlib.resources
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

When = dt.date | dt.datetime
"""A day, or a day and time of the clinic's own clock (a datetime without a zone)."""


def written(when: When) -> str:
    """A day or local time as editors write it."""
    return when.strftime("%Y-%m-%d %H:%M") if isinstance(when, dt.datetime) else when.isoformat()


@functools.cache
def zone(name: str) -> ZoneInfo | None:
    """The time zone of that name from the locked `tzdata`, never the machine's; None where there is none."""
    parts = name.split("/")
    if not re.fullmatch(r"[A-Za-z0-9_+/-]+", name) or not all(parts):
        return None
    place = importlib.resources.files("tzdata.zoneinfo").joinpath(*parts)
    if not place.is_file():
        return None
    with place.open("rb") as data:
        try:
            return ZoneInfo.from_file(data, key=name)
        except ValueError:
            return None


@functools.lru_cache(maxsize=10_000)
def start_of(day: dt.date, clock: ZoneInfo) -> dt.datetime:
    """The first instant of a day, in UTC: midnight, or the first moment after it where clocks skip midnight."""
    naive = dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001 - placed on the clinic's clock right below
    if not _skipped(naive, clock):
        return naive.replace(tzinfo=clock).astimezone(dt.UTC)
    before = naive.replace(tzinfo=clock, fold=1).utcoffset() or dt.timedelta()
    after = naive.replace(tzinfo=clock, fold=0).utcoffset() or dt.timedelta()
    # In a gap fold=0 carries the offset of before the change: midnight by it is the instant of the change or later.
    instant = (naive - max(before, after)).replace(tzinfo=dt.UTC)
    while instant.astimezone(clock).date() < day:
        instant += dt.timedelta(minutes=1)
    return instant


def end_of(day: dt.date, clock: ZoneInfo) -> dt.datetime:
    """The first instant after a day, in UTC."""
    return start_of(day + dt.timedelta(days=1), clock)


def _skipped(naive: dt.datetime, clock: ZoneInfo) -> bool:
    there_and_back = naive.replace(tzinfo=clock).astimezone(dt.UTC).astimezone(clock).replace(tzinfo=None)
    return there_and_back != naive


@dataclass(frozen=True)
class Unclear:
    """Why a local time is no instant: the clocks skip it, or show it twice; and the times next to it that are clear."""

    skipped: bool
    before: dt.datetime
    after: dt.datetime


def instant(when: When, clock: ZoneInfo) -> dt.datetime | Unclear:
    """The instant (UTC) at which a day begins or a local time is reached, or why there is none."""
    if not isinstance(when, dt.datetime):
        return start_of(when, clock)
    first = when.replace(tzinfo=clock, fold=0)
    second = when.replace(tzinfo=clock, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(dt.UTC)
    skipped = _skipped(when, clock)
    step = dt.timedelta(minutes=1)
    before = after = when
    while _unclear(before, clock):
        before -= step
    while _unclear(after, clock):
        after += step
    return Unclear(skipped, before, after)


def _unclear(naive: dt.datetime, clock: ZoneInfo) -> bool:
    return naive.replace(tzinfo=clock, fold=0).utcoffset() != naive.replace(tzinfo=clock, fold=1).utcoffset()
