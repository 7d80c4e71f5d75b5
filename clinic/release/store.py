"""The place that a release writes to, as an interface of few verbs.

Keys are the site's own addresses without the leading slash. Those that start with `.state/` are the release's notes:
they live beside the site, where no visitor reads them. Every verb may be called from several threads at once.
"""

import enum
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, Protocol

STATE: Final = ".state/"
"""The prefix of the release's own notes. No page may have an address that starts so."""


class Expect(enum.Enum):
    """What a writer expects to find at a key, where it is not one version in particular."""

    ANY = "whatever is there"
    NEW = "nothing yet"


ANY: Final = Expect.ANY
NEW: Final = Expect.NEW
Expected = str | Literal[Expect.ANY, Expect.NEW]


@dataclass(frozen=True, slots=True)
class Headers:
    """What a web server sends with a body."""

    content_type: str = ""
    cache_control: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """One object as it lies in the store. `version` changes whenever its bytes change."""

    body: bytes
    headers: Headers
    version: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a listing. `sha256` and `version` are empty where a listing can't tell them."""

    key: str
    size: int
    version: str
    sha256: str = ""


class Store(Protocol):
    """What every target can do: a folder, a bucket, a test's memory.

    All verbs raise `StoreFault` or one of its kinds when the place can't be reached, is full or forbids it.
    """

    def check(self, keys: Iterable[str], live: Iterable[str] = ()) -> None:
        """Nothing, when all `keys` can be held here beside the `live` ones.

        Raises:
            BadKey: one can't be held safely, or two would be the same file. No request is made.
        """

    def get(self, key: str) -> Stored | None:
        """The object at `key`, None when there is none."""

    def put(self, key: str, body: bytes, headers: Headers, expect: Expected = ANY) -> str:
        """Stores `body` whole or not at all and gives its version.

        `expect` NEW creates only; a version replaces that version only.

        Raises:
            Conflict: the expected state is not what is there. Nothing was written.
        """

    def copy(self, source: str, target: str) -> None:
        """Copies bytes and headers inside the store, replacing what is at `target`.

        Raises:
            StoreMissing: there is no `source`.
        """

    def delete(self, key: str) -> None:
        """Removes `key`; nothing happens when it isn't there."""

    def list(self, prefix: str) -> Iterator[Listed]:
        """All objects whose key starts with `prefix`, sorted by key; notes only where the prefix asks for them."""


class Timed(Store, Protocol):
    """A store whose server refuses what comes too late."""

    def refuses_late(self, key: str, sleep: Callable[[float], None]) -> bool:
        """Whether a write that is sent after its end is really refused. It takes seconds, and leaves nothing behind."""


Expiring = Callable[[Callable[[], float]], Timed | None]
"""Makes such a store from what says how many seconds are left; None where the place has none."""

Stranger = Callable[[str], bool]
"""Whether anybody on the internet can read that key: it is asked for without a name."""
