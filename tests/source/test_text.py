"""Bytes and characters: what is wrong is said at its line and column, and what is harmless just works."""

import pytest

from clinic.problems import Severity, Span
from clinic.source.fix import apply
from clinic.source.header import read_source, read_yaml
from clinic.source.nodes import ListNode, MapNode, ScalarNode
from clinic.source.plain import digest

PATH = "conditions/low-back-pain.md"
HEAD = "---\ntitle: Low back pain\n---\n\n"


def said(data: bytes) -> list[str]:
    return [f"{problem.code} {problem.span.line}:{problem.span.column}" for problem in read_source(PATH, data).problems]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", ["FM014 1:1"]),
        (b"\n \n\t\n", ["FM014 1:1"]),
        (b"\xef\xbb\xbf", ["FM014 1:1", "FM016 1:1"]),
        (HEAD.encode() + "caf\u00e9".encode("latin-1") + b" au lait\n", ["FM010 5:4"]),
        (HEAD.encode() + b"\x93Pain\x94\n", ["FM010 5:1"]),
        (HEAD.replace("\n", "\r\n").encode() + b"caf\xe9 x\r\n", ["FM010 5:4"]),
        (HEAD.replace("\n", "\r").encode() + b"caf\xe9 x\r", ["FM010 5:4"]),
        (HEAD.encode() + "é ½".encode() + b"\xff\n", ["FM010 5:4"]),
        (HEAD.encode() + b"\xed\xa0\x80 half\n", ["FM010 5:1"]),
        (HEAD.encode() + b"overlong \xc0\xaf\n", ["FM010 5:10"]),
        (HEAD.encode() + "pain é".encode()[:-1], ["FM011 5:6"]),
        (HEAD.encode() + "pain 👩".encode()[:-2], ["FM011 5:6"]),
        (HEAD.encode("utf-16"), ["FM012 1:1"]),
        (HEAD.encode("utf-16-le"), ["FM012 1:1"]),
        (HEAD.encode("utf-16-be"), ["FM012 1:1"]),
        (HEAD.encode("utf-32"), ["FM012 1:1"]),
        (HEAD.encode() + b"a\x00b\n", ["FM013 5:2"]),
        (b"---\ntitle: Low\x00back\n---\n", ["FM013 2:11"]),
        (HEAD.encode() + b"a\x0e\x0fb\n", ["FM013 5:2"]),
        (HEAD.encode() + b"a\x7fb \x1b[31m\n", ["FM013 5:2", "FM013 5:5"]),
        (HEAD.encode() + b"page\x0cbreak\n", ["FM013 5:5"]),
        (b"x" * 1_000_001, ["FM015 1:1"]),
        (b"\xef\xbb\xbf" + HEAD.encode(), ["FM016 1:1"]),
        (b"---\r\ntitle: a\n---\r\n", ["FM017 2:9"]),
        (b"---\ntitle: a\r\n---\n", ["FM017 2:9"]),
        ((HEAD + "a\u2028b\n").encode(), ["FM018 5:2"]),
        ((HEAD + "a\u0085b\n").encode(), ["FM018 5:2"]),
        ((HEAD + "p\ufffdin\n").encode(), ["FM019 5:2"]),
        (
            (HEAD + "don\u00e2\u20ac\u2122t, caf\u00c3\u00a9, 37\u00c2\u00b0\n").encode(),
            ["FM020 5:4", "FM020 5:13", "FM020 5:19"],
        ),
        ((HEAD + "\u00e2\u20ac\u009d\n").encode(), ["FM020 5:1"]),
        ((HEAD + "\uf0b7 item\n").encode(), ["FM021 5:1"]),
        ((HEAD + "-\u00a0item\n\u00a0\u00a0text\n##\u00a0Head\n").encode(), ["FM022 5:2", "FM022 6:1", "FM022 7:3"]),
        ((HEAD + "pro\u00adcedure\n").encode(), ["FM023 5:4"]),
        ((HEAD + "low\u200bback \ufeff x\u2060y\n").encode(), ["SEC005 5:4", "SEC005 5:10", "SEC005 5:13"]),
        ((HEAD + "a\u200db\u200cc\n").encode(), ["SEC005 5:2", "SEC005 5:4"]),
        ((HEAD + "text\U000e0041\U000e0042\n").encode(), ["SEC005 5:5"]),
        ((HEAD + "a\ufe0f\n").encode(), ["SEC005 5:2"]),
        ((HEAD + "dose \u202e01\u202c mg\n").encode(), ["SEC006 5:6", "SEC006 5:9"]),
        ((HEAD + "plain \u200fEnglish\n").encode(), ["SEC006 5:7"]),
        ((HEAD + "سلام \u2067 x\n").encode(), ["SEC006 5:6"]),
        ("---\nti\u200btle: Low back pain\n---\n".encode(), ["SEC005 2:3"]),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(data: bytes, expected: list[str]) -> None:
    assert said(data) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Plain text with a\ttab and a no-break\u00a0space: 5\u00a0mg, 10\u202f000.\n",
        "Café, naïve, Å, ﬁ, ½, µg, ≥ 3, “quoted”, it\u2019s — fine … €\n",
        "خانه\u200cها و می\u200cخواهم\n",  # noqa: RUF001 Persian spells with the non-joiner
        "क्\u200dष और र्\u200cय\n",  # Hindi with both joiners
        "הפרוצדורה \u200f(MRI)\u200e נמשכת 30 דקות\n",
        "اتصل على \u2066503-555-0100\u2069 الآن\n",
        "👩\u200d⚕️ 👨🏽\u200d⚕️ ❤️ 1️⃣ 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f 🏳️\u200d🌈\n",
        "葛\U000e0100城 腰痛 お腹\n",
        "Pâté, âge, Âge, SÃO, Ãlvaro\n",
        "Tiếng Việt, ភាសាខ្មែរ, 한국어, Soomaali\n",
    ],
)
def test_text_in_any_language_just_works(text: str) -> None:
    data = (HEAD + text).encode()
    assert said(data) == []
    assert read_source(PATH, data).body == "\n" + text


