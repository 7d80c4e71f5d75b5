"""Phone numbers and e-mails in texts: the clinic's own typed by hand, almost right, somebody else's."""

from pathlib import Path

import pytest

from clinic.problems import Problem, Severity
from clinic.rules.contacts import distance
from clinic.source.fix import apply
from tests.harness import checked, good_site

PAGE = "pages/plans.md"
CODES = {"FCT002", "FCT003", "FCT004", "FCT005"}


def told(tmp_path: Path, text: str, path: str = PAGE) -> list[Problem]:
    site = good_site(tmp_path)
    file = site / path
    file.write_text(f"{file.read_text().rstrip()}\n\n{text}\n")
    return [problem for problem in checked(site).problems if problem.code in CODES and problem.path == path]


NEAR = [
    "Call 503-555-0108.",
    "Call (503) 555-0010 now.",
    "Call 503-555-010 now.",
    "Call +1 503 555 01000.",
    "Call 503\u2011555\u20110101.",
    "Call 530.555.0100.",
    "[Call us](tel:+15035550101)",
    "Write to <ofice@example.com>.",
    "Write to [the desk](mailto:office@exmaple.com).",
    "Poison Control: 1-800-222-1223",
    "Text us: 555-0198",
    "## Call 503-555-0101",
]
BY_HAND = [
    ("Call 503-555-0100.", "Call {{ phone.main }}."),
    ("Call (503)\u00a0555-0199 at night.", "Call {{ phone.night }} at night."),
    ("Call **503.555.0100** now.", "Call **{{ phone.main }}** now."),
    ("Call 1-503-555-0100.", "Call {{ phone.main }}."),
    ("Call us at 555-0100.", "Call us at {{ phone.main }}."),
    ("[503-555-0100](tel:+15035550100)", "{{ phone.main }}"),
    ("Write to <office@example.com>.", "Write to {{ email.office }}."),
    ("Write to [office@example.com](mailto:office@example.com).", "Write to {{ email.office }}."),
]
NOT_MENDED = [
    "[Call our desk](tel:+15035550100)",
    "[Call 503-555-0100 now](tel:+15035550100)",
    "Dial `503-555-0100`.",
    "### Our number: 503-555-0100\n\nText.",
    "![Our number is 503-555-0100](../images/walk.png)",
]
UNKNOWN = [
    "Call the hospital at 971-555-0163.",
    "Fax it to 360 555 0177.",
    "Call 1-800-MEDICARE.",
    "Phone: 9715550163",
    "Write to help@hospital.example.com.",
    "Call 555-0163 in town.",
    "[The hospital](tel:+19715550163)",
    "In London: +44 20 7946 0958",
]
FINE = [
    "Call {{ phone.main }} or write to {{ email.office }}.",
    "Call 911, 988 or 711.",
    "Poison Control: 1-800-222-1222 or (800) 222-1222",
    "Claim 0100-5550-503, authorization 2026-11-0042-7, NPI 1234567893, NDC 0071-1013-68",
    "ZIP 97201-0100, from 2019-2020, on 2026-12-01, at 45.5152, -122.6784",
    "See [the form](https://www.example.com/5035550101/503-555-0101) and ISBN 978-3-16-148410-0.",
    "Between 100-2000 people, 1,000,000 steps, 5 of 100 000 000",
    "1-2-3, 10/12/2026, 8:00-17:00, 1st-2nd, 12345678",
]


@pytest.mark.parametrize("text", NEAR)
def test_what_is_almost_the_clinics_is_an_error(text: str, tmp_path: Path) -> None:
    (found,) = told(tmp_path, text)
    assert (found.code, found.severity, found.replacement) == ("FCT002", Severity.ERROR, None)
    assert "{{ " in found.hint or "800" in found.hint


@pytest.mark.parametrize(("text", "mended"), BY_HAND)
def test_what_is_the_clinics_becomes_a_fact(text: str, mended: str, tmp_path: Path) -> None:
    (found,) = told(tmp_path, text)
    assert found.code == "FCT003"
    file = tmp_path / "content" / PAGE
    file.write_bytes(apply(file.read_bytes(), [found]))
    assert file.read_text().rstrip().endswith(mended)
    assert not {each.code for each in checked(tmp_path / "content").problems} & (CODES | {"STR048", "FM068"})


@pytest.mark.parametrize("text", NOT_MENDED)
def test_where_a_fact_would_be_something_else_it_is_only_told(text: str, tmp_path: Path) -> None:
    assert [(each.code, each.replacement) for each in told(tmp_path, text)] == [("FCT003", None)]


@pytest.mark.parametrize("text", UNKNOWN)
def test_a_number_of_somebody_else_belongs_into_contacts(text: str, tmp_path: Path) -> None:
    assert [(each.code, each.severity) for each in told(tmp_path, text)] == [("FCT004", Severity.WARNING)]


def test_news_may_name_a_number_that_nobody_needs_later(tmp_path: Path) -> None:
    (found,) = told(tmp_path, "Call the elevator company at 971-555-0163.", "announcements/office-hours.md")
    assert (found.code, found.severity) == ("FCT004", Severity.INFO)


@pytest.mark.parametrize("text", FINE)
def test_other_numbers_are_left_alone(text: str, tmp_path: Path) -> None:
    assert told(tmp_path, text) == []


def test_a_contact_may_be_a_number_an_email_or_an_address(tmp_path: Path) -> None:
    text = "Call 971-555-0163, write to help@hospital.example.com or to 7 Oak Road, Salem, OR 97301."
    assert [each.code for each in told(tmp_path / "a", text)] == ["FCT004", "FCT004", "FCT005"]
    site = tmp_path / "a" / "content"
    more = (
        'contacts:\n  hospital:\n    label: Hospital\n    number: "+19715550163"\n  desk:\n    label: Its desk\n'
        "    email: help@hospital.example.com\n  mail:\n    label: Its mail\n    address: 7 Oak Road, Salem, OR 97301\n"
    )
    clinic = site / "clinic.yaml"
    clinic.write_text(clinic.read_text().replace("contacts:\n", more))
    assert not [each for each in checked(site).problems if each.code in CODES | {"FM050"}]


def test_a_contact_without_any_of_them_is_told(tmp_path: Path) -> None:
    site = good_site(tmp_path)
    clinic = site / "clinic.yaml"
    clinic.write_text(clinic.read_text().replace("contacts:\n", "contacts:\n  hospital:\n    label: Hospital\n"))
    assert [(each.code, each.span.line) for each in checked(site).problems] == [("FM050", 24)]


def test_summaries_are_looked_at_and_mended(tmp_path: Path) -> None:
    site = good_site(tmp_path)
    file = site / PAGE
    file.write_text(file.read_text().replace("summary: ", "summary: Call 503-555-0100. ", 1))
    (found,) = [each for each in checked(site).problems if each.code in CODES]
    assert (found.code, found.replacement) == ("FCT003", "{{ phone.main }}")


@pytest.mark.parametrize(
    ("one", "other", "away"),
    [("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("abcd", "badc", 2), ("ab", "xy", 2)],
)
def test_distance_counts_slips_of_the_finger(one: str, other: str, away: int) -> None:
    assert distance(one, other, 2) == distance(other, one, 2) == away
    assert distance("abcdef", "uvwxyz", 2) == 3
