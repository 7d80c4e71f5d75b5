"""`publish` and `plan`: what is held back, the build that patients get, and its release."""

import functools
import getpass
import os
import platform
import subprocess
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from clinic.build import plan_site, write_site
from clinic.cache import Cache
from clinic.commands.building import of_draft
from clinic.commands.differences import since_signed
from clinic.commands.ends import Exit, Stopped
from clinic.commands.gathering import Gathered, gather, link, open_cache, whole
from clinic.commands.saying import command, complain, count, say, show_problems, tally, titled
from clinic.commands.settings import ROOT, Settings, boot_time
from clinic.library.addresses import key_of
from clinic.library.audience import Audience
from clinic.library.library import Library, build_library
from clinic.library.unread import stand_in
from clinic.manifest import File
from clinic.model.clinic import PATH
from clinic.output import Output, Written
from clinic.problems import Problem, Severity
from clinic.release import (
    Build,
    Clock,
    Lift,
    Target,
    Terms,
    live_manifest,
    open_target,
    plan_release,
    publish_release,
    terms_for,
)
from clinic.rules import problems_of


@dataclass(frozen=True)
class Asked:
    """The options of `publish` and `plan`."""

    strict: bool = False
    all_or_nothing: bool = False
    wait: float = 0.0
    lifted: frozenset[Lift] = frozenset()
    pages: str = ""
    """Of `plan`: the file for what changes for patients, page by page."""


@dataclass(frozen=True)
class Ready:
    """A finished build for patients, with what is held back."""

    build: Build
    gathered: Gathered
    library: Library
    held: tuple[str, ...]
    """Ids of the pages that are held back."""
    written: Written


class Live:
    """What the last release made live, asked for only where it matters: when a page is held back."""

    def __init__(self, target: Target) -> None:
        self._target = target

    @functools.cached_property
    def files(self) -> Mapping[str, File]:
        """The files by key, none before the first release.

        Raises:
            StoreFault: the target can't be read.
        """
        found = live_manifest(self._target)
        return found.files if found else {}


def target_of(settings: Settings) -> Target:
    """The opened target of the settings.

    Raises:
        TargetError: it can't be used.
    """
    forbidden = (settings.output, settings.content, settings.cache)
    return open_target(settings.target, root=ROOT, forbidden=forbidden)


def terms(target: Target, asked: Asked) -> Terms:
    """The terms of a release: who asks, by which clocks, with which guards lifted."""
    owner = f"{_user()} on {platform.node() or 'this computer'}"
    clock = Clock(wall=time.time, boot=boot_time, sleep=time.sleep)
    return terms_for(target, owner=owner, clock=clock, lifted=asked.lifted, wait=asked.wait)


def publish(settings: Settings, asked: Asked) -> Exit:
    """Checks, builds what patients get, releases it to the target and reads it back.

    Raises:
        Misuse, Stopped, ReleaseStopped, OutputError, OutputFault, …: see `clinic.commands.running`.
    """
    target = target_of(settings)
    output = Output(settings.output, settings.cache)
    output.check(settings.content)
    with open_cache(settings) as cache, output.held():
        ready = prepare(settings, asked, target, output, cache)
        say_held(ready)  # first: a guard that refuses the rest must not hide what an editor has to mend
        outcome = publish_release(ready.build, terms(target, asked))
    say(outcome.sentence)
    if any(finding.wrong for finding in outcome.findings):
        return Exit.FAULT
    return Exit.PROBLEMS if ready.held or _stray(ready, strict=asked.strict) else Exit.DONE


