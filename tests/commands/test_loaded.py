"""What a command loads: a library that has nothing to do with what changed is not loaded for it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-11-22T09:00:00"

PROGRAM = """
import atexit, runpy, sys
atexit.register(lambda: print("LOADED", *sorted(sys.modules)))
sys.argv[1:] = {arguments!r}
runpy.run_path("tasks.py", run_name="__main__")
"""

NEVER = {"http", "multiprocessing", "urllib.request"}
"""Nothing but a server, a bucket or much work needs these; invoke itself loads more than that."""
ROOMS = {
    f"clinic.{name}" for name in ("drafting", "health", "migrating", "preview", "release", "schemas", "theme_docs")
}
"""Rooms of other commands."""
DRAWING = {
    "PIL.AvifImagePlugin",
    "PIL.ImageCms",
    "PIL.ImageDraw",
    "PIL.JpegImagePlugin",
    "clinic.projections.cards",
    "clinic.projections.icons",
    "tinycss2",
    "xml.sax",
}
"""What opens and draws pictures."""
CATALOGUES = {"babel.messages.catalog", "babel.messages.pofile"}
"""What reads and checks interface texts."""
MAKING = {
    "babel",
    "jinja2",
    "markdown",
    "phonenumbers",
    "PIL",
    "clinic.build",
    "clinic.content",
    "clinic.rules",
}
"""What reads, checks and makes pages."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Content that was built and checked once."""
    root = tmp_path_factory.mktemp("loaded")
    shutil.copytree(ROOT / "tests" / "site", root / "content")
    loaded(root, "build")
    return root


def loaded(root: Path, command: str, edit: str = "") -> set[str]:
    """The modules that a command has loaded at its end, after a sentence was added to a page."""
    page = root / "content" / "conditions" / "low-back-pain.md"
    if edit:
        page.write_text(f"{page.read_text(encoding='utf-8').rstrip()}\n\n{edit}\n", encoding="utf-8")
    places = [f"--{name}={root / name}" for name in ("content", "output", "cache")]
    program = PROGRAM.format(arguments=[command, *places, f"--now={NOW}"])
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stderr
    return set(done.stdout.rpartition("LOADED ")[2].split())


def test_a_build_after_an_edit_loads_nothing_that_draws_sends_or_serves(folder: Path) -> None:
    found = loaded(folder, "build", "One sentence more.")
    assert "clinic.rules" in found
    assert found & (NEVER | ROOMS | DRAWING | CATALOGUES) == set()


def test_a_check_after_an_edit_loads_nothing_that_makes_pages(folder: Path) -> None:
    found = loaded(folder, "check", "Another sentence.")
    assert "clinic.rules" in found
    assert found & (NEVER | ROOMS | DRAWING | CATALOGUES | {"babel", "jinja2", "clinic.build", "clinic.views"}) == set()


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_command_that_finds_nothing_changed_loads_nothing_that_reads_pages(command: str, folder: Path) -> None:
    loaded(folder, command)
    found = loaded(folder, command)
    assert "clinic.source.digests" in found
    assert found & (NEVER | ROOMS | DRAWING | CATALOGUES | MAKING) == set()
