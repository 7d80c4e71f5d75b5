"""Places: line and column of every target, picture, fact, citation, heading and passage are those in the file."""

import pytest

from clinic.problems import Span
from clinic.prose.body import Body
from clinic.prose.parser import parse_body

FIRST = 7
"""The body begins on this line of the file."""


def read(text: str) -> Body:
    return parse_body(text, path="conditions/a.md", first_line=FIRST, kind="condition", sources=("src",))


def written(text: str, span: Span) -> str:
    assert span.line == span.end_line
    return text.split("\n")[span.line - FIRST][span.column - 1 : span.end_column - 1]


LINKS = {
    "plain": ("Read [a](b.md) now.", [(7, 10)]),
    "twice": ("[a](b.md) and [a](b.md)", [(7, 5), (7, 19)]),
    "with title": ('[a](b.md "t")', [(7, 5)]),
    "in brackets": ("[a](<b.md>)", [(7, 6)]),
    "in brackets with title": ("[a](<b.md> 't')", [(7, 6)]),
    "after a space": ("[a]( b.md )", [(7, 6)]),
    "with round brackets": ("[a](b(1).md)", [(7, 5)]),
    "second line": ("a\nb [a](b.md)", [(8, 7)]),
    "third paragraph": ("a\n\nb\n\nc [a](b.md)", [(11, 7)]),
    "target on the next line": ("[a](\nb.md)", [(8, 1)]),
    "words over two lines": ("[a\nb](b.md)", [(8, 4)]),
    "list": ("- a\n- [a](b.md)", [(8, 7)]),
    "nested list": ("- a\n  - b\n    - c [a](b.md)", [(9, 13)]),
    "numbered": ("1. a [b](b.md)", [(7, 10)]),
    "lazy line of a list": ("- a\n[a](b.md)", [(8, 5)]),
    "card": ("> [!note] T\n> - [a](b.md)", [(8, 9)]),
    "card's title": ("> [!note] T [a](b.md)\n> b", [(7, 17)]),
    "quotation in quotation": ("> > [a](b.md)", [(7, 9)]),
    "heading": ("## A [a](b.md)", [(7, 10)]),
    "table": ("| a | b |\n|---|---|\n| [a](b.md) | x [a](b.md) |", [(9, 7), (9, 21)]),
    "table in a list": ("- x\n\n  | a | b |\n  |---|---|\n  | c | [a](b.md) |", [(11, 13)]),
    "term": ("[a](b.md)\n: x [a](b.md)", [(7, 5), (8, 9)]),
    "footnote": ("x[^1]\n\n[^1]: y [a](b.md)", [(9, 13)]),
    "footnote's second paragraph": ("x[^1]\n\n[^1]: y\n\n    z [a](b.md)", [(11, 11)]),
    "fold-out": ("<details>\n<summary>s [a](b.md)</summary>\n\n[a](b.md)\n\n</details>", [(8, 16), (10, 5)]),
    "emphasis": ("**x [a](b.md)** *[a](b.md)*", [(7, 9), (7, 22)]),
    "after code": ("`[a](b.md)` [a](b.md)", [(7, 17)]),
    "after fenced code": ("```\n[a](b.md)\n```\n\n[a](b.md)", [(11, 5)]),
    "after a comment": ("x <!-- [a](b.md) --> [a](b.md)", [(7, 26)]),
    "after a comment of lines": ("<!-- a\nb -->\n[a](b.md)", [(9, 5)]),
    "after an entity": ("&amp; [a](b.md)", [(7, 11)]),
    "after an escape": ("\\[a](b.md) [a](b.md)", [(7, 16)]),
    "after a tab": ("\t- a\n", []),
    "tab in a list": ("-\ta [a](b.md)", [(7, 9)]),
    "after wide letters": ("\u75db\u307f\U0001f600 [a](b.md)", [(7, 9)]),
    "round a picture": ("[![p](p.png)](b.md)", [(7, 15)]),
    "words like the target": ("b.md [b.md](b.md) b.md", [(7, 13)]),
    "reference": ("[a][r] and [r]\n\n[r]: b.md", [(9, 6), (9, 6)]),
    "reference in brackets": ("[a][r]\n\n[r]: <b.md> 'title'", [(9, 7)]),
    "reference in a quotation": ("> [a][r]\n>\n> [r]: b.md", [(9, 8)]),
    "beside a tag": ("x<sup>[a](b.md)</sup>", [(7, 11)]),
}


@pytest.mark.parametrize("name", LINKS)
def test_the_place_of_a_link_is_that_of_its_target(name: str) -> None:
    text, places = LINKS[name]
    body = read(text)
    assert [(one.span.line, one.span.column) for one in body.links] == places
    for link in body.links:
        assert written(text, link.span) == link.target


@pytest.mark.parametrize(
    ("text", "target", "shown"),
    [
        ("<https://example.com/a>", "https://example.com/a", "https://example.com/a"),
        ("x <a@example.com>", "mailto:a@example.com", "a@example.com"),
        ("[a](https://example.com/?a=1&amp;b=2)", "https://example.com/?a=1&b=2", "a"),
        ("[a *b* `c`](d.md)", "d.md", "a b c"),
        ("[a](low back.md)", "low back.md", "a"),
        ("[a](b_c_d.md)", "b_c_d.md", "a"),
        ("[a](b*c*d.md)", "b*c*d.md", "a"),
        ("[a](b\\_c.md)", "b_c.md", "a"),
        ("[a]()", "", "a"),
        ("[a](#risks)", "#risks", "a"),
    ],
)
def test_target_and_words_of_a_link(text: str, target: str, shown: str) -> None:
    (link,) = read(text).links
    assert (link.target, link.text) == (target, shown)


