"""What networks and clouds do to requests: survived, or stopped with one clear sentence and the site whole."""

import contextlib
import itertools
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from clinic.release.state import HEAD, read_head
from clinic.release.stops import ReleaseStopped, StoreBusy, WrongClock
from tests.release.conftest import Line, at_once
from tests.release.world import EVERYTHING, FakeClock, Site, assert_is, broken, publish, small
from tests.servers.proxy import Answer, Asked, Fault

LIBRARY = re.compile(r"obstore|Generic|HTTP error|reqwest|Traceback|<\w|x-amz|None|Retry|\b[45]\d\d\b", re.IGNORECASE)
"""Words that no person should have to read."""


def told(status: int, code: str, more: str = "") -> Fault:
    """The answer of a cloud that refuses; the request has no effect."""
    body = f'<?xml version="1.0"?><Error><Code>{code}</Code><Message>x</Message>{more}</Error>'.encode()
    answer = Answer(status, {"Content-Type": "application/xml", "Content-Length": str(len(body))}, body)
    return lambda _asked, _forward: answer


def reset(_asked: Asked, _forward: Callable[[], Answer]) -> Answer | None:
    return None


def lost_answer(_asked: Asked, forward: Callable[[], Answer]) -> Answer | None:
    forward()
    return None


def truncated_answer(_asked: Asked, forward: Callable[[], Answer]) -> Answer | None:
    answer = forward()
    headers = {**answer.headers, "Content-Length": str(len(answer.body) + 10), "Connection": "close"}
    return replace(answer, headers=headers)


def flipped_answer(_asked: Asked, forward: Callable[[], Answer]) -> Answer | None:
    answer = forward()
    return replace(answer, body=flipped(answer.body))


def flipped(body: bytes) -> bytes:
    middle = len(body) // 2
    return body[:middle] + bytes([body[middle] ^ 1]) + body[middle + 1 :] if body else body


def changed_request(change: Callable[[bytes], bytes]) -> Fault:
    """Something on the way damages what is sent. The handler behind `forward` takes the body as an argument."""

    def fault(asked: Asked, forward: Callable[..., Answer]) -> Answer | None:
        return forward(change(asked.body))

    return fault


def stalled(_asked: Asked, _forward: Callable[[], Answer]) -> Answer | None:
    time.sleep(0.7)
    return None


def stalled_after(_asked: Asked, forward: Callable[[], Answer]) -> Answer | None:
    forward()
    time.sleep(0.7)
    return None


@dataclass(frozen=True)
class Case:
    fault: Fault
    survived: bool = True
    """Whether one of it is no reason to stop."""


