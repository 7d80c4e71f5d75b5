"""The same releases on every kind of place, side by side: whole at each instant, stopped anywhere, back and forth."""

from typing import Literal

import pytest

from clinic.release.history import rollback
from clinic.release.state import read_head
from clinic.release.verify import verify
from clinic.release.wrapping import Counting
from tests.release.conftest import STORES, Make
from tests.release.test_crashes import new_site, newest_site, old_site, stopped_release
from tests.release.world import EVERYTHING, FakeClock, Watched, assert_is, broken, publish, small, terms

pytestmark = pytest.mark.parametrize("make_store", [kind for kind in STORES if kind != "wrapped"], indirect=True)


def test_back_and_forth(make_store: Make) -> None:
    store, clock = make_store(), FakeClock()
    for site in (old_site(), new_site(), newest_site()):
        publish(Watched(store), site, clock, workers=8)
        assert_is(store, site)
    rollback(terms(Watched(store), clock, workers=8), to=1)
    assert_is(store, old_site())
    publish(Watched(store), newest_site(), clock, lifted={*EVERYTHING, "--resume"}, workers=8)
    assert_is(store, newest_site())
    assert [finding for finding in verify(store, "there", workers=8) if finding.wrong] == []


def test_hand_edits_deletions_and_foreign_files_are_found(make_store: Make) -> None:
    store, clock = make_store(), FakeClock()
    publish(store, small("1"), clock, workers=8)
    page, theirs = "conditions/c0/index.html", "wp/theirs.html"
    stored = store.get(page)
    assert stored is not None
    by_hand = stored.body.replace(b'"1"', b'"2"')
    store.put(page, by_hand, stored.headers)
    store.put(theirs, b'{"links": [], "assets": []}', stored.headers)
    store.delete("feed.xml")
    found = {(finding.key, finding.what) for finding in verify(store, "there", workers=8)}
    assert found == {(page, "changed"), (theirs, "foreign"), ("feed.xml", "missing")}
    outcome = publish(store, small("2"), clock, workers=8)
    assert page in {action.key for action in outcome.held}
    held = store.get(page)
    assert held is not None
    assert held.body == by_hand, "nobody's work is overwritten unseen"
    publish(store, small("2"), clock, lifted={"--force"}, workers=8)
    assert store.get(theirs) is not None
    store.delete(theirs)
    assert_is(store, small("2"))


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("every", [9, pytest.param(1, marks=pytest.mark.slow)])
def test_stopped_at_a_request(make_store: Make, when: Literal["before", "after"], every: int) -> None:
    """One after the other, so that the n-th request is the same each time; test_bucket_crashes has many at once."""
    ended = 0
    for nth in range(4, 100, every):
        store, clock = make_store(), FakeClock()
        publish(store, old_site(), clock, workers=8)
        if not stopped_release(store, new_site(), clock, nth, when):
            break
        assert broken(store) == []
        begun = read_head(store)[0].intent is not None
        clock.move(120)
        outcome = publish(store, newest_site(), clock, workers=8)
        assert (outcome.finished is not None) == begun
        assert_is(store, newest_site())
        ended += 1
    assert ended > 20 / every


def test_nothing_changed_is_one_request(make_store: Make) -> None:
    store, clock = Counting(make_store()), FakeClock()
    publish(store, small("1"), clock, workers=8)
    store.requests.clear()
    publish(store, small("1"), clock, workers=8)
    assert len(store.requests) == 1
