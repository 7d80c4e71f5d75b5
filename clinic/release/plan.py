"""What a release will do, worked out without touching anything.

The order keeps the site whole: first files that pages show, then pages that nobody can reach yet, then pages that
people can reach, then the lists of them; deletions last. Before each write of a page that can be reached, everything
that its new bytes name is there, and what its old bytes named still is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final, Literal

from clinic.manifest import File, Manifest
from clinic.release.graph import HOME, names, needed_by, reachable, targets_first
from clinic.release.state import Tombstone, body_key

Kind = Literal["asset", "new page", "changed page", "list", "headers", "keep", "delete", "later"]
Verb = Literal["put", "copy", "delete", "none"]

GRACE_DAYS: Final = timedelta(days=7)
GRACE_RELEASES: Final = 2
"""An asset outlives its last page by both: people have old pages open, and caches keep them."""

ASSETS, NEW_PAGES, NEW_HOME, CHANGED_PAGES, LISTS, DELETES = range(1, 7)
"""The waves. Each is acknowledged as a whole before the next begins."""


@dataclass(frozen=True, slots=True)
class Action:
    """One step with the reason for it. With `displaces`, what is live there is copied aside first."""

    key: str
    kind: Kind
    verb: Verb
    wave: int
    reason: str
    file: File
    displaces: File | None = None

    @property
    def title(self) -> str:
        """What people call it."""
        return self.file.title or self.key

    @property
    def batch(self) -> int:
        """Those of one wave with the same batch may go side by side; the lower goes first.

        What replaces something waits for what is new, which it may name. Of what is deleted, home goes first: by then
        nothing else that goes can be reached, since what stays names only what stays. Assets go last.
        """
        if self.verb == "delete":
            return 0 if self.key == HOME else 2 if self.file.role == "asset" else 1
        return int(self.wave == ASSETS and self.displaces is not None)


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole release: `writes` and then `deletes` are what is executed, in this order and nothing else."""

    merged: Manifest
    """What will be live: the build, with the last version of what is held back and of what that needs."""
    writes: tuple[Action, ...]
    deletes: tuple[Action, ...]
    kept: tuple[Action, ...]
    later: tuple[Action, ...]
    tombstones: Mapping[str, Tombstone] = field(default_factory=lambda: MappingProxyType({}))
    """All that is still to be deleted once this release is live, what `deletes` removes included."""
    dangling: tuple[tuple[str, str], ...] = ()
    """Pages of the build, each with a key that it names and that the release would not have."""
    held: tuple[Action, ...] = ()
    """Pages held back that have never been released: they stay out."""

    @property
    def actions(self) -> tuple[Action, ...]:
        """All of it, in order, for people to read."""
        return (*self.writes, *self.deletes, *self.kept, *self.held, *self.later)

    @property
    def requests(self) -> tuple[tuple[str, str], ...]:
        """The changes to the store that it takes, as verb and key, besides the release's own notes."""
        steps: list[tuple[str, str]] = []
        for action in (*self.writes, *self.deletes):
            if action.displaces is not None:
                steps.append(("copy", body_key(action.displaces)))
            steps.append((action.verb, action.key))
        return tuple(steps)


def same(one: File, other: File) -> bool:
    """Whether a visitor gets the same: bytes and headers."""
    return (one.sha256, one.content_type, one.cache_control) == (other.sha256, other.content_type, other.cache_control)


