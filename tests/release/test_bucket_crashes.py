"""Killed anywhere, one at a time: what test_crashes, test_killed and test_deployers say, with a real server."""

import os
import random
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from clinic.release.outcome import Outcome
from clinic.release.state import read_head
from clinic.release.stops import ReleaseStopped, TargetHeld
from clinic.release.tenure import LEASE, MARGIN
from clinic.release.verify import verify
from tests.release.conftest import Line, at_once
from tests.release.test_crashes import new_site, newest_site, old_site
from tests.release.test_deployers import Together
from tests.release.test_killed import start
from tests.release.world import FakeClock, Site, assert_is, broken, publish, small
from tests.servers.proxy import Answer, Asked

NEXT = {"same": new_site, "newer": newest_site, "older": old_site}


def cut(line: Line, nth: int, when: Literal["before", "after"]) -> None:
    """The line is dead from the n-th request on, before or after that one's effect."""
    first: list[int] = []
    lock = threading.Lock()

    def fault(asked: Asked, forward: Callable[[], Answer]) -> Answer | None:
        with lock:
            first.append(asked.number)
            here = len(first)
        if here == nth and when == "after":
            forward()
        return forward() if here < nth else None

    line.proxy.fault = fault


def heal(line: Line) -> None:
    line.proxy.fault = lambda _asked, forward: forward()


