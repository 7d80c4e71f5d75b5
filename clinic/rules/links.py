"""LNK010 and on: links whose address or words will not help a patient, and pages that nothing links to."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from clinic.expressions import expression
from clinic.library.document import Document
from clinic.library.library import Library
from clinic.model.clinic import NOTICES
from clinic.model.kinds import RESERVED, Clinical, Kind
from clinic.problems import NOWHERE, Problem, Severity, Span
from clinic.problems.catalogue.links import (
    MALFORMED,
    NOT_SECURE,
    NOTHING_LINKS_HERE,
    SAYS_NOTHING,
    WITHOUT_WORDS,
)
from clinic.prose.body import Link
from clinic.rules.brackets import brackets
from clinic.rules.kept import kept
from clinic.rules.passages import english, judged, pages_of

_SAYS_NOTHING = expression(
    r"(?:please )?(?:(?:click|tap|press|go|see|read|look|find|learn|follow)(?:ing)?(?: (?:it|on|out))?)?"
    r" ?(?:(?:the|this) ?)?(?:here|link|page|(?:web ?)?site|(?:more )?(?:info(?:rmation)?|details)|more)?(?: here)?"
)
_START = expression(r"(?:h{0,2}t{1,3}p{1,2}s{0,2}|hpt{1,2}s?)[:;/\s]+", re.IGNORECASE)
_SITE = expression(r"(?:[\w-]{1,63}\.)+[^\W\d_][\w-]+")
_TAIL = expression(r"[.,;:!'\"]+$")
_MAILTO = expression(r"[^@\s?]+@[^@\s?]+\.[^@\s?.]+(?:\?\S*)?")
_TEL = expression(r"\+?[\d().*#-]*\d[\d().*#-]*(?:;\S*|,+\d+)*")


def check(library: Library) -> Iterator[Problem]:
    """The problems of this family."""
    for document in judged(library):
        yield from of(document, said=english(document, library))


@kept
def of(document: Document, *, said: bool) -> Iterator[Problem]:
    """What one document alone tells; `said` is whether the words of its links can be judged."""
    pages = pages_of(document)
    for link in document.body.links:
        yield from _address(document, link)
        words = link.text.strip()
        if not words:
            if not _holds_picture(document, link):
                yield WITHOUT_WORDS(document.path, brackets(pages, link.span, ""))
        elif said and _SAYS_NOTHING.fullmatch(" ".join(re.findall(r"[^\W_]+", words.casefold())) or "-"):
            yield SAYS_NOTHING(document.path, brackets(pages, link.span, words), words=words)
    if isinstance(document.header, Clinical):
        for number, source in enumerate(document.header.sources):
            yield from _unsafe(document, source.url, document.at("sources", number, "url"))


def _holds_picture(document: Document, link: Link) -> bool:
    """Whether a picture stands right before the link's address, and says something: `[![words](x.png)](address)`."""
    return any(
        not picture.decorative
        and picture.span.line <= link.span.line <= picture.span.end_line + 1
        and picture.span < link.span
        for picture in document.body.pictures
    )


def _address(document: Document, link: Link) -> Iterator[Problem]:
    target = link.target.strip()
    if slip := _slip(target):
        yield _malformed(document, link, *slip)
        return
    scheme, _, rest = target.partition(":")
    scheme = scheme.lower()
    if scheme in {"http", "https"}:
        flaw = _web_flaw(target)
        if flaw:
            yield _malformed(document, link, *flaw)
        else:
            yield from _unsafe(document, target, link.span)
    elif scheme == "mailto" and not _MAILTO.fullmatch(rest):
        mended = "".join(rest.split())
        sure = f"mailto:{mended}" if _MAILTO.fullmatch(mended) else None
        yield _malformed(document, link, "it is not an e-mail address", sure)
    elif scheme == "tel" and not _TEL.fullmatch(re.sub(r"\s|%20", "", rest)):
        yield _malformed(document, link, "it is not a phone number", None)


def _slip(target: str) -> tuple[str, str] | None:
    """What is wrong at the start of an address that leads out of the site, and the address mended."""
    rest, flaw, starts = target, "", 0
    while start := _START.match(rest):
        rest, starts = rest[start.end() :], starts + 1
        if start[0].lower() not in {"http://", "https://"}:
            flaw = f'"{start[0]}" should be https://'
    if starts > 1:
        flaw = "it begins twice"
    if not starts and rest.lower().startswith("www."):
        flaw = "https:// is missing at its start"
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    return (flaw, f"https://{rest}") if flaw and _SITE.fullmatch(host) else None


def _web_flaw(target: str) -> tuple[str, str | None] | None:
    """What is wrong with an http or https address, and the address mended where that is sure."""
    try:
        parts = urlsplit(target)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "it is not a whole address", None
    if re.search(r"\s", target):
        return "there is a space in it", None
    if tail := _TAIL.search(target):
        return f'it ends with "{tail[0]}", which belongs to the sentence', target[: tail.start()]
    if not _SITE.fullmatch(host):
        return (f'"{host}" is not the name of a site' if host else "the name of the site is missing"), None
    return None


def _malformed(document: Document, link: Link, flaw: str, mended: str | None) -> Problem:
    mend = f"Write {mended}" if mended else "Open the page in a browser and copy its address from there."
    return MALFORMED(document.path, link.span, replacement=mended, target=link.target, flaw=flaw, mend=mend)


def _unsafe(document: Document, target: str, span: Span) -> Iterator[Problem]:
    if target[:7].lower() == "http://":
        right = f"https://{target[7:]}"
        yield NOT_SECURE(document.path, span, replacement=right, target=target, right=right)


def unlinked(library: Library) -> Iterator[Problem]:
    """Pages that no other page, no part of every page and no relation leads to.

    Only pages: conditions, procedures, announcements and clinicians all stand in a list that is built.
    """
    linked = set(library.clinic.navigation)
    linked.update(page for notice in NOTICES if (page := library.clinic.notices.page(notice)))
    for document in library.each(library.material.documents):
        if document.header is None or document.header.draft or document.header.withdrawn:
            continue
        reached = {
            place.document.id for place in library.destinations.get(document.path, ()) if place and place.document
        }
        if isinstance(document.header, Clinical):
            reached.update(document.header.related)
        linked |= reached - {document.id}
    wrong = {problem.path for problem in library.problems if problem.severity is Severity.ERROR}
    for slug, item in library.each(library.items.items()):
        header = item.document.header
        if item.kind is not Kind.PAGE or slug in linked or slug in RESERVED or header is None:
            continue
        if not (header.draft or header.withdrawn or header.noindex or item.document.path in wrong):
            yield NOTHING_LINKS_HERE(item.document.path, NOWHERE)
