"""The table of time: every boundary to the second, on every clock; and what time alone never does."""

import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.cache import Cache
from clinic.content import read_content
from clinic.library.audience import Audience
from clinic.library.library import Library, build_library
from clinic.library.timeline import Timeline
from clinic.model.kinds import Announcement, Clinician
from clinic.output import BUILD, MANIFEST
from clinic.problems import Severity
from clinic.views.pages import AnnouncementPage, HomePage, LocationPage
from tests.laws.clockwork import CLINICIAN, clockwork, news, page
from tests.laws.world import ROOT, World, small_world

SECOND = dt.timedelta(seconds=1)
LOS_ANGELES, SANTIAGO = "America/Los_Angeles", "America/Santiago"
TOKYO, LORD_HOWE = "Asia/Tokyo", "Australia/Lord_Howe"

PUBLISH, NEWS = "pages/it.md", "announcements/it.md"
STARTS, ENDS = ("upcoming", "live"), ("live", "ended")


def utc(text: str) -> dt.datetime:
    """An instant as `2026-11-22T09:00Z`."""
    return dt.datetime.fromisoformat(text)


# zone, file, text, states before and after, the instant between them
TABLE = [
    # Los Angeles: clocks go back on 2026-11-01 at 09:00 UTC and forward on 2027-03-14 at 10:00 UTC.
    (LOS_ANGELES, PUBLISH, page("2026-11-22"), STARTS, "2026-11-22T08:00Z"),
    (LOS_ANGELES, PUBLISH, page("2026-11-22 08:15"), STARTS, "2026-11-22T16:15Z"),
    (LOS_ANGELES, PUBLISH, page("2026-11-01"), STARTS, "2026-11-01T07:00Z"),
    (LOS_ANGELES, PUBLISH, page("2026-11-01 00:59"), STARTS, "2026-11-01T07:59Z"),
    (LOS_ANGELES, PUBLISH, page("2026-11-01 02:00"), STARTS, "2026-11-01T10:00Z"),
    (LOS_ANGELES, PUBLISH, page("2027-03-14"), STARTS, "2027-03-14T08:00Z"),
    (LOS_ANGELES, PUBLISH, page("2027-03-14 03:00"), STARTS, "2027-03-14T10:00Z"),
    (LOS_ANGELES, NEWS, news("2026-11-22", "2026-12-01"), STARTS, "2026-11-22T08:00Z"),
    (LOS_ANGELES, NEWS, news("2026-11-20", "2026-12-01", publish="2026-11-22"), STARTS, "2026-11-22T08:00Z"),
    (LOS_ANGELES, NEWS, news("2026-11-22", "unknown"), STARTS, "2026-11-22T08:00Z"),
    (LOS_ANGELES, NEWS, news("2026-11-22", "never", why="It moved."), STARTS, "2026-11-22T08:00Z"),
    (LOS_ANGELES, NEWS, news("2026-10-20", "2026-11-22"), ENDS, "2026-11-23T08:00Z"),
    (LOS_ANGELES, NEWS, news("2026-10-20", "2026-11-22 17:30"), ENDS, "2026-11-23T01:30Z"),
    (LOS_ANGELES, NEWS, news("2026-10-20", "2026-10-31"), ENDS, "2026-11-01T07:00Z"),
    (LOS_ANGELES, NEWS, news("2026-10-20", "2026-11-01"), ENDS, "2026-11-02T08:00Z"),
    (LOS_ANGELES, NEWS, news("2027-03-01", "2027-03-13"), ENDS, "2027-03-14T08:00Z"),
    (LOS_ANGELES, NEWS, news("2027-03-01", "2027-03-14"), ENDS, "2027-03-15T07:00Z"),
    (LOS_ANGELES, NEWS, news("2028-02-01", "2028-02-29"), ENDS, "2028-03-01T08:00Z"),
    # Santiago: 2026-09-06 has no midnight (its first instant is 01:00); the hour from 23:00 on 2026-04-04 comes twice.
    (SANTIAGO, PUBLISH, page("2026-09-06"), STARTS, "2026-09-06T04:00Z"),
    (SANTIAGO, PUBLISH, page("2026-09-06 01:00"), STARTS, "2026-09-06T04:00Z"),
    (SANTIAGO, NEWS, news("2026-09-06", "2026-12-01"), STARTS, "2026-09-06T04:00Z"),
    (SANTIAGO, NEWS, news("2026-08-01", "2026-09-05"), ENDS, "2026-09-06T04:00Z"),
    (SANTIAGO, NEWS, news("2026-08-01", "2026-09-06"), ENDS, "2026-09-07T03:00Z"),
    (SANTIAGO, NEWS, news("2026-03-01", "2026-04-04"), ENDS, "2026-04-05T04:00Z"),
    (SANTIAGO, PUBLISH, page("2026-04-05"), STARTS, "2026-04-05T04:00Z"),
    # Lord Howe changes by half an hour: forward on 2026-10-03 at 15:30 UTC, back on 2026-04-04 at 15:00 UTC.
    (LORD_HOWE, PUBLISH, page("2026-10-04 02:30"), STARTS, "2026-10-03T15:30Z"),
    (LORD_HOWE, PUBLISH, page("2026-10-04"), STARTS, "2026-10-03T13:30Z"),
    (LORD_HOWE, NEWS, news("2026-10-01", "2026-10-04"), ENDS, "2026-10-04T13:00Z"),
    (LORD_HOWE, NEWS, news("2026-03-01", "2026-04-05"), ENDS, "2026-04-05T13:30Z"),
    # Tokyo's clocks never change.
    (TOKYO, PUBLISH, page("2026-11-22 08:15"), STARTS, "2026-11-21T23:15Z"),
    (TOKYO, NEWS, news("2026-10-20", "2026-11-22"), ENDS, "2026-11-22T15:00Z"),
]


