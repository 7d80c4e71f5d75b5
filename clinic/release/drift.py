"""What somebody else did to the target since the last release, found by listing it and not by reading it.

A listing tells the size and the version of each object, and some places tell its hash. A version that was seen with
the right bytes once is not read again: what was seen is noted beside the releases.
"""

import contextlib
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import msgspec

from clinic.manifest import File
from clinic.release.crowd import each
from clinic.release.outcome import Finding
from clinic.release.state import NOTES, Head, load_manifest, read_head
from clinic.release.stops import NoSuchRelease, StoreFault
from clinic.release.store import STATE, Listed, Store

SEEN: Final = f"{STATE}seen.json"
"""The note of versions that were seen with the right bytes. Losing it costs time only."""


class Seen(msgspec.Struct, frozen=True):
    """The note: for each key the version that a listing gives, and the sha256 of the bytes that it stands for."""

    versions: dict[str, tuple[str, str]] = {}
    version: Literal[1] = 1


@dataclass(frozen=True, slots=True)
class Drift:
    """What differs. `read` counts the files that had to be read, since the listing did not tell enough."""

    findings: tuple[Finding, ...]
    files: int
    read: int


def drift(store: Store, where: str, *, workers: int = 1) -> Drift:
    """Compares a listing of the target with its last release. Nothing but the note is written, and nothing deleted.

    Raises:
        NoSuchRelease: nothing has been released there.
        StoreFault: the target can't be read.
    """
    head, _ = read_head(store)
    if head.current is None:
        raise NoSuchRelease(f"Nothing has been released to {where} yet, so there is nothing to compare.")
    files = load_manifest(store, head.current.manifest).files
    begun = {key: file for _, one in _begun(store, head) for key, file in one.items()}
    listed = {one.key: one for one in store.list("")}
    findings: list[Finding] = []
    doubtful: list[str] = []
    seen = _seen(store) if any(not one.sha256 for one in listed.values()) else Seen()
    for key, file in sorted(files.items()):
        told = _told(listed.get(key), file, seen.versions.get(key))
        if told == "missing":
            findings.append(Finding(key, "missing", f"{key} was deleted; publish --force puts it back."))
        elif told == "changed":
            findings.append(_changed(key, interrupted=key in begun))
        elif told == "unknown":
            doubtful.append(key)
    read = each(lambda key: _read(store, key, files[key]), doubtful, workers=workers)
    findings += [found if key not in begun else _changed(key, interrupted=True) for key, found in read if found]
    findings += _others(listed, files, begun, head)
    _note(store, seen, files, listed, [key for key, found in read if found is None])
    return Drift(tuple(sorted(findings, key=lambda one: one.key)), len(files), len(doubtful))


def _begun(store: Store, head: Head) -> Iterator[tuple[str, Mapping[str, File]]]:
    for digest in head.intent.manifests if head.intent else ():
        yield digest, load_manifest(store, digest).files


def _told(
    one: Listed | None, file: File, seen: tuple[str, str] | None
) -> Literal["missing", "changed", "same", "unknown"]:
    """What the listing tells of a file."""
    if one is None:
        return "missing"
    if one.size != file.size or (one.sha256 and one.sha256 != file.sha256):
        return "changed"
    if one.sha256 or (one.version and seen == (one.version, file.sha256)):
        return "same"
    return "unknown"


def _changed(key: str, *, interrupted: bool) -> Finding:
    if interrupted:
        return Finding(key, "left over", f"{key} is of a release that was interrupted. Publish finishes it.")
    return Finding(
        key,
        "changed",
        f"{key} was changed by hand, or by another program. Bring the change into the content if it is meant; "
        "publish --force puts back what was released.",
    )


def _read(store: Store, key: str, file: File) -> tuple[str, Finding | None]:
    stored = store.get(key)
    if stored is None:
        return key, Finding(key, "missing", f"{key} was deleted; publish --force puts it back.")
    if hashlib.sha256(stored.body).hexdigest() != file.sha256:
        return key, _changed(key, interrupted=False)
    if (stored.headers.content_type, stored.headers.cache_control) != (file.content_type, file.cache_control):
        return key, Finding(key, "headers", f"{key} is sent with other headers than were released.")
    return key, None


def _others(
    listed: Mapping[str, Listed], files: Mapping[str, File], begun: Mapping[str, File], head: Head
) -> Iterator[Finding]:
    for key in listed:
        if key in files or key in head.tombstones:
            continue
        if key in begun:
            yield _changed(key, interrupted=True)
        else:
            yield Finding(key, "foreign", f"{key} was not put there by a release. It is left alone, and never deleted.")


def _seen(store: Store) -> Seen:
    found = store.get(SEEN)
    if found is None:
        return Seen()
    try:
        return msgspec.json.decode(found.body, type=Seen)
    except msgspec.DecodeError:
        return Seen()  # what it said is found out anew


def _note(store: Store, seen: Seen, files: Mapping[str, File], listed: Mapping[str, Listed], good: list[str]) -> None:
    versions = {key: one for key, one in seen.versions.items() if key in files}
    versions |= {key: (listed[key].version, files[key].sha256) for key in good if listed[key].version}
    if versions != seen.versions:
        with contextlib.suppress(StoreFault):  # who may only read looks just as well, and reads again next time
            store.put(SEEN, msgspec.json.encode(Seen(versions)), NOTES)
