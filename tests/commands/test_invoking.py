"""What invoke imports and our tasks never use is loaded once it is asked for, and is then the same."""

import importlib.metadata
import subprocess
import sys
import unittest.mock
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def ran(code: str) -> str:
    """What a fresh process says that goes through the door."""
    code = f"import sys\nfrom clinic.commands import invoking\n{code}"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


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