@pytest.fixture(params=["UTC", "Asia/Tokyo"])
def host(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine that builds stands in another time zone than the clinic."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def small_clinic(root: Path, zone: str, **files: str) -> World:
    """Only a clinic and the files that a test is about; `announcements__it` stands for announcements/it.md."""
    world = small_world(root)
    for old in world.content.rglob("*.md"):
        old.unlink()
    world.change("clinic.yaml", "timezone: America/Los_Angeles", f"timezone: {zone}")
    for name, text in files.items():
        world.write(f"{name.replace('__', '/')}.md", text)
    return world


def library_of(world: World, now: dt.datetime, audience: Audience = Audience.PATIENTS) -> Library:
    """The content as of a moment."""
    material = read_content(world.content, Cache(None)).material
    assert material is not None
    return build_library(material, Timeline(now), audience)


on_either_host = pytest.mark.usefixtures("host")


@on_either_host
@pytest.mark.parametrize(("zone", "file", "text", "states", "boundary"), TABLE)
def test_every_boundary_to_the_second(
    zone: str, file: str, text: str, states: tuple[str, str], boundary: str, tmp_path: Path
) -> None:
    world = small_clinic(tmp_path, zone, **{file.removesuffix(".md").replace("/", "__"): text})
    at = utc(boundary)
    found = [library_of(world, now).items["it"].state.value for now in (at - SECOND, at, at + SECOND)]
    assert found == [states[0], states[1], states[1]]
    library = library_of(world, at - SECOND)
    assert not [
        problem for problem in library.all_problems() if problem.severity is Severity.ERROR and "it" in problem.path
    ]
    assert library.public("it") is (states[0] != "upcoming")
    assert at in library.timeline.coming, "the site knows when it changes by itself"


@on_either_host
@pytest.mark.parametrize(
    ("zone", "starts", "boundary"),
    [
        (LOS_ANGELES, "2026-11-22", "2026-11-22T08:00Z"),
        (LOS_ANGELES, "2026-11-22 08:15", "2026-11-22T16:15Z"),
        (LOS_ANGELES, "2026-11-01", "2026-11-01T07:00Z"),
        (SANTIAGO, "2026-09-06", "2026-09-06T04:00Z"),
        (TOKYO, "2026-11-22", "2026-11-21T15:00Z"),
    ],
)
@pytest.mark.parametrize("expires", ["2027-01-31", "unknown"])
def test_what_is_replaced_ends_when_the_other_starts(
    zone: str, starts: str, boundary: str, expires: str, tmp_path: Path
) -> None:
    other = news("2026-08-01", "2027-02-01", title="The new one", supersedes="it", publish=starts)
    world = small_clinic(tmp_path, zone, announcements__it=news("2026-07-01", expires), announcements__new=other)
    at = utc(boundary)
    for now, old, new in (
        (at - SECOND, "live", "upcoming"),
        (at, "superseded", "live"),
        (at + SECOND, "superseded", "live"),
    ):
        items = library_of(world, now).items
        assert (items["it"].state.value, items["new"].state.value) == (old, new)


def test_a_replacement_after_the_end_changes_nothing(tmp_path: Path) -> None:
    other = news("2026-12-01", "2027-02-01", supersedes="it")
    world = small_clinic(tmp_path, TOKYO, announcements__it=news("2026-07-01", "2026-11-30"), announcements__new=other)
    assert library_of(world, utc("2027-01-01T00:00Z")).items["it"].state.value == "ended"


@pytest.mark.parametrize("status", ["draft", "withdrawn\nwhy: It was wrong."])
def test_a_draft_and_a_withdrawn_page_have_no_time(status: str, tmp_path: Path) -> None:
    text = news("2026-07-01", "2026-11-30", status=status)
    world = small_clinic(tmp_path, TOKYO, announcements__it=text)
    for now in ("2020-01-01T00:00Z", "2026-08-01T00:00Z", "2030-01-01T00:00Z"):
        assert library_of(world, utc(now)).items["it"].state.value == status.partition("\n")[0]


@pytest.mark.parametrize("expires", ["unknown", "never"])
def test_an_open_end_never_comes(expires: str, tmp_path: Path) -> None:
    world = small_clinic(tmp_path, LOS_ANGELES, announcements__it=news("2026-07-01", expires, why="It moved."))
    for year in range(2027, 2038):
        assert library_of(world, utc(f"{year}-07-01T12:00Z")).items["it"].state.value == "live"


@on_either_host
@pytest.mark.parametrize(
    ("zone", "time_of_day", "code", "choices"),
    [
        (LOS_ANGELES, "2027-03-14 02:00", "FM078", ("2027-03-14 01:59", "2027-03-14 03:00")),
        (LOS_ANGELES, "2027-03-14 02:59", "FM078", ("2027-03-14 01:59", "2027-03-14 03:00")),
        (LOS_ANGELES, "2026-11-01 01:00", "FM079", ("2026-11-01 00:59", "2026-11-01 02:00")),
        (LOS_ANGELES, "2026-11-01 01:59", "FM079", ("2026-11-01 00:59", "2026-11-01 02:00")),
        (SANTIAGO, "2026-09-06 00:30", "FM078", ("2026-09-05 23:59", "2026-09-06 01:00")),
        (SANTIAGO, "2026-04-04 23:30", "FM079", ("2026-04-04 22:59", "2026-04-05 00:00")),
        (LORD_HOWE, "2026-10-04 02:15", "FM078", ("2026-10-04 01:59", "2026-10-04 02:30")),
        (LORD_HOWE, "2026-04-05 01:45", "FM079", ("2026-04-05 01:29", "2026-04-05 02:00")),
    ],
)
@pytest.mark.parametrize("field", ["publish", "expires"])
def test_a_time_that_the_clocks_skip_or_show_twice_is_an_error_with_the_choices(
    zone: str, time_of_day: str, code: str, choices: tuple[str, str], field: str, tmp_path: Path
) -> None:
    text = (
        news("2026-01-01", "2027-12-31", publish=time_of_day) if field == "publish" else news("2026-01-01", time_of_day)
    )
    world = small_clinic(tmp_path, zone, announcements__it=text)
    found = [problem for problem in library_of(world, utc("2026-08-01T00:00Z")).all_problems() if problem.code == code]
    assert [(problem.severity, problem.path) for problem in found] == [(Severity.ERROR, NEWS)]
    line = text.split("\n")[found[0].span.line - 1]
    assert line.startswith(f"{field}: {time_of_day}")
    assert line[found[0].span.column - 1 :].startswith(time_of_day)
    assert all(choice in found[0].message + found[0].hint for choice in choices)


@on_either_host
@pytest.mark.parametrize(
    ("zone", "boundary"),
    [(LOS_ANGELES, "2026-12-29T08:00Z"), (TOKYO, "2026-12-28T15:00Z"), (SANTIAGO, "2026-12-29T03:00Z")],
)
def test_a_special_day_stays_through_its_end(zone: str, boundary: str, tmp_path: Path) -> None:
    world = small_world(tmp_path)
    world.change("clinic.yaml", "timezone: America/Los_Angeles", f"timezone: {zone}")
    at = utc(boundary)
    shown = []
    for now in (at - SECOND, at, at + SECOND):
        location = world.at(now.isoformat()).views()["/locations/main/"]
        assert isinstance(location, LocationPage)
        shown.append([row.why for row in location.place.special_days])
    assert shown == [["A half day"], [], []]


@on_either_host
@pytest.mark.parametrize(
    ("zone", "boundary"),
    [(LOS_ANGELES, "2027-07-01T07:00Z"), (TOKYO, "2027-06-30T15:00Z"), (LORD_HOWE, "2027-06-30T13:30Z")],
)
def test_a_clinician_is_here_through_the_last_day(zone: str, boundary: str, tmp_path: Path) -> None:
    world = small_world(tmp_path)
    world.change("clinic.yaml", "timezone: America/Los_Angeles", f"timezone: {zone}")
    world.write("clinicians/dr-going.md", CLINICIAN.format(name="Dr. Going", left="2027-06-30"))
    at = utc(boundary)
    for now, here in ((at - SECOND, True), (at, False), (at + SECOND, False)):
        views = world.at(now.isoformat()).views()
        own, listed, location = (
            views[f"/{place}"] for place in ("clinicians/dr-going/", "clinicians/", "locations/main/")
        )
        assert ("left=None" in repr(own)) is here
        assert ("Dr. Going" in repr(getattr(listed, "groups"))) is here  # noqa: B009 - a view of any class
        assert ("Dr. Going" in repr(getattr(location, "clinicians"))) is here  # noqa: B009 - the same


@on_either_host
def test_a_banner_stands_on_every_page_exactly_while_it_is_live(tmp_path: Path) -> None:
    world = small_world(tmp_path)
    starts, ends = utc("2026-11-16T08:00Z"), utc("2026-12-26T08:00Z")
    for now, live in ((starts - SECOND, False), (starts, True), (ends - SECOND, True), (ends, False)):
        views = world.at(now.isoformat()).views()
        assert {bool(getattr(view, "frame").banners) for view in views.values()} == {live}  # noqa: B009 - any view
        home = views["/"]
        assert isinstance(home, HomePage)
        assert ("Closed on December 25" in [item.title for item in home.announcements]) is live


def test_an_ended_announcement_keeps_its_page_and_says_so(tmp_path: Path) -> None:
    view = small_world(tmp_path).views()["/announcements/summer-hours/"]
    assert isinstance(view, AnnouncementPage)
    assert view.state == "ended"
    assert view.ended is not None
    assert view.ended.iso == "2026-07-31"


def moments(world: World, start: dt.datetime, until: dt.datetime) -> Iterator[dt.datetime]:
    """Every boundary of a site from `start` on, the seconds around it, and a moment between it and the next."""
    now = start
    while now < until:
        yield now
        with Cache(world.settings.cache) as cache:
            site, _ = world.at(now.isoformat()).site(cache)
        following = next(iter(site.library.timeline.coming), until)
        yield now + (following - now) / 2
        yield following - SECOND
        now = following


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("name", ["clockwork", "sample site"])
def test_ten_years_bring_no_error(name: str, audience: Audience, tmp_path: Path) -> None:
    world = clockwork(tmp_path) if name == "clockwork" else small_world(tmp_path).told(content=ROOT / "content")
    world = world.told(audience=audience)
    start = utc("2026-11-22T17:00Z")
    before = set(world.at(start.isoformat()).errors())
    walked = 0
    for now in moments(world, start, start + dt.timedelta(days=3653)):
        errors = set(world.at(now.isoformat()).errors())
        assert errors <= before, f"at {now} there is a new error"
        walked += 1
    assert not before
    assert walked > 10


def test_links_between_pages_that_are_not_public_yet_are_judged_by_the_day_they_go_out(tmp_path: Path) -> None:
    world = clockwork(tmp_path)
    assert world.errors() == []
    world.change("pages/from-june.md", "publish: 2027-05-01", "publish: 2027-06-01")
    broken = [problem for problem in world.problems() if problem.code == "LNK004"]
    assert [(problem.path, problem.span.line) for problem in broken] == [("pages/from-may.md", 7)]


@pytest.fixture(scope="module")
def ticking(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The clockwork, built once."""
    return clockwork(tmp_path_factory.mktemp("ticking"))


@pytest.mark.parametrize("audience", list(Audience))
@given(
    seconds=st.integers(0, 8 * 365 * 86400),
    share=st.floats(0, 1, exclude_max=True, allow_subnormal=False),
)
def test_between_two_boundaries_every_moment_gives_the_same_bytes(
    ticking: World, audience: Audience, seconds: int, share: float
) -> None:
    world = ticking.told(audience=audience, output=ticking.output.with_name(f"output-{audience.value}"))
    now = utc("2026-06-01T00:00Z") + dt.timedelta(seconds=seconds)
    built = world.at(now.isoformat()).build()
    timeline = built.site.library.timeline
    first = timeline.last or now
    following = next(iter(timeline.coming), first + dt.timedelta(days=900))
    other = first + dt.timedelta(seconds=int((following - first).total_seconds() * share))
    files = [(world.output / name).read_bytes() for name in (MANIFEST, BUILD)]
    again = world.at(other.isoformat()).build()
    assert (again.rendered, again.written.written, again.written.removed) == ([], (), ())
    assert [(world.output / name).read_bytes() for name in (MANIFEST, BUILD)] == files
    assert again.site.library.timeline.coming == timeline.coming


def test_every_field_that_holds_a_day_is_in_the_table(tmp_path: Path) -> None:
    """The clockwork uses each field of a header that time looks at, so that none is forgotten above."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(clockwork(tmp_path).content.rglob("*.md")))
    for name in ("publish", "expires", "supersedes", "closed", "left", "date"):
        assert any(name in cls.__dataclass_fields__ for cls in (Announcement, Clinician))
        assert f"\n{name}: " in text
