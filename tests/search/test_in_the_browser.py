"""The search in a real browser: what it finds, what it says and to whom, and that no word of it leaves the page."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, expect

from clinic.library.audience import Audience
from tests.chromium import started
from tests.harness import good_site
from tests.search.corpus import SHARED, slips
from tests.search.made import Search, large_search, search_of
from tests.search.visitor import HOST, Visitor

pytestmark = pytest.mark.browser

LONG = "Pneumonoultramicroscopicsilicovolcanoconiosisandsomemorelettersuntilthereareninetyofthemall"
"""A title of 90 letters without a space."""

MARKUP = 'Pain <img src=x onerror=alert(1)> & \\"quotes\\" 🦴'
"""A title that would be markup, were it ever read as such; as YAML has it between double quotes."""

PAGES = {
    "long": f"title: {LONG}",
    "markup": f'title: "{MARKUP}"',
    "x-ray": "title: X-ray of the chest\nalso_called: [Röntgen picture]",
    "arabic": "title: ألم الظهر\nlang: ar\nalso_called: [وجع الظهر]",
    "japanese": "title: 腰痛について\nlang: ja",
    "spanish": "title: Ciática\nlang: es\nalso_called: [Dolor del nervio ciático]",
    "symptom": "title: Spinal stenosis\nsymptoms: [legs that tire when you walk]",
    "palsy": "title: Bell's palsy\nbody_parts: [lower-back]",
    "knee-one": "title: Knee pain",
    "knee-two": "title: Knee sprain",
    "knee-three": "title: Knee swelling",
    "draft": "title: Unfinished business\nstatus: draft",
}

PAGE = """---
{fields}
summary: A summary.
author: front-desk
sources:
  - id: medlineplus
    title: Back Pain
    publisher: MedlinePlus
    url: https://medlineplus.gov/backpain.html
    accessed: 2026-11-02
---

## What it is

Words.

## A rare heading

