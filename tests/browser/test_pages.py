"""Every template in a real browser at phone width, in both schemes: nothing sticks out, nothing leaves the site."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

import tests.theme.views as by_hand
from clinic.assets import build_assets
from tests.chromium import started
from tests.theme.making import ROOT, THEME, renderer

HOST = "http://clinic.example"
PICTURE = (ROOT / "content" / "images" / "logo.png").read_bytes()

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as opened:
        yield opened


class Site:
    """The pages made by hand, served to one browser page from memory; keeps what went wrong."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.strangers: list[str] = []
        self.complaints: list[str] = []
        self.renderer = renderer()
        built = build_assets(THEME / "static", accent="#0b5f6b", prefix="/")
        self.files = {f"/{asset.key}": (asset.body, asset.content_type) for asset in built.files}
        for name in ("style.css", "icon.svg"):
            self.files[f"/a/{name}"] = self.files[built.address(name)]
        if by_hand.SEARCH.finder is not None:
            self.files[by_hand.SEARCH.finder.script] = self.files[built.address("search.js")]
        page.route("**/*", self.answer)
        page.on(
            "console", lambda said: self.complaints.append(said.text) if said.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def answer(self, route: Route) -> None:
        address = route.request.url
        path = address.removeprefix(HOST)
        if path == address:
            self.strangers.append(address)
            route.abort()
        elif path.startswith("/page/"):
            html = self.renderer.render(by_hand.FULL[path.removeprefix("/page/")])
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif path in self.files:
            body, content_type = self.files[path]
            route.fulfill(body=body, content_type=content_type)
        elif path.endswith(".js"):
            route.fulfill(body="", content_type="text/javascript")
        else:
            route.fulfill(body=PICTURE, content_type="image/png")

    def open(self, name: str) -> None:
        self.page.goto(f"{HOST}/page/{name}")


@pytest.fixture(scope="module", params=["light", "dark"])
def site(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Site]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme=request.param)
    yield Site(context.new_page())
    context.close()


OUTSIDE = """() => {
  const wide = document.documentElement.clientWidth;
  const inside = (each) => each.closest('.table, pre, .skip, .hidden');
  return [...document.body.querySelectorAll('*')]
    .filter((each) => !inside(each) && each.getBoundingClientRect().right > wide + 0.5)
    .map((each) => each.outerHTML.slice(0, 80));
}"""

SMALL = """() => [...document.querySelectorAll(
    '.call, .menu-link, .button, button, .field input, .choice, .letters a, .ways a, .menu a')]
  .filter((each) => each.offsetParent && each.getBoundingClientRect().height < 43.5)
  .map((each) => each.outerHTML.slice(0, 80))"""

CONTRAST = """() => {
  const part = (value) => { const v = value / 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
  const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const read = (text) => text.match(/[\\d.]+/g).map(Number);
  const ground = (each) => {
    for (let at = each; at; at = at.parentElement) {
      const colour = read(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const poor = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const each = walk.currentNode.parentElement;
    if (!walk.currentNode.textContent.trim() || !each.getClientRects().length) continue;
    const [low, high] = [light(read(getComputedStyle(each).color)), light(ground(each))].sort((a, b) => a - b);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < 4.5) poor.push(ratio.toFixed(2) + ' ' + each.outerHTML.slice(0, 60));
  }
  return poor;
}"""

NAMES = sorted(set(by_hand.FULL) - {"redirect.html"})


@pytest.mark.parametrize("name", NAMES)
def test_a_page_fits_a_phone_and_stays_at_home(site: Site, name: str) -> None:
    site.strangers.clear()
    site.complaints.clear()
    site.open(name)
    assert site.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert site.page.evaluate(OUTSIDE) == []
    assert site.page.evaluate(SMALL) == []
    assert site.page.evaluate(CONTRAST) == []
    assert site.complaints == []
    assert site.strangers == []


def test_the_menu_opens_without_a_script(site: Site) -> None:
    site.open("procedure.html")
    menu = site.page.locator("#_menu")
    assert not menu.is_visible()
    site.page.get_by_role("link", name="Menu").click()
    assert menu.is_visible()


def test_an_emergency_number_is_within_the_first_two_screens(site: Site) -> None:
    site.open("procedure.html")
    boxes = [link.bounding_box() for link in site.page.locator('.card.emergency a[href="tel:911"]').all()]
    assert boxes
    assert boxes[0] is not None
    assert boxes[0]["y"] < 2 * 740


def test_a_stranger_on_a_page_would_be_caught(site: Site) -> None:
    site.strangers.clear()
    site.page.goto("about:blank")
    site.page.set_content('<img src="https://elsewhere.example/pixel.png">')
    site.page.wait_for_function("document.images[0].complete")
    assert site.strangers == ["https://elsewhere.example/pixel.png"]


def test_paper_has_the_cards_and_not_the_ways(site: Site) -> None:
    site.open("procedure.html")
    site.page.emulate_media(media="print")
    shown = site.page.evaluate("document.body.innerText")
    site.page.emulate_media(media="screen")
    for words in ("Emergency:", "call 911 now if", "Call us:", "Do not:", "https://clinic.example.com/a-page/"):
        assert words in shown
    for words in ("Menu", "Skip to the content", "Privacy practices", "Ask for an appointment"):
        assert words not in shown
