"""The sitemap (sitemaps.org 0.9) and robots.txt (RFC 9309): for search engines.

`lastmod` is the day on which the page's content last changed by its own account (`clinic.views.framing.changed_of`):
the newest of "What changed", the start or end of an announcement. A page that names no such day has none: a guess, or
the day of a build, would teach search engines not to believe it.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator

from clinic.views.maker import Maker
from clinic.views.site import Planned

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"

MOST = 50_000
"""Addresses that one sitemap may hold, and sitemaps that an index may (sitemaps.org)."""

LARGEST = 50 * 1024 * 1024
"""Bytes that one sitemap may have, uncompressed."""


def sitemaps(maker: Maker, planned: Iterable[Planned], *, most: int = MOST, largest: int = LARGEST) -> dict[str, bytes]:
    """The sitemap by its key: every page that search engines may keep; where it is too large, an index and its parts.

    Args:
        maker: knows the site's address.
        planned: the pages.
        most: addresses that one file may hold.
        largest: bytes that one file may have.
    """
    entries = [
        _entry("url", page.face.canonical, page.face.changed)
        for page in sorted(planned, key=lambda page: page.address)
        if page.face.canonical
    ]
    parts = list(_parts(entries, most, largest))
    if len(parts) == 1:
        return {"sitemap.xml": _file("urlset", parts[0])}
    files = {f"sitemap-{number}.xml": _file("urlset", part) for number, part in enumerate(parts, start=1)}
    newest = [max((entry.findtext("lastmod") or "" for entry in part), default="") for part in parts]
    named = [_entry("sitemap", maker.full(f"/{key}"), day) for key, day in zip(files, newest, strict=True)]
    return {"sitemap.xml": _file("sitemapindex", named), **files}


def _entry(name: str, address: str, changed: str) -> ET.Element:
    entry = ET.Element(name)
    ET.SubElement(entry, "loc").text = address
    if changed:
        ET.SubElement(entry, "lastmod").text = changed
    return entry


def _parts(entries: list[ET.Element], most: int, largest: int) -> Iterator[list[ET.Element]]:
    """The entries in files that are each small enough; one file where there are none."""
    part: list[ET.Element] = []
    empty = size = len(_file("urlset", []))
    for entry in entries:
        # Indented by a space for each level: four lines, and what stands between them.
        own = len(ET.tostring(entry, encoding="utf-8", xml_declaration=False)) + 10
        if part and (len(part) == most or size + own > largest):
            yield part
            part, size = [], empty
        part.append(entry)
        size += own
    yield part


def _file(name: str, entries: list[ET.Element]) -> bytes:
    root = ET.Element(name, {"xmlns": SITEMAP})
    root.extend(entries)
    ET.indent(root, " ")
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def robots(maker: Maker) -> bytes:
    """Everything may be read; in a preview, nothing."""
    if maker.for_editors:
        return b"User-agent: *\nDisallow: /\n"
    return f"User-agent: *\nAllow: /\n\nSitemap: {maker.full('/sitemap.xml')}\n".encode()
