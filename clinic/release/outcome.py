"""What a release did, as plain values and in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from clinic.release.plan import Action, Plan
from clinic.release.state import Release

_SHOWN = 3
"""Titles that a sentence names before it counts the rest."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One way in which the live site differs from its manifest."""

    key: str
    what: Literal["missing", "changed", "headers", "left over", "foreign"]
    message: str

    @property
    def wrong(self) -> bool:
        """Whether visitors get something else than was released. A foreign file is only mentioned."""
        return self.what != "foreign"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a release. `release` is the one that is live now."""

    plan: Plan
    release: Release
    changed: bool
    """Whether a release was made: without one, nothing differed."""
    where: str
    public: bool
    finished: Release | None = None
    """The release that had been cut short, and that this run took up."""
    findings: tuple[Finding, ...] = ()
    """What reading it back found wrong: empty when everything arrived."""
    revived: tuple[Action, ...] = ()
    """What a rollback did not bring back, because it had been taken down since or speaks of today."""

    @property
    def held(self) -> tuple[Action, ...]:
        """What was held back, each with the reason."""
        return (*self.plan.kept, *self.plan.held)

    @property
    def exit_code(self) -> int:
        """0 when all went out, 1 when something was held back, 3 when reading it back found a fault."""
        if any(finding.wrong for finding in self.findings):
            return 3
        return 1 if self.held else 0

    @property
    def sentence(self) -> str:
        """One line that says what was done."""
        place = self.where if self.public else f"{self.where} on this computer"
        unseen = "" if self.public else "; nobody on the internet sees it yet"
        parts: list[str] = []
        if self.finished is not None:
            parts.append(f"The release that was interrupted before ({self.finished.number}) is finished with this one.")
        if not self.changed:
            parts.append(f"Nothing changed. Release {self.release.number} is in {place}{unseen}.")
        elif self.release.restores is not None:
            parts.append(f"{self.release.summary}. Release {self.release.restores} is back in {place}{unseen}.")
        else:
            parts.append(f"{self.release.summary}. Released to {place}{unseen}.")
        if self.plan.deletes and not self.changed:
            parts.append(
                f"{_count(len(self.plan.deletes), 'file')} no longer used {_was(len(self.plan.deletes))} removed."
            )
        if wrong := [finding for finding in self.findings if finding.wrong]:
            parts.append(f"Reading it back found {_count(len(wrong), 'fault')}: {wrong[0].message}")
        return " ".join(parts)


def summary(plan: Plan) -> str:
    """What a plan changes, in words, by the titles of pages: "2 pages changed: Sciatica, Office hours"."""
    pages = {"page"}
    new = [action for action in plan.writes if action.kind == "new page" and action.file.role in pages]
    changed = [action for action in plan.writes if action.kind == "changed page" and action.file.role in pages]
    gone = [action for action in plan.deletes if action.file.role in pages]
    parts = []
    if changed:
        parts.append(f"{_count(len(changed), 'page')} changed: {titles(changed)}")
    if new:
        parts.append(f"{_count(len(new), 'new page')}: {titles(new)}")
    if gone:
        parts.append(f"{_count(len(gone), 'page')} removed: {titles(gone)}")
    if not parts:
        moved = len(plan.writes) + len(plan.deletes)
        parts.append(f"{_count(moved, 'other file')} changed" if moved else "No page changed")
    return ". ".join(parts)


def titles(actions: Sequence[Action]) -> str:
    """Their titles, the first few by name: "Sciatica, Office hours and 4 more"."""
    named = ", ".join(_unique(action.title for action in actions[:_SHOWN]))
    return named if len(actions) <= _SHOWN else f"{named} and {len(actions) - _SHOWN} more"


def _unique(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"
