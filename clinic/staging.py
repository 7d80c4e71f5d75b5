"""The bytes of files that an output lacks, made on all cores and put beside it (`clinic.output` moves them in)."""

import errno
import hashlib
import os
import sys
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from clinic.cache import Cache, key_for
from clinic.crew import in_shares
from clinic.disk import content_of
from clinic.manifest import Role


@dataclass(frozen=True)
class Wanted:
    """A file that the output shall hold. `make` is called only where its bytes aren't there already.

    `fingerprint` tells all that shapes the bytes; `make` gives them, with the keys that they link to and the assets
    that they show.
    """

    key: str
    fingerprint: str
    content_type: str
    cache_control: str
    role: Role
    make: Callable[[], "Made"]
    source: str = ""
    title: str = ""
    front: str = ""


@dataclass(frozen=True)
class Made:
    """The bytes of a file and the keys that they name."""

    body: bytes
    links: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()


class Staged(msgspec.Struct, array_like=True):
    """What is known of a file that was made: of its bytes, and whether they differ from what is there."""

    sha256: str
    size: int
    links: tuple[str, ...]
    assets: tuple[str, ...]
    differs: bool
    kept: bytes = b""
    """For a cache, where one shall have it: the file with all that is known of it."""
    recalled: bool = False
    """Whether a cache had it, so that nothing was rendered."""


class _Kept(msgspec.Struct, array_like=True):
    """A rendered file as a cache has it."""

    fingerprint: str
    links: tuple[str, ...]
    assets: tuple[str, ...]
    body: bytes
    """Deflated."""


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Staged)
_KEPT = msgspec.msgpack.Decoder(_Kept)

_RENDERED = frozenset({"page", "index", "redirect"})
"""The roles of files that are rendered; all others are at hand."""


class Renders:
    """Files as they were last rendered, in a cache: where an output is gone, as in CI, they need not be rendered again.

    One for each key, so that the cache does not grow with every change.
    """

    def __init__(self, cache: Cache, site: str) -> None:
        """`site` is the site's address."""
        self._cache = cache
        self._site = site

    def recall(self, file: Wanted) -> bytes:
        """What the cache has of a file, if that was rendered from the same; else nothing."""
        known = self._cache.get(self._key(file)) if file.role in _RENDERED else None
        try:
            return known if known is not None and _KEPT.decode(known).fingerprint == file.fingerprint else b""
        except msgspec.MsgspecError:
            return b""

    def keep(self, file: Wanted, kept: bytes) -> None:
        """Has the cache remember a file."""
        if kept:
            self._cache.put(self._key(file), kept)

    def _key(self, file: Wanted) -> bytes:
        return key_for("render", self._site, file.key)


def waiting(staging: Path, key: str) -> Path:
    """Where a file waits: all side by side, since making and removing a folder for each takes longer than its bytes."""
    return staging / hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def put_down(staging: Path, folder: Path, key: str, body: bytes) -> None:
    """Writes a file where it waits to be moved to its key below `folder`.

    Raises:
        OSError: it can't be written, or could not be moved: its name is longer than a disk allows.
    """
    place = os.fsencode(folder / key)
    if len(place) > _LONGEST_PATH or any(len(name) > _LONGEST_NAME for name in os.fsencode(key).split(b"/")):
        raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG), str(folder / key))
    try:
        waiting(staging, key).write_bytes(body)
    except OSError as error:
        error.filename = str(folder / key)  # what people know it by
        raise


_IN_HAND = 1000
"""Files of which what a cache has is at hand at once."""

_LONGEST_NAME, _LONGEST_PATH = 255, 4095
"""Bytes (Linux: NAME_MAX, and PATH_MAX without its end)."""


def stage(files: Sequence[Wanted], folder: Path, staging: Path, renders: Renders | None = None) -> list[Staged]:
    """Makes these files and writes those that differ from what `folder` holds into `staging`.

    Args:
        files: what is wanted.
        folder: the output.
        staging: where files wait to be moved into it.
        renders: where files that were rendered before are had from, and those that are rendered now are kept.

    Raises:
        OSError: one can't be written.
        Exception: what `make` raises.
    """
    # Rendered files first, so that what all of them need is at hand before this process is copied.
    order = sorted(range(len(files)), key=lambda number: files[number].role not in _RENDERED)
    found: dict[int, Staged] = {}
    for start in range(0, len(order), _IN_HAND):
        some = order[start : start + _IN_HAND]
        known = {number: renders.recall(files[number]) for number in some} if renders is not None else {}

        def staged(number: int, known: Mapping[int, bytes] = known) -> bytes:
            return _staged(files[number], folder, staging, known.get(number, b""), keeps=renders is not None)

        for number, made in zip(some, in_shares(staged, some), strict=True):
            one = found[number] = _DECODER.decode(made)
            one.links, one.assets = shared(one.links), shared(one.assets)
            if renders is not None:
                renders.keep(files[number], one.kept)
            one.kept = b""
    return [found[number] for number in range(len(files))]


def _staged(file: Wanted, folder: Path, staging: Path, known: bytes, *, keeps: bool) -> bytes:
    """A file made, or as a cache has it, and put down where it differs: what is known of it then."""
    made = _recalled(known) if known else file.make()
    differs = content_of(folder / file.key) != made.body
    if differs:
        put_down(staging, folder, file.key, made.body)
    sha256 = hashlib.sha256(made.body).hexdigest()
    kept = _kept(file, made) if keeps and not known and file.role in _RENDERED else b""
    return _ENCODER.encode(Staged(sha256, len(made.body), made.links, made.assets, differs, kept, recalled=bool(known)))


def shared(keys: tuple[str, ...]) -> tuple[str, ...]:
    """The same keys, each the one object for it: thousands of pages link to most of them."""
    return tuple(map(sys.intern, keys))


def _kept(file: Wanted, made: Made) -> bytes:
    return _ENCODER.encode(_Kept(file.fingerprint, made.links, made.assets, zlib.compress(made.body, 1)))


def _recalled(known: bytes) -> Made:
    kept = _KEPT.decode(known)
    return Made(zlib.decompress(kept.body), kept.links, kept.assets)
