"""Addresses, names, old addresses and terms: what linking and dating content settles."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.library.addresses import BUILT, KEPT, address_of, key_of
from clinic.library.audience import Audience
from clinic.library.library import Library, build_library
from tests.harness import checked, good_site
from tests.laws.clockwork import news, page
from tests.laws.world import World, small_world
from tests.views.faces import CONDITION, PROCEDURE, add, line


@pytest.fixture
def world(tmp_path: Path) -> World:
    return small_world(tmp_path)


def library_of(world: World) -> Library:
    """The linked content."""
    library = world.gathered().library
    assert library is not None
    return library


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("/", "index.html"),
        ("/a-page/", "a-page/index.html"),
        ("/a-page", "a-page/index.html"),
        ("/404.html", "404.html"),
        ("/old.php", "old.php"),
        ("/caf%C3%A9/", "café/index.html"),
        ("/a/?b=c#d", "a/index.html"),
    ],
)
def test_the_file_of_an_address(address: str, key: str) -> None:
    assert key_of(address) == key


@given(st.lists(st.from_regex(r"[a-z0-9][a-z0-9 é-]{0,8}", fullmatch=True), max_size=4))
def test_a_files_address_leads_back_to_it(steps: list[str]) -> None:
    for key in ("/".join([*steps, "index.html"]), "/".join([*steps, "x.html"])):
        assert key_of(address_of(key)) == key


@pytest.mark.parametrize("address", BUILT)
def test_nothing_takes_a_built_address(address: str, world: World) -> None:
    line(CONDITION, f"aliases: [{address}]")(world)
    assert {"DUP003", "FM071"} & {problem.code for problem in world.problems()}
    assert key_of(address) in world.build().written.manifest.files


@pytest.mark.parametrize("name", KEPT)
def test_no_page_takes_a_kept_name(name: str, world: World) -> None:
    add(f"pages/{name}.md", page("2026-01-01"))(world)
    found = [(each.path, each.severity.value) for each in world.problems() if each.code == "DUP002"]
    assert found == [(f"pages/{name}.md", "error")]


def test_two_files_of_one_name_are_told_at_both(world: World) -> None:
    add("conditions/spine/nerve-block.md", world.page(CONDITION).read_text("utf-8"))(world)
    found = [each for each in world.problems() if each.code == "DUP001"]
    assert [each.path for each in found] == ["conditions/spine/nerve-block.md", "procedures/nerve-block.md"]
    assert found[1].path in found[0].message
    assert found[0].path in found[1].message


def test_a_folder_inside_changes_no_address(world: World) -> None:
    add("conditions/spine/deep/sciatica.md", page("2026-01-01", title="Sciatica"))(world)
    assert library_of(world).items["sciatica"].address == "/conditions/sciatica/"


def test_an_old_address_belongs_to_one_page(world: World) -> None:
    line(CONDITION, "aliases: [/old/, /Old/]")(world)
    line(PROCEDURE, "aliases: [/old, /other.html]")(world)
    library = library_of(world)
    found = [(each.path, each.span.line, each.span.column) for each in library.problems if each.code == "DUP004"]
    assert found == [(CONDITION, 2, 18), (PROCEDURE, 2, 11)], "capitals make no other address"
    assert library.aliases["other.html"] == "nerve-block"


def test_an_old_address_of_a_page_that_patients_do_not_see_leads_nowhere(world: World) -> None:
    line(CONDITION, "aliases: [/old/]\nstatus: draft")(world)
    assert "old/index.html" not in world.told(audience=Audience.PATIENTS).build().written.manifest.files
    assert "old/index.html" in world.build().written.manifest.files


def test_announcements_are_listed_newest_first_and_by_name_within_a_day(world: World) -> None:
    for name in ("b", "a", "c"):
        add(f"announcements/{name}.md", news("2026-11-20", "2026-12-20", title=f"News {name}"))(world)
    listed = [item.id for item in library_of(world).announcements()]
    assert listed == ["a", "b", "c", "closed-in-december", "office-hours", "october-hours", "summer-hours"]


def test_what_replaces_itself_or_goes_in_a_circle_ends_nothing_for_ever(world: World) -> None:
    add("announcements/a.md", news("2026-11-01", "2026-12-20", title="One", supersedes="b"))(world)
    add("announcements/b.md", news("2026-11-02", "2026-12-20", title="Two", supersedes="a"))(world)
    add("announcements/c.md", news("2026-11-03", "2026-12-20", title="Three", supersedes="c"))(world)
    library = library_of(world)
    assert [library.items[name].state.value for name in "abc"] == ["superseded", "superseded", "live"]
    codes = {(each.path, each.code) for each in world.problems()}
    assert {("announcements/a.md", "NOT006"), ("announcements/b.md", "NOT006")} <= codes
    assert ("announcements/c.md", "LNK006") in codes


def test_a_draft_replaces_nothing(world: World) -> None:
    line("announcements/office-hours.md", "status: draft")(world)
    assert library_of(world).items["october-hours"].state.value == "live"


def test_a_page_that_was_never_released_replaces_nothing_and_is_public_to_nobody(world: World) -> None:
    library = library_of(world)
    again = build_library(library.material, library.timeline, Audience.PATIENTS, absent=["office-hours"])
    assert again.items["october-hours"].state.value == "live"
    assert not again.public("office-hours")
    assert "office-hours" not in {item.id for item in again.announcements()}


def test_links_lead_where_they_should(world: World) -> None:
    text = "[a](home.md) [b](#here) [c](/locations/main/) [d](../conditions/) [e](mailto:x@example.org)\n\n## Here\n\nx"
    add("pages/new.md", page("2026-01-01", body=text))(world)
    found = [each.address if each else None for each in library_of(world).destinations["pages/new.md"]]
    assert found == ["/", "#here", "/locations/main/", "/conditions/", "mailto:x@example.org"]


def test_every_problem_is_told_once(world: World) -> None:
    line(CONDITION, "related: [gone]\nzzz: 1")(world)
    found = world.problems()
    assert len(found) == len(set(found))
    assert [problem.order for problem in found] == sorted(problem.order for problem in found)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "procedures/nerve-block.md",
            "[dr-example]",
            "[front-desk]",
            '"front-desk" is a staff member, not a clinician.',
        ),
        (
            "conditions/low-back-pain.md",
            "author: front-desk",
            "author: nerve-block",
            "not a clinician or staff member.",
        ),
        ("conditions/low-back-pain.md", "author: front-desk", "author: nobody", "no clinician or staff member called"),
    ],
)
def test_who_is_named_must_be_of_the_right_sort(file: str, old: str, new: str, message: str, tmp_path: Path) -> None:
    site = good_site(tmp_path)
    page = site / file
    page.write_text(page.read_text().replace(old, new))
    (problem,) = checked(site).problems
    assert message in problem.message
