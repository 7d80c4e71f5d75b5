"""Whole at every instant: whatever one site becomes, no visitor meets a page that names what isn't there."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic.manifest import Role
from clinic.release.graph import HOME
from clinic.release.plan import make_plan
from clinic.release.state import HEAD, utc
from clinic.release.wrapping import Counting
from tests.release.world import FakeClock, MemoryStore, Site, Watched, assert_is, publish, small, visible

LAW = settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
PAGES = [f"p{number}/index.html" for number in range(5)]
LISTS: dict[str, Role] = {"all/index.html": "index", "feed.xml": "projection", HOME: "index"}
ASSETS = [f"theme/a{number}.css" for number in range(4)]


@st.composite
def sites(draw: st.DrawFn) -> Site:
    """Any site: some of the pages, lists and assets, naming any of each other; texts from a small choice."""
    assets = draw(st.lists(st.sampled_from(ASSETS), unique=True))
    pages = draw(st.lists(st.sampled_from(PAGES), unique=True, min_size=1))
    lists = draw(st.lists(st.sampled_from(sorted(LISTS)), unique=True))
    site = Site()
    for number, key in enumerate(sorted(assets)):
        # Assets are named by their contents: the same name, the same bytes.
        site.add(key, key, role="asset", assets=sorted(assets)[:number] if draw(st.booleans()) else [])
    found = draw(st.lists(st.sampled_from(pages), unique=True))
    if "all/index.html" in lists:
        # The files of the search: named by what they hold, and they lead to pages.
        search = f"a/search.{'-'.join(page[1] for page in sorted(found))}.json"
        site.add(search, search, role="asset", links=sorted(found))
    some = st.lists(st.sampled_from([*pages, *lists]), unique=True, max_size=4)
    shown = st.lists(st.sampled_from(assets), unique=True, max_size=3) if assets else st.just([])
    for key in (*pages, *lists):
        text = draw(st.sampled_from(["one", "two", "three"]))
        role = LISTS.get(key, "page")
        named = [*draw(shown), *([search] if key == "all/index.html" else [])]
        site.add(key, text, links=draw(some), assets=named, role=role, title=key)
    return site


@settings(LAW, max_examples=100)
@given(st.lists(sites(), min_size=2, max_size=4), st.data())
def test_no_instant_is_broken_and_what_is_executed_is_the_plan(steps: list[Site], data: st.DataObject) -> None:
    walk(steps, data)


def walk(steps: list[Site], data: st.DataObject) -> None:
    """Releases one site after the other, with some pages held back, and looks at each instant and each end."""
    clock = FakeClock()
    inner = MemoryStore()
    live: dict[str, bytes] = {}
    kept: set[str] = set()
    for site in steps:
        held = dict.fromkeys(data.draw(st.lists(st.sampled_from(PAGES), unique=True)), "a mistake in it")
        held = {key: why for key, why in held.items() if key in live}
        for key in held:
            if key in site.files and data.draw(st.booleans()):
                del site.files[key]  # other pages may name it all the same: its last version stays
        counting = Counting(Watched(inner))
        outcome = publish(counting, site, clock, held=held)
        mine = [(one.verb, one.key) for one in counting.mutations if not one.key.startswith(".state/")]
        assert mine == [step for step in outcome.plan.requests if not step[1].startswith(".state/")]
        copies = [one.key for one in counting.mutations if one.verb == "copy"]
        assert copies == [key for verb, key in outcome.plan.requests if verb == "copy"]
        # Where nothing is new, what a held page needs is not looked up again.
        kept = {action.key for action in outcome.plan.kept} | (set() if outcome.changed else kept)
        assert held.keys() <= kept
        assert_is(inner, site, kept=kept)
        assert all(visible(inner)[key].body == live[key] for key in kept)
        again = Counting(inner)
        assert not publish(again, site, clock, held=held).changed
        # Where other pages are held than before and all the same nothing changed, the manifest is read each time.
        assert [one.verb for one in again.requests] == ["get"] or not outcome.changed
        live = {key: stored.body for key, stored in visible(inner).items()}
        clock.move(data.draw(st.sampled_from([0, 8 * 86400])))


@pytest.mark.slow
@settings(LAW, max_examples=1000)
@given(st.lists(sites(), min_size=2, max_size=4), st.data())
def test_no_instant_is_broken_in_a_thousand_histories(steps: list[Site], data: st.DataObject) -> None:
    walk(steps, data)


@settings(LAW, max_examples=40)
@given(sites(), sites())
def test_a_plan_is_pure(old: Site, new: Site) -> None:
    files = dict(old.files)
    now = utc(1_790_000_000)

    def plan() -> object:
        return make_plan(new.manifest, files, held={PAGES[0]: "why"}, tombstones={}, now=now, number=2)

    assert plan() == plan()
    assert files == old.files


def test_all_assets_change_pages_are_deleted_and_renamed_in_one_release() -> None:
    store = Watched(MemoryStore())
    clock = FakeClock()
    publish(store, small("1", pages=6), clock)
    new = small("2", pages=4)
    moved = "treatments/moved/index.html"
    new.add(moved, "2", links=[HOME], assets=["theme/site.2.css"], title="Moved")
    new.add("conditions/c5/index.html", "", links=[moved], role="redirect")
    publish(store, new, clock)
    assert_is(store, new)


def test_assets_outlive_their_last_page_by_seven_days_and_two_releases() -> None:
    store, clock = MemoryStore(), FakeClock()
    old = "theme/site.1.css"
    for version in ("1", "2"):
        publish(store, small(version), clock)
    clock.move(8 * 86400)
    assert not publish(store, small("2"), clock).plan.deletes
    publish(store, small("3"), clock)
    assert store.get(old) is not None, "seven days, but one release"
    publish(store, small("4"), clock)
    assert store.get(old) is None
    assert store.get("theme/site.2.css") is not None, "two releases, but no seven days"


def test_an_asset_that_comes_back_in_its_grace_is_not_sent_again() -> None:
    store, clock = Counting(MemoryStore()), FakeClock()
    for version in ("1", "2"):
        publish(store, small(version), clock)
    store.requests.clear()
    publish(store, small("1"), clock)
    assert not [one for one in store.mutations if one.key.startswith("theme/")]
    assert_is(store, small("1"))


def test_deletions_that_fall_due_are_made_by_a_run_that_changes_nothing() -> None:
    store, clock = Counting(MemoryStore()), FakeClock()
    for version in ("1", "2", "3", "4"):
        publish(store, small(version), clock)
    clock.move(8 * 86400)
    store.requests.clear()
    outcome = publish(store, small("4"), clock)
    assert not outcome.changed
    assert store.get("theme/site.1.css") is None
    assert [one.key for one in store.requests if one.verb == "put"] == [HEAD, HEAD]
    store.requests.clear()
    publish(store, small("4"), clock)
    assert len(store.requests) == 1


@pytest.mark.parametrize("changed", [1, 7])
def test_k_changed_pages_take_k_plus_five_requests_and_a_copy_each(changed: int) -> None:
    store, clock = Counting(MemoryStore()), FakeClock()
    publish(store, small(pages=20), clock)
    new = small(pages=20)
    for number in range(changed):
        key = f"conditions/c{number}/index.html"
        new.add(key, "new", links=[HOME], assets=["theme/site.1.css"])
    store.requests.clear()
    publish(store, new, clock)
    notes = [one for one in store.requests if one.verb != "copy" and one.key.startswith(".state/")]
    assert len(notes) == 5
    assert len([one for one in store.requests if one.verb == "copy"]) == changed
    assert len([one for one in store.requests if one.verb == "put" and not one.key.startswith(".state/")]) == changed
    assert (
        len([one for one in store.requests if one.verb == "get" and not one.key.startswith(".state/")]) == 2 * changed
    )


def test_n_new_objects_take_n_plus_five_requests() -> None:
    store = Counting(MemoryStore())
    site = small(pages=30)
    publish(store, site, FakeClock())
    read_back = [one for one in store.requests if one.verb == "get" and not one.key.startswith(".state/")]
    assert len(read_back) == len(site.files)
    assert len(store.requests) - len(read_back) == len(site.files) + 5


def test_new_headers_alone_move_just_the_objects_that_they_concern() -> None:
    store, clock = Counting(MemoryStore()), FakeClock()
    publish(store, small(), clock)
    new = small()
    key = "conditions/c1/index.html"
    new.add(key, "1", links=new.files[key].links, assets=new.files[key].assets, title="Condition 1", cache="no-store")
    assert new.bodies == small().bodies
    store.requests.clear()
    outcome = publish(store, new, clock)
    assert [one.key for one in store.mutations if one.verb == "put" and not one.key.startswith(".state/")] == [key]
    assert [action.kind for action in outcome.plan.writes] == ["headers"]
    assert_is(store, new)
