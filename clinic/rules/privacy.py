"""PRV005 to PRV007: people told of with their illness, links that follow their reader, mailboxes of one person.

What is worse (record numbers and the like) is found before a file is read: clinic/source/private.py.
"""

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from clinic.expressions import expression
from clinic.library.document import Document
from clinic.library.library import Library
from clinic.model.clinic import PATH
from clinic.model.kinds import Clinical, Clinician, Kind
from clinic.privacy.people import SURNAME, full_names, given_names
from clinic.problems import NOWHERE, Problem, Span
from clinic.problems.catalogue.privacy import FOLLOWS_READER, NAMED_PATIENT, PERSONAL_MAILBOX
from clinic.rules.kept import kept
from clinic.rules.passages import Stretch, english, judged, pages_of
from clinic.rules.tokens import Phrases, sentences, tokens
from clinic.words import Contacts, Patients

_TITLED = expression(rf"\b(?:Mr|Mrs|Ms|Miss)\.? (?:[A-Z][a-zà-ÿ]+ )?{SURNAME}")
_DOCTOR = expression(r"(?:\b(?:Dr|Drs|Prof|Doctor|Professor|Nurse)\.?|\b[Cc]linician) $")
_GRADES = expression(r",? (?:MD|DO|RN|NP|PA|PhD|PT|DPT|FNP|CRNA|M\.D\.|D\.O\.|Ph\.D\.)\b")
_OUR_PATIENT = expression(
    r"\bour (?:[\w-]+ ){0,3}patients?\b|\ba (?:former |long-time )?patient of (?:ours|Dr)|"
    r"\bpatient of the (?:month|week|year)\b",
    re.IGNORECASE,
)
_PATIENT = expression(r"\bpatients?,? $", re.IGNORECASE)
_AGED = expression(r",? (?:\(?\d{2}\)?,|\d{2}[- ]years?[- ]old|age[d]? \d{2}\b)")
_OWN = expression(r"['\u2019]s? ")
_MAIL = expression(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.)+[\w-]{2,63}")
_NAMES = expression(r"[A-Z][a-zà-ÿ]+")
_REACH = 90
"""How many characters after a name its illness may stand."""


@dataclass(frozen=True, slots=True)
class _Looked:
    does: Phrases
    alone: Phrases
    details: Phrases
    belongs: Phrases
    asked: Phrases


@functools.lru_cache(maxsize=8)
def _looked(patients: Patients) -> _Looked:
    def ready(words: Iterable[str]) -> Phrases:
        return Phrases({word: (word,) for word in words})

    return _Looked(
        *(ready(words) for words in (patients.does, patients.alone, patients.details, patients.belongs, patients.asked))
    )


def personal(address: str, mailboxes: Iterable[str]) -> bool:
    """Whether an e-mail address is at a firm where people have mailboxes of their own."""
    host = address.rpartition("@")[2].casefold()
    return any(host == box or ("." not in box and host.partition(".")[0] == box) for box in mailboxes)


def staff_of(library: Library) -> frozenset[str]:
    """The names of the people who work here: they are no patients."""
    return frozenset(
        [person.name for _, person in library.clinic.staff]
        + [
            each.document.header.name
            for each in library.kinds[Kind.CLINICIAN]
            if isinstance(each.document.header, Clinician) and each.document.header.name
        ]
    )


def check(library: Library) -> Iterator[Problem]:
    """The problems of this family."""
    staff = staff_of(library)
    for document in judged(library):
        if english(document, library):
            yield from named(document, library.lists.patients, staff)
        yield from followed(document, library.lists.contacts)
        yield from mailboxes(document, library.lists.contacts)


@kept
def named(document: Document, patients: Patients, staff: frozenset[str]) -> Iterator[Problem]:
    """Sentences that name a person and say something of their health."""
    if isinstance(document.header, Clinician):
        return
    if given_names().isdisjoint(_NAMES.findall(document.text)) and not _TITLED.search(document.text):
        return
    pages = pages_of(document)
    looked = _looked(patients)
    stretches = [*pages.stretches("title", "summary")]
    stretches += [Stretch(heading.text, heading.span) for heading in document.body.headings]
    for stretch in stretches:
        text = stretch.text
        people = sorted({*full_names(text), *(found.span() for found in _TITLED.finditer(text))})
        people = [one for one in people if _stranger(text, one, staff)]
        if not people or any(True for _ in looked.asked.within(text, tokens(text))):
            continue
        ends = tuple(sentences(text))
        for number, (start, end) in enumerate(ends):
            for name in people:
                if name[1] >= end and number + 1 < len(ends):  # "Bob E." ends with the dot of an initial
                    end = ends[number + 1][1]  # noqa: PLW2901 - the sentence goes on
                if start <= name[0] < end and (last := _told_of(text, name, end, looked)):
                    yield NAMED_PATIENT(document.path, pages.place(stretch, name[0], last))
                    break


