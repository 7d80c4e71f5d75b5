"""How problems are told: on a terminal, as JSON, beside the lines of a change."""

import datetime as dt
import json
import re
from zoneinfo import ZoneInfo

import pytest

from clinic.problems import NOWHERE, Problem, Severity, Span
from clinic.problems.forms import as_github, as_json, as_text, columns, count, excerpt

TEXT = "---\ntitle: Low back pain\ntreats: [complex-regional-pian-syndrome]\n---\n\nWords.\n"


def problem(span: Span = NOWHERE, **other: object) -> Problem:
    made: dict[str, object] = {
        "path": "conditions/x.md",
        "span": span,
        "code": "LNK001",
        "severity": Severity.ERROR,
        "message": 'There is no condition called "complex-regional-pian-syndrome".',
        "hint": "Did you mean complex-regional-pain-syndrome?",
    }
    return Problem(**(made | other))  # type: ignore[arg-type]


def test_a_problem_on_a_terminal() -> None:
    assert as_text([problem(Span.at(3, 10, 30))], {"conditions/x.md": TEXT}, colour=False) == (
        "conditions/x.md:3:10  error  LNK001\n"
        "  3 | treats: [complex-regional-pian-syndrome]\n"
        "    |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        '  There is no condition called "complex-regional-pian-syndrome".\n'
        "  Did you mean complex-regional-pain-syndrome?\n"
        "\n"
    )


def test_a_problem_with_a_whole_file_has_no_excerpt() -> None:
    assert as_text([problem(hint="")], {"conditions/x.md": TEXT}, colour=False) == (
        'conditions/x.md:1:1  error  LNK001\n  There is no condition called "complex-regional-pian-syndrome".\n\n'
    )


def test_a_file_that_could_not_be_read_has_no_excerpt() -> None:
    assert "|" not in as_text([problem(Span.at(3, 10, 30))], {}, colour=False)
    assert "|" not in as_text([problem(Span.at(300, 1))], {"conditions/x.md": TEXT}, colour=False)


def test_problems_stand_file_by_file_and_line_by_line() -> None:
    given = [
        problem(Span.at(9, 1), path="b.md"),
        problem(Span.at(10, 1), path="a.md"),
        problem(Span.at(9, 2), path="a.md"),
    ]
    told = as_text(given, {}, colour=False)
    assert re.findall(r"^(\S+)  error", told, re.MULTILINE) == ["a.md:9:2", "a.md:10:1", "b.md:9:1"]


def test_colours_change_no_word() -> None:
    plain = as_text([problem(Span.at(3, 10, 30))], {"conditions/x.md": TEXT}, colour=False)
    painted = as_text([problem(Span.at(3, 10, 30))], {"conditions/x.md": TEXT}, colour=True)
    assert "\x1b[" in painted
    assert re.sub(r"\x1b\[[\d;]*m", "", painted) == plain


@pytest.mark.parametrize(
    ("line", "span", "text", "caret"),
    [
        ("abc def", Span.at(1, 5, 3), "abc def", "    ^^^"),
        ("\tabc def", Span.at(1, 6, 3), "    abc def", "        ^^^"),
        ("a\tbc", Span.at(1, 3, 2), "a   bc", "    ^^"),
        ("腰痛 pain", Span.at(1, 4, 4), "腰痛 pain", "     ^^^^"),
        ("pain 腰痛", Span.at(1, 6, 2), "pain 腰痛", "     ^^^^"),
        ("cafe\u0301 x", Span.at(1, 7, 1), "cafe\u0301 x", "     ^"),
        ("abc", Span(1, 4, 1, 4), "abc", "   ^"),
        ("abc", Span.at(1, 90, 4), "abc", "   ^"),
        ("abc def", Span(1, 5, 3, 2), "abc def", "    ^^^"),
        ("abc", Span(1, 3, 1, 1), "abc", "  ^"),
        ("a\u202eb\x1b[31mc", Span.at(1, 3, 1), "a\u25a1b\u25a1[31mc", "  ^"),
        ("", Span.at(1, 2, 1), "", "^"),
    ],
)
def test_the_caret_stands_below_what_is_meant(line: str, span: Span, text: str, caret: str) -> None:
    shown = excerpt(f"{line}\nmore\n", span)
    assert shown is not None
    assert (shown.text, shown.caret) == (text, caret)


