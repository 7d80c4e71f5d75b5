"""The files behind the search: what they say of which pages, how large they are, and how they go out."""

import gzip
import json
import re
from pathlib import Path

import pytest

from clinic.build import plan_site
from clinic.cache import Cache
from clinic.library.audience import Audience
from clinic.manifest import ASSET_CACHE
from clinic.render import links_of
from tests.harness import good_site
from tests.laws.world import World, files_of, small_world
from tests.search.made import THEME, Search, large_search, search_of

WITHIN = {200: 10_000, 2000: 40_000}
"""Bytes of the script and the first file, compressed (patients.md)."""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return good_site(tmp_path)


def header(content: Path, path: str, *lines: str) -> None:
    """Puts lines into a header."""
    file = content / path
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("---\n", "---\n" + "".join(f"{line}\n" for line in lines), 1), encoding="utf-8")


def titles(search: Search, lang: str = "en") -> dict[str, list[str]]:
    """The names that a first file holds: the other names by title."""
    read = json.loads(search.body(search.key(f"a/search.{lang}.", ".json")))
    return {title: others for _, title, _, *others in read["names"]}


@pytest.mark.parametrize("count", [200, pytest.param(2000, marks=pytest.mark.slow)])
def test_the_first_search_is_small(tmp_path: Path, count: int) -> None:
    search = large_search(tmp_path, count)
    keys = [search.key("a/search.", ".js"), search.key("a/search.en.", ".json")]
    assert sum(len(gzip.compress(search.body(key), 9, mtime=0)) for key in keys) <= WITHIN[count]
    page = search.body("search/index.html")
    css = search.body(search.key("a/style.", ".css"))
    assert len(gzip.compress(page + css, 9, mtime=0)) <= 20_000, "patients.md: an index within 20 KB"


def test_every_public_page_is_in_it_with_its_kind_and_other_names(content: Path) -> None:
    search = search_of(content)
    read = json.loads(search.body(search.key("a/search.en.", ".json")))
    assert read["lang"] == "en"
    assert read["kinds"][0] == ["Condition", "/conditions/"]
    found = titles(search)
    assert found["Low back pain"] == ["lumbago"]
    assert {"Main office", "Dr. Example", "Ask for an appointment", "Accessibility"} <= found.keys()
    assert not {"Search this site", "We can't find that page", "Care for your back"} & found.keys()


def test_addresses_lead_to_pages_that_are_there(content: Path) -> None:
    search = search_of(content)
    for key in (name for name in search.files if re.fullmatch(r"a/search\.[a-z-]+\.\w{16}\.json", name)):
        read = json.loads(search.body(key))
        made = search.files[key].make()
        named = []
        for kind, title, step, *_ in read["names"]:
            last = step or "-".join(re.findall("[a-z0-9]+", title.lower().replace("'", "")))
            named.append(f"{read['kinds'][kind][1]}{last}/index.html".removeprefix("/"))
        assert set(named) == set(made.links)
        assert set(named) <= search.files.keys()


def test_it_is_an_asset_that_the_search_page_names(content: Path) -> None:
    search = search_of(content)
    for key in (name for name in search.files if name.startswith("a/search.")):
        file = search.files[key]
        assert (file.role, file.cache_control) == ("asset", ASSET_CACHE)
        assert f"/{key}" in links_of(search.body("search/index.html"))
        assert f"/{key}" not in links_of(search.body("index.html"))


def test_the_address_of_a_site_in_a_folder_is_in_it(content: Path) -> None:
    search = search_of(content, url="https://example.org/clinic/")
    read = json.loads(search.body(search.key("a/search.en.", ".json")))
    assert read["kinds"][0] == ["Condition", "/clinic/conditions/"]
    assert b'data-names="/clinic/a/search.en.' in search.body("search/index.html")


@pytest.mark.parametrize(
    ("path", "line", "title"),
    [
        ("conditions/low-back-pain.md", "noindex: yes", "Low back pain"),
        ("conditions/low-back-pain.md", "status: draft", "Low back pain"),
        ("conditions/low-back-pain.md", "publish: 2027-01-01", "Low back pain"),
    ],
)
def test_what_patients_can_not_see_is_not_found(content: Path, path: str, line: str, title: str) -> None:
    assert title in titles(search_of(content))
    header(content, path, line)
    search = search_of(content)
    assert title not in titles(search)
    assert all(title.encode() not in search.body(key) for key in search.files if key.startswith("a/search."))
    editors = search_of(content, audience=Audience.EDITORS)
    assert (title in titles(editors)) == (not line.startswith("noindex"))


