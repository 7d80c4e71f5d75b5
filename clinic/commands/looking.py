"""What the preview looks at: settings, theme and content, read again where they were touched, as they last could be."""

import os
import re
import time
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

from clinic.assets import AssetProblem
from clinic.build import Kit, Workshop, equip, fitted
from clinic.cache import Cache
from clinic.commands.ends import Misuse
from clinic.commands.gathering import link
from clinic.commands.settings import Settings
from clinic.commands.writing import Writer
from clinic.content import Content, Memory, read_again, read_content
from clinic.interface import CatalogueProblem
from clinic.library.audience import Audience
from clinic.library.library import Library, Material, build_library
from clinic.library.timeline import Timeline
from clinic.output import OutputFault
from clinic.preview.given import Fault, Looked, Roots
from clinic.preview.site import try_templates
from clinic.render import TemplateProblem
from clinic.revised import replaced
from clinic.rules.again import ByPath, Found, advised, found_again, found_anew, found_first, settled_all
from clinic.source.tree import ContentFolderError, walk

_LINE = re.compile(r"\(line (\d+)\)")
_THEME = (TemplateProblem, AssetProblem, CatalogueProblem)
_TEXT = 1_000_000

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
        self._fitting: tuple[Kit, Settings] | None = None
        self._looked: Looked | None = None
        self._found: Found | None = None
        self._writer = Writer()

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
            content = self._read(touched)
        except (ContentFolderError, OSError) as error:
            went = Fault(self.settings.content, 1, 1, str(error) if isinstance(error, ContentFolderError) else _WENT)
            self._looked = Looked(self._workshop, (), {}, (*faults, went))
            return replace(self._looked, half_written=touched is not None)
        half_written = touched is not None and (fresh_fault or self._half_written(content, touched))
        unlike = touched is None or self._fitting != (candidate, self.settings)
        known = None if unlike else self._looked
        if known is not None and tuple(faults) == known.faults and self._holds_the_same(content):
            self._content = content
            return replace(known, same=True, half_written=half_written)
        self._content = content
        library, fault = self._linked(content)
        if library is not None:
            self._found = self._asked(library, content, anew=touched is None)
        problems = self._found.problems if library is not None and self._found is not None else content.problems
        if fault is not None:
            faults.append(fault)
        if library is not None and self._found is not None:
            workshop, fault = self._equipped(library, candidate, self._found)
            if fault is not None:
                faults.append(fault)
            self._workshop = workshop or self._workshop
        if self._workshop is None and not faults:
            faults = self._clinic_faults(content)
        follows = library is not None and self._workshop is not None and not (self._found and self._found.settled)
        if not follows:
            self._keep()  # else once the page is there (`advise`)
        found = self._found if library is not None else None
        self._looked = Looked(
            self._workshop,
            problems,
            content.texts,
            tuple(faults),
            advice_follows=follows,
            told=found.told if found is not None else None,
            since=found.since if found is not None else None,
        )
        return replace(self._looked, half_written=half_written)

    def _read(self, touched: Collection[Path] | None) -> Content:
        """The content; where a few pages were touched, only those are read.

        Raises:
            ContentFolderError, OSError: there is none, or a file can't be read.
        """
        within = self._within(touched)
        if within is not None and self._content is not None:
            again = read_again(self._content, self._cache, self._memory, within)
            if again is not None:
                return again
        return read_content(self.settings.content, self._cache, self._memory, within)

    def _asked(self, library: Library, content: Content, *, anew: bool) -> Found:
        """What rules find at once; at a look at everything, all that they find."""
        beside = content.problems if content.material is None else ()
        if self._looked is None:  # before there are threads: documents are asked in processes
            return found_first(library, self._cache, beside)
        found = found_again(self._found, library) if self._found and not beside and not anew else None
        found = found or found_anew(self._found, library, beside)
        return (settled_all(found, lambda: True) or found) if anew else found

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
        return not replaced(before.documents, content.documents) and replace(content, tree=before.tree) == before

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
        """The last look again, with the advice of the rules that weigh words on what was saved."""
        self._keep()
        return self._told(advised(self._found) if self._found else None) or Looked(None)

    def settle(self, go_on: Callable[[], bool]) -> Looked | None:
        """The last look again, all rules asked about everything; None where `go_on` stopped it."""
        return self._told(settled_all(self._found, go_on)) if self._found else self._looked

    def _keep(self) -> None:
        """Keeps what was put into the cache, unless the build beside may have it: nobody waits for that one's turn."""
        if not self._writer.busy():
            self._cache.keep()

    def _told(self, found: Found | None) -> Looked | None:
        """The last look with what was found since; None where nothing was."""
        looked, workshop = self._looked, self._workshop
        if found is None or looked is None or workshop is None or found.library is not workshop.library:
            return looked if found is not None else None
        self._found = found
        if found.told != workshop.maker.problems:
            maker = replace(workshop.maker, problems=found.told, problems_counted=found.counted)
            self._workshop = replace(workshop, maker=maker)
        self._looked = replace(
            looked,
            workshop=self._workshop,
            problems=found.problems,
            told=found.told,
            since=found.since,
            advice_follows=not found.settled,
        )
        return self._looked

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
        self._writer.start(self.settings)

    def writing(self) -> bool:
        """Whether that process is still at work."""
        return self._writer.busy()

    def close(self) -> None:
        """Ends that process: the output stays whole."""
        self._writer.stop()

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
            self._memory, self._library, self._content, self._found = Memory(time.time_ns), None, None, None
        if settings.theme != self.settings.theme:
            self._kit = None
        self.settings, self._settings_fault = settings, None

    def _read_theme(self) -> Kit | None:
        """The theme as it is now, or as it last could be used."""
        self._theme_stamps = _stamps(self.settings.theme)
        self._theme_fault = None
        try:
            kit = Kit(self.settings.theme)
            if self._kit is not None:
                kit.renderer.learn(self._kit.renderer)
            kit.renderer.check()
        except (*_THEME, OSError) as error:
            self._theme_fault = _fault(error)
            return self._kit
        return kit

    def _linked(self, content: Content) -> tuple[Library | None, Fault | None]:
        """The content linked; where clinic.yaml can't be used, with what it said before."""
        fault = None
        material = content.material
        if material is None and self._material is not None:
            material = replace(self._material, documents=content.documents, problems=())
        whole = replace(content, material=material)

        def linked(settings: Settings) -> Library | None:
            return link(settings, whole, audience=Audience.EDITORS, before=self._library, rules=lambda _: ()).library

        try:
            library = linked(self.settings)
        except Misuse as error:
            fault = Fault(self._file, 1, 1, str(error), text=_text(self._file))
            library = linked(replace(self.settings, stated=()))
        if content.material is not None:
            self._material = content.material
        self._library = library
        return library, fault

    def _equipped(self, library: Library, candidate: Kit | None, found: Found) -> tuple[Workshop | None, Fault | None]:
        """What pages are made with, from the newest theme that can be used."""
        fault = None
        for kit in dict.fromkeys(each for each in (candidate, self._kit) if each is not None):
            try:
                workshop = self._fitted(library, kit, found.told) or equip(
                    library,
                    kit,
                    content=self.settings.content,
                    cache=self._cache,
                    url=self.settings.url,
                    problems=found.told,
                )
                workshop = replace(workshop, maker=replace(workshop.maker, problems_counted=found.counted))
                if kit is not self._kit:
                    try_templates(workshop, self._kit.renderer if self._kit is not None else None)
            except (*_THEME, OSError, OutputFault) as error:
                fault = fault or _fault(error)
                if kit is candidate and isinstance(error, _THEME):
                    self._theme_fault = fault  # said until the theme is touched again
                continue
            self._kit, self._fitting = kit, (kit, self.settings)
            return workshop, fault
        return None, fault

    def _fitted(self, library: Library, kit: Kit, told: ByPath) -> Workshop | None:
        """The workshop of the look before, where it was equipped with the same theme and settings and still fits."""
        fits = self._workshop is not None and self._fitting == (kit, self.settings)
        return fitted(self._workshop, library, told) if fits and self._workshop is not None else None

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
        if self._material is not None and content.material is None:
            return True
        known = (content.documents[content.at[path]] for path in self._within(touched) or () if path in content.at)
        unread = {each.path for each in known if each.header is None}
        if not unread:
            return False
        before = {each.path: each for each in self._content.documents} if self._content else {}
        return any(path not in before or before[path].header is not None for path in unread)


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
