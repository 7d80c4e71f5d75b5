"""Announcements: their ends, words for times that pass, and what they replace."""

import datetime as dt
from pathlib import Path

import pytest

from clinic.rules import announcements
from tests.harness import NOW, checked, good_site, page

NEWS = """---
title: {title}
summary: A summary.
date: {date}
expires: {expires}
topic: general
{more}---

{text}
"""


def news(
    site: Path,
    name: str,
    *,
    title: str = "",
    date: str = "2026-11-16",
    expires: str = "2026-12-20",
    more: str = "",
    text: str = "Words.",
) -> Path:
    file = site / "announcements" / f"{name}.md"
    file.write_text(NEWS.format(title=title or name, date=date, expires=expires, more=more, text=text))
    return file


def told(site: Path, now: dt.datetime = NOW) -> list[tuple[str, str]]:
    return [(problem.code, Path(problem.path).stem) for problem in checked(site, now).problems]


@pytest.mark.parametrize(
    ("date", "expires", "more", "codes"),
    [
        ("2026-11-20", "2026-11-20", "", []),
        ("2026-11-20", "2026-11-19", "", ["NOT001"]),
        ("2026-11-20", "2026-11-20 00:00", "", ["NOT001"]),
        ("2026-11-20", "2026-11-20 00:01", "", []),
        ("2026-11-10", "2026-11-20", "publish: 2026-11-21\n", ["NOT001"]),
        ("2026-11-10", "2026-11-20", "publish: 2026-11-20 23:59\n", []),
        ("2026-11-10", "unknown", "", []),
    ],
)
def test_the_end_must_come_after_the_start(
    date: str, expires: str, more: str, codes: list[str], tmp_path: Path
) -> None:
    site = good_site(tmp_path)
    news(site, "refills", date=date, expires=expires, more=more)
    assert [code for code, _ in told(site)] == codes


@pytest.mark.parametrize(
    ("date", "expires", "codes"),
    [
        ("2026-11-01", "2027-01-29", []),  # ninety days, and an hour for the clocks
        ("2026-11-01", "2027-01-30", ["NOT002"]),
        ("2027-01-01", "2027-12-31", ["NOT002"]),
        ("2026-08-25", "unknown", []),
        ("2026-08-20", "unknown", ["NOT002"]),
        ("2024-01-01", "never\nwhy: It stays true.", []),
        ("2024-01-01", "2024-12-31", []),
    ],
)
def test_ninety_days_are_enough(date: str, expires: str, codes: list[str], tmp_path: Path) -> None:
    site = good_site(tmp_path)
    news(site, "refills", date=date, expires=expires)
    assert [code for code, _ in told(site)] == codes


def test_the_moment_of_a_warning_that_time_brings_is_remembered(tmp_path: Path) -> None:
    site = good_site(tmp_path)
    news(site, "refills", date="2026-10-01", expires="unknown")
    library = checked(site).library
    assert library is not None
    assert dt.datetime(2026, 12, 30, 7, tzinfo=dt.UTC) in library.timeline.coming


def test_time_alone_makes_nothing_an_error(tmp_path: Path) -> None:
    site = good_site(tmp_path)
    news(site, "refills", date="2026-11-20", expires="unknown", more="closed: [2026-11-26]\n")
    for months in range(0, 120, 3):
        now = NOW + dt.timedelta(days=30.4 * months)
        assert all(problem.severity != "error" for problem in checked(site, now).problems)


RELATIVE = [
    "We were short of staff last month.",
    "We close early this Friday.",
    "We wish you a joyful holiday season.",
    "We look forward to seeing you as we enter into 2024!",
    "as we enter 2024",
    "Next week we are closed.",
    "The office moves next month.",
    "We are closed tomorrow.",
    "We are closed today.",
    "Yesterday our phones were down.",
    "Hours change over the holidays.",
    "This summer we close at noon.",
    "Our new doctor came two weeks ago.",
    "You may wait longer in the coming weeks.",
    "Over the next few weeks we move.",
    "Last year we moved.",
    "We are open this weekend.",
    "Happy new year!",
    "We close at noon this afternoon.",
    "Parking was closed earlier this week.",
    "The line is busy this morning.",
]

LASTING = [
    "We close early on Friday, November 27, 2026.",
    "We close this Friday, November 27, 2026.",
    "We are closed each Friday.",
    "We are open on Fridays.",
    "Call us today to ask for a visit.",
    "If you can't come, call us today.",
    "We are closed on New Year's Day.",
    "In the new year's first week we are closed.",
    "The notice holds until December 31, 2026.",
    "It lasts a month.",
    "Bring your last bill.",
    "The next visit is free of charge.",
    "We will call you on the next day that we are open.",
    "Holidays are listed below.",
    "Within two weeks of your visit, call us.",
]


def relative(text: str, path: str = "announcements/x.md") -> list[str]:
    return [problem.code for problem in announcements.relative(page(text, path))]


@pytest.mark.parametrize("text", RELATIVE)
def test_words_that_go_out_of_date_are_found(text: str) -> None:
    assert relative(text) == ["NOT003"]


