"""What the checker makes of the list of mistakes, and of clean pages: how much it finds, and how little it alarms."""

from collections import Counter
from pathlib import Path

import pytest

from clinic.problems import Problem, Severity, Span
from clinic.problems.catalogue import all_rules
from clinic.source.fix import apply
from tests.harness import NOW, checked
from tests.mistakes.measuring import (
    CODES,
    FOLDERS,
    HERE,
    LEAST,
    MISTAKES,
    Measured,
    at,
    measure,
    overlap,
    place,
    subjects,
)

CLEAN = {"the gold set": Path("tests/gold/content"), "the sample content": Path("content")}
"""Folders whose pages are good: what is said of them is, as a rule, wrong."""

MOST_WARNINGS = 1
"""Of one clean page (editors.md)."""

MOST_ROUNDS = 6
"""Of mending: one correction can bring another to light."""

ROOT = HERE.parents[1]


def test_the_table_names_subjects_of_the_list_and_codes_that_exist() -> None:
    known = {entry["about"] for entry in MISTAKES["mistake"]}
    assert not [each.about for each in subjects() if each.about not in known]
    assert not [code for each in subjects() for code in each.codes if code not in all_rules()]
    assert max(Counter(each.about for each in subjects()).values()) == 1
    assert not [each.about for each in subjects() if each.least < LEAST and not each.why]
    assert not [each["about"] for each in CODES["subject"] if set(each) - {"about", "codes", "least", "why"}]


def test_slips_are_caught_and_innocent_forms_pass(tmp_path: Path) -> None:
    wrong = [str(each) for each in measure(tmp_path) if not each.enough]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("kind", FOLDERS)
def test_the_page_that_slips_are_set_into_is_good(kind: str, tmp_path: Path) -> None:
    """So whatever is said of a page comes from its slip. Nothing links to a page of its own: that may be said."""
    content = tmp_path / "content"
    (content / FOLDERS[kind]).mkdir(parents=True)
    for each in Path(ROOT / "content").rglob("*"):
        if each.is_file():
            copied = content / each.relative_to(ROOT / "content")
            copied.parent.mkdir(parents=True, exist_ok=True)
            copied.write_bytes(each.read_bytes())
    placed = place(content, {"id": "good", "about": "", "kind": kind, "text": ""}, 1)
    assert {each.code for each in checked(content).problems if each.path == placed.path} <= {"LNK013"}


@pytest.mark.parametrize(
    ("missed", "alarmed", "enough"), [([], [], True), (["d"], [], False), ([], ["ok"], False), (["d"] * 9, [], False)]
)
def test_a_slip_that_nothing_catches_is_missed_and_an_alarm_is_told(
    missed: list[str],
    alarmed: list[str],
    enough: bool,  # noqa: FBT001 - a case
) -> None:
    assert Measured(subjects()[0], ["a", "b", "c"], missed, 3, alarmed).enough == enough


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (Span(1, 1, 1, 5), Span(1, 4, 2, 1), True),
        (Span(1, 1, 1, 5), Span(1, 5, 1, 9), False),
        (Span(1, 5, 1, 5), Span(1, 5, 1, 9), True),
        (Span(1, 1, 3, 1), Span(2, 4, 2, 6), True),
        (Span(1, 1, 1, 1), Span(2, 4, 2, 6), False),
    ],
)
def test_spans_overlap_where_they_share_a_character(one: Span, other: Span, shared: bool) -> None:  # noqa: FBT001 - a case
    assert overlap(one, other) == overlap(other, one) == shared


def test_mending_comes_to_an_end_and_what_needs_none_keeps_its_bytes(tmp_path: Path) -> None:
    """`check --fix` over every slip and innocent form: rounds until nothing changes, few of them."""
    measure(tmp_path)
    content = tmp_path / "content"
    files = sorted(path for path in content.rglob("*.md"))
    mended: set[Path] = set()
    for _ in range(MOST_ROUNDS):
        listed: dict[str, list[Problem]] = {}
        for problem in checked(content, at(MISTAKES["today"])).problems:
            if problem.replacement is not None:
                listed.setdefault(problem.path, []).append(problem)
        before = {path: path.read_bytes() for path in files}
        for path in files:
            path.write_bytes(apply(before[path], listed.get(path.relative_to(content).as_posix(), [])))
        changed = {path for path in files if path.read_bytes() != before[path]}
        assert changed <= {content / path for path in listed}
        mended |= changed
        if not changed:
            break
    else:
        raise AssertionError(f"no end of mending: {sorted(changed)}")
    assert len(mended) > 20


@pytest.mark.parametrize("folder", CLEAN.values(), ids=CLEAN)
def test_a_clean_page_has_no_error_and_at_most_one_warning(folder: Path) -> None:
    found = checked(ROOT / folder, NOW).problems
    assert not [each for each in found if each.severity is Severity.ERROR]
    warnings = Counter(each.path for each in found if each.severity is Severity.WARNING)
    assert not {
        path: [(each.code, each.span.line, each.message) for each in found if each.path == path]
        for path, count in warnings.items()
        if count > MOST_WARNINGS
    }
