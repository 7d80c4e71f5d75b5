"""Days and times as editors write them; what they are on the clinic's clock is in clinic/model/clock.py."""

import datetime as dt
import enum
import re
from dataclasses import dataclass
from typing import cast

from clinic.expressions import expression
from clinic.model.clock import When, written
from clinic.model.reading import ABSENT, Absent, Reader, Reading, Where
from clinic.model.values import name_of, one_text
from clinic.problems.catalogue.fields import (
    AMBIGUOUS_DATE,
    DATE_FORM,
    NO_SUCH_DAY,
    NOT_A_DATE,
    ONLY_A_DAY,
    ZONE_IN_TIME,
)
from clinic.source.nodes import Node

_DAY = expression(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_TIME = expression(r"(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})", re.ASCII)
_LOOSE = expression(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::\d{2})?)?", re.ASCII)
_HALF_DAY = expression(r"(\d{4}-\d{2}-\d{2})[ T](\d{1,2})(?::(\d{2}))?\s*([ap])\.?m\.?", re.ASCII | re.IGNORECASE)
_SLASHED = expression(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
_ZONED = expression(
    r"(\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?\s*"
    r"(?:(?:Z|[A-Z]{2,5})(?:[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{1,2}(?::?\d{2})?"
    r"|[A-Za-z]+(?:/[A-Za-z_+-]+)+|(?:[A-Z][a-z]+ ){1,3}[Tt]ime)",
    re.ASCII,
)
_MONTHS = (
    "january february march april may june july august september october november december",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
)
_WEEKDAYS = (
    "monday tuesday wednesday thursday friday saturday sunday",
    "lunes martes mi\u00e9rcoles jueves viernes s\u00e1bado domingo",
)
_IN_WORDS = (
    expression(
        r"(?:(?P<weekday>[^\W\d_]{3,10})\.?,? )?(?P<month>[^\W\d_]{3,10})\.? "
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})"
    ),
    expression(
        r"(?:(?P<weekday>[^\W\d_]{3,10})\.?,? )?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: de |[ -])"
        r"(?P<month>[^\W\d_]{3,10})\.?(?: de |,? |-)(?P<year>\d{4})"
    ),
)
"""Days with the month's name, as people write them: there is only one way to read them."""


class OpenEnd(enum.StrEnum):
    """An end that is no moment."""

    UNKNOWN = "unknown"
    NEVER = "never"


def _made(numbers: list[int]) -> When | None:
    try:
        if len(numbers) == 3:
            made: When = dt.date(*numbers)
        else:
            year, month, day, hour, minute = numbers
            made = dt.datetime(year, month, day, hour, minute)  # noqa: DTZ001 - local by definition, placed by `instant`
    except ValueError:
        return None
    return made if 1900 <= made.year <= 2999 else None


def _half_day(text: str) -> When | None:
    """The time that a text such as "2026-11-22 5:30 pm" says; None where it says none."""
    match = _HALF_DAY.fullmatch(text)
    if match is None or not 1 <= int(match[2]) <= 12:
        return None
    hour = int(match[2]) % 12 + (12 if match[4] in "pP" else 0)
    return _made([*map(int, match[1].split("-")), hour, int(match[3] or 0)])


def _in_words(text: str) -> When | None:
    """The day that a text such as "Nov 2, 2026" or "lunes, 2 de noviembre de 2026" says; None where it says none.

    A weekday that is not that of the day makes it none: nobody knows which of the two is meant.
    """
    for form in _IN_WORDS:
        match = form.fullmatch(text)
        month = _number(match["month"], _MONTHS) if match else None
        if match is None or month is None:
            continue
        made = _made([int(match["year"]), month, int(match["day"])])
        if made and match["weekday"] and _number(match["weekday"], _WEEKDAYS) != made.isoweekday():
            return None
        return made
    return None


def _number(word: str, names: tuple[str, ...]) -> int | None:
    """Which of the names a word is, or is short for: 11 for "Nov", "november" or "noviembre"."""
    word = word.lower()
    for each in names:
        for number, name in enumerate(each.split(), start=1):
            if len(word) >= 3 and name.startswith(word):
                return number
    return None


@dataclass(frozen=True)
class DayOrTime:
    """A day, and where `timed` also a time of day; where `open_ended`, unknown or never as well."""

    timed: bool = True
    open_ended: bool = False

    @property
    def says(self) -> str:
        """What to write."""
        forms = ["a day such as 2026-11-22"]
        if self.timed:
            forms.append("a time such as 2026-11-22 08:00")
        if self.open_ended:
            forms.append("unknown, or never")
        return " or ".join(forms)

    def read(self, node: Node, reading: Reading, where: Where) -> When | OpenEnd | Absent:
        """The day, the local time or the open end."""
        text = one_text(node, reading, where, self.says)
        if text is ABSENT:
            return ABSENT
        if self.open_ended and text in list(OpenEnd):
            return OpenEnd(text)
        if match := _DAY.fullmatch(text):
            day = _made([int(number) for number in match.groups()])
            if day is not None:
                return day
            reading.found(NO_SUCH_DAY(reading.path, node.span, value=text))
            return ABSENT
        if match := _TIME.fullmatch(text):
            return self._timed(text, [int(number) for number in match.groups()], node, reading, where)
        self._explain(text, node, reading)
        return ABSENT

    def _timed(self, text: str, numbers: list[int], node: Node, reading: Reading, where: Where) -> When | Absent:
        made = _made(numbers)
        if made is None:
            reading.found(NO_SUCH_DAY(reading.path, node.span, value=text))
            return ABSENT
        if not self.timed:
            reading.found(
                ONLY_A_DAY(
                    reading.path, node.span, key=name_of(where), value=text, right=text[:10], replacement=text[:10]
                )
            )
            return ABSENT
        return made

    def _explain(self, text: str, node: Node, reading: Reading) -> None:
        """Says what is wrong with a text that is none of the accepted forms."""
        if (made := _half_day(text) or _in_words(text)) is not None:
            right = written(made)
            reading.found(DATE_FORM(reading.path, node.span, value=text, right=right, replacement=right))
        elif match := _ZONED.fullmatch(text):
            reading.found(ZONE_IN_TIME(reading.path, node.span, value=text, right=match[1].replace("T", " ")))
        elif match := _LOOSE.fullmatch(text):
            numbers = [int(number) for number in match.groups() if number is not None]
            made = _made(numbers)
            if made is None:
                reading.found(NO_SUCH_DAY(reading.path, node.span, value=text))
                return
            right = written(made)
            reading.found(DATE_FORM(reading.path, node.span, value=text, right=right, replacement=right))
        elif match := _SLASHED.fullmatch(text):
            first, second, year = (int(number) for number in match.groups())
            american, european = _made([year, first, second]), _made([year, second, first])
            if american and european and american != european:
                reading.found(
                    AMBIGUOUS_DATE(
                        reading.path, node.span, value=text, first=written(american), second=written(european)
                    )
                )
            elif only := american or european:
                right = written(only)
                reading.found(DATE_FORM(reading.path, node.span, value=text, right=right, replacement=right))
            else:
                reading.found(NO_SUCH_DAY(reading.path, node.span, value=text))
        else:
            reading.found(NOT_A_DATE(reading.path, node.span, value=text, says=self.says))


DAY = cast("Reader[dt.date]", DayOrTime(timed=False))
"""A day."""

WHEN = cast("Reader[When]", DayOrTime())
"""A day, or a day and time."""

END = cast("Reader[When | OpenEnd]", DayOrTime(open_ended=True))
"""A day, a day and time, unknown or never."""
