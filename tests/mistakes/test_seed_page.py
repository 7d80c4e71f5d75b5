"""What the checker says of a page that an editor brings in from an old site: all that must be told is, on its line.

The page stands among the procedures of the sample clinic. What concerns the whole page is told at its start.
"""

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from clinic.problems import NOWHERE, Problem, Severity
from tests.harness import checked
from tests.mistakes.measuring import CLINIC, CODES, MISTAKES, at
from tests.mistakes.test_list import FINDINGS, HERE

PATH = "procedures/stellate-ganglion-block.md"
BY_ABOUT = {each["about"]: each for each in CODES["seed"]}
MUST = [each for each in FINDINGS if each["need"] == "must" and each["about"] in BY_ABOUT]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Problem, ...]:
    content = Path(shutil.copytree(CLINIC, tmp_path_factory.mktemp("seed") / "content"))
    shutil.copy(HERE / "seed-page.md", content / PATH)
    return tuple(each for each in checked(content, at(MISTAKES["today"])).problems if each.path == PATH)


def found(finding: Mapping[str, str | int], told: Iterable[Problem]) -> bool:
    """Whether a finding is told: by one of its codes, in the words that it needs, on its line or for the whole page."""
    asked = BY_ABOUT[str(finding["about"])]
    return any(
        each.code in asked["codes"]
        and asked.get("says", "") in each.message
        and (each.span.line <= int(finding["line"]) <= each.span.end_line or each.span == NOWHERE)
        for each in told
    )


@pytest.mark.parametrize("finding", MUST, ids=[f"{each['line']} {each['about']}" for each in MUST])
def test_what_must_be_told_is_told_on_its_line(finding: Mapping[str, str | int], told: tuple[Problem, ...]) -> None:
    assert found(finding, told)


def test_every_subject_of_the_table_is_one_of_the_page() -> None:
    assert set(BY_ABOUT) <= {each["about"] for each in FINDINGS}


def test_little_is_told_beside_what_a_careful_reader_wants(told: tuple[Problem, ...]) -> None:
    """Warnings and errors on lines where no finding stands; advice is not counted."""
    wanted = {int(each["line"]) for each in FINDINGS}
    loud = [each for each in told if each.severity is not Severity.INFO and each.span != NOWHERE]
    beside = [each for each in loud if not wanted & set(range(each.span.line, each.span.end_line + 1))]
    assert len(beside) <= 3, beside
