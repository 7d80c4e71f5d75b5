"""What is really at the target, as far as a release needs to know it, and the plan that follows from it.

Only reads. Every key that the release would touch is looked at before anything is written: so a file that a person
changed by hand, or that was never ours, is found in time, and a release that was cut short is taken up where it ended.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import msgspec

from clinic.manifest import File, Manifest
from clinic.release.crowd import each
from clinic.release.plan import Plan, make_plan
from clinic.release.state import Head, Tombstone, load_manifest
from clinic.release.store import NEW, Expected, Headers, Store, Stored
from clinic.release.wish import Wish

Whose = Literal["ours", "buried", "gone", "by hand", "foreign"]
_FEW = 100
"""New keys that are asked for one by one."""

BY_HAND = "somebody changed it by hand at the target"


@dataclass(frozen=True, slots=True)
class Survey:
    """The target before a release, and the plan. `versions` holds what is at each key that the plan touches."""

    head: Head
    head_version: str | None
    committed: Manifest | None
    plan: Plan
    versions: Mapping[str, Expected]
    foreign: tuple[str, ...]
    edited: tuple[str, ...]
    number: int
    needed: bool
    """Whether a release is to be made at all; deletions that are due need none."""
    live: Mapping[str, File]
    """What visitors get now: after a release that was cut short, a mixture."""
    begun: tuple[Manifest, ...] = ()
    """The releases that were cut short: what they still send may arrive at any time."""


def survey(
    store: Store,
    head: Head,
    head_version: str | None,
    wish: Wish,
    *,
    now: datetime,
    force: bool = False,
    workers: int = 1,
) -> Survey:
    """Looks at the target and plans.

    Args:
        store: the target.
        head: its head, and `head_version` the head's version.
        head_version: None before the first release.
        wish: what shall be live.
        now: the wall clock.
        force: look at every file, and put right what people changed by hand instead of holding it.
        workers: requests that the target gets at once.

    Raises:
        StoreFault: the target can't be read.
    """
    committed = load_manifest(store, head.current.manifest) if head.current else None
    begun = [load_manifest(store, digest) for digest in head.intent.manifests] if head.intent else []
    files = committed.files if committed else {}
    tombstones = dict(head.tombstones)
    number = head.next_number

    def planned(live: Mapping[str, File], held: Mapping[str, str], number: int) -> Plan:
        return make_plan(
            wish.manifest,
            live,
            held=held,
            tombstones=tombstones,
            now=now,
            number=number,
            committed=files,
            verb="put" if wish.files else "copy",
        )

    draft = planned(files, wish.held, number)
    doubt = {action.key for action in (*draft.writes, *draft.deletes)}
    for manifest in begun:
        doubt |= {key for key in manifest.files.keys() | files.keys() if manifest.files.get(key) != files.get(key)}
    if force:
        doubt |= files.keys()
    manifests = [*([committed] if committed else []), *begun]
    scene = _Doubt(manifests, wish.manifest.files, tombstones)
    # One listing says of all that is new that nothing is there; asking for a few is quicker.
    listing = head_version is None or bool(begun) or len(doubt - files.keys()) > _FEW
    found = _look(store, doubt, scene, listing=listing, deep=not begun or force, workers=workers)
    live = dict(files)
    versions: dict[str, Expected] = {}
    foreign: list[str] = []
    held = dict(wish.held)
    for key in sorted(doubt):
        seen = found.get(key)
        versions[key] = NEW if seen is None else seen.version
        file, whose = scene.settle(key, seen)
        if whose == "gone":
            tombstones.pop(key, None)  # deleted already, or somebody else's now: no longer ours to delete
            live.pop(key, None)
        elif whose == "buried":
            live.pop(key, None)
        else:
            live[key] = seen.as_file(file) if seen is not None and (whose == "foreign" or force) else file
        if whose == "foreign":
            foreign.append(key)
        if whose == "by hand" and not force:
            held[key] = BY_HAND
    as_noted = live == files and held == wish.held and tombstones == head.tombstones
    plan = draft if as_noted else planned(live, held, number)
    needed = (
        head.current is None
        or bool(begun)
        or bool(plan.writes)
        or head.current.manifest != plan.merged.digest
        or (head.hold.to if head.hold else None) != wish.restores
    )
    if head.current is not None and not needed:
        number = head.current.number
        plan = planned(live, held, number)
    edited = tuple(sorted(key for key, why in held.items() if why == BY_HAND))
    return Survey(
        head, head_version, committed, plan, versions, tuple(foreign), edited, number, needed, live, tuple(begun)
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is at a key. `headers` is None where a listing told the bytes and they alone say whose it is."""

    sha256: str
    size: int
    version: str
    headers: Headers | None

    def match(self, candidates: Sequence[File]) -> File | None:
        alike = [self.as_file(file) for file in candidates if file.sha256 == self.sha256]
        # One whose headers are right too is that file itself; with other headers it is the same text, to be sent anew.
        return next((file for file in alike if file in candidates), alike[0] if alike else None)

    def as_file(self, like: File) -> File:
        headers = self.headers or Headers(like.content_type, like.cache_control)
        return msgspec.structs.replace(
            like,
            sha256=self.sha256,
            size=self.size,
            content_type=headers.content_type,
            cache_control=headers.cache_control,
        )


