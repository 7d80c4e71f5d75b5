"""Every address of the site, who holds it, and the rules that keep two from holding the same."""

import functools
import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote, unquote, urlsplit

from clinic.library.document import Document
from clinic.model.kinds import RESERVED, Kind
from clinic.problems import NOWHERE, Problem
from clinic.problems.catalogue.relations import ALIAS_IS_PAGE, ALIAS_TWICE, TAKEN_ADDRESS

BUILT = {
    "/": "the home page",
    "/404.html": "the page for addresses that are not there",
    "/appointment/": "the appointment page",
    "/search/": "the search page",
    "/conditions/": "the list of conditions",
    "/conditions/by-body-part/": "the list by part of the body",
    "/conditions/by-symptom/": "the list by symptom",
    "/procedures/": "the list of procedures",
    "/announcements/": "the list of announcements",
    "/clinicians/": "the list of clinicians",
    "/locations/": "the list of locations",
    "/feed.xml": "the feed of announcements",
    "/sitemap.xml": "the sitemap",
    "/robots.txt": "the rules for search engines",
}
"""Addresses that the generator builds, in an editor's words."""

OWN_FILES = {
    "/manifest.json": "the list of the site's files",
    "/build.json": "the record of the build",
    "/favicon.ico": "the icon of the site",
}
"""Files of an output that no page may link to."""

KEPT = {
    "a": "the theme's files",
    "images": "pictures",
    "files": "downloads",
    "locations": "the locations",
    "index": "the home page",
    "404": "the page for addresses that are not there",
    "feed": "the feed of announcements",
    "feeds": "feeds",
    "tag": "lists by subject",
    "tags": "lists by subject",
    "author": "authors",
    "category": "lists by subject",
    "drafts": "drafts",
    "theme": "the theme's files",
    "output": "the built site",
}
"""First steps of an address that no page may take."""


BUILT_BELOW = (
    "conditions/a-to-z/",
    "conditions/by-body-part/",
    "conditions/by-symptom/",
    "procedures/a-to-z/",
    "announcements/by-year/",
    "search/a-to-z/",
)
"""Folders in which long lists have pages of their own for letters, parts of the body and years."""


_PLAIN = re.compile("(?:/[A-Za-z0-9_-]+)+/")
"""Addresses of which nothing is to be undone: those of nearly all pages."""


@functools.lru_cache(maxsize=65536)
def key_of(address: str) -> str:
    """The file that answers an address: `/x/` is `x/index.html` (patients.md), `/404.html` is `404.html`.

    Percent-encoding is undone; an address without a slash at its end and without an ending in its last step is read
    as if it had one, since object stores and servers send `/x` on to `/x/`.
    """
    if _PLAIN.fullmatch(address):
        return f"{address[1:]}index.html"
    path = unquote(urlsplit(address).path).lstrip("/")
    if not path or path.endswith("/"):
        return f"{path}index.html"
    return path if posixpath.splitext(path)[1] else f"{path}/index.html"


def address_of(key: str) -> str:
    """The address that a file answers: the other way round of `key_of`."""
    shown = key.removesuffix("index.html") if key == "index.html" or key.endswith("/index.html") else key
    return "/" + quote(shown)


def page_address(document: Document) -> str:
    """The address of a document's page."""
    if document.kind is Kind.PAGE and document.id in RESERVED:
        return RESERVED[document.id]
    return document.kind.address(document.id)


def taken(documents: Iterable[Document], locations: Iterable[str]) -> Iterator[Problem]:
    """Documents whose address belongs to something that the generator builds."""
    built = BUILT | {f"/locations/{name}/": "a location" for name in locations}
    for document in documents:
        address = page_address(document)
        if document.kind is Kind.PAGE and document.id in RESERVED:
            continue
        holder = built.get(address) or (KEPT.get(document.id) if document.kind is Kind.PAGE else None)
        if holder:
            yield TAKEN_ADDRESS(document.path, NOWHERE, address=address, holder=holder)


def aliases(documents: Mapping[str, Document], locations: Iterable[str]) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The file of each old address with the id of the page that it leads to, and the aliases that can't be."""
    holders = {_alike(key_of(address)): holder for address, holder in (BUILT | OWN_FILES).items()}
    holders |= {_alike(key_of(f"/locations/{name}/")): "a location" for name in locations}
    holders |= {_alike(key_of(page_address(document))): f"the page {document.title}" for document in documents.values()}
    folders = {folder for key in holders for folder in _folders(key)}
    found: dict[str, str] = {}
    claimed: dict[str, str] = {}
    problems: list[Problem] = []
    for slug, document in documents.items():
        for number, alias in enumerate(document.header.aliases if document.header else ()):
            key = key_of(alias)
            alike, span = _alike(key), document.at("aliases", number)
            first_step = alike.partition("/")[0]
            holder = holders.get(alike) or (KEPT[first_step] if first_step in {"a", "images", "files"} else None)
            if re.fullmatch(r"sitemap-\d+\.xml", alike):
                holder = BUILT["/sitemap.xml"]
            if alike.startswith(BUILT_BELOW):
                holder = holder or "a list"
            if alike in folders or any(folder in holders or folder in claimed for folder in _folders(alike)):
                holder = holder or "a folder of the same name, or a page by the name of its folder"
            if alike in claimed:
                problems.append(ALIAS_TWICE(document.path, span, address=alias, other=claimed[alike]))
            elif holder:
                problems.append(ALIAS_IS_PAGE(document.path, span, address=alias, holder=holder))
            else:
                found[key] = slug
                claimed[alike] = document.path
                folders.update(_folders(alike))
    return found, tuple(problems)


def _alike(key: str) -> str:
    """A key as computers see it that tell neither capitals nor the two forms of accents apart."""
    return unicodedata.normalize("NFC", key).casefold()


def _folders(key: str) -> Iterator[str]:
    """The folders that a key lies in: none of them can be a file too."""
    steps = key.split("/")[:-1]
    yield from ("/".join(steps[:end]) for end in range(1, len(steps) + 1))
