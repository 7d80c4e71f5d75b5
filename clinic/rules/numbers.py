"""Where phone numbers and e-mail addresses stand in a document, whosever they are."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import phonenumbers

from clinic.library.document import Document
from clinic.problems import Span
from clinic.prose.body import Link
from clinic.rules.kept import kept
from clinic.rules.passages import FIELDS, Pages, Stretch, pages_of

_PLAIN = str.maketrans("\u2010\u2011\u2012\u2013\u2212\u00a0\u2007\u2009\u202f", "-----    ")
_NUMBERS = re.compile(r"(?<![\w/@#=])(?<!\d[-.:,])(?:\+|\(|\+\()?\d[\d() ./-]{5,22}\d(?![\w@])(?![-./:]\d)")
_GROUPED = re.compile(r"(?:\+?1[-. /]{0,2})?(?:\([2-9]\d\d\)|[2-9]\d\d)[-. /]{0,3}[2-9]\d\d[-. ]{1,2}\d{4}")
"""North America: an area code, an exchange, four digits; neither begins with 0 or 1."""

_RUN = re.compile(r"\+?1?[2-9]\d\d[2-9]\d{6}")
_LOCAL = re.compile(r"[2-9]\d\d[-. ]\d{4}")
_WORDS = re.compile(
    r"(?<![\w/.-])(?:1[-. ])?8(?:00|33|44|55|66|77|88)[-. ](?=[A-Z0-9. -]*[A-Z]{3})"
    r"[A-Z0-9](?:[-. ]?[A-Z0-9]){5,10}(?!\w)"
)
_CALLS = re.compile(
    r"\b(?:call|dial|phone|tel|telephone|fax|text|ring|reach|line|number|sms|whatsapp)\w*\b[^.!?]{0,40}$", re.IGNORECASE
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_KEYS = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999", strict=True))
"""The digits that letters stand for on a phone (ITU-T E.161)."""

_SHORTEST = 9
"""With fewer digits, a number that is almost the clinic's is no number of a phone."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a number or an address. `sure`: it has the form of one; else only a near one counts."""

    found: str
    key: str
    span: Span
    sure: bool
    mendable: Span | None
    """What a fact may take the place of, where that is sure."""
    mail: bool = False


@kept
def candidates(document: Document, region: str) -> Iterator[Candidate]:
    """All that may be a number or an address in a document: pure, whatever the clinic's own are."""
    pages = pages_of(document)
    linked = _of_links(pages, region)
    taken = Counter((one.mail, one.key) for one, shows in linked if shows)
    yield from (one for one, _ in linked)
    for stretch in _stretches(pages):
        text = stretch.text
        if "@" not in text and not _DIGIT.search(text):
            continue
        for found, key, sure, mail in _in_text(text, region):
            if taken[mail, key]:
                taken[mail, key] -= 1
                continue
            span = pages.place(stretch, found[0], found[1])
            yield Candidate(
                text[found[0] : found[1]], key, span, sure, _free(pages, stretch, span, text[found[0] : found[1]]), mail
            )


_DIGIT = re.compile(r"\d(?:\d\d|[-. ]?[A-Z]{3})")


def _stretches(pages: Pages) -> Iterator[Stretch]:
    """Everything that patients read as text: fields, passages, headings, descriptions of pictures."""
    body = pages.document.body
    yield from pages.stretches(*FIELDS)
    yield from (Stretch(heading.text, heading.span) for heading in body.headings)
    for picture in body.pictures:
        if picture.alt:
            line = pages.line(picture.span.line)
            yield Stretch(picture.alt, Span.at(picture.span.line, 1, len(line)))


def _in_text(text: str, region: str) -> Iterator[tuple[tuple[int, int], str, bool, bool]]:
    """What stands in a text: from where to where, as it is compared, whether its form is sure, whether it is a mail."""
    if "@" in text:
        for found in _MAIL.finditer(text):
            address = found[0].rstrip(".-")
            yield (found.start(), found.start() + len(address)), address.casefold(), True, True
    plain = text.translate(_PLAIN)
    for found in _NUMBERS.finditer(plain):
        written = found[0].rstrip(" (")
        start = found.start()
        key, sure = _number(written, plain[max(0, start - 60) : start], region)
        if key:
            yield (start, start + len(written)), key, sure, False
    if phonenumbers.country_code_for_region(region) == 1:
        for found in _WORDS.finditer(plain):
            digits = "".join(_KEYS.get(sign, sign) for sign in found[0] if sign.isalnum())
            yield found.span(), digits.removeprefix("1")[:10], True, False


