"""Weekdays and their dates, and dates that no calendar has."""

import pytest

from clinic.problems import Problem
from clinic.rules import dates
from tests.harness import page


def found(text: str, path: str = "announcements/x.md") -> list[Problem]:
    return list(dates.of(page(text, path)))


WRONG = [
    "Monday 24 November 2026",
    "Monday, November 24, 2026",
    "Monday, Nov. 24, 2026",
    "Mon, Nov 24, 2026",
    "Monday the 24th of November 2026",
    "Monday, November 24th, 2026",
    "monday november 24 2026",
    "Monday, 2026-11-24",
    "Monday (2026-11-24)",
    "Monday, 11/24/2026",
    "November 24, 2026 (Monday)",
    "Monday, November 24",
    "Monday 24 Nov",
]

RIGHT = [
    "Tuesday 24 November 2026",
    "Tuesday, November 24, 2026",
    "Tues. Nov. 24, 2026",
    "Tuesday, 2026-11-24",
    "Tuesday, 11/24/2026",
    "Thursday, 12/3/2026",
    "Tuesday, November 24",
    "Friday, January 1",
    "We are open on Mondays. November 24, 2026 is near.",
    "From Monday, December 21 to Thursday, December 31, 2026",
    "Monday to Friday, 8 am to 5 pm",
    "In May 2 of 3 people came.",
    "On Monday 3 of 4 rooms are closed.",
    "February 29, 2028",
    "It may 31 times.",
]


@pytest.mark.parametrize("text", WRONG)
def test_a_weekday_that_does_not_match_is_found(text: str) -> None:
    (problem,) = found(f"We are closed on {text}.")
    assert problem.code == "NOT004"
    assert problem.message == "November 24, 2026 is a Tuesday, not a Monday."
    assert problem.span.line == 9
    assert problem.span.column == 18


@pytest.mark.parametrize("text", RIGHT)
def test_a_weekday_that_matches_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_numbers_that_can_be_read_two_ways_must_fit_neither() -> None:
    assert found("Closed on Sunday, 3/1/2026.") == []  # March 1 is a Sunday, January 3 a Saturday
    assert found("Closed on Saturday, 3/1/2026.") == []
    assert [problem.code for problem in found("Closed on Friday, 3/1/2026.")] == ["NOT004"]


@pytest.mark.parametrize(
    "text",
    ["November 31, 2026", "Feb. 30, 2026", "February 29, 2026", "31 June 2026", "Monday, April 31", "June 31",
     "the 30th of February", "6/31/2026", "13/13/2026", "2026-06-31", "(2026-13-01)"],
)  # fmt: skip
def test_a_day_that_is_not_there_is_found(text: str) -> None:
    assert [problem.code for problem in found(f"We move on {text}.")] == ["NOT008"]


@pytest.mark.parametrize(
    "text",
    ["In April 31 people came.", "Come on June 30.", "Come on 25/12/2026.", "It is 6/31/20.", "Fraction 3/31/2026/7.",
     "Form 11-2026-06-31.", "On May 40 mg is enough."],
)  # fmt: skip
def test_what_only_looks_like_a_day_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_without_a_year_only_an_announcement_says_which() -> None:
    assert found("See you on Monday, November 24.", "pages/x.md") == []
    assert len(found("See you on Monday, November 24, 2026.", "pages/x.md")) == 1


def test_the_year_that_is_nearest_to_the_announcement_is_meant() -> None:
    text = "---\ntitle: {}\nsummary: A summary.\ndate: 2026-12-28\nexpires: 2027-01-31\ntopic: hours\n---\n\nText.\n"
    assert found(text.format("Closed on Friday, January 1")) == []
    (problem,) = found(text.format("Closed on Thursday, January 1"))
    assert problem.message == "January 1, 2027 is a Friday, not a Thursday."
    assert problem.span.line == 2
