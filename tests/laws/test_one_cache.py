"""One cache and several builds at once, as in an office with a preview open, or on a runner that does two things."""

from pathlib import Path

from tests.laws.project import scratch_project
from tests.laws.world import NOW, difference, files_of


def test_builds_that_share_a_cache_at_the_same_time_are_each_right(tmp_path: Path) -> None:
    project = scratch_project(tmp_path / "project")
    alone = project.task("build", "--now", NOW, "--output", "alone", "--cache", "cache-alone")
    assert alone.code == 0, alone.errors
    several = [
        project.start("tasks.py", "build", "--now", NOW, "--output", f"output-{number}", "--cache", "cache")
        for number in range(3)
    ]
    for each in several:
        said, errors = each.communicate(timeout=300)
        assert each.returncode == 0, said + errors
    clean = files_of(project.root / "alone")
    for number in range(3):
        assert difference(files_of(project.root / f"output-{number}"), clean) == []
    after = project.task("build", "--now", NOW, "--output", "output-3", "--cache", "cache")
    assert after.code == 0, after.errors
    assert difference(files_of(project.root / "output-3"), clean) == []
