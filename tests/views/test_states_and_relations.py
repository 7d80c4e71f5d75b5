"""States in time of every kind, for editors and for patients; relations written at one end and shown at both."""

from pathlib import Path

import pytest

from clinic.library.audience import Audience
from clinic.library.states import State
from clinic.model.kinds import Kind
from clinic.views.indexes import AnnouncementsPage, NotFoundPage, SearchPage
from clinic.views.pages import (
    AnnouncementPage,
    AppointmentPage,
    ClinicianPage,
    ConditionPage,
    HomePage,
    LocationPage,
    PlainPage,
    ProcedurePage,
    UnreadablePage,
    WithdrawnPage,
)
from tests.laws.clockwork import news
from tests.laws.world import World, small_world
from tests.views.faces import CONDITION, DOCTOR, PROCEDURE, add, changed, line

FILES = {
    Kind.CONDITION: (CONDITION, "/conditions/low-back-pain/", ConditionPage),
    Kind.PROCEDURE: (PROCEDURE, "/procedures/nerve-block/", ProcedurePage),
    Kind.ANNOUNCEMENT: ("announcements/office-hours.md", "/announcements/office-hours/", AnnouncementPage),
    Kind.CLINICIAN: (DOCTOR, "/clinicians/dr-example/", ClinicianPage),
    Kind.PAGE: ("pages/accessibility.md", "/accessibility/", PlainPage),
}


@pytest.fixture
def world(tmp_path: Path) -> World:
    return small_world(tmp_path)


def test_every_kind_is_here() -> None:
    assert set(FILES) == set(Kind)


@pytest.mark.parametrize(
    ("address", "view"),
    [
        *((address, view) for _, address, view in FILES.values()),
        ("/", HomePage),
        ("/appointment/", AppointmentPage),
        ("/404.html", NotFoundPage),
        ("/search/", SearchPage),
        ("/announcements/", AnnouncementsPage),
        ("/locations/main/", LocationPage),
    ],
)
def test_a_page_of_each_kind_has_its_view_at_its_address(address: str, view: type, world: World) -> None:
    assert type(world.views()[address]) is view


@pytest.mark.parametrize("kind", Kind)
def test_a_draft_is_for_editors_only(kind: Kind, world: World) -> None:
    file, address, view = FILES[kind]
    line(file, "status: draft")(world)
    shown = world.views()[address]
    assert type(shown) is view
    assert "Badge(kind='draft'" in repr(shown)
    patients = world.told(audience=Audience.PATIENTS).views()
    assert address not in patients
    assert f"href='{address}'" not in repr(patients)


@pytest.mark.parametrize("kind", Kind)
def test_an_upcoming_page_is_for_editors_only_until_its_day(kind: Kind, world: World) -> None:
    file, address, _ = FILES[kind]
    line(file, "publish: 2026-12-01 08:00")(world)
    assert "Badge(kind='upcoming'" in repr(world.views()[address])
    patients = world.told(audience=Audience.PATIENTS)
    assert address not in patients.views()
    assert address in patients.at("2026-12-01T08:00:00").views()


@pytest.mark.parametrize("kind", Kind)
def test_a_withdrawn_page_is_a_notice_with_none_of_the_old_text(kind: Kind, world: World) -> None:
    file, address, _ = FILES[kind]
    before = getattr(world.views()[address], "title", "Dr. Example")
    line(file, "status: withdrawn\nwhy: We wrote it anew.\naliases: [/old/]")(world)
    for audience in Audience:
        built = world.told(audience=audience)
        views = built.views()
        view = views[address]
        assert isinstance(view, WithdrawnPage)
        assert view.why == "We wrote it anew."
        assert view.phone is not None
        assert not view.frame.indexable
        assert before not in repr(view).replace(world.content.as_posix(), "")
        others = {place: repr(page) for place, page in views.items() if place != address}
        assert not [place for place, page in others.items() if f"LinkTo(text='{before}', href='/" in page], (
            "no way leads there"
        )


@pytest.mark.parametrize("kind", Kind)
def test_a_page_whose_header_can_not_be_read_shows_its_problems_to_editors(kind: Kind, world: World) -> None:
    file, address, _ = FILES[kind]
    world.write(file, world.page(file).read_text("utf-8").replace("title: ", 'title: "', 1))
    view = world.views()[address]
    assert isinstance(view, UnreadablePage)
    assert "FM028" in repr(view.frame.problems)
    assert address not in world.told(audience=Audience.PATIENTS).views()


def test_every_state_has_a_test_above_or_below() -> None:
    assert {state.value for state in State} == {"draft", "upcoming", "live", "ended", "superseded", "withdrawn"}


def test_an_ended_announcement_leaves_home_and_banner_and_keeps_its_page(world: World) -> None:
    later = world.told(audience=Audience.PATIENTS).at("2026-12-26T00:00:00").views()
    page, home, everything = (
        later[f"/{place}"] for place in ("announcements/closed-in-december/", "", "announcements/")
    )
    assert isinstance(page, AnnouncementPage)
    assert isinstance(home, HomePage)
    assert isinstance(everything, AnnouncementsPage)
    assert (page.state, page.ended and page.ended.iso) == ("ended", "2026-12-25")
    assert "Closed on December 25" not in repr(home.announcements) + repr(home.frame.banners)
    assert "Closed on December 25" in repr(everything.years)
    assert "Closed on December 25" not in repr(everything.live)


def test_with_nothing_live_home_says_nothing_about_announcements(world: World) -> None:
    home = world.told(audience=Audience.PATIENTS).at("2030-01-01T00:00:00").views()["/"]
    assert isinstance(home, HomePage)
    assert home.announcements == ()
    assert home.frame.banners == ()


