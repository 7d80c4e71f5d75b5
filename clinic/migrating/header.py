"""The `Key: value` header of a stock Pelican page, and the day that a text names.

What a header is, is what the "meta" extension of Python-Markdown takes for one: lines `key: value`, further lines of a
value indented by four, up to the first empty line. What editors meant for one is read further, and reported.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_KEY = re.compile(r" {0,3}(?P<key>[A-Za-z0-9_-]+):\s*(?P<value>.*)")
_MORE = re.compile(r" {4,}(?P<value>.*)")
_BEGIN = re.compile(r"-{3}(\s.*)?")
_END = re.compile(r"(-{3}|\.{3})(\s.*)?")
_QUOTES = "\"'\u201c\u201d\u2018\u2019\u00ab\u00bb"
_MEANT = re.compile(rf"[{_QUOTES}*_ ]*(?P<key>[A-Za-z][A-Za-z0-9_-]*)[{_QUOTES}*_]*\s*[:\uff1a]\s*(?P<value>.*)")
KNOWN = (
    "title",
    "date",
    "modified",
    "category",
    "tags",
    "keywords",
    "slug",
    "author",
    "authors",
    "summary",
    "status",
    "lang",
    "save_as",
    "url",
    "template",
    "translation",
)
"""What Pelican's own documentation names."""


@dataclass(frozen=True)
class OldHeader:
    """The fields by key in small letters, each with its values and the line of its key; and where the text begins."""

    fields: Mapping[str, tuple[tuple[str, ...], int]]
    body: str
    body_line: int
    lost: tuple[tuple[int, str], ...] = ()
    """Lines that were meant for the header and were no part of it, each with what was wrong."""
    twice: tuple[tuple[int, str], ...] = ()
    """Keys that stood twice, with the line of the second."""
    seen: frozenset[str] = field(default=frozenset())
    """The keys that Pelican saw."""

    def text(self, key: str) -> str:
        """The value of a key, its lines joined; empty where it has none."""
        values, _ = self.fields.get(key, ((), 0))
        return " ".join(value for value in values if value).strip()

    def line(self, key: str) -> int:
        """The line of a key, 0 where it is not there."""
        return self.fields.get(key, ((), 0))[1]


def read_header(text: str) -> OldHeader:
    """The header of a text with LF line ends, and the rest."""
    rows = text.split("\n")
    at = 0
    lost: list[tuple[int, str]] = []
    while at < len(rows) and not rows[at].strip():
        at += 1
    late = at > 0 and at < len(rows) and _meant(rows[at]) is not None
    if late:
        lost.append((at + 1, "an empty line stands before the header, so Pelican saw none"))
    else:
        at = 0
    if rows and _BEGIN.fullmatch(rows[at] if at < len(rows) else ""):
        at += 1
    fields: dict[str, tuple[list[str], int]] = {}
    twice: list[tuple[int, str]] = []
    at = _plain(rows, at, fields, twice)
    seen = frozenset() if late else frozenset(fields)
    at = _meant_too(rows, at, fields, lost)
    while at < len(rows) and not rows[at].strip():
        at += 1
    found = {key: (tuple(values), line) for key, (values, line) in fields.items()}
    return OldHeader(found, "\n".join(rows[at:]), at + 1, tuple(lost), tuple(twice), seen)


def _plain(rows: list[str], at: int, fields: dict[str, tuple[list[str], int]], twice: list[tuple[int, str]]) -> int:
    """Reads lines as Pelican does; gives the index of the first that is no part of the header."""
    key = ""
    while at < len(rows):
        row = rows[at]
        if not row.strip() or _END.fullmatch(row):
            return at + 1 if row.strip() else at
        if (found := _KEY.match(row)) and "://" not in found[0][: found.end("key") + 3]:
            key = found["key"].lower()
            if key in fields:
                twice.append((at + 1, key))
            fields.setdefault(key, ([], at + 1))[0].append(found["value"].strip())
        elif (more := _MORE.match(row)) and key:
            fields[key][0].append(more["value"].strip())
        else:
            return at
        at += 1
    return at


def _meant(row: str) -> re.Match[str] | None:
    """What a line was meant to say, if it is a field of the header that only its signs or its place keep from being."""
    found = _MEANT.match(row)
    return found if found and found["key"].lower() in KNOWN and len(row) < 400 else None


def _meant_too(rows: list[str], at: int, fields: dict[str, tuple[list[str], int]], lost: list[tuple[int, str]]) -> int:
    """Reads on over one empty line, or odd quotes, where fields of a header follow that Pelican took for text.

    Below an empty line only such fields count as no sentence begins with, where the header above has a title.
    """
    begun, titled = at, "title" in fields
    why = ""
    while at < len(rows):
        if not rows[at].strip() and at == begun and fields:
            at += 1
            why = "an empty line stands before it"
            continue
        found = _meant(rows[at])
        key = found["key"].lower() if found else ""
        if found is None or key in fields or (titled and key in {"title", "summary", "keywords"}):
            break
        odd = any(sign in rows[at][: found.start("value")] for sign in _QUOTES)
        why = "quotes stand around its name" if odd else why or "the line above it is no field"
        fields[key] = ([found["value"].strip().strip(_QUOTES if odd else "")], at + 1)
        lost.append((at + 1, f'"{key}" was no part of the header for Pelican, because {why}'))
        why = "" if odd else why
        at += 1
    blank = at > begun and not any(row.strip() for row in rows[begun:at])
    return begun if blank else at


@dataclass(frozen=True)
class Day:
    """A day that a text names. `sure`: there is one reading only; `read` is then it, else what Pelican made of it."""

    read: dt.date | None
    sure: bool
    clock: str = ""
    """The time of day, such as 08:00, where there is one."""
    other: dt.date | None = None
    """The second reading."""


_ISO = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:[ T]+(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2}|[A-Z]{2,5})?)?"
)
_SLASHED = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[ T]+(\d{1,2}):(\d{2})(?::\d{2})?)?")
_LONG = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_NAMED = re.compile(
    rf"{_WEEKDAY}(?:(?P<month>[a-z]+)\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?|"
    rf"(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?(?P<month2>[a-z]+)\.?,?)\s+(?P<year>\d{{4}})"
    r"(?:,?\s+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?)?",
    re.IGNORECASE,
)


def day_of(text: str) -> Day:
    """The day that a text names with certainty, or what can be said of it."""
    text = text.strip()
    if found := _ISO.fullmatch(text):
        year, month, day = (int(each) for each in found.groups()[:3])
        return Day(made := _day(year, month, day), made is not None, _clock(found[4], found[5]))
    if found := _SLASHED.fullmatch(text):
        first, second, year = (int(each) for each in found.groups()[:3])
        american, other = _day(year, first, second), _day(year, second, first)
        clock = _clock(found[4], found[5])
        if american and other and american != other:
            return Day(american, sure=False, clock=clock, other=other)
        return Day(american or other, american is not None or other is not None, clock)
    if found := _NAMED.fullmatch(text):
        word = (found["month"] or found["month2"]).lower()
        word = "sep" if word == "sept" else word
        number = next((number for number, name in enumerate(_LONG, start=1) if word in (name, name[:3])), 0)
        made = _day(int(found["year"]), number, int(found["day"] or found["day2"])) if number else None
        return Day(made, made is not None, _clock(found["hour"], found["minute"]))
    return Day(None, sure=False)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if 1900 <= year <= 2999 else None
    except ValueError:
        return None


def _clock(hour: str | None, minute: str | None) -> str:
    return f"{int(hour):02}:{minute}" if hour and minute and int(hour) < 24 and int(minute) < 60 else ""
