"""Every component has a contract, fixtures and a sound structure; it fits 320 px, and is heard as recorded."""

import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from clinic.assets import build_assets
from tests.chromium import started
from tests.theme.component import FIXTURES, NAMES, Fixture, contracts, fits, fixtures, html_of, public
from tests.theme.making import ROOT, THEME
from tests.theme.structure import faults

EACH = pytest.mark.parametrize("name", NAMES)
HOST = "http://clinic.example"
PICTURE = (ROOT / "content" / "images" / "logo.png").read_bytes()
CASES = [
    pytest.param(name, fixture, id=f"{name}: {title}") for name in NAMES for title, fixture in fixtures(name).items()
]


@EACH
def test_every_macro_that_templates_use_states_the_type_of_each_argument(name: str) -> None:
    stated = contracts(name)
    assert public(name), "no template uses it"
    assert public(name) <= set(stated)
    for macro in public(name):
        assert tuple(stated[macro].types) == stated[macro].arguments, macro


@EACH
def test_every_macro_that_templates_use_has_a_fixture(name: str) -> None:
    assert {fixture.macro for fixture in fixtures(name).values()} == public(name)


@pytest.mark.parametrize(("name", "fixture"), CASES)
def test_a_fixture_holds_what_the_contract_says(name: str, fixture: Fixture) -> None:
    contract = contracts(name)[fixture.macro]
    for value, (argument, kind) in zip(fixture.gets, contract.types.items(), strict=True):
        assert fits(value, kind), f"{argument}: {value!r} is no {kind}"


@pytest.mark.parametrize(("name", "fixture"), CASES)
def test_a_component_is_sound_for_people_who_hear_it(name: str, fixture: Fixture) -> None:
    html = html_of(name, fixture)
    assert html.strip()
    assert faults(html) == []


def test_no_fixtures_are_kept_for_a_component_that_is_gone() -> None:
    assert sorted(path.stem.replace("_", "-") for path in FIXTURES.glob("*.py")) == NAMES
    assert sorted(path.name.removesuffix(".heard.txt") for path in FIXTURES.glob("*.txt")) == NAMES


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<ul><p>a</p></ul>", "no item"),
        ("<div><li>a</li></div>", "outside of a list"),
        ('<a href="/"></a>', "says nothing: <a>"),
        ("<a>there</a>", "leads nowhere"),
        ('<img src="a.png">', "no description"),
        ("<nav><a href='/'>a</a></nav>", "ways have no name"),
        ("<section><p>a</p></section>", "neither heading nor name"),
        ("<table><tr><th>a</th></tr></table>", "does not say of what"),
        ('<section aria-label="a"><table><tr><td>a</td></tr></table></section>', "a table has no name"),
        ("<h2>a</h2><h4>b</h4>", "h4 follows h2"),
        ("<input>", "without a label"),
        ("<fieldset><input></fieldset>", "a group of fields has no name"),
        ('<p id="a"></p><p id="a"></p>', "two things have the id a"),
        ('<p style="color:red">a</p>', "style or script is brought along"),
        ("<svg></svg>", "a drawing is heard"),
    ],
)
def test_a_fault_of_structure_is_found(html: str, fault: str) -> None:
    assert any(fault in each for each in faults(html))


@pytest.fixture(scope="module")
def phone() -> Iterator[Page]:
    """A browser page 320 px wide, which gets the stylesheet and pictures from memory."""
    built = build_assets(THEME / "static", accent="#0b5f6b", prefix="/")
    (sheet,) = [asset for asset in built.files if asset.key.endswith(".css")]
    with started() as opened:
        page = opened.new_page(viewport={"width": 320, "height": 640})
        page.route("**/*", lambda route: route.fulfill(body=PICTURE, content_type="image/png"))
        page.route("**/style.css", lambda route: route.fulfill(body=sheet.body, content_type=sheet.content_type))
        page.route("**/fixture", lambda route: route.fulfill(body="", content_type="text/html"))
        page.goto(f"{HOST}/fixture")
        yield page


OUTSIDE = """() => [...document.body.querySelectorAll("*")]
  .filter((each) => !each.closest(".table, .hidden") && each.getBoundingClientRect().right > 320.5)
  .map((each) => each.outerHTML.slice(0, 80))"""
TARGETS = "button, input, summary, .button, .call, nav a, li > a:only-child, h3 a"
SMALL = """(targets) => [...document.querySelectorAll(targets)]
  .filter((each) => each.offsetParent && !each.closest("p, label, .hidden"))
  .filter((each) => each.getBoundingClientRect().height < 43.5)
  .map((each) => each.outerHTML.slice(0, 80))"""


@pytest.mark.browser
@EACH
def test_a_component_fits_320_pixels_and_is_heard_as_recorded(name: str, phone: Page) -> None:
    heard = []
    for title, fixture in fixtures(name).items():
        html = html_of(name, fixture)
        phone.set_content(
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{name}</title>'
            f'<link rel="stylesheet" href="{HOST}/style.css"></head><body><main><div id="fixture">{html}</div></main>'
        )
        assert phone.evaluate(OUTSIDE) == [], title
        assert phone.evaluate(SMALL, TARGETS) == [], title
        heard.append(f"== {title}\n{phone.locator('#fixture').aria_snapshot()}\n")
    recorded = FIXTURES / f"{name}.heard.txt"
    said = re.sub(r"[^\S\n]+\n", "\n", "\n".join(heard))
    if os.environ.get("UPDATE_HEARD"):
        recorded.write_text(said, encoding="utf-8")
    assert recorded.read_text(encoding="utf-8") == said, "look at it; if it is right: UPDATE_HEARD=1 pytest tests/theme"
