"""Which pages a clinician has signed, whether that holds for their text, and until when."""

import calendar
import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from clinic.library.document import Document
from clinic.library.timeline import Timeline
from clinic.model.clock import end_of
from clinic.model.kinds import Clinical
from clinic.signing.record import ReviewRecord, SignOff

if TYPE_CHECKING:
    from clinic.library.library import Library


class Standing(enum.StrEnum):
    """How far a clinician stands behind the text of a page."""

    AWAITS = "awaits"
    """Nobody has signed it."""
    SIGNED = "signed"
    """The text is the one that was signed last."""
    CHANGED = "changed"
    """It is another one: the page is held back."""
    UNCLEAR = "unclear"
    """There is a record, which can't be used, or a header that can't be read: the page is held back."""


@dataclass(frozen=True)
class Review:
    """The review of a clinical page. `last` is its last sign-off, `due` the last day on which that holds."""

    standing: Standing
    record: ReviewRecord | None = None
    due: dt.date | None = None

    @property
    def last(self) -> SignOff | None:
        """The sign-off that counts."""
        return self.record.signed[-1] if self.record and self.record.signed else None

    def overdue(self, timeline: Timeline, clock: ZoneInfo) -> bool:
        """Whether the text that was signed should have been looked at again by now."""
        return self.standing is Standing.SIGNED and self.due is not None and timeline.reached(end_of(self.due, clock))


def reviews_of(documents: Mapping[str, Document], records: Mapping[str, ReviewRecord]) -> dict[str, Review]:
    """The review of every clinical page, by its id."""
    return {slug: _review(each, records.get(slug)) for slug, each in documents.items() if each.kind.clinical}


def _review(document: Document, record: ReviewRecord | None) -> Review:
    if record is None:
        return Review(Standing.AWAITS)
    header = document.header
    if not record.usable or not isinstance(header, Clinical):
        return Review(Standing.UNCLEAR, record)
    last = record.signed[-1]
    standing = Standing.SIGNED if last.fingerprint == document.fingerprint else Standing.CHANGED
    return Review(standing, record, months_after(last.date, header.review_every))


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of the month so many months later, or the last one of a month that is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def signer(library: "Library", name: str) -> str:
    """What the clinician of that name is called; the name itself where there is none."""
    document = library.documents.get(name)
    return (getattr(document.header, "name", "") or document.title) if document else name
