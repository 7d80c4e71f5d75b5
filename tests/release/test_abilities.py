"""What a place can do is tried out once; one that can't keep two deployers apart is refused."""

import threading

import pytest

from clinic.release.abilities import COPY, CREATE, SWAP, Alone, fitted, probe, safe
from clinic.release.protocol import release
from clinic.release.state import read_head
from clinic.release.stops import Conflict, StoreBusy, StoreFault, StoreForbidden, StoreMissing, UnsafeStore
from clinic.release.store import ANY, NEW, Expected, Headers, Store
from clinic.release.wish import Terms
from clinic.release.wrapping import Counting, Request, Wrapping
from tests.release.conftest import STORES, Line, Make
from tests.release.world import EVERYTHING, FakeClock, MemoryStore, Watched, assert_is, small, terms

HTML = Headers("text/html", "max-age=60")


class Racy(MemoryStore):
    """Looks whether a key is there, and writes a moment later, as some gateways do: the first that meet all see it."""

    def __init__(self, rivals: int) -> None:
        super().__init__()
        self._rivals = rivals
        self._doorway = threading.Lock()
        self._gates: dict[str, tuple[threading.Barrier, list[int]]] = {}

    def put(self, key: str, body: bytes, headers: Headers, expect: Expected = ANY) -> str:
        if expect is not ANY:
            found = self.objects.get(key)
            self._meet(key)
            if (found is None) != (expect is NEW) or (found is not None and found.version != expect):
                raise Conflict(key)
        return super().put(key, body, headers)

    def _meet(self, key: str) -> None:
        """Waits for the other rivals; whoever comes after them all waits for nobody."""
        with self._doorway:
            gate, came = self._gates.setdefault(key, (threading.Barrier(self._rivals), [0]))
            came[0] += 1
            late = came[0] > self._rivals
        if not late:
            gate.wait(60)


class Deaf(MemoryStore):
    """Does not know conditions: it writes whatever is there."""

    def put(self, key: str, body: bytes, headers: Headers, expect: Expected = ANY) -> str:
        del expect
        return super().put(key, body, headers)


class Refusing(MemoryStore):
    """Knows no compare-and-swap, and says so."""

    def put(self, key: str, body: bytes, headers: Headers, expect: Expected = ANY) -> str:
        if isinstance(expect, str):
            raise StoreFault("can't do that")
        return super().put(key, body, headers, expect)


class Forgetful(MemoryStore):
    """Its copies lose their headers."""

    def copy(self, source: str, target: str) -> None:
        found = self.objects.get(source)
        if found is None:
            raise StoreMissing(source)
        self.put(target, found.body, Headers())


class Stopping(Wrapping):
    """Stops every write."""

    def __init__(self, stop: StoreFault) -> None:
        super().__init__(MemoryStore())
        self._stop = stop

    def before(self, request: Request) -> None:
        if request.verb == "put":
            raise self._stop


def tried(store: Store, lifted: set[str] | None = None) -> Terms:
    found = terms(store, FakeClock(), lifted={*EVERYTHING, *(lifted or ())})
    return Terms(**{name: getattr(found, name) for name in found.__slots__} | {"probe": probe})


@pytest.mark.parametrize("make_store", STORES, indirect=True)
def test_places_that_are_safe_are_found_to_be(make_store: Make) -> None:
    store = make_store()
    assert probe(store) == {CREATE: True, SWAP: True, COPY: True}
    assert list(store.list(".state/probe/")) == [], "nothing is left of it"


@pytest.mark.parametrize(
    ("store", "found"),
    [
        (Racy(3), {CREATE: False, SWAP: False, COPY: True}),
        (Deaf(), {CREATE: False, SWAP: False, COPY: True}),
        (Refusing(), {CREATE: True, SWAP: False, COPY: True}),
        (Forgetful(), {CREATE: True, SWAP: True, COPY: False}),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, MemoryStore) else "",
)
def test_what_a_place_lacks_is_found_out(store: MemoryStore, found: dict[str, bool]) -> None:
    assert probe(store) == found
    assert store.objects == {}
    assert safe(found) == (found[CREATE] and found[SWAP])
    assert fitted(store, found) is not store


def test_a_place_that_forbids_writing_is_not_called_unsafe() -> None:
    with pytest.raises(StoreForbidden):
        probe(Stopping(StoreForbidden("s3:PutObject is missing")))


def test_a_place_that_does_not_answer_is_not_called_unsafe() -> None:
    with pytest.raises(StoreBusy):
        probe(Stopping(StoreBusy("can't be reached")))


@pytest.mark.parametrize("make", [Deaf, Refusing])
def test_an_unsafe_place_is_refused_unless_this_is_the_only_deployer(make: type[MemoryStore]) -> None:
    store = make()
    wish = small("1").wish()
    with pytest.raises(UnsafeStore, match="--only-deployer") as caught:
        release(lambda _head, _version: wish, tried(store))
    assert caught.value.exit_code == 2
    assert store.objects == {}
    for version in ("1", "2"):
        wish = small(version).wish()
        counting = Counting(Watched(store))
        release(lambda _head, _version, wish=wish: wish, tried(counting, {"--only-deployer"}))  # type: ignore[misc]
        assert_is(store, small(version))
        assert bool([one for one in counting.requests if "/probe/" in one.key]) == (version == "1"), "tried out once"
    with pytest.raises(UnsafeStore):
        release(lambda _head, _version: small("3").wish(), tried(store))
    assert_is(store, small("2"))


def test_what_was_found_out_is_remembered() -> None:
    store = MemoryStore()
    for version in ("1", "2"):
        wish = small(version).wish()
        release(lambda _head, _version, wish=wish: wish, tried(store))  # type: ignore[misc]
    assert read_head(store)[0].capabilities == {CREATE: True, SWAP: True, COPY: True}


def test_one_that_is_alone_looks_before_it_writes() -> None:
    store = Alone(Deaf(), {CREATE: False, SWAP: False, COPY: False})
    first = store.put("a.html", b"one", HTML, NEW)
    with pytest.raises(Conflict):
        store.put("a.html", b"two", HTML, NEW)
    with pytest.raises(Conflict):
        store.put("b.html", b"two", HTML, first)
    second = store.put("a.html", b"two", HTML, first)
    with pytest.raises(Conflict):
        store.put("a.html", b"three", HTML, first)
    store.copy("a.html", "b.html")
    with pytest.raises(StoreMissing):
        store.copy("c.html", "d.html")
    assert second != first
    for key in ("a.html", "b.html"):
        found = store.get(key)
        assert found is not None
        assert (found.body, found.headers) == (b"two", HTML)


def test_a_release_without_safe_copies_is_whole_all_the_same() -> None:
    store = Forgetful()
    for version in ("1", "2", "1"):
        wish = small(version).wish()
        release(lambda _head, _version, wish=wish: wish, tried(Watched(store)))  # type: ignore[misc]
        assert_is(store, small(version))


def test_the_first_release_tries_the_place_out_and_the_next_ones_do_not(line: Line) -> None:
    counts = []
    for version in ("1", "2"):
        line.proxy.clear()
        wish = small(version).wish()
        release(lambda _head, _version, wish=wish: wish, tried(line.store))  # type: ignore[misc]
        counts.append(len([one for one in line.proxy.asked() if "/probe/" in one.path]))
    assert 10 < counts[0] < 30
    assert counts[1] == 0
