"""One at a time: of any number of deployers one wins, and one that slept past its lease says so."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from clinic.release.directory import DirectoryStore
from clinic.release.outcome import Outcome
from clinic.release.protocol import release
from clinic.release.state import HEAD, read_head
from clinic.release.stops import LeaseLost, TargetHeld
from clinic.release.store import ANY, Expected, Headers, Store
from clinic.release.tenure import LEASE, MARGIN
from clinic.release.verify import verify
from clinic.release.wrapping import Counting, Request, Wrapping
from tests.release.world import FakeClock, MemoryStore, Watched, assert_is, broken, publish, seat_of, small, terms

HTML = Headers("text/html; charset=utf-8", "public, max-age=60, must-revalidate")

MAKERS: dict[str, Callable[[Path], Store]] = {
    "memory": lambda _: MemoryStore(),
    "directory": lambda path: DirectoryStore(path / "public"),
}


class Together(Wrapping):
    """Holds each deployer at its first write of the head until all of them are there."""

    def __init__(self, inner: Store, gate: threading.Barrier) -> None:
        super().__init__(inner)
        self.gate = gate
        self.waited = False

    def before(self, request: Request) -> None:
        if request.verb == "put" and request.key == HEAD and not self.waited:
            self.waited = True
            self.gate.wait(60)


@pytest.mark.parametrize("kind", sorted(MAKERS))
@pytest.mark.parametrize("deployers", [2, 8])
def test_of_many_deployers_one_wins_and_the_site_is_its_build(tmp_path: Path, kind: str, deployers: int) -> None:
    store, clock = MAKERS[kind](tmp_path), FakeClock()
    publish(store, small("0"), clock)
    for turn in range(3):
        gate = threading.Barrier(deployers)
        won: dict[str, Outcome] = {}
        told: list[TargetHeld] = []

        def deploy(version: str, gate: threading.Barrier = gate, won: dict[str, Outcome] = won,
                   told: list[TargetHeld] = told) -> None:  # fmt: skip
            try:
                won[version] = publish(Together(store, gate), small(version), clock, seat=seat_of(store))
            except TargetHeld as stop:
                told.append(stop)

        threads = [threading.Thread(target=deploy, args=(f"{turn}-{number}",)) for number in range(deployers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(won) == 1
        assert len(told) == deployers - 1
        assert all(held.owner == "nurse on desk-1" and held.exit_code == 4 for held in told)
        assert_is(store, small(next(iter(won))))


class Interrupting(Wrapping):
    """Lets something else happen before the n-th request, as if this process had been paused there."""

    def __init__(self, inner: Store, nth: int, meanwhile: Callable[[], None]) -> None:
        super().__init__(inner)
        self.left = nth
        self.meanwhile = meanwhile

    def before(self, _request: Request) -> None:
        self.left -= 1
        if self.left == 0:
            self.meanwhile()


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_one_that_slept_past_its_lease_leaves_the_winners_site_or_says_that_it_did_not(
    tmp_path: Path, kind: str
) -> None:
    ended = 0
    for nth in range(1, 80, 1 if kind == "memory" else 4):
        store, clock = MAKERS[kind](tmp_path / str(nth)), FakeClock()
        publish(store, small("1"), clock)

        def rival(store: Store = store, clock: FakeClock = clock) -> None:
            clock.move(LEASE + MARGIN + 1)
            publish(store, small("3"), clock)

        stopped = False
        sleeper = Interrupting(store, nth, rival)
        try:
            publish(sleeper, small("2"), clock)
        except (LeaseLost, TargetHeld):
            stopped = True
        if sleeper.left > 0:
            assert_is(store, small("2"))
            ended += 1
            continue
        wrong = [finding for finding in verify(store, "there") if finding.what != "foreign"]
        head, _ = read_head(store)
        if not stopped:
            # It had nothing left to write when it slept, or the rival came first and it went on from there.
            assert head.intent is None
            assert wrong == []
        publish(store, small("3"), clock, lifted={"--force", "--allow-vanished", "--allow-deletes"})
        assert [finding for finding in verify(store, "there") if finding.what != "foreign"] == []
        assert broken(store) == []
    assert ended


def test_a_held_target_is_told_with_who_and_until_when_and_nothing_is_written() -> None:
    store, clock = MemoryStore(), FakeClock()
    publish(store, small("1"), clock)
    seen: list[TargetHeld] = []

    def rival() -> None:
        counting = Counting(store)
        with pytest.raises(TargetHeld) as caught:
            publish(counting, small("3"), clock)
        assert counting.mutations == ()
        seen.append(caught.value)

    publish(Interrupting(store, 20, rival), small("2"), clock)
    assert_is(store, small("2"))
    assert seen[0].owner == "nurse on desk-1"
    assert (seen[0].until.timestamp() - clock.seconds) == LEASE
    assert "nurse on desk-1" in str(seen[0])
    assert "--wait" in str(seen[0])


def test_waiting_ends_when_the_other_is_done_or_its_lease_is_over() -> None:
    store, clock = MemoryStore(), FakeClock()
    publish(store, small("1"), clock)

    class Gone(BaseException):
        pass

    def vanish() -> None:
        raise Gone

    with pytest.raises(Gone):
        publish(_dead(store, 20, vanish), small("2"), clock)
    wish = small("3").wish()

    start = clock.seconds
    release(lambda _head, _version: wish, terms(Watched(store), clock, wait=600, lifted={"--allow-vanished"}))
    assert_is(store, small("3"))
    assert LEASE < clock.seconds - start <= LEASE + MARGIN + 3


def _dead(store: Store, nth: int, stop: Callable[[], None]) -> Store:
    class Dead(Wrapping):
        left = nth

        def before(self, _request: Request) -> None:
            self.left -= 1
            if self.left <= 0:
                stop()

    return Dead(store)


def test_waiting_does_not_last_longer_than_was_asked_for() -> None:
    store, clock = MemoryStore(), FakeClock()
    publish(store, small("1"), clock)
    wish = small("3").wish()

    def rival() -> None:
        start = clock.seconds
        with pytest.raises(TargetHeld):
            release(lambda _head, _version: wish, terms(store, clock, wait=9))
        assert 9 <= clock.seconds - start <= 12

    publish(Interrupting(store, 20, rival), small("2"), clock)


def test_a_long_release_renews_its_lease() -> None:
    store, clock = Counting(MemoryStore()), FakeClock()
    publish(store, small("1"), clock)
    store.requests.clear()

    class Slow(Wrapping):
        def after(self, _request: Request) -> None:
            clock.move(7)

    publish(Slow(store), small("2", pages=20), clock)
    heads = [one for one in store.requests if one.key == HEAD and one.verb == "put"]
    assert len(heads) > 5
    assert_is(store, small("2", pages=20))


def test_a_computer_whose_clock_stands_still_while_it_sleeps_renews_by_the_other_clock() -> None:
    store, clock = Counting(MemoryStore()), FakeClock()
    publish(store, small("1"), clock)

    class Backwards(Wrapping):
        def after(self, request: Request) -> None:
            if request.verb == "put":
                clock.move(LEASE)

    wish = small("2").wish()
    frozen = clock.seconds
    asked = terms(Backwards(store), clock)
    asked = replace(asked, clock=replace(asked.clock, wall=lambda: frozen))
    store.requests.clear()
    release(lambda _head, _version: wish, asked)
    assert len([one for one in store.requests if one.key == HEAD and one.verb == "put"]) > 5


def test_the_answer_to_a_write_of_the_head_may_be_lost() -> None:
    class Repeating(Wrapping):
        """Sends a write of the head twice, as a client does that did not hear the answer."""

        def put(self, key: str, body: bytes, headers: Headers, expect: Expected = ANY) -> str:
            if key == HEAD:
                self.inner.put(key, body, headers, expect)
            return self.inner.put(key, body, headers, expect)

    store = MemoryStore()
    publish(Repeating(store), small("1"), FakeClock())
    assert_is(store, small("1"))


def test_what_an_interrupted_run_wrote_late_is_found_when_the_release_is_read_back() -> None:
    store, clock = MemoryStore(), FakeClock()
    publish(store, small("1"), clock)
    late = small("1").bodies["conditions/c0/index.html"]
    cut: list[Request] = []

    class Gone(BaseException):
        pass

    class Cut(Wrapping):
        """Dies when the first page is written."""

        def after(self, request: Request) -> None:
            if request.verb == "put" and request.key == "conditions/c0/index.html":
                cut.append(request)
            if cut:
                raise Gone

        def before(self, _request: Request) -> None:
            if cut:
                raise Gone

    with pytest.raises(Gone):
        publish(Cut(store), small("2"), clock)
    clock.move(LEASE + MARGIN + 1)

    class Late(Wrapping):
        """Its last write comes once the next run has looked at that page."""

        done = False

        def before(self, request: Request) -> None:
            if request.verb == "put" and request.key.startswith("conditions/") and not self.done:
                self.done = True
                self.inner.put("conditions/c0/index.html", late, HTML)

    outcome = publish(Late(store), small("2"), clock)
    assert "conditions/c0/index.html" not in {action.key for action in outcome.plan.writes}
    assert [(one.key, one.what) for one in outcome.findings] == [("conditions/c0/index.html", "changed")]
    assert outcome.exit_code == 3
    publish(store, small("2"), clock, lifted={"--force"})
    assert_is(store, small("2"))
