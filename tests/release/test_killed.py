"""kill -9 of a real process at random moments: the site is whole, and the next run finishes at once."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from clinic.release.directory import DirectoryStore
from clinic.release.state import read_head
from clinic.release.verify import verify
from tests.release.world import assert_is, broken, small

ROOT = Path(__file__).parents[2]


def start(root: Path, *arguments: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.release.killed", str(root), *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def finish(root: Path, name: str) -> str:
    process = start(root, name)
    said, faults = process.communicate(timeout=120)
    assert process.returncode == 0, faults
    return said


@pytest.mark.parametrize("moments", [6, pytest.param(60, marks=pytest.mark.slow)])
def test_killed_at_any_moment_the_site_is_whole_and_the_next_run_finishes(tmp_path: Path, moments: int) -> None:
    sites = {name: small(name, pages=40 if name == "a" else 30) for name in ("a", "b")}
    for name, site in sites.items():
        site.write(tmp_path / name)
        (tmp_path / f"{name}.json").write_bytes(site.manifest.to_bytes())
    store = DirectoryStore(tmp_path / "public")
    began = time.monotonic()
    finish(tmp_path, "a")
    whole = time.monotonic() - began
    chance = random.Random(2026)
    interrupted = 0
    for moment in range(moments):
        name = "ba"[moment % 2]
        process = start(tmp_path, name)
        time.sleep(chance.uniform(0, whole / 2))
        process.kill()
        process.communicate()
        assert broken(store) == []
        head, _ = read_head(store)
        said = finish(tmp_path, name)
        if head.intent is not None:
            interrupted += 1
            assert "was interrupted before" in said
        assert_is(store, sites[name])
        assert [one for one in verify(store, "there") if one.what != "foreign"] == []
    assert interrupted
