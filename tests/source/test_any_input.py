"""Whatever the bytes are: no exception, places that exist, words that a nurse knows, one reading of every header."""

import os
import re

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic.problems import Problem, Severity
from clinic.source import header
from clinic.source.fix import apply
from clinic.source.header import read_source, read_yaml
from clinic.source.nodes import ListNode, MapNode, Node, ScalarNode

PATH = "conditions/low-back-pain.md"
LIBRARY_WORDS = re.compile(
    r"NoneType|Traceback|yaml|pydantic|extra_forbidden|\bmapping|\bscalar|\btoken|\bparse|\bnull\b|\bschema|\bsequence",
    re.IGNORECASE,
)
TIMES = settings(
    max_examples=int(os.environ.get("CLINIC_EXAMPLES", "150")),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)

PIECES = st.sampled_from(
    [
        *("title:", "title: ", "summary: ", "sources:", "related: ", "  - ", "- ", "-", "    ", "  ", " ", "\n", "\n"),
        *(
            '"',
            "'",
            "[",
            "]",
            ", ",
            "{",
            "}",
            "{{ phone.main }}",
            "#",
            " # note",
            ": ",
            ":",
            "|",
            ">",
            ">-",
            "*a",
            "&a",
        ),
        *(
            "!!str",
            "!",
            "%",
            "@",
            "`",
            "?",
            "? ",
            "<<: ",
            "=",
            "\t",
            "\\",
            "\\n",
            "---",
            "----",
            "...",
            "“",
            "”",
            "\u2019",
        ),
        *(
            "low-back-pain",
            "Pain",
            "word",
            "a b",
            "12:30",
            "01",
            "https://example.org/a#b",
            "\u00a0",
            "\u200b",
            "\u2028",
        ),
        *("\x0e", "\x85", "\ufeff", "&amp;", "é", "سلام", "👩‍⚕️", "•", "\u2013", "~", "no", "\r\n"),
    ]
)
HEADERS = st.lists(PIECES, max_size=25).map("".join)
LINES = st.lists(
    st.sampled_from(
        [
            *(
                "title: Low back pain",
                "summary: What helps.",
                "lang: en",
                "sources:",
                "related:",
                "photo:",
                "  - sciatica",
            ),
            *(
                "  - id: nass",
                "    title: A guide",
                "    url: https://example.org",
                "- home",
                "  home",
                "  file: a.jpg",
            ),
            *(
                "also_called: [a, b]",
                'also_called: ["a, b", c]',
                "why: >-",
                "  text that goes on",
                "    deeper text",
                "",
            ),
            *(
                "# a note",
                "note: 'single'",
                'quoted: "double"',
                "  'single'",
                "key with spaces: x",
                "  - - nested",
                "x: |",
            ),
            *(
                "many: [a,",
                "  b]",
                "]",
                'long: "begins',
                '  and ends"',
                "  -",
                "   - odd",
                " odd: x",
                "\ttab: x",
                "a:b",
            ),
        ]
    ),
    max_size=14,
).map("\n".join)


def checked(problems: tuple[Problem, ...], text: str) -> None:
    lines = text.split("\n")
    for problem in problems:
        span = problem.span
        assert 1 <= span.line <= span.end_line <= len(lines) + 1
        assert (span.line, span.column) <= (span.end_line, span.end_column)
        if text:
            assert 1 <= span.column <= len(lines[span.line - 1]) + 1
            ends = lines[span.end_line - 1] if span.end_line <= len(lines) else ""
            assert 1 <= span.end_column <= len(ends) + 1
        assert problem.message
        assert problem.hint
        assert "\n" not in problem.message + problem.hint
        said = problem.message + problem.hint
        assert not LIBRARY_WORDS.search(said.replace("clinic.yaml", "")), said


def texts(node: Node | None) -> list[str]:
    if node is None:
        return []
    if isinstance(node, ScalarNode):
        return [node.text]
    if isinstance(node, ListNode):
        return [text for item in node.items for text in texts(item)]
    return [text for key, value in node for text in (key.text, *texts(value))]


