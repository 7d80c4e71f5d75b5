"""Locations: addresses, hours and special days, as lists, footers and pages show them."""

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache

from clinic.model.clinic import Location
from clinic.model.clock import end_of
from clinic.model.hours import Spans
from clinic.model.kinds import Announcement
from clinic.views.maker import Maker
from clinic.views.parts import HoursRow, Place


def address_lines(place: Location) -> tuple[str, ...]:
    """A postal address, line by line."""
    town = f"{place.city}, {place.region}" if place.region else place.city
    last = f"{town} {place.postal_code}".strip()
    return (*place.address, last) if last else place.address


def times(maker: Maker, spans: Spans) -> str:
    """The hours of one day in words."""
    words = maker.words()
    if not spans:
        return words.gettext("Closed")
    return words.listing([words.time_range(opens, closes) for opens, closes in spans])


def week(maker: Maker, place: Location) -> tuple[HoursRow, ...]:
    """The hours of an ordinary week, equal days in a row as one line; nothing where no hours are given."""
    words, days = maker.words(), place.hours.days
    if not any(days):
        return ()
    rows: list[HoursRow] = []
    first = 0
    for number in range(1, 8):
        if number == 7 or days[number] != days[first]:
            rows.append(
                HoursRow(
                    days=words.weekday_range(first, number - 1),
                    times=times(maker, days[first]),
                    weekdays=tuple(range(first, number)),
                    spans=days[first],
                )
            )
            first = number
    return tuple(rows)


def special_days(maker: Maker, name: str, place: Location) -> tuple[HoursRow, ...]:
    """Today's and coming days on which the hours differ, by clinic.yaml or by an announcement that closes the place."""
    days: dict[dt.date, tuple[Spans, str]] = {day.date: (day.hours, day.why) for day in place.special_days}
    for day, why in _closed_by_announcements(maker, name):
        days[day] = ((), days[day][1] if day in days and not days[day][0] else why)
    timeline, clock = maker.library.timeline, maker.library.clock
    return tuple(
        HoursRow(days=maker.words().date(day), times=times(maker, hours), special=True, why=why, date=day, spans=hours)
        for day, (hours, why) in sorted(days.items())
        if not timeline.reached(end_of(day, clock))
    )


def _closed_by_announcements(maker: Maker, name: str) -> Iterator[tuple[dt.date, str]]:
    for item in maker.library.live():
        header = item.document.header
        if isinstance(header, Announcement) and (not header.locations or name in header.locations):
            for day in header.closed:
                yield day, item.document.title


def place_of(maker: Maker, name: str) -> Place:
    """A location, as lists and footers show it."""
    place = dict(maker.library.clinic.locations)[name]
    return Place(
        name=place.name,
        href=maker.href(f"/locations/{name}/"),
        address=address_lines(place),
        street=place.address,
        city=place.city,
        region=place.region,
        postal_code=place.postal_code,
        phone=maker.phone(place.phone) if place.phone else maker.main_phone,
        hours=week(maker, place),
        special_days=special_days(maker, name, place),
    )


@lru_cache(maxsize=2)
def all_places(maker: Maker) -> tuple[Place, ...]:
    """All locations, in the order of clinic.yaml."""
    return tuple(place_of(maker, name) for name, _ in maker.library.clinic.locations)
