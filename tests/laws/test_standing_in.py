"""While a page is held back, all others tell of it as its last released version was."""

from pathlib import Path

import pytest

from tests.laws.clockwork import news
from tests.laws.publishing import Publisher, publisher

TITLE = "Closed for snow"


@pytest.fixture
def site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Publisher:
    """The small good site with a closure on every page, released."""
    site = publisher(tmp_path, capsys)
    closure = news("2026-11-21", "2026-11-30", title=TITLE, summary="We are closed on Monday.", level="banner")
    site.world.write("announcements/snow.md", closure)
    assert site.publish().code == 0
    return site


def pages_with(live: dict[str, bytes], text: str) -> set[str]:
    return {key for key, body in live.items() if key.endswith(".html") and text.encode() in body}


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("expires: 2026-11-30", "expires: Monday"),
        ("date: 2026-11-21", "date: 11/21"),
        (f"title: {TITLE}", 'title: "Closed'),
        ("level: banner", "level: baner"),
    ],
)
def test_a_mistake_in_a_closure_leaves_its_banner_on_every_page(site: Publisher, good: str, bad: str) -> None:
    before = site.publish().live
    site.world.change("announcements/snow.md", good, bad)
    site.world.change("pages/home.md", "We treat back pain.", "We treat backs.")
    after = site.publish()
    assert after.code == 1
    assert b"We treat backs." in after.live["index.html"]
    assert pages_with(after.live, TITLE) == pages_with(before, TITLE)


def test_the_banner_still_goes_when_its_day_comes(site: Publisher) -> None:
    site.world.change("announcements/snow.md", "level: banner", "level: baner")
    assert TITLE.encode() in site.publish().live["index.html"]
    assert TITLE.encode() not in site.publish(now="2026-12-01T09:00:00").live["index.html"]


def test_lists_keep_the_title_under_which_the_page_is_live(site: Publisher) -> None:
    site.world.change("conditions/low-back-pain.md", "title: Low back pain", "title: Sore back\nsumary: twice")
    live = site.publish().live
    assert b"Low back pain" in live["conditions/index.html"]
    assert b"Sore back" not in live["conditions/index.html"]
    assert b"/conditions/low-back-pain/<" in live["sitemap.xml"]
