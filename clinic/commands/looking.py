"""What the preview looks at: settings, theme and content, read again where they were touched, as they last could be."""

import contextlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

from clinic.assets import AssetProblem
from clinic.build import Kit, Workshop, equip
from clinic.cache import Cache
from clinic.commands.building import by_path
from clinic.commands.ends import Misuse
from clinic.commands.gathering import Gathered, link
from clinic.commands.settings import ROOT, Settings
from clinic.content import Content, Memory, read_content
from clinic.interface import CatalogueProblem
from clinic.library.audience import Audience
from clinic.library.document import Document
from clinic.library.library import Library, Material, build_library
from clinic.library.timeline import Timeline
from clinic.output import OutputFault
from clinic.preview.given import Fault, Looked, Roots
from clinic.preview.site import try_templates
from clinic.problems import Problem
from clinic.problems.catalogue.waivers import NOT_NEEDED
from clinic.render import TemplateProblem
from clinic.rules import ADVICE, FAMILIES, check_all, weighed
from clinic.source.tree import ContentFolderError, walk

_LINE = re.compile(r"\(line (\d+)\)")
_THEME = (TemplateProblem, AssetProblem, CatalogueProblem)
_TEXT = 1_000_000
_PROMPT = tuple(family for family in FAMILIES if family[0] not in ADVICE)
_WAITING = NOT_NEEDED.code
_ADVICE = tuple(family for family in FAMILIES if family[0] in ADVICE)

Stamps = tuple[tuple[str, int, int], ...]


