"""Feed, sitemap, robots, redirects, the page for what is not there, and the record of a build."""

import datetime as dt
import hashlib
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from clinic.library.audience import Audience
from clinic.output import BUILD, MANIFEST
from clinic.projections.feed import ATOM, BEFORE_ALL
from clinic.projections.sitemap import SITEMAP
from tests.laws.world import World, small_world
from tests.views.faces import CONDITION, add, line

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
URL = "https://clinic.example.com"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return small_world(tmp_path, audience=Audience.PATIENTS)


def built(world: World, name: str) -> bytes:
    """A file of the output."""
    world.build()
    return (world.output / name).read_bytes()


def feed_of(world: World) -> ET.Element:
    """The feed, read."""
    return ET.fromstring(built(world, "feed.xml"))


def said(entry: ET.Element, name: str) -> str:
    """The text of the one child of that name."""
    found = entry.findall(f"{{{ATOM}}}{name}")
    assert len(found) == 1, f"exactly one {name}"
    return found[0].text or ""


def entries(feed: ET.Element) -> dict[str, ET.Element]:
    """The entries by their titles."""
    return {said(entry, "title"): entry for entry in feed.findall(f"{{{ATOM}}}entry")}


def test_the_feed_has_all_that_atom_asks_for(world: World) -> None:
    """RFC 4287, 4.1.1 and 4.1.2: id, title and updated; an author; a link to itself; ids that are unique."""
    feed = feed_of(world)
    assert feed.tag == f"{{{ATOM}}}feed"
    assert said(feed, "id") == f"{URL}/feed.xml"
    assert said(feed, "title")
    assert INSTANT.fullmatch(said(feed, "updated"))
    assert feed.find(f"{{{ATOM}}}author/{{{ATOM}}}name") is not None
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{{{ATOM}}}link")}
    assert links == {"self": f"{URL}/feed.xml", "alternate": f"{URL}/announcements/"}
    found = entries(feed)
    assert len(found) == 4
    for entry in found.values():
        assert said(entry, "id").startswith(f"{URL}/announcements/")
        assert INSTANT.fullmatch(said(entry, "published"))
        assert INSTANT.fullmatch(said(entry, "updated"))
        assert said(entry, "summary")
        assert entry.find(f"{{{ATOM}}}link").get("href") == said(entry, "id")  # type: ignore[union-attr]
    assert len({said(entry, "id") for entry in found.values()}) == len(found)


def test_the_newest_comes_first_and_the_feed_is_as_new_as_its_newest_change(world: World) -> None:
    feed = feed_of(world)
    assert list(entries(feed)) == ["Closed on December 25", "We open on Mondays", "Hours in October", "Summer hours"]
    assert said(feed, "updated") == max(said(entry, "updated") for entry in entries(feed).values())


def test_an_ended_announcement_keeps_its_entry_and_says_so(world: World) -> None:
    ended = entries(feed_of(world))["Summer hours"]
    assert said(ended, "published") == "2026-06-29T07:00:00Z"
    assert said(ended, "updated") == "2026-08-01T07:00:00Z"
    assert "This notice has ended" in said(ended, "summary")
    live = entries(feed_of(world))["Closed on December 25"]
    assert "Through Friday 25 December 2026" in said(live, "summary")
    assert "ended" not in said(live, "summary")


def test_drafts_upcoming_and_withdrawn_ones_are_not_in_the_feed(world: World) -> None:
    line("announcements/summer-hours.md", "status: withdrawn\nwhy: It was wrong.")(world)
    line("announcements/october-hours.md", "status: draft")(world)
    line("announcements/closed-in-december.md", "publish: 2026-12-01")(world)
    assert list(entries(feed_of(world))) == ["We open on Mondays"]
    assert list(entries(feed_of(world.told(audience=Audience.EDITORS)))) == ["We open on Mondays"]


def test_a_feed_without_entries_is_a_feed(world: World) -> None:
    for page in (world.content / "announcements").iterdir():
        page.unlink()
    feed = feed_of(world)
    assert entries(feed) == {}
    assert said(feed, "updated") == BEFORE_ALL


def test_markup_in_a_title_is_text_in_the_feed(world: World) -> None:
    world.change("announcements/summer-hours.md", "title: Summer hours", 'title: "Hours & <b>days</b> "')
    assert any(title.startswith("Hours & <b>") for title in entries(feed_of(world.told(audience=Audience.EDITORS))))


def pages_in(world: World) -> dict[str, str | None]:
    """The addresses of the sitemap with their last change."""
    root = ET.fromstring(built(world, "sitemap.xml"))
    assert root.tag == f"{{{SITEMAP}}}urlset"
    return {
        str(each.findtext(f"{{{SITEMAP}}}loc")): each.findtext(f"{{{SITEMAP}}}lastmod")
        for each in root.findall(f"{{{SITEMAP}}}url")
    }


