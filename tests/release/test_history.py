"""The way back: by copies in the store alone, to the same bytes, and nothing old comes back by itself."""

import pytest
from hypothesis import given, settings

from clinic.release.graph import HOME
from clinic.release.history import releases, rollback, way_back
from clinic.release.protocol import release
from clinic.release.state import BODIES, KEEP, MANIFESTS, read_head
from clinic.release.stops import NoSuchRelease
from clinic.release.wrapping import Counting
from tests.release.test_whole import LAW, sites
from tests.release.world import (
    EVERYTHING,
    FakeClock,
    MemoryStore,
    Site,
    Watched,
    assert_is,
    broken,
    publish,
    small,
    terms,
    visible,
)


def test_there_and_back_again() -> None:
    store, clock = MemoryStore(), FakeClock()
    old = small("1", pages=12)
    publish(store, old, clock)
    publish(store, small("2", pages=12), clock)
    counting = Counting(Watched(store))
    outcome = rollback(terms(counting, clock), to=None)
    assert_is(store, old)
    assert outcome.release.restores == 1
    uploads = [one for one in counting.requests if one.verb == "put" and not one.key.startswith(".state/")]
    assert uploads == []
    publish(Watched(store), small("2", pages=12), clock, lifted={*EVERYTHING, "--resume"})
    assert_is(store, small("2", pages=12))


def test_a_rollback_of_k_pages_takes_k_copies_k_displaced_and_six_notes() -> None:
    store, clock = Counting(MemoryStore()), FakeClock()
    publish(store, small("1", pages=9), clock)
    new = small("1", pages=9)
    for number in range(5):
        new.add(f"conditions/c{number}/index.html", "new", assets=["theme/site.1.css"])
    publish(store, new, clock)
    store.requests.clear()
    rollback(terms(store, clock), to=1)
    assert len([one for one in store.requests if one.verb == "copy"]) == 10
    assert len([one for one in store.requests if one.verb != "copy" and one.key.startswith(".state/")]) == 6
    assert_is(store, small("1", pages=9))


def test_deleted_pages_and_assets_past_their_grace_come_back_from_their_copies() -> None:
    store, clock = MemoryStore(), FakeClock()
    publish(store, small("1"), clock)
    for version in ("2", "3", "4"):
        publish(store, small(version), clock)
        clock.move(8 * 86400)
    publish(store, small("5"), clock)
    assert store.get("theme/site.1.css") is None
    rollback(terms(Watched(store), clock), to=1)
    assert_is(store, small("1"))


def test_without_a_number_it_goes_back_one_more_each_time() -> None:
    store, clock = MemoryStore(), FakeClock()
    for version in ("1", "2", "3"):
        publish(store, small(version), clock)
    for version in ("2", "1"):
        rollback(terms(store, clock), to=None)
        assert_is(store, small(version))
    with pytest.raises(NoSuchRelease, match="no release before"):
        rollback(terms(store, clock), to=None)
    rollback(terms(store, clock), to=3)
    assert_is(store, small("3"))


def test_releases_that_are_not_there_are_named() -> None:
    store, clock = MemoryStore(), FakeClock()
    with pytest.raises(NoSuchRelease, match="Nothing has been released"):
        rollback(terms(store, clock), to=None)
    publish(store, small("1"), clock)
    counting = Counting(store)
    with pytest.raises(NoSuchRelease, match=r"Release 7 is not in the history .* remembers: 1"):
        rollback(terms(counting, clock), to=7)
    assert counting.mutations == ()


def with_news(version: str, *news: str, text: str = "") -> Site:
    site = small(version)
    for name in news:
        key = f"announcements/{name}/index.html"
        site.add(key, text or version, links=[HOME], title=name, source=f"announcements/{name}.md")
    home = site.files[HOME]
    return site.add(
        HOME, version, links=[*home.links, *(f"announcements/{name}/index.html" for name in news)],
        assets=home.assets, role="index", title="Home",
    )  # fmt: skip


def test_announcements_stay_as_they_are_now() -> None:
    store, clock = MemoryStore(), FakeClock()
    publish(store, with_news("1", "flu", text="come in"), clock)
    new = with_news("2", "flu", "closed", text="stay at home")
    publish(store, new, clock)
    outcome = rollback(terms(Watched(store), clock), to=1)
    seen = visible(store)
    for name in ("flu", "closed"):
        key = f"announcements/{name}/index.html"
        assert seen[key].body == new.bodies[key]
    old = with_news("1", "flu", text="come in")
    assert all(seen[key].body == old.bodies[key] for key in old.files if not key.startswith("announcements/"))
    assert [action.title for action in outcome.revived] == ["flu"]
    assert broken(store) == []


