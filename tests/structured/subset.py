"""The proof that a page tells search engines nothing that it does not tell people."""

import datetime as dt
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from clinic.interface import Interface
from tests.structured.saying import Shown, leaves, things
from tests.theme.making import texts

DAY = re.compile(r"\d{4}-\d\d-\d\d")
CLOSED = ("00:00", "00:00")
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def unsaid(html: str) -> list[str]:
    """What the page tells search engines and does not show, in words; nothing where all is well."""
    page = Shown(html)
    words = texts(page.lang)
    found = []
    for thing in things(html):
        found += [f"{'.'.join(way)}: {value}" for way, value in leaves(thing) if not _shown(way, value, page, words)]
        found += _hours(thing, page, words)
    return found


def _shown(way: tuple[str, ...], value: Any, page: Shown, words: Interface) -> bool:
    name = way[-1]
    if name in {"@type", "dayOfWeek", "opens", "closes"}:
        return True  # vocabulary, or told of by `_hours`
    if name == "position":
        return isinstance(value, int)
    if name in {"latitude", "longitude"}:
        return any(str(value) in one for one in _asked(page))
    if name == "inLanguage":
        return bool(value == page.lang)
    if name == "telephone":
        return f"tel:{value}" in page.addresses
    if name == "streetAddress":  # lines on the page
        return all(line in page.text for line in str(value).split(", "))
    text = str(value)
    if name == "@id" or text.startswith("https://"):
        return text.partition("#")[0] in {each.partition("#")[0] for each in page.leads_to()} or text in page.leads_to()
    if DAY.match(text):
        return text in page.dates or (
            bool(DAY.fullmatch(text)) and words.date(dt.date.fromisoformat(text)) in page.text
        )
    return " ".join(text.split()) in page.text


def _asked(page: Shown) -> list[list[str]]:
    return [value for each in page.addresses for value in parse_qs(urlsplit(each).query).values()]


def _hours(thing: dict[str, Any], page: Shown, words: Interface) -> list[str]:
    """Opening hours that the tables of the place do not show, and rows of those tables that are not told."""
    told = {
        name: _specs(thing.get(name, [])) for name in ("openingHoursSpecification", "specialOpeningHoursSpecification")
    }
    all_specs = told["openingHoursSpecification"]
    if not all_specs:
        return []
    tables = [(head, cell) for caption, head, cell in page.rows if str(thing["name"]) in caption]
    said = {(head, times) for spec in all_specs for head, times in [_row(spec, words)]}
    unshown = [
        f"{head} {times}" for head, times in said if not any(head == row and times in cell for row, cell in tables)
    ]
    closed = words.gettext("Closed")
    untold = [
        f"not told: {row} {cell}"
        for row, cell in tables
        if not any(head == row for head, _ in said) and not cell.startswith(closed)
    ]
    special = {spec["validFrom"] for spec in all_specs if "validFrom" in spec}
    other = special ^ {spec["validFrom"] for spec in told["specialOpeningHoursSpecification"]}
    return [*unshown, *untold, *(f"special in one list only: {day}" for day in sorted(other))]


def _specs(listed: Any) -> list[dict[str, Any]]:
    return [listed] if isinstance(listed, dict) else list(listed)


def _row(spec: dict[str, Any], words: Interface) -> tuple[str, str]:
    """How a table shows a span: the head of its row, and the times in its cell."""
    times = words.time_range(dt.time.fromisoformat(spec["opens"]), dt.time.fromisoformat(spec["closes"]))
    if (spec["opens"], spec["closes"]) == CLOSED:
        times = words.gettext("Closed")
    if "dayOfWeek" not in spec:
        return words.date(dt.date.fromisoformat(spec["validFrom"])), times
    days = spec["dayOfWeek"] if isinstance(spec["dayOfWeek"], list) else [spec["dayOfWeek"]]
    return words.weekday_range(DAYS.index(days[0]), DAYS.index(days[-1])), times
