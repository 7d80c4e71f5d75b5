"""The list of mistakes is well formed: names, places, counts. What the checker makes of it is measured elsewhere."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
KINDS = {"condition", "procedure", "announcement", "page"}
FAMILIES = ("LNG", "CLM", "MED", "GOV", "FCT", "PRV", "NOT", "STR", "IMG", "PST")

LEAST = {"mistake": 4, "innocent": 2}
"""How many of each a subject has at least."""

SAYS = {"mistake": {"where", "harm"}, "innocent": {"why"}}
PLACES = ("header", "text", "review")
"""What can hold a mistake, in the order in which it is read."""

LIST = tomllib.loads((HERE / "mistakes.toml").read_text(encoding="utf-8"))
FINDINGS = tomllib.loads((HERE / "seed-page.toml").read_text(encoding="utf-8"))["finding"]


def entries() -> Iterator[tuple[str, dict[str, str]]]:
    for sort in LEAST:
        yield from ((sort, entry) for entry in LIST[sort])


def whole(entry: dict[str, str]) -> str:
    return "\n".join(entry[place] for place in PLACES if place in entry)


def family(entry: dict[str, str]) -> str:
    return entry["about"].partition(":")[0]


def test_every_entry_says_what_it_must_and_nothing_else() -> None:
    wrong = [
        entry["id"]
        for sort, entry in entries()
        if (set(entry) - set(PLACES)) != {"id", "about", "kind"} | SAYS[sort]
        or not all(value.strip() for value in entry.values())
        or not {"text", "header"} & set(entry)
        or entry["kind"] not in KINDS
        or family(entry) not in FAMILIES
    ]
    assert not wrong


def test_ids_are_unique_and_of_one_pattern() -> None:
    form = {"mistake": r"[A-Z]{3}(-[a-z]+)+-\d\d", "innocent": r"[A-Z]{3}(-[a-z]+)+-ok-\d\d"}
    wrong = [
        entry["id"]
        for sort, entry in entries()
        if not re.fullmatch(form[sort], entry["id"]) or not entry["id"].startswith(family(entry))
    ]
    assert not wrong
    assert not [name for name, times in Counter(entry["id"] for _, entry in entries()).items() if times > 1]


def test_where_stands_exactly_once() -> None:
    assert not [entry["id"] for entry in LIST["mistake"] if whole(entry).count(entry["where"]) != 1]


def test_no_fragment_is_written_twice() -> None:
    fragments = Counter(whole(entry) for _, entry in entries())
    assert not [fragment for fragment, times in fragments.items() if times > 1]


@pytest.mark.parametrize("sort", LEAST)
def test_every_subject_has_enough(sort: str) -> None:
    subjects = {entry["about"] for _, entry in entries()}
    counts = Counter(entry["about"] for entry in LIST[sort])
    assert not [subject for subject in subjects if counts[subject] < LEAST[sort]]


def test_the_readme_counts_right() -> None:
    counts = {sort: Counter(family(entry) for entry in LIST[sort]) for sort in LEAST}
    readme = (HERE / "README.md").read_text(encoding="utf-8")
    for name in FAMILIES:
        assert re.search(rf"\b{name}\b[^,/]* {counts['mistake'][name]}/{counts['innocent'][name]}\b", readme), name
    assert f"{len(LIST['mistake'])} slips" in readme
    assert f"{len(LIST['innocent'])} innocent" in readme


def test_every_finding_of_the_seed_page_is_on_its_line() -> None:
    lines = (HERE / "seed-page.md").read_text(encoding="utf-8").split("\n")
    assert not [each for each in FINDINGS if lines[each["line"] - 1].count(each["where"]) != 1]
    assert {each["need"] for each in FINDINGS} == {"must", "would help"}
