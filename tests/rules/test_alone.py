"""What documents told by themselves is remembered by sheets, for as long as nothing that shaped it changes."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from clinic.cache import Cache
from clinic.content import read_content
from clinic.library.audience import Audience
from clinic.library.document import Document
from clinic.library.library import Library, build_library
from clinic.library.timeline import Timeline
from clinic.model.kinds import Kind
from clinic.problems import NOWHERE, Problem
from clinic.problems.catalogue.whole import CHECK_STOPPED
from clinic.rules import FAMILIES, ONE_BY_ONE, alone, check_all, problems_of
from clinic.rules.grade import names_of
from tests.harness import NOW, SITE, condition, good_site

SEED = 20261122
DIGEST = 16
"""Bytes before each value in the file of a cache."""

WORDY = "Thoracodynia is thoracodynia, and whoever suffers thoracodynia considers meralgia. " * 9
"""Hard to read, but for names."""

SAID = (
    "We guarantee relief. The the cure is here.",
    "Call us at 503-555-0100, or at 503-555-0177.",
    "Come to 1 Example Street, or to 17 Another Avenue.",
    "Alice Morgan has had sciatica for years. Anna Nowak was cured.",
    "Write to alice@gmail.com.",
    "[here](http://www.example.com) and [here](gone.md)",
    "Last month we moved. On Monday, November 3, 2026 we open.",
    "Take 5.0 mg. Stop your warfarin.",
    "The zygomatic plexus utilizes the frobnicator.",
)
"""What rules of many families speak of, on one ground or on another."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = good_site(tmp_path)
    for number, said in enumerate(SAID):
        write(folder, f"page-{number}", f"{WORDY}\n\n{said}\n")
    return folder


def write(folder: Path, name: str, body: str, *, title: str = "", summary: str = "What is known.") -> None:
    text = condition(title or f"Of {name}", summary, body)
    (folder / "conditions" / f"{name}.md").write_text(text, encoding="utf-8")


def library_of(folder: Path) -> Library:
    content = read_content(folder, Cache(None))
    assert content.material is not None
    return build_library(content.material, Timeline(NOW), Audience.EDITORS)


def told(folder: Path, cache_folder: Path) -> tuple[Problem, ...]:
    """As one process after the other is told: with documents that it has never seen."""
    with Cache(cache_folder) as cache:
        return problems_of(library_of(folder), cache)


def from_nothing(folder: Path) -> tuple[Problem, ...]:
    return problems_of(library_of(folder))