def test_the_sitemap_has_what_search_engines_may_keep(world: World) -> None:
    line("pages/accessibility.md", "noindex: yes")(world)
    line("pages/nondiscrimination.md", "status: withdrawn\nwhy: New words come.\naliases: [/old/]")(world)
    found = pages_in(world)
    assert {f"{URL}/", f"{URL}/conditions/low-back-pain/", f"{URL}/locations/main/"} <= set(found)
    for gone in ("accessibility/", "nondiscrimination/", "plans/", "404.html", "old/"):
        assert f"{URL}/{gone}" not in found


def test_the_last_change_is_what_the_content_says_and_no_clock(world: World) -> None:
    assert pages_in(world)[f"{URL}/conditions/low-back-pain/"] is None
    line(CONDITION, "changes:\n  - date: 2026-03-04\n    what: A.\n  - date: 2026-05-06\n    what: B.")(world)
    found = pages_in(world)
    assert found[f"{URL}/conditions/low-back-pain/"] == "2026-05-06"
    assert found[f"{URL}/announcements/summer-hours/"] == "2026-08-01"  # it ended when July did
    assert found[f"{URL}/announcements/closed-in-december/"] == "2026-11-16"
    assert pages_in(world.at("2026-11-23T10:00:00")) == found


def test_robots_may_read_the_site_and_not_the_preview(world: World) -> None:
    public = built(world, "robots.txt").decode()
    assert f"Sitemap: {URL}/sitemap.xml" in public
    assert "Disallow" not in public
    preview = built(world.told(audience=Audience.EDITORS), "robots.txt").decode()
    assert preview == "User-agent: *\nDisallow: /\n"


def test_a_site_below_a_path_names_itself_with_it(world: World) -> None:
    moved = world.told(url="https://host.example/clinic/")
    assert "https://host.example/clinic/sitemap.xml" in built(moved, "robots.txt").decode()
    assert said(feed_of(moved), "id") == "https://host.example/clinic/feed.xml"
    assert "https://host.example/clinic/conditions/low-back-pain/" in pages_in(moved)


def test_the_page_for_what_is_not_there_stands_at_its_own_address(world: World) -> None:
    manifest = world.build().written.manifest
    assert manifest.files["404.html"].role == "page"
    assert "not-found/index.html" not in manifest.files


@pytest.mark.parametrize(
    ("alias", "key"),
    [("/old/", "old/index.html"), ("/old.html", "old.html"), ("/old", "old/index.html"), ("/x/b.php", "x/b.php")],
)
def test_an_old_address_of_any_form_leads_on(alias: str, key: str, world: World) -> None:
    line(CONDITION, f"aliases: [{alias}]")(world)
    manifest = world.build().written.manifest
    assert manifest.files[key].role == "redirect"
    assert manifest.files[key].content_type == "text/html; charset=utf-8"
    assert b"/conditions/low-back-pain/" in (world.output / key).read_bytes()


def record(world: World) -> dict[str, object]:
    """build.json, read."""
    found = json.loads(built(world, BUILD))
    assert isinstance(found, dict)
    return found


def test_the_record_names_the_manifest_by_its_digest_and_stands_outside_it(world: World) -> None:
    found = record(world)
    manifest = (world.output / MANIFEST).read_bytes()
    assert found["manifest"] == hashlib.sha256(manifest).hexdigest()
    assert BUILD.encode() not in manifest
    assert MANIFEST.encode() not in manifest


def test_the_record_counts_what_is_there(world: World) -> None:
    add("pages/more.md", "---\ntitle: More\nsummary: More.\naliases: [/m/]\n---\n\nMore.\n")(world)
    found = record(world)
    files = world.build().written.manifest.files.values()
    counts = found["counts"]
    assert isinstance(counts, dict)
    assert counts["files"] == len(list(world.content.rglob("*.md")))
    assert counts["pages"] == sum(file.role in {"page", "index"} for file in files)
    assert counts["redirects"] == 1
    assert counts["pictures"] == 1
    assert found["audience"] == "patients"
    assert {"jinja2", "markdown", "tzdata"} <= set(found["versions"])  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        ("2026-11-22T09:00:00", "2026-11-16T08:00:00Z"),  # the banner of December
        ("2026-12-26T00:00:00", "2026-12-26T08:00:00Z"),  # its end
        ("2026-12-29T12:00:00", "2026-12-29T08:00:00Z"),  # the end of a special day
        ("2020-01-01T00:00:00", None),
    ],
)
def test_the_record_says_when_the_site_last_changed_by_itself_and_never_now(
    now: str, moment: str | None, world: World
) -> None:
    assert record(world.at(now))["moment"] == moment


def test_moments_are_compared_in_one_place_only(world: World) -> None:
    """The record's moment is a moment of the timeline: the site's own, and none of the machine's."""
    library = world.build().site.library
    assert library.timeline.last == dt.datetime(2026, 11, 16, 8, tzinfo=dt.UTC)
    assert all(moment > library.timeline.now for moment in library.timeline.coming)
