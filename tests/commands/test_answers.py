"""A second `check` of the same content only makes sure that it is the same; of anything else it looks at all."""

import os
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest

from clinic import rules
from clinic.cache import Cache
from clinic.commands import gathering
from clinic.commands.answers import Answer, ask
from clinic.commands.checking import FORMATS, check
from clinic.commands.gathering import Gathered, gather
from clinic.commands.settings import Settings
from clinic.content import read_content
from clinic.library.audience import Audience
from clinic.problems import NOWHERE
from clinic.problems.catalogue.whole import CHECK_STOPPED

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-11-22T09:00:00"
PAGE = "conditions/low-back-pain.md"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    content = Path(shutil.copytree(ROOT / "tests/site", tmp_path / "content"))
    page = content / PAGE
    page.write_text(page.read_text(encoding="utf-8") + "\n![](../images/walk.png)\n", encoding="utf-8")
    return Settings(content, tmp_path / "output", tmp_path / "cache", ROOT / "theme", Audience.EDITORS, now=NOW)


def asked(settings: Settings) -> Answer:
    with Cache(settings.cache) as cache:
        return ask(settings, cache, Audience.EDITORS)


def believe(settings: Settings) -> None:
    """Lets the memory of the files be so much younger than they are that what the disk says of them is believed."""
    (memory,) = settings.cache.glob("digests-*")
    later = time.time() + 60
    os.utime(memory, (later, later))


def test_what_is_remembered_is_what_was_found(settings: Settings, looks: list[Gathered]) -> None:
    first = asked(settings)
    assert first.problems
    assert asked(settings) == first
    assert len(looks) == 1
    assert first.pages == len(looks[0].content.documents)


@pytest.mark.parametrize("form", FORMATS)
def test_it_is_shown_in_the_same_words(
    form: str, settings: Settings, looks: list[Gathered], capsys: pytest.CaptureFixture[str]
) -> None:
    shown = [(check(settings, form=form), capsys.readouterr()) for _ in range(2)]
    assert shown[0] == shown[1]
    assert len(looks) == 1


def test_a_change_that_the_clock_does_not_show_is_seen(settings: Settings, looks: list[Gathered]) -> None:
    """Same size, same time: some programs copy files so."""
    page = settings.content / PAGE
    before = asked(settings)
    believe(settings)
    seen = page.stat()
    page.write_text(page.read_text(encoding="utf-8").replace("![](", "![]["), encoding="utf-8")
    os.utime(page, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert page.stat().st_size == seen.st_size
    assert asked(settings).problems != before.problems
    assert len(looks) == 2


def test_old_files_are_not_read_again(
    settings: Settings, looks: list[Gathered], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once they were older than the memory of them by more than a disk's clock can err."""
    asked(settings)
    believe(settings)
    monkeypatch.setattr("clinic.source.digests.digest_of", lambda *_: pytest.fail("it was read again"))
    asked(settings)
    assert len(looks) == 1


def test_the_moments_that_matter_are_heeded(settings: Settings, looks: list[Gathered]) -> None:
    asked(settings)
    library = looks[0].library
    assert library is not None
    last, following = library.timeline.last, library.timeline.coming[0]
    assert last is not None

    def at(moment: str) -> int:
        asked(replace(settings, now=moment))
        return len(looks)

    assert at(last.isoformat()) == 1
    assert at(following.isoformat()) == 2
    assert at(last.isoformat()) == 3, "time can go back too"


def test_what_is_said_of_the_clinic_is_asked_each_time(settings: Settings, looks: list[Gathered]) -> None:
    asked(settings)
    asked(replace(settings, stated=(("SITENAME", "Example Clinic"),)))
    assert len(looks) == 2


@pytest.mark.parametrize("spoiled", ["digests-*", "values.sqlite"])
def test_a_spoiled_memory_costs_time_only(spoiled: str, settings: Settings) -> None:
    first = asked(settings)
    for file in settings.cache.glob(spoiled):
        file.write_bytes(b"\x00not what was there" * 99)
    assert asked(settings) == first


def test_content_that_changes_while_it_is_read_is_read_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = settings.content / PAGE
    calls: list[None] = []

    def meanwhile(*arguments: object, **named: object) -> Gathered:
        found = gather(*arguments, **named)  # type: ignore[arg-type]
        if not calls:
            page.write_text(page.read_text(encoding="utf-8") + "\n[here](nowhere.md)\n", encoding="utf-8")
        calls.append(None)
        return found

    monkeypatch.setattr(gathering, "gather", meanwhile)
    before = asked(settings)
    assert asked(settings).problems != before.problems
    assert len(calls) == 2


def test_a_fault_of_ours_is_not_remembered(
    settings: Settings, looks: list[Gathered], monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = CHECK_STOPPED("clinic.yaml", NOWHERE, family="links")
    with monkeypatch.context() as broken:
        broken.setattr(rules, "check_all", lambda *_: (stopped,))
        assert any(problem.code == "SITE039" for problem in asked(settings).problems)
    assert all(problem.code != "SITE039" for problem in asked(settings).problems)
    assert len(looks) == 2


def test_texts_come_only_from_files_that_may_be_shown(settings: Settings) -> None:
    """A page with a patient's details is never kept, not even in the memory of an answer."""
    page = settings.content / "pages/private.md"
    page.write_text("---\ntitle: A page\nsummary: One.\n---\n\nHis SSN is 536-22-8817.\n", encoding="utf-8")
    answer = asked(settings)
    assert any(problem.path == "pages/private.md" for problem in answer.problems)
    assert "pages/private.md" not in answer.texts
    assert all(b"536-22-8817" not in file.read_bytes() for file in settings.cache.rglob("*") if file.is_file())
    with Cache(None) as cache:
        assert "pages/private.md" not in read_content(settings.content, cache).texts
