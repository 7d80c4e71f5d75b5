"""How the report says days, moments and numbers, and which words it never repeats."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping

from babel.dates import format_date, format_datetime

from clinic.problems import NOWHERE, Problem
from clinic.problems.forms import hidden

_LOCALE = "en_US"


def on_day(day: dt.date) -> str:
    """A day in words: "Tuesday, November 24, 2026"."""
    return str(format_date(day, "EEEE, MMMM d, y", locale=_LOCALE))


def at_time(moment: dt.datetime) -> str:
    """A moment in words, on the clock of its own time zone: "Tuesday, November 24, 2026, 3:00 PM"."""
    return str(format_datetime(moment, "EEEE, MMMM d, y, h:mm a", moment.tzinfo, locale=_LOCALE))


def when(moment: dt.datetime) -> str:
    """The same without the time of day where that is midnight: the day on which something is so from the start."""
    return on_day(moment.date()) if _midnight(moment) else at_time(moment)


def until(moment: dt.datetime) -> str:
    """An end in words: "on Tuesday, November 24, 2026, 3:00 PM", "at the end of Tuesday, November 24, 2026"."""
    if _midnight(moment):
        return f"at the end of {on_day(moment.date() - dt.timedelta(days=1))}"
    return f"on {at_time(moment)}"


def _midnight(moment: dt.datetime) -> bool:
    return moment.time() == dt.time(0)


def counted(number: int, one: str, many: str) -> str:
    """A number with its words."""
    return f"{number} {one if number == 1 else many}"


def hidden_words(problems: Iterable[Problem], texts: Mapping[str, str]) -> tuple[str, ...]:
    """The words that rules hide because they are somebody's own, longest first."""
    found = {_words(texts[each.path], each) for each in problems if each.hides and each.path in texts}
    return tuple(sorted(found - {""}, key=lambda words: (-len(words), words)))


def _words(text: str, problem: Problem) -> str:
    lines, span = text.split("\n"), problem.span
    if span == NOWHERE or span.end_line > len(lines):
        return ""
    if span.line == span.end_line:
        return lines[span.line - 1][span.column - 1 : span.end_column - 1].strip()
    rows = [lines[span.line - 1][span.column - 1 :], *lines[span.line : span.end_line - 1]]
    return " ".join(" ".join([*rows, lines[span.end_line - 1][: span.end_column - 1]]).split())


def masking(words: Iterable[str]) -> Callable[[str], str]:
    """What puts dots in the place of these words, wherever they stand in a text, however their lines are broken."""
    patterns = [r"\s+".join(re.escape(each) for each in said.split()) for said in words]
    if not patterns:
        return lambda text: text
    every = re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)
    return lambda text: every.sub(lambda found: hidden(found[0]), text)
