"""The releases of a target, and the way back to one of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from clinic.manifest import File, Manifest
from clinic.release.graph import HOME, names, reachable
from clinic.release.guards import Lift
from clinic.release.outcome import Outcome
from clinic.release.plan import Action, same
from clinic.release.protocol import release
from clinic.release.state import MANIFESTS, Head, Release, load_manifest, read_head, utc
from clinic.release.stops import DamagedState, NoSuchRelease
from clinic.release.store import Store
from clinic.release.survey import survey
from clinic.release.wish import Terms, Wish
from clinic.release.wrapping import Remembering

ANNOUNCEMENTS = "announcements/"
"""The folder of content that speaks of today: a rollback leaves what is made from it as it is."""

_MEANT: frozenset[Lift] = frozenset(
    {"--allow-empty", "--allow-deletes", "--allow-vanished", "--allow-older", "--allow-prefix", "--resume"}
)
"""Guards that a rollback would always meet: whoever asks for one means just that."""


@dataclass(frozen=True, slots=True)
class WayBack:
    """What a rollback makes live, and what it does not bring back, each with the reason."""

    manifest: Manifest
    revived: tuple[Action, ...]


def releases(store: Store) -> tuple[Release, ...]:
    """The releases that the target remembers, oldest first; the last one is live."""
    return read_head(store)[0].releases


def came_with(store: Store, keys: Collection[str]) -> dict[str, tuple[Release, bool]]:
    """Of each of these keys that is live, the release that brought it as it is now.

    With it stands whether it may be older still: the notes tell of no release before that one.

    Raises:
        DamagedState, StoreFault: the notes can't be read.
    """
    listed = releases(store)
    found: dict[str, tuple[Release, bool]] = {}
    open_keys: dict[str, File] = {}
    for number, one in enumerate(reversed(listed)):
        try:
            files = load_manifest(store, one.manifest).files
        except DamagedState:
            if number == 0:
                raise
            break  # the manifests of old releases are not kept for ever
        if number == 0:
            open_keys = {key: files[key] for key in keys if key in files}
        open_keys = {key: file for key, file in open_keys.items() if key in files and files[key].sha256 == file.sha256}
        if not open_keys:
            break
        found |= dict.fromkeys(open_keys, (one, False))
    oldest = {key: (one, True) for key, (one, _) in found.items() if key in open_keys and one.number > 1}
    return found | oldest


def goal(head: Head, to: int | None, where: str) -> Release:
    """The release to go back to: `to`, or the one before the one that is live (what a rollback brought back counts).

    Raises:
        NoSuchRelease: it isn't in the history.
    """
    known = ", ".join(str(one.number) for one in head.releases)
    if to is not None:
        found = [one for one in head.releases if one.number == to]
    else:
        live = head.current
        last = 0 if live is None else live.number if live.restores is None else live.restores
        found = [one for one in head.releases if one.number < last and one.restores is None]
    if not found:
        asked = (
            f"Release {to} is not in the history"
            if to is not None
            else "There is no release before the one that is live"
        )
        told = f"It remembers: {known}." if known else "Nothing has been released there yet."
        raise NoSuchRelease(f"{asked} of {where}. {told}")
    return found[-1]


def way_back(old: Manifest, now: Mapping[str, File], exempt: Collection[str] = ()) -> WayBack:
    """The site of `old` with what must not come back by itself as it is `now`.

    That is: announcements, pages that were taken down since, the keys of `exempt`, and every page whose old version
    names one of those that is gone. What those name stays too, so that the site is whole.
    """
    reasons: dict[str, str] = {}
    files: dict[str, File] = {}
    for key in sorted({*old.files, *now}):
        before, today = old.files.get(key), now.get(key)
        if why := _exempt(key, before, today, exempt):
            if before is not None and (today is None or not same(before, today)):
                reasons[key] = why
            if today is not None:
                files[key] = today
        elif before is not None:
            files[key] = before
    _mend(files, now, reasons)
    revived = tuple(Action(key, "keep", "none", 0, why, old.files[key]) for key, why in sorted(reasons.items()))
    return WayBack(Manifest(old.site, dict(sorted(files.items()))), revived)


def _mend(files: dict[str, File], now: Mapping[str, File], reasons: dict[str, str]) -> None:
    """Makes `files` whole: what they name and miss comes from `now`; who names what is gone is as it is now."""
    waiting = sorted(files)
    while waiting:
        key = waiting.pop()
        missed = [name for name in names(files[key]) if name not in files] if key in files else []
        gone = [name for name in missed if name not in now]
        if gone and files[key] != now.get(key):
            reasons[key] = f"it names {gone[0]}, which was taken down since"
            if key in now:
                files[key] = now[key]
                waiting.append(key)
            else:
                del files[key]
                waiting.extend(sorted(other for other in files if key in names(files[other])))
            continue
        for name in missed:
            if name in now:
                files[name] = now[name]
                waiting.append(name)


def rollback(terms: Terms, to: int | None, exempt: Collection[str] = ()) -> Outcome:
    """Makes an earlier release live again, by copies inside the store, and holds the target.

    Raises:
        NoSuchRelease: there is none, or its copies are gone.
        ReleaseStopped: as `release` does.
    """
    back: list[WayBack] = []
    meant = replace(terms, store=Remembering(terms.store, MANIFESTS), lifted=terms.lifted | _MEANT)

    def wish_for(head: Head, version: str | None) -> Wish:
        wish, way = wish_back(meant, head, version, to, exempt)
        back.append(way)
        return wish

    outcome = release(wish_for, meant)
    return replace(outcome, revived=back[-1].revived)


def wish_back(
    terms: Terms, head: Head, version: str | None, to: int | None, exempt: Collection[str]
) -> tuple[Wish, WayBack]:
    """The wish for a rollback, and what it leaves out.

    Raises:
        NoSuchRelease: there is no such release.
    """
    aim = goal(head, to, terms.where)
    store = terms.store
    live: Mapping[str, File] = MappingProxyType({})
    if head.current is not None:
        committed = load_manifest(store, head.current.manifest)
        live = committed.files
        if head.intent is not None:
            stay = Wish(committed, files=None)
            mixed = survey(store, head, version, stay, now=utc(terms.clock.wall())).live
            seen = reachable(mixed, (HOME, *committed.files))
            live = {key: file for key, file in mixed.items() if key in seen}
    way = way_back(load_manifest(store, aim.manifest), live, exempt)
    moments = [one.moment for one in head.releases if one.moment is not None]
    wish = Wish(
        way.manifest,
        files=None,
        moment=max(moments, default=None),  # what a slow job brings later is still older than what was live
        commit=aim.commit,
        restores=aim.number,
    )
    return wish, way


def _exempt(key: str, before: File | None, today: File | None, exempt: Collection[str]) -> str:
    either = [file for file in (before, today) if file is not None]
    if key in exempt:
        return "it stays as it is now"
    if any(file.source.startswith(ANNOUNCEMENTS) and file.role != "asset" for file in either):
        return "an announcement: it stays as it is now"
    if today is None and before is not None and before.role in {"page", "redirect", "file"}:
        return "it was taken down since"
    return ""