class Desk:
    """Looks again and again, and remembers what it saw. One thread looks; others may ask for other moments."""

    def __init__(self, load: Callable[[], Settings], file: Path, cache: Cache) -> None:
        """`load` reads the settings, from `file` and the command's options.

        Raises:
            Misuse: the settings can't be read: without any there is nothing to show.
        """
        self._load = load
        self._file = file
        self._cache = cache
        self.settings = _absolute(load())
        self._settings_fault: Fault | None = None
        self._settings_stamp = _stamp(file)
        self._memory = Memory(time.time_ns)
        self._content: Content | None = None
        self._material: Material | None = None
        self._library: Library | None = None
        self._kit: Kit | None = None
        self._theme_fault: Fault | None = None
        self._theme_stamps: Stamps = ()
        self._workshop: Workshop | None = None
        self._looked: Looked | None = None
        self._prompt: tuple[Problem, ...] = ()
        self._advice: dict[str, tuple[Document, tuple[Problem, ...]]] = {}
        self._writer: subprocess.Popen[bytes] | None = None

    @property
    def roots(self) -> Roots:
        """Where the files are."""
        return Roots(self.settings.content, self.settings.theme, self._file)

    def look(self, touched: Collection[Path] | None) -> Looked:
        """Reads, links and checks; see `clinic.preview.given.Given`."""
        before = self._faults()
        candidate = self._frame(touched)
        faults = self._faults()
        fresh_fault = len(faults) > len(before)
        try:
            content = read_content(self.settings.content, self._cache, self._memory, self._within(touched))
        except (ContentFolderError, OSError) as error:
            went = Fault(self.settings.content, 1, 1, str(error) if isinstance(error, ContentFolderError) else _WENT)
            self._looked = Looked(self._workshop, (), {}, (*faults, went))
            return replace(self._looked, half_written=touched is not None)
        half_written = touched is not None and (fresh_fault or self._half_written(content, touched))
        known = self._looked if touched is not None and candidate is self._kit else None
        if known is not None and tuple(faults) == known.faults and self._holds_the_same(content):
            return replace(known, same=True, half_written=half_written)
        self._content = content
        gathered, fault = self._linked(content)
        self._prompt = gathered.problems
        library = gathered.library
        if library is not None:
            if touched is None:
                self._advice = _by_document(library, check_all(library, _ADVICE))
            gathered = replace(gathered, problems=self._with_advice(library))
        if fault is not None:
            faults.append(fault)
        if gathered.library is not None:
            workshop, fault = self._equipped(gathered.library, candidate, gathered.problems)
            if fault is not None:
                faults.append(fault)
            self._workshop = workshop or self._workshop
        self._cache.keep()
        if self._workshop is None and not faults:
            faults = self._clinic_faults(content)
        follows = touched is not None and gathered.library is not None and self._workshop is not None
        self._looked = Looked(self._workshop, gathered.problems, content.texts, tuple(faults), advice_follows=follows)
        return replace(self._looked, half_written=half_written)

    def _faults(self) -> list[Fault]:
        """What is wrong with settings and theme."""
        return [fault for fault in (self._settings_fault, self._theme_fault) if fault is not None]

    def _frame(self, touched: Collection[Path] | None) -> Kit | None:
        """Reads settings and theme again where they were touched; gives the theme to try."""
        if touched is None or self._file in touched:
            self._read_settings()
        theme = self.settings.theme
        if self._kit is None or touched is None or any(path.is_relative_to(theme) for path in touched):
            return self._read_theme()
        return self._kit

    def _holds_the_same(self, content: Content) -> bool:
        """Whether files were touched and hold what they held, and the site has not changed by itself."""
        before = self._content
        if before is None or self._due() or len(before.documents) != len(content.documents):
            return False
        same = all(one is other for one, other in zip(before.documents, content.documents, strict=True))
        return same and replace(content, tree=before.tree) == before

    def _clinic_faults(self, content: Content) -> list[Fault]:
        """What is wrong with clinic.yaml where nothing can be shown without it."""
        return [
            Fault(
                self.settings.content / problem.path,
                problem.span.line,
                problem.span.column,
                problem.message,
                problem.hint,
                content.texts.get(problem.path, ""),
            )
            for problem in content.problems
            if problem.path == "clinic.yaml"
        ]

    def advise(self) -> Looked:
        """The last look again, with the advice of all rules."""
        looked, library, workshop = self._looked, self._library, self._workshop
        if looked is None or library is None or workshop is None:
            return looked or Looked(None)
        self._advice = _by_document(library, check_all(library, _ADVICE))
        problems = self._with_advice(library)
        self._workshop = replace(workshop, maker=replace(workshop.maker, problems=by_path(problems)))
        self._looked = replace(looked, workshop=self._workshop, problems=problems, advice_follows=False)
        return self._looked

    def _with_advice(self, library: Library) -> tuple[Problem, ...]:
        """All problems: those found at once, and the advice on documents that are still the same."""
        told = set(self._prompt)
        known = set()
        for path, (document, advice) in self._advice.items():
            if library.by_path.get(path) is document:
                told.update(advice)
                known.add(path)
        # Whether an exception is needed is known only once there is advice on its page.
        found = weighed(told, library)
        left = (each for each in found if each.code != _WAITING or each.path in known)
        return tuple(sorted(left, key=lambda problem: problem.order))

    def changed(self) -> bool:
        """Whether something differs from what was last looked at, be it a file or the moment of the site."""
        if self._due():
            return True
        if _stamp(self._file) != self._settings_stamp or _stamps(self.settings.theme) != self._theme_stamps:
            return True
        try:
            return walk(self.settings.content) != self._memory.tree
        except ContentFolderError:
            return self._content is not None

    def _due(self) -> bool:
        """Whether the site has changed by itself since."""
        library = self._library
        if library is None or not library.timeline.coming:
            return False
        return library.timeline.coming[0] <= self.settings.instant(library.clock)

    def on(self, looked: Looked, when: str) -> Workshop | str:
        """The site as patients will see it at a moment, or a sentence that says why that moment is none."""
        kit, workshop = self._kit, looked.workshop
        if workshop is None or kit is None:
            return "The site can't be built yet."
        material = workshop.library.material
        try:
            moment = replace(self.settings, now=when).instant(material.clock)
            library = build_library(material, Timeline(moment), Audience.PATIENTS)
            return equip(
                library, kit, content=self.settings.content, cache=self._cache, url=self.settings.url, problems={}
            )
        except Misuse as error:
            return str(error)
        except (*_THEME, OSError, OutputFault):
            return "That can't be shown now: mend first what is said on the other pages."

    def write(self) -> None:
        """Begins to build the output folder in a process of its own."""
        settings = self.settings
        asked = {"content": settings.content, "output": settings.output, "cache": settings.cache}
        options = [part for name, value in asked.items() for part in (f"--{name}", str(value))]
        options += ["--now", settings.now] if settings.now else []
        options += ["--url", settings.url] if settings.url else []
        arguments = [sys.executable, str(ROOT / "tasks.py"), "build", *options]
        quiet = subprocess.DEVNULL
        self._writer = subprocess.Popen(arguments, stdin=quiet, stdout=quiet, stderr=quiet, cwd=ROOT)
        if sys.platform != "win32":
            with contextlib.suppress(OSError):  # it has ended already
                os.setpriority(os.PRIO_PROCESS, self._writer.pid, 15)  # what editors wait for goes first

    def writing(self) -> bool:
        """Whether that process is still at work."""
        return self._writer is not None and self._writer.poll() is None

    def close(self) -> None:
        """Ends that process: the output stays whole."""
        if self._writer is not None and self._writer.poll() is None:
            self._writer.terminate()
            self._writer.wait()

    def _read_settings(self) -> None:
        self._settings_stamp = _stamp(self._file)
        try:
            settings = _absolute(self._load())
        except Misuse as error:
            told = _LINE.search(str(error))
            line = int(told[1]) if told else 1
            self._settings_fault = Fault(self._file, line, 1, str(error), text=_text(self._file))
            return
        if settings.content != self.settings.content:
            self._memory, self._library = Memory(time.time_ns), None
        if settings.theme != self.settings.theme:
            self._kit = None
        self.settings, self._settings_fault = settings, None

    def _read_theme(self) -> Kit | None:
        """The theme as it is now, or as it last could be used."""
        self._theme_stamps = _stamps(self.settings.theme)
        self._theme_fault = None
        try:
            kit = Kit(self.settings.theme)
            kit.renderer.check()
        except (*_THEME, OSError) as error:
            self._theme_fault = _fault(error)
            return self._kit
        return kit

    def _linked(self, content: Content) -> tuple[Gathered, Fault | None]:
        """The content linked and checked; where clinic.yaml can't be used, with what it said before."""
        fault = None
        material = content.material
        if material is None and self._material is not None:
            material = replace(self._material, documents=content.documents, problems=())
        try:
            whole = replace(content, material=material)
            gathered = link(self.settings, whole, audience=Audience.EDITORS, before=self._library, rules=_prompt)
        except Misuse as error:
            fault = Fault(self._file, 1, 1, str(error), text=_text(self._file))
            gathered = link(
                replace(self.settings, stated=()),
                whole,
                audience=Audience.EDITORS,
                before=self._library,
                rules=_prompt,
            )
        if content.material is not None:
            self._material = content.material
        self._library = gathered.library
        found = {*gathered.problems, *content.problems}
        return replace(gathered, problems=tuple(sorted(found, key=lambda problem: problem.order))), fault

    def _equipped(
        self, library: Library, candidate: Kit | None, problems: tuple[Problem, ...]
    ) -> tuple[Workshop | None, Fault | None]:
        """What pages are made with, from the newest theme that can be used."""
        fault = None
        told = by_path(problems)
        for kit in dict.fromkeys(each for each in (candidate, self._kit) if each is not None):
            try:
                workshop = equip(
                    library, kit, content=self.settings.content, cache=self._cache, url=self.settings.url, problems=told
                )
                if kit is not self._kit:
                    try_templates(workshop)
            except (*_THEME, OSError, OutputFault) as error:
                fault = fault or _fault(error)
                if kit is candidate and isinstance(error, _THEME):
                    self._theme_fault = fault  # said until the theme is touched again
                continue
            self._kit = kit
            return workshop, fault
        return None, fault

    def _within(self, touched: Collection[Path] | None) -> list[str] | None:
        """The touched paths of the content folder, as content names them."""
        if touched is None:
            return None
        base = self.settings.content
        if base in touched:
            return None
        return [path.relative_to(base).as_posix() for path in touched if path.is_relative_to(base)]

    def _half_written(self, content: Content, touched: Collection[Path]) -> bool:
        """Whether a page that was just touched and could be read before can't be read now."""
        before = {each.path: each for each in self._content.documents} if self._content else {}
        paths = set(self._within(touched) or ())
        if self._material is not None and content.material is None:
            return True
        return any(
            document.path in paths
            and document.header is None
            and (document.path not in before or before[document.path].header is not None)
            for document in content.documents
        )


