"""The sitemap's bytes are those that the standard library's writer of XML gives, whatever addresses hold."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from clinic.cache import Cache
from clinic.library.audience import Audience
from clinic.projections.sitemap import SITEMAP, sitemaps
from clinic.views.maker import Maker
from clinic.views.site import Face, Planned
from tests.laws.world import small_world

Entries = Sequence[tuple[str, str]]

TEXTS = st.text(max_size=30) | st.text(alphabet="&<>\"'\r\n\t;#]é中\U0001f600\ud800\x00 amp", max_size=30)
ENTRIES = st.lists(st.tuples(TEXTS.map(lambda text: f"https://clinic.example.com/{text}"), TEXTS), max_size=12)


@pytest.fixture(scope="module")
def maker(tmp_path_factory: pytest.TempPathFactory) -> Maker:
    world = small_world(tmp_path_factory.mktemp("world"), audience=Audience.PATIENTS)
    with Cache(world.settings.cache) as cache:
        return world.site(cache)[0].maker


def planned(entries: Entries) -> list[Planned]:
    """Pages with these full addresses and days, in this order; search engines keep those that have an address."""
    return [
        Planned(f"/{number:05}/", object, "page", known=Face("page.html", "en", "", address, day, ()))
        for number, (address, day) in enumerate(entries)
    ]


def by_the_library(root: str, name: str, entries: Entries) -> bytes:
    """The same file by way of a tree of elements."""
    tree = ET.Element(root, {"xmlns": SITEMAP})
    for address, day in entries:
        entry = ET.SubElement(tree, name)
        ET.SubElement(entry, "loc").text = address
        if day:
            ET.SubElement(entry, "lastmod").text = day
    ET.indent(tree, " ")
    return bytes(ET.tostring(tree, encoding="utf-8", xml_declaration=True)) + b"\n"


@given(ENTRIES)
@example([])
@example([("https://clinic.example.com/?a=1&b=<2>", "2026-11-22"), ("https://clinic.example.com/é]]>", "")])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_sitemap_is_what_the_library_would_write(maker: Maker, entries: Entries) -> None:
    kept = [*planned(entries), Planned("/zz/", object, "page", known=Face("page.html", "en", "", "", "", ()))]
    assert sitemaps(maker, reversed(kept)) == {"sitemap.xml": by_the_library("urlset", "url", entries)}


@given(ENTRIES.filter(len), st.integers(1, 5), st.integers(200, 900))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_so_is_each_part_of_a_large_one(maker: Maker, entries: Entries, most: int, largest: int) -> None:
    files = sitemaps(maker, planned(entries), most=most, largest=largest)
    if len(files) == 1:
        assert len(entries) <= most
        assert len(files["sitemap.xml"]) <= largest or len(entries) == 1
        return
    rest, named = list(entries), []
    for number in range(1, len(files)):
        body = files[f"sitemap-{number}.xml"]
        held = len(re.findall(rb"^ <url>$", body, re.MULTILINE))
        here, rest = rest[:held], rest[held:]
        assert body == by_the_library("urlset", "url", here)
        assert len(here) <= most
        assert len(body) <= largest or len(here) == 1
        together = by_the_library("urlset", "url", [*here, *rest[:1]])
        assert not rest or len(here) == most or len(together) > largest, "the next address would have fitted"
        named.append((f"https://clinic.example.com/sitemap-{number}.xml", max(day for _, day in here)))
    assert rest == []
    assert files["sitemap.xml"] == by_the_library("sitemapindex", "sitemap", named)
