"""Indexes: real letters, every name, addresses that stay, and pages of their own where there are many entries."""

from pathlib import Path

import pytest

import clinic.views.atoz
import clinic.views.lists
import clinic.views.news
from clinic.alphabet import letters
from clinic.library.audience import Audience
from clinic.output import Output
from clinic.views.indexes import AnnouncementsPage, IndexPage, SearchPage
from tests.laws.clockwork import news
from tests.laws.world import World, small_world
from tests.views.faces import CONDITION, PROCEDURE

ENGLISH = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@pytest.fixture
def world(tmp_path: Path) -> World:
    """The small good site with other names, symptoms and parts of the body."""
    made = small_world(tmp_path)
    made.change(
        CONDITION, "also_called: [lumbago]", "also_called: [lumbago, Óld back, 3rd disc]\nbody_parts: [lower-back]"
    )
    made.change(CONDITION, "\nsummary:", "\nsymptoms: [A stiff back, a stiff back!, dull pain]\nsummary:")
    return made


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than one entry is many."""
    for room in (clinic.views.atoz, clinic.views.lists, clinic.views.news):
        monkeypatch.setattr(room, "SPLIT_OVER", 1)


def index(world: World, address: str) -> IndexPage:
    page = world.views()[address]
    assert isinstance(page, IndexPage)
    return page


def crumbs(page: IndexPage | AnnouncementsPage) -> list[str]:
    return [link.href for link in page.frame.breadcrumb]


def test_every_letter_is_there_and_those_with_names_lead_to_them(world: World) -> None:
    page = index(world, "/conditions/")
    assert "".join(link.text for link in page.letters if link.text.isalpha()) == ENGLISH
    there = {link.text: link.href for link in page.letters if link.href}
    assert there == {"0-9": "#letter-30", "H": "#letter-h", "L": "#letter-l", "O": "#letter-o"}
    assert [(group.heading, [entry.title for entry in group.entries]) for group in page.groups] == [
        ("0-9", ["3rd disc"]),
        ("H", ["Heel pain"]),
        ("L", ["Low back pain", "Lumbago"]),
        ("O", ["Óld back"]),
    ]
    assert [entry.see for group in page.groups for entry in group.entries] == [
        "Low back pain",
        "",
        "",
        "Low back pain",
        "Low back pain",
    ]


def test_letters_are_those_of_the_language() -> None:
    assert "".join(letters({"S"}, "es")) == "ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
    assert "".join(letters({"Å"}, "sv"))[-4:] == "ZÅÄÖ"
    assert letters({"Д", "Б"}, "ru") == ("Б", "Д")
    assert letters({"ب", "S"}, "ar") == ("S", "ب")
    assert letters({"#", "0-9"}, "en") == ("#", "0-9")
    assert letters((), "en") == ()


def test_symptoms_that_differ_in_signs_alone_are_one_and_their_anchors_are_their_words(world: World) -> None:
    page = index(world, "/conditions/by-symptom/")
    assert [(group.anchor, group.heading, len(group.entries)) for group in page.groups] == [
        ("symptom-a-stiff-back", "A stiff back", 1),
        ("symptom-dull-pain", "Dull pain", 1),
    ]
    assert page.letters == ()
    assert crumbs(page) == ["/", "/conditions/", "/conditions/by-symptom/"]


def test_parts_of_the_body_have_anchors_that_conditions_link_to(world: World) -> None:
    page = index(world, "/conditions/by-body-part/")
    assert [(group.anchor, group.heading) for group in page.groups] == [("part-lower-back", "Lower back")]
    condition = world.views()["/conditions/low-back-pain/"]
    assert [link.href for link in getattr(condition, "body_parts")] == [  # noqa: B009 - of one view among many
        "/conditions/by-body-part/#part-lower-back"
    ]


@pytest.mark.usefixtures("few")
def test_many_names_have_a_page_for_each_letter(world: World) -> None:
    page = index(world, "/conditions/")
    assert page.groups == ()
    there = {link.text: link.href for link in page.letters if link.href}
    assert there == {
        "0-9": "/conditions/a-to-z/30/",
        "H": "/conditions/a-to-z/h/",
        "L": "/conditions/a-to-z/l/",
        "O": "/conditions/a-to-z/o/",
    }
    letter = index(world, "/conditions/a-to-z/l/")
    assert [entry.title for group in letter.groups for entry in group.entries] == ["Low back pain", "Lumbago"]
    assert crumbs(letter) == ["/", "/conditions/", "/conditions/a-to-z/l/"]
    assert [link.text for link in letter.letters if link.current] == ["L"]
    assert letter.frame.indexable


@pytest.mark.usefixtures("few")
def test_many_symptoms_and_parts_have_pages_and_every_anchor_stays(world: World) -> None:
    world.change(PROCEDURE, "\nsummary:", "\nbody_parts: [lower-back]\nsummary:")
    parts = index(world, "/conditions/by-body-part/")
    assert [(group.anchor, group.entries) for group in parts.groups] == [("part-lower-back", ())]
    assert [group.more.href for group in parts.groups if group.more] == ["/conditions/by-body-part/lower-back/"]
    assert [group.more.note for group in parts.groups if group.more] == ["2 pages"]
    part = index(world, "/conditions/by-body-part/lower-back/")
    assert [entry.title for group in part.groups for entry in group.entries] == ["Low back pain", "Nerve block"]
    assert crumbs(part)[1:] == [
        "/conditions/",
        "/conditions/by-body-part/",
        "/conditions/by-body-part/lower-back/",
    ]
    symptoms = index(world, "/conditions/by-symptom/")
    assert [link.href for link in symptoms.letters if link.href] == [
        "/conditions/by-symptom/a-to-z/a/",
        "/conditions/by-symptom/a-to-z/d/",
    ]
    assert [group.heading for group in index(world, "/conditions/by-symptom/a-to-z/d/").groups] == ["Dull pain"]


@pytest.mark.usefixtures("few")
def test_many_announcements_have_a_page_for_each_year(world: World) -> None:
    page = world.views()["/announcements/"]
    assert isinstance(page, AnnouncementsPage)
    assert all(not year.items and year.more for year in page.years)
    for year in page.years:
        assert year.more
        assert year.more.href == f"/announcements/by-year/{year.heading}/"
        own = world.views()[year.more.href]
        assert isinstance(own, AnnouncementsPage)
        assert [each.heading for each in own.years] == [year.heading]
        assert own.years[0].items
        assert crumbs(own) == ["/", "/announcements/", year.more.href]


@pytest.mark.usefixtures("few")
def test_the_search_page_of_a_large_site_leads_to_its_letters(world: World) -> None:
    page = world.views()["/search/"]
    assert isinstance(page, SearchPage)
    assert page.groups == ()
    assert "/search/a-to-z/l/" in {link.href for link in page.letters}
    letter = index(world, "/search/a-to-z/l/")
    assert {"Low back pain", "Lumbago"} <= {entry.title for group in letter.groups for entry in group.entries}
    assert crumbs(letter) == ["/", "/search/", "/search/a-to-z/l/"]


@pytest.mark.usefixtures("few")
def test_a_site_with_all_these_pages_is_written(world: World) -> None:
    manifest = world.build().written.manifest
    named = {name for file in manifest.files.values() for name in file.links}
    assert named <= manifest.files.keys()
    assert isinstance(Output(world.output, world.settings.cache), Output)


def test_the_words_of_the_search_page_are_on_it_unless_they_are_a_draft(world: World) -> None:
    world.write("pages/search.md", "---\ntitle: Find it\nsummary: By name.\n---\n\n## How to search\n\nType a word.\n")
    for status, shown in (("published", ("Find it", ["How to search"])), ("draft", ("Search", []))):
        world.change("pages/search.md", "summary: By name.", f"summary: By name.\nstatus: {status}")
        page = world.told(audience=Audience.PATIENTS).views()["/search/"]
        assert isinstance(page, SearchPage)
        assert (page.title, [section.heading for section in page.sections]) == shown
        world.change("pages/search.md", f"\nstatus: {status}", "")


@pytest.mark.parametrize(
    "alias",
    ["/conditions/a-to-z/s/", "/conditions/by-body-part/neck/", "/announcements/by-year/2026/", "/search/a-to-z/x/"],
)
def test_no_old_address_takes_the_place_of_such_a_page(world: World, alias: str) -> None:
    assert not [problem for problem in world.errors() if "alias" in problem]
    world.change(CONDITION, "\nsummary:", f"\naliases: [{alias}]\nsummary:")
    assert any(alias in problem for problem in world.errors())


@pytest.mark.usefixtures("few")
def test_announcements_that_are_live_stay_on_the_first_page(world: World) -> None:
    world.write("announcements/now.md", news("2026-11-16", "2026-12-31"))
    page = world.views()["/announcements/"]
    assert isinstance(page, AnnouncementsPage)
    assert "A notice" in {notice.title for notice in page.live}
