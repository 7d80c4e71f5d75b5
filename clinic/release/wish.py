"""What somebody wants to be live, who asks, and on which terms."""

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol

from clinic.manifest import File, Manifest
from clinic.release.guards import Lift
from clinic.release.plan import Action
from clinic.release.stops import BuildChanged
from clinic.release.store import Expiring, Store, Stranger


@dataclass(frozen=True, slots=True)
class Clock:
    """The clocks that a release is handed; it reads no other.

    Args:
        wall: seconds since 1970, as `time.time` gives them.
        boot: seconds that never go back and that count while the computer sleeps: CLOCK_BOOTTIME where there is one,
            `time.monotonic` elsewhere.
        sleep: waits that many seconds.
    """

    wall: Callable[[], float]
    boot: Callable[[], float]
    sleep: Callable[[float], None]


class Bodies(Protocol):
    """Where the bytes of a build come from."""

    def read(self, key: str, file: File) -> bytes:
        """The bytes of `key`.

        Raises:
            BuildChanged: they aren't those of the manifest.
        """


_KEPT: Final = 64_000_000
"""Bytes of files that were looked at before a release and wait in memory to be sent. What is more is read again."""


class BuiltFiles:
    """The files of a build in the folder `output`. What was looked at once is kept for the second time, which is last.

    Any number of threads may read at once.
    """

    def __init__(self, output: Path) -> None:
        self.output = output
        self._kept: dict[str, tuple[File, bytes]] = {}
        self._room = _KEPT
        self._lock = threading.Lock()

    def read(self, key: str, file: File) -> bytes:
        """The bytes of `key`.

        Raises:
            BuildChanged: they aren't those of the manifest.
        """
        with self._lock:
            kept = self._kept.pop(key, None)
            self._room += len(kept[1]) if kept else 0
        if kept is not None and kept[0] == file:
            return kept[1]
        body = self._from_disk(key, file)
        with self._lock:
            if key not in self._kept and len(body) <= self._room:
                self._room -= len(body)
                self._kept[key] = (file, body)
        return body

    def _from_disk(self, key: str, file: File) -> bytes:
        try:
            body = (self.output / key).read_bytes()
        except OSError:
            body = None
        if body is None or len(body) != file.size or hashlib.sha256(body).hexdigest() != file.sha256:
            raise BuildChanged(
                f"{self.output.name}/{key} is not what the build wrote: another build ran meanwhile, or somebody "
                "changed the file. The site that is live is whole. Run the same command again."
            )
        return body


@dataclass(frozen=True, slots=True)
class Wish:
    """The site that shall be live. Without `files`, the bodies come from the store's own copies: a rollback."""

    manifest: Manifest
    files: Bodies | None
    held: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    moment: datetime | None = None
    commit: str = ""
    restores: int | None = None

    def fingerprint(self, edited: Mapping[str, str] | tuple[str, ...] = ()) -> str:
        """Equal for two wishes that make the same site live; `edited` are keys held because a person changed them."""
        parts = (self.manifest.digest, str(self.restores), *sorted({*self.held, *edited}))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


class Seat(Protocol):
    """A sign that a deployer is alive, where the target's place can give one: a lock that ends with its process."""

    @property
    def host(self) -> str:
        """The computer on which the sign can be trusted; empty where there is none."""

    def take(self) -> bool:
        """Whether the seat is ours now: then no other living process on this computer has it."""

    def clean(self) -> None:
        """Removes what dead processes left half written. Only who has the seat calls it."""

    def leave(self) -> None:
        """Gives the seat up; nothing happens when it isn't ours."""


@dataclass(frozen=True, slots=True)
class NoSeat:
    """The seat of a place that can't tell whether a deployer is alive: only the lease's end counts there."""

    host: str = ""

    def take(self) -> bool:
        """Never."""
        return False

    def clean(self) -> None:
        """Nothing to do."""

    def leave(self) -> None:
        """Nothing to do."""


Probe = Callable[[Store], dict[str, bool]]
"""Tries out what a store can do, by name."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a release is made.

    Args:
        store: where to.
        where: the target as messages name it: "the folder public/".
        owner: who asks, as others are told: "maria on front-desk".
        clock: the clocks.
        seat: see `Seat`.
        public: whether people on the internet can see the target.
        lifted: options that lift a guard.
        wait: seconds to wait while another deployer is at work.
        people: names of sample people that no public target may show.
        progress: called before each step with the step, its number from 1 and how many there are.
        workers: requests that the store gets at once.
        probe: tries out what the store can do, where that is not known beforehand.
        prefix: the bucket's folder that the site lies in, None where the place has no such thing.
        expiring: makes the store through which the site's files are written, so that the server itself refuses a
            deployer that slept.
        stranger: asks for a note as anybody could.
    """

    store: Store
    where: str
    owner: str
    clock: Clock
    seat: Seat
    public: bool = True
    lifted: frozenset[Lift] = frozenset()
    wait: float = 0.0
    people: tuple[str, ...] = ()
    progress: Callable[[Action, int, int], None] = lambda _action, _number, _total: None
    workers: int = 1
    probe: Probe | None = None
    prefix: str | None = None
    expiring: Expiring | None = None
    stranger: Stranger | None = None
