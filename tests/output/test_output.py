"""The output is whole: a full disk, a crash between any two steps, folders that are not ours."""

import errno
import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from clinic.manifest import PAGE_CACHE, read_manifest
from clinic.output import BUILD, MANIFEST, Output, OutputError, OutputFault, Written
from clinic.staging import Made, Wanted
from tests.laws.world import files_of

SITE = "https://clinic.example.com/"


class Crash(BaseException):
    """The process is gone: nothing of ours runs after it."""


def wanted(files: dict[str, str]) -> list[Wanted]:
    """Files to be, from their texts."""

    def one(key: str, text: str) -> Wanted:
        return Wanted(
            key=key,
            fingerprint=text,
            content_type="text/html; charset=utf-8",
            cache_control=PAGE_CACHE,
            role="page",
            make=lambda: Made(text.encode()),
        )

    return [one(key, text) for key, text in sorted(files.items())]


class Folder:
    """An output and its cache."""

    def __init__(self, root: Path) -> None:
        self.folder, self.cache = root / "output", root / "cache"

    @property
    def output(self) -> Output:
        """The output, as a new process would name it."""
        return Output(self.folder, self.cache)

    def write(self, files: dict[str, str], *, anew: bool = False) -> Written:
        """Makes the output hold these files."""
        with self.output.held():
            return self.output.write(wanted(files), site=SITE, build=str.encode, anew=anew)

    def texts(self) -> dict[str, str]:
        """What is there, but for the two notes."""
        found = {key: body.decode() for key, body in files_of(self.folder).items()}
        return {key: text for key, text in found.items() if key not in {MANIFEST, BUILD}}


