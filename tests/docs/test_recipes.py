"""The recipes of docs/architecture.md and docs/theme.md work: a copy of the repository passes lint and tests."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LEFT_OUT = shutil.ignore_patterns(
    ".*", "__pycache__", "output", "output-live", "public", "node_modules", "bench", "browser"
)
OTHERS_MATTER = ("PYTEST_", "COV_", "CLINIC_", "GIT_")
"""Beginnings of environment variables that belong to the run of this test, not to what it starts."""

GUIDE = "tests/docs/test_editing.py"
GENERATED = ("tests/theme/test_docs.py", "tests/theme/test_texts.py", f"{GUIDE}::test_the_tables_of_fields_are_current")
RECIPES = {
    "Add a field": ("tests/theme/test_pronouns.py", f"{GUIDE}::test_every_field_that_can_be_written_is_in_a_table"),
    "Add a care card": ("tests/docs/test_cards.py",),
    "Add a component": ("tests/theme/test_components.py", "tests/theme/test_templates.py"),
}
"""Each recipe with the tests that it must pass, beside the rules of the house and those of generated documents."""


def recipe(name: str) -> str:
    """The difference that a recipe shows."""
    page = "\n".join((ROOT / "docs" / guide).read_text(encoding="utf-8") for guide in ("architecture.md", "theme.md"))
    found = re.search(rf"^###? {name}\n.*?^```diff\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert found, name
    return found[1]


def touched(difference: str) -> list[str]:
    """The files that a difference changes."""
    return re.findall(r"^\+\+\+ b/(\S+)$", difference, re.MULTILINE)


def passes(arguments: Sequence[str], folder: Path, given: str | None = None) -> None:
    """Runs a program in a folder; what it says is the failure where it does not end well."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OTHERS_MATTER)}
    environment["GIT_CEILING_DIRECTORIES"] = str(folder.parent)
    done = subprocess.run(
        arguments, cwd=folder, env=environment, input=given, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(arguments)}\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_is_short(name: str) -> None:
    difference = recipe(name)
    assert 1 <= len(touched(difference)) <= 5
    assert len(re.findall(r"^[+-](?![+-])", difference, re.MULTILINE)) <= 35


FIRST, *OTHERS = RECIPES


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", [FIRST, *(pytest.param(name, marks=pytest.mark.slow) for name in OTHERS)])
def test_a_recipe_passes_style_types_and_tests(name: str, tmp_path: Path) -> None:
    scratch = tmp_path / "repository"
    shutil.copytree(ROOT, scratch, ignore=LEFT_OUT)
    difference = recipe(name)
    passes(["git", "apply", "--whitespace=nowarn", "-"], scratch, difference)
    python = [path for path in touched(difference) if path.endswith(".py")]
    assert python
    passes([sys.executable, "tasks.py", "docs"], scratch)
    passes([sys.executable, "-m", "ruff", "check", "--no-cache", *python], scratch)
    passes([sys.executable, "-m", "ruff", "format", "--no-cache", "--check", *python], scratch)
    passes([sys.executable, "-m", "mypy", *python], scratch)
    passes([sys.executable, "-m", "pytest", *RECIPES[name], *GENERATED, "tests/test_house.py"], scratch)