def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that are asked, by path."""
    seen: list[str] = []
    real = alone._asked

    def asking(library: Library, cache: Cache, documents: list[Document], check: alone.Check) -> object:
        seen.extend(one.path for one in documents)
        return real(library, cache, documents, check)

    monkeypatch.setattr(alone, "_asked", asking)
    return seen


def replaced(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def another_phone(folder: Path) -> None:
    replaced(folder / "clinic.yaml", "+15035550100", "+15035550177")


def another_address(folder: Path) -> None:
    replaced(folder / "clinic.yaml", "1 Example Street", "17 Another Avenue")


def another_language(folder: Path) -> None:
    replaced(folder / "clinic.yaml", "language: en\n", "language: es\n")


def one_more_of_us(folder: Path) -> None:
    person = folder / "clinicians" / "alice.md"
    shutil.copyfile(folder / "clinicians" / "dr-example.md", person)
    replaced(person, "name: Dr. Example", "name: Alice Morgan")


def a_list_of_the_clinic(folder: Path) -> None:
    (folder / "lists").mkdir()
    (folder / "lists" / "plain-words.toml").write_text('[plain]\nfrobnicator = "a thing"\n', encoding="utf-8")


def a_name_that_came(folder: Path) -> None:
    replaced(folder / "conditions" / "heel-pain.md", "title: ", "title: Thoracodynia and ")


def a_term_that_came(folder: Path) -> None:
    page = folder / "pages" / "plans.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nThoracodynia\n: Pain in the chest.\n", encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        *(another_phone, another_address, another_language, one_more_of_us, a_list_of_the_clinic),
        *(a_name_that_came, a_term_that_came),
    ],
)
def test_what_shapes_the_findings_of_all_changes_what_is_told_and_back(
    change: Callable[[Path], None], site: Path, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    before = told(site, cache)
    assert before == from_nothing(site)
    shutil.copytree(site, tmp_path / "before")
    change(site)
    after = told(site, cache)
    assert after == from_nothing(site)
    own = {path for path in (each.path for each in after) if "/page-" in path}
    assert [each for each in after if each.path in own] != [each for each in before if each.path in own], "it shapes it"
    shutil.rmtree(site)
    shutil.copytree(tmp_path / "before", site)
    assert told(site, cache) == before


def test_one_page_that_changed_is_asked_and_no_other(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(site, tmp_path / "cache")
    seen = asked(monkeypatch)
    told(site, tmp_path / "cache")
    assert seen == []
    write(site, "page-3", "Another text.")
    again = told(site, tmp_path / "cache")
    assert seen == ["conditions/page-3.md"]
    assert again == from_nothing(site)


def test_a_name_asks_the_pages_that_hold_it(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(site, "page-3", "Nothing else.")
    told(site, tmp_path / "cache")
    seen = asked(monkeypatch)
    a_name_that_came(site)
    told(site, tmp_path / "cache")
    assert "conditions/page-3.md" not in seen
    assert {"conditions/heel-pain.md", "conditions/page-2.md"} <= set(seen)


def test_whatever_is_damaged_is_asked_again(site: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = told(site, cache)
    rows = rows_of(cache)
    for key, _ in rows:
        for value in (b"", b"\x93\xa0\xa0\x80"):
            write_row(cache, key, value)
            assert told(site, cache) == first


def test_values_that_are_no_sheet_of_ours_are_none(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = told(site, tmp_path / "cache")
    library = library_of(site)
    for value in (b"\xc1", b"\x80", b"\x93\x01\x02\x03", b"\x93\xa0\xa0\x80", b"\x90"):
        with monkeypatch.context() as other:
            other.setattr(Cache, "get", lambda _self, _key, value=value: value)
            with Cache(tmp_path / "other") as cache:
                assert problems_of(library, cache) == first


def rows_of(cache: Path) -> list[tuple[bytes, bytes]]:
    database = sqlite3.connect(cache / "values.sqlite")
    try:
        return database.execute("SELECT key, value FROM 'values' ORDER BY key").fetchall()
    finally:
        database.close()


def test_a_sheet_of_other_names_than_its_neighbours_is_not_believed(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a process that ended between two sheets."""
    monkeypatch.setattr(alone, "_ON_A_SHEET", 1)
    page = "conditions/page-2.md"
    cache = tmp_path / "cache"
    told(site, cache)
    earlier = dict(rows_of(cache))
    a_name_that_came(site)
    told(site, cache)
    sheets = [key for key, value in rows_of(cache) if page in alone._decoded(value[DIGEST:]).lines]
    assert len(sheets) == 1
    write_row(cache, sheets[0], earlier[sheets[0]])
    replaced(site / "conditions" / "low-back-pain.md", "title: ", "title: Hyperventilation and ")
    assert told(site, cache) == from_nothing(site)


def write_row(cache: Path, key: bytes, value: bytes) -> None:
    with sqlite3.connect(cache / "values.sqlite") as database:
        database.execute("UPDATE 'values' SET value = ? WHERE key = ?", (value, key))
    database.close()


def edit(folder: Path, chance: random.Random) -> None:
    body = "\n\n".join([chance.choice(["", WORDY]), *chance.sample(SAID, 2)])
    title = chance.choice(["", "Thoracodynia", "Meralgia zygomatica", "Morgan"])
    write(folder, f"page-{chance.randrange(12)}", body, title=title)


def some(folder: Path, chance: random.Random) -> Path:
    return chance.choice(sorted(folder.glob("conditions/page-*.md")))


def move(folder: Path, chance: random.Random) -> None:
    page = some(folder, chance)
    page.rename(page.with_name(f"page-{chance.randrange(20, 40)}.md"))


def hide(folder: Path, chance: random.Random) -> None:
    header = chance.choice(["status: draft", "status: withdrawn\nwhy: It was wrong.", "lang: es"])
    page = some(folder, chance)
    page.write_text(page.read_text(encoding="utf-8").replace("---\n", f"---\n{header}\n", 1), encoding="utf-8")


