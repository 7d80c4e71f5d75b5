"""What a problem is, and the rule that it breaks."""

import difflib
import enum
import string
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


class Severity(enum.StrEnum):
    """How much a problem matters: an error holds its page back, a warning is published and counted, info is advice."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a file: lines and columns count from 1, in characters; the end column is the first one after it."""

    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def at(cls, line: int, column: int, length: int = 1) -> "Span":
        """A stretch of `length` characters on one line."""
        return cls(line, column, line, column + length)


NOWHERE = Span(1, 1, 1, 1)
"""The span of a problem with a whole file or folder."""


@dataclass(frozen=True, slots=True)
class Example:
    """One mistake, as a change to the small good site of the tests (tests/site).

    `good` stands in `file` there exactly once; with `bad` in its place the rule speaks, at the line of `bad`.
    Without `good`, `bad` is the whole of a new file. Both are shown in docs/errors.md. `line` counts from the first
    line of `bad` where the mistake is not on it. `at` is the file that the rule speaks of, where that is another.
    """

    file: str
    bad: str
    good: str = ""
    line: int = 1
    at: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in one place: all that the terminal, JSON, CI annotations and the overlay show."""

    path: str
    span: Span
    code: str
    severity: Severity
    message: str
    hint: str
    replacement: str | None = None
    """What `check --fix` writes in place of `span`, where the mending is sure."""
    hides: bool = False
    """Whether an excerpt shows dots in place of the words at `span`."""
    lacks: str = ""
    """What the page lacks by this, where a page that was brought in may owe it (`clinic.owed`)."""

    @property
    def order(self) -> tuple[str, Span, str, str]:
        """The key by which problems are listed: path, line, column, code."""
        return (self.path, self.span, self.code, self.message)


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of the catalogue. Calling it makes a problem; `message` and `hint` hold `{names}` that the call fills.

    `kinds` says what the rule looks at ("header", "body", "announcement", "site", …), in words for the documentation.
    """

    code: str
    severity: Severity
    kinds: str
    message: str
    hint: str
    example: Example | None = None
    fixable: bool = False
    why: str = ""
    """Why the rule is there, in one or two sentences: shown in docs/errors.md."""
    hides: bool = False
    """Whether what it finds is somebody's own, so that no excerpt shows it."""
    debt: str = ""
    """What the page lacks, with `{names}` as in `message`, where a page that `migrate` brought in may owe it for a
    while; empty for everything else, above all for whatever makes a page unsafe."""

    @property
    def family(self) -> str:
        """The letters of the code, such as FM, STR or LNK."""
        return self.code.rstrip(string.digits)

    def __call__(
        self,
        path: str,
        span: Span = NOWHERE,
        *,
        replacement: str | None = None,
        hint: str | None = None,
        severity: Severity | None = None,
        **words: object,
    ) -> Problem:
        """A problem of this rule at a place.

        Args:
            path: the file, relative to the content folder.
            span: where in it.
            replacement: the text that mends it, where that is sure.
            hint: said instead of the rule's own hint (filled with the same words).
            severity: where one rule speaks more softly in a particular case.
            words: what the `{names}` in message and hint stand for.

        Raises:
            KeyError: a name in the message has no word.
        """
        return Problem(
            path=path,
            span=span,
            code=self.code,
            severity=severity or self.severity,
            message=self.message.format_map(words),
            hint=(self.hint if hint is None else hint).format_map(words),
            replacement=replacement,
            hides=self.hides,
            lacks=self.debt.format_map(words),
        )


def spliced(problems: tuple[Problem, ...], path: str, own: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems in their order, with these in the place of those that a file had."""
    first = bisect_left(problems, path, key=_path)
    last = bisect_right(problems, path, lo=first, key=_path)
    return (*problems[:first], *sorted(own, key=lambda problem: problem.order), *problems[last:])


def more_than_advice(problems: Iterable[Problem]) -> int:
    """How many of them are errors and warnings."""
    return sum(problem.severity is not Severity.INFO for problem in problems)


def _path(problem: Problem) -> str:
    return problem.path


def nearest(word: str, known: Iterable[str], *, cutoff: float = 0.6) -> str | None:
    """The known word most like `word` (difflib's ratio, at least `cutoff`), or None; ties go to the first in order."""
    matches = difflib.get_close_matches(word.lower(), sorted(known), n=1, cutoff=cutoff)
    return matches[0] if matches else None