@pytest.mark.parametrize("text", LASTING)
def test_words_that_stay_true_are_left_alone(text: str) -> None:
    assert relative(text) == []


def test_in_a_care_card_today_is_what_is_meant() -> None:
    assert relative("> [!urgent] Call us today if\n> - you have a fever today") == []


def test_only_announcements_are_asked_for_dates(tmp_path: Path) -> None:
    site = good_site(tmp_path)
    file = site / "pages" / "home.md"
    file.write_text(file.read_text() + "\nYou may hurt more next week.\n")
    assert told(site) == []


@pytest.mark.parametrize(
    "text",
    [
        'This replaces our notice "Old refills".',
        'What we said in "Old refills" no longer applies.',
        "This notice supersedes [what we said](old-refills.md).",
        "It takes the place of Old refills.",
    ],
)
def test_what_says_that_it_replaces_another_needs_supersedes(text: str, tmp_path: Path) -> None:
    site = good_site(tmp_path)
    news(site, "old-refills", title="Old refills", date="2026-11-02")
    file = news(site, "refills", text=text)
    (problem,) = checked(site).problems
    assert (problem.code, problem.path, problem.span.line) == ("NOT005", "announcements/refills.md", 6)
    assert problem.replacement == "supersedes: old-refills\n"
    file.write_text(file.read_text().replace("topic:", "supersedes: old-refills\ntopic:"))
    assert "NOT005" not in checked(site).codes()


@pytest.mark.parametrize(
    ("text", "expires"),
    [
        ('This replaces our notice "Old refills".', "2026-11-10"),
        ('This is replaced by "Old refills".', "2026-12-20"),
        ("Read about Old refills.", "2026-12-20"),
        ("This replaces all that we said.", "2026-12-20"),
        ("A nurse replaces the bandage.", "2026-12-20"),
    ],
)
def test_what_replaces_nothing_that_holds_is_left_alone(text: str, expires: str, tmp_path: Path) -> None:
    site = good_site(tmp_path)
    news(site, "old-refills", title="Old refills", date="2026-11-02", expires=expires)
    news(site, "refills", text=text)
    assert told(site) == []


def test_a_circle_of_three_is_told_at_each(tmp_path: Path) -> None:
    site = good_site(tmp_path)
    for one, other in (("one", "two"), ("two", "three"), ("three", "one")):
        news(site, one, title=f"About {one}", more=f"supersedes: {other}\n")
    news(site, "four", title="About four", more="supersedes: one\n")
    assert told(site) == [("NOT006", "one"), ("NOT006", "three"), ("NOT006", "two")]


@pytest.mark.parametrize(
    ("closed", "told_of"),
    [("2026-11-16", 0), ("2026-12-20", 0), ("2026-12-21", 1), ("2026-11-15", 1), ("2027-12-01, 2026-12-01", 1)],
)
def test_closed_days_lie_within_the_announcement(closed: str, told_of: int, tmp_path: Path) -> None:
    site = good_site(tmp_path)
    news(site, "refills", more=f"closed: [{closed}]\n")
    assert checked(site).codes() == ["NOT007"] * told_of


@pytest.mark.parametrize(
    "text",
    ["We lacked staff last month.", "Doors open later this spring.", "Happy holidays!", "As we step into 2025."],
)
def test_news_goes_out_of_date_on_every_page(text: str) -> None:
    assert relative(text, "pages/x.md") == ["NOT003"]


@pytest.mark.parametrize(
    "text",
    [
        "Tell us if you fell last month.",
        "Have you had a shot in the last year?",
        "Call us today. Rest, and go back to work next week.",
        "It hurts this morning and is gone tomorrow.",
        "When did it start: last week or last year?",
    ],
)
def test_a_page_speaks_of_the_time_of_its_reader(text: str) -> None:
    assert relative(text, "procedures/x.md") == []


def test_a_section_that_tells_news_is_told_once_and_only_on_a_clinical_page() -> None:
    text = "## Rest\n\nWe rest.\n\n## Visits\n\nWe have moved. Thank you for your patience. We are short-staffed."
    assert relative(text, "conditions/x.md") == ["NOT009"]
    assert relative(text, "pages/x.md") == []
    assert relative("## Visits\n\nWe have moved.", "conditions/x.md") == []


@pytest.mark.parametrize(
    ("topic", "expires", "says", "codes"),
    [
        ("hours", "2027-03-31", "We close at noon until March 31, 2027.", []),
        ("hours", "2027-03-31", "We close at noon.", ["NOT002"]),
        ("general", "2027-03-31", "We close at noon until March 31, 2027.", ["NOT002"]),
        ("hours", "2027-09-30", "We close at noon until September 30, 2027.", ["NOT002"]),
    ],
)
def test_hours_of_a_season_may_stay_for_it(
    topic: str, expires: str, says: str, codes: list[str], tmp_path: Path
) -> None:
    site = good_site(tmp_path)
    header = f"title: Hours now\nsummary: When we close.\ndate: 2026-11-20\nexpires: {expires}\ntopic: {topic}\n"
    (site / "announcements" / "season.md").write_text(f"---\n{header}---\n\n{says}\n", encoding="utf-8")
    assert [code for code, _ in told(site)] == codes
