"""Writes that a server refuses once the lease is over, and the listing that finds what it could not refuse."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from clinic.release.doctor import Patient, examine
from clinic.release.state import read_head
from clinic.release.stops import Conflict, LeaseLost, TooLate
from clinic.release.store import ANY, NEW, Headers, Timed
from clinic.release.target import open_target
from clinic.release.tenure import LEASE, MARGIN
from clinic.release.wrapping import Request, Wrapping
from tests.release.conftest import Line, place
from tests.release.world import FakeClock, MemoryStore, assert_is, broken, publish, small
from tests.servers.proxy import Answer, Asked
from tests.servers.running import Server

HTML = Headers("text/html; charset=utf-8", "public, max-age=60, must-revalidate")
PAGE = "conditions/c0/index.html"


def in_time(line: Line, seconds: float) -> Timed:
    assert line.target.expiring is not None
    timed = line.target.expiring(lambda: seconds)
    assert timed is not None
    return timed


def test_a_write_in_time_is_as_any_other(line: Line) -> None:
    timed = in_time(line, 60)
    version = timed.put(PAGE, b"one", HTML, NEW)
    with pytest.raises(Conflict):
        timed.put(PAGE, b"two", HTML, NEW)
    version = timed.put(PAGE, b"two", HTML, version)
    with pytest.raises(Conflict):
        timed.put(PAGE, b"three", HTML, '"another version"')
    stored = line.direct.get(PAGE)
    assert stored is not None
    assert (stored.body, stored.headers, stored.version) == (b"two", HTML, version)
    timed.delete(PAGE)
    timed.delete(PAGE)
    assert line.direct.get(PAGE) is None


@pytest.mark.parametrize("verb", ["put", "delete"])
def test_one_that_arrives_late_is_refused_by_the_server(line: Line, verb: str) -> None:
    timed = in_time(line, 1)
    line.direct.put(PAGE, b"the winner's", HTML)

    def late(_asked: Asked, forward: Callable[[], Answer]) -> Answer | None:
        time.sleep(2.5)
        return forward()

    line.proxy.fault = late
    with pytest.raises(TooLate, match="Look at the clock"):
        timed.put(PAGE, b"the sleeper's", HTML, ANY) if verb == "put" else timed.delete(PAGE)
    stored = line.direct.get(PAGE)
    assert stored is not None
    assert stored.body == b"the winner's"


def test_a_sleeper_brings_nothing_back_even_where_its_version_came_back(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The winner releases what was live when the sleeper looked: to the store, its versions are the same."""
    clock = FakeClock()
    publish(line.beside, small("1"), clock)
    monkeypatch.setattr("clinic.release.tenure.LEASE", 2)
    slept: list[Asked] = []

    def sleeping(asked: Asked, forward: Callable[[], Answer]) -> Answer | None:
        if not slept and asked.verb == "put" and line.key(asked) == PAGE:
            slept.append(asked)
            time.sleep(3)
            awake = FakeClock(clock.seconds + LEASE + MARGIN + 5)
            publish(line.beside, small("3"), awake)
            publish(line.beside, small("1"), awake)
        return forward()

    line.proxy.fault = sleeping
    with pytest.raises(LeaseLost):
        publish(line.target, small("2"), clock)
    assert slept
    assert_is(line.direct, small("1"))


def test_a_clock_that_is_slow_is_told_with_how_much(line: Line) -> None:
    publish(line.beside, small("1"), FakeClock())

    def behind(asked: Asked, forward: Callable[[], Answer]) -> Answer | None:
        if asked.verb != "put" or line.key(asked) != PAGE:
            return forward()
        date = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 300))
        body = b"<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"
        return Answer(403, {"Date": date, "Content-Length": str(len(body))}, body)

    line.proxy.fault = behind
    with pytest.raises(TooLate, match="It is 5 minutes slow") as caught:
        publish(line.target, small("2"), FakeClock())
    assert "whole" in str(caught.value)
    assert broken(line.direct) == []


class Late(Wrapping):
    """The last writes of a run that was cut short arrive once the next one has looked at everything."""

    def __init__(self, inner: MemoryStore, writes: dict[str, bytes]) -> None:
        super().__init__(inner)
        self._writes = writes

    def before(self, request: Request) -> None:
        if request.verb == "put" and request.key.endswith(".html"):
            while self._writes:
                key, body = self._writes.popitem()
                self.inner.put(key, body, HTML)


def test_a_page_that_an_interrupted_run_adds_late_is_found_by_one_listing_and_removed() -> None:
    store, clock = MemoryStore(), FakeClock()
    publish(store, small("1"), clock)
    added, foreign = "conditions/extra/index.html", "conditions/hers/index.html"
    bigger = small("2")
    for key in (added, foreign):
        bigger.add(key, "2", links=["index.html"], title="Extra")

    class Gone(BaseException):
        pass

    class Cut(Wrapping):
        def before(self, request: Request) -> None:
            if request.verb == "put" and request.key in {added, foreign}:
                raise Gone

    with pytest.raises(Gone):
        publish(Cut(store), bigger, clock)
    assert read_head(store)[0].intent is not None
    clock.move(LEASE + MARGIN + 1)
    publish(Late(store, {added: bigger.bodies[added], foreign: b"{}"}), small("3"), clock)
    there = {one.key for one in store.list("")}
    assert added not in there, "it is ours, byte for byte"
    assert foreign in there, "somebody else's: left alone"
    assert read_head(store)[0].lease is None


@pytest.mark.parametrize("kind", ["seaweed", "azurite", "folder"])
def test_doctor_says_what_holds(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    fixture = {"seaweed": "weed", "azurite": "azure"}.get(kind)
    server: Server | None = request.getfixturevalue(fixture) if fixture else None
    target = place(server) if server else open_target("public", root=tmp_path)
    clock = replace(FakeClock().clock, sleep=time.sleep)
    checks = examine(Patient(target, clock, lambda _: None, "", "https://clinic.example/", b""))
    (said,) = (one for one in checks if one.name == "late writes")
    assert said.found == "good"
    telling = {"seaweed": "refuses a late write", "azurite": "mark of its own", "folder": "One computer"}
    assert telling[kind] in said.says
    assert not [one.key for one in target.store.list(".state/probe/")]
