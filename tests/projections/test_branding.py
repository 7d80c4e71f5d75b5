"""Icons for tabs and home screens, and the cards that others see of a page that is passed on."""

import io
import re
from html import unescape
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from clinic.assets import AssetProblem
from clinic.colour import accent, contrast
from clinic.library.audience import Audience
from clinic.library.drawings import Flaw
from clinic.projections import cards
from clinic.projections.cards import card, drawable
from clinic.projections.icons import FALLBACK, TAB, TOUCH, icons_of, mark_of_drawing, mark_of_logo
from tests.drawn import drawing, encoded
from tests.laws.world import ROOT, World, difference, files_of, small_world
from tests.views.faces import CONDITION, line

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20">'
TEAL, RED = (11, 95, 107), (200, 20, 20)
SHADES = accent("#0b5f6b")


def opened(body: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(body))
    image.load()
    return image


def pixel(image: Image.Image, x: float, y: float) -> tuple[int, ...]:
    """The pixel at a place, each 0 to 1."""
    found = image.convert("RGBA").getpixel((int(x * image.width), int(y * image.height)))
    assert isinstance(found, tuple)
    return found


def drawn(inside: str) -> Image.Image:
    return mark_of_drawing(f"{HEAD}{inside}</svg>".encode(), "#0b5f6b")


# The theme's icon


SHAPES = {
    "a rectangle": '<rect x="2" y="2" width="16" height="16" fill="currentColor"/>',
    "a circle": '<circle cx="10" cy="10" r="8" fill="currentColor"/>',
    "an ellipse": '<ellipse cx="10" cy="10" rx="8" ry="8" fill="#0b5f6b"/>',
    "a polygon": '<polygon points="2,2 18,2 18,18 2,18" fill="currentColor"/>',
    "lines": '<path d="M2 2h16v16H2z" fill="currentColor"/>',
    "lines by numbers": '<path d="m2,2 16,0 0,16-16,0z" fill="currentColor"/>',
    "lines there": '<path d="M2 2L18 2 18 18 2 18V2Z" fill="currentColor"/>',
    "curves": '<path d="M2 2C8 2 12 2 18 2Q18 10 18 18c-6 0-10 0-16 0z" fill="currentColor"/>',
}


@pytest.mark.parametrize("what", SHAPES)
def test_a_plain_shape_is_drawn_where_a_browser_draws_it(what: str) -> None:
    mark = drawn(SHAPES[what])
    assert pixel(mark, 0.5, 0.5) == (*TEAL, 255)
    assert pixel(mark, 0.5, 0.15)[3] == 255
    assert pixel(mark, 0.02, 0.5)[3] == 0


def test_round_corners_holes_and_order_are_kept() -> None:
    round_one = drawn('<rect width="20" height="20" rx="8" fill="currentColor"/>')
    assert (pixel(round_one, 0.02, 0.02)[3], pixel(round_one, 0.5, 0.02)[3]) == (0, 255)
    hole = "M0 0h20v20h-20z M5 5v10h10v-10z"
    assert pixel(drawn(f'<path d="{hole}"/>'), 0.5, 0.5)[3] == 0, "the inner outline runs the other way round"
    same = "M0 0h20v20h-20z M5 5h10v10h-10z"
    assert pixel(drawn(f'<path d="{same}"/>'), 0.5, 0.5)[3] == 255
    assert pixel(drawn(f'<path fill-rule="evenodd" d="{same}"/>'), 0.5, 0.5)[3] == 0
    over = drawn('<rect width="20" height="20" fill="#c81414"/><rect width="10" height="20" fill="#fff"/>')
    assert (pixel(over, 0.2, 0.5)[:3], pixel(over, 0.8, 0.5)[:3]) == ((255, 255, 255), RED)


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0 0a5 5 0 0 1 5 5z"/>',
        '<path d="M0 0l5 x"/>',
        '<path d="5 5"/>',
        '<rect width="20" height="20" transform="rotate(9)"/>',
        '<rect width="20" height="20" stroke="red"/>',
        '<rect width="2em" height="20"/>',
        '<rect width="20" height="20" fill="red"/>',
        "<g><rect/></g>",
        "<text>A</text>",
        "<line/>",
    ],
)
def test_what_only_browsers_can_draw_is_a_fault_of_the_theme(inside: str, tmp_path: Path) -> None:
    with pytest.raises(Flaw):
        drawn(inside)
    world = small_world(tmp_path)
    icon = world.settings.theme / "static" / "icon.svg"
    icon.write_text(f"{HEAD}{inside}</svg>")
    with pytest.raises(AssetProblem, match=r"icon\.svg:1: The theme's icon can't be made into a picture"):
        world.build()


def test_the_icon_of_our_theme_is_drawn() -> None:
    mark = mark_of_drawing((ROOT / "theme" / "static" / "icon.svg").read_bytes(), "#0b5f6b")
    assert pixel(mark, 0.5, 0.5)[:3] == (255, 255, 255)
    assert pixel(mark, 0.5, 0.05)[:3] == TEAL