Words.
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as opened:
        yield opened


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small good site with pages that are hard to find."""
    folder = good_site(tmp_path_factory.mktemp("search"))
    for slug, fields in PAGES.items():
        (folder / "conditions" / f"{slug}.md").write_text(PAGE.format(fields=fields), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def small(content: Path) -> Search:
    return search_of(content)


@pytest.fixture
def visitor(browser: Browser, small: Search) -> Iterator[Visitor]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    made = Visitor(context.new_page(), small)
    made.open()
    yield made
    context.close()


@pytest.mark.parametrize("count", [200, pytest.param(2000, marks=pytest.mark.slow)])
def test_slips_in_titles_are_forgiven_and_other_names_found_first(browser: Browser, tmp_path: Path, count: int) -> None:
    search = large_search(tmp_path, count)
    visitor = Visitor(browser.new_page(), search)
    visitor.open()
    typed = slips(search.pages, 200)
    answers = visitor.ask(*[text for text, _ in typed])
    missed = [
        (text, page.title)
        for (text, page), answer in zip(typed, answers, strict=True)
        if page.address not in answer["hrefs"][:3]
    ]
    assert len(missed) <= 0.05 * len(typed), missed
    names = [(other, page) for page in search.pages for other in page.others if other not in SHARED][:400]
    answers = visitor.ask(*[other for other, _ in names])
    assert [answer["hrefs"][0] for answer in answers] == [page.address for _, page in names]
    titles = search.pages[:400]
    answers = visitor.ask(*[page.title.upper() for page in titles])
    assert [answer["hrefs"][0] for answer in answers] == [page.address for page in titles]
    both = {page.address for page in search.pages if SHARED[0] in page.others}
    assert all({*answer["hrefs"][:2]} == both for answer in visitor.ask(*SHARED))
    assert visitor.complaints == []
    visitor.page.close()


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("bells palsy", "palsy"),
        ("BELL\u2019S PALSY", "palsy"),
        ("bell palsy", "palsy"),
        ("palsies", "palsy"),
        ("x-ray", "x-ray"),
        ("xray of chest", "x-ray"),
        ("chest x ray", "x-ray"),
        ("my chest xray", "x-ray"),
        ("rontgen", "x-ray"),
        ("ro\u0308ntgen picture", "x-ray"),
        ("ciatica", "spanish"),
        ("nervio ciático", "spanish"),
        ("ألم الظهر", "arabic"),
        ("الظهر", "arabic"),
        ("腰痛", "japanese"),
        ("痛", "japanese"),
        (LONG.lower()[:40], "long"),
        (LONG.replace("volcano", "volcnao"), "long"),
        ("pain 🦴 <img", "markup"),
        ("tired legs walk", "symptom"),
        ("legs that tire", "symptom"),
        ("stenosis rare heading", "symptom"),
        ("lumbagoo", "low-back-pain"),
        ("unfinished", None),
        ("\u0301 - ' 🦴", None),
        ("constructor", None),
    ],
)
def test_names_are_found_however_they_are_written(visitor: Visitor, query: str, first: str | None) -> None:
    (answer,) = visitor.ask(query)
    assert answer["hrefs"][:1] == ([f"/conditions/{first}/"] if first else [])
    assert visitor.complaints == []


def test_what_is_found_is_said_with_its_kind_and_other_name(visitor: Visitor) -> None:
    exact, guess, nothing = visitor.ask("Lumbago", "Lumbgo", "xyzzyq")
    assert exact["said"] == "Pages found: 1."
    assert exact["texts"][0].split("\n")[0] == "Low back pain Condition"
    assert exact["texts"][0].endswith("Also called: lumbago")
    assert guess["said"] == "Nothing is spelt like that. Did you mean: lumbago? Pages found: 1."
    assert (nothing["said"], nothing["hrefs"]) == ("Nothing on this site is called that.", [])
    help_ = visitor.page.locator(".search .help")
    expect(help_).to_be_visible()
    assert "tel:+15035550100" in {link.get_attribute("href") for link in help_.get_by_role("link").all()}
    visitor.page.get_by_role("link", name="Look in the A to Z below.").click()
    expect(visitor.page.get_by_role("heading", name="Everything A to Z")).to_be_in_viewport()
    visitor.ask("Lumbago")
    expect(help_).to_be_hidden()


def test_a_keyboard_is_enough_and_a_screen_reader_is_told(visitor: Visitor) -> None:
    page = visitor.page
    field = page.get_by_role("searchbox", name="What are you looking for?")
    expect(page.get_by_role("search")).to_be_visible()
    for _ in range(40):
        page.keyboard.press("Tab")
        if field.evaluate("(each) => each === document.activeElement"):
            break
    page.keyboard.type("knee")
    expect(page.get_by_role("status")).to_have_text("Pages found: 3.")
    assert page.get_by_role("status").get_attribute("hidden") is None
    page.keyboard.press("Enter")
    expect(field).to_be_focused()
    assert page.url == f"{HOST}/search/#q=knee"
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Search")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("list", name="Pages found").get_by_role("link").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{HOST}/conditions/knee-one/")


def test_going_back_brings_back_what_was_asked(visitor: Visitor) -> None:
    page = visitor.page
    field, results = page.get_by_role("searchbox"), page.get_by_role("list", name="Pages found").get_by_role("link")
    field.fill("knee")
    field.press("Enter")
    field.fill("lumbago")
    field.press("Enter")
    expect(results).to_have_count(1)
    page.go_back()
    expect(results).to_have_count(3)
    expect(field).to_have_value("knee")
    field.fill("stenosis")
    expect(results).to_have_text(["Spinal stenosis"])
    results.first.click()
    page.wait_for_url("**/conditions/symptom/")
    page.go_back()
    expect(results).to_have_text(["Spinal stenosis"])
    expect(field).to_have_value("stenosis")
    visitor.open()
    expect(page.get_by_role("status")).to_have_text("")
    expect(field).to_have_value("")


def test_no_request_says_what_was_asked_and_nothing_is_stored(visitor: Visitor) -> None:
    words = ["lumbago", "xyzzyq", "legs that tire"]
    for word in words:
        visitor.page.get_by_role("searchbox").fill(word)
        visitor.page.get_by_role("searchbox").press("Enter")
    visitor.ask(*words)
    visitor.page.get_by_role("searchbox").fill("lumbago")
    results = visitor.page.get_by_role("list", name="Pages found").get_by_role("link")
    expect(results).to_have_text(["Low back pain"])
    results.first.click()
    visitor.page.wait_for_url("**/conditions/low-back-pain/")
    asked = [unquote(address) for address in visitor.asked]
    assert any(".json" in address for address in asked)
    assert not [address for address in asked if any(word in address for word in ("lumbago", "xyzzyq", "tire"))]
    assert not [address for address in asked if "?" in address or not address.startswith(HOST)]
    kept = visitor.page.evaluate("[document.cookie, localStorage.length, sessionStorage.length].join()")
    assert kept == ",0,0"
    visitor.asked.clear()
    visitor.page.goto(f"{HOST}/search/lumbago/?q=lumbago")
    assert [address for address in visitor.asked if "lumbago" in address], "the recorder would have seen it"


def test_the_second_file_is_fetched_only_where_the_first_finds_fewer_than_three(visitor: Visitor) -> None:
    visitor.ask("knee")
    assert [address.rsplit("/", 1)[1].split(".")[1:-2] for address in visitor.asked if ".json" in address] == [["en"]]
    visitor.ask("lumbago")
    assert [address for address in visitor.asked if ".en.more." in address]


def test_markup_in_a_name_or_in_the_field_stays_text(visitor: Visitor) -> None:
    page = visitor.page
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    (answer,) = visitor.ask("pain img src onerror")
    assert answer["texts"][0].startswith('Pain <img src=x onerror=alert(1)> & "quotes" 🦴')
    visitor.ask("<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "{}", "$&", "lumbgo $& {}")
    assert page.locator(".search img, .search script").count() == 0
    assert visitor.complaints == []
    visitor.open("#q=%E0%A4%A")
    expect(page.get_by_role("searchbox")).to_be_visible()


def test_long_and_right_to_left_names_hold_on_a_small_screen(visitor: Visitor) -> None:
    visitor.ask(LONG)
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 360
    visitor.ask("ألم الظهر")
    link = visitor.page.get_by_role("list", name="Pages found").get_by_role("link").first
    assert link.evaluate("(each) => [each.lang, getComputedStyle(each).direction]") == ["ar", "rtl"]


def test_without_a_connection_it_says_so_and_works_again_after(visitor: Visitor) -> None:
    visitor.offline = True
    (answer,) = visitor.ask("lumbago")
    assert answer["said"] == "The search could not be loaded. Perhaps there is no connection just now."
    expect(visitor.page.locator(".search .help")).to_be_visible()
    visitor.offline = False
    visitor.page.get_by_role("button", name="Search").click()
    expect(visitor.page.get_by_role("status")).to_have_text("Pages found: 1.")


def test_without_scripts_there_is_an_a_to_z_and_no_field_that_does_nothing(browser: Browser, small: Search) -> None:
    context = browser.new_context(java_script_enabled=False)
    visitor = Visitor(context.new_page(), small)
    visitor.open()
    expect(visitor.page.get_by_role("searchbox")).to_have_count(0)
    expect(visitor.page.get_by_role("button", name="Search")).to_have_count(0)
    visitor.page.get_by_role("navigation", name="Letters").get_by_role("link", name="L", exact=True).click()
    expect(visitor.page.get_by_role("link", name="Low back pain").first).to_be_in_viewport()
    context.close()


def test_editors_find_drafts(browser: Browser, content: Path) -> None:
    visitor = Visitor(browser.new_page(), search_of(content, audience=Audience.EDITORS))
    visitor.open()
    (answer,) = visitor.ask("unfinished")
    assert answer["hrefs"] == ["/conditions/draft/"]
    visitor.page.close()