def tell_of_the_clinic(folder: Path, chance: random.Random) -> None:
    text = (SITE / "clinic.yaml").read_text(encoding="utf-8")
    text = text.replace("+15035550100", chance.choice(["+15035550100", "+15035550177"]))
    text = text.replace("1 Example Street", chance.choice(["1 Example Street", "17 Another Avenue"]))
    (folder / "clinic.yaml").write_text(text, encoding="utf-8")


def come_or_go(folder: Path, _: random.Random) -> None:
    person = folder / "clinicians" / "alice.md"
    if person.exists():
        person.unlink()
    else:
        one_more_of_us(folder)


def lose(folder: Path, chance: random.Random) -> None:
    cache = folder.parent / "cache"
    keys = [key for key, _ in rows_of(cache)]
    with sqlite3.connect(cache / "values.sqlite") as database:
        for key in chance.sample(keys, len(keys) // 3):
            database.execute("DELETE FROM 'values' WHERE key = ?", (key,))
    database.close()


EDITS = (edit, edit, edit, edit, move, hide, tell_of_the_clinic, come_or_go, lose)


@pytest.mark.parametrize("number", range(6))
def test_after_any_edits_it_is_told_what_a_look_from_nothing_tells(number: int, site: Path, tmp_path: Path) -> None:
    chance = random.Random(SEED + number)
    told(site, tmp_path / "cache")
    for _ in range(12):
        made = chance.choices(EDITS, k=2)
        for each in made:
            each(site, chance)
        assert told(site, tmp_path / "cache") == from_nothing(site), [each.__name__ for each in made]


def test_many_pages_stand_on_several_sheets(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alone, "_ON_A_SHEET", 2)
    first = told(site, tmp_path / "cache")
    assert first == from_nothing(site)
    for number in range(20, 40):  # so many that there are twice as many sheets
        write(site, f"page-{number}", SAID[number % len(SAID)])
    assert told(site, tmp_path / "cache") == from_nothing(site)
    seen = asked(monkeypatch)
    told(site, tmp_path / "cache")
    assert seen == []


class Watched:
    """A thing that says what is read of it."""

    def __init__(self, thing: object, seen: set[str], **instead: object) -> None:
        self._thing, self._seen, self._instead = thing, seen, instead

    def __getattr__(self, name: str) -> object:
        self._seen.add(name)
        return self._instead[name] if name in self._instead else getattr(self._thing, name)


def test_the_families_that_ask_one_by_one_read_nothing_of_others_but_their_ground(site: Path) -> None:
    library = library_of(site)
    expected = check_all(library, tuple(each for each in FAMILIES if each[0] in ONE_BY_ONE))
    read: set[str] = set()
    of_material: set[str] = set()
    material = Watched(library.material, of_material)
    names_of.settle(material, names_of(library.material))  # type: ignore[arg-type] # what they are told of names
    narrowed = Watched(
        library.narrowed(library.material.documents),
        read,
        material=material,
        kinds={Kind.CLINICIAN: library.kinds[Kind.CLINICIAN]},
    )
    found: set[Problem] = set()
    for name, check in FAMILIES:
        if name in ONE_BY_ONE:
            found.update(check(narrowed))  # type: ignore[arg-type] # all that is asked of it, it has
    assert found == set(expected)
    assert read == {"asked", "each", "clinic", "lists", "material", "kinds"}
    assert of_material == set()


def test_what_they_tell_is_of_the_document_that_they_were_asked_about(site: Path) -> None:
    library = library_of(site)
    families = tuple(each for each in FAMILIES if each[0] in ONE_BY_ONE)
    apart: set[Problem] = set()
    for document in library.material.documents:
        own = check_all(library.narrowed([document]), families)
        assert {problem.path for problem in own} <= {document.path}
        apart.update(own)
    assert apart == set(check_all(library, families))


def test_what_is_told_beside_documents_is_told_and_not_remembered(site: Path, tmp_path: Path) -> None:
    stray = CHECK_STOPPED("clinic.yaml", NOWHERE, family="links")
    seen: list[set[str]] = []

    def check(narrowed: Library) -> tuple[Problem, ...]:
        paths = {document.path for document in narrowed.asked or ()}
        seen[-1].update(paths)
        return (stray,) if "conditions/page-1.md" in paths else ()

    for _ in range(2):
        seen.append(set())
        with Cache(tmp_path / "cache") as cache:
            assert set(alone.found(library_of(site), cache, check)) == {stray}
    assert {"conditions/page-1.md"} < seen[1] < seen[0]