@pytest.fixture
def here(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


OLD = {"index.html": "old", "same/index.html": "same", "gone/index.html": "gone", "deep/a/b/index.html": "deep"}
NEW = {"index.html": "new", "same/index.html": "same", "more/index.html": "more", "deep": "a file now"}


class Steps:
    """Counts every step that changes a disk, and stops before the one that is named."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, stop: Callable[[], BaseException], at: int = -1) -> None:
        self.taken = 0
        self._stop, self._at, self._monkeypatch = stop, at, monkeypatch
        for room, name in (
            *((Path, name) for name in ("replace", "unlink", "rmdir", "mkdir", "write_bytes")),
            (os, "fsync"),
            (shutil, "rmtree"),
        ):
            self._watch(room, name)

    def _watch(self, room: object, name: str) -> None:
        real = getattr(room, name)

        def step(*arguments: object, **named: object) -> object:
            if "lock" not in str(arguments[0]) and not named.get("ignore_errors"):
                self.taken += 1
                if self.taken == self._at:
                    raise self._stop()
            return real(*arguments, **named)

        self._monkeypatch.setattr(room, name, step)


def full() -> BaseException:
    return OSError(errno.ENOSPC, "No space left on device", "somewhere")


def steps_of_a_change(root: Path) -> int:
    """How many steps it takes to get from the old files to the new ones."""
    here = Folder(root)
    here.write(OLD)
    with pytest.MonkeyPatch.context() as monkeypatch:
        steps = Steps(monkeypatch, full)
        here.write(NEW)
    return steps.taken


def test_a_crash_before_any_step_leaves_one_of_both_and_the_next_run_finishes(tmp_path: Path) -> None:
    count = steps_of_a_change(tmp_path / "counted")
    assert count > 15
    journals = 0
    for at in range(1, count + 1):
        here = Folder(tmp_path / str(at))
        here.write(OLD)
        with pytest.MonkeyPatch.context() as monkeypatch:
            Steps(monkeypatch, Crash, at)
            with pytest.raises(Crash):
                here.write(NEW)
        journal = here.output._journal.exists()
        journals += journal
        if not journal:
            assert here.texts() in (OLD, NEW), "before the journal nothing has changed, after it all is done"
        here.output.check(tmp_path / "content")
        written = here.write(NEW)
        assert here.texts() == NEW, at
        assert written.recovered == journal
        assert not here.output._journal.exists()
        assert sorted(path.name for path in (tmp_path / str(at)).iterdir()) == ["cache", "output"]
        assert here.write(NEW).written == ()
    assert journals > 3


def test_after_a_crash_other_content_may_be_wanted(tmp_path: Path) -> None:
    count = steps_of_a_change(tmp_path / "counted")
    for at in range(1, count + 1):
        here = Folder(tmp_path / str(at))
        here.write(OLD)
        with pytest.MonkeyPatch.context() as monkeypatch:
            Steps(monkeypatch, Crash, at)
            with pytest.raises(Crash):
                here.write(NEW)
        third = {"index.html": "third", "gone/index.html": "back"}
        here.write(third)
        assert here.texts() == third


def test_a_full_disk_at_any_step_is_one_sentence_and_what_was_there_is_whole(tmp_path: Path) -> None:
    count = steps_of_a_change(tmp_path / "counted")
    said = 0
    for at in range(1, count + 1):
        here = Folder(tmp_path / str(at))
        here.write(OLD)
        before = files_of(here.folder)
        with pytest.MonkeyPatch.context() as monkeypatch:
            Steps(monkeypatch, full, at)
            fault = fault_of(partial(here.write, NEW))
        if fault:
            said += 1
            begun = here.output._journal.exists()
            assert "disk is full" in fault
            assert ("Nothing was changed" in fault) is not begun
            assert begun or files_of(here.folder) == before
        here.write(NEW)
        assert here.texts() == NEW
    assert said > 10


def fault_of(work: Callable[[], object]) -> str:
    """What is said when the machine fails; nothing where it does not."""
    try:
        work()
    except OutputFault as fault:
        return str(fault)
    return ""


def test_a_full_disk_leaves_nothing_staged_for_good(here: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        Steps(patch, full, 4)
        with pytest.raises(OutputFault):
            here.write(OLD)
    here.write(OLD)
    assert here.texts() == OLD
    assert not list(here.folder.parent.glob(".*"))


@pytest.mark.parametrize("damage", [b"", b"{", b"null", b'{"staging": 1}', b"\xff"])
def test_a_journal_that_can_not_be_read_is_no_journal(damage: bytes, here: Folder) -> None:
    here.write(OLD)
    here.output._journal.write_bytes(damage)
    assert here.write(NEW).recovered is False
    assert here.texts() == NEW


@pytest.mark.parametrize("damage", [b"", b"\x00", b"\xc1" * 40, b"null"])
def test_a_memory_that_can_not_be_read_costs_time_only(damage: bytes, here: Folder) -> None:
    here.write(OLD)
    here.output._memory.write_bytes(damage)
    again = here.write(OLD)
    assert len(again.rendered) == len(OLD)
    assert again.written == ()


def test_only_what_changed_is_made_and_written(here: Folder) -> None:
    first = here.write(OLD)
    assert set(first.rendered) == set(first.written) == set(OLD)
    second = here.write(NEW)
    assert set(second.rendered) == set(second.written) == {"index.html", "more/index.html", "deep"}
    assert set(second.removed) == {"gone/index.html", "deep/a/b/index.html"}
    third = here.write(NEW)
    assert (third.rendered, third.written, third.removed) == ((), (), ())


def test_empty_folders_go_with_their_last_page(here: Folder) -> None:
    here.write(OLD)
    here.write({"index.html": "x"})
    assert [path.name for path in here.folder.iterdir() if path.is_dir()] == []


def test_a_file_where_a_folder_must_be_and_a_folder_where_a_file_must_be(here: Folder) -> None:
    here.write({"a": "file", "b/index.html": "page"})
    here.write({"a/index.html": "page", "b": "file"})
    assert here.texts() == {"a/index.html": "page", "b": "file"}
    here.write({"a": "file", "b/index.html": "page"})
    assert here.texts() == {"a": "file", "b/index.html": "page"}


def test_changed_by_hand_is_made_right_again(here: Folder) -> None:
    here.write(OLD)
    (here.folder / "index.html").write_text("odd")
    (here.folder / "same/index.html").unlink()
    assert set(here.write(OLD).written) == {"index.html", "same/index.html"}
    assert here.texts() == OLD


def test_the_time_of_a_young_file_is_not_believed(here: Folder) -> None:
    """Changed within the same tick of the disk's clock, with as many bytes: only the bytes tell."""
    here.write(OLD)
    file = here.folder / "index.html"
    before = file.stat().st_mtime_ns
    file.write_text("odd")
    os.utime(file, ns=(before, before))
    assert here.write(OLD).written == ("index.html",)


def test_files_of_others_in_our_output_stay_unless_asked(here: Folder) -> None:
    here.write(OLD)
    (here.folder / "notes.txt").write_text("mine")
    here.output.check(here.folder.parent / "content")
    here.write(NEW)
    assert here.texts() == {**NEW, "notes.txt": "mine"}
    here.write(NEW, anew=True)
    assert here.texts() == NEW


def test_the_manifest_names_every_file_with_its_digest(here: Folder) -> None:
    manifest = here.write(OLD).manifest
    assert read_manifest((here.folder / MANIFEST).read_bytes()) == manifest
    assert (here.folder / BUILD).read_bytes() == manifest.digest.encode()
    assert set(manifest.files) == set(OLD)


def test_a_lost_manifest_is_made_anew_where_the_cache_knows_the_files(here: Folder) -> None:
    here.write(OLD)
    for text in (None, b"", b'{"name": "somebody else\'s"}'):
        if text is None:
            (here.folder / MANIFEST).unlink()
        else:
            (here.folder / MANIFEST).write_bytes(text)
        here.output.check(here.folder.parent / "content")
        here.write(OLD)
        here.write(NEW)
        here.write(OLD)
        assert here.texts() == OLD


def test_another_programs_folder_is_never_taken_for_ours(here: Folder) -> None:
    """A web app has a manifest.json too."""
    here.folder.mkdir()
    (here.folder / MANIFEST).write_text('{"name": "An app", "icons": []}')
    (here.folder / "app.js").write_text("their work")
    with pytest.raises(OutputError, match="not built here"):
        here.output.check(here.folder.parent / "content")
    assert (here.folder / "app.js").read_text() == "their work"


def test_a_manifest_that_names_files_outside_removes_nothing_there(here: Folder) -> None:
    here.write(OLD)
    outside = here.folder.parent / "precious.txt"
    outside.write_text("mine")
    text = (here.folder / MANIFEST).read_text()
    (here.folder / MANIFEST).write_text(text.replace('"gone/index.html"', '"../precious.txt"'))
    here.write(NEW)
    assert outside.read_text() == "mine"


def test_an_output_that_is_held_says_so(here: Folder) -> None:
    with here.output.held(), pytest.raises(OutputFault, match="Another build"), here.output.held(wait=0):
        pytest.fail("two builds at once")


def test_an_output_on_a_disk_of_its_own_is_staged_on_it(here: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files can't be renamed from one disk to another."""
    here.write(OLD)
    real, moved = Path.stat, []

    def other_disk(path: Path, **named: bool) -> os.stat_result:
        found = real(path, **named)
        if path != here.folder:
            return found
        return os.stat_result((*found[:2], found.st_dev + 1, *found[3:10]))

    replace = Path.replace

    def watched(path: Path, target: Path) -> Path:
        if Path(target).is_relative_to(here.folder):
            moved.append(path)
        return replace(path, target)

    monkeypatch.setattr(Path, "stat", other_disk)
    monkeypatch.setattr(Path, "replace", watched)
    here.write(NEW)
    assert moved
    assert all(path.is_relative_to(here.folder) for path in moved)
    assert here.texts() == NEW
