"""What documents told is had from the cache by the next process, for as long as nothing shapes it anew."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from clinic import crew, rules
from clinic.cache import Cache
from clinic.content import read_content
from clinic.library.audience import Audience
from clinic.library.document import Document
from clinic.library.library import Library, build_library
from clinic.library.timeline import Timeline
from clinic.problems import Problem
from clinic.rules import claims, grade, kept, passages, problems_of, structure
from tests.harness import NOW, condition

MISTAKES = condition(
    "Back pain that lasts",
    "We guarantee that it goes away.",
    "The the pain is cured. We guarantee relief. Radiculopathy anesthetizes. Call us at\n",
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    from tests.harness import good_site  # noqa: PLC0415 - beside its only use

    folder = good_site(tmp_path)
    (folder / "conditions" / "back.md").write_text(MISTAKES, encoding="utf-8")
    return folder


def library_of(folder: Path, cache: Cache) -> Library:
    content = read_content(folder, cache)
    assert content.material is not None
    return build_library(content.material, Timeline(NOW), Audience.EDITORS)


def told(folder: Path, cache_folder: Path | None) -> tuple[Problem, ...]:
    """As one process after the other is told: with documents that it has never seen."""
    with Cache(cache_folder) as cache:
        return problems_of(library_of(folder, cache), cache)


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that the rule of claims splits into words, by path."""
    asked: list[str] = []
    real: Callable[..., object] = passages.pages_of

    def pages(document: object) -> object:
        asked.append(getattr(document, "path", ""))
        return real(document)

    monkeypatch.setattr(claims, "pages_of", pages)
    return asked


def test_the_second_process_is_told_the_same_and_asks_nothing(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = counted(monkeypatch)
    first = told(site, tmp_path / "cache")
    assert {"CLM001", "STR010", "LNG006"} <= {one.code for one in first}
    assert "conditions/back.md" in asked
    asked.clear()
    assert told(site, tmp_path / "cache") == first
    assert asked == []
    assert told(site, None) == first


def test_only_what_changed_is_asked(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told(site, tmp_path / "cache")
    (site / "conditions" / "back.md").write_text(MISTAKES.replace("We guarantee relief. ", ""), encoding="utf-8")
    asked = counted(monkeypatch)
    again = told(site, tmp_path / "cache")
    assert asked == ["conditions/back.md"]
    assert again == told(site, None)


def test_a_list_of_the_clinic_and_a_name_of_another_page_shape_it_anew(site: Path, tmp_path: Path) -> None:
    long = "Thoracodynia is bad. It is thoracodynia. " * 12
    (site / "conditions" / "back.md").write_text(MISTAKES + f".\n\n{long}\n", encoding="utf-8")
    before = told(site, tmp_path / "cache")
    shutil.copy(site / "conditions" / "back.md", site / "conditions" / "other.md")
    other = site / "conditions" / "other.md"
    other.write_text(MISTAKES.replace("Back pain that lasts", "Thoracodynia"), encoding="utf-8")
    after = told(site, tmp_path / "cache")
    assert after == told(site, None)
    hard = [one for one in before if one.code == "LNG001" and one.path.endswith("back.md")]
    assert hard
    assert hard != [one for one in after if one.code == "LNG001" and one.path.endswith("back.md")]
    (site / "lists").mkdir(exist_ok=True)
    (site / "lists" / "headings.toml").write_text('[condition]\nsymptoms = ["What it is"]\n', encoding="utf-8")
    assert told(site, tmp_path / "cache") == told(site, None)


def test_what_is_damaged_in_the_cache_is_found_anew(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = told(site, tmp_path / "cache")
    with Cache(None) as nothing:
        library = library_of(site, nothing)
    monkeypatch.setattr(Cache, "get", lambda _self, _key: b"\xc1?!")
    with Cache(tmp_path / "cache") as cache:
        assert problems_of(library, cache) == first


def test_a_rule_that_stops_is_asked_again_by_the_next_process(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stops(_: object) -> object:
        raise AttributeError

    with monkeypatch.context() as broken:
        broken.setattr(structure, "pages_of", stops)
        assert "SITE039" in {one.code for one in told(site, tmp_path / "cache")}
    assert told(site, tmp_path / "cache") == told(site, None)


def test_names_that_a_document_does_not_hold_ask_nothing_anew(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(site, tmp_path / "cache")
    named = MISTAKES.replace("Back pain that lasts", "Hyperparathyroidism")
    (site / "conditions" / "other.md").write_text(named, encoding="utf-8")
    asked: list[str] = []
    real = grade.of

    def of(document: Document, measure: grade.Measure) -> Iterator[Problem]:
        asked.append(document.path)
        yield from real(document, measure)

    monkeypatch.setattr(grade, "of", of)
    told(site, tmp_path / "cache")
    assert asked == ["conditions/other.md"]


def test_a_value_is_known_by_its_contents_in_a_key() -> None:
    assert kept._tag(frozenset({"b", "a"})) == kept._tag(frozenset({"a", "b"})) != kept._tag(frozenset({"a"}))
    assert kept._tag("en") != kept._tag("es")
    assert kept._tag(value=True) != kept._tag(value=False)
    assert kept._tag(re.compile("x")) is None, "what can't be written is not remembered"


@pytest.mark.parametrize("count", [2, 3, 64])
def test_how_many_processes_ask_changes_nothing(
    count: int, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "_can_copy", lambda: True)
    monkeypatch.setattr(crew, "FEW", 1)
    alone = told(site, None)
    monkeypatch.setattr(crew, "hands", lambda: count)
    assert told(site, tmp_path / "cache") == alone
    asked = counted(monkeypatch)
    assert told(site, tmp_path / "cache") == alone
    assert asked == [], "what other processes were told is remembered too"


def test_a_rule_that_stops_in_a_copy_is_told_of(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stops(_: object) -> object:
        raise AttributeError

    monkeypatch.setattr(crew, "_can_copy", lambda: True)
    monkeypatch.setattr(crew, "FEW", 1)
    monkeypatch.setattr(crew, "hands", lambda: 2)
    monkeypatch.setattr(structure, "pages_of", stops)
    found = told(site, tmp_path / "cache")
    assert "SITE039" in {one.code for one in found}
    assert {"CLM001", "LNG006"} <= {one.code for one in found}, "the other families go on"


def test_families_that_go_document_by_document_are_families() -> None:
    assert {name for name, _ in rules.FAMILIES} > rules.ONE_BY_ONE
