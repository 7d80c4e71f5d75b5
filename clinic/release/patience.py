"""Asking again: what may be asked again, how often, and how long between.

Only a `StoreBusy` is: no answer, a damaged one, or one that says "later". A look is harmless at any time, and so is a
note that is named by its contents or written by compare-and-swap: `Patient` repeats those by itself. What visitors see
is repeated by the release alone, which asks before each try whether the target is still its own.
"""

import random
from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from clinic.release.stops import Conflict, StoreBusy
from clinic.release.store import ANY, STATE, Expected, Headers, Listed, Store, Stored
from clinic.release.wrapping import Wrapping

T = TypeVar("T")

TRIES: Final = 6
"""Times that one request is made before its last answer counts."""
_FIRST: Final = 0.2
_LONGEST: Final = 5.0
"""Seconds between two tries: each pause is a random part of twice the one before, so that many don't come at once."""


def patiently(ask: Callable[[int], T], sleep: Callable[[float], None]) -> T:
    """What `ask` gives; it is told which try this is, from 0.

    Raises:
        StoreBusy: the last try met the same.
    """
    for turn in range(TRIES - 1):
        try:
            return ask(turn)
        except StoreBusy:
            sleep(random.uniform(0.5, 1.0) * min(_LONGEST, _FIRST * 2**turn))  # noqa: S311 - spreads load, no secret
    return ask(TRIES - 1)


def put(
    store: Store,
    key: str,
    body: bytes,
    headers: Headers,
    expect: Expected,
    sleep: Callable[[float], None],
    permit: Callable[[], None] = lambda: None,
) -> str:
    """Puts patiently; `permit` is called before each try and may raise.

    Where an answer was lost and the request made again, the rival that it meets may be itself.

    Raises:
        Conflict: somebody else is there.
        StoreBusy: the last try met the same.
    """

    def ask(turn: int) -> str:
        permit()
        try:
            return store.put(key, body, headers, expect)
        except Conflict:
            found = store.get(key) if turn else None
            if found is None or found.body != body or found.headers != headers:
                raise
            return found.version

    return patiently(ask, sleep)


class Patient(Wrapping):
    """A store whose looks and notes are asked for again. Writes that visitors would see are made once."""

    def __init__(self, inner: Store, sleep: Callable[[float], None]) -> None:
        super().__init__(inner)
        self._sleep = sleep

    def get(self, key: str) -> Stored | None:
        """As the store inside, asked again."""
        return patiently(lambda _: self.inner.get(key), self._sleep)

    def put(self, key: str, body: bytes, headers: Headers, expect: Expected = ANY) -> str:
        """As the store inside; a note is put again."""
        if not key.startswith(STATE):
            return self.inner.put(key, body, headers, expect)
        return put(self.inner, key, body, headers, expect, self._sleep)

    def copy(self, source: str, target: str) -> None:
        """As the store inside; a copy that is kept is made again."""
        if not target.startswith(STATE):
            self.inner.copy(source, target)
            return
        patiently(lambda _: self.inner.copy(source, target), self._sleep)

    def delete(self, key: str) -> None:
        """As the store inside; a note is deleted again."""
        if not key.startswith(STATE):
            self.inner.delete(key)
            return
        patiently(lambda _: self.inner.delete(key), self._sleep)

    def list(self, prefix: str) -> Iterator[Listed]:
        """As the store inside, asked again from the start."""
        return patiently(lambda _: iter(tuple(self.inner.list(prefix))), self._sleep)
