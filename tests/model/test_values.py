"""What may be written for each type of value: what it is read as, or the problem at its place."""

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.model.clinic import Clinic
from clinic.model.clock import end_of, instant, start_of, zone
from clinic.model.hours import Week
from clinic.model.kinds import HEADERS, Announcement, Clinician, Common, Condition, Page, Photo, Procedure
from clinic.model.moments import END, OpenEnd
from clinic.model.reading import ABSENT, Reading, fields_of, read_record
from clinic.problems import Severity
from clinic.source.header import read_source
from clinic.source.nodes import ScalarNode

LEAST = {
    Condition: "title: A\nsummary: B.\n",
    Procedure: "title: A\nsummary: B.\n",
    Announcement: "title: A\nsummary: B.\ndate: 2026-11-20\nexpires: never\nwhy: C.\n",
    Clinician: "title: A\nsummary: B.\n",
    Page: "title: A\nsummary: B.\n",
}


def read(cls: type[Common], line: str) -> tuple[Common | None, list[tuple[str, int, int]]]:
    """The header of a page with a line more on top, and the problems with that line: code, line, column."""
    name = line.partition(":")[0]
    kept = "".join(f"{row}\n" for row in LEAST[cls].splitlines() if not row.startswith(f"{name}:"))
    source = read_source("pages/it.md", f"---\n{line}\n{kept}---\n\nWords.\n".encode())
    reading = Reading("pages/it.md")
    assert source.header is not None, source.problems
    made = read_record(cls, source.header, reading, called="the header")
    rows = line.count("\n") + 2
    found = [(each.code, each.span.line, each.span.column) for each in reading.problems if 2 <= each.span.line <= rows]
    missing = {"FM050"}
    return (None if made is ABSENT else made), [each for each in found if each[0] not in missing]


@dataclass(frozen=True)
class Reads:
    """A line of a header, and what its field becomes."""

    cls: type[Common]
    line: str
    value: object


READS = [
    Reads(Page, "title: no", "no"),
    Reads(Page, "title: 12:30", "12:30"),
    Reads(Page, "title: 01234", "01234"),
    Reads(Page, "title: 1e3", "1e3"),
    Reads(Page, "title: 2026-11-22", "2026-11-22"),
    Reads(Page, "title: null", "null"),
    Reads(Page, 'title: "Quoted: with a colon"', "Quoted: with a colon"),
    Reads(Page, "title: 'It''s'", "It's"),
    Reads(Page, "title: Cafe\u0301", "Caf\u00e9"),
    Reads(Page, "noindex: yes", value=True),
    Reads(Page, "noindex: no", value=False),
    Reads(Page, "lang: es", "es"),
    Reads(Page, "lang: pt-BR", "pt-BR"),
    Reads(Page, "lang: zh-Hans", "zh-Hans"),
    Reads(Page, "publish: 2026-11-22", dt.date(2026, 11, 22)),
    Reads(Page, "publish: 2026-11-22 08:05", dt.datetime(2026, 11, 22, 8, 5)),  # noqa: DTZ001 - the clinic's own clock
    Reads(Page, "publish: 2026-11-22T08:05", dt.datetime(2026, 11, 22, 8, 5)),  # noqa: DTZ001 - the same
    Reads(Page, 'publish: "2026-11-22"', dt.date(2026, 11, 22)),
    Reads(Page, "aliases: [/old/, /old.html, /old]", ("/old/", "/old.html", "/old")),
    Reads(Page, "aliases:\n  - /a/\n  - /b/", ("/a/", "/b/")),
    Reads(Page, "aliases: []", ()),
    Reads(Condition, "symptoms: [stiff, sore in the morning]", ("stiff", "sore in the morning")),
    Reads(Condition, "review_every: 12 months", 12),
    Reads(Condition, "review_every: 36 months", 36),
    Reads(Procedure, "type: injection", "injection"),
    Reads(Procedure, "driver_needed: if-sedated", "if-sedated"),
    Reads(Announcement, "expires: unknown", OpenEnd.UNKNOWN),
    Reads(Announcement, "expires: never", OpenEnd.NEVER),
    Reads(Announcement, "expires: 2026-12-31 17:00", dt.datetime(2026, 12, 31, 17)),  # noqa: DTZ001 - the same
    Reads(Announcement, "closed: [2026-12-24, 2026-12-25]", (dt.date(2026, 12, 24), dt.date(2026, 12, 25))),
    Reads(Clinician, 'npi: "1234567893"', "1234567893"),
    Reads(Clinician, "left: 2026-06-30", dt.date(2026, 6, 30)),
    Reads(Clinician, "photo:\n  file: a.jpg\n  alt: A smile", Photo(file="a.jpg", alt="A smile")),
]


@pytest.mark.parametrize("case", READS, ids=[case.line for case in READS])
def test_what_is_written_stays_what_was_typed(case: Reads) -> None:
    made, problems = read(case.cls, case.line)
    assert problems == []
    assert getattr(made, case.line.partition(":")[0]) == case.value


