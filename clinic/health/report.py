"""What the report says, as frozen values: its template sees nothing else."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from clinic.health.words import Passage
from clinic.library.library import Library
from clinic.problems import Problem

MOST_TASKS = 5
"""How many things "Do this next" names."""


@dataclass(frozen=True, slots=True)
class LiveVersion:
    """What patients see of a page that is held back. `since` is None where they see nothing of it."""

    since: dt.datetime | None
    number: int = 0
    """The release that brought it."""
    earlier: bool = False
    """Whether it may be older still: the target remembers no release before that one."""


@dataclass(frozen=True, slots=True)
class Coming:
    """One thing that happens by itself at a moment; `path` is the file that says so, empty where there is none."""

    moment: dt.datetime
    sentence: str
    path: str


@dataclass(frozen=True)
class Seen:
    """All that the report is drawn from."""

    library: Library | None
    """None where clinic.yaml can't be used."""
    problems: tuple[Problem, ...]
    texts: Mapping[str, str]
    """The text of each file, by its path."""
    now: dt.datetime
    """The moment of the report, with the clinic's time zone where that is known."""
    called: str
    """How this user calls the tasks."""
    held: tuple[str, ...] = ()
    """The ids of the pages that are held back."""
    refused: tuple[Problem, ...] = ()
    """The problems for which nothing at all can be released."""
    missing: tuple[str, ...] = ()
    """The ids of pages that every site needs and that this one can't show."""
    live: Mapping[str, LiveVersion] | None = None
    """What patients see of each page that is held back, by id; None where the target can't be read."""
    where: str = ""
    """The target, in words."""
    unread: str = ""
    """Why the target can't be read."""
    coming: tuple[Coming, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where to open a file. `path` is relative to the content folder."""

    path: str
    line: int = 1
    column: int = 1

    @property
    def said(self) -> str:
        """The place in words."""
        return self.path if self.line == 1 else f"{self.path}, line {self.line}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: what is wrong, where, and how."""

    place: Place
    sentence: str
    how: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of a list, or one file where `title` names that."""

    title: str
    place: Place
    says: str = ""
    findings: tuple[Finding, ...] = ()
    changed: tuple[Passage, ...] = ()
    how: str = ""


@dataclass(frozen=True)
class Listed:
    """One list. `none` is said where it is empty, `about` where it is not."""

    key: str
    heading: str
    none: str
    about: str
    counted: tuple[str, str] = ("", "")
    """What its entries are called in the closing line: "page is held back", "pages are held back"."""
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do next: why it matters, and how it is done. `key` and `heading` are of the list that it is from."""

    sentence: str
    how: str
    place: Place
    key: str
    heading: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How much `check` finds in one file besides what the lists tell."""

    place: Place
    warnings: int
    advice: int


@dataclass(frozen=True)
class Report:
    """The whole report."""

    clinic: str
    moment: str
    """As of when, in words."""
    tasks: tuple[Task, ...]
    later: int
    """How many things there are to do besides `tasks`."""
    lists: tuple[Listed, ...]
    rest: tuple[Tally, ...]
    coming: tuple[tuple[str, Coming], ...]
    """What happens by itself, each with its moment in words."""
    further: int
    """How many things happen by themselves after those."""
    notes: tuple[str, ...] = ()
    """What the report could not find out."""
    called: str = ""
    hidden: tuple[str, ...] = field(default=(), repr=False)
    """Words of people that must not be repeated: dots stand in their place."""
