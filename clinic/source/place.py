"""Where a character stands: offsets in a text turned into lines and columns."""

from bisect import bisect_right

from clinic.problems import Span


class Places:
    """The lines of a text, found once: asking for many places costs no second reading of it.

    `first` is the number that its first line has in the file.
    """

    def __init__(self, text: str, first: int = 1) -> None:
        self._starts = [0]
        self._first = first
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """The line and column of the character at `offset`."""
        index = bisect_right(self._starts, offset) - 1
        return index + self._first, offset - self._starts[index] + 1

    def span(self, start: int, end: int) -> Span:
        """The stretch from `start` to just before `end`."""
        return Span(*self.line_and_column(start), *self.line_and_column(end))