REFUSED = [
    (Page, "noindex: true", "FM057", 10),
    (Page, "noindex: off", "FM057", 10),
    (Page, "lang: english", "FM074", 7),
    (Page, "lang: EN", "FM074", 7),
    (Page, "lang: e", "FM074", 7),
    (Page, "status: live", "FM056", 9),
    (Page, "publish: now", "FM058", 10),
    (Page, "publish: 2026-11-31", "FM061", 10),
    (Page, "publish: 2026-11-22 8:05", "FM060", 10),
    (Page, "publish: [2026-11-22]", "FM054", 10),
    (Page, "publish: 2026-11-22 08:00 Pacific Time", "FM062", 10),
    (Page, "publish: 2026-11-22 08:00 UTC-8", "FM062", 10),
    (Page, "publish: Monday, November 22, 2026", "FM058", 10),
    (Page, "publish: November 2026", "FM058", 10),
    (Page, "publish: Novem 31, 2026", "FM058", 10),
    (Page, "aliases: [/]", "FM071", 11),
    (Condition, "symptoms:\n  - sore: at night", "FM026", 5),
    (Condition, "symptoms:\n  sore at night\n  sore by day", "FM035", 3),
    (Page, "aliases: [old]", "FM071", 11),
    (Page, "aliases: [/a/, /a/]", "FM076", 16),
    (Page, "aliases: [//host/a]", "FM071", 11),
    (Condition, "symptoms: sore", "FM055", 11),
    (Condition, "review_every: 37 months", "FM073", 15),
    (Condition, "review_every: 0", "FM073", 15),
    (Condition, "review_every: a year", "FM073", 15),
    (Condition, "treatments: [Nerve Block]", "FM080", 14),
    (Condition, "sources: medlineplus", "FM055", 10),
    (Condition, "sources:\n  - medlineplus", "FM053", 5),
    (Procedure, "type: shot", "FM056", 7),
    (Procedure, "driver_needed: maybe", "FM056", 16),
    (Announcement, "expires: someday", "FM058", 10),
    (Announcement, "date: 2026-11-22 08:00", "FM063", 7),
    (Announcement, "topic: news", "FM056", 8),
    (Announcement, "closed: [2026-12-24 08:00]", "FM063", 10),
    (Clinician, "npi: 123", "FM085", 6),
    (Clinician, 'npi: "1234567890"', "FM085", 6),
    (Clinician, "photo: a.jpg", "FM053", 8),
    (Clinician, "languages: [en, english]", "FM074", 17),
]


@pytest.mark.parametrize(("cls", "line", "code", "column"), REFUSED, ids=[case[1] for case in REFUSED])
def test_what_can_not_be_is_told_at_its_place(cls: type[Common], line: str, code: str, column: int) -> None:
    _, problems = read(cls, line)
    assert [(each[0], each[2]) for each in problems] == [(code, column)]


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("2026/1/5", "2026-01-05"),
        ("25/12/2026", "2026-12-25"),
        ("Jan 5, 2026", "2026-01-05"),
        ("Sept. 5 2026", "2026-09-05"),
        ("5th March 2026", "2026-03-05"),
        ("5-Mar-2026", "2026-03-05"),
        ("Sunday, November 22nd, 2026", "2026-11-22"),
        ("domingo, 22 de noviembre de 2026", "2026-11-22"),
        ("2026-11-22 5:30 pm", "2026-11-22 17:30"),
        ("2026-11-22 12:05 AM", "2026-11-22 00:05"),
        ("2026-11-22 8 a.m.", "2026-11-22 08:00"),
    ],
)
def test_what_can_be_read_in_one_way_only_is_mended(written: str, right: str) -> None:
    source = read_source("x.md", f'---\nexpires: "{written}"\n---\n'.encode())
    reading = Reading("x.md")
    assert source.header is not None
    read_record(Announcement, source.header, reading)
    told = [(each.code, each.replacement) for each in reading.problems if each.code != "FM050"]
    assert told == [("FM060", right)]


@pytest.mark.parametrize("cls", HEADERS.values(), ids=lambda cls: str(cls.__name__))
def test_an_unknown_field_is_told_with_the_nearest_known_one(cls: type[Common]) -> None:
    made, problems = read(cls, "sumary: x")
    assert made is not None, "what is known is read all the same"
    assert problems == [("FM051", 2, 1)]


@pytest.mark.parametrize("field", ["tags", "image", "locale", "slug"])
def test_a_field_of_another_program_is_taken_for_none_of_ours(field: str) -> None:
    source = read_source("x.md", f"---\n{field}: x\n---\n".encode())
    reading = Reading("x.md")
    assert source.header is not None
    read_record(Clinician, source.header, reading)
    (told,) = [each for each in reading.problems if each.code == "FM051"]
    assert told.replacement is None
    assert "Did you mean" not in told.hint


