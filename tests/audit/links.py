"""Every address that a built site names: it leads to a file of the site, to a place in it, and not by way of another.

Read from the bytes of the built pages alone, with a parser of Python's own: not what we meant to link, but what we did.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from clinic.library.addresses import address_of, key_of
from clinic.manifest import Manifest, read_manifest
from clinic.output import MANIFEST

ADDRESSES = {"href", "src", "action", "poster", "data", "formaction", "ping", "background", "cite"}
"""Attributes that hold one address (HTML, "attributes that hold URLs")."""

OWN_IDS = {
    *("for", "form", "headers", "itemref", "list", "popovertarget", "aria-activedescendant", "aria-controls"),
    *("aria-describedby", "aria-details", "aria-errormessage", "aria-flowto", "aria-labelledby", "aria-owns"),
}
"""Attributes that name ids of the same page."""

_REFRESH = re.compile(r"url=(.+)", re.IGNORECASE)
_IN_CSS = re.compile(r"url\(\s*['\"]?([^'\")]+)['\"]?\s*\)")
_REACHED = {"tel": re.compile(r"\+?\d{3,15}"), "mailto": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")}


@dataclass(frozen=True)
class Named:
    """Something that a page names: by which attribute of which element, what, and in which line."""

    element: str
    attribute: str
    value: str
    line: int


class Page(HTMLParser):
    """One page, read for what it names and for the names in it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: Counter[str] = Counter()
        self.named: list[Named] = []
        self.canonical = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        line = self.getpos()[0]
        if "id" in given:
            self.ids[given["id"]] += 1
        if tag == "link" and given.get("rel") == "canonical":
            self.canonical = given.get("href", "")
        if tag == "meta" and given.get("http-equiv") == "refresh" and (to := _REFRESH.search(given.get("content", ""))):
            self.named.append(Named(tag, "refresh", to[1], line))
        for name, value in given.items():
            if name in ADDRESSES:
                self.named.append(Named(tag, name, value, line))
            elif name == "srcset":
                each = [part.split()[0] for part in value.split(",") if part.strip()]
                self.named += [Named(tag, name, address, line) for address in each]
            elif name in OWN_IDS:
                self.named += [Named(tag, name, each, line) for each in value.split()]


def faults(site: Path) -> tuple[int, list[str]]:
    """How many addresses and names were looked at in a built site, and what is wrong with them, as file:line.

    Raises:
        OSError: a file of the site is missing.
    """
    manifest = read_manifest((site / MANIFEST).read_bytes())
    pages = {
        key: Page((site / key).read_text(encoding="utf-8"))
        for key, file in manifest.files.items()
        if file.content_type.startswith("text/html")
    }
    found: list[str] = []
    looked = 0
    for key, page in pages.items():
        looked += len(page.named) + len(page.ids)
        found += [f"{key}:1: the id {name!r} is there {count} times" for name, count in page.ids.items() if count > 1]
        found += [f"{key}:1: {fault}" for fault in _canonical(key, page, manifest)]
        for named in page.named:
            found += [f"{key}:{named.line}: {fault}" for fault in _fault(key, named, pages, manifest)]
    for key, file in manifest.files.items():
        if file.content_type.startswith("text/css"):
            for address in _IN_CSS.findall((site / key).read_text(encoding="utf-8")):
                looked += 1
                if not address.startswith("data:") and key_of(urljoin(f"/{key}", address)) not in manifest.files:
                    found.append(f"{key}:1: url({address}) leads nowhere")
    return looked, found


def _canonical(key: str, page: Page, manifest: Manifest) -> Iterator[str]:
    own = manifest.site.rstrip("/") + address_of(key)
    redirect = manifest.files[key].role == "redirect"
    if page.canonical and not redirect and page.canonical != own:
        yield f"the page says that its address is {page.canonical}, and it is {own}"


def _fault(key: str, named: Named, pages: dict[str, Page], manifest: Manifest) -> Iterator[str]:
    what = f'<{named.element} {named.attribute}="{named.value}">'
    if named.attribute in OWN_IDS:
        if named.value not in pages[key].ids:
            yield f"{what}: the page has no such id"
        return
    parts = urlsplit(urljoin(manifest.site.rstrip("/") + address_of(key), named.value))
    shape = _REACHED.get(parts.scheme)
    home = urlsplit(manifest.site)
    if shape is not None:
        if not shape.fullmatch(unquote(parts.path)):
            yield f"{what}: nobody can be reached there"
    elif parts.scheme not in {"http", "https"} or not parts.netloc or named.value in {"", "#"}:
        yield f"{what}: this is no address"
    elif parts.netloc == home.netloc:
        path = parts.path.removeprefix(home.path.rstrip("/"))
        for fault in _at_home(path, parts.fragment, pages, manifest, by_head=named.element == "link"):
            yield f"{what}: {fault}"


def _at_home(path: str, fragment: str, pages: dict[str, Page], manifest: Manifest, *, by_head: bool) -> Iterator[str]:
    """What is wrong with an address of the site itself; one in the head of a page is not followed by people."""
    target = key_of(path)
    file = manifest.files.get(target)
    if file is None:
        yield "leads nowhere"
    elif unquote(path) != unquote(address_of(target)):
        yield f"is sent on to {address_of(target)}"
    elif file.role == "redirect" and not by_head:
        yield "is an old address, which sends people on"
    elif fragment and target in pages and unquote(fragment) not in pages[target].ids:
        yield f"there is no such place in {target}"
