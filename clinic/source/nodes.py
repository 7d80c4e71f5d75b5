"""What a file is once its bytes are read: a header with the place of every key and value, and a body."""

from collections.abc import Iterator
from dataclasses import dataclass

from clinic.problems import Problem, Span


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """One value, always text: the model decides what it means. `quoted` tells `""` from nothing at all."""

    text: str
    span: Span
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class ListNode:
    """A list of values, written with dashes or in square brackets."""

    items: tuple["Node", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class MapNode:
    """Keys and their values, in the file's order; no key comes twice."""

    entries: tuple[tuple[ScalarNode, "Node"], ...]
    span: Span

    def __iter__(self) -> Iterator[tuple[ScalarNode, "Node"]]:
        """The keys with their values."""
        return iter(self.entries)

    def get(self, key: str) -> "Node | None":
        """The value of a key, or None where it is not there."""
        return next((value for name, value in self.entries if name.text == key), None)


Node = ScalarNode | ListNode | MapNode


@dataclass(frozen=True, slots=True)
class Source:
    """One Markdown file, read: nothing of it is judged yet but whether it can be read at all.

    `text` is the whole file with LF line ends, for excerpts; `body` is what follows the header and begins at line
    `body_line` of the file. `header` is None where it cannot be read; `problems` then says why.
    """

    path: str
    digest: str
    text: str
    header: MapNode | None
    body: str
    body_line: int
    problems: tuple[Problem, ...] = ()