def test_a_superseded_announcement_names_the_one_that_replaced_it_and_the_other_way_round(world: World) -> None:
    views = world.told(audience=Audience.PATIENTS).views()
    old, new = views["/announcements/october-hours/"], views["/announcements/office-hours/"]
    assert isinstance(old, AnnouncementPage)
    assert isinstance(new, AnnouncementPage)
    assert old.state == "superseded"
    assert old.superseded_by is not None
    assert old.superseded_by.href == "/announcements/office-hours/"
    assert new.supersedes is not None
    assert new.supersedes.href == "/announcements/october-hours/"
    before = world.told(audience=Audience.PATIENTS).at("2026-11-01T23:59:59").views()["/announcements/october-hours/"]
    assert isinstance(before, AnnouncementPage)
    assert (before.state, before.superseded_by) == ("live", None)


def test_an_open_end_is_said_in_words(tmp_path: Path) -> None:
    files = {"unknown": "Until further notice", "never": "From Friday 20 November 2026 on"}
    for expires, words in files.items():
        text = news("2026-11-20", expires, title="A thing", why="It is so.", level="banner")
        found = changed(tmp_path / expires, add("announcements/thing.md", text))
        assert words in found["/announcements/thing/"]
        assert (
            f"title='A thing', summary='What the notice says.', href='/announcements/thing/', holds='{words}'"
            in found["/"]
        )


def test_clinical_pages_wait_for_a_review_where_the_clinic_asks_for_one(world: World) -> None:
    world.change("clinic.yaml", "clinical_review: shown", "clinical_review: required")
    patients = world.told(audience=Audience.PATIENTS).views()
    assert "/conditions/low-back-pain/" not in patients
    assert "/procedures/nerve-block/" not in patients
    assert "/clinicians/dr-example/" in patients
    assert "/conditions/low-back-pain/" in world.views()


# Relations: the end at which it is written, where it is read, and the other end.

RELATIONS = {
    "treats, written by the procedure": (
        PROCEDURE,
        "treats: [hip-pain]",
        "/conditions/hip-pain/",
        "treatments",
        "Nerve block",
    ),
    "treatments, written by the condition": (CONDITION, "", "/procedures/nerve-block/", "treats", "Low back pain"),
    "performed_by": (PROCEDURE, "", "/clinicians/dr-example/", "performs", "Nerve block"),
    "at": (PROCEDURE, "", "/locations/main/", "procedures", "Nerve block"),
    "locations of a clinician": (DOCTOR, "", "/locations/main/", "clinicians", "Dr. Example"),
}
OWN = {
    "treats, written by the procedure": ("/procedures/nerve-block/", "treats", "Hip pain"),
    "treatments, written by the condition": ("/conditions/low-back-pain/", "treatments", "Nerve block"),
    "performed_by": ("/procedures/nerve-block/", "at_a_glance", "Dr. Example"),
    "at": ("/procedures/nerve-block/", "at_a_glance", "Main office"),
    "locations of a clinician": ("/clinicians/dr-example/", "places", "Main office"),
}
HIP = "---\ntitle: Hip pain\nsummary: What it is.\n---\n\nWords.\n"


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("audience", Audience)
def test_a_relation_written_at_one_end_is_shown_at_both(relation: str, audience: Audience, world: World) -> None:
    add("conditions/hip-pain.md", HIP.replace("---\n\n", "author: front-desk\nsources: []\n---\n\n"))(world)
    file, written, there, field, shows = RELATIONS[relation]
    if written:
        line(file, written)(world)
    views = world.told(audience=audience).views()
    here, own, says = OWN[relation]
    assert shows in repr(getattr(views[there], field))
    assert says in repr(getattr(views[here], own))


def test_a_relation_written_at_both_ends_is_shown_once(world: World) -> None:
    line(PROCEDURE, "treats: [low-back-pain]")(world)
    views = world.views()
    condition, procedure = views["/conditions/low-back-pain/"], views["/procedures/nerve-block/"]
    assert isinstance(condition, ConditionPage)
    assert isinstance(procedure, ProcedurePage)
    assert [link.text for link in condition.treatments] == ["Nerve block"]
    assert [link.text for link in procedure.treats] == ["Low back pain"]


@pytest.mark.parametrize("status", ["status: draft", "publish: 2030-01-01"])
def test_a_relation_to_a_page_that_is_not_public_is_left_out_and_told_as_information(status: str, world: World) -> None:
    line(PROCEDURE, status)(world)
    world.change(CONDITION, "Some need a [nerve block](../procedures/nerve-block.md).", "")
    condition = world.told(audience=Audience.PATIENTS).views()["/conditions/low-back-pain/"]
    assert isinstance(condition, ConditionPage)
    assert (condition.treatments, condition.related) == ((), ())
    told = [(each.code, each.severity.value, each.path) for each in world.problems() if each.code == "LNK005"]
    assert told == [("LNK005", "info", CONDITION)] * 2
    assert world.errors() == []


def test_old_addresses_lead_to_the_page_while_it_is_there(world: World) -> None:
    line(CONDITION, "aliases: [/back/, /back.html, /spine]")(world)
    built = world.told(audience=Audience.PATIENTS).build()
    files = built.written.manifest.files
    redirects = {key for key, file in files.items() if file.role == "redirect"}
    assert redirects == {"back/index.html", "back.html", "spine/index.html"}
    for key in redirects:
        assert files[key].links == ("conditions/low-back-pain/index.html",)
        assert b'href="/conditions/low-back-pain/"' in (world.output / key).read_bytes()
    line(CONDITION, "status: draft")(world)
    after = world.told(audience=Audience.PATIENTS).build().written.manifest.files
    assert not [key for key, file in after.items() if file.role == "redirect"]
