"""`publish` in CI: a fresh checkout with the cache of the run before, and a target. What differs is made and sent."""

import os
import shutil
from pathlib import Path

from tests.laws.project import Project, scratch_project
from tests.laws.world import NOW

PAGE = "pages/accessibility.md"


def fresh(before: Project, root: Path) -> Project:
    """What a runner checks out, with the cache that the run before left, and nothing else of it."""
    project = scratch_project(root)
    shutil.rmtree(project.content)
    shutil.copytree(before.content, project.content)
    shutil.copytree(before.root / ".cache", project.root / ".cache")
    for number, path in enumerate(sorted(project.content.rglob("*"))):
        os.utime(path, (number, number))
    return project


def files(target: Path) -> dict[str, tuple[int, int]]:
    """Which files are there, each told from another that was written in its place."""
    return {
        path.relative_to(target).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in target.rglob("*.html")
    }


def published(project: Project, target: Path) -> None:
    ran = project.task("publish", "--target", str(target), "--now", NOW)
    assert ran.code == 0, ran.said + ran.errors


def test_only_what_differs_is_sent(tmp_path: Path) -> None:
    target = tmp_path / "target"
    first = scratch_project(tmp_path / "first")
    published(first, target)
    before = files(target)
    assert len(before) > 20
    second = fresh(first, tmp_path / "second")
    published(second, target)
    assert files(target) == before, "nothing changed"
    page = second.content / PAGE
    page.write_text(page.read_text(encoding="utf-8") + "\nNew words.\n", encoding="utf-8")
    published(fresh(second, tmp_path / "third"), target)
    after = files(target)
    assert {key for key in after if after[key] != before.get(key)} == {"accessibility/index.html"}
    assert b"New words." in (target / "accessibility/index.html").read_bytes()
