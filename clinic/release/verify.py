"""The live site against what was released: bytes and headers, read back from the target."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Final

from clinic.manifest import File
from clinic.release.crowd import each
from clinic.release.outcome import Finding
from clinic.release.state import load_manifest, read_head
from clinic.release.stops import NoSuchRelease
from clinic.release.store import Store, Stored

WHOLE: Final = 100
"""So many files of a release are all read back; of more, so many at least and twice as many at most."""


def verify(store: Store, where: str, *, workers: int = 1) -> tuple[Finding, ...]:
    """Everything in which the target differs from its last release, foreign files besides. Writes nothing.

    Raises:
        NoSuchRelease: nothing has been released there.
        StoreFault: the target can't be read.
    """
    head, _ = read_head(store)
    if head.current is None:
        raise NoSuchRelease(f"Nothing has been released to {where} yet, so there is nothing to verify.")
    files = load_manifest(store, head.current.manifest).files
    findings = list(compare(store, files, (), workers=workers))
    begun: set[str] = set()
    if head.intent is not None:
        for digest in head.intent.manifests:
            begun |= load_manifest(store, digest).files.keys()
    for one in store.list(""):
        if one.key in files or one.key in head.tombstones:
            continue
        if one.key in begun:
            findings.append(Finding(one.key, "left over", f"{one.key} is of a release that was interrupted. Publish."))
        else:
            findings.append(Finding(one.key, "foreign", f"{one.key} was not put there by a release. It is left alone."))
    return tuple(findings)


def read_back(
    store: Store, files: Mapping[str, File], gone: Iterable[str], sent: Mapping[str, str], *, workers: int = 1
) -> tuple[Finding, ...]:
    """Whether a release arrived: what of `files` and of what should be `gone` is not as it was released.

    Few files are read, bytes and headers. Where there are more than `WHOLE`, one listing says which of them are still
    the very versions that the store gave out when it took our bytes, each with its digest; what it leaves open is read,
    and of the others a sample: one of each sort of headers, and every so many by name.

    Args:
        store: the target.
        files: what was written, by key.
        gone: keys that were deleted.
        sent: the version that each write was answered with; what is not in it is read.
        workers: requests that the target gets at once.
    """
    if len(files) <= WHOLE or not sent:
        return compare(store, files, gone, workers=workers)
    listed = {one.key: one.version for one in store.list("")}
    settled = sorted(key for key in files if listed.get(key) and listed.get(key) == sent.get(key))
    sorts = {(files[key].content_type, files[key].cache_control): key for key in settled}
    sample = {*sorts.values(), *settled[:: max(1, len(settled) // WHOLE)]}
    closed = frozenset(settled) - sample
    read = {key: file for key, file in files.items() if key not in closed}
    return compare(store, read, [key for key in gone if key in listed], workers=workers)


def compare(store: Store, files: Mapping[str, File], gone: Iterable[str], *, workers: int = 1) -> tuple[Finding, ...]:
    """Reads each of `files` back, and looks that none of `gone` is there."""

    def look(key: str) -> Finding | None:
        return _compared(key, files[key], store.get(key))

    def still_there(key: str) -> Finding | None:
        there = store.get(key) is not None
        return Finding(key, "left over", f"{key} was to be removed and is still there.") if there else None

    found = [*each(look, sorted(files), workers=workers), *each(still_there, sorted(gone), workers=workers)]
    return tuple(finding for finding in found if finding is not None)


def _compared(key: str, file: File, stored: Stored | None) -> Finding | None:
    if stored is None:
        return Finding(key, "missing", f"{key} is not there any more; publish --force puts it back.")
    if hashlib.sha256(stored.body).hexdigest() != file.sha256:
        return Finding(key, "changed", f"{key} is not what was released; publish --force puts it right.")
    if (stored.headers.content_type, stored.headers.cache_control) != (file.content_type, file.cache_control):
        return Finding(key, "headers", f"{key} is sent with other headers than were released.")
    return None
