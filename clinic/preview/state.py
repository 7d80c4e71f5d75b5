"""One state of the preview: the site as it is after a save, and what its pages shall say besides."""

import heapq
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from clinic.library.library import Library
from clinic.model.clinic import PATH
from clinic.preview.given import Looked
from clinic.preview.site import LiveSite
from clinic.problems import Problem, Severity
from clinic.revised import keys_replaced

ByPath = Mapping[str, tuple[Problem, ...]]

_DRAFT = re.compile(r"^status:[ \t]*[\"']?draft\b", re.MULTILINE)


@dataclass(frozen=True)
class Loud:
    """The problems of all pages and files but clinic.yaml, without advice and without what drafts still lack."""

    by_path: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    wrong: tuple[str, ...] = ()
    """The files that have errors, in order."""
    warned: tuple[str, ...] = ()
    """The files that have none of those, in order."""
    number: int = 0
    """How many they are."""
    errors: int = 0
    """How many of those are errors."""


@dataclass(frozen=True)
class Elsewhere:
    """What is wrong beside the page from a file: `number` problems, `rest` of them with clinic.yaml."""

    loud: Loud
    source: str
    rest: tuple[Problem, ...]
    number: int

    def files(self) -> Iterator[tuple[str, tuple[Problem, ...]]]:
        """Each file with its problems, those with errors first."""
        for path in self.loud.wrong:
            if path != self.source:
                yield path, self.loud.by_path[path]
        rest = [(PATH, self.rest)] if self.rest else []
        warned = ((path, self.loud.by_path[path]) for path in self.loud.warned if path != self.source)
        yield from heapq.merge(rest, warned, key=lambda pair: pair[0])

    def __len__(self) -> int:
        """How many files they are."""
        return len(self.loud.by_path) - (self.source in self.loud.by_path) + bool(self.rest)


@dataclass(frozen=True)
class State:
    """What is served until the next save. `number` counts from 1; `site` is None where nothing could be built yet."""

    number: int
    looked: Looked
    site: LiveSite | None
    saved: str
    """When the last save was, on the machine's clock ("09:41:07"); empty for the first look."""
    took: int
    """Milliseconds from noticing that save to this state."""
    by_path: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    loud: Loud = field(default_factory=Loud)

    def of_page(self, source: str) -> tuple[Problem, ...]:
        """The problems that belong onto the page made from a file; errors of clinic.yaml belong onto every page."""
        own = self.by_path.get(source, ())
        if source == PATH:
            return own
        return (*(each for each in self.by_path.get(PATH, ()) if each.severity is Severity.ERROR), *own)

    def elsewhere(self, source: str) -> Elsewhere:
        """The problems of other pages and files, without advice and without what drafts still lack."""
        own = self.loud.by_path.get(source, ())
        of_site = self.by_path.get(PATH, ()) if source != PATH else ()
        rest = tuple(each for each in of_site if each.severity is Severity.WARNING)
        return Elsewhere(self.loud, source, rest, self.loud.number - len(own) + len(rest))

    def to_do(self, source: str) -> bool:
        """Whether what is wrong with a page is what its writer still has to do: the page is a draft."""
        return is_draft(self.library, source)

    @property
    def library(self) -> Library | None:
        """All content."""
        return self.site.workshop.library if self.site else None


def following(before: State | None, looked: Looked, site: LiveSite | None) -> State:
    """The state after another; what is told of files of which the same is told is taken over."""
    told = looked.told if looked.told is not None else by_path(looked.problems)
    library = site.workshop.library if site else None
    number = before.number + 1 if before else 1
    changed = _changed(before, looked, told, library)
    return State(number, looked, site, "", 0, told, _loud(before.loud if before else Loud(), changed, told, library))


def _changed(before: State | None, looked: Looked, told: ByPath, library: Library | None) -> Collection[str]:
    """The files of which something else is told than before, or that are others, and perhaps more."""
    if before is None:
        return told.keys()
    whole = not looked.faults and not before.looked.faults  # else the site may be older than what is told
    if looked.since is not None and looked.since[0] is before.by_path and whole:
        return looked.since[1]
    now = library.by_path if library else {}
    then = before.library.by_path if before.library else {}
    return {*keys_replaced(before.by_path, told), *keys_replaced(then, now)}


def _loud(loud: Loud, changed: Collection[str], told: ByPath, library: Library | None) -> Loud:
    """What is loud, where nothing but these files can have changed."""
    kept, number = dict(loud.by_path), loud.number
    wrong, warned, errors = dict.fromkeys(loud.wrong), dict.fromkeys(loud.warned), loud.errors
    for path in changed:
        was = kept.pop(path, ())
        number, errors = number - len(was), errors - _errors(was)
        wrong.pop(path, None)
        warned.pop(path, None)
        own = tuple(each for each in told.get(path, ()) if each.severity is not Severity.INFO)
        if path == PATH or not own or is_draft(library, path):
            continue
        kept[path] = own
        number, errors = number + len(own), errors + _errors(own)
        (wrong if _errors(own) else warned)[path] = None
    return Loud(kept, tuple(sorted(wrong)), tuple(sorted(warned)), number, errors)


def _errors(problems: Iterable[Problem]) -> int:
    return sum(problem.severity is Severity.ERROR for problem in problems)


def is_draft(library: Library | None, path: str) -> bool:
    """Whether a file is a draft, even where its header can't be read as a whole."""
    document = library.by_path.get(path) if library is not None else None
    if document is None:
        return False
    if document.header is not None:
        return document.header.draft
    return _DRAFT.search(document.front) is not None


def by_path(problems: tuple[Problem, ...]) -> dict[str, tuple[Problem, ...]]:
    """The problems of each file."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.path, []).append(problem)
    return {path: tuple(listed) for path, listed in found.items()}
