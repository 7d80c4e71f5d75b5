"""Asking again, and asking side by side: how often, in which order, and what ends it."""

import threading
from collections.abc import Callable

import pytest

from clinic.release.crowd import each, in_batches
from clinic.release.patience import TRIES, Patient, patiently, put
from clinic.release.stops import Conflict, LeaseLost, StoreBusy, StoreForbidden
from clinic.release.store import ANY, NEW, Headers
from clinic.release.wrapping import Counting, Request, Wrapping
from tests.release.world import MemoryStore

HTML = Headers("text/html")


class Busy(Wrapping):
    """Has no time for the first requests, before or after they had their effect."""

    def __init__(self, times: int, *, after: bool = False) -> None:
        super().__init__(MemoryStore())
        self.left = times
        self.late = after

    def before(self, _request: Request) -> None:
        if not self.late:
            self._busy()

    def after(self, _request: Request) -> None:
        if self.late:
            self._busy()

    def _busy(self) -> None:
        if self.left > 0:
            self.left -= 1
            raise StoreBusy("later")


def test_pauses_grow_and_end() -> None:
    pauses: list[float] = []

    def ask(_turn: int) -> None:
        raise StoreBusy("later")

    with pytest.raises(StoreBusy):
        patiently(ask, pauses.append)
    assert len(pauses) == TRIES - 1
    for number, pause in enumerate(pauses):
        assert 0.5 * 0.2 * 2**number <= pause <= min(5.0, 0.2 * 2**number)


def test_what_is_forbidden_is_not_asked_again() -> None:
    turns: list[int] = []

    def ask(turn: int) -> None:
        turns.append(turn)
        raise StoreForbidden("no")

    with pytest.raises(StoreForbidden):
        patiently(ask, lambda _: None)
    assert turns == [0]


def test_the_lease_is_looked_at_before_each_try() -> None:
    looks: list[int] = []

    def permit() -> None:
        looks.append(1)
        if len(looks) == 3:
            raise LeaseLost("there")

    with pytest.raises(LeaseLost):
        put(Busy(9), "a.html", b"x", HTML, ANY, lambda _: None, permit)
    assert len(looks) == 3


@pytest.mark.parametrize("key", ["a.html", ".state/head.json"])
def test_a_rival_that_is_itself_is_no_rival(key: str) -> None:
    version = put(Busy(1, after=True), key, b"x", HTML, NEW, lambda _: None)
    assert version == "v1"


def test_a_rival_that_is_another_is_one() -> None:
    store = Busy(1)
    store.inner.put("a.html", b"theirs", HTML)
    with pytest.raises(Conflict):
        put(store, "a.html", b"x", HTML, NEW, lambda _: None)


def test_the_first_conflict_is_not_looked_into() -> None:
    store = Counting(MemoryStore())
    store.put("a.html", b"x", HTML)
    with pytest.raises(Conflict):
        put(store, "a.html", b"x", HTML, NEW, lambda _: None)
    assert [one.verb for one in store.requests] == ["put", "put"]


VERBS: dict[str, tuple[Callable[[Patient], object], bool]] = {
    "get": (lambda store: store.get("a.html"), True),
    "list": (lambda store: list(store.list("")), True),
    "put": (lambda store: store.put("a.html", b"x", HTML), False),
    "copy": (lambda store: store.copy("a.html", "b.html"), False),
    "delete": (lambda store: store.delete("a.html"), False),
    "put a note": (lambda store: store.put(".state/x", b"x", HTML), True),
    "copy to keep": (lambda store: store.copy("a.html", ".state/x"), True),
    "delete a note": (lambda store: store.delete(".state/x"), True),
}


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_only_looks_and_notes_are_asked_again_unasked(verb: str) -> None:
    ask, again = VERBS[verb]
    busy = Busy(2)
    busy.inner.put("a.html", b"x", HTML)
    store = Patient(busy, lambda _: None)
    if again:
        ask(store)
    else:
        with pytest.raises(StoreBusy):
            ask(store)
    assert busy.left == (0 if again else 1)


@pytest.mark.parametrize("workers", [1, 4, 32])
def test_results_and_announcements_are_in_order(workers: int) -> None:
    begun: list[int] = []
    assert each(lambda number: number * 2, range(100), workers=workers, before=begun.append) == list(range(0, 200, 2))
    assert begun == list(range(100))


def test_no_more_than_the_workers_at_once_and_no_fewer() -> None:
    now, most, lock = 0, 0, threading.Lock()
    together = threading.Barrier(4)

    def work(_number: int) -> None:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        together.wait(30)  # goes on when four are there
        with lock:
            now -= 1

    each(work, range(48), workers=4)
    assert most == 4


@pytest.mark.parametrize("stop", [StoreForbidden("no"), KeyboardInterrupt()])
def test_a_stop_ends_it_and_those_under_way_are_waited_for(stop: BaseException) -> None:
    ended: list[int] = []
    begun: list[int] = []

    def work(number: int) -> None:
        if number == 10:
            raise stop
        ended.append(number)

    with pytest.raises(type(stop)):
        each(work, range(1000), workers=4, before=begun.append)
    assert len(begun) < 1000
    assert sorted([*ended, 10]) == begun


def test_a_watcher_that_raises_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clinic.release.crowd._LOOK", 0.01)
    held = threading.Event()

    def watch() -> None:
        held.set()
        raise LeaseLost("there")

    with pytest.raises(LeaseLost):
        each(lambda _: held.wait(10), range(10), workers=2, watch=watch)


def test_batches_are_neighbours() -> None:
    assert list(in_batches([1, 3, 2, 4, 5], lambda number: number % 2)) == [[1, 3], [2, 4], [5]]
    assert list(in_batches([], lambda number: number)) == []
