"""Opening hours: spans of a day, days of the week, special days."""

import datetime as dt
import re
from dataclasses import dataclass

from clinic.model.moments import DAY
from clinic.model.reading import ABSENT, Absent, Reading, Where, items_of, record, stated
from clinic.model.values import Text, name_of
from clinic.problems.catalogue.fields import NOT_HOURS
from clinic.source.nodes import ListNode, Node, ScalarNode

_SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]\d|2[0-3]):([0-5]\d)", re.ASCII)  # noqa: RUF001 - people type both

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""The days of the week as clinic.yaml names them, Monday first (ISO 8601)."""

Spans = tuple[tuple[dt.time, dt.time], ...]
"""When a day is open: from, to; several where there is a break; none where it is closed."""


@dataclass(frozen=True)
class HoursOfDay:
    """The hours of one day."""

    says: str = "closed, a span such as 08:00-17:00, or several in brackets"

    def read(self, node: Node, reading: Reading, where: Where) -> Spans | Absent:
        """The spans, in order of time."""
        texts = [node] if isinstance(node, ScalarNode) else list(items_of(node) or ())
        if isinstance(node, ScalarNode) and node.text == "closed":
            return ()
        spans: list[tuple[dt.time, dt.time]] = []
        for text in texts:
            match = _SPAN.fullmatch(text.text.strip()) if isinstance(text, ScalarNode) else None
            if match is None:
                value = text.text if isinstance(text, ScalarNode) else name_of(where)
                reading.found(NOT_HOURS(reading.path, text.span, value=value))
                return ABSENT
            opens, closes = dt.time(int(match[1]), int(match[2])), dt.time(int(match[3]), int(match[4]))
            if closes <= opens or (spans and opens < spans[-1][1]):
                reading.found(NOT_HOURS(reading.path, text.span, value=match[0]))
                return ABSENT
            spans.append((opens, closes))
        if not spans and not (isinstance(node, ListNode) and not node.items):
            reading.found(NOT_HOURS(reading.path, node.span, value=name_of(where)))
            return ABSENT
        return tuple(spans)


_DAY = HoursOfDay()


@record
class Week:
    """The hours of an ordinary week; a day left out is closed."""

    monday: Spans = stated(_DAY, "Hours on Mondays.", default=(), shows="locations, footer")
    tuesday: Spans = stated(_DAY, "Hours on Tuesdays.", default=(), shows="locations, footer")
    wednesday: Spans = stated(_DAY, "Hours on Wednesdays.", default=(), shows="locations, footer")
    thursday: Spans = stated(_DAY, "Hours on Thursdays.", default=(), shows="locations, footer")
    friday: Spans = stated(_DAY, "Hours on Fridays.", default=(), shows="locations, footer")
    saturday: Spans = stated(_DAY, "Hours on Saturdays.", default=(), shows="locations, footer")
    sunday: Spans = stated(_DAY, "Hours on Sundays.", default=(), shows="locations, footer")

    @property
    def days(self) -> tuple[Spans, ...]:
        """The hours of each day, Monday first."""
        return tuple(getattr(self, day) for day in WEEKDAYS)


@record
class SpecialDay:
    """A day on which the hours differ."""

    date: dt.date = stated(DAY, "Which day.", example="date: 2026-11-26", shows="locations, footer")
    hours: Spans = stated(_DAY, "The hours of that day.", example="hours: closed", shows="locations, footer")
    why: str = stated(Text(), "Why, in a few words.", default="", shows="locations, footer")
