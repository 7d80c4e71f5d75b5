"""What a place can do that a release relies on: tried out once for each target, remembered in its head.

Clouds and their likes say much of themselves. Whether two writers that meet are really kept apart is found by letting
some meet.
"""

import secrets
import threading
from collections.abc import Callable, Mapping
from typing import Final

from clinic.release.crowd import each
from clinic.release.state import NOTES
from clinic.release.stops import Conflict, StoreFault, StoreMissing
from clinic.release.store import ANY, NEW, STATE, Expected, Expiring, Headers, Store, Stranger
from clinic.release.wrapping import Wrapping

CREATE: Final = "create only"
SWAP: Final = "compare and swap"
COPY: Final = "copies keep headers"
LATE: Final = "late writes are refused"
CLOSED: Final = "strangers can't read the notes"

_PROBES: Final = f"{STATE}probe/"
_RIVALS: Final = 3
"""Writers that meet. A place that lets more than one through lets most of them through."""
_LONG: Final = 60.0
"""Seconds: for what shall be in time."""
_ODD: Final = Headers("text/x-probe", "max-age=1")


def probe(store: Store, expiring: Expiring | None = None, stranger: Stranger | None = None) -> dict[str, bool]:
    """What the store can do, by name. It writes a few notes and removes them again.

    Args:
        store: the store.
        expiring: makes the same with addresses that expire. That they do is taken on trust here: it is part of what
            such an address is, and `doctor` waits for it.
        stranger: asks as anybody could.

    Raises:
        StoreFault: it can't be read or written at all.
    """
    key = f"{_PROBES}{secrets.token_hex(8)}"
    copied, swapped = f"{key}-copy", f"{key}-swap"
    try:
        # Side by side: where writers meet, some stores keep all but one of them waiting for a second.
        races: tuple[Callable[[], bool], ...] = (lambda: _winners(store, key, NEW) == 1, lambda: _swaps(store, swapped))
        create, swap = each(lambda race: race(), races, workers=len(races))
        found = {CREATE: create, SWAP: swap, COPY: _copies(store, key, copied)}
        timed = expiring(lambda: _LONG) if expiring else None
        if timed is not None:
            found[LATE] = _heeds(timed, f"{key}-timed")
        if stranger is not None:
            found[CLOSED] = not stranger(key)
        return found
    finally:
        for one in (key, copied, swapped):
            store.delete(one)


def readable(store: Store, stranger: Stranger) -> bool:
    """Whether strangers can read notes there, by one that is written for them and removed again.

    Raises:
        StoreFault: it can't be read or written at all.
    """
    key = f"{_PROBES}{secrets.token_hex(8)}"
    try:
        store.put(key, b"probe", NOTES)
        return stranger(key)
    finally:
        store.delete(key)


def safe(abilities: Mapping[str, bool]) -> bool:
    """Whether two deployers are kept apart there. What was never tried out needs no trial."""
    return abilities.get(CREATE, True) and abilities.get(SWAP, True)


def fitted(store: Store, abilities: Mapping[str, bool]) -> Store:
    """The store with what it lacks made up for, as well as one that is alone there can."""
    return store if all(abilities.get(one, True) for one in (CREATE, SWAP, COPY)) else Alone(store, abilities)


class Alone(Wrapping):
    """Looks before each write, where the place itself does not; that is enough as long as nobody else writes."""

    def __init__(self, inner: Store, abilities: Mapping[str, bool]) -> None:
        super().__init__(inner)
        self._abilities = abilities

    def put(self, key: str, body: bytes, headers: Headers, expect: Expected = ANY) -> str:
        """As the store inside, after a look where it would not look itself."""
        if expect is ANY or safe(self._abilities):
            return self.inner.put(key, body, headers, expect)
        found = self.inner.get(key)
        if (found is None) != (expect is NEW) or (found is not None and found.version != expect):
            raise Conflict(key)
        return self.inner.put(key, body, headers)

    def copy(self, source: str, target: str) -> None:
        """As the store inside; through this computer where it would lose the headers."""
        if self._abilities.get(COPY, True):
            self.inner.copy(source, target)
            return
        found = self.inner.get(source)
        if found is None:
            raise StoreMissing(source)
        self.inner.put(target, found.body, found.headers)


def _winners(store: Store, key: str, expect: Expected) -> int:
    """How many of some writers that meet are told that they came first. One that can't be asked so has no winner."""
    gate = threading.Barrier(_RIVALS)

    def write(_number: int) -> bool:
        body = secrets.token_bytes(8)  # never what is there already: equal bytes are one version on some clouds
        gate.wait()
        try:
            store.put(key, body, NOTES, expect)
        except Conflict:
            return False
        return True

    try:
        return sum(each(write, range(_RIVALS), workers=_RIVALS))
    except StoreFault:
        _really(store, key)
        return 0


def _swaps(store: Store, key: str) -> bool:
    store.put(key, b"probe", NOTES)
    found = store.get(key)
    if found is None or _winners(store, key, found.version) != 1:
        return False
    try:
        store.put(key, b"too late", NOTES, found.version)
    except Conflict:
        return True
    return False


def _copies(store: Store, key: str, target: str) -> bool:
    store.put(key, b"probe", _ODD)
    try:
        store.copy(key, target)
    except StoreFault:
        _really(store, key)
        return False
    found = store.get(target)
    return found is not None and (found.body, found.headers) == (b"probe", _ODD)


def _heeds(timed: Store, key: str) -> bool:
    """Whether writes by addresses that expire go through, and heed what they expect to find."""
    try:
        version = timed.put(key, b"one", NOTES, NEW)
        refused = [_conflicts(timed, key, NEW), _conflicts(timed, key, version), _conflicts(timed, key, version)]
        timed.delete(key)
    except StoreFault:
        return False
    return refused == [True, False, True]


def _conflicts(store: Store, key: str, expect: Expected) -> bool:
    try:
        store.put(key, b"another", NOTES, expect)
    except Conflict:
        return True
    return False


def _really(store: Store, key: str) -> None:
    """Nothing, when plain writes go through: then it was the kind of request that was refused.

    Raises:
        StoreFault: they don't.
    """
    store.put(key, b"probe", NOTES)
