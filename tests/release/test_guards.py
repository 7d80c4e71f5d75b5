"""Each guard speaks before anything is written, and its option lifts it."""

from datetime import UTC, datetime

import pytest

from clinic.manifest import File
from clinic.release.graph import HOME
from clinic.release.guards import Lift, shows_placeholder
from clinic.release.history import rollback
from clinic.release.protocol import release
from clinic.release.state import read_head
from clinic.release.stops import BrokenBuild, BuildChanged, Refused
from clinic.release.store import Headers
from clinic.release.wrapping import Counting
from tests.release.world import FakeClock, MemoryStore, Site, Watched, assert_is, publish, small, terms, visible

EARLY, LATE = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 22, tzinfo=UTC)


def redirect(site: Site, *keys: str) -> Site:
    for key in keys:
        site.add(key, "", links=[HOME], role="redirect")
    return site


def refused(
    store: MemoryStore, site: Site, clock: FakeClock, *, moment: datetime | None = None, public: bool = False
) -> Refused:
    counting = Counting(store)
    wish = site.wish(moment=moment)
    with pytest.raises(Refused) as caught:
        release(lambda _head, _version: wish, terms(counting, clock, public=public))
    assert counting.mutations == ()
    return caught.value


def lifted(
    store: MemoryStore,
    site: Site,
    clock: FakeClock,
    options: set[Lift],
    *,
    moment: datetime | None = None,
    public: bool = False,
) -> None:
    wish = site.wish(moment=moment)
    release(lambda _head, _version: wish, terms(Watched(store), clock, lifted=options, public=public))
    assert_is(store, site)


def speaks(guard: str, caught: Refused, option: Lift) -> None:
    assert [one.guard for one in caught.objections if one.guard == guard] == [guard]
    for one in caught.objections:
        assert one.option in one.message
    assert option in {one.option for one in caught.objections}
    assert caught.exit_code == 1


def test_an_empty_build() -> None:
    store, clock = MemoryStore(), FakeClock()
    publish(store, small(), clock)
    caught = refused(store, Site(), clock)
    speaks("empty", caught, "--allow-empty")
    lifted(store, Site(), clock, {"--allow-empty", "--allow-deletes", "--allow-vanished"})


def test_many_deletions() -> None:
    store, clock = MemoryStore(), FakeClock()
    publish(store, small(pages=40), clock)
    new = small(pages=29)
    caught = refused(store, new, clock)
    speaks("deletes", caught, "--allow-deletes")
    assert "11 of 43" in str(caught)
    lifted(store, new, clock, {"--allow-deletes", "--allow-vanished"})


def test_ten_deletions_are_not_many_and_neither_is_a_tenth() -> None:
    for before, after in ((20, 10), (150, 136)):
        store, clock = MemoryStore(), FakeClock()
        publish(store, small(pages=before), clock)
        lifted(store, small(pages=after), clock, {"--allow-vanished"})


def test_a_published_address_vanishes() -> None:
    store, clock = MemoryStore(), FakeClock()
    publish(store, small(pages=3), clock)
    caught = refused(store, small(pages=2), clock)
    speaks("vanished", caught, "--allow-vanished")
    assert "conditions/c2/index.html" in str(caught)
    lifted(store, redirect(small(pages=2), "conditions/c2/index.html"), clock, set())
    caught = refused(store, small(pages=2), clock)  # an alias that is taken away vanishes too
    speaks("vanished", caught, "--allow-vanished")
    lifted(store, small(pages=2), clock, {"--allow-vanished"})


def test_a_target_of_another_site() -> None:
    store, clock = MemoryStore(), FakeClock()
    publish(store, small(), clock)
    other = small("2")
    other.address = "https://other.example"
    caught = refused(store, other, clock)
    speaks("other site", caught, "--adopt")
    assert "https://clinic.example" in str(caught)
    lifted(store, other, clock, {"--adopt"})


@pytest.mark.parametrize("first", [True, False])
def test_foreign_files_at_our_addresses(*, first: bool) -> None:
    store, clock = MemoryStore(), FakeClock()
    new = small("2", pages=4)
    if not first:
        publish(store, small("1", pages=3), clock)
    theirs = new.bodies["conditions/c0/index.html"].replace(b'"2"', b'"theirs"')
    store.put("conditions/c3/index.html", theirs, Headers("text/html"))
    store.put("wp-admin/keep.json", b'{"links": [], "assets": []}', Headers("text/html"))
    caught = refused(store, new, clock)
    speaks("foreign files", caught, "--adopt")
    assert "conditions/c3/index.html" in str(caught)
    wish = new.wish()
    release(lambda _head, _version: wish, terms(Watched(store), clock, lifted={"--adopt"}))
    assert store.get("wp-admin/keep.json") is not None
    store.delete("wp-admin/keep.json")
    assert_is(store, new)
    assert theirs in [stored.body for stored in store.objects.values()], "a copy of what was replaced is kept"


def test_files_that_are_ours_already_are_not_foreign() -> None:
    store, clock = MemoryStore(), FakeClock()
    publish(store, small(), clock)
    for key in [key for key in store.objects if key.startswith(".state/")]:
        store.delete(key)
    counting = Counting(store)
    publish(counting, small(), clock, lifted=())
    assert all(one.key.startswith(".state/") for one in counting.mutations)
    assert_is(store, small())


def test_an_older_build() -> None:
    store, clock = MemoryStore(), FakeClock()
    publish(store, small("1"), clock, moment=LATE)
    caught = refused(store, small("2"), clock, moment=EARLY)
    speaks("older", caught, "--allow-older")
    lifted(store, small("2"), clock, {"--allow-older"}, moment=EARLY)
    lifted(store, small("3"), clock, set(), moment=EARLY)
    lifted(store, small("4"), clock, set(), moment=LATE)