def test_windows_line_ends_just_work_and_columns_are_right() -> None:
    source = read_source(PATH, b"---\r\ntitle: Low back pain\r\nrelated: [a, b]\r\n---\r\n\r\nPain.\r\n")
    assert source.problems == ()
    assert source.body == "\nPain.\n"
    assert source.body_line == 5
    assert source.header is not None
    related = source.header.get("related")
    assert isinstance(related, ListNode)
    assert related.items[1].span == Span(3, 14, 3, 15)
    assert said(b"---\r\ntitle: Low: back\r\n---\r\n") == ["FM026 2:8"]


def test_the_line_is_shown_as_an_older_windows_program_would_read_it() -> None:
    (problem,) = read_source(PATH, HEAD.encode() + b"caf\xe9 \x93au lait\x94\nx\n").problems
    assert "café “au lait”" in problem.hint
    assert read_source(PATH, HEAD.encode() + b"caf\xe9\n").header is None


def test_half_a_pair_is_not_offered_as_windows_text() -> None:
    (problem,) = read_source(PATH, HEAD.encode() + b"\xed\xa0\xbd\n").problems
    assert "type it again" in problem.hint


def test_what_is_said_beside_a_header_does_not_hide_the_header() -> None:
    source = read_source(PATH, "\ufeff\n---\r\ntitle: Low\u200b back\u2028pain\n---\nx\n".encode())
    assert [problem.code for problem in source.problems] == ["FM016", "FM005", "FM017", "SEC005", "FM018"]
    assert source.header is not None
    title = source.header.get("title")
    assert isinstance(title, ScalarNode)
    assert title.text == "Low back pain"


def test_a_garbled_character_stays_and_can_be_mended() -> None:
    data = (HEAD + "don\u00e2\u20ac\u2122t and 37\u00c2\u00b0\n").encode()
    source = read_source(PATH, data)
    assert {problem.severity for problem in source.problems} == {Severity.WARNING}
    assert apply(data, source.problems).decode().endswith("don\u2019t and 37°\n")


def test_the_digest_is_of_the_bytes() -> None:
    data = b"---\r\ntitle: a\r\n---\r\n"
    assert read_source(PATH, data).digest == digest(data)


def test_a_file_of_hidden_characters_gives_a_list_that_can_be_read() -> None:
    source = read_source(PATH, (HEAD + "a\u200b" * 100_000).encode())
    assert 100 <= len(source.problems) <= 300


def test_values_stay_text_and_say_how_they_were_written() -> None:
    header = read_source(
        PATH,
        b'---\nzip: 01234\nopens: 12:30\ntitle: no\nempty:\nquoted: ""\ndate: 2026-11-22\nlong: >-\n  a\n  b\n---\n',
    ).header
    assert header is not None
    values = {key.text: value for key, value in header if isinstance(value, ScalarNode)}
    assert {key: value.text for key, value in values.items()} == {
        "zip": "01234",
        "opens": "12:30",
        "title": "no",
        "empty": "",
        "quoted": "",
        "date": "2026-11-22",
        "long": "a b",
    }
    assert [key for key, value in values.items() if value.quoted] == ["quoted", "long"]
    assert values["zip"].span == Span(2, 6, 2, 11)
    assert values["long"].span == Span(8, 7, 10, 4)


