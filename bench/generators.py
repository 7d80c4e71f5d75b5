"""The same texts in the forms of three generators, each with a theme that shows the same: ours, stock Pelican, Hugo.

The bodies are the same bytes for all. Headers are written anew for Pelican, whose form is another; Hugo reads ours.
The themes of the others (bench/peer_themes) show titles, summaries, facts, related pages and structured data, and
make lists by section, a feed, a sitemap and a file of titles for a search. Links between texts are followed by Hugo
through a hook; stock Pelican follows only its own form of them and is spared the work.
"""

import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import texts, write_corpus
from bench.peers import peer

ROOT = Path(__file__).resolve().parents[1]
THEMES = Path(__file__).with_name("peer_themes")
NOW = "2026-11-22T09:00:00"
PAGE = "procedures/procedure-00003.md"
"""The page that is edited: a procedure which conditions name."""

BODY = "\n\nAnother sentence at the end.\n"


DAY = ("cold", "nothing changed", "body", "title", "template", "settings")
"""The cases; those after "nothing changed" are edits."""


@dataclass(frozen=True)
class Generator:
    """One generator with its site in a folder.

    `command` builds it. `outputs` are what it makes and keeps, of which a cold build has nothing. `edits` change its
    sources, another time in another way, by the number given: "body" one page's text, "title" one page's title,
    "template" the template of a kind of page, "settings" the name of the clinic, which every page shows. `cases` are
    what it is measured at: where an edit costs what a cold build costs, that is measured once.
    """

    name: str
    folder: Path
    command: tuple[str, ...]
    outputs: tuple[str, ...]
    edits: dict[str, Callable[[int], None]]
    cases: tuple[str, ...] = DAY

    def forget(self) -> None:
        """Takes away what it made and kept."""
        for name in self.outputs:
            shutil.rmtree(self.folder / name, ignore_errors=True)


def ours(folder: Path, pages: int) -> list[Generator]:
    """Ours, as a project of its own: the command `build`, and the same through Pelican."""
    shutil.copytree(ROOT / "clinic", folder / "clinic", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "theme", folder / "theme")
    for name in ("tasks.py", "pelicanconf.py", "publishconf.py", "requirements.txt"):
        shutil.copy(ROOT / name, folder / name)
    write_corpus(folder / "content", pages)
    edits = _edits(
        folder, "theme/templates/procedure.html", "content/clinic.yaml", r"(?m)^name: .*$", "name: Clinic {}"
    )
    build = (sys.executable, "tasks.py", "build")
    through = (sys.executable, "-m", "pelican", "--quiet", "-s", "pelicanconf.py", "-o", "through")
    return [
        Generator("ours", folder, build, ("output", ".cache"), edits),
        Generator("ours, through pelican", folder, through, ("through", ".cache"), edits, DAY[1:3]),
    ]


def pelican(folder: Path, pages: int) -> list[Generator]:
    """Stock Pelican without and with its caches."""
    _write(folder / "content", folder / "content" / "images", pages, _header_of_pelican)
    shutil.copytree(THEMES / "pelican", folder / "theme")
    shutil.copy(THEMES / "pelicanconf.py", folder / "pelicanconf.py")
    edits = _edits(
        folder, "theme/templates/article.html", "pelicanconf.py", r"(?m)^SITENAME = .*$", 'SITENAME = "Clinic {}"'
    )
    program = (sys.executable, "-m", "pelican", "--quiet", "content", "-o", "output", "-s", "pelicanconf.py")
    kept = (*program[:-4], "-o", "again", "-s", "pelicanconf.py", "-e", "CACHE_CONTENT=true", "LOAD_CONTENT_CACHE=true")
    return [
        Generator("Pelican", folder, program, ("output",), edits, DAY[:1]),
        Generator("Pelican with its caches", folder, kept, ("again", "cache"), edits, DAY[:3]),
    ]


def hugo(folder: Path, pages: int) -> list[Generator]:
    """Hugo. It has no incremental build: each is whole."""
    _write(folder / "content", folder / "static" / "images", pages, lambda header, _: header)
    shutil.copytree(THEMES / "hugo", folder, dirs_exist_ok=True)
    edits = _edits(folder, "layouts/_default/single.html", "hugo.toml", r"(?m)^title = .*$", 'title = "Clinic {}"')
    build = (str(peer("hugo")), "--quiet", "--noBuildLock")
    return [Generator("Hugo", folder, build, ("public", "resources"), edits, DAY[:3])]


def _write(folder: Path, images: Path, pages: int, header: Callable[[str, str], str]) -> None:
    for path, text in texts(pages):
        _, said, body = text.split("---\n", 2)
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(header(f"---\n{said}---\n", path) + body, encoding="utf-8")
    shutil.copytree(ROOT / "content" / "images", images, ignore=shutil.ignore_patterns("*.yaml"))


def _header_of_pelican(header: str, path: str) -> str:
    """Lines of `Key: value`: what is more than one line becomes one."""
    fields = dict(re.findall(r"(?m)^(\w+): (\S.*)$", header))
    source = re.search(r"title: (A named.*)\n(?:.*\n)*? +url: (\S+)", header)
    lines = [f"{name.capitalize()}: {value.strip('[]')}" for name, value in fields.items() if name != "author"]
    return (
        "\n".join([*lines, f"Source: {source[1]}, {source[2]}" if source else "", f"Slug: {Path(path).stem}", ""])
        + "\n"
    )


def _edits(folder: Path, template: str, settings: str, name: str, other: str) -> dict[str, Callable[[int], None]]:
    page = folder / "content" / PAGE

    def change(file: Path, make: Callable[[str], str]) -> None:
        file.write_text(make(file.read_text(encoding="utf-8")), encoding="utf-8")

    return {
        "body": lambda number: change(page, lambda text: f"{text}{BODY.rstrip()} {number}.\n"),
        "title": lambda number: change(
            page, lambda text: re.sub(r"(?mi)^(title:).*$", rf"\1 A new name {number}", text, count=1)
        ),
        "template": lambda number: change(
            folder / template, lambda text: re.sub(r"(</article>)", rf"<!-- {number} -->\1", text, count=1)
        ),
        "settings": lambda number: change(
            folder / settings, lambda text: re.sub(name, other.format(number), text, count=1)
        ),
    }