def make_plan(
    built: Manifest,
    live: Mapping[str, File],
    *,
    held: Mapping[str, str],
    tombstones: Mapping[str, Tombstone],
    now: datetime,
    number: int,
    committed: Iterable[str] | None = None,
    verb: Literal["put", "copy"] = "put",
) -> Plan:
    """The plan that makes `built` live where the files of `live` are.

    Args:
        built: what the build made.
        live: what is really there: after a release that was cut short, a mixture.
        held: keys to hold back, each with the reason in words.
        tombstones: what is still to be deleted from earlier releases.
        now: when this release starts.
        number: the release's number.
        committed: the keys of the last whole release, where `live` is a mixture. Visitors can come from all of them.
        verb: `copy` takes bodies from the store's own copies instead of the build: a rollback.
    """
    merged, kept = _merge(built, live, held)
    files = merged.files
    reach = reachable(live, (HOME, *(live if committed is None else committed)))
    order = targets_first(files)
    namers = _namers(files)
    writes: list[Action] = []
    for key in order:
        old, new = live.get(key), files[key]
        if key not in kept and (old is None or not same(old, new)):
            kind, wave, reason = _sort(key, new, old, namers, reached=key in reach)
            writes.append(Action(key, kind, verb, wave, reason, new, old))
    writes.sort(key=lambda action: (action.wave, action.batch))
    buried = {key: grave for key, grave in tombstones.items() if key not in files}
    for key, old in live.items():
        if key not in files:
            buried.setdefault(key, Tombstone(old, now, number))
    due = {key: grave.file for key, grave in buried.items() if is_due(grave, now, number)}
    deletes = [
        Action(key, "delete", "delete", DELETES, _why_gone(buried[key], number), due[key], due[key])
        for key in reversed(targets_first(due))
    ]
    deletes.sort(key=lambda action: action.batch)
    later = [
        Action(key, "later", "none", DELETES, "not used any more; stays a while for open pages", grave.file)
        for key, grave in sorted(buried.items())
        if key not in due
    ]
    return Plan(
        merged=merged,
        writes=tuple(writes),
        deletes=tuple(deletes),
        kept=tuple(Action(key, "keep", "none", 0, why, files[key]) for key, why in sorted(kept.items())),
        later=tuple(later),
        tombstones=MappingProxyType(buried),
        dangling=tuple(
            (key, name) for key in sorted(files) if key not in kept for name in names(files[key]) if name not in files
        ),
        held=tuple(
            Action(key, "keep", "none", 0, f"never released, so it stays out: {why}", built.files[key])
            for key, why in sorted(held.items())
            if key not in live and key in built.files
        ),
    )


def is_due(grave: Tombstone, now: datetime, number: int) -> bool:
    """Whether a file that is no longer used may go: pages and downloads at once, assets after their grace."""
    if grave.file.role != "asset":
        return True
    return now - grave.since >= GRACE_DAYS and number - grave.release >= GRACE_RELEASES


def _merge(built: Manifest, live: Mapping[str, File], held: Mapping[str, str]) -> tuple[Manifest, dict[str, str]]:
    files = {key: file for key, file in built.files.items() if key not in held}
    kept = {key: f"held back: {why}" for key, why in held.items() if key in live}
    files.update({key: live[key] for key in kept})
    while missing := {
        name: namer
        for name, namer in needed_by({key: live[key] for key in kept}, kept).items()
        if name not in files and name in live
    }:
        for name, namer in missing.items():
            files[name] = live[name]
            kept[name] = f"{files[namer].title or namer} is held back and needs it"
    return Manifest(built.site, dict(sorted(files.items()))), kept


def _sort(
    key: str, new: File, old: File | None, namers: Mapping[str, tuple[str, ...]], *, reached: bool
) -> tuple[Kind, int, str]:
    seldom = new.role in {"index", "projection"}
    if new.role in {"asset", "file"}:
        wave = ASSETS
    elif key == HOME and old is None:
        wave = NEW_HOME  # the first page of a first release that people can reach: all that it leads to is there
    elif old is None or not reached:
        wave = NEW_PAGES
    else:
        wave = LISTS if seldom else CHANGED_PAGES
    if old is not None and old.sha256 == new.sha256:
        return "headers", wave, f"the same text, sent with other headers: {new.content_type}; {new.cache_control}"
    if wave == ASSETS:
        users = namers.get(key, ())
        by = f"; {users[0]} shows it" + (f", and {len(users) - 1} more" if len(users) > 1 else "") if users else ""
        return "asset", wave, ("new" if old is None else "its contents changed") + by
    if old is None:
        return ("list" if seldom else "new page"), wave, "new"
    return ("list" if seldom else "changed page"), wave, _what_changed(new, old)


def _what_changed(new: File, old: File) -> str:
    if new.title != old.title:
        return f"its title was {old.title!r}"
    if new.assets != old.assets:
        added = sorted({*new.assets} - {*old.assets})
        return f"it shows {', '.join(added)} now" if added else "it shows fewer files"
    if new.links != old.links:
        return "its links changed"
    return "its text changed"


def _why_gone(grave: Tombstone, number: int) -> str:
    if grave.release >= number:
        return "no longer in the site, and nothing that stays names it"
    return f"not used since release {grave.release}"


def _namers(files: Mapping[str, File]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for key in sorted(files):
        for name in files[key].assets:
            found.setdefault(name, []).append(files[key].title or key)
    return {name: tuple(titles) for name, titles in found.items()}