def test_a_withdrawn_page_is_not_found_by_anybody(content: Path) -> None:
    header(content, "conditions/low-back-pain.md", "status: withdrawn", "why: It was wrong.")
    for audience in Audience:
        assert "Low back pain" not in titles(search_of(content, audience=audience))


def test_announcements_are_found_while_they_hold(content: Path) -> None:
    found = titles(search_of(content))
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (content / "announcements").glob("*.md")}
    title = {stem: re.findall("^title: (.*)$", text, re.MULTILINE)[0] for stem, text in texts.items()}
    assert title["closed-in-december"] in found
    assert title["summer-hours"] not in found


def test_a_page_in_another_language_is_in_a_file_of_its_own(content: Path) -> None:
    header(content, "conditions/low-back-pain.md", "lang: es")
    search = search_of(content)
    assert "Low back pain" not in titles(search)
    assert list(titles(search, "es")) == ["Low back pain"]
    more = next(line for line in search.body("search/index.html").decode().splitlines() if "data-more" in line)
    assert [name.split("/")[-1].rsplit(".", 2)[0] for name in more.split('"')[1].split()] == [
        "search.en.more",
        "search.es",
        "search.es.more",
    ]


def test_symptoms_parts_specialties_and_headings_are_in_the_second_file(content: Path) -> None:
    header(content, "conditions/low-back-pain.md", "symptoms: [a stiff back in the morning]")
    header(content, "clinicians/dr-example.md", "specialties: [Care of old injuries]")
    search = search_of(content)
    first = search.body(search.key("a/search.en.", ".json")).decode()
    second = json.loads(search.body(search.key("a/search.en.more.", ".json")))
    for text in ("a stiff back in the morning", "Care of old injuries", "What it is", "Lower back"):
        assert text not in first
        assert any(text in page for page in second)
    assert len(second) == len(titles(search))


def test_new_headings_of_a_page_that_is_held_back_stay_out(tmp_path: Path) -> None:
    world = small_world(tmp_path, audience=Audience.PATIENTS, theme=THEME)
    world.change("conditions/low-back-pain.md", "## What it is", "## What it is\n\nWords.\n\n## A heading held back")
    gathered = world.gathered()
    assert gathered.library is not None
    for left_out, there in (((), True), (("low-back-pain",), False)):
        site = plan_site(gathered.library, theme=THEME, content=world.content, cache=Cache(None), left_out=left_out)
        bodies = b"".join(file.make().body for file in site.wanted if file.key.startswith("a/search."))
        assert b"Low back pain" in bodies
        assert (b"A heading held back" in bodies) is there


def test_a_changed_name_makes_another_file_and_a_changed_text_does_not(tmp_path: Path) -> None:
    world = small_world(tmp_path, theme=THEME)
    first = {key for key in world.build().written.manifest.files if key.startswith("a/search.")}
    world.change("conditions/low-back-pain.md", "title: Low back pain", "title: Pain in the low back")
    built = world.build()
    second = {key for key in built.written.manifest.files if key.startswith("a/search.")}
    assert len(first - second) == 1
    assert "search/index.html" in built.rendered
    page = world.page("conditions/low-back-pain.md")
    page.write_text(page.read_text(encoding="utf-8") + "\nMore words.\n", encoding="utf-8")
    third = world.build()
    assert {key for key in third.written.manifest.files if key.startswith("a/search.")} == second
    assert third.rendered == ["conditions/low-back-pain/index.html"]


def test_a_theme_without_the_script_has_an_a_to_z_and_no_files(tmp_path: Path) -> None:
    world: World = small_world(tmp_path)
    (world.settings.theme / "static" / "search.js").unlink()
    world.build()
    assert not [key for key in files_of(world.output) if key.startswith("a/search.")]
    assert (world.output / "search" / "index.html").exists()
