"""What a release refuses to do unless it is told to. Guards speak before anything is written, all at once."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from urllib.parse import unquote, urlsplit

from clinic.manifest import File, Manifest
from clinic.release.plan import Plan
from clinic.release.state import Head
from clinic.release.stops import BrokenBuild, Objection

Lift = Literal[
    "--allow-empty",
    "--allow-deletes",
    "--allow-vanished",
    "--allow-older",
    "--allow-samples",
    "--adopt",
    "--resume",
    "--force",
    "--only-deployer",
    "--allow-prefix",
    "--allow-purged",
    "--allow-readable",
]
"""The options that lift a guard. `--force` looks at every file and puts right what somebody changed by
hand; without it that page is held."""

DELETES_SHARE: Final = 10
"""Percent of the live pages and files that one release may delete."""
DELETES_COUNT: Final = 10
"""As many may always go."""

_PLACEHOLDER = re.compile(rb"\b555[-. ]01\d\d\b|\bexample\.(?:com|org|net)\b", re.IGNORECASE)
"""Telephone numbers kept for fiction (NANPA) and names kept for documentation (RFC 2606)."""
_TEXTS = ("text/", "application/xml", "application/atom+xml", "application/json", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Scene:
    """All that the guards look at. `committed` is the last whole release, None before the first."""

    where: str
    built: Manifest
    committed: Manifest | None
    head: Head
    plan: Plan
    moment: datetime | None
    foreign: tuple[str, ...]
    """Keys of ours at which the target has files that no release of ours wrote."""
    samples: tuple[str, ...]
    """Pages that show placeholders or sample people, on a target that is public."""
    prefix: str | None = None
    """The bucket's folder that the site would lie in, with a slash at its end; None for a folder on this computer."""
    readable: bool = False
    """Whether anybody on the internet can read the notes of the releases."""


def objections(scene: Scene, lifted: Iterable[Lift]) -> tuple[Objection, ...]:
    """What the guards say, without those that the options lift: empty when the release may go ahead.

    Raises:
        BrokenBuild: a page of the build names something that the release would not have. No option lifts that.
    """
    for key, name in scene.plan.dangling:
        title = scene.built.files[key].title or key
        raise BrokenBuild(
            f'The page "{title}" ({key}) names {name}, which is not part of this build. Nothing was released. This is '
            "a fault of the program: please report it with this message."
        )
    found = (guard(scene) for guard in _GUARDS)
    allowed = frozenset(lifted)
    return tuple(one for one in found if one is not None and one.option not in allowed)


def shows_placeholder(file: File, body: bytes, people: Iterable[str] = ()) -> bool:
    """Whether a text that visitors read has a made-up telephone number or address, or names a sample person."""
    if not file.content_type.startswith(_TEXTS):
        return False
    # Two literals first: searching for the pattern in every text of a large site takes longer than reading them.
    hinted = b"555" in body or b"example." in body.lower()
    return (hinted and bool(_PLACEHOLDER.search(body))) or any(name.encode() in body for name in people)


def _empty(scene: Scene) -> Objection | None:
    if any(file.role == "page" for file in scene.built.files.values()):
        return None
    return Objection(
        "empty",
        f"The build has no pages, so releasing it would leave {scene.where} empty. "
        "If that is meant, add --allow-empty.",
        "--allow-empty",
    )


def _other_site(scene: Scene) -> Objection | None:
    if not scene.head.site or scene.head.site == scene.built.site:
        return None
    return Objection(
        "other site",
        f"{_begin(scene.where)} holds another site, {scene.head.site}, and this build is for {scene.built.site}. If "
        "this site shall take its place, add --adopt.",
        "--adopt",
    )


def _foreign(scene: Scene) -> Objection | None:
    if not scene.foreign:
        return None
    return Objection(
        "foreign files",
        f"{_begin(scene.where)} has {_files(scene.foreign)} where this site wants to put its own, and no release of "
        f"ours wrote them: {_some(scene.foreign)}. Move them away, or add --adopt to replace them (a copy is kept).",
        "--adopt",
        scene.foreign,
    )


def _deletes(scene: Scene) -> Objection | None:
    if scene.committed is None:
        return None
    before = {key for key, file in scene.committed.files.items() if file.role != "asset"}
    gone = tuple(sorted(before - scene.plan.merged.files.keys()))
    if len(gone) <= DELETES_COUNT or 100 * len(gone) <= DELETES_SHARE * len(before):
        return None
    return Objection(
        "deletes",
        f"This release would delete {len(gone)} of {len(before)} pages and files in {scene.where}: {_some(gone)}. "
        "If that is meant, add --allow-deletes.",
        "--allow-deletes",
        gone,
    )