FAULTS = {
    "reset": Case(reset),
    "answer lost": Case(lost_answer),
    "answer truncated": Case(truncated_answer),
    "answer with a flipped byte": Case(flipped_answer),
    "request truncated": Case(changed_request(lambda body: body[: len(body) // 2])),
    "request with a flipped byte": Case(changed_request(flipped)),
    "500": Case(told(500, "InternalError")),
    "503 slow down": Case(told(503, "SlowDown")),
    "429": Case(told(429, "TooManyRequests")),
    "409": Case(told(409, "ConditionalRequestConflict")),
    "412": Case(told(412, "PreconditionFailed"), survived=False),
    "403": Case(told(403, "AccessDenied"), survived=False),
    "timeout": Case(stalled),
    "timeout after the effect": Case(stalled_after),
}

PLACES: dict[str, Callable[[str, str], bool]] = {
    "head read": lambda verb, key: verb == "get" and key == HEAD,
    "manifest read": lambda verb, key: verb == "get" and key.startswith(".state/manifests/"),
    "page read": lambda verb, key: verb == "get" and key == "conditions/c0/index.html",
    "manifest": lambda verb, key: verb == "put" and key.startswith(".state/manifests/"),
    "head": lambda verb, key: verb == "put" and key == HEAD,
    "asset": lambda verb, key: verb == "put" and key.startswith("theme/"),
    "page": lambda verb, key: verb == "put" and key == "conditions/c0/index.html",
    "copy": lambda verb, _key: verb == "copy",
    "delete": lambda verb, _key: verb == "delete",
}
BODILESS = {"copy", "delete", "head read", "manifest read", "page read"}


def strike(line: Line, place: str, case: Case, nth: int, *, always: bool) -> list[int]:
    """Does the fault to the n-th request at that place, and with `always` to all after it."""
    hits: list[int] = []
    lock = threading.Lock()

    def fault(asked: Asked, forward: Callable[[], Answer]) -> Answer | None:
        with lock:
            here = PLACES[place](asked.verb, line.key(asked))
            count = len(hits) + here
            hits.extend([asked.number] * here)
        if here and (count == nth or (always and count > nth)):
            return case.fault(asked, forward)
        return forward()

    line.proxy.fault = fault
    return hits


def new_site() -> Site:
    return small("2", pages=2)  # all change, one page goes


def hasty(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that wait for an answer give up soon; only they do, since a busy computer answers late without a fault."""
    monkeypatch.setattr("clinic.release.bucket.TIMEOUT", timedelta(seconds=0.5))
    monkeypatch.setattr("clinic.release.wire._ANSWER", 0.5)
    line.target = at_once(line.written)


def meaningful(name: str, place: str) -> bool:
    if name.startswith("request"):
        return place not in BODILESS
    if name.startswith(("answer t", "answer with")):
        return place.endswith("read")
    return name not in {"409", "412"} or place in {"head", "page", "asset"}


CASES = [(name, place) for name in FAULTS for place in PLACES if meaningful(name, place)]


@pytest.mark.parametrize(
    ("name", "place", "always"),
    [
        # A part of all by default, in which every fault and every place comes up, and waiting seldom.
        pytest.param(
            name, place, always, marks=[] if number % (9 if "timeout" in name else 4) == 0 else pytest.mark.slow
        )
        for number, (always, (name, place)) in enumerate(itertools.product([False, True], CASES))
    ],
)
def test_a_fault_is_survived_or_told_and_the_site_is_whole(
    line: Line, monkeypatch: pytest.MonkeyPatch, name: str, place: str, *, always: bool
) -> None:
    case, clock = FAULTS[name], FakeClock()
    publish(line.beside, small("1"), clock, workers=4)
    if "timeout" in name or "truncated" in name:
        hasty(line, monkeypatch)
    hits = strike(line, place, case, 1 + (not always and place == "head"), always=always)
    stopped: ReleaseStopped | None = None
    try:
        publish(line.target, new_site(), clock, workers=4)
    except ReleaseStopped as stop:
        stopped = stop
    assert hits
    line.proxy.fault = lambda _asked, forward: forward()
    assert broken(line.direct) == []
    if stopped is None:
        assert case.survived or place in {"head read", "page read"}
    else:
        assert always or not case.survived
        sentence = str(stopped)
        assert not LIBRARY.search(sentence.replace(line.proxy.endpoint, "")), sentence
        assert sentence.endswith(".")
        assert len(sentence) < 420
    clock.move(120)
    publish(line.beside, new_site(), clock, workers=4)
    assert_is(line.direct, new_site())


def test_a_clock_that_is_wrong_by_twenty_minutes_is_told_with_how_much(line: Line) -> None:
    clock = FakeClock()
    publish(line.target, small("1"), clock)
    times = "<RequestTime>20261122T100000Z</RequestTime><ServerTime>2026-11-22T10:20:00Z</ServerTime>"
    line.proxy.fault = told(403, "RequestTimeTooSkewed", times)
    line.proxy.clear()
    with pytest.raises(WrongClock, match="It is 20 minutes slow") as caught:
        publish(line.target, new_site(), clock)
    assert "Set the clock" in str(caught.value)
    assert [asked.verb for asked in line.proxy.asked()] == ["get"]


def test_a_listing_that_is_behind_leads_to_no_broken_site(line: Line) -> None:
    clock = FakeClock()
    kept: dict[str, Answer] = {}

    def stale(asked: Asked, forward: Callable[[], Answer]) -> Answer | None:
        if asked.verb != "list":
            return forward()
        return kept.setdefault(asked.query, forward())

    line.proxy.fault = stale
    publish(line.target, small("1"), clock)
    strikes = strike(line, "page", FAULTS["403"], 1, always=True)
    with pytest.raises(ReleaseStopped):
        publish(line.target, new_site(), clock)
    assert strikes
    line.proxy.fault = stale
    clock.move(120)
    for _ in range(3):  # the listing says what it said before all this; a person's --force looks at each file
        with contextlib.suppress(ReleaseStopped):
            publish(line.target, new_site(), clock)
        assert broken(line.direct) == []
        clock.move(120)
    line.proxy.fault = lambda _asked, forward: forward()
    publish(line.target, new_site(), clock, lifted={*EVERYTHING, "--force"})
    assert_is(line.direct, new_site())


def test_a_request_is_made_six_times_at_most(line: Line) -> None:
    clock = FakeClock()
    publish(line.target, small("1"), clock)
    hits = strike(line, "page", FAULTS["503 slow down"], 1, always=True)
    with pytest.raises(StoreBusy, match="more slowly"):
        publish(line.target, new_site(), clock)
    assert len(hits) == 6
    head, _ = read_head(line.direct)
    assert head.intent is not None
    assert head.lease is None, "given back"


def test_what_is_forbidden_is_asked_once(line: Line) -> None:
    clock = FakeClock()
    publish(line.target, small("1"), clock)
    hits = strike(line, "page", FAULTS["403"], 1, always=True)
    with pytest.raises(ReleaseStopped, match="s3:PutObject is missing"):
        publish(line.target, new_site(), clock)
    assert len(hits) == 1
