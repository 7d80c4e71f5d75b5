"""Nothing that need not move: requests as a proxy counts them, and a whole site after each one that was answered."""

import pytest

from clinic.release.graph import HOME
from clinic.release.history import rollback
from clinic.release.state import HEAD
from clinic.release.verify import WHOLE
from tests.release.conftest import Line
from tests.release.world import EVERYTHING, FakeClock, Site, assert_is, publish, small, terms
from tests.servers.proxy import Asked

WORKERS = 16
SIZES = [100, pytest.param(5000, marks=pytest.mark.slow)]


def release(line: Line, site: Site, clock: FakeClock) -> None:
    publish(line.target, site, clock, workers=WORKERS)


def sorted_out(line: Line) -> dict[str, list[Asked]]:
    """The requests by what they are for: the release's own notes, the site, and reading back."""
    kinds = ("notes", "copies", "puts", "deletes", "looks", "lists", "trials", "strangers")
    found: dict[str, list[Asked]] = {kind: [] for kind in kinds}
    for asked, status in line.proxy.log:
        if status == 0 or status >= 500:
            continue  # a busy server's own trouble: asked again, and not what is counted here
        if line.key(asked).startswith(".state/probe/"):
            found["trials"].append(asked)  # what the place can do is tried out once for each target
            continue
        if "authorization" not in asked.headers and "X-Amz-Signature" not in asked.query:
            found["strangers"].append(asked)
            continue
        notes = line.key(asked).startswith(".state/")
        many = {"put": "puts", "copy": "copies", "delete": "deletes", "list": "lists", "get": "looks"}
        found["notes" if notes and asked.verb not in {"copy", "list"} else many[asked.verb]].append(asked)
    return found


def pages(count: int) -> Site:
    return small("1", pages=count - 5)  # with the home, the list, the feed, the style and the font


def change(site: Site, count: int, text: str = "new") -> Site:
    for number in range(count):
        key = f"conditions/c{number}/index.html"
        names = site.files[key]
        site.add(key, text, links=names.links, assets=names.assets, title=names.title)
    return site


@pytest.mark.parametrize("size", SIZES)
def test_what_a_release_asks_for(line: Line, size: int) -> None:
    clock = FakeClock()

    release(line, pages(size), clock)
    asked = sorted_out(line)
    assert (len(asked["puts"]), len(asked["copies"]), len(asked["deletes"])) == (size, 0, 0)
    again = 0 if size <= WHOLE else len(asked["lists"]) - 1  # a listing of a thousand a page, to read back by
    assert len(asked["notes"]) + len(asked["lists"]) - again == 5, "N new objects: N + 5"
    if size <= WHOLE:
        assert len(asked["looks"]) == size, "read back"
    else:
        assert again <= size // 1000 + 1
        assert WHOLE <= len(asked["looks"]) <= 2 * WHOLE, "a sample is read back, of all others the version"
    assert 0 < len(asked["trials"]) < 40

    line.proxy.clear()
    release(line, pages(size), clock)
    assert [(one.verb, line.key(one)) for one in line.proxy.asked()] == [("get", HEAD)], "a fresh checkout: 1"

    for changed in (1, size // 10):
        line.proxy.clear()
        release(line, change(pages(size), changed, f"new {changed}"), clock)
        asked = sorted_out(line)
        assert (len(asked["puts"]), len(asked["copies"]), len(asked["deletes"])) == (changed, changed, 0)
        assert all("X-Amz-Expires" in one.query for one in asked["puts"]), "refused by the server once late"
        assert asked["trials"] == []
        assert [line.key(one) for one in asked["strangers"]] == [HEAD], "nobody else may read the notes"
        again = 0 if changed <= WHOLE else len(asked["lists"])
        assert len(asked["notes"]) + len(asked["lists"]) - again == 5, "K changed: K + 5, and a copy for each"
        looks = len(asked["looks"]) - changed
        assert looks == changed if changed <= WHOLE else WHOLE <= looks <= 2 * WHOLE, "looked at, read back after"
    site = change(pages(size), size // 10, f"new {size // 10}")
    assert_is(line.direct, site)

    line.proxy.clear()
    for number in range(3):
        key = f"conditions/c{number}/index.html"
        names = site.files[key]
        text = f"new {size // 10}"
        site.add(key, text, links=names.links, assets=names.assets, title=names.title, cache="no-store")
    release(line, site, clock)
    moved = sorted(line.key(one) for one in sorted_out(line)["puts"])
    assert moved == [f"conditions/c{number}/index.html" for number in range(3)], "headers alone: just those"
    assert_is(line.direct, site)


def test_everything_changes_and_no_instant_is_broken(line: Line) -> None:
    clock = FakeClock()
    line.watch()
    release(line, small("1", pages=30), clock)
    new = small("2", pages=20)  # other styles, pages gone, pages renamed, pages that name each other
    renamed, other = "treatments/renamed/index.html", "treatments/other/index.html"
    new.add(renamed, "2", links=[other, HOME], assets=["theme/site.2.css"], title="Renamed")
    new.add(other, "2", links=[renamed], assets=["theme/font.2.woff2"], title="Other")
    new.add("conditions/c21/index.html", "2", links=[renamed], role="redirect")
    release(line, new, clock)
    assert_is(line.direct, new)
    held = {"conditions/c3/index.html": "a mistake in it"}
    publish(line.target, small("3", pages=25), clock, held=held, workers=WORKERS)
    rollback(terms(line.store, clock, workers=WORKERS), to=2)
    publish(line.target, small("4", pages=25), clock, lifted={*EVERYTHING, "--resume"}, workers=WORKERS)
    assert_is(line.direct, small("4", pages=25))
    assert line.instants > 200
    assert line.faults == []
    assert line.agrees()


@pytest.mark.parametrize("changed", [50, pytest.param(2000, marks=pytest.mark.slow)])
def test_a_rollback_uploads_nothing(line: Line, changed: int) -> None:
    clock = FakeClock()
    if changed < 100:
        line.watch()
    old, new = small("1", pages=changed), small("2", pages=changed)
    for site in (old, new):
        release(line, site, clock)
    line.proxy.clear()
    rollback(terms(line.store, clock, workers=WORKERS), to=1)
    asked = sorted_out(line)
    assert asked["puts"] == []
    assert len(asked["notes"]) <= 6
    assert sum(len(one.body) for one in asked["copies"]) == 0
    assert_is(line.direct, old)
    assert line.faults == []