def _vanished(scene: Scene) -> Objection | None:
    before: Mapping[str, File] = scene.committed.files if scene.committed else {}
    gone = tuple(
        key
        for key, file in sorted(before.items())
        if file.role in {"page", "redirect"} and key not in scene.plan.merged.files
    )
    if not gone:
        return None
    return Objection(
        "vanished",
        f"Published addresses would vanish, and people have links to them: {_some(gone)}. Give the page that takes "
        "its place an alias with the old address, mark the page as withdrawn, or bring it back. "
        "If they shall really vanish, add --allow-vanished.",
        "--allow-vanished",
        gone,
    )


def _older(scene: Scene) -> Objection | None:
    begun = scene.head.intent.release if scene.head.intent else None
    moments = [one.moment for one in (scene.head.current, begun) if one is not None and one.moment is not None]
    if scene.moment is None or not moments or scene.moment >= max(moments):
        return None
    return Objection(
        "older",
        f"This build is older ({scene.moment:%d %B %Y %H:%M}) than what was already released to {scene.where} "
        f"({max(moments):%d %B %Y %H:%M}): it could take back something newer, such as a closure notice. Get the "
        "newest content and run the command again. If the older state is meant, add --allow-older.",
        "--allow-older",
    )


def _on_hold(scene: Scene) -> Objection | None:
    if scene.head.hold is None:
        return None
    return Objection(
        "held",
        f"{_begin(scene.where)} was put back to release {scene.head.hold.to} on {scene.head.hold.since:%d %B %Y}, and "
        "stays so until someone decides otherwise. If the cause is mended, publish with --resume.",
        "--resume",
    )


def _prefix(scene: Scene) -> Objection | None:
    if scene.prefix is None:
        return None
    path = unquote(urlsplit(scene.built.site).path).strip("/")
    if path == scene.prefix.strip("/"):
        return None
    here = f"the folder {scene.prefix}" if scene.prefix else "no folder"
    return Objection(
        "prefix",
        f"{_begin(scene.where)} puts the site into {here} of the bucket, and the site's own address is "
        f"{scene.built.site}: its links would lead elsewhere. Mend the target or the address (url in "
        "clinic.yaml). If something in between "
        "brings the two together, such as a CDN with an origin path, add --allow-prefix.",
        "--allow-prefix",
    )


def _samples(scene: Scene) -> Objection | None:
    if not scene.samples:
        return None
    return Objection(
        "samples",
        f"Made-up telephone numbers, addresses or people would go on the internet: {_some(scene.samples)}. Put the "
        "clinic's own in their place. If this is a demonstration, add --allow-samples.",
        "--allow-samples",
        scene.samples,
    )


def notes_are_readable(where: str) -> Objection:
    """What is said where anybody can read the notes of the releases."""
    return Objection(
        "readable notes",
        f"Anybody on the internet can read the notes of the releases to {where}, and with them copies of pages that "
        "were taken down. Deny the public reading of .state/, or give the notes a place of their own with state= in "
        "the target; docs/publishing.md says how. If it has to go out now, add --allow-readable.",
        "--allow-readable",
    )


def _readable(scene: Scene) -> Objection | None:
    return notes_are_readable(scene.where) if scene.readable else None


def _purge_unfinished(scene: Scene) -> Objection | None:
    if not scene.head.purging or not (scene.plan.writes or scene.plan.deletes):
        return None
    return Objection(
        "purge unfinished",
        f"Taking out {scene.head.purging[0]} for good was interrupted. Finish that first: run the task purge with that "
        "address again.",
        "",
        scene.head.purging,
    )


def _purged(scene: Scene) -> Objection | None:
    back = coming_back(scene.head, scene.plan)
    if not back:
        return None
    return Objection(
        "purged",
        f"What was purged would come back: {_some(back)}. Take it out of the content, or give the page another name. "
        "If it is mended and shall be public again, add --allow-purged.",
        "--allow-purged",
        back,
    )


def coming_back(head: Head, plan: Plan) -> tuple[str, ...]:
    """The keys that the plan writes though they were purged."""
    return tuple(sorted(head.purged.keys() & {action.key for action in plan.writes}))


_GUARDS: Final[tuple[Callable[[Scene], Objection | None], ...]] = (
    _empty,
    _other_site,
    _foreign,
    _deletes,
    _vanished,
    _older,
    _on_hold,
    _prefix,
    _samples,
    _readable,
    _purge_unfinished,
    _purged,
)


def _some(keys: tuple[str, ...]) -> str:
    shown = ", ".join(keys[:5])
    return shown if len(keys) <= 5 else f"{shown} and {len(keys) - 5} more"


def _begin(where: str) -> str:
    """The target's name at the beginning of a sentence; an address stays as it is."""
    return f"The{where[3:]}" if where.startswith("the ") else where


def _files(keys: tuple[str, ...]) -> str:
    return "a file" if len(keys) == 1 else f"{len(keys)} files"
