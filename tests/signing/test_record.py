"""The records of sign-offs: what approve writes is read back, and what others write there is found out."""

import datetime as dt
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.problems.catalogue import governance
from clinic.signing.fingerprint import fingerprint
from clinic.signing.record import ReviewRecord, SignOff, page_of, read_review, record_path, with_sign_off

PATH = "reviews/sciatica.yaml"
TEXT = ("title: Sciatica", "---", "> [!urgent] Call us if", 'It\'s "sore": 5 mg # or more.', "  - 'a'")


def signed(day: str, text: tuple[str, ...] = TEXT, by: str = "dr-example") -> SignOff:
    return SignOff(by=by, date=dt.date.fromisoformat(day), fingerprint=fingerprint(text))


def read(text: str | bytes) -> ReviewRecord:
    return read_review(PATH, text if isinstance(text, bytes) else text.encode())[0]


GOOD = with_sign_off(None, signed("2026-11-22"), TEXT).decode()

LINES = st.lists(
    st.text(st.sampled_from(string.ascii_letters + string.digits + " '\"#:-|>{}[]&*%@,?!\\`é中…“”"), min_size=1)
    .map(lambda line: " ".join(line.split()))
    .filter(bool),
    max_size=8,
).map(tuple)


@given(text=LINES, days=st.lists(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), min_size=1, max_size=4))
def test_what_is_written_is_read(text: tuple[str, ...], days: list[dt.date]) -> None:
    record = None
    for number, day in enumerate(sorted(days)):
        words = (*text, f"version {number}")
        sign_off = SignOff(by=f"dr-{number}", date=day, fingerprint=fingerprint(words))
        written = with_sign_off(record, sign_off, words)
        record = read(written)
        assert record.problems == ()
        assert record.usable
        assert record.signed[-1] == sign_off
        assert len(record.signed) == number + 1
        assert record.text == words


def test_the_strict_reader_reads_the_same() -> None:
    """The text of what `approve` wrote is read without the YAML library; in any other form, with it."""
    other = read(GOOD.replace("  - 'title: Sciatica'", '  - "title: Sciatica"'))
    mine = read(GOOD)
    assert (other.signed, other.text, other.problems) == (mine.signed, mine.text, ())
    assert read(GOOD.replace("\n", "\r\n")).signed == mine.signed


def test_every_value_has_its_place() -> None:
    rows = GOOD.split("\n")
    record = read(GOOD)
    for field, value in (("by", "dr-example"), ("date", "2026-11-22"), ("fingerprint", fingerprint(TEXT))):
        span = record.at(0, field)
        assert rows[span.line - 1][span.column - 1 : span.end_column - 1] == value


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("5 mg", "50 mg", governance.OTHER_FINGERPRINT.code),
        (fingerprint(TEXT), fingerprint(("other",)), governance.OTHER_FINGERPRINT.code),
        (fingerprint(TEXT), fingerprint(TEXT)[:-1], governance.NO_FINGERPRINT.code),
        (fingerprint(TEXT), fingerprint(TEXT).upper(), governance.NO_FINGERPRINT.code),
        (GOOD[GOOD.index("text:") :], "", "FM050"),
        (GOOD[GOOD.index("signed:") : GOOD.index("text:")], "signed: []\n", governance.UNSIGNED_RECORD.code),
        ("by: dr-example", "from: dr-example", "FM051"),
        ("date: 2026-11-22", "date: 11/22/2026", "FM060"),
        ("    date: 2026-11-22\n", "", "FM050"),
        ("text:\n", "text: yes\nmore:\n", "FM051"),
        ("signed:\n", "signed\n", "FM038"),
        ("  - 'title: Sciatica'", "  - 'title: Sciatica", "FM028"),
    ],
)
def test_what_was_changed_by_hand_is_an_error_and_no_sign_off(before: str, after: str, code: str) -> None:
    assert GOOD.count(before) == 1
    record = read(GOOD.replace(before, after))
    assert not record.usable
    assert not [problem for problem in record.problems if problem.replacement is not None]
    assert code in [problem.code for problem in record.problems], [problem.message for problem in record.problems]


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"\x80", b"signed: {a: b}", b"- a", b"x" * 70_000])
def test_no_bytes_are_too_odd(data: bytes) -> None:
    record = read(data)
    assert not record.usable
    assert record.problems


def test_sign_offs_that_are_not_oldest_first_are_an_error() -> None:
    record = read(with_sign_off(read(GOOD), signed("2026-11-21"), TEXT))
    assert [problem.code for problem in record.problems] == [governance.DATES_IN_DISORDER.code]
    assert record.problems[0].span == record.at(1, "date")


def test_the_page_of_a_record() -> None:
    assert page_of(record_path("sciatica")) == "sciatica"
    assert page_of("reviews/more/sciatica.yaml") == "more/sciatica"
    assert page_of("conditions/sciatica.md") == ""
    assert page_of("clinic.yaml") == ""
