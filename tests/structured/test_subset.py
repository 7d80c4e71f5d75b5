"""What pages tell search engines is a part of what they tell people; pages that may not be kept tell nothing."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.harness import SITE
from tests.structured.saying import BLOCK, Shown, blocks, pages, things
from tests.structured.sites import built
from tests.structured.subset import unsaid
from tests.theme.making import ROOT

CONTENTS = {"sample": ROOT / "content", "small": SITE}
SCHEMA = {
    "conditions": "MedicalWebPage",
    "procedures": "MedicalWebPage",
    "clinicians": "ProfilePage",
    "locations": "WebPage",
    "announcements": "WebPage",
}


@pytest.fixture(scope="module", params=sorted(CONTENTS))
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(CONTENTS[request.param], tmp_path_factory.mktemp(request.param))


def test_pages_tell_search_engines_nothing_that_they_do_not_show(site: Path) -> None:
    assert {name: found for name, html in pages(site) if (found := unsaid(html))} == {}


def test_every_page_that_may_be_kept_tells_once_and_no_other_page_tells_anything(site: Path) -> None:
    told = 0
    for name, html in pages(site):
        page = Shown(html)
        wanted = not page.noindex and not page.moved
        assert len(blocks(html)) == wanted, name
        told += wanted
    assert told > 20


def test_every_page_has_its_type_and_the_way_to_it(site: Path) -> None:
    for name, html in pages(site):
        found = things(html)
        if not found:
            continue
        folder, _, rest = name.partition("/")
        if folder in SCHEMA and rest.count("/") == 1 and not rest.startswith(("by-", "letter")):
            assert found[0]["@type"] == SCHEMA[folder], name
        crumbs = [thing for thing in found if thing["@type"] == "BreadcrumbList"]
        assert len(crumbs) == (name != "index.html"), name
        if crumbs:
            steps = crumbs[0]["itemListElement"]
            assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
            assert steps[-1]["item"] == found[0]["url"] == Shown(html).canonical


def test_every_id_that_is_mentioned_is_told_of_on_the_page_or_is_the_address_of_a_page(site: Path) -> None:
    """No address of a page that patients can't see: each one leads to a file of the site."""
    files = {name for name, _ in pages(site)}
    for name, html in pages(site):
        for block in blocks(html):
            told = {thing["@id"] for thing in block["@graph"]}
            for address in re.findall(r'"(?:@id|url|item)": "([^"]+)"', json.dumps(block)):
                where, own = urlsplit(address), urlsplit(Shown(html).canonical)
                if where.netloc == own.netloc:
                    assert f"{where.path[1:]}index.html" in files, (name, address)
            for thing in block["@graph"]:
                for each in thing.values():
                    if isinstance(each, dict) and set(each) == {"@id"}:
                        assert each["@id"] in told, (name, each)


def test_the_home_page_names_the_site_and_promises_no_search(site: Path) -> None:
    found = {thing["@type"]: thing for thing in things((site / "index.html").read_text(encoding="utf-8"))}
    assert {"WebSite", "WebPage", "MedicalOrganization", "MedicalClinic"} <= set(found)
    assert "potentialAction" not in found["WebSite"]


PLANTED = [
    ("a word more", '"@type":"MedicalCondition"', '"@type":"MedicalCondition","epidemiology":"green ears"'),
    ("a review that was not", '"@type":"MedicalWebPage"', '"@type":"MedicalWebPage","lastReviewed":"2026-11-01"'),
    ("an address of nowhere", '"@type":"WebSite"', '"@type":"WebSite","sameAs":"https://elsewhere.example/"'),
    ("another number", '"@type":"MedicalOrganization"', '"@type":"MedicalOrganization","telephone":"+15035559999"'),
]


@pytest.mark.parametrize(("what", "good", "bad"), PLANTED, ids=[what for what, _, _ in PLANTED])
def test_a_page_that_tells_more_than_it_shows_is_caught(site: Path, what: str, good: str, bad: str) -> None:
    html = (site / "conditions" / "low-back-pain" / "index.html").read_text(encoding="utf-8")
    assert unsaid(html) == []
    assert html.count(good) == 1
    assert len(unsaid(html.replace(good, bad))) == 1, what


@pytest.mark.parametrize(("good", "bad"), [('"opens":"08:00"', '"opens":"06:00"'), ("Monday", "Sunday")])
def test_hours_that_the_page_does_not_show_are_caught(site: Path, good: str, bad: str) -> None:
    html = (site / "locations" / "main" / "index.html").read_text(encoding="utf-8")
    spoilt = BLOCK.sub(lambda found: found[0].replace(good, bad, 1), html)
    assert spoilt != html
    assert unsaid(spoilt) != []
