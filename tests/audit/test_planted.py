"""A checker that can't fail proves nothing: each of the audit's is shown a good site, and faults planted in a copy.

The checkers of others take their time, so these run in full: `python3 run.py test --full`.
"""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from clinic.commands.providing import AUDIT
from clinic.release.served_headers import written
from tests.audit import feeds, header_files, lighthouse, links, tools, typed_data
from tests.browser.sites import ROOT, BuiltSite

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

MODULES = AUDIT.place / "node_modules"
PAGE = "conditions/low-back-pain/index.html"

Checker = Callable[[Path, Path], list[str]]
"""Takes a built site and a folder for what it writes itself; gives the faults."""


class Plant(NamedTuple):
    """What is planted where, instead of what, and what the checker must say of it."""

    checker: str
    file: str
    good: str
    bad: str
    says: str


def _styles(_site: Path, scratch: Path) -> list[str]:
    return tools.stylelint(sorted(scratch.glob("*.css")), MODULES, scratch, scratch)


CHECKERS: dict[str, Checker] = {
    "links": lambda site, _: links.faults(site)[1],
    "feeds": lambda site, _: feeds.faults(site),
    "nu-html-checker": lambda site, _: tools.vnu([site], MODULES),
    "html-validate": lambda site, scratch: tools.html_validate([site], MODULES, scratch),
    "stylelint": _styles,
}

PLANTS = (
    Plant("links", PAGE, '<a class="skip" href="#_content">', '<a class="skip" href="#_contents">', "no such place"),
    Plant("links", PAGE, 'href="/conditions/"', 'href="/condition/"', "leads nowhere"),
    Plant("links", PAGE, 'href="/conditions/"', 'href="/conditions"', "is sent on to /conditions/"),
    Plant("links", PAGE, 'href="tel:911"', 'href="tel:9one1"', "nobody can be reached"),
    Plant("links", PAGE, "</main>", '<p id="_content">Planted.</p></main>', "is there 2 times"),
    Plant("links", PAGE, 'rel="canonical" href="', 'rel="canonical" href="/a', "says that its address is"),
    Plant("feeds", "feed.xml", "<updated>", "<updated>yesterday ", "is no moment"),
    Plant("feeds", "feed.xml", "</entry>", "</entries>", "not well formed"),
    Plant("feeds", "sitemap.xml", "<loc>", "<loc>/", "no full address"),
    Plant("feeds", "robots.txt", "User-agent: *", "Agents: all", "no rule"),
    Plant("nu-html-checker", PAGE, "</main>", "<p><div>Planted.</div></p></main>", "p"),
    Plant("nu-html-checker", PAGE, "</main>", '<img src="/a.png"></main>', "alt"),
    Plant("nu-html-checker", PAGE, "</head>", "<style>p { colour: red }</style></head>", "colour"),
    Plant("html-validate", PAGE, "</main>", '<img src="/a.png"></main>', "wcag/h37"),
    Plant("html-validate", PAGE, "</main>", "<button>Planted</button></main>", "no-implicit-button-type"),
)

NEWER_STYLES = {
    "a:has(b) { color: red }": "has",
    "a { b { color: red } }": "nest",
    "a { color: light-dark(red, blue) }": "light-dark",
    "a { width: clamp(1px, 2px, 3px) }": "clamp",
    "@layer a { b { color: red } }": "layer",
    "a { display: grid; grid-template-rows: subgrid }": "subgrid",
    "a { colour: red }": "colour",
}
"""Rules that no browser of 2019 knows, each with a word of what stylelint must say."""


@pytest.fixture
def copy(sites: dict[str, BuiltSite], tmp_path: Path) -> Path:
    """The sample site, to be spoilt."""
    return Path(shutil.copytree(sites["sample"].folder, tmp_path / "site"))


@pytest.mark.parametrize("checker", [name for name in CHECKERS if name != "stylelint"])
def test_the_good_site_passes(checker: str, copy: Path, tmp_path: Path) -> None:
    assert CHECKERS[checker](copy, tmp_path) == []


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant.checker}: {plant.bad}")
def test_a_planted_fault_is_found(plant: Plant, copy: Path, tmp_path: Path) -> None:
    file = copy / plant.file
    text = file.read_text(encoding="utf-8")
    assert plant.good in text
    file.write_text(text.replace(plant.good, plant.bad), encoding="utf-8")
    found = CHECKERS[plant.checker](copy, tmp_path)
    assert any(plant.says in fault and plant.file in fault for fault in found), found


def test_the_themes_styles_pass(tmp_path: Path) -> None:
    files = sorted((ROOT / "theme" / "static" / "style").glob("*.css"))
    assert len(files) > 3
    assert tools.stylelint(files, MODULES, tmp_path, ROOT) == []


@pytest.mark.parametrize(("rule", "says"), NEWER_STYLES.items())
def test_what_browsers_of_2019_do_not_know_is_found(rule: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text(f"{rule}\n", encoding="utf-8")
    found = CHECKERS["stylelint"](tmp_path, tmp_path)
    assert any(says in fault for fault in found), found


def test_header_files_pass_and_their_planted_faults_are_found(sites: dict[str, BuiltSite], tmp_path: Path) -> None:
    for name, text in written(sites["sample"].headers).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert header_files.faults(tmp_path) == []
    assert header_files.uncaught(tmp_path) == []


def test_structured_data_pass_and_their_planted_faults_are_found(sites: dict[str, BuiltSite]) -> None:
    site = sites["sample"].folder
    assert typed_data.faults(site, MODULES) == []
    assert typed_data.uncaught(site, MODULES, PAGE) == []


def test_lighthouse_finds_what_is_planted(sites: dict[str, BuiltSite], copy: Path) -> None:
    site = replace(sites["sample"], folder=copy)
    page = next(page for page in site.pages if page.key == PAGE)
    assert [fault for report in lighthouse.reports(site, [page], MODULES) for fault in report.faults] == []
    file = copy / PAGE
    html = file.read_text(encoding="utf-8")
    planted = html.replace("</main>", '<img src="/missing.png"><p style="color: #fefefe">Planted.</p></main>')
    file.write_text(planted.replace('<meta name="description"', '<meta name="described"'), encoding="utf-8")
    found = [fault for report in lighthouse.reports(site, [page], MODULES) for fault in report.faults]
    assert [word for word in ("accessibility", "best-practices", "seo") if any(f"for {word}" in f for f in found)] == [
        "accessibility",
        "best-practices",
        "seo",
    ], found
