"""Exceptions that a page makes for itself: what they cover, what they can't, and when they end."""

import datetime as dt
from pathlib import Path

import pytest

from clinic.problems import Problem, Severity
from tests.harness import NOW, checked, good_site

PAGE = "announcements/office-hours.md"
RELATIVE = "We are open on Mondays from next Monday."
ALLOW = '<!-- check: allow NOT003 reason="we say it each week" until=2027-01-31 -->'


def found(tmp_path: Path, body: str, *, now: dt.datetime = NOW, header: str = "") -> list[Problem]:
    """The problems of an announcement with this text."""
    site = good_site(tmp_path)
    file = site / PAGE
    front = file.read_text(encoding="utf-8").split("---\n")[1]
    file.write_text(f"---\n{header or front}---\n{body}\n", encoding="utf-8")
    return [problem for problem in checked(site, now).problems if problem.path == PAGE]


def codes(tmp_path: Path, body: str) -> list[str]:
    return [problem.code for problem in found(tmp_path, body)]


@pytest.mark.parametrize(
    "body",
    [
        f"{ALLOW}\n{RELATIVE}",
        f"\n{ALLOW}\n\n{RELATIVE}",
        f"{RELATIVE} {ALLOW}",
        f"{ALLOW}\n\n- {RELATIVE}\n- And so on.",
        f"{ALLOW}\n\n> {RELATIVE}",
        f"{ALLOW}\n<!-- another comment -->\n\n{RELATIVE}",
        f"{ALLOW.replace('NOT003', 'not003')}\n{RELATIVE}",
        f"{ALLOW.replace(chr(34), chr(0x201D))}\n{RELATIVE}",
        f"{ALLOW.replace('reason', 'REASON').replace('=', ' = ')}\n{RELATIVE}",
    ],
)
def test_it_sets_aside_what_it_names_right_below_it(tmp_path: Path, body: str) -> None:
    assert codes(tmp_path, RELATIVE) == ["NOT003"]
    (tmp_path / "with").mkdir()
    assert codes(tmp_path / "with", body) == []


def test_a_number_that_is_nearly_ours_may_be_somebody_elses(tmp_path: Path) -> None:
    body = "Call the pharmacy next door at 503-555-0101."
    allow = '<!-- check: allow FCT002 reason="the pharmacy next door" until=2027-01-31 -->'
    assert "FCT002" in codes(tmp_path, body)
    (tmp_path / "with").mkdir()
    told = found(tmp_path / "with", f"{allow}\n\n{body}")
    assert not {"FCT002", "WAV002", "WAV004"} & {one.code for one in told}


@pytest.mark.parametrize("note", ["<!-- check this with Pat -->", "<!-- checked on Monday -->", "<!-- Check -->"])
def test_a_note_to_a_colleague_is_no_exception(tmp_path: Path, note: str) -> None:
    assert codes(tmp_path, f"{note}\n\nAs said.") == []


def test_it_covers_one_block_and_no_further(tmp_path: Path) -> None:
    assert codes(tmp_path, f"{ALLOW}\n\n{RELATIVE}\n\nAnd {RELATIVE}") == ["NOT003"]


def test_at_the_top_it_covers_the_header_too_and_elsewhere_not(tmp_path: Path) -> None:
    site = good_site(tmp_path)
    front = (site / PAGE).read_text(encoding="utf-8").split("---\n")[1]
    lines = [line for line in front.splitlines(keepends=True) if not line.startswith("summary:")]
    header = "".join([*lines, "summary: We open on Mondays from next Monday.\n"])
    (tmp_path / "top").mkdir()
    (tmp_path / "below").mkdir()
    assert [one.code for one in found(tmp_path / "top", f"{ALLOW}\n\nAs said.", header=header)] == []
    below = found(tmp_path / "below", f"As said.\n\n{ALLOW}\n\nMore.", header=header)
    assert sorted(one.code for one in below) == ["NOT003", "WAV004"]


