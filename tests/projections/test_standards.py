"""Feed, sitemap and robots.txt are what their standards ask for; each rule catches a fault that was planted."""

import datetime as dt
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from clinic.cache import Cache
from clinic.library.audience import Audience
from clinic.projections.feed import feed
from clinic.projections.sitemap import sitemaps
from clinic.views.site import planned_indexes, planned_items
from tests.audit.feeds import MAP, atom_faults, faults, robots_faults, sitemap_faults
from tests.laws.world import World, small_world
from tests.structured.saying import Shown, pages, things
from tests.structured.sites import built
from tests.theme.making import ROOT

ENTRIES = re.compile(r"<entry>.*?<id>(.*?)</id>.*?<published>(.*?)</published>\s*<updated>(.*?)</updated>", re.DOTALL)
LOCS = re.compile(r"<loc>(.*?)</loc>(?:\s*<lastmod>(.*?)</lastmod>)?")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return small_world(tmp_path_factory.mktemp("world"), audience=Audience.PATIENTS)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(ROOT / "content", tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def atom(world: World) -> str:
    with Cache(world.settings.cache) as cache:
        return feed(world.site(cache)[0].maker).decode()


def test_the_sample_keeps_to_the_standards(sample: Path) -> None:
    assert faults(sample) == []


def test_the_small_site_keeps_to_them_too(world: World) -> None:
    world.build()
    assert faults(world.output) == []


ATOM_FAULTS = [
    ("<updated>", "<updated>soon ", "no moment"),
    ("<updated>2", "<updated>2026-13-01T00:00:00Z</updated><updated>2", "has 2 updated"),
    (' xml:lang="en"', "", "language"),
    ("<author>", "<editor/><author>", "can't stand in feed"),
    ("<name>Example Clinic</name>", "<name> </name>", "name is empty"),
    ('rel="self"', 'rel="via"', "no link to itself"),
    (
        "https://clinic.example.com/announcements/summer-hours/</id>",
        "/announcements/summer-hours/</id>",
        "full address",
    ),
    ('term="hours"', 'scheme="hours"', "without a term"),
    ("<summary>", '<summary type="xhtml">', "summary is no text"),
    ("<entry>", "<entry><draft/>", "can't stand in entry"),
    ("<published>", "<published>9", "is no moment"),
    ("</feed>", "", "well formed"),
    ("announcements/summer-hours/</id>", "announcements/office-hours/</id>", "two entries"),
]


@pytest.mark.parametrize(("good", "bad", "said"), ATOM_FAULTS)
def test_a_fault_of_the_feed_is_caught(atom: str, good: str, bad: str, said: str) -> None:
    assert atom_faults(atom.encode()) == []
    assert good in atom
    assert any(said in fault for fault in atom_faults(atom.replace(good, bad, 1).encode()))


def test_an_entry_without_a_link_or_with_an_older_change_is_caught(atom: str) -> None:
    at = atom.index("<entry>")
    unlinked = atom[:at] + re.sub(r"<link [^>]*/>", "", atom[at:], count=1)
    assert any("alternate" in fault or "0 link" in fault for fault in atom_faults(unlinked.encode()))
    early = re.sub(r"(<published>)\d{4}", r"\g<1>2999", atom, count=1)
    assert any("before it was published" in fault for fault in atom_faults(early.encode()))


def made(world: World, **limits: int) -> dict[str, bytes]:
    """The sitemap of the small site, with other limits than the standard's."""
    with Cache(world.settings.cache) as cache:
        maker = world.site(cache)[0].maker
    return sitemaps(maker, [*planned_items(maker), *planned_indexes(maker)], **limits)


@pytest.mark.parametrize("limits", [{"most": 4}, {"most": 1}, {"largest": 600}, {"most": 5, "largest": 500}])
def test_a_large_sitemap_is_an_index_and_its_parts(world: World, limits: dict[str, int]) -> None:
    whole, parts = made(world), made(world, **limits)
    assert set(whole) == {"sitemap.xml"}
    assert len(parts) > 3
    assert sitemap_faults(parts) == []
    assert all(len(body) <= limits.get("largest", 10**9) for name, body in parts.items() if name != "sitemap.xml")
    told = [found for name, body in parts.items() if name != "sitemap.xml" for found in LOCS.findall(body.decode())]
    assert sorted(told) == sorted(LOCS.findall(whole["sitemap.xml"].decode()))
    index = dict(LOCS.findall(parts["sitemap.xml"].decode()))
    for address, day in index.items():
        own = [changed for _, changed in LOCS.findall(parts[address.rpartition("/")[2]].decode())]
        assert day == max(own)
        assert not limits.get("most") or len(own) <= limits["most"]


SITEMAP_FAULTS = [
    ("<loc>https://clinic.example.com/</loc>", "<loc>/</loc>", "no full address"),
    ("<loc>https://clinic.example.com/</loc>", "<loc>https://other.example/</loc>", "several hosts"),
    ("<lastmod>2026-", "<lastmod>26-", "at no day"),
    ("<urlset", "<sitemapindex", "well formed"),
    ("<loc>", "<priority>1</priority><loc>", "an entry of"),
    ("https://clinic.example.com/conditions/</loc>", "https://clinic.example.com/</loc>", "2 times"),
]


@pytest.mark.parametrize(("good", "bad", "said"), SITEMAP_FAULTS)
def test_a_fault_of_the_sitemap_is_caught(world: World, good: str, bad: str, said: str) -> None:
    text = made(world)["sitemap.xml"].decode()
    assert good in text
    spoilt = {"sitemap.xml": text.replace(good, bad, 1).encode()}
    assert any(said in fault for fault in sitemap_faults(spoilt))


def test_limits_and_lost_parts_are_caught(world: World) -> None:
    parts = made(world, most=4)
    assert any("addresses" in fault for fault in sitemap_faults(parts, most=3))
    assert any("bytes" in fault for fault in sitemap_faults(parts, largest=100))
    del parts["sitemap-2.xml"]
    assert any("the index names" in fault for fault in sitemap_faults(parts))
    assert sitemap_faults({}) == ["there is no sitemap.xml"]
    assert MAP in sitemap_faults({"sitemap.xml": made(world, most=4)["sitemap.xml"]})[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("User-agent: *\nAllow: /\n", "names the sitemaps"),
        ("User-agent: *\nAllow: /\nSitemap: https://elsewhere.example/sitemap.xml\n", "names the sitemaps"),
        ("Hello\nUser-agent: *\nDisallow: /\n", "is no rule"),
        ("Allow: /\nSitemap: https://clinic.example.com/sitemap.xml\n", "does not begin"),
        ("", "does not begin"),
    ],
)
def test_a_fault_of_robots_txt_is_caught(world: World, text: str, said: str) -> None:
    assert any(said in fault for fault in robots_faults(text, made(world)))


