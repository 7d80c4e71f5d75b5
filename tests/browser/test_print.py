"""Every article on paper, Letter and A4: few sheets, whole cards, addresses, and a QR code that leads back to it."""

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, Route
from pypdf import PdfReader

from clinic.build import plan_site
from clinic.cache import Cache
from clinic.library.addresses import address_of, key_of
from tests.chromium import started
from tests.harness import SITE, checked
from tests.theme.making import ROOT, THEME

MOST_SHEETS = 4
SITES = {"sample": ROOT / "content", "small": SITE}

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Served:
    """A whole site at its own public address, out of memory, and one browser page that looks at it."""

    page: Page
    url: str
    articles: tuple[str, ...]
    """The addresses of all pages that are no index."""
    asked: list[str]
    """The addresses that the browser has asked for."""

    def open(self, address: str) -> Page:
        self.asked.clear()
        self.page.emulate_media(media="null")
        self.page.goto(self.url + address)
        return self.page


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with started() as opened:
        yield opened


@pytest.fixture(scope="module", params=sorted(SITES))
def site(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Served]:
    content: Path = SITES[request.param]
    library = checked(content).library
    assert library is not None
    planned = plan_site(library, theme=THEME, content=content, cache=Cache(None))
    files = {file.key: file for file in planned.wanted}
    asked: list[str] = []

    def answer(route: Route) -> None:
        if "icon." not in route.request.url:  # the browser takes its time over those
            asked.append(route.request.url)
        file = files[key_of(urlsplit(route.request.url).path)]
        route.fulfill(body=file.make().body, content_type=file.content_type)

    page = chromium.new_page()
    page.route("**/*", answer)
    articles = tuple(address_of(file.key) for file in planned.wanted if file.role == "page")
    yield Served(page, planned.url.rstrip("/"), articles, asked)
    page.close()


def squeezed(text: str) -> str:
    """A text without its spaces, since lines and columns break anywhere, and without ligatures."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def printed(page: Page, size: str) -> list[str]:
    """The text of each sheet, without spaces and without its number."""
    sheets = PdfReader(io.BytesIO(page.pdf(format=size))).pages
    texts = [squeezed(sheet.extract_text()) for sheet in sheets]
    numbers = [f"{number}/{len(sheets)}" for number in range(1, len(sheets) + 1)]
    assert all(number in text for number, text in zip(numbers, texts, strict=True))
    return [text.removesuffix(number).removeprefix(number) for number, text in zip(numbers, texts, strict=True)]


BLOCKS = """(selector) => {
  const blocks = "h1, h2, h3, h4, p, li, dt, dd, th, td, summary";
  return [...document.querySelectorAll(selector)].filter((each) => each.getClientRects().length).map((each) => {
    const all = each.matches(blocks) ? [each, ...each.querySelectorAll(blocks)] : [...each.querySelectorAll(blocks)];
    return all.filter((block) => block.getClientRects().length && !block.querySelector(blocks))
      .map((block) => block.innerText);
  });
}"""
"""The texts of the smallest blocks within each element that is shown: between them paper has bullets and numbers."""

TOGETHER = (".card", ".review", ".glance", "main tr", "main li")
"""What no sheet may break."""


LATIN = re.compile(r"[\u0000-\u024f\u2000-\u22ff]*")
"""What the fonts of any computer that runs tests can write: what they can't, a PDF doesn't tell."""


def test_an_article_fits_its_sheets_and_says_on_paper_what_it_says_on_the_screen(site: Served) -> None:
    faults: list[str] = []
    for address in site.articles:
        page = site.open(address)
        printouts = {size: printed(page, size) for size in ("Letter", "A4")}
        page.emulate_media(media="print")
        (said,) = page.evaluate(BLOCKS, "main")
        together = [texts for selector in TOGETHER for texts in page.evaluate(BLOCKS, selector)]
        headings = {squeezed(text) for (text,) in page.evaluate(BLOCKS, "main h2, main h3")}
        if page.evaluate(BLOCKS, "nav, .skip, .banners"):
            faults.append(f"{address}: has ways to elsewhere")
        for size, sheets in printouts.items():
            where, plain = f"{address} on {size}", [_without_addresses(sheet) for sheet in sheets]
            paper = "".join(plain)
            if len(sheets) > MOST_SHEETS:
                faults.append(f"{where}: {len(sheets)} sheets")
            if address != "/404.html" and squeezed(site.url + address) not in "".join(sheets):
                faults.append(f"{where}: does not say its own address")
            faults += [f"{where}: not there: {t}" for t in said if LATIN.fullmatch(t) and squeezed(t) not in paper]
            broken = [texts for texts in together if not any(_all_in(texts, sheet) for sheet in plain)]
            faults += [f"{where}: broken: {texts}" for texts in broken]
            faults += [f"{where}: ends a sheet: {each}" for s in sheets[:-1] for each in headings if s.endswith(each)]
    assert faults == [], "\n".join(faults)
    assert site.articles


def _all_in(texts: list[str], sheet: str) -> bool:
    return all(squeezed(text) in sheet for text in texts if LATIN.fullmatch(text))


def _without_addresses(sheet: str) -> str:
    """Paper without the addresses that the stylesheet puts after links: no text of the page has them."""
    return re.sub(r"\(https?://[^\s()]*\)", "", sheet)


def test_every_address_within_the_text_is_whole_and_phone_numbers_stand_once(site: Served) -> None:
    address = next(each for each in site.articles if each.startswith("/procedures/"))
    page = site.open(address)
    paper = "".join(printed(page, "Letter"))
    page.emulate_media(media="print")
    links: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(".reading a[href]")]
             .filter((each) => each.getClientRects().length).map((each) => each.getAttribute("href"))"""
    )
    inside = {href for href in links if href.startswith("/")}
    outside = {href for href in links if href.startswith("http")}
    assert inside
    assert outside
    assert [href for href in inside if f"({site.url}{href})" not in paper] == []
    assert [href for href in outside if f"({href})" not in paper] == []
    assert "(tel:" not in paper
    assert "(#" not in paper


