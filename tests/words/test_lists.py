"""The lists that come with the generator, and what a clinic adds to them."""

import re
from pathlib import Path

import pytest

from clinic.prose.sections import known_sections, meaning_of, meanings_added
from clinic.words import builtin_lists, merged, merging
from clinic.words.lists import BUILTIN, keys_of, names
from tests.harness import checked, good_site

EDITING = Path(__file__).parents[2] / "docs" / "editing.md"


@pytest.mark.parametrize("name", names())
def test_a_list_says_that_it_awaits_review(name: str) -> None:
    assert "AWAITS CLINICAL REVIEW" in (BUILTIN / f"{name}.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", names())
def test_the_guide_for_editors_explains_every_list_and_key(name: str) -> None:
    told = EDITING.read_text(encoding="utf-8")
    row = next(line for line in told.split("\n") if line.startswith(f"| `{name}.toml` |"))
    assert all(f"`{key}`" in row for key in keys_of(name))


@pytest.mark.parametrize("name", sorted(set(names()) - {"headings"}))
def test_a_list_that_comes_along_says_what_it_would_say_as_a_clinics_own(name: str) -> None:
    read: dict[str, dict[str, object]] = {}
    text = (BUILTIN / f"{name}.toml").read_text(encoding="utf-8")
    assert list(merging._take(read, name, f"lists/{name}.toml", text)) == []
    first = merging.builtin(name)
    assert {key: list(found.items()) for key, found in read.items()} == {
        key: list(found.items()) for key, found in first.items()
    }


def test_every_list_that_comes_along_holds_words() -> None:
    lists = builtin_lists()
    for name in set(names()) - {"headings"}:
        made = getattr(lists, name.replace("-", "_"))
        assert any(getattr(made, key.replace("-", "_")) for key in keys_of(name)), name


def test_no_word_is_proposed_for_itself() -> None:
    lists = builtin_lists()
    assert not [hard for hard, plain in lists.plain_words.plain.items() if re.search(rf"\b{re.escape(hard)}\b", plain)]
    assert not [said for said, instead in lists.people_words.instead.items() if said == instead]


def test_words_are_added_and_the_clinics_own_comes_first() -> None:
    added = (
        ("lists/abbreviations.toml", 'known = ["OHSU"]\n\n[spelled]\n"RFA" = "a heat treatment"\n'),
        ("lists/plain-words.toml", '[plain]\n"quux" = "thing"\n'),
    )
    lists, problems = merged(added)
    before = builtin_lists()
    assert problems == ()
    assert {*before.abbreviations.known, "OHSU"} == set(lists.abbreviations.known)
    assert lists.abbreviations.spelled == {**before.abbreviations.spelled, "RFA": "a heat treatment"}
    assert lists.plain_words.plain == {**before.plain_words.plain, "quux": "thing"}
    assert lists.claims.sure == before.claims.sure
    assert lists.digest != before.digest
    assert merged(added)[0] is lists


def test_what_can_not_be_used_is_told_and_the_rest_goes_on() -> None:
    lists, problems = merged(
        (
            ("lists/abbreviations.toml", 'known = ["OHSU"\n[spelled]\n'),
            ("lists/claims.toml", 'prais = ["grand"]\npraise = ["grand"]\nsure = "x"\n\n[who]\na = "b"\n'),
            ("lists/plainwords.toml", '[plain]\n"quux" = "thing"\n'),
            ("lists/headings.toml", '[condition]\ncauses = ["In families"]\ncause = ["Why"]\n\n[page]\nx = ["y"]\n'),
        )
    )
    assert [(each.path.removeprefix("lists/"), each.code, each.span.line) for each in problems] == [
        ("abbreviations.toml", "LST001", 1),
        ("claims.toml", "LST004", 5),
        ("claims.toml", "LST003", 1),
        ("claims.toml", "LST004", 3),
        ("plainwords.toml", "LST002", 1),
        ("headings.toml", "LST003", 5),
        ("headings.toml", "LST003", 3),
    ]
    assert "plain-words.toml" in problems[4].hint
    assert "OHSU" not in lists.abbreviations.known
    assert "grand" in lists.claims.praise
    assert lists.headings.condition == {"causes": ("In families",)}


def test_the_headings_of_a_clinic_mean_its_sections() -> None:
    lists, _ = merged((("lists/headings.toml", '[condition]\ncauses = ["Back pain in families?"]\n'),))
    assert {key for key, _ in [(each.key, each.need) for each in known_sections()["condition"]]} == set(
        keys_of("headings")["condition"].names
    )
    assert meaning_of("condition", "Back pain in families") is None
    assert meaning_of("condition", "Back pain in families", meanings_added(lists.headings, "condition")) == "causes"
    assert meaning_of("procedure", "Back pain in families", meanings_added(lists.headings, "procedure")) is None


def test_a_heading_that_a_clinic_adds_is_the_section_that_a_page_needs(tmp_path: Path) -> None:
    content = good_site(tmp_path)
    file = content / "conditions" / "low-back-pain.md"
    file.write_text(
        file.read_text(encoding="utf-8").replace("## Causes\n", "## Back pain in families\n"), encoding="utf-8"
    )
    assert checked(content).codes() == ["STR001"]
    (content / "lists").mkdir()
    added = content / "lists" / "headings.toml"
    added.write_text('[condition]\ncauses = ["Back pain in families"]\n', encoding="utf-8")
    assert checked(content).codes() == []
    added.write_bytes(b'[condition]\ncauses = ["\xff"]\n')
    assert checked(content).codes() == ["STR001", "FM010"]
