"""A small site in a folder of its own, built as `build` and `publish` build it: what the laws are told about."""

import random
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from clinic.build import Site, plan_site, write_site
from clinic.cache import Cache
from clinic.commands.building import by_path
from clinic.commands.gathering import Gathered, gather
from clinic.commands.settings import Settings
from clinic.library.audience import Audience
from clinic.output import Output, Written
from clinic.problems import Problem, Severity
from clinic.views.site import planned_indexes, planned_items
from clinic.views.view import TEMPLATES
from tests.harness import SITE

ROOT = Path(__file__).parents[2]
"""The project."""

NOW = "2026-11-22T09:00:00"
"""The moment at which the small good site has no problem, in its own time zone."""

SEED = 20261122

BASE = """<!doctype html>
<html lang="{{ page.frame.lang }}"><head><title>{{ page.frame.document_title }}</title>
<link rel="stylesheet" href="{{ page.frame.assets.stylesheet }}"></head>
<body><nav>{{ gettext("Home") }}{% for way in page.frame.navigation %}
<a href="{{ way.href }}">{{ way.text }}</a>{% endfor %}</nav>
{% block content %}{% endblock %}
<pre>{{ page|string|call_links }}</pre></body></html>
"""

CATALOGUE = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Home"
msgstr "Inicio"
"""


def share(cases: int, kept: int) -> list[int | ParameterSet]:
    """The numbers of all cases of a law; all but a seeded few belong to `--full` alone."""
    chosen = set(random.Random(SEED).sample(range(cases), kept))
    return [case if case in chosen else pytest.param(case, marks=pytest.mark.slow) for case in range(cases)]


def plain_theme(folder: Path) -> Path:
    """A theme that shows every value of every view and parses fast: whatever a page knows is in its bytes."""
    templates, texts = folder / "templates", folder / "locale" / "es"
    (templates / "components").mkdir(parents=True)
    (folder / "static" / "style").mkdir(parents=True)
    texts.mkdir(parents=True)
    (templates / "components" / "base.html").write_text(BASE, encoding="utf-8")
    for name in TEMPLATES:
        text = '{% extends "components/base.html" %}{% block content %}<h1>{{ page.title }}</h1>{% endblock %}'
        if name == "clinician.html":
            text = text.replace("page.title", "page.name")
        if name == "redirect.html":
            text = '<!doctype html><a href="{{ page.href }}">{{ page.title }}</a><pre>{{ page }}</pre>'
        (templates / name).write_text(text, encoding="utf-8")
    (folder / "static" / "style" / "page.css").write_text("p { color: var(--accent) }\n", encoding="utf-8")
    (folder / "static" / "search.js").write_text("// finds pages\n", encoding="utf-8")
    icon = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="currentColor" d="M1 1h7v7z"/></svg>\n'
    (folder / "static" / "icon.svg").write_text(icon, encoding="utf-8")
    (texts / "messages.po").write_text(CATALOGUE, encoding="utf-8")
    return folder


@dataclass(frozen=True)
class World:
    """A content folder, a theme, an output and a cache, with what a command would be told of them."""

    settings: Settings

    @property
    def content(self) -> Path:
        """The content folder."""
        return self.settings.content

    @property
    def output(self) -> Path:
        """The output."""
        return self.settings.output

    def at(self, now: str) -> "World":
        """The same, at another moment of the clinic's clock."""
        return World(replace(self.settings, now=now))

    def into(self, output: Path, cache: Path) -> "World":
        """The same, built elsewhere."""
        return World(replace(self.settings, output=output, cache=cache))

    def told(self, **settings: object) -> "World":
        """The same, with other settings."""
        return World(replace(self.settings, **settings))  # type: ignore[arg-type]

    def page(self, path: str) -> Path:
        """A file of the content."""
        return self.content / path

    def write(self, path: str, text: str) -> None:
        """Writes a file of the content."""
        file = self.content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())

    def change(self, path: str, before: str, after: str) -> None:
        """Replaces a text that stands in a file once."""
        text = self.page(path).read_bytes().decode()
        assert text.count(before) == 1, f"{before!r} stands {text.count(before)} times in {path}"
        self.write(path, text.replace(before, after))

    def gathered(self) -> Gathered:
        """The content, linked and checked."""
        with Cache(self.settings.cache) as cache:
            return gather(self.settings, cache)

    def problems(self) -> tuple[Problem, ...]:
        """Every problem."""
        return self.gathered().problems

    def errors(self) -> list[str]:
        """The errors, as text for people who read a failed test."""
        return [
            f"{problem.path}:{problem.span.line} {problem.code} {problem.message}"
            for problem in self.problems()
            if problem.severity is Severity.ERROR
        ]

    def site(self, cache: Cache) -> tuple[Site, int]:
        """The planned site, and how many bodies had to be parsed for it."""
        gathered = gather(self.settings, cache)
        assert gathered.library is not None, "clinic.yaml can't be used"
        editors = self.settings.audience is Audience.EDITORS
        site = plan_site(
            gathered.library,
            theme=self.settings.theme,
            content=self.content,
            cache=cache,
            url=self.settings.url,
            problems=by_path(gathered.problems) if editors else None,
        )
        return site, gathered.content.parsed

    def views(self) -> dict[str, object]:
        """The view of every page, by its address."""
        with Cache(self.settings.cache) as cache:
            return views_of(self.site(cache)[0])

    def build(self, *, anew: bool = False) -> "Built":
        """Builds as the commands do, but for what they print."""
        output = Output(self.output, self.settings.cache)
        output.check(self.content)
        with Cache(self.settings.cache) as cache, output.held():
            site, parsed = self.site(cache)
            editors = self.settings.audience is Audience.EDITORS
            written = write_site(site, output, anew=anew, kept=None if editors else cache)
        return Built(site, written, parsed)


@dataclass(frozen=True)
class Built:
    """What a build made, and what it had to do for it."""

    site: Site
    written: Written
    parsed: int

    @property
    def rendered(self) -> list[str]:
        """The pages that were rendered."""
        pages = {"page", "index", "redirect"}
        files = self.written.manifest.files
        return [key for key in self.written.rendered if files[key].role in pages]


def views_of(site: Site) -> dict[str, object]:
    """The view of every page of a site, by its address."""
    maker = site.maker
    return {page.address: page.view for page in (*planned_items(maker), *planned_indexes(maker))}


def small_world(root: Path, *, audience: Audience = Audience.EDITORS, theme: Path | None = None) -> World:
    """A copy of the small good site, with the plain theme where no other is named."""
    return World(
        Settings(
            content=Path(shutil.copytree(SITE, root / "content")),
            output=root / "output",
            cache=root / "cache",
            theme=theme or plain_theme(root / "theme"),
            audience=audience,
            now=NOW,
        )
    )


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def difference(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The paths in which two folders differ, for people."""
    return [
        f"{path}: {'only here' if path not in other else 'missing' if path not in one else 'other bytes'}"
        for path in sorted({*one, *other})
        if one.get(path) != other.get(path)
    ]
