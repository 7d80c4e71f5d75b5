"""One state of the preview: the site as it is after a save, and what its pages shall say besides."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from clinic.library.library import Library
from clinic.model.clinic import PATH
from clinic.preview.given import Looked
from clinic.preview.site import LiveSite
from clinic.problems import Problem, Severity

_DRAFT = re.compile(r"^status:[ \t]*[\"']?draft\b", re.MULTILINE)


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

    def of_page(self, source: str) -> tuple[Problem, ...]:
        """The problems that belong onto the page made from a file; errors of clinic.yaml belong onto every page."""
        own = self.by_path.get(source, ())
        if source == PATH:
            return own
        return (*(each for each in self.by_path.get(PATH, ()) if each.severity is Severity.ERROR), *own)

    def elsewhere(self, source: str) -> dict[str, tuple[Problem, ...]]:
        """The problems of other pages and files, by file, without advice and without what drafts still lack."""
        library = self.library
        found = {}
        for path, problems in self.by_path.items():
            told = tuple(each for each in problems if each.severity is not Severity.INFO)
            if path not in {source, PATH} and told and not is_draft(library, path):
                found[path] = told
        rest = tuple(each for each in self.by_path.get(PATH, ()) if each.severity is Severity.WARNING)
        return found | ({PATH: rest} if rest and source != PATH else {})

    def to_do(self, source: str) -> bool:
        """Whether what is wrong with a page is what its writer still has to do: the page is a draft."""
        return is_draft(self.library, source)

    @property
    def library(self) -> Library | None:
        """All content."""
        return self.site.workshop.library if self.site else None


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
