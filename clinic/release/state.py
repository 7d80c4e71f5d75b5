"""The notes that a target keeps of its releases, and where they lie.

One of them changes: the head, and only by compare-and-swap. It names the manifest that is live, the release that is
under way, who is at work, and what is still to be deleted. Manifests and displaced bodies are named by what they hold.
"""

import hashlib
from datetime import UTC, datetime
from typing import Final, Literal

import msgspec

from clinic.manifest import File, Manifest, read_manifest
from clinic.release.stops import DamagedState
from clinic.release.store import STATE, Headers, Store

HEAD: Final = f"{STATE}head.json"
BODIES: Final = f"{STATE}bodies/"
MANIFESTS: Final = f"{STATE}manifests/"
NOTES: Final = Headers("application/json", "no-store")
"""The headers of every note: no cache may keep one."""

KEEP: Final = 10
"""Releases that can be gone back to. The history is cut to them when it is twice as long."""


class Lease(msgspec.Struct, frozen=True):
    """Who is at work, and until when by the wall clock. `token` is new for each run; `host` says on which computer."""

    owner: str
    token: str
    host: str
    expires: datetime


class Release(msgspec.Struct, frozen=True, omit_defaults=True):
    """One release. `wish` is the fingerprint of the build and of what was held back: equal wishes change nothing."""

    number: int
    at: datetime
    manifest: str
    wish: str
    summary: str
    by: str = ""
    moment: datetime | None = None
    """The content's own time: a build with an earlier one is older."""
    commit: str = ""
    restores: int | None = None
    """The release that a rollback went back to."""


class Intent(msgspec.Struct, frozen=True):
    """A release that was begun. `also` names manifests of earlier ones that were begun and not finished."""

    release: Release
    also: tuple[str, ...] = ()

    @property
    def manifests(self) -> tuple[str, ...]:
        """Every manifest of which some keys may be live."""
        return (self.release.manifest, *self.also)


class Hold(msgspec.Struct, frozen=True):
    """Set by a rollback to release `to`: no ordinary publish goes through until it is lifted."""

    to: int
    since: datetime


class Tombstone(msgspec.Struct, frozen=True):
    """A file that the live site no longer has, and that is still to be deleted. `file` is what was there."""

    file: File
    since: datetime
    release: int


class Head(msgspec.Struct, frozen=True, omit_defaults=True):
    """The one note that changes. `epoch` grows with each write, so no two heads have the same bytes."""

    epoch: int = 0
    site: str = ""
    releases: tuple[Release, ...] = ()
    intent: Intent | None = None
    lease: Lease | None = None
    hold: Hold | None = None
    tombstones: dict[str, Tombstone] = {}
    capabilities: dict[str, bool] = {}
    purged: dict[str, datetime] = {}
    """Each key that was taken out for good and shall not come back, with the moment at which it went."""
    purging: tuple[str, ...] = ()
    """Purges that were begun and are not over."""
    version: Literal[1] = 1

    @property
    def current(self) -> Release | None:
        """The release that is live, None before the first one."""
        return self.releases[-1] if self.releases else None

    @property
    def next_number(self) -> int:
        """The number that the next release takes: a begun one has used its own."""
        begun = self.intent.release.number if self.intent else 0
        return max(begun, self.current.number if self.current else 0) + 1

    def to_bytes(self) -> bytes:
        """The head as JSON that a person can read."""
        return msgspec.json.format(msgspec.json.encode(self), indent=1) + b"\n"


def manifest_key(digest: str) -> str:
    """Where the manifest of this digest lies."""
    return f"{MANIFESTS}{digest}.json"


def body_key(file: File) -> str:
    """Where a displaced body lies: named by its bytes and its headers, since a copy brings both back."""
    headers = hashlib.sha256(f"{file.content_type}\n{file.cache_control}".encode()).hexdigest()
    return f"{BODIES}{file.sha256}-{headers[:12]}"


def headers_of(file: File) -> Headers:
    """The headers that a file is put with."""
    return Headers(file.content_type, file.cache_control)


def utc(seconds: float) -> datetime:
    """A moment of the wall clock, to the second, as the notes hold it."""
    return datetime.fromtimestamp(int(seconds), UTC)


def read_head(store: Store) -> tuple[Head, str | None]:
    """The head and its version: an empty one and None before the first release.

    Raises:
        DamagedState: there is one and it can't be read.
        StoreFault: the target can't be reached.
    """
    found = store.get(HEAD)
    if found is None:
        return Head(), None
    try:
        return msgspec.json.decode(found.body, type=Head), found.version
    except msgspec.DecodeError:
        raise DamagedState(
            f"The target's own notes ({HEAD}) can't be read: somebody changed them, or a newer version of this program "
            "wrote them. The site that is live is as it was. Bring the notes back from a backup, or use that version."
        ) from None


def load_manifest(store: Store, digest: str) -> Manifest:
    """The manifest of that digest.

    Raises:
        DamagedState: it isn't there, or isn't what its name says.
    """
    found = store.get(manifest_key(digest))
    if found is None or hashlib.sha256(found.body).hexdigest() != digest:
        raise DamagedState(
            f"The target's list of its own files ({manifest_key(digest)}) is missing or was changed. The site that is "
            "live is as it was. Bring that file back from a backup."
        )
    try:
        return read_manifest(found.body)
    except msgspec.DecodeError:
        raise DamagedState(
            f"The target's list of its own files ({manifest_key(digest)}) was written by another version of this "
            "program. Use that version."
        ) from None
