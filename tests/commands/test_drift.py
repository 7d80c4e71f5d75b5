"""Drift: what somebody did to the target by hand is named, by listing alone wherever a listing tells enough."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from clinic.commands.looking_after import drift as command
from clinic.commands.running import run
from clinic.release.directory import DirectoryStore
from clinic.release.drift import SEEN, drift
from clinic.release.stops import NoSuchRelease, StoreForbidden
from clinic.release.store import STATE, Headers, Listed, Store
from clinic.release.wrapping import Counting, Request
from tests.laws.publishing import publisher
from tests.release.world import FakeClock, MemoryStore, publish, small

WHERE = "the folder public/"
PAGE = "conditions/c1/index.html"


class Silent(MemoryStore):
    """A store whose listings tell no version, like one of the clouds."""

    def list(self, prefix: str) -> Iterator[Listed]:
        for one in super().list(prefix):
            yield Listed(one.key, one.size, "")


@pytest.fixture(params=["memory", "silent", "folder"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "folder":
        return DirectoryStore(tmp_path / "public")
    return MemoryStore() if request.param == "memory" else Silent()


def same_size(body: bytes) -> bytes:
    return b"X" + body[1:]


def test_nothing_happened(store: Store) -> None:
    publish(store, small(), FakeClock())
    assert drift(store, WHERE).findings == ()


def test_a_hand_edit_a_deletion_and_a_foreign_file_are_each_named_and_nothing_is_touched(store: Store) -> None:
    publish(store, small(), FakeClock())
    drift(store, WHERE)
    page = store.get(PAGE)
    assert page is not None
    store.put(PAGE, same_size(page.body), page.headers)
    store.delete("conditions/c2/index.html")
    store.put("wp-login.php", b"<?php", Headers("text/html"))
    before = {one.key: store.get(one.key) for one in store.list("")}
    found = {finding.key: finding for finding in drift(store, WHERE).findings}
    assert {key: finding.what for key, finding in found.items()} == {
        PAGE: "changed",
        "conditions/c2/index.html": "missing",
        "wp-login.php": "foreign",
    }
    assert "by hand" in found[PAGE].message
    assert "never deleted" in found["wp-login.php"].message
    assert {one.key: store.get(one.key) for one in store.list("")} == before


def test_an_edit_before_the_first_look_is_found_too(store: Store) -> None:
    publish(store, small(), FakeClock())
    page = store.get(PAGE)
    assert page is not None
    store.put(PAGE, same_size(page.body), page.headers)
    assert [(one.key, one.what) for one in drift(store, WHERE).findings] == [(PAGE, "changed")]
    assert [(one.key, one.what) for one in drift(store, WHERE).findings] == [(PAGE, "changed")]


def test_one_listing_and_no_file_is_read_once_it_was_seen() -> None:
    store, clock = MemoryStore(), FakeClock()
    publish(store, small(pages=40), clock)
    first = drift(store, WHERE)
    assert first.read == first.files
    counting = Counting(store)
    assert drift(counting, WHERE).read == 0
    verbs = [(request.verb, request.key.startswith(STATE)) for request in counting.requests]
    assert verbs.count(("list", False)) == 1
    assert all(notes for verb, notes in verbs if verb == "get")
    assert counting.mutations == ()
    clock.move(60)
    publish(store, small(pages=40).add(PAGE, "mended", title="Condition 1"), clock)
    assert drift(store, WHERE).read == 1


def test_a_folder_tells_everything_by_its_listing(tmp_path: Path) -> None:
    store = DirectoryStore(tmp_path / "public")
    publish(store, small(), FakeClock())
    counting = Counting(store)
    assert drift(counting, WHERE).read == 0
    assert [request.key for request in counting.requests if request.verb == "get" and request.key == SEEN] == []
    assert counting.mutations == ()


def test_who_may_only_read_can_look() -> None:
    class ReadOnly(Counting):
        def before(self, request: Request) -> None:
            if request.mutating:
                raise StoreForbidden("You may not.")

    store = MemoryStore()
    publish(store, small(), FakeClock())
    assert drift(ReadOnly(store), WHERE).findings == ()


def test_a_spoiled_note_of_what_was_seen_costs_time_only() -> None:
    store = MemoryStore()
    publish(store, small(), FakeClock())
    store.put(SEEN, b"?", Headers())
    assert drift(store, WHERE).findings == ()


def test_before_the_first_release_there_is_nothing_to_compare(store: Store) -> None:
    with pytest.raises(NoSuchRelease):
        drift(store, WHERE)


def test_the_command_ends_with_1_when_something_differs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office = publisher(tmp_path, capsys)
    office.publish()
    settings = office.world.settings
    assert run(lambda: command(settings)) == 0
    (office.target / "mine.txt").write_text("mine")
    assert run(lambda: command(settings)) == 1
    assert run(lambda: command(settings, ours_only=True)) == 0
    (office.target / "index.html").write_text("mine")
    capsys.readouterr()
    assert run(lambda: command(settings, ours_only=True)) == 1
    said, errors = capsys.readouterr()
    assert "index.html was changed by hand" in errors
    assert "mine.txt was not put there by a release" in errors
    assert "1 file in" in said
    assert (office.target / "mine.txt").read_text() == "mine"