def plan(settings: Settings, asked: Asked) -> Exit:
    """Says what `publish` would upload, change, hold back and delete, with the reason for each; touches nothing.

    Raises:
        Misuse, Stopped, ReleaseStopped, OutputError, OutputFault, …: see `clinic.commands.running`.
    """
    target = target_of(settings)
    output = Output(settings.output, settings.cache)
    output.check(settings.content)
    with open_cache(settings) as cache, output.held():
        ready = prepare(settings, asked, target, output, cache)
        foresight = plan_release(ready.build, terms(target, asked))
        if asked.pages:
            from clinic.commands.page_by_page import page_by_page  # noqa: PLC0415 - it reads what is made here

            Path(asked.pages).write_text(page_by_page(ready, foresight, target), encoding="utf-8", newline="\n")
    for action in foresight.plan.actions:
        say(f"{action.kind}: {action.key} ({action.reason})")
    for objection in foresight.objections:
        complain(objection.message)
    say_held(ready)
    if ready.gathered.library is not None:
        for difference in since_signed(ready.gathered.library, ready.held):
            say(difference)
    writes, deletes = len(foresight.plan.writes), len(foresight.plan.deletes)
    if not foresight.needed:
        say(f"Nothing would change in {target.where}.")
    else:
        say(
            f"{command('publish')} would write {count(writes, 'file')} and delete {deletes} in {target.where}. "
            "Nothing was released."
        )
    return Exit.PROBLEMS if ready.held or foresight.objections or _stray(ready, strict=asked.strict) else Exit.DONE


def prepare(settings: Settings, asked: Asked, target: Target, output: Output, cache: Cache) -> Ready:
    """Builds what patients get, without the pages that are held back. Call it while the output is held.

    Raises:
        Stopped: a fault of the whole, or `all_or_nothing` and something is held; the problems are shown.
    """
    gathered = gather(settings, cache, audience=Audience.PATIENTS)
    library = whole(gathered, doing="released")
    live = Live(target)
    gathered, library, held = hold_back(settings, gathered, library, live, cache, strict=asked.strict)
    library = _with_stand_ins(library, held, live)
    refuse_whole(gathered, library, held, live)
    if held and asked.all_or_nothing:
        show_problems(gathered.problems, gathered.content.texts)
        complain(f"Nothing was released: {titled(_titles(library, held))} would be held back.")
        raise Stopped(Exit.PROBLEMS)
    site = plan_site(
        library, theme=settings.theme, content=settings.content, cache=cache, url=settings.url, left_out=held
    )
    written = write_site(site, output, kept=cache)
    reasons = _reasons(library, gathered.problems, held)
    build = Build(
        output=output.folder,
        manifest=written.manifest,
        held=reasons,
        moment=library.timeline.now,
        commit=_commit(settings.content),
    )
    return Ready(build, gathered, library, tuple(held), written)


def hold_back(
    settings: Settings, gathered: Gathered, library: Library, live: "Live", cache: Cache, *, strict: bool
) -> tuple[Gathered, Library, list[str]]:
    """The pages that are held back, and the library without those of them that were never released.

    A page that links to one that was never released is held back too: its readers would find nothing there.

    Raises:
        StoreFault: the target can't be read.
    """
    absent: frozenset[str] = frozenset()
    while True:
        held = _held(library, gathered.problems, strict=strict)
        missing = frozenset(slug for slug in held if key_of(library.items[slug].address) not in live.files)
        if missing <= absent:
            return gathered, library, held
        absent |= missing
        gathered = link(
            settings,
            gathered.content,
            audience=Audience.PATIENTS,
            absent=absent,
            rules=lambda library: problems_of(library, cache),
        )
        library = whole(gathered, doing="released")


def _with_stand_ins(library: Library, held: Iterable[str], live: "Live") -> Library:
    """The library in which every held page is told of as its last released version was: title, banner, end.

    A mistake in the header of a closure must not take the closure's banner off all other pages.
    """
    fronts = {
        library.items[slug].document.path: live.files[key].front
        for slug in held
        if (key := key_of(library.items[slug].address)) in live.files and live.files[key].front
    }
    if not fronts:
        return library
    documents = tuple(
        stand_in(document, fronts[document.path]) if document.path in fronts else document
        for document in library.material.documents
    )
    material = replace(library.material, documents=documents)
    return build_library(material, library.timeline, library.audience, absent=library.absent)


