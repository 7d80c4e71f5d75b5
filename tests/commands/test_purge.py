"""Purge: the page, its pictures and every copy are gone, and no later release or rollback brings them back."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from clinic.commands.looking_after import purge as command
from clinic.commands.running import run
from clinic.manifest import Manifest
from clinic.release.directory import DirectoryStore
from clinic.release.history import rollback
from clinic.release.purge import PurgeRefused, purge
from clinic.release.state import HEAD, load_manifest, read_head
from clinic.release.stops import NoSuchRelease, Refused, StoreFault, TargetHeld
from clinic.release.store import STATE, Headers, Store
from clinic.release.verify import verify
from clinic.release.wrapping import Counting, Faults, Request
from tests.laws.publishing import Publisher, publisher
from tests.release.world import EVERYTHING, FakeClock, MemoryStore, Site, broken, publish, small, terms

PAGE = "conditions/c1/index.html"
SECRET = "her name and her birthday"
FACE, LOGO = "images/face.1.webp", "images/logo.1.webp"


@pytest.fixture(params=["memory", "folder"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return MemoryStore() if request.param == "memory" else DirectoryStore(tmp_path / "public")


def with_secret(version: str = "1") -> Site:
    """The small site with a page that tells a secret and shows a face; the logo stands on two pages."""
    site = small(version)
    css = next(key for key in site.files if key.endswith(".css"))
    site.add(FACE, f"{SECRET} as a picture", role="asset").add(LOGO, "logo", role="asset")
    site.add("conditions/c0/index.html", version, links=["index.html"], assets=[css, LOGO], title="Condition 0")
    return site.add(
        PAGE, SECRET + version, links=["index.html"], assets=[css, FACE, LOGO], title=f"{SECRET}, Condition 1"
    )


def without(site: Site) -> Site:
    """The same site without the page: nothing names it or its face."""
    made = Site(address=site.address)
    for key, file in site.files.items():
        if key not in {PAGE, FACE}:
            made.add(
                key,
                "after",
                links=[name for name in file.links if name != PAGE],
                assets=file.assets,
                role=file.role,
                title=file.title,
            )
    return made


def everything(store: Store) -> bytes:
    """Every byte that the target holds, its notes as well."""
    held = [one.key for prefix in ("", STATE) for one in store.list(prefix)]
    return b"\n".join(stored.body for key in held if (stored := store.get(key)) is not None)


def live(store: Store) -> Manifest:
    head, _ = read_head(store)
    assert head.current is not None
    return load_manifest(store, head.current.manifest)


def released(store: Store, clock: FakeClock) -> None:
    """Three releases: the first and the second tell the secret, in two ways."""
    publish(store, with_secret("1"), clock)
    clock.move(60)
    publish(store, with_secret("2"), clock)


def test_the_page_its_picture_and_every_copy_are_gone(store: Store) -> None:
    clock = FakeClock()
    released(store, clock)
    assert SECRET.encode() in everything(store)
    erased = purge(terms(store, clock), PAGE)
    assert SECRET.encode() not in everything(store)
    assert store.get(FACE) is None
    assert store.get(LOGO) is not None
    assert erased.gone == (FACE,)
    assert erased.shown == ((LOGO, "Condition 0"),)
    assert erased.releases == (1, 2)
    assert erased.copies >= 1
    assert not [finding for finding in verify(store, "the folder public/") if finding.wrong]


def test_pages_that_lead_there_find_a_notice_and_no_dead_end(store: Store) -> None:
    clock = FakeClock()
    released(store, clock)
    erased = purge(terms(store, clock), PAGE)
    assert erased.replaced
    assert erased.named_by == ("Condition 2", "Conditions", "feed.xml", "Home")
    notice = store.get(PAGE)
    assert notice is not None
    assert b"taken down" in notice.body
    assert b'href="../../"' in notice.body
    assert notice.headers == Headers("text/html; charset=utf-8", "public, max-age=60, must-revalidate")
    publish(store, without(with_secret("2")), clock, lifted=())  # no guard speaks of the address
    assert store.get(PAGE) is None


def test_a_page_that_nothing_leads_to_is_deleted_at_once(store: Store) -> None:
    clock = FakeClock()
    site = small().add("alone/index.html", SECRET, title="Alone")
    publish(store, site, clock)
    erased = purge(terms(store, clock), "alone/index.html")
    assert not erased.replaced
    assert erased.gone == ("alone/index.html",)
    assert store.get("alone/index.html") is None
    assert "alone/index.html" not in live(store).files
    assert SECRET.encode() not in everything(store)


def test_a_page_that_was_published_away_before_leaves_its_copies_and_pictures_too(store: Store) -> None:
    clock = FakeClock()
    released(store, clock)
    clock.move(60)
    publish(store, without(with_secret("2")), clock)
    assert store.get(FACE) is not None  # an asset in its grace
    erased = purge(terms(store, clock), PAGE)
    assert erased.gone == (FACE,)
    assert SECRET.encode() not in everything(store)
    assert FACE not in read_head(store)[0].tombstones


@pytest.mark.parametrize("to", [1, 2])
def test_no_rollback_revives_it(store: Store, to: int) -> None:
    clock = FakeClock()
    released(store, clock)
    purge(terms(store, clock), PAGE)
    clock.move(60)
    publish(store, without(with_secret("2")), clock)
    clock.move(60)
    rollback(terms(store, clock, lifted=EVERYTHING), to)
    assert SECRET.encode() not in everything(store)
    assert store.get(PAGE) is None
    assert not [finding for finding in verify(store, "the folder public/") if finding.wrong]


def test_going_back_right_after_a_purge_works_and_keeps_the_notice(store: Store) -> None:
    clock = FakeClock()
    released(store, clock)
    purge(terms(store, clock), PAGE)
    clock.move(60)
    rollback(terms(store, clock, lifted=EVERYTHING), 1)
    notice = store.get(PAGE)
    assert notice is not None
    assert b"taken down" in notice.body


def test_once_it_is_published_away_the_same_command_leaves_nothing_of_its_name_to_go_back_to(store: Store) -> None:
    clock = FakeClock()
    site = with_secret("1").add("feed.xml", f"news of {SECRET}", role="projection")
    publish(store, site, clock)
    purge(terms(store, clock), PAGE)
    clock.move(60)
    publish(store, without(site), clock)
    assert SECRET.encode() in everything(store)  # what the feed of release 1 said
    erased = purge(terms(store, clock), PAGE)
    assert not erased.replaced
    assert SECRET.encode() not in everything(store)
    clock.move(60)
    rollback(terms(store, clock, lifted=EVERYTHING), 1)
    assert SECRET.encode() not in everything(store)
    home = store.get("index.html")
    assert home is not None
    assert PAGE.encode() not in home.body  # it led to what is gone, so it stays as it is now
    assert broken(store) == []


def test_a_publish_that_contains_it_again_is_refused_until_an_option_says_so(store: Store) -> None:
    clock = FakeClock()
    released(store, clock)
    purge(terms(store, clock), PAGE)
    watched = Counting(store)
    with pytest.raises(Refused, match="--allow-purged") as caught:
        publish(watched, with_secret("2"), clock)
    assert caught.value.objections[0].keys == (PAGE, FACE)
    assert watched.mutations == ()
    held = {PAGE: "a mistake in it", FACE: "a mistake in it"}
    publish(store, with_secret("2"), clock, held=held)
    clock.move(60)
    publish(store, without(with_secret("2")), clock)
    assert read_head(store)[0].purged.keys() == {PAGE, FACE}
    clock.move(60)
    publish(store, with_secret("2"), clock, lifted={*EVERYTHING, "--allow-purged"})
    assert read_head(store)[0].purged == {}
    stored = store.get(PAGE)
    assert stored is not None
    assert SECRET.encode() in stored.body


def test_the_build_that_was_live_is_looked_at_again_after_a_purge() -> None:
    store, clock = MemoryStore(), FakeClock()
    released(store, clock)
    purge(terms(store, clock), PAGE)
    current = read_head(store)[0].current
    assert current is not None
    assert current.wish == ""
    assert SECRET not in current.summary


def test_what_was_purged_costs_no_request_of_its_own() -> None:
    store, clock = MemoryStore(), FakeClock()
    released(store, clock)
    purge(terms(store, clock), PAGE)
    publish(store, without(with_secret("2")), clock)
    counting = Counting(store)
    publish(counting, without(with_secret("2")), clock, lifted=())
    assert counting.requests == [Request("get", HEAD)]


def test_earlier_versions_alone(store: Store) -> None:
    clock = FakeClock()
    publish(store, with_secret("1"), clock)
    clock.move(60)
    mended = with_secret("2")
    css = next(key for key in mended.files if key.endswith(".css"))
    mended.add(PAGE, "nothing to hide", links=["index.html"], assets=[css, LOGO], title="Condition 1")
    del mended.files[FACE]
    publish(store, mended, clock)
    erased = purge(terms(store, clock), PAGE, earlier=True)
    assert SECRET.encode() not in everything(store)
    stored = store.get(PAGE)
    assert stored is not None
    assert b"nothing to hide" in stored.body
    assert not erased.replaced
    assert erased.gone == (FACE,)
    assert read_head(store)[0].purged.keys() == {FACE}
    clock.move(60)
    rollback(terms(store, clock, lifted=EVERYTHING), 1)
    stored = store.get(PAGE)
    assert stored is not None
    assert b"nothing to hide" in stored.body


@pytest.mark.parametrize("key", ["index.html", "404.html", "conditions/index.html", "feed.xml"])
def test_what_every_site_needs_or_would_be_made_again_is_refused_with_a_way(key: str) -> None:
    store, clock = MemoryStore(), FakeClock()
    publish(store, small().add("404.html", "Not found"), clock)
    before = dict(store.objects)
    with pytest.raises(PurgeRefused, match="--earlier"):
        purge(terms(store, clock), key)
    assert store.objects == before


def test_a_picture_that_pages_show_is_refused() -> None:
    store, clock = MemoryStore(), FakeClock()
    released(store, clock)
    with pytest.raises(PurgeRefused, match="still show"):
        purge(terms(store, clock), FACE)


def test_an_address_that_no_release_had_is_said_so_and_a_foreign_file_stays() -> None:
    store, clock = MemoryStore(), FakeClock()
    publish(store, small(), clock)
    store.put("hers.html", b"{}", Headers())
    with pytest.raises(NoSuchRelease, match="left alone"):
        purge(terms(store, clock), "hers.html")
    with pytest.raises(NoSuchRelease, match="has the address nowhere"):
        purge(terms(store, clock), "nowhere/index.html")
    assert store.get("hers.html") is not None


def test_another_deployer_is_waited_for_or_told() -> None:
    store, clock = MemoryStore(), FakeClock()
    released(store, clock)
    raw = store.objects[HEAD]
    lease = {"owner": "CI", "token": "t", "host": "", "expires": "2036-01-01T00:00:00Z"}
    store.put(HEAD, msgspec.json.encode(msgspec.json.decode(raw.body) | {"lease": lease}), raw.headers)
    with pytest.raises(TargetHeld, match="CI is releasing"):
        purge(terms(store, clock), PAGE)
    assert read_head(store)[0].purged == {}


def _stop(request: Request) -> None:
    raise StoreFault(f"the line broke at {request.key}")


def requests_of(run: Callable[[Counting], object]) -> int:
    store, clock = MemoryStore(), FakeClock()
    released(store, clock)
    counting = Counting(store)
    run(counting)
    return len(counting.requests)


TOTAL = requests_of(lambda counting: purge(terms(counting, FakeClock(1_790_000_200.0)), PAGE))


@pytest.mark.parametrize("when", ["before", "after"])
def test_cut_short_anywhere_it_revives_nothing_and_the_same_command_ends_it(when: str) -> None:
    stage = "before" if when == "before" else "after"
    for nth in range(1, TOTAL + 1):
        store, clock = MemoryStore(), FakeClock()
        released(store, clock)
        clock.move(200)
        with pytest.raises(StoreFault, match="the line broke"):
            purge(terms(Faults(store, nth, "before" if stage == "before" else "after", _stop), clock), PAGE)
        clock.move(200)
        noted = bool(read_head(store)[0].purged)
        shown = store.get(PAGE)
        if shown is None or SECRET.encode() not in shown.body:
            assert noted, nth
        if noted and read_head(store)[0].purging:
            with pytest.raises(Refused, match="interrupted"):
                publish(store, with_secret("3"), clock)
        purge(terms(store, clock), PAGE)
        assert SECRET.encode() not in everything(store), nth
        head, _ = read_head(store)
        assert head.lease is None
        assert head.purging == ()
        assert head.purged.keys() == {PAGE, FACE}
        publish(store, without(with_secret("2")), clock)


# The command


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Publisher:
    made = publisher(tmp_path, capsys)
    made.world.write("pages/parking.md", "---\ntitle: Parking\nsummary: Where.\n---\n\nHer name and her birthday.\n")
    assert made.publish().code == 0
    return made


@pytest.mark.parametrize(
    "address",
    [
        "/parking/",
        "parking",
        "/parking/index.html",
        "https://clinic.example.com/parking/",
        "pages/parking.md",
        "content/pages/parking.md",
    ],
)
def test_the_command_takes_an_address_in_any_form(
    office: Publisher, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    assert run(lambda: command(office.world.settings, address)) == 0
    said, errors = capsys.readouterr()
    assert errors == ""
    live = office.target / "parking/index.html"
    assert not live.exists() or b"birthday" not in live.read_bytes()
    assert b"birthday" not in everything(DirectoryStore(office.target))
    assert said.splitlines()[-1].startswith("Parking is gone from the folder ")
    assert "Git still holds the text" in said
    assert "/parking/" in said


@pytest.mark.parametrize("address", ["https://else.example.org/parking/", "", "mailto:me", "http://[", "\0"])
def test_what_is_no_address_of_the_site_is_said(office: Publisher, address: str) -> None:
    assert run(lambda: command(office.world.settings, address)) == 2
    assert b"birthday" in everything(DirectoryStore(office.target))


def test_the_prefix_of_the_sites_address_is_no_part_of_a_key(
    office: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    office.world = office.world.told(url="https://clinic.example.com/pain/", target=f"{office.target}-2")
    assert office.publish().code == 0
    assert run(lambda: command(office.world.settings, "/pain/parking/")) == 0
    assert b"birthday" not in everything(DirectoryStore(office.target))
    assert "Parking is gone" in capsys.readouterr().out
