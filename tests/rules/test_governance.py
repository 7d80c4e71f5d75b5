"""Reviews: what is said of them as time passes, and of records that name nobody, nothing or tomorrow."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from clinic.cache import Cache
from clinic.content import read_content
from clinic.library.reviews import Standing, months_after
from clinic.problems import Problem
from clinic.signing.record import SignOff, read_review, record_path, with_sign_off
from tests.harness import NOW, checked, good_site

CLOCK = ZoneInfo("America/Los_Angeles")
PAGE, RECORD = "conditions/heel-pain.md", "reviews/heel-pain.yaml"
BLOCK = "procedures/nerve-block.md"


def sign(folder: Path, page: str, *signed: tuple[str, str]) -> None:
    """Signs a page as it stands, by clinicians on days; whatever record was there is gone."""
    document = next(each for each in read_content(folder, Cache(None)).documents if each.id == page)
    file, record = folder / record_path(page), None
    file.parent.mkdir(exist_ok=True)
    for by, day in signed:
        sign_off = SignOff(by=by, date=dt.date.fromisoformat(day), fingerprint=document.fingerprint)
        file.write_bytes(with_sign_off(record, sign_off, document.signed_text))
        record, _ = read_review(record_path(page), file.read_bytes())


def change(folder: Path, path: str, before: str, after: str) -> None:
    text = (folder / path).read_text()
    assert text.count(before) == 1, before
    (folder / path).write_text(text.replace(before, after))


def found(folder: Path, now: dt.datetime = NOW) -> list[tuple[str, str, int]]:
    return [(each.code, each.path, each.span.line) for each in checked(folder, now).problems]


def problem(folder: Path, code: str, now: dt.datetime = NOW) -> Problem:
    return next(each for each in checked(folder, now).problems if each.code == code)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return good_site(tmp_path)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2024-11-25", 24, "2026-11-25"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-11-22", 36, "2029-11-22"),
    ],
)
def test_months_are_counted_as_people_do(day: str, months: int, later: str) -> None:
    assert months_after(dt.date.fromisoformat(day), months).isoformat() == later


@pytest.mark.parametrize(
    ("day", "every", "now", "code"),
    [
        ("2024-11-25", "", "2026-09-25 23:59", None),
        ("2024-11-25", "", "2026-09-26 00:00", "GOV002"),
        ("2024-11-25", "", "2026-11-25 23:59", "GOV002"),
        ("2024-11-25", "", "2026-11-26 00:00", "GOV001"),
        ("2026-04-20", "review_every: 6 months\n", "2026-10-21 00:00", "GOV001"),
        ("2024-05-13", "review_every: 36 months\n", "2026-12-01 00:00", None),
    ],
)
def test_a_review_is_due_through_the_end_of_its_day(
    site: Path, day: str, every: str, now: str, code: str | None
) -> None:
    change(site, PAGE, "author: front-desk\n", f"author: front-desk\n{every}")
    sign(site, "heel-pain", ("dr-example", day))
    at = dt.datetime.fromisoformat(now).replace(tzinfo=CLOCK)
    assert found(site, at) == ([(code, RECORD, 5)] if code else [])


def test_only_the_last_sign_off_grows_old(site: Path) -> None:
    sign(site, "heel-pain", ("dr-example", "2020-01-01"), ("dr-example", "2026-11-20"))
    assert found(site) == []


def test_a_changed_page_is_an_error_until_it_is_signed_again_or_put_back(site: Path) -> None:
    text = (site / PAGE).read_bytes()
    change(site, PAGE, "for a week", "for a month")
    assert found(site) == [("GOV003", PAGE, text.decode().split("\n").index("Rest your foot for a week.") + 1)]
    sign(site, "heel-pain", ("dr-example", "2026-10-05"), ("dr-example", "2026-11-20"))
    assert found(site) == []
    (site / PAGE).write_bytes(text)
    assert [code for code, _, _ in found(site)] == ["GOV003"]


def test_a_draft_may_change_and_a_withdrawn_page_is_nobodys(site: Path) -> None:
    change(site, PAGE, "for a week", "for a month")
    for status in ("draft", "withdrawn\nwhy: We wrote it anew."):
        other = good_site(site.parent / status[:5])
        change(other, PAGE, "author:", f"status: {status}\nauthor:")
        change(other, PAGE, "for a week", "for a month")
        assert "GOV003" not in [code for code, _, _ in found(other)]


def test_what_was_signed_by_the_author_alone_is_told(site: Path) -> None:
    change(site, PAGE, "author: front-desk", "author: dr-example")
    text = (site / "clinicians/dr-example.md").read_text()
    (site / "clinicians/dr-other.md").write_text(text.replace("Dr. Example", "Dr. Other"))
    sign(site, "heel-pain", ("dr-example", "2026-10-01"), ("dr-other", "2026-10-05"))
    assert found(site) == []
    sign(site, "heel-pain", ("dr-other", "2026-10-01"), ("dr-example", "2026-10-05"))
    assert found(site) == [], "somebody else has signed the same text before"
    sign(site, "heel-pain", ("dr-example", "2026-10-01"), ("dr-example", "2026-10-05"))
    assert found(site) == [("GOV004", RECORD, 7)]


@pytest.mark.parametrize(("left", "told"), [("2026-10-04", True), ("2026-10-05", False), ("2026-10-06", False)])
def test_whoever_signed_after_the_last_day_is_told(site: Path, left: str, *, told: bool) -> None:
    change(site, "clinicians/dr-example.md", "role: Physician\n", f"role: Physician\nleft: {left}\n")
    assert ("GOV006", RECORD, 4) in found(site) if told else "GOV006" not in [code for code, _, _ in found(site)]


@pytest.mark.parametrize(("now", "old"), [("2028-11-02 23:59", False), ("2028-11-03 00:00", True)])
def test_sources_grow_old(site: Path, now: str, *, old: bool) -> None:
    at = dt.datetime.fromisoformat(now).replace(tzinfo=CLOCK)
    assert (("GOV005", BLOCK, 15) in found(site, at)) is old


def test_tomorrow_is_an_error_only_until_it_comes(site: Path) -> None:
    change(site, RECORD, "date: 2026-10-05", "date: 2026-11-23")
    assert [code for code, _, _ in found(site)] == ["GOV011"]
    assert found(site, NOW + dt.timedelta(days=1)) == []


def test_records_of_nothing(site: Path) -> None:
    text = (site / RECORD).read_text()
    for name in ("more/heel-pain", "heel-pian", "dr-example"):
        file = site / "reviews" / f"{name}.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    assert found(site) == [
        ("GOV013", "reviews/dr-example.yaml", 1),
        ("GOV010", "reviews/heel-pian.yaml", 1),
        ("GOV010", "reviews/more/heel-pain.yaml", 1),
    ]
    assert "heel-pain" in problem(site, "GOV010").hint


def test_a_record_that_cannot_be_read_is_not_a_page_that_nobody_signed(site: Path) -> None:
    (site / RECORD).write_bytes(b"\x80")
    made = checked(site)
    assert made.library is not None
    assert made.library.reviews["heel-pain"].standing is Standing.UNCLEAR
    assert made.library.about(RECORD) is made.library.documents["heel-pain"]
    assert [each.path for each in made.problems] == [RECORD]
    (site / PAGE).unlink()
    assert [each.code for each in checked(site).problems] == ["GOV010"]


def test_fix_writes_in_no_record(site: Path) -> None:
    change(site, RECORD, "date: 2026-10-05", "date: 2026/10/05")
    told = checked(site).problems
    assert [(each.path, each.replacement) for each in told] == [(RECORD, None)]