def _stranger(text: str, name: tuple[int, int], staff: frozenset[str]) -> bool:
    """Whether somebody is neither one of the clinic's people nor one who treats."""
    written = text[name[0] : name[1]]
    if any(written in known or known in written for known in staff):
        return False
    return not (_DOCTOR.search(text, 0, name[0]) or _GRADES.match(text, name[1]))


def _told_of(text: str, name: tuple[int, int], end: int, looked: _Looked) -> int:
    """The end of what is told of a person's health, or 0."""
    after = text[name[1] : min(end, name[1] + _REACH)]
    said = tokens(after)
    if ours := _OUR_PATIENT.search(after):
        return name[1] + ours.end()
    if _PATIENT.search(text[max(0, name[0] - 12) : name[0]]):
        return name[1]
    if own := _OWN.match(after):
        thing = next(looked.belongs.within(after, said), None)
        if thing is not None and thing.first <= 3 and thing.start >= own.end() - 1:
            return name[1] + thing.end
    alone = next(looked.alone.within(after, said), None)
    if alone is not None:
        return name[1] + alone.end
    does = next(looked.does.within(after, said), None)
    if does is None and not _AGED.match(after):
        return 0
    since = does.last if does is not None else -1
    detail = next((found for found in looked.details.within(after, said) if found.first > since), None)
    return name[1] + detail.end if detail is not None else 0


@kept
def followed(document: Document, contacts: Contacts) -> Iterator[Problem]:
    """Links, and sources of the header, whose address follows its reader."""
    for link in document.body.links:
        yield from _followed(document, link.target.strip(), link.span, contacts)
    if isinstance(document.header, Clinical):
        for number, source in enumerate(document.header.sources):
            yield from _followed(document, source.url, document.at("sources", number, "url"), contacts)


def _followed(document: Document, target: str, span: Span, contacts: Contacts) -> Iterator[Problem]:
    if "?" not in target and "#" not in target:
        return
    clean, names = without_tracking(target, contacts.tracking)
    if not names:
        return
    line = document.text.split("\n")[span.line - 1]
    sure = span.line == span.end_line and line[span.column - 1 : span.end_column - 1].strip("\"'") == target
    quotes = line[span.column - 1] if sure and line[span.column - 1] in "\"'" else ""
    yield FOLLOWS_READER(
        document.path,
        span,
        replacement=f"{quotes}{clean}{quotes}" if sure else None,
        names=", ".join(dict.fromkeys(names)),
        clean=clean,
    )


def without_tracking(address: str, tracking: Iterable[str]) -> tuple[str, list[str]]:
    """An address without the parameters that follow its reader, and their names."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address, []
    if parts.scheme not in {"http", "https", ""} or not parts.query:
        return address, []
    listed = tuple(tracking)
    kept_parts: list[str] = []
    names: list[str] = []
    for piece in parts.query.split("&"):
        name = piece.partition("=")[0]
        low = name.casefold().removeprefix("amp;")
        follows = any(low.startswith(one[:-1]) if one.endswith("*") else low == one for one in listed)
        (names if follows else kept_parts).append(name if follows else piece)
    return parts._replace(query="&".join(kept_parts)).geturl(), names


@kept
def mailboxes(document: Document, contacts: Contacts) -> Iterator[Problem]:
    """Mailboxes of one person."""
    if "@" not in document.text:
        return
    told: set[tuple[int, str]] = set()
    for number, line in enumerate(document.text.split("\n"), start=1):
        if "@" not in line:
            continue
        for found in _MAIL.finditer(line):
            address = found[0].casefold()
            if (
                personal(address, contacts.mailboxes)
                and (number, address) not in told
                and "<!--" not in line[: found.start()]
            ):
                told.add((number, address))
                yield PERSONAL_MAILBOX(document.path, Span.at(number, found.start() + 1, len(found[0])))


def of_the_clinic(library: Library) -> Iterator[Problem]:
    """Mailboxes of one person in clinic.yaml."""
    for name, box in library.clinic.emails:
        if personal(box.address, library.lists.contacts.mailboxes):
            span = library.material.clinic_places.get(("emails", name, "address"), NOWHERE)
            yield PERSONAL_MAILBOX(PATH, span)
