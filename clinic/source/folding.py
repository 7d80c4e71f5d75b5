"""Texts folded up: a site has thousands of them, and whoever looks at texts looks at few at a time."""

import functools
import zlib
from collections.abc import Iterator, Mapping

from clinic.revised import revised

_OPEN = 64
"""Texts that are at hand at once, unfolded."""


def folded(text: str) -> bytes:
    """A text in a small part of the memory, at the price of unfolding it to be read."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


@functools.lru_cache(maxsize=_OPEN)
def unfolded(text: bytes) -> str:
    """The text that was folded up so."""
    return zlib.decompress(text).decode("utf-8", "surrogatepass")


class Texts(Mapping[str, str]):
    """Texts by the path of their file, some of them folded up until somebody asks."""

    def __init__(self, held: Mapping[str, str | bytes]) -> None:
        """Takes them, folded (bytes) or not."""
        self._held = held

    def __getitem__(self, path: str) -> str:
        """The text of a file.

        Raises:
            KeyError: it has none that may be shown.
        """
        held = self._held[path]
        return unfolded(held) if isinstance(held, bytes) else held

    def __iter__(self) -> Iterator[str]:
        """The paths of all."""
        return iter(self._held)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._held)

    def __eq__(self, other: object) -> bool:
        """Whether they are the same texts; those that are folded up alike are not unfolded for that."""
        return (isinstance(other, Texts) and self._held == other._held) or super().__eq__(other)

    __hash__ = None  # type: ignore[assignment] # as of every mapping that is compared by what it holds

    def but(self, paths: Mapping[str, str | bytes | None]) -> "Texts":
        """The same with other texts of these files; without those of which there is none any more."""
        there = {path: text for path, text in paths.items() if text is not None}
        return Texts(revised(self._held, there, gone=paths.keys() - there.keys()))
