"""The whole left half of the line on a content folder, for tests: every problem that `check` would tell."""

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from clinic.cache import Cache
from clinic.content import Content, read_content
from clinic.library.audience import Audience
from clinic.library.document import Document, read_document
from clinic.library.library import Library, build_library
from clinic.library.timeline import Timeline
from clinic.model.kinds import Kind
from clinic.problems import Example, Problem
from clinic.prose.body import Body
from clinic.prose.parser import parse_body
from clinic.rules import problems_of
from clinic.source.header import read_source
from clinic.source.nodes import Source

SITE = Path(__file__).parent / "site"
"""The small good site."""

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=ZoneInfo("America/Los_Angeles"))
"""The moment at which it has no problem."""


@dataclass(frozen=True)
class Checked:
    """What reading and checking a content folder gives. `library` is None where clinic.yaml can't be used."""

    content: Content
    library: Library | None
    problems: tuple[Problem, ...]

    def codes(self) -> list[str]:
        """The codes of all problems, in their order."""
        return [problem.code for problem in self.problems]


def checked(folder: Path, now: dt.datetime = NOW) -> Checked:
    """Reads, links and checks a content folder."""
    content = read_content(folder, Cache(None))
    found, library = set(content.problems), None
    if content.material is not None:
        library = build_library(content.material, Timeline(now), Audience.PATIENTS)
        found = set(problems_of(library))
    return Checked(content, library, tuple(sorted(found, key=lambda problem: problem.order)))


def good_site(folder: Path) -> Path:
    """A copy of the small good site, to be spoiled."""
    return Path(shutil.copytree(SITE, folder / "content"))


def spoil(folder: Path, example: Example) -> int:
    """Makes the mistake of an example in a copy of the good site, and gives the line of the mistake."""
    file = folder / example.file
    if not example.good:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(example.bad.encode())
        return example.line
    text = file.read_bytes().decode()
    assert text.count(example.good) == 1, f"{example.good!r} must stand in {example.file} exactly once"
    file.write_bytes(text.replace(example.good, example.bad).encode())
    return text[: text.index(example.good)].count("\n") + example.line


def condition(title: str, summary: str, body: str) -> str:
    """The text of a condition with a source, whose one section holds the body."""
    return (
        f"---\ntitle: {title}\nsummary: {summary}\nauthor: front-desk\nsources:\n  - id: a\n    title: A\n"
        "    publisher: B\n    url: https://www.example.com/\n    accessed: 2026-11-02\n---\n\n"
        f"## What it is\n\n{body}"
    )


def page(text: str, path: str = "announcements/x.md") -> Document:
    """The document that a text makes, in memory; a text without a header gets a short one of its kind."""
    folder = path.partition("/")[0]
    if not text.startswith(("---\n", "---\r\n")):
        fields = "date: 2026-11-16\nexpires: 2026-12-31\ntopic: general\n" if folder == "announcements" else ""
        text = f"---\ntitle: A title\nsummary: A summary.\n{fields}---\n\n{text}\n"

    def parse(source: Source, kind: Kind, cited: tuple[str, ...]) -> Body:
        return parse_body(source.body, path=source.path, first_line=source.body_line, kind=kind.value, sources=cited)

    kind = next(kind for kind in Kind if kind.folder == folder)
    return read_document(read_source(path, text.encode()), kind, Path(path).stem, parse)