@pytest.mark.parametrize("every", [11, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("next_run", sorted(NEXT))
@pytest.mark.parametrize("when", ["before", "after"])
def test_stopped_at_any_request_the_next_run_ends_in_its_own_build(
    line: Line, every: int, next_run: str, when: Literal["before", "after"]
) -> None:
    clock, follower = FakeClock(), NEXT[next_run]()
    publish(line.target, old_site(), clock, workers=4)
    line.watch()
    first = sorted(NEXT).index(next_run) * 2 + (when == "after")  # the shares cover each other's gaps
    told = 0
    for nth in range(1 + first % every, 200, every):
        heal(line)
        publish(line.target, old_site(), clock, workers=4)
        cut(line, nth, when)
        try:
            publish(line.target, new_site(), clock, workers=4)
        except ReleaseStopped:
            pass
        else:
            break  # it needs fewer requests than that
        assert broken(line.direct) == []
        heal(line)
        line.mirror_anew()
        begun = read_head(line.direct)[0].intent is not None
        clock.move(120)
        outcome = publish(line.target, follower, clock, workers=4)
        assert_is(line.direct, follower)
        assert (outcome.finished is not None) == begun
        told += begun
    assert told
    assert nth > 30
    assert line.faults == []
    assert line.agrees()


@pytest.mark.parametrize("rounds", [3, pytest.param(100, marks=pytest.mark.slow)])
def test_of_sixteen_deployers_one_wins_each_round(line: Line, rounds: int) -> None:
    deployers, clock = 16, FakeClock()
    publish(line.target, small("0"), clock)
    for turn in range(rounds):
        gate = threading.Barrier(deployers)
        won: dict[str, Outcome] = {}
        told: list[TargetHeld] = []

        def deploy(version: str, gate: threading.Barrier = gate, won: dict[str, Outcome] = won,
                   told: list[TargetHeld] = told) -> None:  # fmt: skip
            try:
                target = at_once(line.written)
                won[version] = publish(replace(target, store=Together(target.store, gate)), small(version), clock)
            except TargetHeld as stop:
                told.append(stop)

        threads = [threading.Thread(target=deploy, args=(f"{turn}-{number}",)) for number in range(deployers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(won) == 1
        assert len(told) == deployers - 1
        assert_is(line.direct, small(next(iter(won))))


def written(root: Path, sites: dict[str, Site]) -> None:
    for name, site in sites.items():
        site.write(root / name)
        (root / f"{name}.json").write_bytes(site.manifest.to_bytes())


@pytest.mark.parametrize("moments", [20, pytest.param(200, marks=pytest.mark.slow)])
def test_killed_at_any_moment_the_site_is_whole_and_the_next_run_finishes(
    tmp_path: Path, line: Line, moments: int
) -> None:
    sites = {name: small(name, pages=40 if name == "a" else 30) for name in ("a", "b")}
    written(tmp_path, sites)
    chance, interrupted, clock, ahead = random.Random(2026), 0, FakeClock(time.time()), 0.0
    publish(line.target, sites["a"], clock, workers=8)
    for moment in range(moments):
        name = "ba"[moment % 2]
        # Killed at the request that the chance names, the others of that moment under way, not at a time: a busy
        # computer would be killed before it began.
        doomed, reached = chance.randint(1, 120), threading.Event()
        line.proxy.clear()

        def seen(_asked: Asked, _status: int, doomed: int = doomed, reached: threading.Event = reached) -> None:
            if len(line.proxy.log) >= doomed:
                reached.set()

        line.proxy.seen = seen
        process = start(tmp_path, name, line.written)
        reached.wait(20)
        process.kill()
        process.communicate()
        line.proxy.seen = lambda _asked, _status: None
        assert broken(line.direct) == []
        interrupted += read_head(line.direct)[0].intent is not None
        clock.seconds = max(clock.seconds, time.time() + ahead) + LEASE + MARGIN + 5
        publish(line.target, sites[name], clock, workers=8)
        assert_is(line.direct, sites[name])
        later = tmp_path / "later"
        ahead = clock.seconds - time.time() + 1
        later.write_text(str(ahead))
    assert interrupted


@pytest.mark.parametrize("moments", [4, pytest.param(40, marks=pytest.mark.slow)])
def test_a_process_that_slept_past_its_lease_leaves_the_winners_site_or_says_so(
    tmp_path: Path, line: Line, moments: int
) -> None:
    sites = {"sleeper": small("2", pages=30)}
    written(tmp_path, sites)
    winner, chance, took_over = small("3", pages=30), random.Random(7), 0
    total = requests_of(tmp_path, line, "sleeper")  # a busy server may have been asked for some of them twice
    assert total > 80
    for _ in range(moments):
        clock = FakeClock(time.time() + 1000)
        publish(line.beside, small("1", pages=30), clock, workers=8)
        later = tmp_path / "later"
        later.write_text("1000")
        wanted, reached, on = chance.randint(total // 2, total - 4 * 8), threading.Event(), threading.Event()
        line.proxy.clear()

        def slow(
            _asked: Asked,
            forward: Callable[[], Answer],
            wanted: int = wanted,
            reached: threading.Event = reached,
            on: threading.Event = on,
        ) -> Answer | None:
            if len(line.proxy.log) >= wanted and not reached.is_set():
                reached.set()
                on.wait(30)
            return forward()

        line.proxy.fault = slow
        process = start(tmp_path, "sleeper", line.written)
        if not reached.wait(60):
            process.kill()
            pytest.fail(f"It asked for no {wanted} things: {process.communicate()}")
        process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WNOWAIT)
        on.set()  # what was under way arrives while it sleeps
        while line.proxy.under_way:
            time.sleep(0.01)
        clock.seconds = time.time() + 1000 + LEASE + MARGIN + 5
        later.write_text(str(1000 + LEASE + MARGIN + 5))
        publish(line.beside, winner, clock, workers=8)
        process.send_signal(signal.SIGCONT)
        said, faults = process.communicate(timeout=60)
        assert broken(line.direct) == []
        if process.returncode != 4:  # it had made its release live before it slept: the winner's came after
            assert [finding for finding in verify(line.direct, "there") if finding.wrong] == [], said + faults
        took_over += "another one has taken over" in said
        publish(line.beside, winner, clock, lifted={"--force", "--allow-vanished", "--allow-deletes"})
        assert [finding for finding in verify(line.direct, "there") if finding.wrong] == []
        heal(line)
        empty(line)
    assert took_over


def requests_of(root: Path, line: Line, name: str) -> int:
    """How many requests a process makes that replaces the first site by another, in peace."""
    clock = FakeClock(time.time() + 1000)
    publish(line.beside, small("1", pages=30), clock, workers=8)
    (root / "later").write_text("1000")
    line.proxy.clear()
    process = start(root, name, line.written)
    process.communicate(timeout=60)
    count = len(line.proxy.log)
    heal(line)
    empty(line)
    return count


def empty(line: Line) -> None:
    """The next round starts in an empty place."""
    for prefix in ("", ".state/"):
        for one in list(line.direct.list(prefix)):
            line.direct.delete(one.key)