def _number(written: str, before: str, region: str) -> tuple[str, bool]:
    """The digits to compare, and whether it has the form of a phone's number; no digits where it can't be one."""
    digits = re.sub(r"\D", "", written)
    if phonenumbers.country_code_for_region(region) != 1:
        return _elsewhere(written, region)
    if written.startswith("+") and not digits.startswith("1"):
        return _elsewhere(written, region)
    national = digits.removeprefix("1") if len(digits) > 10 or digits.startswith("1") else digits
    if _GROUPED.fullmatch(written):
        return national, True
    if _RUN.fullmatch(written):
        return national, bool(_CALLS.search(before)) or written.startswith("+")
    if _LOCAL.fullmatch(written):
        return (digits, True) if _CALLS.search(before) else ("", False)
    return (national, False) if _SHORTEST <= len(national) <= 12 else ("", False)


def _elsewhere(written: str, region: str) -> tuple[str, bool]:
    try:
        parsed = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return "", False
    if not phonenumbers.is_valid_number(parsed):
        return "", False
    own = parsed.country_code == phonenumbers.country_code_for_region(region)
    national = phonenumbers.national_significant_number(parsed)
    return (national if own else f"{parsed.country_code}{national}"), True


def _of_links(pages: Pages, region: str) -> list[tuple[Candidate, bool]]:
    """What the addresses of links lead to, and whether the link shows it as its words too."""
    found = []
    for link in pages.document.body.links:
        scheme, _, rest = link.target.strip().partition(":")
        if scheme.lower() == "tel":
            key, sure = _number(re.sub(r"%20", " ", rest.partition(";")[0]), "call ", region)
            mail = False
        elif scheme.lower() == "mailto":
            key, sure, mail = rest.partition("?")[0].casefold(), True, True
        else:
            continue
        if not key:
            continue
        shown = {one for _, one, _, _ in _in_text(link.text, region)}
        whole = (
            _whole(pages, link)
            if shown == {key} and not re.search(r"[^\W\d_]", link.text if not mail else "")
            else None
        )
        if mail and link.text.casefold() != key:
            whole = None
        found.append((Candidate(link.target if not mail else key, key, link.span, sure, whole, mail), key in shown))
    return found


def _whole(pages: Pages, link: Link) -> Span | None:
    """The whole of a link in the file, brackets and all; None where it is written in another way."""
    line = pages.line(link.span.line)
    start, end = link.span.column - 1, link.span.end_column - 1
    if link.span.line != link.span.end_line:
        return None
    if line[start - 1 : start] == "<" and line[end : end + 1] == ">":
        return Span.at(link.span.line, start, end - start + 2)
    before = f"[{link.text}]("
    if line[:start].endswith(before) and line[end : end + 1] == ")":
        return Span.at(link.span.line, start - len(before) + 1, end - start + len(before) + 1)
    return None


def _free(pages: Pages, stretch: Stretch, span: Span, written: str) -> Span | None:
    """The place of a number or an address that a fact can take: running text or the summary, and nothing around it."""
    line = pages.line(span.line)
    if span.line != span.end_line or line[span.column - 1 : span.end_column - 1].split() != written.split():
        return None
    if stretch.passage is None:
        in_summary = pages.document.header is not None and stretch.text == getattr(pages.document.header, "summary", "")
        return span if in_summary and span.line == stretch.span.line else None
    before, after = line[: span.column - 1], line[span.end_column - 1 :]
    linked = re.search(r"[\[(<][^\])>]*$", before) and re.match(r"[^\[(<]*(?:\]\(|\]\[|\]|>)", after)
    if before.count("`") % 2 or linked:
        return None
    if before.endswith("<"):
        return Span(span.line, span.column - 1, span.line, span.end_column + 1) if after.startswith(">") else None
    return span
