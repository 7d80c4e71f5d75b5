"""Each guard at a real server: a proxy in between counts not one request that changes anything."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clinic.release.graph import HOME
from clinic.release.guards import Lift
from clinic.release.history import rollback
from clinic.release.protocol import release
from clinic.release.purge import purge
from clinic.release.stops import Refused
from clinic.release.store import Headers
from clinic.release.target import Target, open_target
from tests.release.conftest import Line, at_once
from tests.release.world import EVERYTHING, FakeClock, Site, publish, small, terms
from tests.servers.proxy import between
from tests.servers.running import OPEN, Server

EARLY, LATE = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 22, tzinfo=UTC)
CHANGES = {"put", "copy", "delete", "post"}


@dataclass(frozen=True)
class Case:
    option: Lift
    before: Callable[[Target], object]
    site: Site
    moment: datetime | None = None
    public: bool = False
    prefix: str | None = None


def other() -> Site:
    site = small("2")
    site.address = "https://other.example"
    return site


def live(site: Site, moment: datetime | None = None) -> Callable[[Target], object]:
    return lambda target: publish(target, site, FakeClock(), moment=moment)


def with_a_foreign_file(target: Target) -> None:
    publish(target, small(pages=3), FakeClock())
    target.store.put("conditions/c3/index.html", b"{}", Headers("text/html"))


def gone_back(target: Target) -> None:
    publish(target, small("1"), FakeClock())
    publish(target, small("2"), FakeClock())
    rollback(terms(target.store, FakeClock()), to=None)


def purged(target: Target) -> None:
    publish(target, small("1"), FakeClock())
    publish(target, small("2", pages=2), FakeClock(), lifted=EVERYTHING)
    purge(terms(target.store, FakeClock()), "conditions/c2/index.html")


CASES = {
    "empty": Case("--allow-empty", live(small()), Site()),
    "deletes": Case("--allow-deletes", live(small(pages=40)), small(pages=29)),
    "vanished": Case("--allow-vanished", live(small(pages=3)), small(pages=2)),
    "other site": Case("--adopt", live(small()), other()),
    "foreign files": Case("--adopt", with_a_foreign_file, small(pages=4)),
    "older": Case("--allow-older", live(small("1"), LATE), small("2"), EARLY),
    "held": Case("--resume", gone_back, small("3")),
    "prefix": Case("--allow-prefix", live(small("1")), small("2"), prefix="elsewhere/"),
    "samples": Case(
        "--allow-samples", live(small("1")), small("1").add(HOME, "Call 206-555-0123", role="index"), public=True
    ),
    "purged": Case("--allow-purged", purged, small("2", pages=3)),
}


@pytest.mark.parametrize("guard", sorted(CASES))
def test_a_guard_speaks_before_anything_is_written(line: Line, guard: str) -> None:
    case = CASES[guard]
    case.before(line.beside)
    line.proxy.clear()
    wish = case.site.wish(moment=case.moment)
    how = terms(line.target.store, FakeClock(), public=case.public, target=line.target, prefix=case.prefix)
    with pytest.raises(Refused) as caught:
        release(lambda _head, _version: wish, how)
    assert guard in {one.guard for one in caught.value.objections}
    assert case.option in {one.option for one in caught.value.objections}
    assert [asked for asked in line.proxy.asked() if asked.verb in CHANGES] == []
    assert line.proxy.asked(), "it did look"


def test_notes_that_anybody_can_read_stop_a_release(weed: Server) -> None:
    with between(weed.endpoint) as proxy:
        target = at_once(weed.target("readable", endpoint=proxy.endpoint, bucket=OPEN))
        beside = open_target(weed.target("readable", bucket=OPEN), root=Path("/"))
        with pytest.raises(Refused, match="--allow-readable"):
            publish(target, small("1"), FakeClock())
        assert not list(beside.store.list("")), "nothing of the site"
        assert not list(beside.store.list(".state/")), "and what was tried out is gone"
        publish(beside, small("1"), FakeClock(), lifted={"--allow-readable"})
        proxy.clear()
        with pytest.raises(Refused, match="Anybody on the internet can read the notes") as caught:
            publish(target, small("2"), FakeClock())
        assert [asked for asked in proxy.asked() if asked.verb in CHANGES] == []
        assert [one.option for one in caught.value.objections] == ["--allow-readable"]
        assert publish(target, small("1"), FakeClock()).changed is False, "nothing is written: nothing is asked"


def test_notes_apart_in_a_closed_bucket_are_fine_beside_an_open_site(weed: Server) -> None:
    notes = weed.target("notes-of-open").replace("?", "%3F").replace("&", "%26").replace("=", "%3D")
    target = open_target(weed.target("apart", bucket=OPEN, more=f"&state={notes}"), root=Path("/"))
    assert publish(target, small("1"), FakeClock()).changed
    assert publish(target, small("2"), FakeClock()).changed
