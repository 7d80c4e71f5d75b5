"""The sitemap (sitemaps.org 0.9) and robots.txt (RFC 9309): for search engines."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable

from clinic.views.maker import Maker
from clinic.views.site import Planned

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(planned: Iterable[Planned]) -> bytes:
    """Every page that search engines may keep; the last change is what the content says, never a clock."""
    root = ET.Element("urlset", {"xmlns": SITEMAP})
    for page in sorted(planned, key=lambda page: page.address):
        frame = getattr(page.view, "frame", None)
        if frame is None or not frame.indexable:
            continue
        entry = ET.SubElement(root, "url")
        ET.SubElement(entry, "loc").text = frame.canonical
        if frame.changed is not None:
            ET.SubElement(entry, "lastmod").text = frame.changed.iso
    ET.indent(root, " ")
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def robots(maker: Maker) -> bytes:
    """Everything may be read; in a preview, nothing."""
    if maker.for_editors:
        return b"User-agent: *\nDisallow: /\n"
    return f"User-agent: *\nAllow: /\n\nSitemap: {maker.full('/sitemap.xml')}\n".encode()
