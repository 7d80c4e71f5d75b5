"""The doors for commands: a build on the disk, a target from what the user wrote, outcomes in words."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from clinic import release
from clinic.release import Build, Clock, Refused, ReleaseStopped, Target, Terms
from clinic.release.graph import HOME
from clinic.release.stops import BuildChanged, NoSuchRelease
from clinic.release.store import ANY, Expected, Headers
from clinic.release.wish import BuiltFiles
from clinic.release.wrapping import Wrapping
from tests.release.world import FakeClock, Site, small


def build(path: Path, site: Site, held: dict[str, str] | None = None) -> Build:
    return Build(site.write(path / f"output-{site.manifest.digest[:8]}"), site.manifest, held or {})


def terms(target: Target, *, lifted: tuple[release.Lift, ...] = ()) -> Terms:
    return release.terms_for(target, owner="maria on front-desk", clock=FakeClock().clock, lifted=lifted)


@pytest.fixture
def target(tmp_path: Path) -> Target:
    return release.open_target("", root=tmp_path, forbidden=[tmp_path / "content"])


def titled(version: str, *changed: str) -> Site:
    site = small("1", pages=2)
    for number, title in enumerate(("Sciatica", "Office hours", "Shingles", "Fibromyalgia", "Headache")):
        site.add(f"c/{number}/index.html", version if title in changed else "1", title=title)
    return site


def test_the_sentence_for_two_changed_pages(tmp_path: Path, target: Target) -> None:
    first = release.publish_release(build(tmp_path, titled("1")), terms(target))
    assert first.sentence == (
        "7 new pages: Sciatica, Office hours, Shingles and 4 more. Released to the folder public/ on this computer; "
        "nobody on the internet sees it yet."
    )
    new = titled("2", "Sciatica", "Office hours")
    outcome = release.publish_release(build(tmp_path, new), terms(target))
    assert outcome.sentence == (
        "2 pages changed: Sciatica, Office hours. Released to the folder public/ on this computer; "
        "nobody on the internet sees it yet."
    )
    again = release.publish_release(build(tmp_path, new), terms(target))
    assert again.sentence == (
        "Nothing changed. Release 2 is in the folder public/ on this computer; nobody on the internet sees it yet."
    )
    back = release.rollback_release(terms(target))
    assert back.sentence.startswith("2 pages changed: Sciatica, Office hours. Release 1 is back in the folder public/")
    assert [one.number for one in release.list_releases(target)] == [1, 2, 3]
    held = release.on_hold(target)
    assert held is not None
    assert held.to == 1


def test_a_plan_is_what_publish_does_and_touches_nothing(tmp_path: Path, target: Target) -> None:
    made = build(tmp_path, titled("1"))
    before = sorted(tmp_path.rglob("*"))
    foresight = release.plan_release(made, terms(target))
    assert sorted(tmp_path.rglob("*")) == before
    assert foresight.needed
    outcome = release.publish_release(made, terms(target))
    assert foresight.plan == outcome.plan
    assert not release.plan_release(made, terms(target)).needed


def test_every_step_of_a_plan_has_a_reason(tmp_path: Path, target: Target) -> None:
    release.publish_release(build(tmp_path, small("1")), terms(target))
    new = small("2", pages=2)
    new.add("conditions/c0/index.html", "2", links=[HOME], assets=["theme/site.2.css"], title="Renamed")
    plan = release.plan_release(
        build(tmp_path, new, {"conditions/c1/index.html": "a mistake in it"}), terms(target)
    ).plan
    reasons = {action.key: action.reason for action in plan.actions}
    assert all(reasons.values())
    assert reasons["theme/site.2.css"] == "new; Renamed shows it, and 2 more"
    assert reasons["conditions/c0/index.html"] == "its title was 'Condition 0'"
    assert reasons["conditions/c1/index.html"] == "held back: a mistake in it"
    assert reasons["theme/site.1.css"] == "Condition 1 is held back and needs it"
    assert reasons[HOME] == "it shows theme/site.2.css now"


def test_exit_codes_and_what_is_held_are_told_each_time(tmp_path: Path, target: Target) -> None:
    assert release.publish_release(build(tmp_path, small("1")), terms(target)).exit_code == 0
    broken = build(tmp_path, small("2"), {"conditions/c1/index.html": "a mistake in it"})
    for _ in range(2):
        outcome = release.publish_release(broken, terms(target))
        assert outcome.exit_code == 1
        assert "Condition 1" in [action.title for action in outcome.held]


def test_what_does_not_arrive_is_found_by_reading_it_back(tmp_path: Path, target: Target) -> None:
    class Losing(Wrapping):
        """A store that says yes and forgets."""

        def put(self, key: str, body: bytes, headers: Headers, expect: Expected = ANY) -> str:
            return super().put(key, b"{}" if key == "feed.xml" else body, headers, expect)

    made = build(tmp_path, small())
    outcome = release.publish_release(made, replace(terms(target), store=Losing(target.store)))
    assert outcome.exit_code == 3
    assert [(one.key, one.what) for one in outcome.findings] == [("feed.xml", "changed")]
    assert "Reading it back found 1 fault: feed.xml is not what was released" in outcome.sentence


def test_a_plan_shows_what_the_guards_would_say(tmp_path: Path, target: Target) -> None:
    release.publish_release(build(tmp_path, small(pages=3)), terms(target))
    less = build(tmp_path, small("2", pages=2))
    assert [one.guard for one in release.plan_release(less, terms(target)).objections] == ["vanished"]
    with pytest.raises(Refused):
        release.publish_release(less, terms(target))
    assert release.plan_release(less, terms(target, lifted=("--allow-vanished",))).objections == ()


def test_a_plan_of_a_rollback_touches_nothing_and_names_what_stays(tmp_path: Path, target: Target) -> None:
    old, new = small("1"), small("1")
    key = "announcements/flu/index.html"
    for site, text in ((old, "come in"), (new, "stay at home")):
        site.add(key, text, title="Flu", source="announcements/flu.md")
    release.publish_release(build(tmp_path, old), terms(target))
    release.publish_release(build(tmp_path, new.add("feed.xml", "2", role="projection")), terms(target))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    foresight = release.plan_rollback(terms(target))
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert [action.title for action in foresight.revived] == ["Flu"]
    assert [action.key for action in foresight.plan.writes] == ["feed.xml"]


def test_the_live_manifest_tells_which_pages_have_a_live_version(tmp_path: Path, target: Target) -> None:
    assert release.live_manifest(target) is None
    site = small()
    release.publish_release(build(tmp_path, site), terms(target))
    assert release.live_manifest(target) == site.manifest


def test_a_build_that_changed_is_refused_before_anything_is_written(tmp_path: Path, target: Target) -> None:
    for gone in (False, True):
        made = build(tmp_path, small())
        (made.output / "feed.xml").write_text("x")
        if gone:
            (made.output / "feed.xml").unlink()
        with pytest.raises(BuildChanged, match=r"feed\.xml is not what the build wrote"):
            release.publish_release(made, terms(target))
        assert not (tmp_path / "public").exists()


def test_nothing_but_the_manifest_is_released(tmp_path: Path, target: Target) -> None:
    made = build(tmp_path, small())
    (made.output / "secret.txt").write_text("x")
    release.publish_release(made, terms(target))
    assert {one.key for one in target.store.list("")} == made.manifest.files.keys()


def test_a_target_where_nothing_was_released_is_said_so(target: Target) -> None:
    assert release.list_releases(target) == ()
    assert release.on_hold(target) is None
    for door in (lambda: release.verify_target(target), lambda: release.rollback_release(terms(target))):
        with pytest.raises(NoSuchRelease, match="Nothing has been released"):
            door()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"version": 2}', b'{"epoch": "x"}'])
def test_damaged_notes_are_one_sentence(tmp_path: Path, target: Target, body: bytes) -> None:
    made = build(tmp_path, small())
    release.publish_release(made, terms(target))
    (tmp_path / ".public-state/head.json").write_bytes(body)
    with pytest.raises(ReleaseStopped, match="own notes"):
        release.publish_release(made, terms(target))


def test_a_lost_manifest_is_one_sentence(tmp_path: Path, target: Target) -> None:
    release.publish_release(build(tmp_path, small("1")), terms(target))
    for path in (tmp_path / ".public-state/manifests").iterdir():
        path.write_bytes(b"{}")
    with pytest.raises(ReleaseStopped, match="list of its own files"):
        release.publish_release(build(tmp_path, small("2")), terms(target))


def test_progress_counts_every_step_once(tmp_path: Path, target: Target) -> None:
    seen: list[tuple[int, int]] = []
    made = build(tmp_path, small())
    asked = Terms(
        store=target.store, where=target.where, owner="x", clock=FakeClock().clock, seat=target.seat, public=False,
        progress=lambda _action, number, total: seen.append((number, total)),
    )  # fmt: skip
    release.publish_release(made, asked)
    total = len(made.manifest.files)
    assert seen == [(number, total) for number in range(1, total + 1)]


def test_real_clocks_fit(tmp_path: Path, target: Target) -> None:
    clock = Clock(wall=time.time, boot=time.monotonic, sleep=time.sleep)
    outcome = release.publish_release(build(tmp_path, small()), release.terms_for(target, owner="x", clock=clock))
    assert outcome.changed


def test_bytes_are_read_from_the_output_only(tmp_path: Path) -> None:
    site = small()
    files = BuiltFiles(site.write(tmp_path / "output"))
    for key, file in site.files.items():
        assert files.read(key, file) == site.bodies[key]


@pytest.mark.parametrize("kept", [0, 10_000_000])
def test_bytes_that_were_looked_at_wait_in_memory_as_far_as_there_is_room(
    tmp_path: Path, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clinic.release.wish._KEPT", kept)
    site = small()
    files = BuiltFiles(site.write(tmp_path / "output"))
    for key, file in site.files.items():
        files.read(key, file)
    for key in site.files:
        (tmp_path / "output" / key).write_bytes(b"changed meanwhile")
    for key, file in site.files.items():
        if kept:
            assert files.read(key, file) == site.bodies[key], "what was found to be right is what is sent"
        with pytest.raises(BuildChanged):
            files.read(key, file)
