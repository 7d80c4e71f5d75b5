"""What invoke imports and our tasks never use is loaded once it is asked for, and is then the same."""

import importlib.metadata
import os
import subprocess
import sys
import unittest.mock
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def ran(code: str, **more: str) -> str:
    """What a fresh process says that goes through the door."""
    code = f"import sys\nfrom clinic.commands import invoking\n{code}"
    environment = os.environ | more
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout.strip()


def test_tasks_load_neither_mocks_nor_yaml_nor_email() -> None:
    loaded = (
        "print(sorted({'asyncio', 'email', 'importlib.metadata', 'invoke.vendor.yaml', 'unittest'} & set(sys.modules)))"
    )
    assert ran(loaded) == "[]"


def test_they_are_what_they_were_once_they_are_asked_for() -> None:
    files = "print([sys.modules[name].__file__ for name in ('unittest.mock', 'importlib.metadata')])"
    found = ran(f"import importlib.metadata\nimport unittest.mock\n{files}")
    assert found == str([unittest.mock.__file__, importlib.metadata.__file__])
    assert ran("import invoke.vendor.yaml as its\nprint(its.__file__ is not None, its.safe_load('a: [1]'))") == (
        "True {'a': [1]}"
    )


def test_invoke_works_with_all_of_it(tmp_path: Path) -> None:
    settings = tmp_path / "invoke.yaml"
    settings.write_text("run:\n  shell: /bin/other\n", encoding="utf-8")
    read = f"made = Config(runtime_path={str(settings)!r})\nmade.load_runtime()"
    assert ran(f"from invoke import Config\n{read}\nprint(made.run.shell)") == "/bin/other"
    mocked = "from invoke import MockContext, Result\nmade = MockContext(run=Result('said'), repeat=True)"
    assert ran(f"{mocked}\nprint(made.run('x').stdout, made.run.called)") == "said True"
    assert ran("import invoke\nprint(invoke.__version__)") == importlib.metadata.version("invoke")


@pytest.mark.parametrize(("said", "option", "kept"), [("", "", True), ("1", "", False), ("1", "--write-pyc", True)])
def test_python_keeps_what_it_compiled_unless_it_was_told_not_to(said: str, option: str, kept: bool) -> None:  # noqa: FBT001
    """Invoke would have each command compile the whole generator anew."""
    made = "from clinic.commands.program import Tasks\ntasks = Tasks(namespace=invoking.Collection())"
    parsed = f"tasks.create_config()\ntasks.parse_core(['clinic', *{option.split()!r}])"
    assert ran(f"{made}\n{parsed}\nprint(not sys.dont_write_bytecode)", PYTHONDONTWRITEBYTECODE=said) == str(kept)
