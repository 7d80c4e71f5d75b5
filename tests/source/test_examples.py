"""The examples of this room's rules are right: the rule speaks, at its line, and the good one is good."""

import shutil
from pathlib import Path

import pytest

from clinic.problems import Problem, Rule
from clinic.problems.catalogue import files, header, text
from clinic.source.fix import apply
from clinic.source.header import read_source, read_yaml
from clinic.source.opening import read_bytes
from clinic.source.tree import walk

SITE = Path(__file__).parents[1] / "site"
RULES = [rule for module in (files, header, text) for rule in vars(module).values() if isinstance(rule, Rule)]
ELSEWHERE = {files.LEAVES_FOLDER}
"""Rules whose example is a link in a text: this room tells of them only when it is asked for such a path."""

WITH_EXAMPLE = [rule for rule in RULES if rule.example and rule not in ELSEWHERE]


def everything(root: Path) -> list[Problem]:
    tree = walk(root)
    problems = list(tree.problems)
    for file in (*tree.pages, *((tree.clinic,) if tree.clinic else ())):
        data = read_bytes(root, file.path)
        if isinstance(data, Problem):
            problems.append(data)
        elif file in tree.pages:
            problems += read_source(file.path, data).problems
        else:
            problems += read_yaml(file.path, data)[2]
    return problems


def test_the_good_site_is_good() -> None:
    assert everything(SITE) == []


def test_codes_are_in_their_ranges_and_every_rule_says_why() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.why
        assert rule.family in {"FM", "SEC", "SITE"}
        assert int(rule.code[len(rule.family) :]) < {"FM": 50, "SEC": 10, "SITE": 20}[rule.family]


@pytest.mark.parametrize("rule", WITH_EXAMPLE, ids=lambda rule: rule.code)
def test_the_example_of_a_rule_makes_it_speak_once(tmp_path: Path, rule: Rule) -> None:
    example = rule.example
    assert example is not None
    root = tmp_path / "content"
    shutil.copytree(SITE, root)
    file = root / example.file
    first = 1
    if example.good:
        good = file.read_bytes().decode()
        assert good.count(example.good) == 1
        first = good[: good.index(example.good)].count("\n") + 1
        file.write_bytes(good.replace(example.good, example.bad).encode())
    else:
        assert not file.exists()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(example.bad.encode())
    found = [problem for problem in everything(root) if problem.code == rule.code]
    assert found
    assert found[0].span.line == first + example.line - 1
    assert {problem.code for problem in everything(root)} == {rule.code}
    assert not rule.fixable or any(problem.replacement is not None for problem in found) or rule.code == "FM037"
    if rule.fixable and rule.code != "FM037" and file.is_file():
        file.write_bytes(apply(file.read_bytes(), found))
        assert rule.code not in {problem.code for problem in everything(root)}