def test_the_qr_code_of_every_article_leads_to_it_and_screens_do_not_show_it(site: Served) -> None:
    for address in site.articles:
        page = site.open(address)
        if address == "/404.html":
            assert page.locator(".qr").count() == 0
            continue
        assert not page.locator(".qr").is_visible()
        page.emulate_media(media="print")
        picture = Image.open(io.BytesIO(page.locator(".qr").screenshot()))
        assert [code.text for code in zxingcpp.read_barcodes(picture)] == [site.url + address]


LOADED = """() => Promise.all([...document.images].map((image) => {
  image.loading = "eager";
  return image.decode();
}))"""


def test_paper_asks_for_nothing_that_the_screen_did_not(site: Served) -> None:
    page = site.open(next(each for each in site.articles if each.startswith("/procedures/")))
    page.evaluate(LOADED)
    before = sorted(site.asked)
    page.pdf(format="Letter")
    assert sorted(site.asked) == before


SMALL = """() => {
  const small = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const each = walk.currentNode.parentElement;
    if (!walk.currentNode.textContent.trim() || !each.getClientRects().length || each.closest("sup, sub")) continue;
    if (parseFloat(getComputedStyle(each).fontSize) < 15.99) small.push(each.outerHTML.slice(0, 80));
  }
  return small;
}"""


def test_nothing_on_paper_is_smaller_than_12_points(site: Served) -> None:
    for address in site.articles:
        page = site.open(address)
        page.emulate_media(media="print")
        assert page.evaluate(SMALL) == [], address


TICKS = """(selector) => [...document.querySelectorAll(selector)].map((each) => {
  const box = getComputedStyle(each, "::before");
  return [each.innerText, parseFloat(box.borderTopWidth) > 0 && box.borderTopStyle === "solid", parseFloat(box.width)];
})"""


def test_getting_ready_is_a_list_with_boxes_to_tick(site: Served) -> None:
    page = site.open(next(each for each in site.articles if each.startswith("/procedures/")))
    lists = ".is-preparing .do li, .is-preparing .prose ul > li"
    assert not any(drawn for _, drawn, _ in page.evaluate(TICKS, lists))
    page.emulate_media(media="print")
    boxes: list[Any] = page.evaluate(TICKS, lists)
    assert bool(boxes) == (site.url != "https://clinic.example.com")
    assert all(drawn and width > 8 for _, drawn, width in boxes), boxes
    assert not any(drawn for _, drawn, _ in page.evaluate(TICKS, ".is-preparing .dont li"))


def test_an_edge_and_words_set_cards_apart_where_paper_has_no_colour(site: Served) -> None:
    address = next(each for each in site.articles if each.startswith("/procedures/"))
    page = site.open(address)
    page.emulate_media(media="print")
    found: list[Any] = page.evaluate(
        """() => [...document.querySelectorAll(".card")].map((each) => {
          const style = getComputedStyle(each);
          return [each.className, style.borderTopStyle, parseFloat(style.borderTopWidth), style.backgroundColor];
        })"""
    )
    edges = {kind.split()[1]: (style, width) for kind, style, width, _ in found}
    assert edges["emergency"][0] == "double"
    assert edges["emergency"][1] > edges["call-us"][1] > 0
    assert {ground for *_, ground in found} == {"rgba(0, 0, 0, 0)"}