def test_no_old_address_can_take_the_place_of_a_part_of_the_sitemap(tmp_path: Path) -> None:
    world = small_world(tmp_path)
    world.change("pages/accessibility.md", "---\n\n", "aliases: [/sitemap-12.xml]\n---\n\n")
    assert any("sitemap" in error for error in world.errors())


def test_all_faces_of_the_site_say_the_same_dates(sample: Path) -> None:
    """The sitemap's last change is the newest that a page shows and tells; a notice's is the feed's, by the day."""
    changed = dict(LOCS.findall((sample / "sitemap.xml").read_text(encoding="utf-8")))
    entries = {id_: (start, end) for id_, start, end in ENTRIES.findall((sample / "feed.xml").read_text("utf-8"))}
    seen = 0
    for name, html in pages(sample):
        page, found = Shown(html), {thing["@type"]: thing for thing in things(html)}
        if page.canonical not in changed:
            assert not found, name
            continue
        medical, news = found.get("MedicalWebPage"), found.get("NewsArticle")
        day = changed[page.canonical]
        if medical is not None:
            assert medical.get("dateModified", "") == day, name
            assert not day or day in page.dates
            assert "lastReviewed" not in medical  # nobody has reviewed the sample
        if news is not None:
            start, last = entries[page.canonical]
            assert news["datePublished"] in page.dates
            assert local(start) == news["datePublished"], name
            assert local(last) == day
            assert news.get("expires", "") in {"", *page.dates}
        if medical is None and news is None:
            assert day == "" or day in page.dates
        seen += bool(day)
    assert seen >= 11


def local(moment: str) -> str:
    """The day of a moment on the clinic's clock; notices of the sample start and end at midnight there."""
    return dt.datetime.fromisoformat(moment).astimezone(ZoneInfo("America/Los_Angeles")).date().isoformat()
