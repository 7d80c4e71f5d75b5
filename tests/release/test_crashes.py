"""Killed anywhere, whole anyway; and the next run ends in exactly its own build."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.release.directory import DirectoryStore
from clinic.release.graph import HOME
from clinic.release.history import rollback
from clinic.release.state import read_head
from clinic.release.store import Store
from clinic.release.wrapping import Counting, Faults, Request
from tests.release.test_whole import LAW, sites
from tests.release.world import (
    EVERYTHING,
    FakeClock,
    MemoryStore,
    Site,
    Watched,
    assert_is,
    broken,
    publish,
    seat_of,
    small,
    terms,
)

MAKERS: dict[str, Callable[[Path], Store]] = {
    "memory": lambda _: MemoryStore(),
    "directory": lambda path: DirectoryStore(path / "public"),
}


class Death(BaseException):
    """The process is gone: nothing that it still asks for happens."""


def die(_request: Request) -> None:
    raise Death


def old_site() -> Site:
    return small("1", pages=3)


def new_site() -> Site:
    """Other assets; one page gone, one renamed, one changed, one new that names the renamed one and back."""
    site = small("2", pages=2)
    new, renamed = "conditions/new/index.html", "conditions/renamed/index.html"
    site.add(new, "2", links=[renamed, HOME], assets=["theme/site.2.css"], title="New")
    site.add(renamed, "2", links=[new], assets=["theme/font.2.woff2"], title="Renamed")
    site.add("conditions/c2/index.html", "2", links=[renamed], role="redirect")
    return site.add(
        HOME, "2", links=[*small("2", pages=2).files[HOME].links, new], assets=["theme/site.2.css"], role="index"
    )


def newest_site() -> Site:
    site = small("3", pages=4)
    new = "conditions/new/index.html"
    site.add(new, "3", links=["conditions/c3/index.html"], assets=["theme/site.3.css"], title="New")
    return site.add("conditions/c3/index.html", "3", links=[new, HOME], assets=["theme/site.3.css"])


def stopped_release(store: Store, site: Site, clock: FakeClock, nth: int, when: Literal["before", "after"]) -> bool:
    """Whether the release was stopped: past its last request it is not."""
    faults = Faults(Watched(store), nth, when, die)
    try:
        publish(faults, site, clock)
    except Death:
        return True
    return False


def requests_of_a_release(path: Path, make: Callable[[Path], Store]) -> int:
    store, clock = make(path), FakeClock()
    publish(store, old_site(), clock)
    counting = Counting(store)
    publish(counting, new_site(), clock)
    return len(counting.requests)


@pytest.mark.parametrize(
    ("kind", "every"),
    [("memory", 1), ("directory", 7), pytest.param("directory", 1, marks=pytest.mark.slow)],
)
@pytest.mark.parametrize("next_run", ["same", "newer", "older"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_stopped_at_any_request_the_next_run_ends_in_its_own_build(
    tmp_path: Path, kind: str, every: int, next_run: str, when: Literal["before", "after"]
) -> None:
    make = MAKERS[kind]
    follower = {"same": new_site, "newer": newest_site, "older": old_site}[next_run]()
    total = requests_of_a_release(tmp_path / "count", make)
    assert total > 25
    told = 0
    first = ["same", "newer", "older"].index(next_run) * 2 + (when == "after")  # the shares cover each other's gaps
    for nth in range(1 + first % every, total + 1, every):
        store, clock = make(tmp_path / str(nth)), FakeClock()
        publish(store, old_site(), clock)
        assert stopped_release(store, new_site(), clock, nth, when)
        assert broken(store) == []
        begun = read_head(store)[0].intent is not None
        clock.move(120)
        outcome = publish(Watched(store), follower, clock)
        assert_is(store, follower)
        assert (outcome.finished is not None) == begun
        assert ("interrupted" in outcome.sentence) == begun
        told += begun
    assert told > 10 / every


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_a_first_release_can_be_stopped_anywhere(tmp_path: Path, kind: str) -> None:
    make = MAKERS[kind]
    step = 1 if kind == "memory" else 5
    for nth in range(1, 100, step):
        store, clock = make(tmp_path / str(nth)), FakeClock()
        if not stopped_release(store, new_site(), clock, nth, "after"):
            break
        clock.move(120)
        publish(Watched(store), newest_site() if nth % 2 else new_site(), clock)
        assert_is(store, newest_site() if nth % 2 else new_site())
    assert nth > 20


def test_a_home_that_goes_goes_before_the_pages_that_it_leads_to_by_a_file_that_stays() -> None:
    """A first release, cut short: nothing is committed, and home leads to pages that go by an asset that stays."""
    first = Site().add("a/search.json", "1", role="asset", links=["p/index.html"]).add("p/index.html", "1")
    first.add(HOME, "1", role="index", assets=["a/search.json"])
    trial = Counting(MemoryStore())
    publish(trial, first, FakeClock())
    nth = 1 + [(one.verb, one.key) for one in trial.requests].index(("put", HOME))
    store, clock = MemoryStore(), FakeClock()
    assert stopped_release(store, first, clock, nth, "after")
    assert {one.key for one in store.list("")} == {"a/search.json", "p/index.html", HOME}
    clock.move(120)
    counting = Counting(Watched(store))
    publish(counting, Site().add("q/index.html", "1"), clock)
    assert [one.key for one in counting.mutations if one.verb == "delete"] == [HOME, "p/index.html"]


def test_a_rollback_can_be_stopped_anywhere() -> None:
    for nth in range(1, 80):
        store, clock = MemoryStore(), FakeClock()
        publish(store, old_site(), clock)
        publish(store, new_site(), clock)
        try:
            rollback(terms(Faults(Watched(store), nth, "after", die), clock), to=1)
        except Death:
            assert broken(store) == []
        else:
            break
        clock.move(120)
        outcome = rollback(terms(Watched(store), clock), to=1)
        assert outcome.release.restores == 1
        hold = read_head(store)[0].hold
        assert hold is not None
        publish(Watched(store), newest_site(), clock, lifted={*EVERYTHING, "--resume"})
        assert_is(store, newest_site())
    assert nth > 25


STOPS = st.lists(st.tuples(sites(), st.integers(1, 45), st.sampled_from(["before", "after"])), min_size=2, max_size=5)


@settings(LAW, max_examples=100)
@given(STOPS)
def test_any_sequence_of_stopped_releases_stays_whole(
    stops: list[tuple[Site, int, Literal["before", "after"]]],
) -> None:
    stop_and_go(stops)


@pytest.mark.slow
@settings(LAW, max_examples=1000)
@given(STOPS)
def test_a_thousand_sequences_of_stopped_releases_stay_whole(
    stops: list[tuple[Site, int, Literal["before", "after"]]],
) -> None:
    stop_and_go(stops)


def stop_and_go(stops: list[tuple[Site, int, Literal["before", "after"]]]) -> None:
    store, clock = MemoryStore(), FakeClock()
    for site, nth, when in stops[:-1]:
        stopped_release(store, site, clock, nth, when)
        assert broken(store) == []
        clock.move(120)
    publish(Watched(store), stops[-1][0], clock)
    assert_is(store, stops[-1][0])


def test_a_dead_process_on_this_computer_is_not_waited_for(tmp_path: Path) -> None:
    store, clock = DirectoryStore(tmp_path / "public"), FakeClock()
    seat = seat_of(store)
    faults = Faults(store, 12, "after", die)
    with pytest.raises(Death):
        publish(faults, old_site(), clock, seat=seat)  # its seat is given back, as the system does for the dead
    assert read_head(store)[0].lease is not None
    publish(Watched(store), old_site(), clock, seat=seat_of(store))
    assert_is(store, old_site())
