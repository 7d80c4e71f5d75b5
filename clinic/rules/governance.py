"""GOV001 and on: who signed which text, how long that holds, and how old the sources are."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from clinic.library.document import Document
from clinic.library.library import Library
from clinic.library.reviews import Review, Standing, months_after, signer
from clinic.model.clock import end_of, start_of, written
from clinic.model.kinds import Clinical, Clinician, Kind
from clinic.problems import NOWHERE, Problem, Span, nearest
from clinic.problems.catalogue.governance import (
    CHANGED_SINCE,
    DUE_SOON,
    NEVER_CITED,
    NO_SUCH_PAGE_TO_SIGN,
    NOTHING_TO_SIGN,
    OLD_SOURCE,
    OVERDUE,
    OWN_REVIEW,
    SIGNED_AFTER_LEAVING,
    SIGNED_IN_FUTURE,
    UNKNOWN_SIGNER,
)
from clinic.rules.passages import judged
from clinic.signing.changes import changes
from clinic.signing.record import ReviewRecord
from clinic.signing.wording import END_OF_HEADER

SOON = dt.timedelta(days=60)
"""How long before a review is due it is said (editors.md)."""

SOURCE_MONTHS = 24
"""After how many months a source should be looked at again (editors.md)."""

_KINDS = {
    Kind.ANNOUNCEMENT: "an announcement",
    Kind.CLINICIAN: "a clinician's page",
    Kind.PAGE: "a page of another kind",
}


def check(library: Library) -> Iterator[Problem]:
    """The problems of this family."""
    for page, record in sorted(library.material.reviews.items()) if library.asked is None else ():
        yield from _record(library, page, record)
    for document in judged(library):
        header = document.header
        if isinstance(header, Clinical) and library.documents[document.id] is document and not header.draft:
            yield from _old_sources(library, document, header)
            yield from _review(library, document, header, library.reviews[document.id])


def _record(library: Library, page: str, record: ReviewRecord) -> Iterator[Problem]:
    """Whether a record is about a page that is signed, and by whom."""
    document = library.documents.get(page)
    if document is None:
        clinical = [slug for slug, each in library.documents.items() if each.kind.clinical]
        close = nearest(page.rpartition("/")[2], clinical)
        advice = f"If the page is called {close} now, give this file that name. " if close else ""
        advice += "If the page was deleted, delete this record too."
        yield NO_SUCH_PAGE_TO_SIGN(record.path, NOWHERE, name=page, advice=advice)
        return
    if not document.kind.clinical:
        yield NOTHING_TO_SIGN(record.path, NOWHERE, title=document.title, kind=_KINDS[document.kind])
        return
    yield from record.problems
    known = [each.id for each in library.kinds[Kind.CLINICIAN]]
    for number, each in enumerate(record.signed):
        if each.by not in known:
            close = nearest(each.by, known)
            advice = f"Is {close} meant? " if close else ""
            advice += "Take this file back from an earlier version, or make the clinician's page again."
            yield UNKNOWN_SIGNER(record.path, record.at(number, "by"), name=each.by, advice=advice)
        if not library.timeline.reached(start_of(each.date, library.clock)):
            yield SIGNED_IN_FUTURE(record.path, record.at(number, "date"), day=written(each.date))


def _review(library: Library, document: Document, header: Clinical, review: Review) -> Iterator[Problem]:
    """Whether the signature holds for the text, until when, and who gave it."""
    record, last, due = review.record, review.last, review.due
    if record is None or last is None or due is None:
        return
    number = len(record.signed) - 1
    by, on = record.at(number, "by"), record.at(number, "date")
    words: dict[str, Any] = {"title": document.title, "day": written(last.date), "clinician": signer(library, last.by)}
    if review.standing is Standing.CHANGED:
        yield CHANGED_SINCE(document.path, _first_change(document, record), **words)
        return
    if review.overdue(library.timeline, library.clock):
        yield OVERDUE(record.path, on, due=written(due), **words)
    elif library.timeline.reached(soon_from(due, library)):
        yield DUE_SOON(record.path, on, due=written(due), **words)
    others = {each.by for each in record.signed if each.fingerprint == last.fingerprint} - {header.author}
    if not others:
        yield OWN_REVIEW(record.path, by, **words)
    signing = library.documents.get(last.by)
    left = signing.header.left if signing and isinstance(signing.header, Clinician) else None
    if left is not None and last.date > left:
        yield SIGNED_AFTER_LEAVING(record.path, by, left=written(left), **words)


def _first_change(document: Document, record: ReviewRecord) -> Span:
    """Where the text begins to differ from what was signed; the top of the file where that can't be found again."""
    lines = document.signed_text
    changed = (line for stretch in changes(record.text, lines) for line in stretch.lines if line.sort != "same")
    number = next((line.number for line in changed), len(lines))
    if number < lines.index(END_OF_HEADER):
        key = lines[number].partition(":")[0]
        earlier = sum(line.startswith(f"{key}:") for line in lines[:number])
        return document.at(key, earlier)
    words = _letters(lines[number]) if number < len(lines) else ""
    body = document.body
    named = [(one.text, one.span) for one in body.passages] + [(one.text, one.span) for one in body.headings]
    for text, span in named:
        if _letters(text) and _letters(text) in words:
            return span
    return NOWHERE


def _letters(text: str) -> str:
    """A text without what marks links, sources and emphasis, to find it again."""
    return re.sub(r"[\W_]+", "", re.sub(r"\]\([^)]*\)|\[\^[\w-]+\]|</?\w+>", "", text))


def old_from(accessed: dt.date, library: Library) -> dt.datetime:
    """The moment from which a source that somebody looked at on a day should be looked at again."""
    return end_of(months_after(accessed, SOURCE_MONTHS), library.clock)


def soon_from(due: dt.date, library: Library) -> dt.datetime:
    """The moment from which it is said that a review will be due."""
    return start_of(due - SOON, library.clock)


def _old_sources(library: Library, document: Document, header: Clinical) -> Iterator[Problem]:
    for number, source in enumerate(header.sources):
        if library.timeline.reached(old_from(source.accessed, library)):
            place = document.at("sources", number, "accessed")
            yield OLD_SOURCE(document.path, place, day=written(source.accessed))


def uncited(library: Library) -> Iterator[Problem]:
    """Sources that no sentence names, in every document: what one alone tells."""
    for document in judged(library):
        if isinstance(document.header, Clinical):
            yield from _uncited(document, document.header)


def _uncited(document: Document, header: Clinical) -> Iterator[Problem]:
    cited = {citation.source for citation in document.body.citations}
    for number, source in enumerate(header.sources):
        if source.id not in cited:
            yield NEVER_CITED(document.path, document.at("sources", number, "id"), name=source.id)