def _held(library: Library, problems: Iterable[Problem], *, strict: bool) -> list[str]:
    """The ids of public pages with errors. Drafts never count; nothing holds back the notice of a withdrawn page."""
    weighed = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    found = set()
    for problem in problems:
        document = library.about(problem.path)
        if problem.severity not in weighed or document is None:
            continue
        header = document.header
        if header is None or not (header.draft or header.withdrawn):
            found.add(document.id)
    return sorted(found)


def refuse_whole(gathered: Gathered, library: Library, held: Iterable[str], live: "Live") -> None:
    """Ends the command on a fault of the whole: clinic.yaml, two pages at one address, no home page to show.

    Raises:
        Stopped: there is one; the problems are shown.
    """
    faults, missing = whole_faults(gathered, library, held, live)
    if faults or missing:
        show_problems(gathered.problems, gathered.content.texts)
        what = f"{titled(missing)} can't be shown, and every site needs it" if missing and not faults else tally(faults)
        complain(f"Nothing was released: the whole site is concerned ({what}). Mend it and publish again.")
        raise Stopped(Exit.PROBLEMS)


def whole_faults(
    gathered: Gathered, library: Library, held: Iterable[str], live: "Live"
) -> tuple[list[Problem], list[str]]:
    """The errors for which nothing at all is released, and the pages without which no site can be.

    Raises:
        StoreFault: the target can't be read.
    """
    errors = [problem for problem in gathered.problems if problem.severity is Severity.ERROR]
    faults = [problem for problem in errors if problem.path == PATH or problem.code in {"DUP001", "DUP002"}]
    faults = [problem for problem in faults if not of_draft(library, problem)]
    missing = [
        slug
        for slug in ("home", "not-found")
        if (slug in held or slug not in library.items) and key_of(_built_address(slug)) not in live.files
    ]
    return faults, missing


def _built_address(slug: str) -> str:
    return {"home": "/", "not-found": "/404.html"}[slug]


def _reasons(library: Library, problems: Iterable[Problem], held: Iterable[str]) -> dict[str, str]:
    """Why each key is held back: its page's first error, in words; the old addresses of the page with it."""
    first: dict[str, str] = {}
    for problem in problems:
        document = library.about(problem.path)
        if problem.severity is not Severity.INFO and document is not None:
            first.setdefault(document.path, f"{problem.message} (line {problem.span.line} of {problem.path})")
    kept = set(held)
    keys = {key_of(library.items[slug].address): library.items[slug].document.path for slug in kept}
    keys |= {key: library.documents[slug].path for key, slug in library.aliases.items() if slug in kept}
    return {key: first.get(path, "It has problems.") for key, path in sorted(keys.items())}


def say_held(ready: Ready) -> None:
    """Shows the problems that hold pages back, and what stays as it was."""
    paths = {ready.library.items[slug].document.path for slug in ready.held}
    shown = [
        problem
        for problem in ready.gathered.problems
        if _page(ready.library, problem) in paths
        or (ready.library.about(problem.path) is None and problem.severity is Severity.ERROR)
    ]
    show_problems(shown, ready.gathered.content.texts)
    if ready.held:
        names = titled(_titles(ready.library, ready.held), most=10)
        complain(f"Held back: {names}. Patients see the last version without problems, if there is one.")


def _page(library: Library, problem: Problem) -> str:
    """The path of the page that a problem is about; of the file that it is in, where that is about none."""
    document = library.about(problem.path)
    return document.path if document else problem.path


def _titles(library: Library, held: Iterable[str]) -> list[str]:
    return [library.items[slug].document.title for slug in held]


def _stray(ready: Ready, *, strict: bool) -> bool:
    """Whether something is wrong that belongs to no page: a file that was refused, a picture that can't be read."""
    weighed = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(
        problem.severity in weighed and ready.library.about(problem.path) is None for problem in ready.gathered.problems
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"


def _commit(content: Path) -> str:
    """The commit of the content, where it is in Git; CI says it in the environment."""
    if said := os.environ.get("GITHUB_SHA", ""):
        return said
    try:
        done = subprocess.run(
            ["git", "-C", str(content), "rev-parse", "HEAD"],  # noqa: S607 - Git is found as the user's shell finds it
            capture_output=True,
            text=True,
            check=False,
            timeout=10,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
