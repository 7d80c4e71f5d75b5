"""The stylesheet keeps its own rules: old browsers, both directions, colours in one place."""

import re
from pathlib import Path

import pytest

from clinic.assets import build_assets
from clinic.colour import DARK, LIGHT, MORE_CONTRAST, TEXT_CONTRAST, contrast, read_colour
from tests.theme.making import THEME

FILES = sorted((THEME / "static" / "style").glob("*.css"))
SHEETS = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def declarations(path: Path) -> list[tuple[str, str]]:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.findall(r"([-a-z]+):\s*([^;{}]+);", text)


@SHEETS
def test_nothing_needs_a_browser_newer_than_2019(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for newer in (
        "light-dark(",
        ":has(",
        ":is(",
        ":where(",
        "clamp(",
        "@layer",
        "@container",
        "color-mix(",
        "oklch(",
        "&",
    ):
        assert newer not in re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL), newer
    short = {"margin-block", "margin-inline", "padding-block", "padding-inline", "inset", "inset-block", "inset-inline"}
    told = re.sub(r"columns: 2;\s+column-gap: [^;]+;", "", text)  # between columns a gap is old
    assert {name for name, _ in re.findall(r"([-a-z]+):\s*([^;{}]+);", told)} & (
        short | {"gap", "row-gap", "column-gap"}
    ) == set()


@SHEETS
def test_pages_mirror_in_languages_from_right_to_left(path: Path) -> None:
    for name, value in declarations(path):
        assert not re.search(r"(^|-)(left|right)($|-)", name), name
        assert value.strip() not in {"left", "right"}, name
        if name in {"margin", "padding"} and len(value.split()) == 4:
            assert value.split()[1] == value.split()[3], f"{name}: {value}"


@SHEETS
def test_colours_stand_in_one_file(path: Path) -> None:
    if path.stem != "1-colours":
        for name, value in declarations(path):
            assert not re.search(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", value), f"{name}: {value}"


def schemes() -> list[dict[str, str]]:
    text = (THEME / "static" / "style" / "1-colours.css").read_text(encoding="utf-8")
    blocks = [dict(re.findall(r"--([a-z-]+): ([^;]+);", block)) for block in text.split("@media")]
    light, dark, more, darker = blocks
    return [light, {**light, **dark}, {**light, **more}, {**light, **dark, **more, **darker}]


def colour(scheme: dict[str, str], name: str) -> tuple[int, int, int]:
    """A colour of a scheme, whatever other name it goes by."""
    value = scheme[name]
    if value.startswith("var("):
        return colour(scheme, value[6:-1])
    return read_colour(value if len(value) == 7 else "#" + "".join(2 * each for each in value[1:]))


@pytest.mark.parametrize(
    ("scheme", "least"),
    list(zip(schemes(), [TEXT_CONTRAST, TEXT_CONTRAST, MORE_CONTRAST, MORE_CONTRAST], strict=True)),
    ids=["light", "dark", "more", "more in the dark"],
)
def test_every_text_colour_can_be_read_on_every_ground(scheme: dict[str, str], least: float) -> None:
    for text in ("ink", "muted", "red", "amber", "green"):
        for ground in ("page", "panel", "red-panel", "amber-panel", "code"):
            assert contrast(colour(scheme, text), colour(scheme, ground)) >= least, (text, ground)
    for ground in ("page", "panel"):
        assert contrast(colour(scheme, "edge"), colour(scheme, ground)) >= 3, "WCAG 2.2, 1.4.11: the edge of a field"
    for tone in ("red", "amber", "green"):
        assert contrast(colour(scheme, tone), colour(scheme, "page")) >= least, "titles of cards stand on their tone"


def test_the_accent_is_measured_against_the_grounds_that_pages_have() -> None:
    for scheme, grounds in zip(schemes()[:2], (LIGHT, DARK), strict=True):
        names = ("page", "panel", "code", "red-panel", "amber-panel")
        assert tuple(colour(scheme, name) for name in names) == grounds


def test_selectors_name_only_what_the_templates_have() -> None:
    css = build_assets(THEME / "static", accent="#0b5f6b", prefix="/").files[-1].body.decode()
    templates = "".join(path.read_text(encoding="utf-8") for path in (THEME / "templates").rglob("*.html"))
    built = {"align-center", "align-right", "emergency", "urgent", "call-us", "do", "dont", "important"}
    built |= {"is-preparing", "awaits", "overdue", "changed", "withdrawn", "problems", "ended"}
    said = set(re.findall(r"[\w-]+", " ".join(re.findall(r'class="([^"]*)"', templates)))) | built
    for name in set(re.findall(r"\.([a-z][\w-]*)(?=[^{}]*\{)", css)) - {"table", "only-link"}:  # put there by filters
        assert name in said or name in templates, name
