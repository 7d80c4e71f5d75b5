"""Bad folders, targets, settings and moments: one sentence, exit 2 or 3, nothing touched."""

import errno
import os
from pathlib import Path

import pytest

from clinic.commands.building import build
from clinic.commands.ends import Misuse
from clinic.commands.manner import Manner
from clinic.commands.publishing import Asked, publish
from clinic.commands.running import run
from clinic.commands.settings import from_pelican
from clinic.library.audience import Audience
from clinic.manifest import is_manifest
from tests.laws.world import World, difference, files_of, small_world


def refused(world: World, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The exit code and the words of a build that is refused, and that nothing was touched."""
    root = world.content.parent
    before = files_of(root)
    capsys.readouterr()
    code = run(lambda: build(world.settings, Manner()).exit)
    said, errors = capsys.readouterr()
    after = {key: body for key, body in files_of(root).items() if not key.startswith("cache/")}
    assert difference({key: body for key, body in before.items() if not key.startswith("cache/")}, after) == []
    assert said == ""
    assert errors.count("\n") == 1, errors
    assert "Errno" not in errors
    assert "Traceback" not in errors
    return code, errors


@pytest.fixture
def world(tmp_path: Path) -> World:
    return small_world(tmp_path)


def test_no_content_folder(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    code, errors = refused(world.told(content=world.content / "gone"), capsys)
    assert (code, "no content folder" in errors) == (2, True)


def test_an_empty_content_folder(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    empty = world.content.parent / "empty"
    empty.mkdir()
    code, errors = refused(world.told(content=empty), capsys)
    assert (code, "is empty" in errors) == (2, True)


def test_a_content_folder_that_is_a_file(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    code, errors = refused(world.told(content=world.content / "clinic.yaml"), capsys)
    assert (code, "not a folder" in errors) == (2, True)


def test_an_output_that_is_a_file(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.output.write_text("mine")
    code, errors = refused(world, capsys)
    assert (code, "is a file" in errors) == (2, True)


@pytest.mark.parametrize("place", ["content", "content/output", "content/pages", "."])
def test_output_and_content_in_one_another(place: str, world: World, capsys: pytest.CaptureFixture[str]) -> None:
    code, errors = refused(world.told(output=world.content.parent / place), capsys)
    assert (code, "inside" in errors) == (2, True)


def test_output_and_content_in_one_another_by_a_link(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    link = world.content.parent / "link"
    link.symlink_to(world.content, target_is_directory=True)
    code, _ = refused(world.told(output=link / "output"), capsys)
    assert code == 2


def test_an_output_with_files_of_others(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    (world.output / "photos").mkdir(parents=True)
    (world.output / "photos" / "one.jpg").write_bytes(b"mine")
    code, errors = refused(world, capsys)
    assert (code, "not built here" in errors) == (2, True)


@pytest.mark.parametrize("error", [errno.EACCES, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_disk_that_does_not_take_the_output(
    error: int, world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.write_bytes

    def refuse(path: Path, data: bytes) -> int:
        if ".staged" in str(path):
            raise OSError(error, os.strerror(error), str(path))
        return real(path, data)

    world.build()
    world.change("pages/home.md", "We treat back pain.", "We treat backs.")
    monkeypatch.setattr(Path, "write_bytes", refuse)
    before = files_of(world.output)
    capsys.readouterr()
    assert run(lambda: build(world.settings, Manner()).exit) == 3
    said, errors = capsys.readouterr()
    assert (said, errors.count("\n")) == ("", 1)
    assert files_of(world.output) == before
    monkeypatch.undo()
    assert run(lambda: build(world.settings, Manner()).exit) == 0


def test_a_cache_that_can_not_be_written_costs_time_only(world: World) -> None:
    world.build()
    values = world.settings.cache / "values.sqlite"
    values.unlink()
    values.mkdir()
    assert world.build().parsed == 18


@pytest.mark.parametrize("place", ["output", "output/public", "content/public", ".", "cache/x"])
def test_a_target_that_lies_in_what_it_is_made_from(
    place: str, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.build()
    before = files_of(world.output)
    capsys.readouterr()
    bad = world.told(target=str(world.content.parent / place), audience=Audience.PATIENTS)
    assert run(lambda: publish(bad.settings, Asked())) == 2
    said, errors = capsys.readouterr()
    assert (said, errors.count("\n")) == ("", 1)
    assert files_of(world.output) == before


@pytest.mark.parametrize(
    ("setting", "value", "word"),
    [
        ("PATH", 3, "PATH"),
        ("OUTPUT_PATH", ["output"], "OUTPUT_PATH"),
        ("OUTPUT_PATH", None, "OUTPUT_PATH"),
        ("THEME", {"a": 1}, "THEME"),
        ("CLINIC_CACHE", True, "CLINIC_CACHE"),
        ("CLINIC_AUDIENCE", "everybody", "CLINIC_AUDIENCE"),
        ("PUBLISH_TARGET", 1.5, "PUBLISH_TARGET"),
        ("SITEURL", "clinic.example.com", "SITEURL"),
        ("SITEURL", "ftp://clinic.example.com", "SITEURL"),
        ("SITEURL", "https://clinic.example.com/?a=b", "SITEURL"),
        ("SITEURL", "https://[broken", "SITEURL"),
        ("SITEURL", b"https://clinic.example.com", "SITEURL"),
    ],
)
def test_a_setting_of_the_wrong_type_is_one_sentence(setting: str, value: object, word: str, tmp_path: Path) -> None:
    with pytest.raises(Misuse) as refused:
        from_pelican({setting: value}, tmp_path)
    assert word in str(refused.value)
    assert "\n" not in str(refused.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("setting", "value"), [("SITENAME", "Another clinic"), ("TIMEZONE", "Asia/Tokyo"), ("DEFAULT_LANG", "es")]
)
def test_what_the_settings_say_of_the_clinic_must_be_what_clinic_yaml_says(
    setting: str, value: str, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    code, errors = refused(world.told(stated=((setting, value),)), capsys)
    assert code == 2
    assert setting in errors
    assert "clinic.yaml" in errors


@pytest.mark.parametrize("now", ["yesterday", "2026-13-01", "2026-11-01T01:30:00", "2027-03-14T02:30:00"])
def test_a_moment_that_is_none_is_one_sentence(now: str, world: World, capsys: pytest.CaptureFixture[str]) -> None:
    code, errors = refused(world.at(now), capsys)
    assert code == 2
    assert now in errors


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ('{"site": "https://example.org/", "files": {}, "version": 1}', True),
        ('{"site": "https://example.org/", "files": {"a.html": 3}}', True),
        ('{"site": "https://example.org/", "files": []}', False),
        ('{"site": "https://example.org/", "files": {}, "version": 2}', False),
        ('{"name": "An app", "icons": [], "start_url": "/"}', False),
        ('{"site": "https://example.org/", "files": {"a.html": ', False),
        ("", False),
    ],
)
def test_a_manifest_is_known_from_what_other_programs_call_so(text: str, ours: bool) -> None:  # noqa: FBT001 - a column of a table
    assert is_manifest(text.encode()) is ours
    assert not is_manifest(text.encode() + b"\xff")