# Icons


def test_every_icon_has_its_size_and_a_phone_s_is_never_clear() -> None:
    made = icons_of(drawn(SHAPES["a circle"]))
    touch = opened(made.touch)
    assert (touch.size, touch.mode, touch.format) == ((TOUCH, TOUCH), "RGB", "PNG")
    assert opened(made.tab).size == (TAB, TAB)
    ico = Image.open(io.BytesIO(made.fallback))
    assert ico.format == "ICO"
    assert ico.info["sizes"] == {(size, size) for size in FALLBACK}
    assert max(map(len, (made.touch, made.tab, made.fallback))) < 10_000


def test_a_mark_that_fills_its_square_fills_the_icon_and_another_has_room() -> None:
    full = opened(icons_of(drawn('<rect width="20" height="20" rx="6" fill="currentColor"/>')).touch)
    assert pixel(full, 0.01, 0.01)[:3] == TEAL, "the phone cuts the corners itself"
    within = opened(icons_of(drawn(SHAPES["a circle"])).touch)
    assert pixel(within, 0.01, 0.01)[:3] == (255, 255, 255)


LOGOS = [((192, 192), True), ((200, 170), True), ((170, 200), True), ((300, 100), False), ((40, 40), False)]


@pytest.mark.parametrize(("size", "square"), LOGOS)
def test_a_logo_that_is_about_square_is_the_icon(size: tuple[int, int], square: bool) -> None:  # noqa: FBT001
    mark = mark_of_logo(encoded(Image.new("RGB", size, RED), "PNG"), *size)
    assert (mark is not None) == square
    if mark is not None:
        assert mark.width == mark.height
        assert pixel(mark, 0.5, 0.5)[:3] == RED


# Cards


def of(name: str, kind: str = "Procedures") -> Image.Image:
    """The card of a clinic and a kind."""
    mark = drawn(SHAPES["a circle"])
    body = card(name, kind, accent=SHADES.light, on_accent=SHADES.on_light, mark=mark)
    assert len(body) < 30_000
    return opened(body).convert("RGB")


def lettered(image: Image.Image, box: tuple[float, float, float, float]) -> bool:
    """Whether something is written in a part of a card, each side 0 to 1."""
    left, top, right, bottom = box
    part = image.crop((int(left * 1200), int(top * 630), int(right * 1200), int(bottom * 630)))
    return len(part.getcolors(100_000) or ()) > 1


NAME, KIND, MIDDLE = (0.05, 0.6, 0.3, 0.95), (0.5, 0.1, 0.95, 0.4), (0.3, 0.3, 0.7, 0.7)


def test_a_card_has_the_clinic_s_name_and_what_its_pages_are() -> None:
    image = of("Portland Pain and Spine")
    assert image.size == (1200, 630)
    assert lettered(image, NAME)
    assert lettered(image, KIND)
    assert not lettered(image, MIDDLE)
    assert not lettered(of("Portland Pain and Spine", ""), KIND)
    assert contrast(SHADES.light, SHADES.on_light) >= 4.5
    assert of("One").tobytes() != of("Two").tobytes() != of("Two", "Conditions").tobytes()


@pytest.mark.parametrize(
    "name", ["疼痛诊所", "Клиника", "Clínica", "عيادة", "Clinic \u200b", "A" * 90, "word " * 60, ""]
)
def test_what_can_not_be_written_well_is_not_written(name: str) -> None:
    image = of(name)
    assert not lettered(image, NAME)
    assert lettered(image, MIDDLE), "the icon stands alone"
    assert not lettered(of("Clinic", "治疗"), KIND)


def test_letters_that_would_be_boxes_are_known() -> None:
    """Whatever is said to be there looks like no other letter, and not like the sign for none."""
    assert drawable("Portland Pain and Spine, LLC & Co. (503) 555-0100!")
    assert not any(drawable(letter) for letter in "漢عΩ\u0000\U0001f600")


def test_no_sixth_of_a_second_line_is_cut_off() -> None:
    for name in (
        "Portland Pain and Spine Center of Oregon",
        "The Northwest Institute for the Treatment of Pain and Spine",
    ):
        image = of(name, "")
        for edge in ((0, 0, 1, 0.1), (0, 0.95, 1, 1), (0, 0, 0.05, 1), (0.95, 0, 1, 1)):
            assert not lettered(image, edge)


# In a site


@pytest.fixture
def world(tmp_path: Path) -> World:
    return small_world(tmp_path, audience=Audience.PATIENTS, theme=ROOT / "theme")


def said(world: World, page: str) -> dict[str, str]:
    """What the head of a page says to whoever passes it on."""
    html = (world.output / page).read_text()
    found = re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)">', html)
    assert len(found) == len(dict(found)), "each once"
    return {name: unescape(value) for name, value in found}


