"""The kinds of content: what the header of each may hold, stated once (content-model.md, "The header")."""

import datetime as dt
import enum
import functools

from clinic.model.clock import When
from clinic.model.groups import ListOf, RecordOf
from clinic.model.moments import DAY, END, WHEN, OpenEnd
from clinic.model.reading import Reading, Where, record, stated
from clinic.model.values import LANGUAGE, Alias, Choice, Id, Months, Npi, Text, Url, YesNo
from clinic.problems import Span
from clinic.problems.catalogue.fields import NO_REASON


class Kind(enum.StrEnum):
    """What a file is, by its folder."""

    CONDITION = "condition"
    PROCEDURE = "procedure"
    ANNOUNCEMENT = "announcement"
    CLINICIAN = "clinician"
    PAGE = "page"

    @functools.cached_property
    def folder(self) -> str:
        """The folder of content/ that holds it."""
        return f"{self}s"

    @property
    def clinical(self) -> bool:
        """Whether a clinician signs it, and every page of it shows the emergency sentence."""
        return self in {Kind.CONDITION, Kind.PROCEDURE}

    def address(self, slug: str) -> str:
        """The address below the site's own, with both slashes."""
        return f"/{slug}/" if self is Kind.PAGE else f"/{self.folder}/{slug}/"


RESERVED = {"home": "/", "appointment": "/appointment/", "search": "/search/", "not-found": "/404.html"}
"""Pages that give the words for built pages, and where those stand."""

_ID = Id()
_IDS = ListOf(_ID)
_PHRASES = ListOf(Text(most=120))
_PHRASE = Text(most=200)

STATUSES = ("published", "draft", "withdrawn")
TYPES = ("injection", "ablation", "implant", "surgery", "imaging", "therapy", "other")
TOPICS = ("closure", "hours", "move", "staff", "service", "billing", "safety", "general")


@record
class Cited:
    """A source of a clinical page."""

    id: str = stated(_ID, "The name by which the text cites it: [^name].", example="id: medlineplus")
    title: str = stated(_PHRASE, "The title of the page or paper.", blank="", shows="sources", clinical=True)
    publisher: str = stated(_PHRASE, "Who stands behind it.", blank="", shows="sources", clinical=True)
    url: str = stated(Url(), "Its web address.", blank="", shows="sources", clinical=True)
    accessed: dt.date = stated(DAY, "When you looked at it.", example="accessed: 2026-11-22", shows="sources")


@record
class Changed:
    """Something that changed, as patients are told."""

    date: dt.date = stated(DAY, "When it changed.", example="date: 2026-11-22", shows="What changed")
    what: str = stated(Text(most=300), "What changed, in a patient's words.", blank="", shows="What changed")


@record
class Photo:
    """A clinician's picture."""

    file: str = stated(Text(), "The picture's file in content/images.", example="file: dr-example.jpg", shows="page")
    alt: str = stated(Text(most=200), "What it shows.", blank="", example="alt: Dr. Example, smiling", shows="page")


@record
class Common:
    """What every kind has."""

    title: str = stated(
        Text(warn=90, most=300),
        "The name of the page.",
        blank="",
        example="title: Low back pain",
        shows="title, lists, search, links",
        searched=True,
        clinical=True,
    )
    summary: str = stated(
        Text(warn=160, most=300),
        "One sentence for lists and search results.",
        blank="",
        example="summary: What low back pain is and what helps.",
        shows="below the title, lists, search, link previews",
        clinical=True,
    )
    status: str = stated(Choice(STATUSES), "published, draft or withdrawn.", default="published")
    why: str = stated(Text(), "Why it is withdrawn, or why it never ends.", default="", shows="a withdrawn page")
    publish: When | None = stated(WHEN, "From when on the public sees it.", default=None)
    aliases: tuple[str, ...] = stated(ListOf(Alias()), "Old addresses that must keep working.", default=())
    lang: str | None = stated(LANGUAGE, "The language of the page, where it is not the clinic's.", default=None)
    noindex: bool = stated(YesNo(), "yes keeps it out of search engines.", default=False)

    @property
    def draft(self) -> bool:
        """Whether it is for previews only."""
        return self.status == "draft"

    @property
    def withdrawn(self) -> bool:
        """Whether only a short notice stands at its address."""
        return self.status == "withdrawn"


@record
class Clinical(Common):
    """What conditions and procedures share."""

    also_called: tuple[str, ...] = stated(
        _PHRASES, "Other names that patients use.", default=(), shows="below the title", searched=True, clinical=True
    )
    body_parts: tuple[str, ...] = stated(
        _IDS, "Where in the body, by the names of clinic.yaml.", default=(), shows="index by body part", searched=True
    )
    author: str = stated(
        _ID, "Who wrote it: a clinician's or staff member's name.", blank="", example="author: front-desk", shows="end"
    )
    sources: tuple[Cited, ...] = stated(
        ListOf(RecordOf(Cited, "a source")),
        "At least one source that bears the text out.",
        blank=(),
        example="sources: with id, title, publisher, url and accessed below it",
        shows="sources",
        clinical=True,
    )
    related: tuple[str, ...] = stated(_IDS, "Pages to read next.", default=(), shows="end")
    changes: tuple[Changed, ...] = stated(
        ListOf(RecordOf(Changed, "a change")), "What changed, for patients.", default=(), shows="What changed"
    )
    review_every: int = stated(Months(), "How often it is reviewed; at most 36 months.", default=24)


