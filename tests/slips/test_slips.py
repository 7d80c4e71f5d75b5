"""Each slip of the lists is found at its place and told in plain words; no innocent form is reported."""

import re
from collections import Counter
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from clinic.problems.catalogue import all_rules
from clinic.source.fix import apply
from tests.harness import checked
from tests.laws.world import share
from tests.problems.test_catalogue import ALLOWED, LIBRARY_WORDS
from tests.slips.listed import COVERED, FEWEST, LISTS, Entry, caught, entries, left_out, moment, told

RULES = all_rules()
SLIPS = entries("slip")
INNOCENTS = entries("innocent")

SHARE = 8
"""One entry of so many is looked at in `test`, all in `test --full`."""


def shared(every: tuple[Entry, ...]) -> list[ParameterSet]:
    """The entries as cases of a test; all but a seeded share are marked slow."""
    made = []
    for number in share(len(every), -(-len(every) // SHARE)):
        marks = number.marks if isinstance(number, ParameterSet) else ()
        at = number.values[0] if isinstance(number, ParameterSet) else number
        assert isinstance(at, int)
        made.append(pytest.param(every[at], id=every[at].id, marks=marks))
    return made


@pytest.mark.parametrize("slip", shared(SLIPS))
def test_a_slip_is_found_at_its_place(slip: Entry, tmp_path: Path) -> None:
    site, problems = told(slip, tmp_path)
    found = caught(slip, site, problems)
    if slip.missed:
        assert not found, f"it is found by now: take its `missed` out ({slip.missed})"
        return
    assert found, [(each.code, each.path, each.span, each.message) for each in problems]
    for each in found:
        words = re.sub(r'"[^"]*"', "", f"{each.message} {each.hint}")
        said = LIBRARY_WORDS.search(words)
        assert said is None or said[0] == ALLOWED.get(each.code), words


@pytest.mark.parametrize("slip", shared(tuple(slip for slip in SLIPS if RULES[slip.code].fixable and not slip.missed)))
def test_what_mends_a_slip_leaves_none_of_it(slip: Entry, tmp_path: Path) -> None:
    """What is offered for one code in one file is written there, twice where mending one shows the next."""
    site, problems = told(slip, tmp_path)
    if not any(each.replacement is not None for each in caught(slip, site, problems)):
        return  # its rule is not sure here: test_what_can_be_mended_is_mended holds that it is somewhere
    for _ in range(2):
        offered = [each for each in problems if (each.code, each.path) == (slip.code, slip.file)]
        file = site / slip.file
        file.write_bytes(apply(file.read_bytes(), offered))
        problems = checked(site, moment(slip)).problems
    assert [each for each in problems if (each.code, each.path) == (slip.code, slip.file)] == []


@pytest.mark.parametrize("innocent", shared(INNOCENTS))
def test_an_innocent_form_is_not_reported(innocent: Entry, tmp_path: Path) -> None:
    found = [each for each in told(innocent, tmp_path)[1] if each.code == innocent.code]
    assert not found, [(each.path, each.span, each.message) for each in found]


@pytest.mark.parametrize("family", sorted({rule.family for rule in RULES.values()}))
def test_every_code_of_a_family_has_its_slips(family: str) -> None:
    """Three that are caught, unless the frozen list of mistakes measures it or the list says why it has none."""
    counted = Counter(slip.code for slip in SLIPS if not slip.missed)
    lacking = {
        code
        for code, rule in RULES.items()
        if rule.family == family and code not in COVERED and code not in left_out() and counted[code] < FEWEST
    }
    assert lacking == set()


def test_every_entry_is_of_its_list() -> None:
    for family, list_ in LISTS.items():
        for entry in (*list_.get("slip", ()), *list_.get("innocent", ())):
            assert entry["code"] in RULES, entry["id"]
            assert RULES[entry["code"]].family == family, entry["id"]
            assert entry["id"].startswith(f"{entry['code']}-"), entry["id"]
        assert all(why and RULES[code].family == family for code, why in list_.get("left_out", {}).items())
    counted = Counter(entry.id for entry in (*SLIPS, *INNOCENTS))
    assert [name for name, count in counted.items() if count > 1] == []


def test_no_code_is_both_left_out_and_measured() -> None:
    assert set(left_out()).isdisjoint({slip.code for slip in SLIPS} | COVERED)
