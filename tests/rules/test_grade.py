"""Reading grade and long sentences: what counts, and where to begin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.problems import Problem, Severity, Span
from clinic.rules import grade
from clinic.rules.passages import Stretch
from clinic.words import builtin_lists
from tests.harness import page

PLAIN = "Your back is made of small bones. Soft discs lie between them. They let you bend and turn. " * 4
HARD = (
    "Administrative requirements necessitate additional documentation. Individuals demonstrating inadequate "
    "improvement require supplementary evaluation. Occupational considerations influence recommendations. "
)
NAMES = "Gabapentin and duloxetine are used. "


def found(text: str, names: frozenset[str] = frozenset()) -> list[Problem]:
    measure = grade.Measure(grade.heard_of(builtin_lists().reading), names)
    return list(grade.of(page(text, "pages/x.md"), measure))


def words(count: int) -> str:
    return " ".join(["word"] * (count - 1)) + " end."


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (f"## A\n\n{PLAIN}", []),
        (f"## A\n\n{HARD * 4}", ["LNG001"]),
        (f"## A\n\n{HARD}", []),  # under 60 words
        (f"## A\n\n{PLAIN}\n\n## B\n\n{HARD * 4}", ["LNG001"]),
        (f"{HARD * 4}\n\n## A\n\n{PLAIN}", ["LNG001"]),
        (f"## A\n\n> [!note] Good to know\n> {HARD * 4}", ["LNG001"]),
    ],
)
def test_a_section_is_judged_by_its_own_words(text: str, codes: list[str]) -> None:
    assert [each.code for each in found(text)] == codes


def test_the_place_is_the_heading_and_the_worst_sentences_are_named() -> None:
    text = f"## A\n\n{PLAIN}\n\n## On rules\n\n{PLAIN}\n{HARD * 4}"
    problem = found(text)[0]
    assert page(text, "pages/x.md").text.split("\n")[problem.span.line - 1] == "## On rules"
    assert problem.hint.count("line ") == 3
    assert "Individuals demonstrating" in problem.hint


def test_names_and_what_stands_in_brackets_do_not_count() -> None:
    text = f"## A\n\n{NAMES * 12}"
    assert [each.code for each in found(text)] == ["LNG001"]
    assert found(text, frozenset({"gabapentin", "duloxetine"})) == []
    aside = "We may use a shot (radiofrequency neurotomy of the lumbar medial branches). It helps some. "
    assert found(f"## A\n\n{aside * 8}") == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (words(25), []),
        (words(26), ["LNG002"]),
        (f"{words(20)[:-1]}; {words(20)}", []),
        (f"{words(20)[:-1]} (that is, {words(9)[:-1]}).", []),
        ("\n".join(f"- {words(9)}" for _ in range(5)), []),
        (f"- {words(5)}\n- {words(30)}", ["LNG002"]),
    ],
)
def test_long_sentences(text: str, codes: list[str]) -> None:
    assert [each.code for each in found(text)] == codes


def test_of_what_is_a_little_too_much_the_worst_is_the_warning() -> None:
    problems = found(f"{words(27)}\n\n{words(30)}\n\n{words(28)}")
    assert [(each.severity, each.message.split()[3]) for each in problems] == [
        (Severity.INFO, "27"),
        (Severity.WARNING, "30"),
        (Severity.INFO, "28"),
    ]


def test_what_is_far_too_much_is_always_a_warning() -> None:
    problems = found(f"{words(36)}\n\n{words(40)}\n\n{words(28)}")
    assert [each.severity for each in problems if each.code == "LNG002"] == [
        Severity.WARNING,
        Severity.WARNING,
        Severity.INFO,
    ]


@given(st.lists(st.sampled_from(("Pain.", "gabapentin", "lasts;", "we're", "done!", "(or", "so)", "é")), max_size=15))
def test_sentences_are_counted_the_same_in_both_ways(said: list[str]) -> None:
    measure = grade.Measure(grade.heard_of(builtin_lists().reading), frozenset({"gabapentin"}))
    text = " ".join(said)
    stretch = Stretch(text, Span.at(1, 1))
    bare = grade._ASIDE.sub(lambda aside: " " * len(aside[0]), text)
    assert list(grade._sentences(stretch, measure)) == list(grade._word_by_word(stretch, bare, measure))


WORDS = (
    "Pain.",
    "gabapentin",
    "we're",
    "done!",
    "é",
    "5%",
    "#1",
    "İ",
    "?!",
    "\u201cYes.\u201d",
    "e.g.",
    "it",
    "lasts;",
    "(or",
)


@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
def test_the_sum_of_a_plain_stretch_is_that_of_its_sentences_and_none_of_them_is_too_long(text: str) -> None:
    measure = grade.Measure(grade.heard_of(builtin_lists().reading), frozenset({"gabapentin"}))
    stretch = Stretch(text, Span.at(1, 1))
    counted = list(grade._sentences(stretch, measure))
    too_long = any(length > grade.LONGEST for _, length in counted)
    summed = grade._plain(stretch, measure)
    assert summed == grade.Sum.of(sentence for sentence, _ in counted) if summed is not None else True
    plain = not any(each in text for each in ("gabapentin", ";", "("))
    assert (summed is not None) is (plain and not too_long)