def _prompt(library: Library) -> tuple[Problem, ...]:
    """What is found at once, exceptions not heeded yet."""
    return (*library.all_problems(), *check_all(library, _PROMPT))


def _by_document(library: Library, problems: tuple[Problem, ...]) -> dict[str, tuple[Document, tuple[Problem, ...]]]:
    told = by_path(problems)
    return {path: (document, told.get(path, ())) for path, document in library.by_path.items()}


_WENT = "The content folder can't be read now. Is it still there?"


def _absolute(settings: Settings) -> Settings:
    return replace(
        settings,
        content=Path(os.path.abspath(settings.content)),  # noqa: PTH100 - links stay: the watcher names them so
        theme=Path(os.path.abspath(settings.theme)),  # noqa: PTH100 - the same
    )


def _fault(error: Exception) -> Fault:
    if isinstance(error, _THEME):
        return Fault(error.path, error.line, 1, error.sentence, text=_text(error.path))
    if isinstance(error, OSError) and error.filename:
        return Fault(Path(os.fsdecode(error.filename)), 1, 1, "This file can't be read now. Is it still there?")
    return Fault(None, 1, 1, str(error))


def _text(path: Path) -> str:
    try:
        return path.read_bytes()[:_TEXT].decode(errors="replace")
    except OSError:
        return ""


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


def _stamps(folder: Path) -> Stamps:
    """Every file of a theme with its time and size."""
    found = []
    for base, _, files in os.walk(folder):
        for name in files:
            path = Path(base, name)
            found.append((str(path), *_stamp(path)))
    return tuple(sorted(found))
