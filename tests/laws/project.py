"""A scratch copy of the whole project, and its commands as processes of their own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.harness import SITE
from tests.laws.world import NOW, ROOT

PARTS = ("clinic", "theme", "tasks.py", "pelicanconf.py", "publishconf.py", "requirements.txt")


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it said."""

    code: int
    said: str
    errors: str


@dataclass(frozen=True)
class Project:
    """The project in a folder of its own: what its commands write stays there."""

    root: Path

    @property
    def content(self) -> Path:
        """Its content folder."""
        return self.root / "content"

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        """Starts Python with these arguments in the project's folder; of our own environment it gets only PATH."""
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=self.root,
            env=_environment(environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def python(self, *arguments: str, **environment: str) -> Ran:
        """Runs Python with these arguments in the project's folder."""
        process = self.start(*arguments, **environment)
        said, errors = process.communicate(timeout=300)
        return Ran(process.returncode, said, errors)

    def task(self, *arguments: str, **environment: str) -> Ran:
        """Runs a task, as run.py does."""
        return self.python("tasks.py", *arguments, **environment)

    def pelican(self, *arguments: str, **environment: str) -> Ran:
        """Runs Pelican's own command at the moment of the small good site."""
        return self.python("-m", "pelican", *arguments, **{"CLINIC_NOW": NOW, **environment})

    def invoke(self, *arguments: str, **environment: str) -> Ran:
        """Runs invoke's own command."""
        return self.python("-m", "invoke", *arguments, **environment)


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR") if name in os.environ}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1", "HOME": kept.get("HOME", "/nonexistent"), **more}


def scratch_project(root: Path, content: Path = SITE) -> Project:
    """Copies the project and a content folder."""
    root.mkdir(parents=True)
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, root / part)
        else:
            shutil.copyfile(ROOT / part, root / part)
    shutil.copytree(content, root / "content")
    return Project(root)
