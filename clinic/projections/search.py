"""The files that the search page's script reads: one of names and one of the rest for each language.

The same values as the pages show, never their HTML. The first file is small, since everybody who searches fetches it:

    {"lang": "en", "kinds": [["Condition", "/conditions/"], …], "names": [[0, "Sciatica", "", "Sciatic nerve pain"], …]}

Each entry of `names` is a number of `kinds`, the title, the last step of the address, and the other names. The step is
empty where it is the title's own words. The second file is a list as long as `names`: in one text for each page what
else it is found by, which is every field that the model calls searched, and its headings.
"""

import functools
import hashlib
import json
import operator
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from clinic.library.addresses import key_of
from clinic.library.library import Item
from clinic.model.kinds import Kind
from clinic.model.reading import fields_of
from clinic.views.finding import findable
from clinic.views.indexes import Finder
from clinic.views.maker import Maker
from clinic.views.site import Planned

NAMES: Final = frozenset({"title", "name", "also_called"})
"""Searched fields that are names of the page; the others go into the second file."""


@dataclass(frozen=True)
class SearchFile:
    """One file, ready to publish: hashed and immutable."""

    key: str
    """Its path below the site's address."""
    body: bytes
    """JSON in UTF-8."""
    links: tuple[str, ...]
    """The keys of the pages that it names: a search leads there."""


class _Found(msgspec.Struct, frozen=True):
    """A page as the search knows it."""

    lang: str
    kind: str
    base: str
    step: str
    title: str
    others: tuple[str, ...]
    rest: tuple[str, ...]

    @property
    def address(self) -> str:
        return f"{self.base}{self.step}/"


def search_files(
    maker: Maker, planned: Iterable[Planned], script: str, *, left_out: Collection[str] = ()
) -> tuple[Finder, tuple[SearchFile, ...]]:
    """What the search page names, and the files behind it: the clinic's own language first.

    Args:
        maker: what views are made with.
        planned: the pages made from documents, whose headings count.
        script: the address of the script.
        left_out: ids of pages that are held back: found by the header of their live version, not by new headings.
    """
    own = maker.library.clinic.language
    found: dict[str, list[_Found]] = {own: []}
    for page in _pages(maker, planned, left_out):
        found.setdefault(page.lang, []).append(page)
    files: list[SearchFile] = []
    for lang in (own, *sorted(found.keys() - {own})):
        files += _files(maker, lang, found[lang])
    addresses = [maker.href(f"/{file.key}") for file in files]
    return Finder(script=script, names=addresses[0], more=tuple(addresses[1:])), tuple(files)


def _pages(maker: Maker, planned: Iterable[Planned], left_out: Collection[str]) -> Iterator[_Found]:
    """Every page that can be found, in the order of kinds and then of titles, which settles what fits equally well."""
    library, words = maker.library, maker.words()
    parts = dict(library.clinic.body_parts)
    headings = {page.source: page.face.headings for page in planned}
    labels = {
        Kind.CONDITION: words.gettext("Condition"),
        Kind.PROCEDURE: words.gettext("Procedure"),
        Kind.CLINICIAN: words.gettext("Clinician"),
        Kind.PAGE: words.gettext("Page"),
        Kind.ANNOUNCEMENT: words.gettext("Announcement"),
    }
    for kind, label in labels.items():
        if kind is Kind.PAGE:
            for name, place in library.clinic.locations:
                rest, here = (place.city, *place.address), words.gettext("Location")
                yield _Found(library.clinic.language, here, "/locations/", name, place.name, (), rest)
        items = findable(maker, kind)
        titled = [(words.sort_key(title := maker.title(item)), item.address, title, item) for item in items]
        for _, _, title, item in sorted(titled, key=operator.itemgetter(0, 1)):
            base, _, step = item.address.rstrip("/").rpartition("/")
            others, rest = _searched(item, title, parts)
            more = () if item.id in left_out else headings.get(item.document.path, ())
            header = item.document.header
            lang = (header.lang if header else None) or library.clinic.language
            yield _Found(lang, label, f"{base}/", step, title, others, (*rest, *more))


def _searched(item: Item, title: str, parts: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The other names of a page, and what else the model says that it is searched by."""
    header = item.document.header
    if header is None:
        return (), ()
    others: list[str] = []
    rest: list[str] = []
    kind: type = type(header)
    for name, of_names in _searched_fields(kind):
        value: object = getattr(header, name)
        told_by = others if of_names else rest
        if isinstance(value, str):
            told_by.append(value)
        elif isinstance(value, tuple) and value:
            texts = [each for each in value if isinstance(each, str)]
            told_by += [parts.get(text, text) for text in texts] if name == "body_parts" else texts
    told = {title.casefold(), ""}
    kept = [text for text in dict.fromkeys(others) if text.casefold() not in told]
    return tuple(kept), tuple(dict.fromkeys(rest))


@functools.cache
def _searched_fields(header: type) -> tuple[tuple[str, bool], ...]:
    """The fields of a header that the search looks at, and whether each holds names of the page."""
    return tuple((name, name in NAMES) for name, stated in fields_of(header).items() if stated.searched)


def _files(maker: Maker, lang: str, pages: Iterable[_Found]) -> Iterator[SearchFile]:
    pages = tuple(pages)
    kinds = list(dict.fromkeys((page.kind, page.base) for page in pages))
    links = tuple(sorted({key_of(page.address) for page in pages}))
    names = {
        "lang": lang,
        "kinds": [[kind, maker.href(base)] for kind, base in kinds],
        "names": [[kinds.index((page.kind, page.base)), page.title, _step(page), *page.others] for page in pages],
    }
    yield _file(f"a/search.{lang.lower()}", names, links)
    yield _file(f"a/search.{lang.lower()}.more", ["\n".join(page.rest) for page in pages], ())


def _step(page: _Found) -> str:
    """The last step of an address, or nothing where the script makes it of the title: of plain letters only."""
    words = re.findall(r"[a-z0-9]+", page.title.lower().replace("'", ""))
    return "" if page.title.isascii() and "-".join(words) == page.step else page.step


def _file(name: str, content: object, links: tuple[str, ...]) -> SearchFile:
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    mark = hashlib.blake2b(body, digest_size=8).hexdigest()
    return SearchFile(f"{name}.{mark}.json", body, links)
