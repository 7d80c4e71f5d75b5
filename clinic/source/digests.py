"""Digests of all files of a content folder: what tells whether anything in it changed. Times only spare hashing."""

import contextlib
import hashlib
from pathlib import Path

import msgspec

from clinic.disk import store
from clinic.source.opening import digest_of
from clinic.source.tree import FoundFile, Tree

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


_DECODER = msgspec.msgpack.Decoder(dict[str, _Known])


def digest_of_tree(tree: Tree, cache: Path | None) -> str:
    """One digest of all that the folder holds: files, what is refused and why.

    Args:
        tree: the folder as it was just walked.
        cache: the folder in which the digest of each file is remembered; None for nowhere.
    """
    name = hashlib.blake2b(str(tree.root.resolve()).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    memory = cache / f"digests-{name}.msgpack" if cache else None
    known, saved_ns = _remembered(memory)
    now: dict[str, _Known] = {}
    believed = True
    for found in tree.files:
        before = known.get(found.path)
        if before is None or not before.fits(found, saved_ns):
            digest = digest_of(tree.root, found.path)
            before = _Known(found.size, found.modified_ns, found.stamp, digest)
            believed = False
        now[found.path] = before
    if memory is not None and not (believed and now.keys() == known.keys()):
        staged = memory.with_suffix(".new")
        with contextlib.suppress(OSError):  # a cache that can't be written costs time only
            store(staged, msgspec.msgpack.encode(now))
            staged.replace(memory)
    digests = [(path, each.digest) for path, each in now.items()]
    return hashlib.blake2b(
        msgspec.msgpack.encode((digests, tree.ignored, tree.refused, tree.problems)), digest_size=16
    ).hexdigest()


def _remembered(memory: Path | None) -> tuple[dict[str, _Known], int]:
    """What is remembered, and when it was written, by the disk's own clock."""
    if memory is None:
        return {}, 0
    try:
        return _DECODER.decode(memory.read_bytes()), memory.stat().st_mtime_ns
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}, 0