@pytest.mark.parametrize("cls", HEADERS.values(), ids=lambda cls: str(cls.__name__))
def test_every_field_says_what_it_is_for_and_what_to_write(cls: type[Common]) -> None:
    for name, about in fields_of(cls).items():
        assert about.help.endswith("."), name
        assert about.reader.says, name
        if about.required:
            assert about.example == "" or about.example.startswith(f"{name}:"), name


def test_all_problems_of_a_header_are_told_at_once() -> None:
    _, problems = read(Page, "lang: x\nnoindex: maybe\nstatus: odd\naliases: [a]\nzzz: 1")
    assert {each[:2] for each in problems} == {("FM074", 2), ("FM057", 3), ("FM056", 4), ("FM071", 5), ("FM051", 6)}


def test_hours_of_a_day() -> None:
    source = read_source(
        "x.md", b"---\nmonday: [08:00-12:00, 13:00-17:00]\ntuesday: closed\nfriday: 09:30-16:00\n---\n"
    )
    reading = Reading("clinic.yaml")
    assert source.header is not None
    week = read_record(Week, source.header, reading, called="the hours")
    assert reading.problems == []
    assert week is not ABSENT
    assert week.days[0] == ((dt.time(8), dt.time(12)), (dt.time(13), dt.time(17)))
    assert week.days[1] == week.days[6] == ()
    assert week.days[4] == ((dt.time(9, 30), dt.time(16)),)


@pytest.mark.parametrize(
    "text",
    [
        "8-17",
        "08:00",
        "17:00-08:00",
        "08:00-08:00",
        "25:00-26:00",
        "[08:00-12:00, 11:00-13:00]",
        "open",
        "\u0660\u0668:\u0660\u0660-\u0660\u0669:\u0660\u0660",
    ],
)
def test_hours_that_can_not_be(text: str) -> None:
    source = read_source("x.md", f"---\nmonday: {text}\n---\n".encode())
    reading = Reading("clinic.yaml")
    assert source.header is not None
    read_record(Week, source.header, reading, called="the hours")
    assert [(each.code, each.severity) for each in reading.problems] == [("FM075", Severity.ERROR)]


@pytest.mark.parametrize("name", ["America/Los_Angeles", "Asia/Tokyo", "UTC", "America/Argentina/Buenos_Aires"])
def test_zones_are_those_of_the_locked_data(name: str) -> None:
    assert zone(name) is not None


@pytest.mark.parametrize(
    "name", ["", "Pacific", "America/Portland", "../etc/passwd", "/etc/localtime", "PST8PDT/..", "a//b"]
)
def test_what_is_no_zone(name: str) -> None:
    assert zone(name) is None


@given(
    day=st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)),
    name=st.sampled_from(
        ["America/Los_Angeles", "America/Santiago", "Australia/Lord_Howe", "Asia/Beirut", "Africa/Cairo", "Asia/Tokyo"]
    ),
)
def test_a_day_is_whole_and_follows_the_one_before(day: dt.date, name: str) -> None:
    """Its first instant is on it, the instant before is not, and it ends where the next one starts."""
    clock = zone(name)
    assert clock is not None
    first, after = start_of(day, clock), end_of(day, clock)
    assert first.astimezone(clock).date() == day
    assert (first - dt.timedelta(seconds=1)).astimezone(clock).date() < day
    assert (after - dt.timedelta(seconds=1)).astimezone(clock).date() == day
    assert after == start_of(day + dt.timedelta(days=1), clock)
    assert dt.timedelta(hours=22) < after - first < dt.timedelta(hours=26)


@given(
    when=st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2100, 1, 1)),  # noqa: DTZ001 - the clinic's own clock
    name=st.sampled_from(["America/Los_Angeles", "America/Santiago", "Australia/Lord_Howe", "Europe/London"]),
)
def test_a_local_time_is_one_instant_or_unclear_with_clear_times_on_both_sides(when: dt.datetime, name: str) -> None:
    clock = zone(name)
    assert clock is not None
    when = when.replace(second=0, microsecond=0)
    placed = instant(when, clock)
    if isinstance(placed, dt.datetime):
        assert placed.astimezone(clock).replace(tzinfo=None) == when
    else:
        assert placed.before < when < placed.after
        assert isinstance(instant(placed.before, clock), dt.datetime)
        assert isinstance(instant(placed.after, clock), dt.datetime)


@given(text=st.text(max_size=30))
def test_whatever_stands_for_a_date_there_is_one_answer_and_no_crash(text: str) -> None:
    reading = Reading("x.md")
    node = ScalarNode(text, read_source("x.md", b"---\na: b\n---\n").header.span)  # type: ignore[union-attr]
    value = END.read(node, reading, ("expires",))
    assert (value is ABSENT) is bool(reading.problems)


def test_the_clinic_has_a_value_for_all_that_it_can_do_without() -> None:
    for name, about in fields_of(Clinic).items():
        assert not about.required or about.blank is not ABSENT or name in {"url", "timezone"}
