"""What was made of files is kept in memory for as long as the disk says that they are the same."""

from collections.abc import Callable, Collection
from typing import Generic, TypeVar

from clinic.source.tree import FoundFile

_YOUNG = 2_000_000_000
"""Nanoseconds: a file that changed so shortly before it was read is read again, its time is not believed."""

Value = TypeVar("Value")


class Shelf(Generic[Value]):
    """What was made of files, by path, as long as the disk says that they are the same."""

    def __init__(self, clock: Callable[[], int]) -> None:
        self._clock = clock
        self._kept: dict[str, tuple[FoundFile, bool, str, Value]] = {}
        self.young: set[str] = set()
        """The files whose time can't be believed, since they were read so shortly after it."""

    def recall(self, found: FoundFile) -> Value | None:
        """What was made of a file that has not changed since."""
        kept = self._kept.get(found.path)
        return kept[3] if kept is not None and kept[1] and kept[0] == found else None

    def same(self, found: FoundFile, digest: str) -> Value | None:
        """What was made of the same bytes when the file was last read, whatever its time says."""
        kept = self._kept.get(found.path)
        if kept is None or kept[2] != digest:
            return None
        self.note(found, digest, kept[3])
        return kept[3]

    def note(self, found: FoundFile, digest: str, value: Value) -> None:
        """Keeps what was made of a file that the disk described so before it was read, with the digest of its bytes."""
        sure = found.modified_ns + _YOUNG < self._clock()
        self._kept[found.path] = (found, sure, digest, value)
        (self.young.discard if sure else self.young.add)(found.path)

    def tidy(self, paths: Collection[str]) -> None:
        """Forgets all but these files."""
        self._kept = {path: kept for path, kept in self._kept.items() if path in paths}
        self.young.intersection_update(paths)
