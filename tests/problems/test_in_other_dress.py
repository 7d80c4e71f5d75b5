"""A mistake is found at its place whatever stands around it: further down, in a file from Windows, beside others."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from clinic.problems import NOWHERE, Problem, Rule
from clinic.problems.catalogue import all_rules
from tests.harness import checked, good_site, spoil
from tests.laws.world import share

BROKEN = "conditions/zz-another.md"
"""A page that has mistakes of its own."""


def further_down(_: Path, file: Path) -> int:
    """A remark in the header, below its first line; says by how many lines the rest moves."""
    text = file.read_bytes()
    if not text.startswith(b"---\n"):
        return 0
    file.write_bytes(b"---\n# A remark.\n" + text[len(b"---\n") :])
    return 1


def from_windows(_: Path, file: Path) -> int:
    """Line ends as Notepad writes them."""
    file.write_bytes(file.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    return 0


def beside_others(site: Path, _: Path) -> int:
    """Another page with mistakes of its own."""
    (site / BROKEN).write_text("---\ntitel: A\n---\n\n#### Words\n\n[x](nowhere.md)\n", encoding="utf-8")
    return 0


MENDED = {("FM017", from_windows)}
"""Dresses that mend the mistake: lines that end in two ways end in one then."""

DRESSES: tuple[Callable[[Path, Path], int], ...] = (further_down, from_windows, beside_others)
RULES = [rule for rule in all_rules().values() if rule.example and rule.example.file.endswith(".md")]


def cases() -> list[ParameterSet]:
    """Every rule in every dress: a seeded tenth in `test`, all in `test --full`."""
    every = [(rule, dress) for rule in RULES for dress in DRESSES if (rule.code, dress) not in MENDED]
    made = []
    for number in share(len(every), len(every) // 10):
        marks = number.marks if isinstance(number, ParameterSet) else ()
        at = number.values[0] if isinstance(number, ParameterSet) else number
        assert isinstance(at, int)
        rule, dress = every[at]
        made.append(pytest.param(rule, dress, id=f"{rule.code}-{dress.__name__}", marks=marks))
    return made


def found_in(site: Path, rule: Rule) -> list[Problem]:
    return [problem for problem in checked(site).problems if problem.code == rule.code and problem.path != BROKEN]


@pytest.mark.parametrize(("rule", "dress"), cases())
def test_a_mistake_is_told_at_its_place(rule: Rule, dress: Callable[[Path, Path], int], tmp_path: Path) -> None:
    assert rule.example is not None
    site = good_site(tmp_path)
    spoil(site, rule.example)
    plain = found_in(site, rule)
    moved = dress(site, site / rule.example.file)
    dressed = found_in(site, rule)
    assert [_told(each) for each in dressed] == [_told(each) for each in plain]
    for before, after in zip(plain, dressed, strict=True):
        below = before.path == rule.example.file and before.span != NOWHERE and before.span.line > 1
        down = moved if below else 0
        assert (after.span.line, after.span.column) == (before.span.line + down, before.span.column)


def _told(problem: Problem) -> tuple[str, str]:
    """What is said and of which file, without the numbers of other lines."""
    return problem.path, re.sub(r"\b\d+\b", "#", problem.message)


def test_every_dress_shows_on_most_examples(tmp_path: Path) -> None:
    """What changes nothing proves nothing."""
    for dress in DRESSES:
        changed = 0
        for number, rule in enumerate(RULES):
            assert rule.example is not None
            site = good_site(tmp_path / f"{dress.__name__}-{number}")
            spoil(site, rule.example)
            before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
            dress(site, site / rule.example.file)
            changed += before != {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
        assert changed > len(RULES) * 9 // 10
