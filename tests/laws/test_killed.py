"""kill -9 at any moment of `build` and `publish`: what is there is whole, and the next run finishes."""

import hashlib
import random
import shutil
import time
from pathlib import Path

import pytest

from clinic.build import _named
from clinic.manifest import read_manifest
from clinic.output import BUILD, MANIFEST
from clinic.release import open_target
from clinic.release.state import load_manifest, read_head
from clinic.render import links_of
from tests.laws.project import Project, scratch_project
from tests.laws.world import NOW, SEED, difference, files_of, share

KILLS = 50
LATER = "2026-12-26T09:00:00"
BUILDING = ("build",)
PUBLISHING = ("publish", "--target", "public", "--allow-samples")


def edit(project: Project, number: int) -> None:
    """A change to every page, to the stylesheet, and one page more or less: there is much to write and to remove."""
    shutil.rmtree(project.content / "reviews", ignore_errors=True)  # nobody signs these changes
    for page in sorted(project.content.rglob("*.md")):
        page.write_text(f"{page.read_text(encoding='utf-8')}\nEdit number {number}.\n", encoding="utf-8")
    sheet = min((project.root / "theme" / "static").rglob("*.css"))
    sheet.write_text(f"{sheet.read_text(encoding='utf-8')}\np {{ --edit: {number} }}\n", encoding="utf-8")
    extra = project.content / "pages" / "extra.md"
    if extra.exists():
        extra.unlink()
    else:
        extra.write_text(f"---\ntitle: Extra {number}\nsummary: More.\n---\n\nMore.\n", encoding="utf-8")
    plans = project.content / "pages" / "plans.md"
    plans.write_text(f"---\ntitle: Our plans\nsummary: Plans.\nstatus: draft\n---\n\nPlans {number}.\n", "utf-8")


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Project, dict[str, float]]:
    """A project built and released before and after an edit, with how long the second run of each command took."""
    old = scratch_project(tmp_path_factory.mktemp("killed") / "old")
    new = Project(old.root.parent / "new")
    for command in (BUILDING, PUBLISHING):
        ran = old.task(*command, "--now", NOW)
        assert ran.code == 0, ran.errors
    shutil.copytree(old.root, new.root)
    edit(new, 1)
    lasted = {}
    for command in (BUILDING, PUBLISHING):
        began = time.monotonic()
        ran = new.task(*command, "--now", NOW, "--output", f"{command[0]}-output", "--cache", f"{command[0]}-cache")
        assert ran.code == 0, ran.errors
        lasted[command[0]] = time.monotonic() - began
    return old, new, lasted


def assert_whole(folder: Path, allowed: list[dict[str, bytes]]) -> None:
    """What the folder's manifest names is there as it says, unless a journal waits to be finished.

    `allowed` are the outputs that it may be: a build in between is none of them.
    """
    files = {key: body for key, body in files_of(folder).items() if not key.startswith(".staged/")}
    assert any(files == each for each in allowed), [difference(files, each) for each in allowed]


def interrupted(project: Project) -> bool:
    """Whether a journal says what remains to be done."""
    return any(project.root.rglob("*.journal"))


@pytest.mark.parametrize("case", share(KILLS, 5))
@pytest.mark.parametrize("command", [BUILDING, PUBLISHING], ids=lambda command: str(command[0]))
def test_killed_at_any_moment_all_is_whole_and_the_next_run_finishes(
    command: tuple[str, ...], case: int, twice: tuple[Project, Project, dict[str, float]], tmp_path: Path
) -> None:
    old, new, lasted = twice
    project = Project(Path(shutil.copytree(old.root, tmp_path / "project")))
    edit(project, 1)
    output = "output" if command == BUILDING else "output-live"
    chance = random.Random(SEED * 1000 + case)
    process = project.start("tasks.py", *command, "--now", NOW)
    # Most of a run is spent on starting Python: the second half is where the disk changes.
    time.sleep(chance.triangular(0.2, 1.05, 0.85) * lasted[command[0]])
    process.kill()
    process.communicate()

    before, after = files_of(old.root / output), files_of(new.root / f"{command[0]}-output")
    if not interrupted(project):
        assert_whole(project.root / output, [before, after])
    assert_patients_get_whole_pages(project)

    ran = project.task(*command, "--now", NOW)
    assert ran.code == 0, ran.errors
    assert difference(files_of(project.root / output), after) == []
    assert not interrupted(project)
    assert not list(project.root.glob(".*.staged"))
    if command == PUBLISHING:
        assert difference(files_of(project.root / "public"), files_of(new.root / "public")) == []


def assert_patients_get_whole_pages(project: Project) -> None:
    """Every published address answers with the bytes of one release, and whatever its page names is there."""
    store = open_target("public", root=project.root).store
    head, _ = read_head(store)
    assert head.current is not None
    names = [head.current.manifest, *(head.intent.manifests if head.intent else ())]
    manifests = [load_manifest(store, name) for name in names]
    there = files_of(project.root / "public")
    assert set(manifests[0].files) <= set(there), "no published address is gone while a release is under way"
    for key, body in there.items():
        digests = {manifest.files[key].sha256 for manifest in manifests if key in manifest.files}
        digests |= {gone.file.sha256 for name, gone in head.tombstones.items() if name == key}  # old assets go later
        assert hashlib.sha256(body).hexdigest() in digests, key
        if key.endswith(".html"):
            links, assets = _named(links_of(body), key, "")
            assert {*links, *assets} <= set(there), key


def test_two_builds_at_once_do_not_mix(twice: tuple[Project, Project, dict[str, float]], tmp_path: Path) -> None:
    old, _, _ = twice
    project = Project(Path(shutil.copytree(old.root, tmp_path / "project")))
    edit(project, 2)
    processes = [project.start("tasks.py", "build", "--now", now) for now in (NOW, LATER, NOW)]
    for process in processes:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
    output = project.root / "output"
    manifest = read_manifest((output / MANIFEST).read_bytes())
    assert set(files_of(output)) == {*manifest.files, MANIFEST, BUILD}
    for key, file in manifest.files.items():
        assert hashlib.sha256((output / key).read_bytes()).hexdigest() == file.sha256
    assert manifest.digest.encode() in (output / BUILD).read_bytes()
