"""A build where nothing changed since the last one only makes sure of that; of anything else it looks at all."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from clinic import rules
from clinic.commands import gathering
from clinic.commands.building import build, build_for_patients
from clinic.commands.ends import Exit, Misuse
from clinic.commands.gathering import Gathered
from clinic.commands.manner import Manner
from clinic.commands.settings import Settings
from clinic.content import read_content
from clinic.library.audience import Audience
from clinic.output import BUILD, MANIFEST
from clinic.problems import NOWHERE
from clinic.problems.catalogue.whole import CHECK_STOPPED

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-11-22T09:00:00"
PAGE = "conditions/low-back-pain.md"
SERVED = "conditions/low-back-pain/index.html"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    content = Path(shutil.copytree(ROOT / "tests/site", tmp_path / "content"))
    theme = Path(shutil.copytree(ROOT / "theme", tmp_path / "theme"))
    return Settings(content, tmp_path / "output", tmp_path / "cache", theme, Audience.EDITORS, now=NOW)


def bytes_below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("audience", list(Audience))
def test_a_second_build_looks_at_nothing_again_and_says_the_same(
    audience: Audience, settings: Settings, looks: list[Gathered], capsys: pytest.CaptureFixture[str]
) -> None:
    page = settings.content / PAGE
    if audience is Audience.EDITORS:
        page.write_text(page.read_text(encoding="utf-8") + "\n![](../images/walk.png)\n", encoding="utf-8")
    make = build if audience is Audience.EDITORS else build_for_patients
    settings = replace(settings, audience=audience)
    first = make(settings, Manner())
    told = capsys.readouterr()
    there = bytes_below(settings.output)
    second = make(settings, Manner())
    again = capsys.readouterr()
    assert len(looks) == 1
    assert second == first
    assert again.err == told.err
    assert ("IMG001" in told.err) == (audience is Audience.EDITORS)
    assert "Nothing changed. " in again.out
    assert again.out.partition("is in the folder")[2] == told.out.partition("is in the folder")[2]
    assert bytes_below(settings.output) == there


def _text(settings: Settings) -> Settings:
    page = settings.content / PAGE
    page.write_text(page.read_text(encoding="utf-8") + "\nOne sentence more.\n", encoding="utf-8")
    return settings


def _picture(settings: Settings) -> Settings:
    shutil.copy(settings.content / "images/walk.png", settings.content / "images/other.png")
    return settings


def _template(settings: Settings) -> Settings:
    template = settings.theme / "templates/condition.html"
    template.write_text(template.read_text(encoding="utf-8").replace("</article>", "<hr></article>"), encoding="utf-8")
    return settings


def _styles(settings: Settings) -> Settings:
    (sheet, *_) = sorted((settings.theme / "static").rglob("*.css"))
    sheet.write_text(sheet.read_text(encoding="utf-8") + "\nhr { color: red }\n", encoding="utf-8")
    return settings


def _page_by_hand(settings: Settings) -> Settings:
    page = settings.output / SERVED
    page.write_bytes(page.read_bytes().replace(b"pain", b"PAIN"))
    return settings


def _page_gone(settings: Settings) -> Settings:
    (settings.output / SERVED).unlink()
    return settings


def _page_a_folder(settings: Settings) -> Settings:
    (settings.output / SERVED).unlink()
    (settings.output / SERVED).mkdir()
    return settings


def _manifest(settings: Settings) -> Settings:
    manifest = settings.output / MANIFEST
    manifest.write_bytes(manifest.read_bytes().replace(b"conditions", b"CONDITIONS", 1))
    return settings


def _record(settings: Settings) -> Settings:
    (settings.output / BUILD).unlink()
    return settings


def _output(settings: Settings) -> Settings:
    shutil.rmtree(settings.output)
    return settings


def _cache(settings: Settings) -> Settings:
    shutil.rmtree(settings.cache)
    return settings


def _scribbled_cache(settings: Settings) -> Settings:
    for path in settings.cache.rglob("*"):
        if path.is_file():
            path.write_bytes(b"\x00scribble" + path.read_bytes()[:40])
    return settings


def _killed(settings: Settings) -> Settings:
    (settings.output.parent / f".{settings.output.name}.staged").mkdir()
    return settings


def _killed_at_its_end(settings: Settings) -> Settings:
    (memory,) = (settings.cache / "outputs").glob("*.msgpack")
    memory.with_suffix(".journal").write_text('{"staging": "nowhere", "put": [], "remove": []}', encoding="utf-8")
    return settings


CHANGES: dict[str, Callable[[Settings], Settings]] = {
    "a text": _text,
    "a picture that no page shows": _picture,
    "a template": _template,
    "a stylesheet": _styles,
    "the address": lambda settings: replace(settings, url="https://elsewhere.example.org/"),
    "the day": lambda settings: replace(settings, now="2031-01-01T00:00:00"),
    "a page changed by hand": _page_by_hand,
    "a page that is gone": _page_gone,
    "a folder in place of a page": _page_a_folder,
    "the manifest": _manifest,
    "the record of the build": _record,
    "no output": _output,
    "no cache": _cache,
    "a scribbled cache": _scribbled_cache,
    "a build that was killed": _killed,
    "a build that was killed at its end": _killed_at_its_end,
    "another output": lambda settings: replace(settings, output=settings.output.with_name("other")),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_whatever_changed_is_seen(
    change: Callable[[Settings], Settings], settings: Settings, looks: list[Gathered], tmp_path: Path
) -> None:
    build(settings, Manner())
    settings = change(settings)
    build(settings, Manner())
    assert len(looks) == 2
    clean = replace(settings, output=tmp_path / "clean", cache=tmp_path / "clean.cache")
    build(clean, Manner())
    assert bytes_below(settings.output) == bytes_below(clean.output)
    build(settings, Manner())
    assert len(looks) == 3, "and that is remembered in turn"


def test_a_link_to_nowhere_beside_the_templates_is_no_hindrance(settings: Settings, looks: list[Gathered]) -> None:
    """Emacs marks a file that is being written so."""
    (settings.theme / "templates/.#condition.html").symlink_to("somebody@somewhere.1234")
    build(settings, Manner())
    build(settings, Manner())
    assert len(looks) == 1


@pytest.mark.parametrize("how", [Manner(anew=True), Manner(verbose=True)])
def test_who_asks_for_more_gets_it(how: Manner, settings: Settings, looks: list[Gathered]) -> None:
    build(settings, Manner())
    build(settings, how)
    assert len(looks) == 2


def test_strict_is_asked_anew(settings: Settings, looks: list[Gathered]) -> None:
    page = settings.content / PAGE
    page.write_text(
        page.read_text(encoding="utf-8") + "\n![A picture of a hill.](../images/walk.png)\n", encoding="utf-8"
    )
    lax = build(settings, Manner())
    strict = build(settings, Manner(strict=True))
    assert (lax.exit, strict.exit) == (Exit.DONE, Exit.PROBLEMS)
    assert len(looks) == 2


def test_settings_that_contradict_the_clinic_are_told_each_time(settings: Settings) -> None:
    build(settings, Manner())
    for _ in range(2):
        with pytest.raises(Misuse, match=r"clinic\.yaml decides"):
            build(replace(settings, stated=(("SITENAME", "Another clinic"),)), Manner())


def test_what_changes_during_a_build_is_built_by_the_next(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, looks: list[Gathered]
) -> None:
    def then_saved(*arguments: object, **named: object) -> object:
        found = read_content(*arguments, **named)  # type: ignore[arg-type]
        _text(settings)
        return found

    with monkeypatch.context() as during:
        during.setattr(gathering, "read_content", then_saved)
        build(settings, Manner())
    build(settings, Manner())
    assert len(looks) == 2
    assert b"One sentence more." in (settings.output / SERVED).read_bytes()


def test_a_fault_of_ours_is_not_remembered(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, looks: list[Gathered]
) -> None:
    stopped = CHECK_STOPPED("clinic.yaml", NOWHERE, family="links")
    with monkeypatch.context() as during:
        during.setattr(gathering, "problems_of", lambda *_, **__: (*rules.problems_of(*_, **__), stopped))
        build(settings, Manner())
    build(settings, Manner())
    assert len(looks) == 2
