"""The sitemap (sitemaps.org 0.9) and robots.txt (RFC 9309): for search engines.

`lastmod` is the day on which the page's content last changed by its own account (`clinic.views.framing.changed_of`):
the newest of "What changed", the start or end of an announcement. A page that names no such day has none: a guess, or
the day of a build, would teach search engines not to believe it.
"""

from collections.abc import Iterable, Iterator

from clinic.views.maker import Maker
from clinic.views.site import Planned

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"

MOST = 50_000
"""Addresses that one sitemap may hold, and sitemaps that an index may (sitemaps.org)."""

LARGEST = 50 * 1024 * 1024
"""Bytes that one sitemap may have, uncompressed."""

_DECLARATION = b"<?xml version='1.0' encoding='utf-8'?>\n"


def sitemaps(maker: Maker, planned: Iterable[Planned], *, most: int = MOST, largest: int = LARGEST) -> dict[str, bytes]:
    """The sitemap by its key: every page that search engines may keep; where it is too large, an index and its parts.

    Args:
        maker: knows the site's address.
        planned: the pages.
        most: addresses that one file may hold.
        largest: bytes that one file may have.
    """
    entries = [
        (page.face.canonical, page.face.changed)
        for page in sorted(planned, key=lambda page: page.address)
        if page.face.canonical
    ]
    parts = list(_parts(entries, most, largest))
    if len(parts) == 1:
        return {"sitemap.xml": _file("urlset", "url", parts[0])}
    files = {f"sitemap-{number}.xml": _file("urlset", "url", part) for number, part in enumerate(parts, start=1)}
    newest = [max((changed for _, changed in part), default="") for part in parts]
    named = [(maker.full(f"/{key}"), day) for key, day in zip(files, newest, strict=True)]
    return {"sitemap.xml": _file("sitemapindex", "sitemap", named), **files}


_Entry = tuple[str, str]
"""A full address, and the day on which what stands there changed, or nothing."""


def _parts(entries: Iterable[_Entry], most: int, largest: int) -> Iterator[list[_Entry]]:
    """The entries in files that are each small enough; one file where there are none."""
    part: list[_Entry] = []
    empty = size = len(_file("urlset", "url", [("", "")])) - len(_written("url", ("", "")))
    for entry in entries:
        own = len(_written("url", entry))
        if part and (len(part) == most or size + own > largest):
            yield part
            part, size = [], empty
        part.append(entry)
        size += own
    yield part


def _written(name: str, entry: _Entry) -> bytes:
    """An entry as it stands in a file: indented by a space for each level, with the end of its last line."""
    address, changed = entry
    day = f"  <lastmod>{_text(changed)}</lastmod>\n" if changed else ""
    return f" <{name}>\n  <loc>{_text(address)}</loc>\n{day} </{name}>\n".encode("utf-8", "xmlcharrefreplace")


def _text(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _file(root: str, name: str, entries: Iterable[_Entry]) -> bytes:
    """A file of entries, as `xml.etree` writes it, without a tree of objects for thousands that are all alike."""
    lines = b"".join(_written(name, entry) for entry in entries)
    opened = f'<{root} xmlns="{SITEMAP}"'.encode()
    whole = opened + b">\n" + lines + f"</{root}>".encode() if lines else opened + b" />"
    return _DECLARATION + whole + b"\n"


def robots(maker: Maker) -> bytes:
    """Everything may be read; in a preview, nothing."""
    if maker.for_editors:
        return b"User-agent: *\nDisallow: /\n"
    return f"User-agent: *\nAllow: /\n\nSitemap: {maker.full('/sitemap.xml')}\n".encode()