def test_a_page_tells_what_others_shall_see_of_it(world: World) -> None:
    manifest = world.build().written.manifest
    told = said(world, "procedures/nerve-block/index.html")
    image = told.pop("og:image")
    assert told == {
        "og:type": "article",
        "og:site_name": "Example Clinic",
        "og:title": "Nerve block",
        "og:description": told["og:description"],
        "og:url": "https://clinic.example.com/procedures/nerve-block/",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Example Clinic: Procedures",
        "twitter:card": "summary_large_image",
    }
    key = image.removeprefix("https://clinic.example.com/")
    assert manifest.files[key].role == "asset"
    assert key in manifest.files["procedures/nerve-block/index.html"].assets, "a release keeps what a live page shows"
    assert opened((world.output / key).read_bytes()).size == (1200, 630)
    assert said(world, "procedures/index.html")["og:image"] == image
    assert said(world, "index.html")["og:image"] != image
    assert said(world, "index.html")["og:title"] == "Example Clinic"
    assert said(world, "clinicians/dr-example/index.html")["og:type"] == "profile"


def test_what_search_engines_may_not_keep_has_no_card(world: World) -> None:
    line("pages/accessibility.md", "noindex: yes")(world)
    line("pages/nondiscrimination.md", "status: withdrawn\nwhy: New words come.\naliases: [/old/]")(world)
    line("pages/privacy-practices.md", "status: draft")(world.told(audience=Audience.EDITORS))
    world.build()
    pages = ("accessibility/index.html", "nondiscrimination/index.html", "404.html", "old/index.html")
    assert [said(world, page) for page in pages] == [{}] * 4
    editors = world.told(audience=Audience.EDITORS)
    editors.build()
    assert said(editors, "privacy-practices/index.html") == {}, "a draft is for nobody else"
    assert said(editors, CONDITION.replace(".md", "/index.html"))


def test_the_icons_of_a_site_are_the_theme_s_or_its_square_logo(world: World) -> None:
    world.build()
    files = files_of(world.output)
    html = files["index.html"].decode()
    (icon,) = re.findall(r'<link rel="icon" href="/([^"]+)">', html)
    (touch,) = re.findall(r'<link rel="apple-touch-icon" href="/([^"]+)">', html)
    assert icon.endswith(".svg")
    assert opened(files[touch]).size == (TOUCH, TOUCH)
    assert Image.open(io.BytesIO(files["favicon.ico"])).format == "ICO"
    logo = Image.new("RGB", (200, 200), RED)
    ImageDraw.Draw(logo).ellipse((50, 50, 150, 150), fill="white")
    (world.content / "images" / "logo.png").write_bytes(encoded(logo, "PNG"))
    clinic = world.page("clinic.yaml")
    clinic.write_text(f"{clinic.read_text()}logo: logo.png\n")
    world.build()
    after = files_of(world.output)
    (icon,) = re.findall(r'<link rel="icon" href="/([^"]+)">', after["index.html"].decode())
    assert pixel(opened(after[icon]), 0.1, 0.1)[:3] == RED
    assert after["favicon.ico"] != files["favicon.ico"]


@pytest.mark.parametrize("logo", ["wide.png", "plain.svg"])
def test_a_logo_that_can_not_stand_in_a_square_leaves_the_theme_s_icon(logo: str, world: World) -> None:
    (world.content / "images" / "wide.png").write_bytes(encoded(drawing(600, 100), "PNG"))
    (world.content / "images" / "plain.svg").write_text(f'{HEAD}<circle r="9"/></svg>')
    clinic = world.page("clinic.yaml")
    clinic.write_text(f"{clinic.read_text()}logo: {logo}\n")
    world.build()
    html = (world.output / "index.html").read_text()
    assert re.search(r'<link rel="icon" href="[^"]+\.svg">', html)
    assert f'src="/images/{logo.split(".", maxsplit=1)[0]}.' in html, "it stands in the head of the page all the same"


def test_below_a_path_nobody_asks_for_favicon_ico(world: World) -> None:
    moved = world.told(url="https://host.example/clinic/")
    moved.build()
    assert "favicon.ico" not in files_of(moved.output)
    assert said(moved, "index.html")["og:image"].startswith("https://host.example/clinic/a/card-pages.")


def test_icons_and_cards_are_drawn_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn_cards: list[str] = []
    real = cards.card

    def watched(name: str, kind: str, **more: object) -> bytes:
        drawn_cards.append(kind)
        return real(name, kind, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(cards, "card", watched)
    world.build()
    before = files_of(world.output)
    assert len(drawn_cards) == 6
    world.change("pages/home.md", "We treat back pain.", "We treat your back.")
    world.build()
    assert len(drawn_cards) == 6
    world.change("clinic.yaml", "name: Example Clinic\n", "name: Another Clinic\n")
    world.build()
    assert len(drawn_cards) == 12
    world.change("clinic.yaml", "name: Another Clinic\n", "name: Example Clinic\n")
    world.change("pages/home.md", "We treat your back.", "We treat back pain.")
    world.build(anew=True)
    assert difference(files_of(world.output), before) == []
