"""`health`: one page for whoever runs the office, with what to do next on top. It is never published."""

import os
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from clinic.cache import Cache
from clinic.commands.coming import coming
from clinic.commands.ends import Exit, Misuse
from clinic.commands.gathering import Gathered, gather, open_cache
from clinic.commands.opening import editor_form
from clinic.commands.publishing import Live, hold_back, target_of, whole_faults
from clinic.commands.saying import called, say
from clinic.commands.settings import ROOT, Settings
from clinic.health.next import closing, report_of
from clinic.health.page import MARK, page
from clinic.health.report import Coming, LiveVersion, Place, Seen
from clinic.library.addresses import key_of
from clinic.library.audience import Audience
from clinic.library.library import Library
from clinic.manifest import File
from clinic.output import MANIFEST
from clinic.preview.overlay import editor_link
from clinic.problems import Span
from clinic.release import ReleaseStopped, Target, came_with
from clinic.release.directory import DirectoryStore

NAME = "health.html"
"""The file below the project's folder, which Git does not keep."""

_TOP = 1000
"""Within how many letters a report says that it is one."""


class _Unread(Live):
    """What is live where that can't be known: every page that is held back is taken for one that patients have."""

    def __init__(self, library: Library) -> None:
        names = {key_of(item.address) for item in library.items.values()} | {"index.html", "404.html"}
        self.files = dict.fromkeys(names, File("", 0, "", "", "page"))


def health(settings: Settings, *, report: str = "", editor: str = "", links: bool = True) -> Exit:
    """Writes the report, and says where it is and what is in it.

    Args:
        settings: what to look at, and the target that says what patients see.
        report: the file to write, instead of `health.html` in the project's folder.
        editor: the link that opens a place of a file, with {path}, {line} and {column}.
        links: whether files are links; without, the same content makes the same bytes on every computer.

    Raises:
        Misuse: the report can't stand there, or there is no content folder.
        OSError: it can't be written.
    """
    form = editor_form(editor)
    file = _place(settings, report)
    seen = look(settings)

    def opens(place: Place) -> str:
        return editor_link(form, settings.content / place.path, Span.at(place.line, place.column))

    made = report_of(seen)
    _write(file, page(made, opens if links else None))
    say(f"{_shown(file)}: {closing(made)} Open it in a browser.")
    return Exit.DONE


def look(settings: Settings) -> Seen:
    """Links and checks the content as patients get it, and asks the target what they have.

    Raises:
        Misuse: there is no content folder.
    """
    with open_cache(settings) as cache:
        gathered = gather(settings, cache, audience=Audience.PATIENTS)
        library = gathered.library
        if library is None:
            now = settings.instant(ZoneInfo("UTC"))  # which zone the clinic is in, only clinic.yaml says
            return Seen(None, gathered.problems, gathered.content.texts, now, called())
        try:
            target = target_of(settings)
            return _seen(settings, gathered, library, Live(target), target, cache)
        except ReleaseStopped as error:
            seen = _seen(settings, gathered, library, _Unread(library), None, cache)
            return replace(seen, unread=str(error))


def _seen(
    settings: Settings, gathered: Gathered, library: Library, live: Live, target: Target | None, cache: Cache
) -> Seen:
    """What there is to tell of content that could be linked.

    Raises:
        ReleaseStopped: the target can't be read.
    """
    _ = live.files  # now, and not only where a page is held back: what can't be read is said in any case
    happening = [
        Coming(moment, event.sentence, event.path) for moment, events in coming(library).items() for event in events
    ]
    gathered, library, held = hold_back(settings, gathered, library, live, cache, strict=False)
    refused, missing = whole_faults(gathered, library, held, live)
    return Seen(
        library=library,
        problems=gathered.problems,
        texts=gathered.content.texts,
        now=library.timeline.now.astimezone(library.clock),
        called=called(),
        held=tuple(held),
        refused=tuple(refused),
        missing=tuple(missing),
        live=None if target is None else _versions(target, library, held),
        where=target.where if target else "",
        coming=tuple(happening),
    )


def _versions(target: Target, library: Library, held: list[str]) -> dict[str, LiveVersion]:
    """What patients see of each page that is held back, by id.

    Raises:
        ReleaseStopped: the target can't be read.
    """
    keys = {slug: key_of(library.items[slug].address) for slug in held}
    known = came_with(target, keys.values()) if keys else {}
    return {
        slug: LiveVersion(known[key][0].at, known[key][0].number, known[key][1]) if key in known else LiveVersion(None)
        for slug, key in keys.items()
    }


def _place(settings: Settings, said: str) -> Path:
    """The file to write.

    Raises:
        Misuse: it would be published, or another file stands there.
    """
    file = Path(os.path.abspath(said)) if said else ROOT / NAME  # noqa: PTH100 - links stay as the user named them
    folders = [file.resolve().parent, *file.resolve().parents]
    sites = [settings.content.resolve(), settings.output.resolve()]
    if any(folder in sites or (folder / MANIFEST).is_file() for folder in folders) or _released(settings, folders):
        raise Misuse(
            f"{_shown(file)} would become part of the site, and the report is not for patients: choose another."
        )
    if file.is_dir():
        raise Misuse(f"{_shown(file)} is a folder: name the file to write in it.")
    if file.exists() and MARK not in file.read_text(encoding="utf-8", errors="replace")[:_TOP]:
        raise Misuse(f"{_shown(file)} is a file of your own, and the report would take its place: choose another name.")
    return file


def _released(settings: Settings, folders: list[Path]) -> bool:
    """Whether one of the folders is the target."""
    try:
        store = target_of(settings).store
    except ReleaseStopped:
        return False
    return isinstance(store, DirectoryStore) and store.root.resolve() in folders


def _write(file: Path, text: str) -> None:
    """Puts the report in its place at once, so that a browser never loads half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    staged = file.with_name(f".{file.name}.{os.getpid()}~")
    try:
        staged.write_text(text, encoding="utf-8", newline="\n")
        staged.replace(file)
    finally:
        staged.unlink(missing_ok=True)


def _shown(file: Path) -> str:
    """A file as the user knows it."""
    return file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else os.fspath(file)