def test_a_build_older_than_one_that_was_interrupted() -> None:
    store, clock = MemoryStore(), FakeClock()
    publish(store, small("1"), clock, moment=EARLY)

    class Broken(Site):
        reads = 0

        def read(self, key: str, file: File) -> bytes:
            self.reads += 1
            if self.reads > len(self.files) + 2:
                raise BuildChanged(key)
            return super().read(key, file)

    site = small("2")
    broken = Broken(site.bodies, site.files)
    with pytest.raises(BuildChanged):
        publish(store, broken, clock, moment=LATE)
    head, _ = read_head(store)
    assert head.intent is not None
    assert head.lease is None, "a run that fails gives the target back at once"
    speaks("older", refused(store, small("1"), clock, moment=EARLY), "--allow-older")
    lifted(store, small("2"), clock, set(), moment=LATE)


def test_a_target_that_a_rollback_holds() -> None:
    store, clock = MemoryStore(), FakeClock()
    publish(store, small("1"), clock)
    publish(store, small("2"), clock)
    rollback(terms(store, clock), to=None)
    for site in (small("3"), small("1"), small("2")):
        speaks("held", refused(store, site, clock), "--resume")
    lifted(store, small("3"), clock, {"--resume"})
    lifted(store, small("4"), clock, set())


@pytest.mark.parametrize("text", ["Call 206-555-0123", "see https://example.com/x", "555 0199", "mail@EXAMPLE.ORG"])
def test_placeholders_on_a_public_target(text: str) -> None:
    store, clock = MemoryStore(), FakeClock()
    site = small().add(HOME, text, role="index", title="Home")
    speaks("samples", refused(store, site, clock, public=True), "--allow-samples")
    lifted(store, site, clock, set(), public=False)
    lifted(MemoryStore(), site, clock, {"--allow-samples"}, public=True)


def test_ordinary_numbers_and_addresses_are_no_placeholders() -> None:
    file = small().files[HOME]
    assert not shows_placeholder(file, b"206-555-9123, 15550123, counterexample.com, dose 555-012", ["Dr Sample"])
    assert shows_placeholder(file, b"with Dr Sample", ["Dr Sample"])
    picture = File("", 0, "image/png", "", "asset")
    assert not shows_placeholder(picture, b"555-0123", ["Dr Sample"])


def test_a_page_that_names_what_is_nowhere() -> None:
    store, clock = MemoryStore(), FakeClock()
    publish(store, small(), clock)
    counting = Counting(store)
    with pytest.raises(BrokenBuild, match="conditions/gone/index"):
        publish(counting, small("2").add("x/index.html", "", links=["conditions/gone/index.html"]), clock)
    assert counting.mutations == ()


def test_a_page_held_back_that_was_never_released_stays_out() -> None:
    store, clock = MemoryStore(), FakeClock()
    site = small().add("new/index.html", "half done", title="New")
    outcome = publish(store, site, clock, held={"new/index.html": "a mistake in it"})
    assert "new/index.html" not in visible(store)
    assert [(action.title, action.verb) for action in outcome.held] == [("New", "none")]


def test_a_delete_that_would_break_a_held_page_waits() -> None:
    store, clock = MemoryStore(), FakeClock()
    old = small("1", pages=3)  # c0 names c2, c1 names c0, c2 names c1: all have site.1.css
    publish(store, old, clock)
    new = small("2", pages=2)
    held = {"conditions/c0/index.html": "a mistake in it"}
    outcome = publish(Watched(store), new, clock, held=held)
    kept = {action.key for action in outcome.held}
    assert kept == {"conditions/c0/index.html", "conditions/c2/index.html", "theme/site.1.css", "theme/font.1.woff2"}
    assert not outcome.plan.deletes
    publish(Watched(store), new, clock)
    assert_is(store, new)


def test_what_a_person_changed_by_hand_is_held_and_told_until_forced() -> None:
    store, clock = MemoryStore(), FakeClock()
    publish(store, small("1"), clock)
    key = "conditions/c1/index.html"
    by_hand = small("1").bodies[key].replace(b'"text": "1"', b'"text": "mended in a hurry"')
    store.put(key, by_hand, Headers("text/html; charset=utf-8", "public, max-age=60, must-revalidate"))
    for _ in range(2):
        outcome = publish(Watched(store), small("2"), clock)
        assert {action.key for action in outcome.held} >= {key}
        assert store.objects[key].body == by_hand
    publish(Watched(store), small("2"), clock, lifted={"--force"})
    assert_is(store, small("2"))
    assert by_hand in [stored.body for stored in store.objects.values()]


def test_force_puts_right_what_a_publish_of_the_same_build_would_not_look_at() -> None:
    store, clock = MemoryStore(), FakeClock()
    publish(store, small(), clock)
    store.delete("feed.xml")
    store.put("theme/site.1.css", b'{"links": [], "assets": []}', Headers())
    assert not publish(store, small(), clock).changed
    publish(store, small(), clock, lifted={"--force"})
    assert_is(store, small())


def test_all_guards_speak_at_once() -> None:
    store, clock = MemoryStore(), FakeClock()
    publish(store, small(pages=40), clock, moment=LATE)
    rollback_site = small("2", pages=40)
    publish(store, rollback_site, clock, moment=LATE)
    rollback(terms(store, clock), to=1)
    other = Site(address="https://other.example")
    caught = refused(store, other, clock, moment=EARLY)
    assert {one.guard for one in caught.objections} == {"empty", "other site", "deletes", "vanished", "older", "held"}
