"""SITE020 and on: what the site as a whole must have."""

from collections.abc import Iterator

from clinic.colour import LIGHT, accent, least_contrast, read_colour, written
from clinic.library.library import Item, Library
from clinic.library.states import State
from clinic.model.clinic import NOTICES, PATH
from clinic.model.kinds import Kind
from clinic.problems import NOWHERE, Problem, Span
from clinic.problems.catalogue.whole import (
    ACCENT_TOO_PALE,
    NO_AFTER_HOURS,
    NO_APPOINTMENT,
    NO_HOME,
    NO_NOT_FOUND,
    NO_SEARCH,
    NOTICE_HIDDEN,
    NOTICE_MISSING,
)

NEEDED = {"home": NO_HOME, "not-found": NO_NOT_FOUND, "search": NO_SEARCH, "appointment": NO_APPOINTMENT}
"""The pages that every site has, with the rule that speaks where one is not there."""

NOTICE_NAMES = {
    "privacy_practices": "notice of privacy practices",
    "website_privacy": "page about privacy on this website",
    "nondiscrimination": "notice of nondiscrimination",
    "language_help": "page about help in other languages",
    "surprise_billing": "notice about surprise bills",
    "good_faith_estimate": "notice about the right to an estimate of costs",
    "accessibility": "statement on accessibility",
}
"""What people call the notices of clinic.yaml."""


def check(library: Library) -> Iterator[Problem]:
    """The problems of this family."""
    for slug, rule in NEEDED.items():
        item = library.items.get(slug)
        if item is None or item.kind is not Kind.PAGE:
            mend = f"Make the file content/pages/{slug}.md; docs/editing.md has an example to copy."
            yield rule(f"pages/{slug}.md", NOWHERE, mend=mend)
        elif hidden := _hidden(item):
            span, mend = hidden
            yield rule(item.document.path, span, mend=mend)
    yield from _after_hours(library)
    yield from _notices(library)
    yield from _accent(library)


def _accent(library: Library) -> Iterator[Problem]:
    """An accent colour that light pages can't show as it is; dark ones give every colour a lighter shade."""
    value = library.clinic.accent
    shade = written(accent(value).light)
    if shade != value.lower():
        found = f"{least_contrast(read_colour(value), LIGHT):.1f}"
        span = library.material.clinic_places.get(("accent",), NOWHERE)
        yield ACCENT_TOO_PALE(PATH, span, value=value, found=found, shade=shade)


def _hidden(item: Item) -> tuple[Span, str] | None:
    """Where a page hides itself from patients, and how to mend that; None where it does not, or can't be read."""
    if item.document.header is None or item.state is State.LIVE:
        return None
    if item.state is State.UPCOMING:
        return item.document.at("publish"), "Take the line publish: out of its header, so that it is public now."
    return item.document.at("status"), f"Take the line status: {item.document.header.status} out of its header."


def _after_hours(library: Library) -> Iterator[Problem]:
    places = library.material.clinic_places
    if library.clinic.after_hours is None and ("after_hours", "key") not in places:
        yield NO_AFTER_HOURS(PATH, places.get(("emergency", "key"), NOWHERE))


def _notices(library: Library) -> Iterator[Problem]:
    places = library.material.clinic_places
    for notice in NOTICES:
        name = NOTICE_NAMES[notice]
        if getattr(library.clinic.notices, notice) is None and ("notices", notice, "key") not in places:
            yield NOTICE_MISSING(PATH, places.get(("notices", "key"), NOWHERE), notice=name, key=notice)
        page = library.clinic.notices.page(notice)
        item = library.items.get(page) if page else None
        if item is not None and item.kind is Kind.PAGE and (hidden := _hidden(item)):
            span, mend = hidden
            yield NOTICE_HIDDEN(item.document.path, span, notice=name, mend=mend)
