"""The same content, moment and versions give the same bytes anywhere, and by whichever command (design.md, rule 3)."""

import os
import random
import shutil
from pathlib import Path
from typing import Self

import pytest

from tests.harness import SITE
from tests.laws.project import Project, scratch_project
from tests.laws.world import NOW, ROOT, SEED, difference, files_of, small_world

ELSEWHERE = {"PYTHONHASHSEED": "4242", "LC_ALL": "de_DE.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati"}


def with_equal_dates(folder: Path) -> Path:
    """The small good site with every announcement made on one day, so that no date can put them in order."""
    content = Path(shutil.copytree(SITE, folder / "equal"))
    for page in sorted((content / "announcements").glob("*.md")):
        rows = page.read_text(encoding="utf-8").split("\n")
        kept = [row for row in rows if not row.startswith("supersedes:")]
        page.write_text("\n".join("date: 2026-06-01" if row.startswith("date:") else row for row in kept), "utf-8")
    return content


def shuffle(folder: Path, chance: random.Random) -> None:
    """Makes every file of a folder anew in another order, each with another time."""
    files = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    shutil.rmtree(folder)
    for path in chance.sample(sorted(files), len(files)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[path])
        moment = chance.randrange(1, 2_000_000_000)
        os.utime(path, (moment, moment))


@pytest.fixture(scope="module", params=["small site", "equal dates", "sample site"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A content folder, and what `build` makes of it here."""
    root = tmp_path_factory.mktemp("here")
    content = {"small site": SITE, "sample site": ROOT / "content"}.get(request.param) or with_equal_dates(root)
    here = scratch_project(root / "project", content)
    ran = here.task("build", "--now", NOW)
    assert ran.code in {0, 1}, ran.errors
    return content, files_of(here.root / "output")


def test_other_path_seed_locale_zone_order_and_times_same_bytes(
    built: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    content, files = built
    there = scratch_project(tmp_path / "a much longer path, with spaces" / "and ünïcode", content)
    shuffle(there.content, random.Random(SEED))
    shuffle(there.root / "theme", random.Random(SEED))
    ran = there.task("build", "--now", NOW, **ELSEWHERE)
    assert ran.code in {0, 1}, ran.errors
    assert difference(files, files_of(there.root / "output")) == []


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with the small good site."""
    return scratch_project(tmp_path_factory.mktemp("project") / "project")


def test_pelican_and_invoke_build_the_same_bytes(project: Project) -> None:
    task = project.task("build", "--now", NOW, "--output", "one", "--cache", "cache-one")
    invoke = project.invoke("build", "--now", NOW, "--output", "two", "--cache", "cache-two", PYTHONHASHSEED="7")
    pelican = project.pelican("content", "-s", "pelicanconf.py", "-o", "three", TZ="Asia/Tokyo", PYTHONHASHSEED="8")
    assert [task.code, invoke.code, pelican.code] == [0, 0, 0], task.errors + invoke.errors + pelican.errors
    files = files_of(project.root / "one")
    assert len(files) > 25
    assert difference(files, files_of(project.root / "two")) == []
    assert difference(files, files_of(project.root / "three")) == []


def test_pelican_with_publishconf_builds_what_publish_builds(project: Project) -> None:
    published = project.task("publish", "--now", NOW, "--target", "public", "--allow-samples")
    pelican = project.pelican("content", "-s", "publishconf.py", "-o", "live-by-pelican")
    assert [published.code, pelican.code] == [0, 0], published.errors + pelican.errors
    files = files_of(project.root / "output-live")
    assert b"Our plans" not in b"".join(files.values()), "drafts are for editors only"
    assert difference(files, files_of(project.root / "live-by-pelican")) == []


SCANDIR = os.scandir


class Backwards:
    """A disk that lists its files in the other order."""

    def __init__(self, path: str = ".") -> None:
        with SCANDIR(path) as found:
            self._found = iter(sorted(found, key=lambda entry: entry.name, reverse=True))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Everything was read at once."""

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> "os.DirEntry[str]":
        return next(self._found)


def test_the_order_in_which_a_disk_lists_its_files_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = small_world(tmp_path)
    world.build()
    other = world.into(tmp_path / "again", tmp_path / "cache-again")
    monkeypatch.setattr(os, "scandir", Backwards)
    other.build()
    monkeypatch.undo()
    assert difference(files_of(world.output), files_of(other.output)) == []
