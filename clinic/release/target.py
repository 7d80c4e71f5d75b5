"""The place a release goes to, opened from what the user wrote: nothing is made or touched by opening it."""

import platform
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from filelock import FileLock, Timeout

from clinic.release.abilities import probe
from clinic.release.directory import DirectoryStore, state_folder
from clinic.release.patience import Patient
from clinic.release.stops import TargetError
from clinic.release.store import Expiring, Store, Stranger
from clinic.release.wish import NoSeat, Probe, Seat

DEFAULT = "public/"
"""The target when nobody names one: a folder in the project."""

_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?://|(?<=^file:))")
_BUCKETS = frozenset({"s3", "gs", "az"})

WORKERS = 32
"""Requests that a bucket gets at once. A folder is written by one after the other: its disk is the limit."""


@dataclass(frozen=True, slots=True)
class Target:
    """An opened target. `where` is how messages name it: "the folder public/", "s3://clinic-site/"."""

    where: str
    store: Store
    seat: Seat
    public: bool
    """Whether people on the internet can see what is released there."""
    address: str = ""
    """Where visitors see it, as the target says it (`public=`), without a slash at its end; empty where it doesn't."""
    prefix: str | None = None
    """The bucket's folder that the site lies in, empty or with a slash at its end; None for a folder here."""
    workers: int = 1
    """Requests that it gets at once."""
    probe: Probe | None = None
    """Tries out what the place can do, where that is not known beforehand."""
    expiring: Expiring | None = None
    """See `Terms`."""
    stranger: Stranger | None = None
    """Asks for a note as anybody could, where anybody could."""


class FolderSeat:
    """A lock in the folder's notes that the system gives back when its process ends, however it ends."""

    def __init__(self, store: DirectoryStore) -> None:
        self.host = platform.node()
        self._store = store
        self._lock = FileLock(store.state / "deployer.lock", timeout=0)

    def take(self) -> bool:
        """As the interface says. Where the folder can't be locked, nobody has the seat."""
        if self._lock.is_locked:
            return True
        try:
            self._store.state.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock.acquire()
        except (Timeout, OSError):
            return False
        return True

    def clean(self) -> None:
        """Sweeps the folder's staging area."""
        self._store.sweep()

    def leave(self) -> None:
        """Gives the lock back."""
        if self._lock.is_locked:
            self._lock.release()


def open_target(
    target: str,
    *,
    root: Path,
    forbidden: Sequence[Path] = (),
    environment: Mapping[str, str] = MappingProxyType({}),
) -> Target:
    """The target that `target` names: a path or a `file:` address, a bucket's, empty for the folder public/.

    Args:
        target: as the user or the settings wrote it; relative paths are below `root`.
        root: the project's folder.
        forbidden: folders that a target must neither be, nor lie in, nor hold: the output, the content, the cache.
        environment: the variables of the process: a bucket's may name a profile. Keys are never kept or shown.

    Raises:
        TargetError: it can't be used. Nothing was touched.
        NoCredentials: a profile was named that gives no keys.
    """
    found = _SCHEME.match(target)
    if found and found["scheme"].lower() in _BUCKETS:
        from clinic.release.bucket import open_bucket  # noqa: PLC0415 - its library is loaded where it is needed

        bucket = open_bucket(target, environment)
        patient = Patient(bucket.store, time.sleep)
        return Target(
            bucket.where, patient, NoSeat(), public=True, address=bucket.public, prefix=bucket.prefix, workers=WORKERS,
            probe=lambda store: probe(store, bucket.expiring, bucket.stranger), expiring=bucket.expiring,
            stranger=bucket.stranger,
        )  # fmt: skip
    folder = _folder(target or DEFAULT, root)
    name = _name(folder, root)
    if folder.exists() and not folder.is_dir():
        raise TargetError(f"The target {name} is a file. Name a folder that the site can be put in.")
    notes = state_folder(folder)
    if not folder.name or (notes.exists() and not notes.is_dir()):
        raise TargetError(f"The target {name} can't be used: its notes would go to {notes}, which is no folder.")
    for place in forbidden:
        for mine in (folder, notes):
            if _overlap(mine.resolve(), place.resolve()):
                raise TargetError(
                    f"The target {name} and {_name(place, root)} lie in one another. A release would overwrite what it "
                    "is made from. Choose a folder of its own, such as public/."
                )
    store = DirectoryStore(folder, notes)
    return Target(f"the folder {name}", store, FolderSeat(store), public=False)


def _folder(target: str, root: Path) -> Path:
    found = _SCHEME.match(target)
    scheme = found["scheme"].lower() if found else ""
    if not scheme or (len(scheme) == 1 and not target.startswith(f"{scheme}://")):
        path = Path(target)
    elif scheme != "file":
        raise TargetError(
            f"{target} is no target that this program knows. Name a folder, such as public/, or a bucket, such as s3://clinic-site/."
        )
    else:
        parts = urlsplit(target)
        if parts.netloc not in {"", "localhost"} or not parts.path or parts.query or parts.fragment:
            raise TargetError(f"{target} does not name a folder on this computer. Write it as file:///path/to/folder.")
        plain = unquote(parts.path)
        path = Path(plain[1:] if re.match(r"/[A-Za-z]:/", plain) else plain)
    if "\0" in target:
        raise TargetError("The target has a character that no folder's name can have.")
    # Not resolved: a folder that is a link shall stay one, and messages shall name what the user wrote.
    return Path(root, path).absolute()


def _overlap(one: Path, other: Path) -> bool:
    return one == other or one in other.parents or other in one.parents


def _name(folder: Path, root: Path) -> str:
    base = root.absolute()
    shown = folder.relative_to(base) if folder.is_relative_to(base) and folder != base else folder
    return f"{shown.as_posix().rstrip('/')}/"
