"""Release: a build goes to where patients read it, whole at every instant.

The doors for commands are here; each returns plain values or raises a `ReleaseStopped`, whose text is for people and
whose `exit_code` is the command's.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from clinic.manifest import Manifest
from clinic.release import history, protocol
from clinic.release.guards import Lift
from clinic.release.outcome import Finding, Outcome
from clinic.release.plan import Action, Plan
from clinic.release.state import Head, Hold, Release, load_manifest, read_head
from clinic.release.stops import LeaseLost, Objection, Refused, ReleaseStopped, StoreFault, TargetError, TargetHeld
from clinic.release.target import DEFAULT, Target, open_target
from clinic.release.verify import verify
from clinic.release.wish import BuiltFiles, Clock, Terms, Wish
from clinic.release.wrapping import Dry

__all__ = [
    "DEFAULT",
    "Action",
    "Build",
    "Clock",
    "Finding",
    "Foresight",
    "Hold",
    "LeaseLost",
    "Lift",
    "Objection",
    "Outcome",
    "Plan",
    "Refused",
    "Release",
    "ReleaseStopped",
    "StoreFault",
    "Target",
    "TargetError",
    "TargetHeld",
    "Terms",
    "came_with",
    "list_releases",
    "live_manifest",
    "on_hold",
    "open_target",
    "plan_release",
    "plan_rollback",
    "publish_release",
    "rollback_release",
    "terms_for",
    "verify_target",
]


@dataclass(frozen=True, slots=True)
class Build:
    """A finished build. `moment` is the content's own time, aware of its zone; a build with an earlier one is older.

    `held` are the keys of pages that are held back, each with the reason in words. Those that are live stay as they
    are; those that never were stay out, and no page of the build may name them.
    """

    output: Path
    manifest: Manifest
    held: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    moment: datetime | None = None
    commit: str = ""


@dataclass(frozen=True, slots=True)
class Foresight:
    """What a release would do. `objections` are the guards that would refuse it; `revived` is a rollback's alone."""

    plan: Plan
    objections: tuple[Objection, ...]
    needed: bool
    """Whether anything would change."""
    revived: tuple[Action, ...] = ()


def terms_for(
    target: Target,
    *,
    owner: str,
    clock: Clock,
    lifted: Collection[Lift] = (),
    wait: float = 0.0,
    people: Collection[str] = (),
    progress: Callable[[Action, int, int], None] = lambda _action, _number, _total: None,
) -> Terms:
    """The terms of one command on that target. See `Terms` for what they mean; `people` are names of sample people.

    `progress` is called before each step with the step, its number from 1 and how many there are.
    """
    return Terms(
        store=target.store,
        where=target.where,
        owner=owner,
        clock=clock,
        seat=target.seat,
        public=target.public,
        lifted=frozenset(lifted),
        wait=wait,
        people=tuple(people),
        progress=progress,
        workers=target.workers,
        probe=target.probe,
        prefix=target.prefix,
        expiring=target.expiring,
        stranger=target.stranger,
    )


def plan_release(build: Build, terms: Terms) -> Foresight:
    """What `publish_release` would do now. It looks through a store that refuses writes.

    Raises:
        ReleaseStopped: as `publish_release` does, but for `Refused` and `TargetHeld`.
    """
    return _foresee(lambda _head, _version: (_wish(build), ()), terms)


def publish_release(build: Build, terms: Terms) -> Outcome:
    """Makes the build live and reads it back.

    Raises:
        Refused: guards spoke; nothing was written.
        TargetHeld: another deployer is at work; nothing was written.
        LeaseLost: another took over while this run slept.
        ReleaseStopped: the build is broken or changed, or the target can't be read or written.
    """
    return protocol.release(lambda _head, _version: _wish(build), terms)


def plan_rollback(terms: Terms, to: int | None = None, *, exempt: Collection[str] = ()) -> Foresight:
    """What `rollback_release` would do now.

    Raises:
        ReleaseStopped: there is no such release, or the target can't be read.
    """

    def wish_for(head: Head, version: str | None) -> tuple[Wish, tuple[Action, ...]]:
        wish, way = history.wish_back(terms, head, version, to, exempt)
        return wish, way.revived

    return _foresee(wish_for, terms)


def rollback_release(terms: Terms, to: int | None = None, *, exempt: Collection[str] = ()) -> Outcome:
    """Goes back to release `to`, or to the one before. Announcements and `exempt` keys stay as they are now.

    Raises:
        ReleaseStopped: there is no such release, or as `publish_release` does.
    """
    return history.rollback(terms, to, exempt)


def list_releases(target: Target) -> tuple[Release, ...]:
    """The releases that the target remembers, oldest first; the last one is live. Empty before the first.

    Raises:
        StoreFault: the target can't be read.
    """
    return history.releases(target.store)


def came_with(target: Target, keys: Collection[str]) -> Mapping[str, tuple[Release, bool]]:
    """Of each of these keys that is live, the release that brought it as it is, and whether it may be older still.

    Raises:
        ReleaseStopped: the target can't be read.
    """
    return history.came_with(target.store, keys)


def on_hold(target: Target) -> Hold | None:
    """Whether a rollback holds the target."""
    return read_head(target.store)[0].hold


def verify_target(target: Target) -> tuple[Finding, ...]:
    """All in which the target differs from its last release, byte by byte and header by header; empty is good.

    Raises:
        ReleaseStopped: nothing has been released there, or it can't be read.
    """
    return verify(target.store, target.where, workers=target.workers)


def live_manifest(target: Target) -> Manifest | None:
    """What the last release made live, None before the first: it says which pages that are held have a live version.

    Raises:
        StoreFault: the target can't be read.
    """
    head, _ = read_head(target.store)
    return load_manifest(target.store, head.current.manifest) if head.current else None


def _wish(build: Build) -> Wish:
    return Wish(build.manifest, BuiltFiles(build.output), build.held, build.moment, build.commit)


def _foresee(wish_for: Callable[[Head, str | None], tuple[Wish, tuple[Action, ...]]], terms: Terms) -> Foresight:
    dry = replace(terms, store=Dry(terms.store))
    head, version = read_head(dry.store)
    wish, revived = wish_for(head, version)
    found = protocol.prospect(dry.store, head, version, wish, dry)
    needed = found.survey.needed or bool(found.survey.plan.deletes)
    return Foresight(found.survey.plan, found.objections, needed, revived)
