"""FCT002 to FCT004: phone numbers and e-mail addresses in texts, held against those of clinic.yaml."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import phonenumbers

from clinic.library.document import Document
from clinic.library.library import Library
from clinic.model.clinic import Clinic
from clinic.model.kinds import Kind
from clinic.problems import Problem, Severity
from clinic.problems.catalogue.contacts import NEAR_MISS, TYPED_BY_HAND, UNKNOWN_CONTACT
from clinic.rules.kept import kept
from clinic.rules.numbers import Candidate, candidates
from clinic.rules.passages import judged
from clinic.rules.privacy import personal
from clinic.words import Lists

_LONG_NAME = 5
"""Letters before the @ from which two may differ; below it one."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach the clinic or somebody whom clinic.yaml lists: how people know it, and its fact."""

    label: str
    fact: str = ""
    """The name of the fact, such as phone.main; empty for an outside contact."""


@dataclass(frozen=True, slots=True)
class Ways:
    """All ways that are known: numbers by their digits without the country's code, e-mails in small letters."""

    region: str
    numbers: tuple[tuple[str, Way], ...]
    mails: tuple[tuple[str, Way], ...]

    def of(self, one: Candidate) -> dict[str, Way]:
        """Those of the same sort as what was found."""
        return dict(self.mails if one.mail else self.numbers)

    @property
    def north_american(self) -> bool:
        """Whether numbers there are written as in the United States."""
        return phonenumbers.country_code_for_region(self.region) == 1


def ways_of(clinic: Clinic, lists: Lists) -> Ways:
    """The ways that clinic.yaml lists, and those that everybody knows."""
    region = next((place.country for _, place in clinic.locations if place.country), "US")
    code = str(phonenumbers.country_code_for_region(region))
    numbers: dict[str, Way] = {}
    mails: dict[str, Way] = {}
    for number in lists.contacts.everyone.get(region, ()):
        numbers[_national(number, code)] = Way("a number that everybody knows")
    for _, outside in clinic.contacts:
        if outside.number:
            numbers[_national(outside.number, code)] = Way(f"the number of {outside.label}")
        if outside.email:
            mails[outside.email.casefold()] = Way(f"the address of {outside.label}")
    for name, line in reversed(clinic.phones):
        if line.number:
            numbers[_national(line.number, code)] = Way(f"the number of {line.label}", f"phone.{name}")
    for name, box in reversed(clinic.emails):
        if box.address:
            mails[box.address.casefold()] = Way(f"the address of {box.label}", f"email.{name}")
    return Ways(region, tuple(numbers.items()), tuple(mails.items()))


def _national(number: str, code: str) -> str:
    """The digits of a number of E.164, or as dialled, without the country's own code."""
    digits = re.sub(r"\D", "", number)
    return digits.removeprefix(code) if number.startswith("+") else digits


def check(library: Library) -> Iterator[Problem]:
    """The problems of this family."""
    ways = ways_of(library.clinic, library.lists)
    for document in judged(library):
        yield from of(document, ways, library.lists)


@kept
def of(document: Document, ways: Ways, lists: Lists) -> Iterator[Problem]:
    """What one document tells, where these ways are known."""
    for one in candidates(document, ways.region):
        yield from _judged(document, one, ways, lists)


def _judged(document: Document, one: Candidate, ways: Ways, lists: Lists) -> Iterator[Problem]:
    known = ways.of(one)
    way = known.get(one.key)
    if way is None and not one.mail and len(one.key) == 7:
        way = next((each for key, each in known.items() if len(key) == 10 and key.endswith(one.key)), None)
    if way is not None:
        if way.fact:
            write = f"{{{{ {way.fact} }}}}"
            place = one.mendable or one.span
            yield TYPED_BY_HAND(
                document.path,
                place,
                replacement=write if one.mendable else None,
                found=one.found,
                known=way.label,
                write=write,
            )
        return
    near = _nearest(one, known)
    if near is not None:
        key, way = near
        write = f"{{{{ {way.fact} }}}}" if way.fact else key if one.mail else _shown(key, ways)
        yield NEAR_MISS(document.path, one.span, found=one.found, known=way.label, write=write)
    elif one.sure and not (one.mail and personal(one.key, lists.contacts.mailboxes)):
        severity = Severity.INFO if document.kind is Kind.ANNOUNCEMENT else Severity.WARNING
        yield UNKNOWN_CONTACT(document.path, one.span, severity=severity, found=one.found)


def _shown(key: str, ways: Ways) -> str:
    try:
        parsed = phonenumbers.parse(key, ways.region)
    except phonenumbers.NumberParseException:
        return key
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)) if len(key) > 3 else key


def _nearest(one: Candidate, known: Mapping[str, Way]) -> tuple[str, Way] | None:
    """The known way from which this one differs by one or two signs; the clinic's own before others."""
    if not one.mail and len(one.key) < 7:
        return None
    found: list[tuple[int, bool, str]] = []
    for key, way in known.items():
        most = 2
        if one.mail:
            most = 2 if min(len(key.partition("@")[0]), len(one.key.partition("@")[0])) >= _LONG_NAME else 1
        elif len(one.key) == 7:
            key, most = key[-7:], 1  # noqa: PLW2901 - a number without its area code
        if len(key) < 7:
            continue
        away = distance(one.key, key, most)
        if 0 < away <= most:
            found.append((away, not way.fact, key))
    if not found:
        return None
    _, _, key = min(found, key=lambda each: each[:2])
    return next((whole, way) for whole, way in known.items() if whole.endswith(key))


def distance(one: str, other: str, most: int) -> int:
    """How many signs must be put in, left out, changed or swapped with their neighbour; `most` + 1 where it is more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for number, sign in enumerate(one, start=1):
        older, before = before, row
        row = [number]
        for place, seen in enumerate(other, start=1):
            cost = min(before[place] + 1, row[-1] + 1, before[place - 1] + (sign != seen))
            if older and place > 1 and sign == other[place - 2] and one[number - 2] == seen:
                cost = min(cost, older[place - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
