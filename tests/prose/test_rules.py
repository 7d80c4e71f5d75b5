"""Every rule of bodies speaks on its own example, at the line it names, and is silent on the good one."""

import pytest

from clinic.problems import Problem, Rule
from clinic.problems.catalogue import body as catalogue
from clinic.prose.parser import parse_body

RULES = [rule for rule in vars(catalogue).values() if isinstance(rule, Rule)]
WITH_EXAMPLE = [rule for rule in RULES if rule.example is not None]
LIBRARY_WORDS = ("nonetype", "traceback", "yaml", "pydantic", "schema", "null", "string", "mapping", "parse", "token")


def problems(text: str) -> tuple[Problem, ...]:
    return parse_body(text, path="conditions/low-back-pain.md", first_line=1, kind="condition").problems


@pytest.mark.parametrize("rule", WITH_EXAMPLE, ids=lambda rule: rule.code)
def test_the_example(rule: Rule) -> None:
    assert rule.example is not None
    assert problems(f"## What it is\n\n{rule.example.good}") == ()
    found = problems(f"## What it is\n\n{rule.example.bad}")
    assert (rule.code, rule.example.line + 2) in [(one.code, one.span.line) for one in found]
    for problem in found:
        said = f"{problem.message} {problem.hint}".lower().replace("clinic.yaml", "")
        assert not any(word in said for word in LIBRARY_WORDS)
        assert "{" not in said.replace("{{", "").replace("{#name}", "").replace("{.decorative}", "")


# The example of STR025, a card inside a list, is the one case of that rule without a sure fix: see test_cards.py.
@pytest.mark.parametrize(
    "rule", [rule for rule in WITH_EXAMPLE if rule.fixable and rule.code != "STR025"], ids=lambda rule: rule.code
)
def test_the_fix_mends_the_example(rule: Rule) -> None:
    assert rule.example is not None
    text = f"## What it is\n\n{rule.example.bad}"
    problem = next(one for one in problems(text) if one.code == rule.code)
    assert problem.replacement is not None
    rows = text.split("\n")
    span = problem.span
    assert span.line == span.end_line
    row = rows[span.line - 1]
    rows[span.line - 1] = row[: span.column - 1] + problem.replacement + row[span.end_column - 1 :]
    assert rule.code not in [one.code for one in problems("\n".join(rows))]


def test_codes_are_in_their_families() -> None:
    for rule in RULES:
        number = int(rule.code[3:])
        assert (rule.family, number // 10) in [("STR", 2), ("STR", 3), ("STR", 4), ("SEC", 1), ("SEC", 2), ("SEC", 3)]
    assert len({rule.code for rule in RULES}) == len(RULES)
