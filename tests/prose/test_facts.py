"""Facts: the whole vocabulary, the slots, what is wrong with the rest, and where they can't stand."""

import pytest

from clinic.problems import Span
from clinic.prose.body import Body, FactUse
from clinic.prose.facts import inline_facts
from clinic.prose.parser import parse_body
from clinic.prose.slots import fill, make_slot, plain

GOOD = ["phone.main", "phone.after-hours", "email.records", "location.main.address", "hours.main", "clinic.name"]
BAD = [
    "phones.main",
    "phone",
    "phone.",
    "phone.Main",
    "location.main",
    "location.address",
    "clinic",
    "clinic.url",
    "x",
    "",
    "phone.main.x",
    "phone main",
    "hours",
    "contact.poison-control",
    "phone.main | upper",
    "7*7",
    "config.items()",
]


def read(text: str) -> Body:
    return parse_body(text, path="conditions/a.md", first_line=1, kind="condition")


@pytest.mark.parametrize("name", GOOD)
def test_every_form_is_a_slot(name: str) -> None:
    body = read(f"Call {{{{ {name} }}}} now.\n\n{{{{ {name} }}}}\n\n- {{{{ {name} }}}}")
    assert body.problems == ()
    assert [(one.name, one.alone) for one in body.facts] == [(name, False), (name, True), (name, False)]
    expected = f"<p>Call \x0efact:{name}\x0f now.</p>\n\x0efactblock:{name}\x0f\n<ul><li>\x0efact:{name}\x0f</li></ul>"
    assert body.lead[0].html == expected


@pytest.mark.parametrize("name", BAD)
def test_anything_else_is_an_error_and_text(name: str) -> None:
    body = read(f"Call {{{{ {name} }}}} now.")
    assert [(one.code, one.span.column, one.span.end_column) for one in body.problems] == [
        ("STR034", 6, 12 + len(name))
    ]
    assert body.facts == ()
    assert "\x0e" not in body.lead[0].html


def test_the_advice_names_the_nearest_form() -> None:
    assert "Did you mean {{ phone.main }}?" in read("{{ phones.main }}").problems[0].hint
    assert "Did you mean {{ location.main.address }}?" in read("{{ location.main }}").problems[0].hint


@pytest.mark.parametrize("text", ["Call {{ phone.main", "Call {{ phone.\nmain }}", "{{"])
def test_curly_brackets_that_are_not_closed(text: str) -> None:
    assert [one.code for one in read(text).problems] == ["STR034"]


@pytest.mark.parametrize(
    "text",
    [
        "`{{ phone.main }}`",
        "```\n{{ phone.main }}\n```",
        "[a](tel:{{ phone.main }})",
        "[a](<tel:{{ phone.main }}>)",
        "[a](tel:{{phone.main}})",
        "![{{ clinic.name }}](a.png)",
        "![a]({{ clinic.name }}.png)",
        "[{{ phone.main }}](a.md)",
        "## Call {{ phone.main }}",
        '<abbr title="{{ clinic.name }}">a</abbr>',
        "[a][r]\n\n[r]: tel:{{phone.main}}",
    ],
)
def test_where_facts_cannot_stand(text: str) -> None:
    assert {one.code for one in read(text).problems} == {"STR035"}


def test_escaped_curly_brackets_are_text() -> None:
    body = read(r"Write \{{ phone.main }} here.")
    assert body.problems == ()
    assert body.lead[0].html == "<p>Write {{ phone.main }} here.</p>"


def test_an_abbreviation_does_not_break_a_slot() -> None:
    body = read("*[main]: x\n*[phone]: y\n\nmain {{ phone.main }}")
    assert "\x0efact:phone.main\x0f" in body.lead[0].html


def test_facts_of_the_header() -> None:
    pieces, problems = inline_facts("Call {{ phone.main }} or {{ nope }}.", "a.md", Span.at(3, 10, 36))
    assert pieces == ("Call ", FactUse("phone.main", alone=False, span=Span(3, 15, 3, 31)), " or {{ nope }}.")
    assert [(one.code, one.path, one.span) for one in problems] == [("STR034", "a.md", Span(3, 35, 3, 45))]


def test_facts_of_a_quoted_header_value() -> None:
    pieces, problems = inline_facts("{{ phone.main }}", "a.md", Span.at(3, 10, 18))
    assert pieces == (FactUse("phone.main", alone=True, span=Span(3, 11, 3, 27)),)
    assert problems == ()


@pytest.mark.parametrize("text", ["{{", "a }} b", "{{ phone.main"])
def test_open_curly_brackets_in_the_header(text: str) -> None:
    pieces, problems = inline_facts(text, "a.md", Span(3, 10, 4, 2))
    assert pieces == (text,)
    assert [one.span for one in problems] == [Span(3, 10, 4, 2)]


def test_a_header_value_without_facts() -> None:
    assert inline_facts("Plain {words}.", "a.md", Span.at(1, 1, 14)) == (("Plain {words}.",), ())
    assert inline_facts("", "a.md", Span.at(1, 1, 1)) == ((), ())


def test_fill_fills_every_slot_once() -> None:
    html = f'<a href="{make_slot("link", "0")}">x</a>{make_slot("fact", "phone.main")}'
    assert fill(html, lambda kind, value: f"[{kind}={value}]") == '<a href="[link=0]">x</a>[fact=phone.main]'
    assert fill("plain", lambda kind, value: kind + value) == "plain"


def test_plain_words() -> None:
    body = read("a *b* &lt; [c](d.md) {{ phone.main }}\n\n- ![e](f.png) g[^h]\n- i")
    html = body.lead[0].html
    assert plain(html) == "a b < c {{ phone.main }} g i"
    assert plain(html, lambda kind, _: f"{kind}!") == "a b < c fact! picture! g i"


def test_a_slot_cannot_hold_a_slot() -> None:
    with pytest.raises(ValueError, match="slot"):
        make_slot("fact", "a\x0fb")
