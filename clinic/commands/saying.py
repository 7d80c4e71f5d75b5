"""What commands print: problems on standard error, the last line on standard output."""

import os
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace

from clinic.problems import Problem, Severity
from clinic.problems.forms import as_text

_TASK = re.compile(r"\brun: (?=[a-z])")
"""Stands in the hint of a rule before the name of a task."""


def called() -> str:
    """How this user calls the tasks: `python3 run.py`, or `invoke` inside the environment."""
    return os.environ.get("CLINIC_CALLED", "invoke")


def command(task: str) -> str:
    """A task as this user would type it."""
    return f"{called()} {task}"


def as_called(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems whose hints name tasks as this user would type them: "run: migrate" becomes "run: invoke migrate"."""
    return tuple(
        replace(each, hint=_TASK.sub(f"run: {called()} ", each.hint)) if _TASK.search(each.hint) else each
        for each in problems
    )


def say(sentence: str) -> None:
    """One line for people, on standard output."""
    print(sentence, flush=True)


def complain(sentence: str) -> None:
    """What went wrong, on standard error."""
    print(sentence, file=sys.stderr, flush=True)


def show_problems(problems: Iterable[Problem], texts: Mapping[str, str]) -> None:
    """Problems with their places and excerpts, on standard error; coloured on a terminal that wants it."""
    listed = as_called(problems)
    if listed:
        colour = sys.stderr.isatty() and "NO_COLOR" not in os.environ
        print(as_text(listed, texts, colour=colour), file=sys.stderr, flush=True)


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 page", "2 pages"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def tally(problems: Iterable[Problem]) -> str:
    """How many problems of each severity, in words: "2 errors and 1 warning"; "no problems"."""
    listed = list(problems)
    severities = (Severity.ERROR, Severity.WARNING, Severity.INFO)
    return counted(*(sum(problem.severity is severity for problem in listed) for severity in severities))


def counted(errors: int, warnings: int, hints: int = 0) -> str:
    """The same of numbers."""
    told = ((errors, "error"), (warnings, "warning"), (hints, "hint"))
    parts = [count(number, noun) for number, noun in told if number]
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts) or "no problems"


def titled(titles: Iterable[str], *, most: int = 3) -> str:
    """Titles in a sentence, the first few by name."""
    listed = list(dict.fromkeys(titles))
    named = ", ".join(listed[:most])
    return named if len(listed) <= most else f"{named} and {len(listed) - most} more"
