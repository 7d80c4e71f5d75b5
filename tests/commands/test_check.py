"""`check` in all its forms, and how commands end."""

import json
import os
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from clinic.commands.checking import check
from clinic.commands.ends import Exit
from clinic.commands.running import run
from clinic.commands.settings import Settings, load
from clinic.library.audience import Audience

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-11-22T09:00:00"
PAGE = "conditions/low-back-pain.md"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    content = Path(shutil.copytree(ROOT / "tests/site", tmp_path / "content"))
    return Settings(content, tmp_path / "output", tmp_path / "cache", ROOT / "theme", Audience.EDITORS, now=NOW)


def change(settings: Settings, old: str, new: str, path: str = PAGE) -> None:
    page = settings.content / path
    text = page.read_text(encoding="utf-8")
    assert text.count(old) == 1
    page.write_text(text.replace(old, new), encoding="utf-8")


def test_a_good_site_has_no_problem(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(settings) is Exit.DONE
    said, errors = capsys.readouterr()
    assert re.fullmatch(r"\d+ pages checked: no problems\.\n", said)
    assert errors == ""


def test_json_is_one_object_in_order(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    change(settings, "treatments: [nerve-block]", "treatments: [nerve-blok]")
    change(settings, "title: Low back pain\n", "titel: Low back pain\n")
    assert check(settings, form="json") is Exit.PROBLEMS
    said = json.loads(capsys.readouterr().out)
    assert list(said) == ["version", "now", "files", "pages", "problems"]
    assert (said["version"], said["now"]) == (1, "2026-11-22T09:00:00-08:00")
    places = [(each["path"], each["line"], each["column"], each["code"]) for each in said["problems"]]
    assert places == sorted(places)
    assert (PAGE, 2, 1, "FM051") in places
    fields = {"code", "severity", "path", "line", "column", "end_line", "end_column", "message", "hint"}
    assert all(set(each) == fields for each in said["problems"])


def test_github_annotations_name_the_file_as_the_repository_does(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    change(settings, "treatments: [nerve-block]", "treatments: [nerve-blok]")
    check(settings, form="github")
    said = capsys.readouterr().out
    assert said.startswith("::error file=")
    assert f"content/{PAGE},line=7" in said


def test_fix_mends_what_is_sure_and_nothing_twice(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    change(settings, "treatments: [nerve-block]", "treatments: nerve-blok")
    change(settings, "title: Low back pain\n", "titel: Low back pain\n")
    assert check(settings, fix=True) is Exit.DONE
    assert "3 problems mended" in capsys.readouterr().out
    good = (ROOT / "tests/site" / PAGE).read_bytes()
    assert (settings.content / PAGE).read_bytes() == good
    assert check(settings, fix=True) is Exit.DONE
    assert "mended" not in capsys.readouterr().out
    left = sorted(path.name for path in (settings.content / "conditions").iterdir())
    assert left == ["heel-pain.md", "low-back-pain.md"]


def test_strict_makes_warnings_count(settings: Settings) -> None:
    change(settings, "title: Low back pain\n", f"title: Low back pain{' and more' * 12}\n")
    assert check(settings) is Exit.DONE
    assert check(settings, strict=True) is Exit.PROBLEMS


def test_an_unknown_form_is_wrong_use(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(lambda: check(settings, form="xml")) == Exit.MISUSE
    assert "text, json, github" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["check", "publish", "plan", "migrate", "health", "preview", "approve"])
def test_help_says_what_each_option_is_for(name: str) -> None:
    shown = subprocess.run(
        [sys.executable, "tasks.py", "--help", name], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    known = runpy.run_path(str(ROOT / "tasks.py"))[name].help  # of its own: invoke takes help away as it reads it
    options = {
        option.replace("_", "-") for option in re.findall(r"--(?:\[no-\])?([\w-]+)", shown.partition("Options:")[2])
    }
    assert options
    assert options <= set(known)
    told = " ".join(shown.split())
    assert [option for option in options if known[option] not in told] == []


@pytest.mark.parametrize(
    "arguments", [["bild"], ["check", "--bogus"], ["check", "--format", "xml"], ["build", "--now", "soon"]]
)
def test_wrong_use_ends_with_2_and_one_sentence(arguments: list[str], tmp_path: Path) -> None:
    aside = ["--output", str(tmp_path / "o"), "--cache", str(tmp_path / "c")] if arguments[0] == "build" else []
    done = subprocess.run(
        [sys.executable, "tasks.py", *arguments, *aside], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "o").exists()


def test_a_mistake_of_ours_is_said_without_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> Exit:
        raise RuntimeError("inner words")

    assert run(broken) == Exit.FAULT
    said = capsys.readouterr().err
    assert "not yours" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("SITEURL = 5", "SITEURL"),
        ('SITEURL = "clinic"', "SITEURL"),
        ("THEME = None", "THEME"),
        ('CLINIC_AUDIENCE = "all"', "CLINIC_AUDIENCE"),
        ("PUBLISH_TARGET = []", "PUBLISH_TARGET"),
        ("this is no Python", "line 1"),
        ("import no_such_thing", "line 1"),
    ],
)
def test_a_wrong_setting_is_told_in_a_sentence(
    setting: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "conf.py").write_text(setting)
    relative = os.path.relpath(tmp_path / "conf.py", ROOT)
    assert run(lambda: check(load(relative, cache=str(tmp_path / "cache")))) == Exit.MISUSE
    said = capsys.readouterr().err
    assert told in said
    assert len(said.strip().splitlines()) == 1


def test_run_py_needs_the_standard_library_only_and_is_short() -> None:
    text = (ROOT / "run.py").read_text()
    assert len(text.splitlines()) < 80
    imported = set(re.findall(r"^(?:import|from) (\w+)", text, re.MULTILINE))
    assert imported <= set(sys.stdlib_module_names)
