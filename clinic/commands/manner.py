"""How a build is done: what a command's switches say."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from clinic.commands.ends import Exit

if TYPE_CHECKING:
    from clinic.model.clinic import Clinic


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


class Built(msgspec.Struct, frozen=True):
    """What Pelican wants to know of the clinic whose site was built."""

    name: str
    timezone: str
    language: str
    url: str

    @classmethod
    def of(cls, clinic: "Clinic") -> "Built":
        """Of a clinic."""
        return cls(clinic.name, clinic.timezone, clinic.language, clinic.url)


@dataclass(frozen=True)
class Done:
    """How a build ended, and what it built."""

    exit: Exit
    built: Built