def spans(node: Node, text: str) -> None:
    lines = text.split("\n")
    assert 1 <= node.span.line <= node.span.end_line <= len(lines)
    assert 1 <= node.span.column <= len(lines[node.span.line - 1]) + 1
    assert 1 <= node.span.end_column <= len(lines[node.span.end_line - 1]) + 1
    if isinstance(node, ListNode):
        for item in node.items:
            spans(item, text)
    elif isinstance(node, MapNode):
        assert len({key.text for key, _ in node}) == len(node.entries)
        for key, value in node:
            spans(key, text)
            spans(value, text)


def whole(data: bytes) -> None:
    source = read_source(PATH, data)
    checked(source.problems, source.text)
    assert "\r" not in source.text
    assert not re.search("[\x0e\x0f\x00]", source.text + source.body + "".join(texts(source.header)))
    if source.body:
        assert source.text.split("\n")[source.body_line - 1 :] == source.body.split("\n")
    if source.header is None:
        assert any(problem.severity is Severity.ERROR for problem in source.problems)
    else:
        spans(source.header, source.text)
    mended = data
    for _ in range(8):
        again = apply(mended, read_source(PATH, mended).problems)
        if again == mended:
            break
        mended = again
    assert apply(mended, read_source(PATH, mended).problems) == mended


@TIMES
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    whole(data)
    _, text, problems = read_yaml("clinic.yaml", data)
    checked(problems, text)


@TIMES
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    whole(text.encode("utf-8", "surrogatepass"))


@TIMES
@given(HEADERS, st.sampled_from(["\n", "\r\n"]))
def test_any_header(text: str, end: str) -> None:
    whole(f"---\n{text}\n---\n\nPain.\n".replace("\n", end).encode())
    _, read, problems = read_yaml("clinic.yaml", text.encode())
    checked(problems, read)


@TIMES
@given(LINES)
def test_any_lines(text: str) -> None:
    whole(f"---\n{text}\n---\n\nPain.\n".encode())


@TIMES
@given(st.one_of(HEADERS, LINES))
def test_both_loaders_read_the_same(text: str) -> None:
    data = f"---\n{text}\n---\n".encode()
    fast = read_source(PATH, data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(header, "_LOADER", yaml.BaseLoader)
        slow = read_source(PATH, data)
    assert slow == fast


@TIMES
@given(st.one_of(HEADERS, LINES))
def test_nothing_is_left_to_the_library(text: str) -> None:
    source = read_source(PATH, f"---\n{text}\n---\n".encode())
    assert "FM049" not in [problem.code for problem in source.problems]


VALUES = st.text(alphabet="abc XYZ019.,;:'\"#-()%&@!?/é[]{}*+=|>~", min_size=1, max_size=30).map(str.strip)
VALUES = VALUES.filter(lambda text: bool(text) and not text.endswith("]"))  # "abc]" looks like half a list
PLAIN_DATA = st.dictionaries(
    st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True),
    st.one_of(
        VALUES,
        st.lists(VALUES, min_size=1, max_size=3),
        st.lists(st.dictionaries(st.sampled_from(["id", "title", "url"]), VALUES, min_size=1), min_size=1, max_size=3),
        st.dictionaries(st.sampled_from(["file", "alt"]), VALUES, min_size=1),
    ),
    min_size=1,
    max_size=5,
)


def plain(node: Node | None) -> object:
    if isinstance(node, ScalarNode):
        return node.text
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    assert node is not None
    return {key.text: plain(value) for key, value in node}


@TIMES
@given(PLAIN_DATA, st.sampled_from([None, 0, 2, 4]))
def test_what_a_program_writes_correctly_is_read_without_a_word(data: dict[str, object], indent: int | None) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, width=10_000, sort_keys=False, indent=indent)
    source = read_source(PATH, f"---\n{text}---\n\nPain.\n".encode())
    assert [problem for problem in source.problems if problem.severity is Severity.ERROR] == []
    assert plain(source.header) == data
