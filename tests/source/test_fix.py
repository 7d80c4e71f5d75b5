"""`check --fix` writes what is sure, in the file's own way, and nothing else."""

import pytest

from clinic.problems import NOWHERE, Problem, Severity, Span
from clinic.source.fix import apply
from clinic.source.header import read_source

PATH = "conditions/low-back-pain.md"


def fixed(data: bytes) -> bytes:
    return apply(data, read_source(PATH, data).problems)


def problem(span: Span, replacement: str | None, code: str = "LNK001") -> Problem:
    return Problem(PATH, span, code, Severity.ERROR, "a", "b", replacement)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"\xef\xbb\xbf---\ntitle: a\n---\n", b"---\ntitle: a\n---\n"),
        (b"\n\n---\ntitle: a\n---\n", b"---\ntitle: a\n---\n"),
        (b"\r\n---\r\ntitle: a: b\r\n---\r\nx\r\n", b'---\r\ntitle: "a: b"\r\n---\r\nx\r\n'),
        (b"---\r\ntitle: a\n---\r\nx\r\n", b"---\r\ntitle: a\r\n---\r\nx\r\n"),
        (b"---\ntitle: a\r\n---\nx\r\ny\n", b"---\ntitle: a\n---\nx\ny\n"),
        (b"title: a\r\n---\r\nx\r\n", b"---\r\ntitle: a\r\n---\r\nx\r\n"),
        (b"---\ntitle: a\n---\nlang: en\n---\nx\n", b"---\ntitle: a\nlang: en\n---\nx\n"),
        (b"---\nrelated: - a\n---\n", b"---\nrelated: \n  - a\n---\n"),
        ("---\ntitle: a\n---\nx\u2028y\u200bz\n-\u00a0a\n".encode(), b"---\ntitle: a\n---\nx yz\n- a\n"),
        (b"---\ntitle: a\n---\nno end", b"---\ntitle: a\n---\nno end"),
    ],
)
def test_what_is_sure_is_mended_at_once_and_line_ends_are_kept(before: bytes, after: bytes) -> None:
    assert fixed(before) == after
    assert fixed(after) == after


def test_a_file_without_sure_mendings_keeps_every_byte() -> None:
    data = "\ufeff---\r\ntitle a\n---\nx\u00ad".encode()
    others = [found for found in read_source(PATH, data).problems if found.replacement is None]
    assert others
    assert apply(data, others) == data
    assert apply(data, []) == data


def test_the_mark_at_the_beginning_moves_no_column() -> None:
    data = b"\xef\xbb\xbfabc\n"
    assert apply(data, [problem(Span.at(1, 2), "X")]) == b"\xef\xbb\xbfaXc\n"


def test_of_two_that_overlap_the_first_is_written() -> None:
    problems = [problem(Span.at(1, 3, 3), "Y"), problem(Span.at(1, 1, 4), "X")]
    assert apply(b"abcdef\n", problems) == b"Xef\n"


def test_two_beside_each_other_are_both_written_and_twice_the_same_is_written_once() -> None:
    problems = [problem(Span.at(1, 1, 2), "X"), problem(Span.at(1, 3, 2), "Y")]
    assert apply(b"abcdef\n", problems) == b"XYef\n"
    insertion = problem(Span.at(1, 3, 0), "-")
    assert apply(b"abcdef\n", [insertion, insertion]) == b"ab-cdef\n"


def test_a_line_and_its_end_can_go() -> None:
    assert apply(b"a\r\nb\r\nc\r\n", [problem(Span(2, 1, 3, 1), "")]) == b"a\r\nc\r\n"


def test_places_beyond_the_text_do_no_harm() -> None:
    assert apply(b"ab\n", [problem(Span.at(9, 9), "X")]) == b"ab\nX"
    assert apply(b"", [problem(NOWHERE, "X")]) == b"X"


def test_what_is_no_utf8_is_left_alone() -> None:
    data = b"caf\xe9\n"
    assert apply(data, [problem(Span.at(1, 1), "X")]) == data
