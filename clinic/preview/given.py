"""What the preview is given by its command: it reads no settings and no clock itself."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from clinic.build import Workshop
from clinic.problems import Problem

DEFAULT_EDITOR = "vscode://file/{path}:{line}:{column}"
"""The link that opens a place of a file in the editor that most people have."""


@dataclass(frozen=True)
class Fault:
    """A fault of the whole: a template, a setting or clinic.yaml can't be used, so the site is as it was before."""

    file: Path | None
    """The file that it is in, where it is in one."""
    line: int
    column: int
    message: str
    hint: str = ""
    text: str = ""
    """What that file holds, for the excerpt."""


@dataclass(frozen=True)
class Looked:
    """One look at everything: what pages are made with, and what is wrong.

    Without `workshop` nothing could ever be built; with faults it is the last one that could, as far as need be.
    """

    workshop: Workshop | None
    problems: tuple[Problem, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    """The text of each content file, for excerpts."""
    faults: tuple[Fault, ...] = ()
    same: bool = False
    """Whether nothing differs from the look before: a file was touched and holds what it held."""
    advice_follows: bool = False
    """Whether rules are still to be asked (`advise`, `settle`): what they said of files that did not change is here."""
    told: Mapping[str, tuple[Problem, ...]] | None = None
    """The problems by file, where they were gathered so."""
    since: tuple[Mapping[str, tuple[Problem, ...]], frozenset[str]] | None = None
    """What was told by file earlier, and the only files of which anything else is told now, or that are others."""
    half_written: bool = False
    """Whether a file that was just touched could not be read: it may be in the middle of being written."""


@dataclass(frozen=True)
class Roots:
    """Where the files are that the preview watches."""

    content: Path
    theme: Path
    settings: Path
    """The one settings file."""


class Given(Protocol):
    """What the preview asks of its command."""

    @property
    def roots(self) -> Roots:
        """Where the files are, by the settings as they are now."""

    def look(self, touched: Collection[Path] | None) -> Looked:
        """Reads, links and checks. `touched` are the files that may have changed; None means that any may have.

        Never raises: what can't be read is a problem or a fault.
        """

    def advise(self) -> Looked:
        """The last look again, with the advice on what was saved: for one that said that advice follows."""

    def settle(self, go_on: Callable[[], bool]) -> Looked | None:
        """The last look again, all rules asked about everything, as a look from nothing asks them.

        `go_on` is asked now and then: where it says no, the answer is None, and the question is still open.
        """

    def changed(self) -> bool:
        """Whether something differs from what was last looked at, be it a file or the moment of the site."""

    def on(self, looked: Looked, when: str) -> Workshop | str:
        """The site as patients will see it at a moment, or one sentence that says why that moment is none."""

    def write(self) -> None:
        """Begins to bring the output folder up to date, in a process of its own; returns at once."""

    def writing(self) -> bool:
        """Whether that process is still at work."""

    def close(self) -> None:
        """Ends that process: the output stays whole."""


@dataclass(frozen=True)
class Clock:
    """The clocks of the machine."""

    seconds: Callable[[], float]
    """Seconds that never go back."""
    local: Callable[[float], dt.datetime]
    """The machine's own date and time for seconds since 1970; for nothing at all, now."""
    now: Callable[[], float]
    """Seconds since 1970."""
