"""One suite of laws that every store passes."""

import threading

import pytest

from clinic.release.stops import Conflict, StoreMissing
from clinic.release.store import ANY, NEW, Headers, Store, Stored
from tests.release.conftest import STORES, Make

HTML = Headers("text/html; charset=utf-8", "public, max-age=60")
OTHER = Headers("text/plain", "no-store")


@pytest.fixture
def store(make_store: Make) -> Store:
    return make_store()


pytestmark = pytest.mark.parametrize("make_store", STORES, indirect=True)


def got(store: Store, key: str) -> Stored:
    stored = store.get(key)
    assert stored is not None
    return stored


def test_a_store_starts_empty(store: Store) -> None:
    assert store.get("index.html") is None
    assert list(store.list("")) == []
    assert store.get(".state/head.json") is None


def test_what_is_put_is_got_with_its_headers(store: Store) -> None:
    version = store.put("a/b.html", b"one", HTML)
    assert got(store, "a/b.html") == Stored(b"one", HTML, version)


def test_put_replaces_bytes_and_headers(store: Store) -> None:
    first = store.put("a.html", b"one", HTML)
    second = store.put("a.html", b"two", OTHER)
    assert got(store, "a.html") == Stored(b"two", OTHER, second)
    assert first != second


def test_headers_alone_can_change_and_change_back(store: Store) -> None:
    for headers in (HTML, OTHER, HTML):
        store.put("a.html", b"one", headers)
        assert got(store, "a.html").headers == headers


def test_old_bytes_put_again_have_the_new_headers(store: Store) -> None:
    store.put("a.html", b"one", HTML)
    store.put("a.html", b"two", HTML)
    store.put("a.html", b"one", OTHER)
    assert got(store, "a.html").headers == OTHER


def test_new_creates_only(store: Store) -> None:
    store.put("a.html", b"one", HTML, NEW)
    with pytest.raises(Conflict):
        store.put("a.html", b"two", HTML, NEW)
    assert got(store, "a.html").body == b"one"


def test_a_version_replaces_that_version_only(store: Store) -> None:
    first = store.put("a.html", b"one", HTML)
    store.put("a.html", b"two", HTML, first)
    with pytest.raises(Conflict):
        store.put("a.html", b"three", OTHER, first)
    assert got(store, "a.html").body == b"two"
    assert got(store, "a.html").headers == HTML


def test_a_version_does_not_create(store: Store) -> None:
    with pytest.raises(Conflict):
        store.put("a.html", b"one", HTML, "v0")
    assert store.get("a.html") is None


def test_a_copy_brings_bytes_and_headers_both_ways(store: Store) -> None:
    store.put("a.html", b"one", HTML)
    store.copy("a.html", ".state/bodies/x")
    store.put("a.html", b"two", OTHER)
    store.copy(".state/bodies/x", "a.html")
    assert (got(store, "a.html").body, got(store, "a.html").headers) == (b"one", HTML)


def test_a_copy_of_nothing_says_so(store: Store) -> None:
    with pytest.raises(StoreMissing):
        store.copy("a.html", "b.html")
    assert store.get("b.html") is None


def test_delete_removes_and_may_be_said_twice(store: Store) -> None:
    store.put("a/b/c.html", b"one", HTML)
    store.put("a/d.html", b"two", HTML)
    store.delete("a/b/c.html")
    store.delete("a/b/c.html")
    store.delete("never/was.html")
    assert [one.key for one in store.list("")] == ["a/d.html"]


def test_lists_are_sorted_and_keep_notes_apart(store: Store) -> None:
    for key in ("b.html", "a/z.html", "a.html", ".state/head.json", ".state/bodies/1"):
        store.put(key, key.encode(), HTML)
    assert [one.key for one in store.list("")] == sorted(["a.html", "a/z.html", "b.html"])
    assert [one.key for one in store.list("a/")] == ["a/z.html"]
    assert [one.key for one in store.list(".state/bodies/")] == [".state/bodies/1"]
    for one in store.list(""):
        assert one.version == got(store, one.key).version
        assert one.size == len(one.key)


@pytest.mark.parametrize(
    "key",
    [
        "über/größe.html",
        "a b/c d.html",
        "100%/50%25.html",
        "a+b&c=d.html",
        "日本/🏥.html",
        "~tilde/#1.html",
        ".well-known/x",
    ],
)
def test_odd_keys_are_kept_as_they_are(store: Store, key: str) -> None:
    store.put(key, b"one", HTML)
    assert [one.key for one in store.list("")] == [key]
    assert got(store, key).headers == HTML


@pytest.mark.parametrize("replacing", [False, True])
def test_of_many_writers_one_wins(store: Store, *, replacing: bool) -> None:
    expect = store.put("a.html", b"start", HTML) if replacing else NEW
    winners: list[int] = []
    gate = threading.Barrier(8)

    def write(number: int) -> None:
        gate.wait()
        try:
            store.put("a.html", b"%d" % number, HTML, expect)
        except Conflict:
            return
        winners.append(number)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(winners) == 1
    assert got(store, "a.html").body == b"%d" % winners[0]


def test_verbs_may_be_called_from_many_threads(store: Store) -> None:
    def write(number: int) -> None:
        for turn in range(10):
            key = f"{number}/{turn}.html"
            store.put(key, key.encode(), Headers(f"text/{number}"), ANY)
            store.copy(key, f"copy/{key}")
            store.delete(key)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(list(store.list(""))) == 60
    assert got(store, "copy/3/7.html").headers == Headers("text/3")