_NOTHING = File("", 0, "", "", "page")


@dataclass(frozen=True, slots=True)
class _Doubt:
    """All that could be at a key that is in doubt."""

    manifests: Sequence[Manifest]
    wanted: Mapping[str, File]
    tombstones: Mapping[str, Tombstone]

    def known(self, key: str) -> list[File]:
        """What releases of ours may have put there."""
        found = [manifest.files[key] for manifest in self.manifests if key in manifest.files]
        if key in self.tombstones:
            found.append(self.tombstones[key].file)
        return found

    def ours(self, key: str) -> list[File]:
        """The same, and what the wish would put there: if somebody has done that already, so much the better."""
        return [*self.known(key), *([self.wanted[key]] if key in self.wanted else [])]

    def settle(self, key: str, seen: "_Seen | None") -> tuple[File, Whose]:
        """What is at the key, and who put it there."""
        used = key in self.wanted or any(key in one.files for one in self.manifests)
        match = seen.match(self.ours(key)) if seen is not None else None
        if seen is None or (match is None and not used):
            return _NOTHING, "gone"
        if match is not None:
            return match, "ours" if used else "buried"
        known = self.known(key)
        return (known[0], "by hand") if known else (self.wanted[key], "foreign")


def _look(
    store: Store, keys: Iterable[str], scene: _Doubt, *, listing: bool, deep: bool, workers: int
) -> dict[str, _Seen | None]:
    """What is at each of `keys`: by one listing where a mixture is likely, and by reading what that leaves open.

    A listing tells no headers. Those of what we were just sending are known; `deep` reads all the same.
    """
    asked = sorted(keys)
    if not listing:
        return dict(zip(asked, each(lambda key: _read(store.get(key)), asked, workers=workers), strict=True))
    listed = {one.key: one for one in store.list("")}
    found: dict[str, _Seen | None] = {}
    for key in asked:
        one = listed.get(key)
        if one is None:
            found[key] = None
        elif one.sha256 and not deep:
            alike = {(file.content_type, file.cache_control) for file in scene.ours(key) if file.sha256 == one.sha256}
            if len(alike) == 1:
                found[key] = _Seen(one.sha256, one.size, one.version, None)
    left = [key for key in asked if key not in found]
    return found | dict(zip(left, each(lambda key: _read(store.get(key)), left, workers=workers), strict=True))


def _read(stored: Stored | None) -> _Seen | None:
    if stored is None:
        return None
    headers = Headers(stored.headers.content_type, stored.headers.cache_control)
    return _Seen(hashlib.sha256(stored.body).hexdigest(), len(stored.body), stored.version, headers)
