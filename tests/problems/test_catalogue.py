"""Every rule of the catalogue, by its own example: a change to the small good site, and what is said of it."""

import os
import re
from pathlib import Path

import pytest

from clinic.problems import NOWHERE, Problem, Rule
from clinic.problems.catalogue import all_rules
from clinic.problems.errors_docs import FAMILIES
from clinic.problems.forms import as_text
from clinic.source.fix import apply
from tests.harness import SITE, Checked, checked, good_site, spoil

RULES = all_rules()
EXAMPLES = [pytest.param(rule, id=rule.code) for rule in RULES.values() if rule.example]

BAD = Path(__file__).parent.parent / "bad"
"""What is said of each example, by code."""

WITHOUT_EXAMPLE = {
    "FM010": "bytes that are no text: tests/source",
    "FM011": "bytes that are no text: tests/source",
    "FM012": "bytes that are no text: tests/source",
    "FM015": "a file of a megabyte: tests/source",
    "FM045": "thousands of fields: tests/source",
    "FM049": "no header is known that is not explained better: tests/source calls it",
    "IMG004": "bytes of a picture: tests/rules/test_pictures.py",
    "IMG005": "bytes of a picture: tests/rules/test_pictures.py",
    "IMG010": "bytes of a picture: tests/rules/test_pictures.py",
    "PRV004": "its path is not told: tests/source/test_private.py",
    "SEC001": "a link in the file system: tests/source",
    "SEC002": "a link in the file system: tests/source",
    "SEC003": "a link in the file system: tests/source",
    "SEC004": "a device: tests/source",
    "SEC014": "the last net below all other rules: tests/prose",
    "SITE001": "a file is missing: tests/source",
    "SITE009": "an error of the operating system: tests/source",
    "SITE010": "an error of the operating system: tests/source",
    "SITE012": "an error of the operating system: tests/source",
    "SITE039": "a fault of ours: tests/rules/test_families.py",
    "STR039": "hundreds of headings: tests/prose",
    "STR040": "a megabyte of text: tests/prose",
    "STR041": "a paragraph of a megabyte: tests/prose",
    "STR046": "no file can hold such a character: FM021 speaks first; tests/prose",
}

NOT_SURE = {
    "FM037": "two values for one field: which is meant?",
    "LNK007": "no file has a name like it",
    "STR025": "a card inside a list: where does the list go on?",
}
"""Rules that mend some mistakes, but not the one of their example."""

LIBRARY_WORDS = re.compile(
    r"\b(?:NoneType|Traceback|Exception|yaml(?!\b)|pydantic|schema|null|parser?|parsing|token|mapping|scalar|node|regex|"
    r"unicode(?:error)?|boolean|integer|string|extra_forbidden|msgspec|nh3|python)\b|(?<!clinic\.)\byaml\b",
    re.IGNORECASE,
)
ALLOWED = {"FM012": "Unicode"}


@pytest.fixture(scope="module")
def good() -> Checked:
    return checked(SITE)


def test_the_good_site_has_no_problem(good: Checked) -> None:
    assert good.problems == ()


def test_a_rule_has_an_example_or_a_reason_for_none() -> None:
    assert {code for code, rule in RULES.items() if rule.example is None} == set(WITHOUT_EXAMPLE)


def test_every_family_has_a_name() -> None:
    assert {rule.family for rule in RULES.values()} <= set(FAMILIES)


@pytest.mark.parametrize("rule", EXAMPLES)
def test_an_example_breaks_its_rule_and_no_other(rule: Rule, tmp_path: Path) -> None:
    assert rule.example is not None
    site = good_site(tmp_path)
    line = spoil(site, rule.example)
    found = checked(site).problems
    assert {problem.code for problem in found} == {rule.code}
    assert any(_stands_at(problem, rule, line) for problem in found), [(each.path, each.span) for each in found]
    for problem in found:
        _is_plainly_said(problem)
        assert problem.replacement is None or RULES[problem.code].fixable


@pytest.mark.parametrize("rule", EXAMPLES)
def test_an_example_is_told_in_these_words(rule: Rule, tmp_path: Path) -> None:
    """What an editor reads on a terminal. `UPDATE_MESSAGES=1` in the environment writes it anew."""
    assert rule.example is not None
    site = good_site(tmp_path)
    spoil(site, rule.example)
    found = checked(site)
    told = as_text((each for each in found.problems if each.code == rule.code), found.content.texts, colour=False)
    golden = BAD / rule.code / "message.txt"
    if os.environ.get("UPDATE_MESSAGES") == "1":
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(told, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == told


def test_no_message_is_kept_for_a_rule_that_is_gone() -> None:
    assert {path.name for path in BAD.iterdir()} == {code for code, rule in RULES.items() if rule.example}


def _stands_at(problem: Problem, rule: Rule, line: int) -> bool:
    """Whether it is at the mistake: on its line, or at the whole of a file or of the folder that the file is in."""
    assert rule.example is not None
    if problem.code != rule.code:
        return False
    if rule.example.at:
        return problem.path == rule.example.at and problem.span != NOWHERE
    if problem.path != rule.example.file:
        return rule.example.file.startswith(f"{problem.path}/")
    return problem.span == NOWHERE or problem.span.line == line


def _is_plainly_said(problem: Problem) -> None:
    for words in (problem.message, problem.hint):
        found = LIBRARY_WORDS.search(words)
        assert found is None or found[0] == ALLOWED.get(problem.code), words
        assert words.strip() == words
        assert "{}" not in words
    assert problem.message
    assert problem.hint


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.code) for rule in RULES.values()])
def test_a_rule_says_what_is_wrong_and_how_to_mend_it(rule: Rule) -> None:
    assert rule.message
    assert rule.hint
    assert rule.kinds
    assert re.fullmatch(r"[A-Z]{2,4}\d{3}", rule.code)


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.code) for rule in RULES.values() if rule.fixable])
def test_what_can_be_mended_is_mended(rule: Rule, tmp_path: Path) -> None:
    """Writing the replacements of an example's problems leaves none of its code."""
    assert rule.example is not None, "what can be mended can be shown"
    site = good_site(tmp_path)
    spoil(site, rule.example)
    file = site / rule.example.file
    found = [problem for problem in checked(site).problems if problem.code == rule.code]
    mended = [problem for problem in found if problem.replacement is not None]
    assert bool(mended) != (rule.code in NOT_SURE)
    for _ in range(5):
        before = file.read_bytes()
        file.write_bytes(apply(before, [one for one in checked(site).problems if one.path == rule.example.file]))
        if file.read_bytes() == before:
            break
    assert mended == [] or rule.code not in checked(site).codes()
