"""Where the links of a body lead: to pages, places in pages, files, addresses of the site, or out of it."""

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from clinic.library.addresses import BUILT, key_of, page_address
from clinic.library.document import Document
from clinic.library.states import State
from clinic.problems import Problem, Severity, nearest
from clinic.problems.catalogue.files import LEAVES_FOLDER
from clinic.problems.catalogue.relations import (
    NO_SUCH_ADDRESS,
    NO_SUCH_ANCHOR,
    NO_SUCH_FILE,
    NO_SUCH_PAGE,
    NOT_PUBLIC,
    TO_GONE,
)
from clinic.prose.body import EMPTY, Link

if TYPE_CHECKING:
    from clinic.library.library import Library

_HALF_AN_ADDRESS = re.compile(r"www\.|https?[:/]{1,2}", re.IGNORECASE)
"""What was meant to lead out of the site, but isn't written as an address: `check` says how to write it (LNK011)."""

_A_PAGE = re.compile("[A-Za-z0-9_.-][A-Za-z0-9_./-]*[.]md(?:#[A-Za-z0-9_-]+)?")
"""How nearly all links are written: nothing in them is to be taken apart as an address."""

GONE_WORDS = {
    State.WITHDRAWN: "withdrawn",
    State.ENDED: "an announcement that has ended",
    State.SUPERSEDED: "an announcement that was replaced",
}


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a link leads. `address` is within the site (beginning with a slash) or the whole address outside it."""

    address: str
    outside: bool = False
    document: Document | None = None
    download: str = ""
    """The path of the file of content/files, where it is one."""


Ways = dict[str, dict[str, Destination]]
"""Where links lead, with nothing wrong, from every page of a folder: by the folder, and by what is written."""


def destinations(library: "Library", document: Document) -> tuple[tuple[Destination | None, ...], tuple[Problem, ...]]:
    """Where each link of a body leads (None where it leads nowhere), and what is wrong with them."""
    found: list[Destination | None] = []
    problems: list[Problem] = []
    known = library.ways.setdefault(document.path.rpartition("/")[0], {})
    for link in document.body.links:
        destination = known.get(link.target)
        if destination is None or destination.document is document:
            destination, wrong = _asked(library, document, link)
            problems += wrong
            if destination is not None and not wrong and _leads_alike(library, document, destination):
                known[link.target] = destination
        found.append(destination)
    return tuple(found), tuple(problems)


def _asked(library: "Library", document: Document, link: Link) -> tuple[Destination | None, list[Problem]]:
    """Where a link leads, and what is wrong with it, as if no other link had been followed."""
    destination: Destination | None = None
    wrong: list[Problem] = []
    for outcome in _follow(library, document, link):
        if isinstance(outcome, Destination):
            destination = outcome
        else:
            wrong.append(outcome)
    return destination, wrong


def _leads_alike(library: "Library", document: Document, destination: Destination) -> bool:
    """Whether what is written alike in all other documents of the folder leads there too, with nothing wrong.

    A page that patients see is no mistake to link to, whoever does; of any other it is asked who. A link of a page to
    itself is written alike elsewhere, and is no way back to the same page there.
    """
    other = destination.document
    if other is None:
        return True
    item = library.items.get(other.id)
    return other is not document and item is not None and item.state not in GONE_WORDS and library.public(other.id)


def _follow(library: "Library", document: Document, link: Link) -> Iterator[Destination | Problem]:
    target = link.target.strip()
    if _A_PAGE.fullmatch(target) and not _HALF_AN_ADDRESS.match(target):
        name, _, anchor = target.partition("#")
        yield from _beside(library, document, link, name, anchor)
        return
    parts = urlsplit(target)
    if parts.scheme or target.startswith("//") or _HALF_AN_ADDRESS.match(target):
        yield from _by_its_whole_address(library, document, link, target)
    elif target.startswith("#"):
        yield from _anchored(document, document, page_address(document), unquote(target[1:]), link, own=True)
    elif target.startswith("/"):
        yield from _absolute(library, document, link, target)
    elif not parts.path:
        yield NO_SUCH_ADDRESS(document.path, link.span, target=target, advice="Write where the link leads.")
    else:
        yield from _beside(library, document, link, unquote(parts.path), unquote(parts.fragment))


def _beside(
    library: "Library", document: Document, link: Link, written: str, anchor: str
) -> Iterator[Destination | Problem]:
    """A file, as it is written from the folder of the document: a page, or a download."""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(document.path), written))
    if leaves(path):
        yield _out(library, document, link, path)
    elif path.endswith(".md"):
        yield from _page(library, document, link, path, anchor)
    else:
        yield from _file(library, document, link, path)


def leaves(path: str) -> bool:
    """Whether a path, worked out from the content folder, leads out of it."""
    return path == ".." or path.startswith("../")


def _out(library: "Library", document: Document, link: Link, path: str) -> Problem:
    """The problem of a link that leads out of the content folder; mended where a file of that name is in it."""
    name = posixpath.basename(path)
    named = [known for known in (*library.by_path, *library.attachments) if posixpath.basename(known) == name]
    _, hash_sign, anchor = link.target.strip().partition("#")
    meant = f"{_relative_to(document)(named[0])}{hash_sign}{anchor}" if len(named) == 1 else None
    return LEAVES_FOLDER(
        document.path, link.span, replacement=meant, hint=f'Did you mean "{meant}"?' if meant else None
    )


def _page(
    library: "Library", document: Document, link: Link, path: str, anchor: str
) -> Iterator[Destination | Problem]:
    other = library.by_path.get(path)
    if other is None:
        advice, replacement = _nearest_page(library, document, path, anchor)
        name = posixpath.basename(path).removesuffix(".md")
        yield NO_SUCH_PAGE(document.path, link.span, what="page", name=name, advice=advice, replacement=replacement)
        return
    yield from _to_page(library, document, other, link)
    yield from _anchored(document, other, page_address(other), anchor, link, own=other is document)


def _to_page(library: "Library", document: Document, other: Document, link: Link) -> Iterator[Problem]:
    item, here = library.items.get(other.id), library.items.get(document.id)
    if item is None or here is None or other is document:
        return
    if not library.public_when(other.id, seen_from=document.id):
        yield NOT_PUBLIC(document.path, link.span, title=other.title, state=library.why_hidden(other.id))
    elif item.state in GONE_WORDS:
        yield TO_GONE(document.path, link.span, title=other.title, state=GONE_WORDS[item.state])


def _anchored(
    document: Document, other: Document, address: str, anchor: str, link: Link, *, own: bool
) -> Iterator[Destination | Problem]:
    if anchor and anchor not in other.body.anchors and other.body is not EMPTY:
        close = nearest(anchor, other.body.anchors)
        target = link.target.partition("#")[0]
        there = ", ".join(other.body.anchors[:12])
        yield NO_SUCH_ANCHOR(
            document.path,
            link.span,
            title=other.title,
            anchor=anchor,
            advice=f'Did you mean "{close}"?' if close else f"There are: {there or 'none'}.",
            replacement=f"{target}#{close}" if close else None,
        )
    shown = f"#{anchor}" if anchor else ""
    yield Destination((shown or address) if own else address + shown, document=other)


def _by_its_whole_address(
    library: "Library", document: Document, link: Link, target: str
) -> Iterator[Destination | Problem]:
    """A whole address. One of this site is looked up; other machines may answer there too, so it's a warning only."""
    inside = _own(library, target)
    reached: Document | None = None
    for outcome in _absolute(library, document, link, inside) if inside else ():
        if isinstance(outcome, Destination):
            reached = outcome.document
        elif outcome.code != NO_SUCH_ADDRESS.code:
            yield outcome
        elif not _leads_on(library, inside):
            yield replace(outcome, severity=Severity.WARNING)
    yield Destination(target, outside=True, document=reached)