def test_links_are_numbered_as_they_stand() -> None:
    body = read("[a](1.md)\n\n- [b](2.md)\n  - [c][r] [d](4.md)\n\n> [!note] [e](5.md)\n> [f](6.md)\n\n[r]: 3.md\n")
    assert [one.target for one in body.links] == ["1.md", "2.md", "3.md", "4.md", "5.md", "6.md"]
    html = "".join(part.html + getattr(part, "title", "") for part in body.lead)
    for number in range(6):
        assert html.count(f'href="\x0elink:{number}\x0f"') == 1


@pytest.mark.parametrize(
    ("text", "place", "alt", "decorative"),
    [
        ("![a b](p.png)", (7, 8), "a b", False),
        ("x\n![](p.png){.decorative}", (8, 5), "", True),
        ("- ![a &amp; b](p.png)", (7, 16), "a & b", False),
        ("[![a](p.png)](b.md)", (7, 7), "a", False),
        ("![a][r]\n\n[r]: p.png", (9, 6), "a", False),
        ("> [!note] T\n> ![a](p.png)", (8, 8), "a", False),
    ],
)
def test_pictures(text: str, place: tuple[int, int], alt: str, decorative: bool) -> None:  # noqa: FBT001
    body = read(text)
    (picture,) = body.pictures
    assert body.problems == ()
    assert (picture.span.line, picture.span.column) == place
    assert (picture.target, picture.alt, picture.decorative) == ("p.png", alt, decorative)
    assert written(text, picture.span) == "p.png"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Call {{ phone.main }} or {{phone.main}}.", [(7, 6), (7, 26)]),
        ("- a\n  - {{ phone.main }}", [(8, 5)]),
        ("> [!note] Call {{ phone.main }}\n> {{ phone.main }}", [(7, 16), (8, 3)]),
        ("| a | b |\n|---|---|\n| {{ phone.main }} | x |", [(9, 3)]),
        ("**{{ phone.main }}** x<sup>{{ phone.main }}</sup>", [(7, 3), (7, 28)]),
        ("Term\n: {{ phone.main }}", [(8, 3)]),
        ("a[^1]\n\n[^1]: {{ phone.main }}", [(9, 7)]),
    ],
)
def test_facts(text: str, places: list[tuple[int, int]]) -> None:
    body = read(text)
    assert body.problems == ()
    assert [(one.span.line, one.span.column) for one in body.facts] == places
    for fact in body.facts:
        assert written(text, fact.span).replace(" ", "") == "{{phone.main}}"


def test_headings_and_passages() -> None:
    text = "lead *one*\ntwo\n\n##  Symptoms of it {#x}  ##\n\n- a **b**\n  - c\n\n| h |\n|---|\n| d e |\n\nTerm\n: what"
    body = read(text)
    (heading,) = body.headings
    assert written(text, heading.span) == "Symptoms of it"
    assert (heading.level, heading.text, heading.anchor) == (2, "Symptoms of it", "x")
    first = body.passages[0]
    assert (first.text, first.within) == ("lead one two", None)
    assert first.span == Span(7, 1, 8, 4)
    rest = [(one.text, written(text, one.span), one.within) for one in body.passages[1:]]
    assert rest == [
        ("a b", "a **b**", "symptoms"),
        ("c", "c", "symptoms"),
        ("h", "h", "symptoms"),
        ("d e", "d e", "symptoms"),
        ("Term", "Term", "symptoms"),
        ("what", "what", "symptoms"),
    ]


@pytest.mark.parametrize(
    ("text", "column", "address", "replacement"),
    [
        ("See https://example.com/a.", 5, "https://example.com/a", "<https://example.com/a>"),
        ("See (https://example.com/a_(b)).", 6, "https://example.com/a_(b)", "<https://example.com/a_(b)>"),
        ("See www.example.com, please", 5, "www.example.com", "<https://www.example.com>"),
        ("Write a.b@example.com!", 7, "a.b@example.com", "<a.b@example.com>"),
        ("See **https://example.com/a_b_c**", 7, "https://example.com/a_b_c", "<https://example.com/a_b_c>"),
    ],
)
def test_bare_addresses(text: str, column: int, address: str, replacement: str) -> None:
    (problem,) = read(text).problems
    assert (problem.code, problem.span.column, problem.replacement) == ("STR033", column, replacement)
    assert written(text, problem.span) == address
    fixed = text[: problem.span.column - 1] + replacement + text[problem.span.end_column - 1 :]
    assert read(fixed).problems == ()
    assert len(read(fixed).links) == 1


@pytest.mark.parametrize(
    "text",
    [
        "[https://example.com](https://example.com)",
        "`https://example.com`",
        "```\nhttps://example.com\n```",
        "a @ b, 5@ 6",
    ],
)
def test_addresses_that_are_not_bare(text: str) -> None:
    assert read(text).problems == ()
