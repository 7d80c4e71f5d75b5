"""Text pasted from elsewhere: what is told, what passes, and that mending changes neither words nor numbers."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.problems import Problem
from clinic.rules import pasted, structure, wording
from clinic.rules.tokens import words_of
from clinic.source.fix import apply
from clinic.words import builtin_lists
from tests.harness import page

PATH = "pages/x.md"
HEADER = "---\ntitle: A title\nsummary: A summary.\n---\n\n"
FIX = "\u00a0"


def found(text: str) -> list[Problem]:
    return list(pasted.of(page(text, PATH)))


def told(text: str) -> list[tuple[str, str | None]]:
    return [(each.code, each.replacement) for each in found(text)]


def all_of(text: str) -> list[Problem]:
    document = page(text, PATH)
    known = wording.wording_of(builtin_lists())
    return [*document.problems, *pasted.of(document), *structure.of(document), *wording.of(document, known)]


def mended(text: str, rounds: int = 12) -> str:
    """What `check --fix` makes of a file: rounds, until nothing changes."""
    for _ in range(rounds):
        after = apply(text.encode(), all_of(text)).decode()
        if after == text:
            return text
        text = after
    raise AssertionError(f"no end of mending: {text!r}")


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("One.  Two.", [("PST002", " ")]),
        ("One , two", [("PST002", "")]),
        ("One.\u00a0 Two.", [("PST001", " ")]),
        ("One.&nbsp; Two.", [("PST001", " ")]),
        ("a\u00a0b\u00a0c\u00a0d", [("PST001", " b c ")]),
        ("We are closed.\u00a0", [("PST001", "")]),
        ("Open 9\u20134.", [("PST003", None)]),
        ("Open Monday \u2013 Friday.", [("PST003", None)]),
        ("This &amp;amp; that", [("PST004", None)]),
        ("It&amp;rsquo;s", [("PST004", "\u2019")]),
        ("[Map](https://bit.ly/abc)", [("PST005", None)]),
        ("[Map](https://www.example.com/a#:~:text=b)", [("PST005", "https://www.example.com/a")]),
        (
            "[Map](https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.example.com%2Fa%3Fb%3D1&data=x)",
            [("PST005", "https://www.example.com/a?b=1")],
        ),
        (
            "[Map](https://urldefense.com/v3/__https://www.example.com/a__;!!x!y$)",
            [("PST005", "https://www.example.com/a")],
        ),
        ("[Map](https://www.google.com/url?sa=D)", [("PST005", None)]),
    ],
)
def test_what_is_told_and_what_mends_it(text: str, problems: list[tuple[str, str | None]]) -> None:
    assert told(text) == problems


@pytest.mark.parametrize(
    "text",
    [
        "Take 10\u00a0mg at 5\u00a0pm. Dr.\u00a0Example and St.\u00a0John. See p.\u00a03.",
        "A\u00a0b and c\u00a0d.",
        "Pain\u00a0: l\u2019aide est l\u00e0\u00a0! \u00ab\u00a0Oui\u00a0\u00bb",
        "One  \ntwo",
        "| a    | b |\n| ---- | - |\n| c    | d |",
        "- a\n    - b",
        "Use `a  b` here.",
        "```\na  b\n```",
        "<!-- a  b -->",
        "The L4\u2013L5 disc, a T-score of \u22122.6, and a pause \u2013 then more.",
        "Rock &amp; roll. Write &lt; for less.",
        "[Map](https://www.example.com/url?q=https://www.example.com/)",
        "[Sign in](https://www.google.com/maps?q=Portland)",
    ],
)
def test_what_passes(text: str) -> None:
    assert told(text) == []


def test_the_header_is_mended_and_nothing_else_in_it() -> None:
    text = '---\ntitle:   "A  title"\n# a  note\nsummary: A  summary.\n---\n\nText.\n'
    assert apply(text.encode(), found(text)).decode() == (
        '---\ntitle:   "A title"\n# a  note\nsummary: A summary.\n---\n\nText.\n'
    )


WORDS = words_of("word the 10 mg 2.5 9 4 Dr. . , ! - * ** ` | # > [ ] ( ) ]( 1. **b** &nbsp; \u2013 \u2022 \u00ad")
SPACES = ["\u00a0", "\u00a0\u00a0", " ", "  ", "\t", "\n", "\n\n", "> - ", "- ", "    ", "&amp;nbsp;"]
ADDRESSES = ["https://bit.ly/a", "https://www.google.com/url?q=https://www.example.com/a&x=1"]
PARTS = st.sampled_from([*sorted(WORDS), *SPACES, *ADDRESSES])


@given(st.lists(PARTS, max_size=40).map("".join))
def test_mending_comes_to_an_end_and_leaves_words_and_numbers(body: str) -> None:
    text = f"{HEADER}{body}\n"
    after = mended(text)
    assert apply(after.encode(), all_of(after)).decode() == after
    before_pasting = apply(text.encode(), found(text)).decode()
    assert _numbers(before_pasting) == _numbers(text)
    assert before_pasting.startswith(HEADER)


def _numbers(text: str) -> list[str]:
    """All numbers of a text but those of addresses."""
    return re.findall(r"\d+(?:[.,]\d+)*", re.sub(r"https?://\S+|&#\d+;", "", text))


@given(st.lists(PARTS, max_size=30).map("".join))
def test_what_has_nothing_to_mend_keeps_every_byte(body: str) -> None:
    data = f"{HEADER}{body}\n".encode()
    problems = [each for each in found(data.decode()) if each.replacement is not None]
    if not problems:
        assert apply(data, found(data.decode())) == data
