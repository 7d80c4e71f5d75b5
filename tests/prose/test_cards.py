"""Care cards: a closed vocabulary in the syntax of quotations, standing on their own."""

import pytest

from clinic.prose.body import Body, Card, CardKind, Html
from clinic.prose.parser import parse_body


def read(text: str) -> Body:
    return parse_body(text, path="procedures/a.md", first_line=10, kind="procedure")


@pytest.mark.parametrize("kind", list(CardKind))
def test_each_card(kind: CardKind) -> None:
    body = read(f"a\n\n> [!{kind.value}] Call *now* if\n> - x\n> - y\n>\n> z\n\nb")
    assert body.problems == ()
    first, card, last = body.lead
    assert isinstance(card, Card)
    assert (first, last) == (Html("<p>a</p>"), Html("<p>b</p>"))
    assert (card.kind, card.title) == (kind, "Call <em>now</em> if")
    assert card.html == "<ul><li>x</li><li>y</li></ul>\n<p>z</p>"
    assert (card.span.line, card.span.end_line) == (12, 16)
    assert [one.card for one in body.passages] == [None, kind, kind, kind, kind, None]


def test_cards_belong_to_their_sections() -> None:
    body = read("> [!note] A\n> b\n\n## When to call\n\n> [!call-us] C\n> d\n\n> [!do] E\n> f\n")
    assert [card.kind for card in body.cards] == [CardKind.NOTE, CardKind.CALL_US, CardKind.DO]
    assert body.lead == body.cards[:1]
    assert body.sections[0].parts[-2:] == body.cards[1:]
    assert body.sections[0].words == 4


@pytest.mark.parametrize(
    "written", ["> [!NOTE] A\n> b", "> [!Note] A\n> b", ">[!note] A\n>b", "> [!note]   A\n> b", "> [! note ] A\n> b"]
)
def test_how_it_may_be_written(written: str) -> None:
    body = read(written)
    assert body.problems == ()
    assert body.cards[0].kind is CardKind.NOTE
    assert (body.cards[0].title, body.cards[0].html) == ("A", "<p>b</p>")


def test_straight_after_a_sentence() -> None:
    body = read("a\n> [!note] A\n> b")
    assert body.problems == ()
    assert body.lead[0] == Html("<p>a</p>")
    assert len(body.cards) == 1


def test_an_unknown_card_names_the_nearest_and_is_fixable() -> None:
    (problem,) = read("> [!emergancy] A\n> b").problems
    assert (problem.code, problem.replacement) == ("STR022", "emergency")
    assert (problem.span.line, problem.span.column, problem.span.end_column) == (10, 5, 14)
    assert 'Did you mean "emergency"?' in problem.hint
    (problem,) = read("> [!don't] A\n> b").problems
    assert problem.replacement == "dont"
    (problem,) = read("> [!xyz] A\n> b").problems
    assert problem.replacement is None
    assert "emergency, urgent, call-us, do, dont, important, note" in problem.hint


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("> [!note]\n> b", "STR023", 10),
        ("> [!note] A", "STR024", 10),
        ("> [!note] A\n>", "STR024", 10),
        ("- a\n\n  > [!note] A\n  > b", "STR025", 12),
        ("> > [!note] A\n> > b", "STR025", 10),
        ("> a\n> [!note] A\n> b", "STR025", 11),
        ("> [!do] A\n> b\n> [!dont] C\n> d", "STR025", 12),
        ("> [!note] A\n> b\nc", "STR025", 12),
        ("[!note] A\n\nb", "STR025", 10),
        ("<details>\n<summary>a</summary>\n\n> [!note] A\n> b\n\n</details>", "STR025", 13),
        ("> [!note] A\n> ## b\n> c", "STR038", 11),
        ("> [!note] A\n> > [!do] b\n> > c", "STR025", 11),
    ],
)
def test_what_is_wrong_with_a_card(text: str, code: str, line: int) -> None:
    assert [(one.code, one.span.line) for one in read(text).problems] == [(code, line)]


@pytest.mark.parametrize("text", ["> [!do] A\n> b\n> [!dont] C\n> d", "> [!note] A\n> b\nc", "[!note] A\n> b"])
def test_the_fix_mends_it(text: str) -> None:
    problem = read(text).problems[0]
    assert problem.replacement is not None
    rows = text.split("\n")
    row = rows[problem.span.line - 10]
    rows[problem.span.line - 10] = (
        row[: problem.span.column - 1] + problem.replacement + row[problem.span.end_column - 1 :]
    )
    assert read("\n".join(rows)).problems == ()