def test_every_key_and_value_has_its_place() -> None:
    header = read_source(
        PATH, "---\ntitle: Café 👩 x\nsources:\n  - id: nass\n    title: 'A guide'\nrelated: [a, \"b\"]\n---\n".encode()
    ).header
    assert header is not None
    assert [(key.text, key.span, value.span) for key, value in header] == [
        ("title", Span(2, 1, 2, 6), Span(2, 8, 2, 16)),
        ("sources", Span(3, 1, 3, 8), Span(4, 3, 5, 21)),
        ("related", Span(6, 1, 6, 8), Span(6, 10, 6, 18)),
    ]
    sources = header.get("sources")
    assert isinstance(sources, ListNode)
    (source,) = sources.items
    assert isinstance(source, MapNode)
    assert [(key.span, value.span) for key, value in source] == [
        (Span(4, 5, 4, 7), Span(4, 9, 4, 13)),
        (Span(5, 5, 5, 10), Span(5, 12, 5, 21)),
    ]


def test_of_a_field_written_twice_the_first_counts() -> None:
    header = read_source(PATH, b"---\ntitle: a\ntitle: b\n---\n").header
    assert header is not None
    title = header.get("title")
    assert isinstance(title, ScalarNode)
    assert title.text == "a"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("\n".join(f"key{number}: x" for number in range(501)), "FM045 502:1"),
        ("\n".join(f"key{number}: x" for number in range(10_000)), "FM045 2:1"),
        ("\n".join("  " * depth + f"k{depth}:" for depth in range(200)), "FM045 12:21"),
        ("title: " + "x" * 70_000, "FM045 2:1"),
        ("- " * 200 + "x", "FM037 2:1"),
        ("a: " + "[" * 5_000, "FM041 2:5"),
        ("a: " + "{" * 5_000, "FM033 2:4"),
        ("a: &a [x]\n" + "\n".join(f"b{n}: [*a, *a, *a]" for n in range(400)), "FM043 2:4"),
    ],
)
def test_what_is_made_to_fill_the_memory_is_refused_before_it_does(header: str, expected: str) -> None:
    assert said(f"---\n{header}\n---\n".encode())[0] == expected


@pytest.mark.parametrize(
    "header",
    [
        'a: "' + "\n  x" * 15_000,
        "a: '" + "''" * 30_000,
        "a: [" + "x, " * 20_000,
        "a:" + " " * 60_000 + "x",
        "a" * 60_000,
        " " * 60_000 + "a: b",
        "\t" * 60_000 + "a: b",
        "a: b\n" + "-" * 60_000,
        "\n" * 60_000,
        'a: "' + "\\x" * 30_000,
        "a: x\n" + "  goes on\n" * 6_000,
        'k: "\n' * 12_000,
        "k: [\n" * 12_000,
        "k:\n" * 20_000,
        "- x\n" * 15_000,
    ],
)
def test_no_header_gives_more_problems_than_can_be_read(header: str) -> None:
    assert len(said(f"---\n{header}\n---\n".encode())) <= 220


def test_the_file_about_the_clinic_is_read_as_a_whole() -> None:
    header, text, problems = read_yaml(
        "clinic.yaml", b'---\r\nname: A clinic\r\nphones:\r\n  main:\r\n    number: "+1"\r\n'
    )
    assert problems == ()
    assert text == '---\nname: A clinic\nphones:\n  main:\n    number: "+1"\n'
    assert header is not None
    assert [(key.text, key.span.line) for key, _ in header] == [("name", 2), ("phones", 3)]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "FM014 1:1"),
        (b"# nothing yet\n", "FM006 1:1"),
        (b"name: A: B\n", "FM026 1:7"),
        (b"name: A\n---\nurl: x\n", "FM007 2:1"),
        (b"name: A\n---\n", "FM007 2:1"),
        (b"name: caf\xe9 x\n", "FM010 1:10"),
        (b"just words\n", "FM038 1:1"),
        (b"- a\n- b\n", "FM037 1:1"),
        (b"x" * 1_000_001, "FM015 1:1"),
    ],
)
def test_what_is_wrong_with_the_file_about_the_clinic(data: bytes, expected: str) -> None:
    header, _, problems = read_yaml("clinic.yaml", data)
    assert header is None
    assert f"{problems[0].code} {problems[0].span.line}:{problems[0].span.column}" == expected