def test_in_code_it_is_only_text(tmp_path: Path) -> None:
    assert codes(tmp_path, f"```\n{ALLOW}\n```\n\n{RELATIVE}") == ["NOT003"]


def test_when_its_day_is_over_it_warns_at_its_place_and_says_what_it_lets_through(tmp_path: Path) -> None:
    body = f"{ALLOW.replace('2027-01-31', '2026-11-22')}\n\n{RELATIVE}"
    (tmp_path / "last").mkdir()
    (tmp_path / "after").mkdir()
    assert found(tmp_path / "last", body) == [], "its last day counts"
    (over,) = found(tmp_path / "after", body, now=NOW + dt.timedelta(days=1))
    assert (over.code, over.severity) == ("WAV003", Severity.WARNING)
    assert "next Monday" in over.message
    assert "November 22, 2026" in over.message or "2026-11-22" in over.message


def test_time_alone_turns_no_error_back_on(tmp_path: Path) -> None:
    body = '<!-- check: allow STR010 reason="the number is on the poster" until=2026-11-22 -->\n\nCall us at.'
    (tmp_path / "before").mkdir()
    assert [one.code for one in found(tmp_path, "Call us at.") if one.severity is Severity.ERROR] == ["STR010"]
    later = found(tmp_path / "before", body, now=NOW + dt.timedelta(days=400))
    assert not [one for one in later if one.severity is Severity.ERROR]
    assert "WAV003" in [one.code for one in later]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("allow", "for which code"),
        ('allow reason="x" until=2027-01-01', "for which code"),
        ("NOT003", 'the word "allow"'),
        ("", 'the word "allow"'),
        ("allow NOT003 until=2027-01-01", "no reason"),
        ('allow NOT003 reason="" until=2027-01-01', "no reason"),
        ('allow NOT003 reason="x"', "no last day"),
        ('allow NOT003 reason="x" until=soon', '"soon" is no day'),
        ('allow NOT003 reason="x" until=2027-02-30', '"2027-02-30" is no day'),
        ('allow NOT003 reason="x" until=01/31/2027', "is no day"),
        ('allow NOT003 reason="x" until=2027-01-01 who=me', 'can\'t say "who"'),
    ],
)
def test_one_that_is_not_whole_sets_nothing_aside(tmp_path: Path, said: str, told: str) -> None:
    problems = {one.code: one for one in found(tmp_path, f"<!-- check: {said} -->\n\n{RELATIVE}")}
    assert sorted(problems) == ["NOT003", "WAV001"]
    assert told in problems["WAV001"].message


@pytest.mark.parametrize("text", ["See [this](nowhere.md).", "A <script>x</script> b.", "{{ phone.nobody }}"])
def test_what_is_unsafe_is_never_set_aside(tmp_path: Path, text: str) -> None:
    unsafe = {one.code for one in found(tmp_path, text) if one.severity is Severity.ERROR}
    assert unsafe
    (tmp_path / "with").mkdir()
    said = f'<!-- check: allow {" ".join(sorted(unsafe))} reason="x" until=2027-01-01 -->'
    kept = found(tmp_path / "with", f"{said}\n\n{text}")
    assert {one.code for one in kept} >= {*unsafe, "WAV002"}
    assert {one.code for one in kept if one.severity is Severity.ERROR} == unsafe


def test_an_unknown_code_is_told_with_the_nearest(tmp_path: Path) -> None:
    problems = found(tmp_path, '<!-- check: allow NOT03 NOTT003 reason="x" until=2027-01-01 -->\n\nText.')
    assert [one.code for one in problems] == ["WAV001"]
    (tmp_path / "b").mkdir()
    (unknown,) = found(tmp_path / "b", '<!-- check: allow NOT903 reason="x" until=2027-01-01 -->\n\nText.')
    assert (unknown.code, unknown.hint) == ("WAV002", "Did you mean NOT003?")
