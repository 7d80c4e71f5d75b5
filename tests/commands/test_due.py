"""`due`: every moment at which the site changes by itself, what happens then, and whether a release is missing."""

import datetime as dt
import json
from pathlib import Path

import pytest

from clinic.commands.coming import SOMETHING, coming
from clinic.commands.due import due, look
from clinic.commands.history import rollback
from clinic.commands.running import run
from clinic.library.audience import Audience
from tests.laws.publishing import Publisher, publisher
from tests.laws.world import NOW, World, small_world

SAMPLE = Path(__file__).parents[2] / "content"

NEWS = """---
title: {title}
summary: A summary.
date: {date}
expires: {expires}
topic: closure
{more}---

Words.
"""


def news(world: World, name: str, *, date: str, expires: str, more: str = "") -> None:
    file = world.settings.content / "announcements" / f"{name}.md"
    file.write_text(NEWS.format(title=name.capitalize(), date=date, expires=expires, more=more))


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Publisher:
    return publisher(tmp_path, capsys)


def asked(
    office: Publisher, capsys: pytest.CaptureFixture[str], now: str = NOW, form: str = "text", max_age: str = ""
) -> tuple[int, str, str]:
    capsys.readouterr()
    code = run(lambda: due(office.world.at(now).settings, form=form, max_age=max_age))
    said, errors = capsys.readouterr()
    return code, said, errors


