"""The README's five minutes, as a list of steps: what it changes, what it types, what it shows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """A difference that the reader makes."""

    difference: str


@dataclass(frozen=True)
class Command:
    """A task that the reader runs, with its options, and what it says."""

    task: tuple[str, ...]
    says: str


def steps(page: str) -> Iterator[Change | Command]:
    """The steps of the tour, in its order."""
    tour = page[page.index("## Five minutes") :].partition("\n## ")[0]
    for block in re.finditer(r"^```(diff|console)\n(.*?)^```$", tour, re.MULTILINE | re.DOTALL):
        if block[1] == "diff":
            yield Change(block[2])
            continue
        for typed in re.finditer(r"^\$ python3 run\.py ([^\n]+)\n(.*?)(?=^\$ |\Z)", block[2], re.MULTILINE | re.DOTALL):
            yield Command(tuple(typed[1].split()), typed[2].strip())
