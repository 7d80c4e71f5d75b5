"""A first release sends what nobody can see while the place is tried out; its home page waits for the verdict."""

import dataclasses
import threading

import pytest

from clinic.release.abilities import CLOSED, CREATE, SWAP
from clinic.release.graph import HOME
from clinic.release.outcome import Outcome
from clinic.release.protocol import release
from clinic.release.state import read_head
from clinic.release.stops import Refused, StoreBusy, StoreFault, UnsafeStore
from clinic.release.store import ANY, NEW, Expected, Headers, Store, Stranger
from clinic.release.wish import Probe
from tests.release.world import EVERYTHING, FakeClock, MemoryStore, assert_is, small, terms

PATIENCE = 20.0
SAFE = {CREATE: True, SWAP: True}


def released(
    store: Store,
    probe: Probe,
    *,
    version: str = "1",
    stranger: Stranger | None = None,
    lifted: frozenset[str] = EVERYTHING,
) -> Outcome:
    plain = terms(store, FakeClock(), lifted=lifted, workers=4)  # type: ignore[arg-type]
    wish = small(version).wish()
    return release(lambda _head, _version: wish, dataclasses.replace(plain, probe=probe, stranger=stranger))


class Telling(MemoryStore):
    """Says when all but home has arrived, and remembers in what order files came."""

    def __init__(self) -> None:
        super().__init__()
        self.all_but_home = threading.Event()
        self.order: list[str] = []

    def put(self, key: str, body: bytes, headers: Headers, expect: Expected = ANY) -> str:
        version = super().put(key, body, headers, expect)
        self.order.append(key)
        if small().files.keys() - self.objects.keys() <= {HOME}:
            self.all_but_home.set()
        return version


def test_all_but_home_arrives_beside_the_trial_and_home_after_it() -> None:
    store = Telling()

    def probe(_store: Store) -> dict[str, bool]:
        assert store.all_but_home.wait(PATIENCE), "it did not wait for the trial to send what nobody sees"
        assert HOME not in store.objects
        store.order.append("verdict")
        return SAFE

    released(store, probe)
    assert store.order.index("verdict") < store.order.index(HOME)
    assert_is(store, small())
    assert read_head(store)[0].capabilities == SAFE


def test_a_place_that_is_not_safe_is_left_as_it_was() -> None:
    store = Telling()

    def probe(_store: Store) -> dict[str, bool]:
        assert store.all_but_home.wait(PATIENCE)
        return {CREATE: True, SWAP: False}

    with pytest.raises(UnsafeStore, match="The site there is as it was"):
        released(store, probe)
    assert HOME not in store.order
    assert store.objects == {}


def test_a_trial_that_fails_stops_the_release_and_the_next_one_completes_it() -> None:
    store = Telling()

    def failing(_store: Store) -> dict[str, bool]:
        assert store.all_but_home.wait(PATIENCE)
        raise StoreBusy("no answer")

    with pytest.raises(StoreBusy, match="no answer"):
        released(store, failing)
    assert HOME not in store.objects
    head, _ = read_head(store)
    assert head.intent is not None
    assert head.lease is None, "the next run need not wait"
    tried_before = len(store.order)

    def before_anything(_store: Store) -> dict[str, bool]:
        assert len(store.order) == tried_before, "something is there already: the verdict comes first"
        return SAFE

    released(store, before_anything)
    assert_is(store, small())


def test_the_only_deployer_and_a_later_release_wait_for_nothing_and_nobody() -> None:
    store = Telling()
    lacking = {CREATE: False, SWAP: False}

    def before_anything(_store: Store) -> dict[str, bool]:
        assert store.order == []
        return lacking

    released(store, before_anything, lifted=EVERYTHING | {"--only-deployer"})
    assert_is(store, small())

    def never(_store: Store) -> dict[str, bool]:
        raise AssertionError("it was tried out already")

    released(store, never, version="2", lifted=EVERYTHING | {"--only-deployer"})
    assert_is(store, small("2"))


def test_a_file_of_somebody_else_makes_the_trial_come_first() -> None:
    store = Telling()
    store.put(HOME, b"somebody's", Headers("text/html", ""))
    store.order.clear()

    def before_anything(_store: Store) -> dict[str, bool]:
        assert store.order == []
        return {CREATE: False, SWAP: False}

    with pytest.raises(UnsafeStore):
        released(store, before_anything, lifted=EVERYTHING | {"--adopt"})
    assert store.objects[HOME].body == b"somebody's"
    assert list(store.objects) == [HOME]


def test_no_note_is_written_where_strangers_could_read_it() -> None:
    store = Telling()
    asked: list[str] = []

    def stranger(key: str) -> bool:
        asked.append(key)
        return key in store.objects

    with pytest.raises(Refused, match="read"):
        released(store, lambda _store: {**SAFE, CLOSED: False}, stranger=stranger)
    assert store.objects == {}
    assert store.order == asked, "one note that says nothing, removed again"
    released(store, lambda _store: {**SAFE, CLOSED: False}, stranger=stranger, lifted=EVERYTHING | {"--allow-readable"})
    assert_is(store, small())


class NoCreating(MemoryStore):
    """Can't be asked to write only where nothing is."""

    def put(self, key: str, body: bytes, headers: Headers, expect: Expected = ANY) -> str:
        if expect is NEW:
            raise StoreFault("501: what is that?")
        return super().put(key, body, headers, expect)


def test_that_a_place_is_not_safe_is_said_rather_than_what_it_answered() -> None:
    store = NoCreating()
    with pytest.raises(UnsafeStore, match="--only-deployer"):
        released(store, lambda _store: {CREATE: False, SWAP: True})
    assert store.objects == {}