@record
class Condition(Clinical):
    """Something that patients have."""

    symptoms: tuple[str, ...] = stated(
        _PHRASES,
        "Symptoms, as short phrases.",
        default=(),
        shows="symptoms, index by symptom",
        searched=True,
        clinical=True,
    )
    treatments: tuple[str, ...] = stated(_IDS, "Our procedures for it.", default=(), shows="treatments", clinical=True)


@record
class Procedure(Clinical):
    """Something that the clinic does."""

    treats: tuple[str, ...] = stated(_IDS, "Conditions that it treats.", default=(), shows="treats", clinical=True)
    type: str = stated(
        Choice(TYPES), "What sort of procedure it is.", blank="other", example="type: injection", shows="At a glance"
    )
    duration: str = stated(_PHRASE, "How long it takes.", default="", shows="At a glance", clinical=True)
    anesthesia: str = stated(_PHRASE, "How it is made not to hurt.", default="", shows="At a glance", clinical=True)
    driver_needed: str = stated(
        Choice(("yes", "no", "if-sedated")),
        "Whether somebody must drive.",
        default="",
        shows="At a glance",
        clinical=True,
    )
    fasting: str = stated(_PHRASE, "Eating and drinking before it.", default="", shows="At a glance", clinical=True)
    time_off: str = stated(_PHRASE, "Time off work or school.", default="", shows="At a glance", clinical=True)
    cost_note: str = stated(_PHRASE, "A word on cost and insurance.", default="", shows="At a glance")
    performed_by: tuple[str, ...] = stated(_IDS, "Clinicians who perform it.", default=(), shows="At a glance")
    at: tuple[str, ...] = stated(_IDS, "Locations where it is done.", default=(), shows="At a glance")

    @property
    def imaging(self) -> bool:
        """Whether it makes pictures of the body: a test, and no treatment."""
        return self.type == "imaging"


@record
class Announcement(Common):
    """News with a date, and an end."""

    date: dt.date = stated(DAY, "When it was announced.", example="date: 2026-11-22", shows="top")
    expires: When | OpenEnd = stated(
        END,
        "The last day it holds, a time, unknown or never.",
        example="expires: 2026-12-31",
        shows="top, lists",
    )
    topic: str = stated(Choice(TOPICS), "What it is about.", blank="general", example="topic: hours", shows="top")
    level: str = stated(Choice(("notice", "banner")), "banner puts it on top of every page.", default="notice")
    locations: tuple[str, ...] = stated(_IDS, "Which locations; all, where left out.", default=(), shows="top")
    closed: tuple[dt.date, ...] = stated(
        ListOf(DAY), "Days on which those locations are closed.", default=(), shows="hours"
    )
    supersedes: str = stated(_ID, "The announcement that this one replaces.", default="", shows="top")


@record
class Clinician(Common):
    """Somebody who treats patients."""

    name: str = stated(
        Text(most=120), "The full name.", blank="", example="name: Dr. Example", shows="title", searched=True
    )
    credentials: str = stated(Text(most=120), "Degrees and licences, as earned.", default="", shows="after the name")
    role: str = stated(Text(most=120), "What they do here.", blank="", example="role: Physician", shows="top, lists")
    boards: tuple[str, ...] = stated(_PHRASES, "Certifying boards, by full name.", default=(), shows="page")
    specialties: tuple[str, ...] = stated(
        _PHRASES, "What they know most about.", default=(), shows="page", searched=True
    )
    languages: tuple[str, ...] = stated(ListOf(LANGUAGE), "Languages they speak.", default=(), shows="page")
    locations: tuple[str, ...] = stated(_IDS, "Where they work.", default=(), shows="page, locations")
    photo: Photo | None = stated(RecordOf(Photo, "a photo"), "A picture.", default=None, shows="page")
    npi: str = stated(Npi(), "National Provider Identifier.", default="", shows="page")
    left: dt.date | None = stated(DAY, "The last day they work here.", default=None, shows="page")


@record
class Page(Common):
    """Any other page."""


Header = Condition | Procedure | Announcement | Clinician | Page

HEADERS: dict[Kind, type[Common]] = {
    Kind.CONDITION: Condition,
    Kind.PROCEDURE: Procedure,
    Kind.ANNOUNCEMENT: Announcement,
    Kind.CLINICIAN: Clinician,
    Kind.PAGE: Page,
}


def check_header(header: Common, reading: Reading, where: Where) -> None:
    """What holds between the fields of one header."""
    nowhere = Span(1, 1, 1, 1)
    if header.withdrawn and not header.why:
        span = reading.places.get((*where, "status"), nowhere)
        reading.found(
            NO_REASON(
                reading.path, span, key="status", value="withdrawn", example="why: We no longer offer this treatment."
            )
        )
    if isinstance(header, Announcement) and header.expires is OpenEnd.NEVER and not header.why:
        span = reading.places.get((*where, "expires"), nowhere)
        reading.found(
            NO_REASON(reading.path, span, key="expires", value="never", example="why: The office has moved for good.")
        )
