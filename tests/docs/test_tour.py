"""The README's tour, taken by a test: each change applies, each command says what the page shows."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.tour import Change, Command, steps

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
STEPS = tuple(steps(README))


def same(text: str) -> str:
    """What must be the same: every word. Numbers of pages and files grow with the sample content."""
    return re.sub(r"\d+ (?=(?:new )?(?:pages?|files?|more)\b)", "N ", text)


def test_the_tour_has_changes_and_commands() -> None:
    assert sum(isinstance(step, Change) for step in STEPS) == 2
    assert {step.task[0] for step in STEPS if isinstance(step, Command)} >= {"publish", "plan", "check", "rollback"}


@pytest.mark.timeout(300)
def test_the_tour_says_what_it_shows(tmp_path: Path) -> None:
    project = tmp_path / "clinic-site"
    project.mkdir()
    for name in ("clinic", "content", "theme"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("tasks.py", "pelicanconf.py", "publishconf.py", "requirements.txt"):
        shutil.copy(ROOT / name, project / name)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "CLINIC_"))}
    environment |= {"CLINIC_CALLED": "python3 run.py", "CLINIC_NOW": "2026-11-22T09:00:00", "NO_COLOR": "1"}
    environment["GIT_CEILING_DIRECTORIES"] = str(tmp_path)
    for step in STEPS:
        if isinstance(step, Change):
            done = ran(["git", "apply", "-"], project, environment, step.difference)
            assert done.returncode == 0, done.stdout
        else:
            done = ran([sys.executable, "tasks.py", *step.task], project, environment)
            assert same(re.sub(r"\n{3,}", "\n\n", done.stdout).strip()) == same(step.says), step.task


def ran(
    arguments: list[str], folder: Path, environment: dict[str, str], given: str | None = None
) -> subprocess.CompletedProcess[str]:
    """What a program says on both its outputs, as they come."""
    return subprocess.run(
        arguments,
        cwd=folder,
        env=environment,
        input=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