def test_what_was_taken_down_since_stays_down_and_so_does_what_names_it() -> None:
    store, clock = MemoryStore(), FakeClock()
    old = small("1").add("risky/index.html", "1", links=[HOME], title="Risky")
    old.add("conditions/c0/index.html", "1", links=["risky/index.html"], title="Condition 0")
    publish(store, old, clock)
    publish(store, small("2"), clock)
    outcome = rollback(terms(Watched(store), clock), to=1)
    seen = visible(store)
    assert "risky/index.html" not in seen
    assert seen["conditions/c0/index.html"].body == small("2").bodies["conditions/c0/index.html"]
    assert seen["conditions/c1/index.html"].body == old.bodies["conditions/c1/index.html"]
    assert {action.key for action in outcome.revived} == {"risky/index.html", "conditions/c0/index.html"}


def test_keys_that_the_caller_exempts_stay() -> None:
    store, clock = MemoryStore(), FakeClock()
    publish(store, small("1"), clock)
    publish(store, small("2"), clock)
    key = "conditions/c1/index.html"
    rollback(terms(Watched(store), clock), to=1, exempt=[key])
    assert visible(store)[key].body == small("2").bodies[key]


@settings(LAW, max_examples=150)
@given(sites(), sites())
def test_any_way_back_is_whole(old: Site, now: Site) -> None:
    for key in ("p0/index.html", "p1/index.html"):
        for site in (old, now):
            if key in site.files:
                names = site.files[key]
                site.add(key, "news", links=names.links, assets=names.assets, title=key, source="announcements/x.md")
    store, clock = MemoryStore(), FakeClock()
    publish(store, old, clock)
    publish(store, now, clock)
    way = way_back(old.manifest, now.files)
    assert not [
        name
        for file in way.manifest.files.values()
        for name in (*file.links, *file.assets)
        if name not in way.manifest.files
    ]
    rollback(terms(Watched(store), clock), to=1)
    assert visible(store).keys() - read_head(store)[0].tombstones.keys() == way.manifest.files.keys()
    for key in ("p0/index.html", "p1/index.html"):
        assert way.manifest.files.get(key) == now.files.get(key)
    publish(Watched(store), old, clock, lifted={*EVERYTHING, "--resume"})
    assert_is(store, old)


def test_the_history_is_in_words() -> None:
    store, clock = MemoryStore(), FakeClock()
    publish(store, small("1", pages=2), clock)
    new = small("1", pages=2)
    new.add("conditions/c1/index.html", "2", assets=["theme/site.1.css"], title="Sciatica")
    wish = new.wish(commit="abc123")
    release(lambda _head, _version: wish, terms(store, clock, owner="maria on front-desk"))
    first, second = releases(store)
    assert first.summary == "2 new pages: Condition 0, Condition 1"
    assert second.summary == "1 page changed: Sciatica"
    assert (second.number, second.by, second.commit) == (2, "maria on front-desk", "abc123")


def test_old_releases_and_what_only_they_need_are_forgotten() -> None:
    store, clock = MemoryStore(), FakeClock()
    for number in range(2 * KEEP + 1):
        publish(store, small(str(number), pages=1), clock)
        clock.move(4 * 86400)
    assert len(releases(store)) == KEEP
    assert len(list(store.list(MANIFESTS))) == KEEP
    assert 0 < len(list(store.list(BODIES))) < 6 * KEEP
    oldest = releases(store)[0].number
    rollback(terms(store, clock), to=oldest)
    assert_is(store, small(str(oldest - 1), pages=1))


def test_a_copy_that_is_gone_is_found_before_anything_is_written() -> None:
    store, clock = MemoryStore(), FakeClock()
    publish(store, small("1"), clock)
    publish(store, small("2"), clock)
    for one in list(store.list(BODIES)):
        store.delete(one.key)
    counting = Counting(store)
    with pytest.raises(NoSuchRelease, match="can't be brought back"):
        rollback(terms(counting, clock), to=1)
    assert counting.mutations == ()
