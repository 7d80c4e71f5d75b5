"""How a build is done: what a command's switches say."""

from dataclasses import dataclass

from clinic.commands.ends import Exit
from clinic.library.library import Library


@dataclass(frozen=True)
class Manner:
    """The switches of a build."""

    anew: bool = False
    """Render everything, and remove from the output what was not built here."""
    quiet: bool = False
    """Leave out the last line."""
    verbose: bool = False
    """Also list the files that were ignored."""
    strict: bool = False
    """Warnings count as errors."""


@dataclass(frozen=True)
class Done:
    """How a build ended, and what it built."""

    exit: Exit
    library: Library | None = None