def test_before_the_first_release_one_is_due(office: Publisher, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, _ = asked(office, capsys)
    assert code == 10
    assert "nothing has been released" in said


def test_a_release_is_due_from_the_very_moment_on_and_no_earlier(
    office: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    news(office.world, "snow", date="2026-11-20", expires="2026-11-24 15:00")
    office.publish()
    assert asked(office, capsys, "2026-11-24T14:59:59")[0] == 0
    code, said, _ = asked(office, capsys, "2026-11-24T15:00:00")
    assert code == 10
    assert 'The announcement "Snow" is over.' in said
    office.publish(now="2026-11-24T15:00:00")
    assert asked(office, capsys, "2026-11-24T15:00:01")[0] == 0


def test_every_kind_of_moment_is_said_in_words(office: Publisher, capsys: pytest.CaptureFixture[str]) -> None:
    world = office.world
    news(world, "snow", date="2026-11-20", expires="unknown", more="level: banner\nclosed: [2026-11-23]\n")
    news(world, "thaw", date="2026-12-01", expires="2026-12-02", more="supersedes: snow\n")
    news(world, "flood", date="2026-11-21", expires="unknown")
    world.write("pages/parking.md", "---\ntitle: Parking\nsummary: Where.\npublish: 2026-12-05 08:00\n---\n\nHere.\n")
    note = '<!-- check: allow NOT003 reason="we say it each week" until=2026-12-09 -->'
    hours = world.settings.content / "announcements/office-hours.md"
    hours.write_text(f"{hours.read_text()}\n{note}\n\nWe meet next Monday.\n")
    doctor = world.settings.content / "clinicians/dr-example.md"
    doctor.write_text(doctor.read_text().replace("role:", "left: 2026-12-06\nrole:", 1))
    _, said, _ = asked(office, capsys)
    lines = [line.removeprefix("Next: ").strip() for line in said.splitlines()]
    library = world.gathered().library
    assert library is not None
    name = library.items["dr-example"].document.title
    for line in (
        "2026-11-24 00:00  The closed day 2026-11-23 is over: it leaves the hours.",
        '2026-12-01 00:00  The announcement "Snow" gives way to "Thaw".',
        '2026-12-01 00:00  The announcement "Thaw" goes out.',
        '2026-12-03 00:00  The announcement "Thaw" is over.',
        '2026-12-05 08:00  The page "Parking" goes public.',
        f"2026-12-07 00:00  {name} has left: the pages say so.",
        '2026-12-10 00:00  "We open on Mondays" allowed NOT003 until then (a warning, if still needed).',
        "2026-12-29 00:00  The special day 2026-12-28 at Main office is over: it leaves the hours.",
        '2027-02-19 00:00  The announcement "Flood" has stood for 90 days (a warning).',
        'Until further notice: "Flood" (announcements/flood.md). It stays until somebody ends it.',
    ):
        assert line in lines, line
    assert said.splitlines()[0].startswith("Next: 2026-11-2")
    stamps = [line[:16] for line in lines if line[:4].isdigit()]
    assert stamps == sorted(stamps)


@pytest.mark.parametrize("content", ["small", "sample"])
def test_at_no_moment_to_come_does_anything_turn_up_that_was_not_foretold(tmp_path: Path, content: str) -> None:
    world = small_world(tmp_path, audience=Audience.PATIENTS).told(target=str(tmp_path / "public"))
    if content == "sample":
        world = world.told(content=SAMPLE)
    foretold = look(world.settings).coming
    assert foretold
    assert SOMETHING not in {event for happening in foretold.values() for event in happening}
    for moment in [*foretold][:12]:
        then = look(world.told(now=moment.strftime("%Y-%m-%dT%H:%M:%S+00:00")).settings)
        assert set(then.library.timeline.coming) <= set(foretold)
        assert then.last == moment
        assert set(then.coming) == {each for each in foretold if each > moment}


def test_between_two_moments_a_build_is_the_same_and_across_one_it_differs(office: Publisher) -> None:
    news(office.world, "snow", date="2026-11-20", expires="2026-11-24 15:00")
    first = office.publish()
    before = office.publish(now="2026-11-24T14:59:59")
    after = office.publish(now="2026-11-24T15:00:00")
    assert first.live == before.live
    assert before.live != after.live


def test_json_says_the_same(office: Publisher, capsys: pytest.CaptureFixture[str]) -> None:
    news(office.world, "snow", date="2026-11-20", expires="2026-11-24 15:00")
    office.publish()
    code, said, errors = asked(office, capsys, form="json")
    told = json.loads(said)
    assert (code, errors) == (0, "")
    assert told["version"] == 1
    assert told["now"] == "2026-11-22T17:00:00Z"
    assert told["due"] is False
    assert told["release"] == 1
    assert told["next"] == told["moments"][0]["at"]
    at = {each["at"]: each for each in told["moments"]}
    assert at["2026-11-24T23:00:00Z"]["local"] == "2026-11-24 15:00"
    assert at["2026-11-24T23:00:00Z"]["what"] == [
        {"sentence": 'The announcement "Snow" is over.', "path": "announcements/snow.md"}
    ]
    assert json.loads(asked(office, capsys, "2026-11-25T00:00:00", "json")[1])["due"] is True


def test_max_age_fails_when_no_release_followed_in_time(office: Publisher, capsys: pytest.CaptureFixture[str]) -> None:
    news(office.world, "snow", date="2026-11-20", expires="2026-11-24 15:00")
    office.publish()
    assert asked(office, capsys, max_age="48h")[0] == 0
    assert asked(office, capsys, "2026-11-26T15:00:00", max_age="48h")[0] == 10
    code, _, errors = asked(office, capsys, "2026-11-26T15:00:01", max_age="2d")
    assert code == 1
    assert "2026-11-24 15:00" in errors
    assert "has stopped" in errors


@pytest.mark.parametrize(("form", "max_age"), [("xml", ""), ("text", "soon"), ("text", "-1h")])
def test_wrong_use_is_said(office: Publisher, capsys: pytest.CaptureFixture[str], form: str, max_age: str) -> None:
    code, _, errors = asked(office, capsys, form=form, max_age=max_age)
    assert code == 2
    assert errors.count("\n") == 1


def test_a_rollback_that_holds_the_target_is_named(office: Publisher, capsys: pytest.CaptureFixture[str]) -> None:
    office.publish()
    office.world.write("pages/parking.md", "---\ntitle: Parking\nsummary: Where.\n---\n\nHere.\n")
    second = office.publish(now="2026-11-22T10:00:00")
    assert second.code == 0, second.errors
    assert run(lambda: rollback(office.world.settings, to="", wait=0)) == 0
    _, said, _ = asked(office, capsys, "2026-11-22T11:00:00")
    assert "A rollback holds" in said


def test_what_is_said_of_the_sample_site_has_a_file_for_every_event(tmp_path: Path) -> None:
    world = small_world(tmp_path).told(content=SAMPLE, target=str(tmp_path / "public"))
    found = look(world.settings)
    assert coming(found.library)
    for moment, happening in found.coming.items():
        assert moment.tzinfo is not None
        assert moment > found.library.timeline.now
        for event in happening:
            assert (SAMPLE / event.path).is_file()
    assert found.library.timeline.now == dt.datetime(2026, 11, 22, 17, tzinfo=dt.UTC)
