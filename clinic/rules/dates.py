"""NOT004 and NOT008: weekdays that do not match their dates, and dates that no calendar has."""

import calendar
import datetime as dt
import re
from collections.abc import Iterator

from clinic.library.document import Document
from clinic.library.library import Library
from clinic.model.hours import WEEKDAYS
from clinic.model.kinds import Announcement
from clinic.problems import Problem, Span
from clinic.problems.catalogue.announcements import NO_SUCH_DATE, WRONG_WEEKDAY
from clinic.rules.kept import kept
from clinic.rules.passages import english, judged, pages_of

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
"""The months in English, January first."""

_WEEKDAY = r"(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b"
_MONTH = r"(?P<month>" + "|".join(f"{month[:3]}(?:{month[3:]})?" for month in MONTHS) + r"|sept)\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
_YEAR = r"(?:,? (?P<year>(?:19|20)\d\d)\b)"
_WRITTEN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:\b{_WEEKDAY}\.?,? (?:the )?)?\b{_MONTH} {_DAY}{_YEAR}?",
        rf"(?:\b{_WEEKDAY}\.?,? (?:the )?)?\b{_DAY}(?: of)? {_MONTH}{_YEAR}?",
        rf"\b{_WEEKDAY}\.?,? \(?(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b",
        rf"\b{_WEEKDAY}\.?,? \(?(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}})/(?P<year>(?:19|20)\d\d)\b",
        rf"\b{_MONTH} {_DAY}{_YEAR} \({_WEEKDAY}\.?\)",
    )
)
_NUMBERS = re.compile(
    r"(?<![\w/.-])(?:(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<late>(?:19|20)\d\d)"
    r"|(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d))(?![\w/-])"
)
"""A date of figures alone. 11/30/2026 and 30/11/2026 are both read."""

_SAID_OF_A_DAY = re.compile(
    r"\b(?:on|until|till|by|before|after|since|from|through|starting|beginning|closed?|open|and|to)\s(?:the )?$",
    re.IGNORECASE,
)
"""What stands before a day without a year: "in April 40 people came" is no day."""

_MAY_HOLD = re.compile(r"\d")


def check(library: Library) -> Iterator[Problem]:
    """The problems of this family."""
    for document in judged(library):
        if english(document, library):
            yield from of(document)


@kept
def of(document: Document) -> Iterator[Problem]:
    """What one document alone tells."""
    pages = pages_of(document)
    header = document.header
    near = header.date if isinstance(header, Announcement) else None
    if not _MAY_HOLD.search(pages.whole):
        return
    for stretch in pages.stretches("title", "summary"):
        if not _MAY_HOLD.search(stretch.text):
            continue
        for pattern in _WRITTEN:
            for found in pattern.finditer(stretch.text):
                place = pages.place(stretch, found.start(), found.end())
                of_a_day = _SAID_OF_A_DAY.search(stretch.text, 0, found.start()) is not None
                yield from _judged(document.path, place, found, near, of_a_day=of_a_day)
        for found in _NUMBERS.finditer(stretch.text):
            place = pages.place(stretch, found.start(), found.end())
            yield from _in_figures(document.path, place, found)


def _in_figures(path: str, place: Span, found: re.Match[str]) -> Iterator[Problem]:
    """A date of figures that no calendar has, whichever of its figures is the month."""
    if found["first"]:
        year, ways = int(found["late"]), [(int(found["first"]), int(found["second"]))]
        ways.append((ways[0][1], ways[0][0]))
    else:
        year, ways = int(found["year"]), [(int(found["month"]), int(found["day"]))]
    if not any(_days(year, month, day, None) for month, day in ways):
        month, day = next((way for way in ways if 1 <= way[0] <= 12), ways[0])
        yield NO_SUCH_DATE(path, place, date=f"{_month_name(month)} {day}, {year}")


def _judged(path: str, place: Span, found: re.Match[str], near: dt.date | None, *, of_a_day: bool) -> Iterator[Problem]:
    parts = found.groupdict()
    month, day, weekday = _month_of(parts["month"]), int(parts["day"]), parts.get("weekday")
    year = int(parts["year"]) if parts.get("year") else None
    if not weekday and year is None and not (of_a_day and day <= 31):
        return
    days = _days(year, month, day, near)
    if not days:
        if year is not None or day > 31 or day > _longest(month):
            written = f"{_month_name(month)} {day}" + (f", {year}" if year else "")
            yield NO_SUCH_DATE(path, place, date=written)
        return
    if weekday and (year is not None or near is not None):
        said = next(number for number, name in enumerate(WEEKDAYS) if name.startswith(weekday.lower()))
        numeric = parts["month"].isdigit() and "/" in found[0]
        others = _days(year, day, month, near) if numeric else []
        if all(one.weekday() != said for one in [*days[:1], *others[:1]]):
            yield WRONG_WEEKDAY(
                path,
                place,
                date=f"{_month_name(month)} {day}, {days[0].year}",
                right=WEEKDAYS[days[0].weekday()].capitalize(),
                wrong=WEEKDAYS[said].capitalize(),
            )


def _days(year: int | None, month: int, day: int, near: dt.date | None) -> list[dt.date]:
    """The days that may be meant, the likeliest first: without a year, those around the day of the announcement."""
    years = [year] if year is not None else ([near.year - 1, near.year, near.year + 1] if near else [2024, 2025])
    days = []
    for each in years:
        try:
            days.append(dt.date(each, month, day))
        except ValueError:
            continue
    return sorted(days, key=lambda one: abs((one - near).days)) if near else days


def _month_of(text: str) -> int:
    if text.isdigit():
        return int(text)
    return next(number for number, name in enumerate(MONTHS, start=1) if name.startswith(text.lower()[:3]))


def _month_name(month: int) -> str:
    return MONTHS[month - 1].capitalize() if 1 <= month <= 12 else f"month {month}"


def _longest(month: int) -> int:
    """How many days a month has at most."""
    return calendar.monthrange(2024, month)[1] if 1 <= month <= 12 else 0