def _own(library: "Library", target: str) -> str:
    """The way within the site that a whole address names; nothing where it leads elsewhere."""
    own, parts = urlsplit(library.clinic.url), urlsplit(target)
    base = own.path.rstrip("/")
    if parts.scheme.lower() not in {"http", "https"} or parts.netloc.lower() != own.netloc.lower():
        return ""
    if not f"{parts.path}/".startswith(f"{base}/"):
        return ""
    return (parts.path[len(base) :] or "/") + (f"#{parts.fragment}" if parts.fragment else "")


def _leads_on(library: "Library", inside: str) -> bool:
    """Whether an address of the site that is no page answers all the same: an old address, or a file of the site."""
    key, path = key_of(inside), urlsplit(inside).path
    if posixpath.splitext(path)[1].lower() not in {"", ".html", ".htm"}:
        return True
    return key in library.aliases


def _absolute(library: "Library", document: Document, link: Link, target: str) -> Iterator[Destination | Problem]:
    key = key_of(target)
    fragment = urlsplit(target).fragment
    if key in library.path_at:
        other = library.by_path[library.path_at[key]]
        yield from _to_page(library, document, other, link)
        yield from _anchored(document, other, page_address(other), fragment, link, own=other is document)
        return
    built = {key_of(address): address for address in BUILT}
    built |= {key_of(f"/locations/{name}/"): f"/locations/{name}/" for name, _ in library.clinic.locations}
    if key in built:
        yield Destination(built[key] + (f"#{fragment}" if fragment else ""))
        return
    known = [*built.values(), *(page_address(other) for other in library.by_path.values())]
    close = nearest(target, known)
    advice = f'Did you mean "{close}"? ' if close else ""
    yield NO_SUCH_ADDRESS(
        document.path, link.span, target=target, advice=advice + "Link to the page's file: ../conditions/its-name.md"
    )


def _file(library: "Library", document: Document, link: Link, path: str) -> Iterator[Destination | Problem]:
    if path in library.attachments:
        yield Destination(f"/{path}", download=path)
        return
    folder = f"/{path.strip('/')}/"
    if folder in BUILT:
        yield Destination(folder)
        return
    shown = _relative_to(document)
    close = nearest(path, [*library.attachments, *library.by_path])
    yield NO_SUCH_FILE(
        document.path,
        link.span,
        name=path,
        advice=f'Did you mean "{shown(close)}"?' if close else "Put the file into content/files and link to it there.",
        replacement=shown(close) if close else None,
    )


def _nearest_page(library: "Library", document: Document, path: str, anchor: str) -> tuple[str, str | None]:
    shown = _relative_to(document)
    name = posixpath.basename(path).removesuffix(".md")
    exact = library.documents.get(name)
    close = exact.path if exact else None
    if close is None and (slug := nearest(name, library.documents)):
        close = library.documents[slug].path
    if close is None:
        return "Look at the names of the files in the content folder.", None
    target = shown(close) + (f"#{anchor}" if anchor else "")
    return f'Did you mean "{target}"?', target


def _relative_to(document: Document) -> Callable[[str], str]:
    folder = posixpath.dirname(document.path)
    return lambda path: posixpath.relpath(path, folder)