@pytest.mark.parametrize("column", [1, 30, 100, 500, 990, 1000])
@pytest.mark.parametrize("letter", ["a", "腰"])
@pytest.mark.parametrize("length", [1, 20, 600])
def test_a_long_line_is_cut_around_the_caret(column: int, letter: str, length: int) -> None:
    line = letter * 1000
    shown = excerpt(line, Span.at(1, column, length), widest=80)
    assert shown is not None
    assert columns(shown.text) <= 80
    assert "…" in shown.text
    assert shown.text.replace("…", "") in line
    assert len(shown.caret) <= 80
    assert shown.marked.startswith(letter)


def test_json_says_what_the_contract_says() -> None:
    now = dt.datetime(2026, 11, 22, 9, tzinfo=ZoneInfo("America/Los_Angeles"))
    given = [problem(Span.at(3, 10, 30), hint="Nimm „ß“"), problem(path="a.md", severity=Severity.INFO)]
    told = as_json(given, now=now, files=7, pages=5)
    assert told.endswith("}\n")
    assert "„ß“" in told
    assert json.loads(told) == {
        "version": 1,
        "now": "2026-11-22T09:00:00-08:00",
        "files": 7,
        "pages": 5,
        "problems": [
            {
                "code": "LNK001",
                "severity": "info",
                "path": "a.md",
                "line": 1,
                "column": 1,
                "end_line": 1,
                "end_column": 1,
                "message": 'There is no condition called "complex-regional-pian-syndrome".',
                "hint": "Did you mean complex-regional-pain-syndrome?",
            },
            {
                "code": "LNK001",
                "severity": "error",
                "path": "conditions/x.md",
                "line": 3,
                "column": 10,
                "end_line": 3,
                "end_column": 40,
                "message": 'There is no condition called "complex-regional-pian-syndrome".',
                "hint": "Nimm „ß“",
            },
        ],
    }


def test_json_is_sorted_by_path_line_column_and_code() -> None:
    spans = [("b.md", 1, 1, "A001"), ("a.md", 2, 9, "A001"), ("a.md", 2, 9, "A000"), ("a.md", 10, 1, "A001")]
    given = [problem(Span.at(line, column), path=path, code=code) for path, line, column, code in spans]
    told = json.loads(as_json(given, now=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), files=0, pages=0))["problems"]
    assert [(one["path"], one["line"], one["column"], one["code"]) for one in told] == sorted(spans)


def test_annotations_escape_what_a_workflow_command_would_read() -> None:
    given = problem(Span(3, 10, 4, 2), path="a,b:c%.md", message="100 % of\nit: a, b", hint="Mend it.")
    assert as_github([given], "content") == (
        "::error file=content/a%2Cb%3Ac%25.md,line=3,col=10,endLine=4,title=LNK001::100 %25 of%0Ait: a, b%0AMend it.\n"
    )


@pytest.mark.parametrize(
    ("severity", "command"), [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "notice")]
)
@pytest.mark.parametrize(
    ("root", "path"),
    [("content", "content/conditions/x.md"), (".", "conditions/x.md"), ("a\\b/", "a/b/conditions/x.md")],
)
def test_annotations_have_a_level_and_a_path_from_the_top(
    severity: Severity, command: str, root: str, path: str
) -> None:
    assert as_github([problem(severity=severity)], root).startswith(f"::{command} file={path},line=1,")


@pytest.mark.parametrize(
    ("errors", "warnings", "advice", "words"),
    [
        (0, 0, 0, "no problems"),
        (1, 0, 0, "1 error"),
        (2, 1, 0, "2 errors and 1 warning"),
        (0, 2, 1, "2 warnings and 1 piece of advice"),
        (3, 2, 2, "3 errors, 2 warnings and 2 pieces of advice"),
    ],
)
def test_how_many_in_words(errors: int, warnings: int, advice: int, words: str) -> None:
    numbers = [(Severity.ERROR, errors), (Severity.WARNING, warnings), (Severity.INFO, advice)]
    assert count(problem(severity=severity) for severity, number in numbers for _ in range(number)) == words
