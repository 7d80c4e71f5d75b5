"""Digests of all files of a content folder: what tells whether anything in it changed. Times only spare hashing."""

import contextlib
import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from clinic.disk import store
from clinic.salt import salt
from clinic.source.plain import digest_of
from clinic.source.tree import FoundFile, Tree, walk

_DIGEST = 16

YOUNG = 2_000_000_000
"""Nanoseconds: a file that changed so shortly before it was hashed is hashed again, its time is not believed."""


class _Known(msgspec.Struct, array_like=True):
    """A file as the disk described it, and the digest that its bytes had then."""

    size: int
    modified_ns: int
    stamp: tuple[int, int]
    digest: str

    def fits(self, found: FoundFile, saved_ns: int) -> bool:
        """Whether the disk says that the file is the same, and said so long enough after it was written."""
        as_before = (self.size, self.modified_ns, self.stamp) == (found.size, found.modified_ns, found.stamp)
        return as_before and max(self.modified_ns, self.stamp[1]) + YOUNG < saved_ns


class _Memory(msgspec.Struct, array_like=True):
    """What is remembered of a folder, and the generator that found the names of its files in order."""

    code: str
    files: dict[str, _Known]


@dataclass(frozen=True)
class Seen:
    """A content folder as it was looked at, and one digest of all that it holds: files, what is refused and why.

    `digests` are those of its files, by path: `clinic.source.plain.digest` of their bytes, or why these can't be read.
    """

    tree: Tree
    digest: str
    digests: Mapping[str, str]


_DECODER = msgspec.msgpack.Decoder(_Memory)


def see(folder: Path, cache: Path | None, before: Seen | None = None) -> Seen:
    """Looks at all of a content folder.

    Args:
        folder: the folder.
        cache: the folder in which the digest of each file is remembered; None for nowhere.
        before: how it was a moment ago.

    Raises:
        ContentFolderError: there is no such folder, or it is empty.
    """
    name = hashlib.blake2b(str(folder.resolve()).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    file = cache / f"digests-{name}.msgpack" if cache else None
    memory, saved_ns = _remembered(file)
    known, code = memory.files, salt()
    well_named: Collection[str] = before.tree.at if before is not None else known if memory.code == code else ()
    tree = walk(folder, well_named)
    now: dict[str, _Known] = {}
    believed = memory.code == code
    for found in tree.files:
        was = known.get(found.path)
        if was is None or not was.fits(found, saved_ns):
            digest = digest_of(tree.root, found.path)
            was = _Known(found.size, found.modified_ns, found.stamp, digest)
            believed = False
        now[found.path] = was
    if file is not None and not (believed and now.keys() == known.keys()):
        staged = file.with_suffix(".new")
        with contextlib.suppress(OSError):  # a cache that can't be written costs time only
            body = msgspec.msgpack.encode(_Memory(code, now))
            store(staged, hashlib.blake2b(body, digest_size=_DIGEST).digest() + body)
            staged.replace(file)
    digests = {path: each.digest for path, each in now.items()}
    told = msgspec.msgpack.encode((digests, tree.ignored, tree.refused, tree.problems))
    return Seen(tree, hashlib.blake2b(told, digest_size=16).hexdigest(), digests)


def _remembered(file: Path | None) -> tuple[_Memory, int]:
    """What is remembered, and when it was written, by the disk's own clock. Of a damaged file nothing is believed."""
    nothing = _Memory("", {})
    if file is None:
        return nothing, 0
    try:
        data, saved_ns = file.read_bytes(), file.stat().st_mtime_ns
        whole = hashlib.blake2b(data[_DIGEST:], digest_size=_DIGEST).digest() == data[:_DIGEST]
        return (_DECODER.decode(data[_DIGEST:]), saved_ns) if whole else (nothing, 0)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return nothing, 0
