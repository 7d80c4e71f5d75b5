"""What holds for every text: nothing raised, nothing dangerous let out, places inside the file, results that repeat."""

import hashlib
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic.problems import Severity, Span
from clinic.prose import elements, inline, markup
from clinic.prose.body import SLOT_CLOSE, SLOT_OPEN, Body
from clinic.prose.highlight import DARK_GROUND, LIGHT_GROUND, stylesheet
from clinic.prose.parser import parse_body
from clinic.prose.slots import fill

ROOT = Path(__file__).resolve().parents[2]
PIECES = [
    *(
        "a",
        "b c",
        "\n",
        "\n\n",
        "  ",
        "    ",
        "\t",
        "- ",
        "* ",
        "1. ",
        "2) ",
        "> ",
        "> > ",
        "> [!note] T",
        "> [!emergency] ",
    ),
    *("[!do]", "# ", "## ", "### A", "#", "---", "===", "***", "```", "~~~", "`", "``", "*", "**", "_", "__", "\\"),
    *(
        "[",
        "]",
        "(",
        ")",
        "](",
        "![",
        "[a](b.md)",
        "[a][r]",
        "[r]: x",
        "<",
        ">",
        "<b>",
        "</b>",
        "<sup>",
        "</sup>",
        "<sub",
    ),
    *(
        "<br>",
        '<abbr title="x">',
        "</abbr>",
        "<details>",
        "<summary>",
        "</summary>",
        "</details>",
        "<script>",
        "</script>",
    ),
    *(
        "<img src=x onerror=alert(1)>",
        "onclick=x",
        "<!--",
        "-->",
        "javascript:",
        "<javascript:x>",
        "(javascript:alert(1))",
    ),
    *("data:", "//h", "&#106;", "&amp;", "&#14;", "&#15;", "&", "{{", "}}", "{{ phone.main }}", "{{ x }}", "{#id}"),
    *(
        "{.decorative}",
        "{onclick=x}",
        "[^1]",
        "[^src]",
        "[^1]: ",
        "*[A]: b",
        "A",
        ": ",
        "|",
        "\n|a|b|\n|-|-|\n",
        "|---|:-:|",
    ),
    *("https://e.com", "a@e.com", "www.e.com", "\x0e", "\x0f", "\x02", "\x03", "\x11", "\U00100001", "\U000f0001"),
    *("\u202e", "\u200b", "\xa0", "\u75db", "\r", "\x00", "\ufffd", "\ud800", "'", '"'),
]
MARKDOWN = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
TEXTS = st.one_of(MARKDOWN, st.text(max_size=200), MARKDOWN.map(lambda text: f"> [!note] T\n> {text}"))


class Attributes(HTMLParser):
    """Gathers the elements and attributes of HTML as a browser would see them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.found += [(tag, name, value or "") for name, value in attrs]


def read(text: str, kind: str = "condition") -> Body:
    return parse_body(text, path="conditions/a.md", first_line=5, kind=kind, sources=("src",))


def pieces_of(body: Body) -> list[str]:
    parts = [*body.lead, *(part for section in body.sections for part in section.parts)]
    titles = [card.title for card in body.cards]
    return [*(part.html for part in parts), *titles, *(one.html for one in body.headings), body.footnotes]


def spans_of(body: Body) -> list[Span]:
    spans = [link.span for link in body.links] + [picture.span for picture in body.pictures]
    spans += [fact.span for fact in body.facts] + [citation.span for citation in body.citations]
    spans += [heading.span for heading in body.headings] + [passage.span for passage in body.passages]
    spans += [section.span for section in body.sections] + [card.span for card in body.cards]
    return spans + [problem.span for problem in body.problems]


def assert_sound(text: str, body: Body) -> None:
    rows = text.split("\n")
    for span in spans_of(body):
        assert (span.line, span.column) <= (span.end_line, span.end_column)
        assert 5 <= span.line <= span.end_line < 5 + len(rows)
        assert 1 <= span.column <= len(rows[span.line - 5]) + 1
        assert 1 <= span.end_column <= len(rows[span.end_line - 5]) + 1
    numbers: list[str] = []
    for html in pieces_of(body):
        slots = re.findall(f"{SLOT_OPEN}([a-z]+):([^{SLOT_OPEN}{SLOT_CLOSE}]*){SLOT_CLOSE}", html)
        assert html.count(SLOT_OPEN) == html.count(SLOT_CLOSE) == len(slots)
        assert not re.search("[\x02\x03\x11\U000f0000-\U0010ffff]", html)
        numbers += [value for kind, value in slots if kind == "link"]
        seen = Attributes()
        seen.feed(fill(html, lambda kind, _: "#ok" if kind == "link" else ""))
        assert seen.tags <= {*elements.WRITTEN_INLINE, *elements.WRITTEN_BLOCKS}
        for tag, name, value in seen.found:
            assert name in {"id", "class", "href", "title", "open", "start", "scope"}
            assert name != "href" or value.startswith("#")
            assert (tag, name) != ("a", "style")
    assert set(numbers) == {str(number) for number in range(len(body.links))}
    assert "SEC014" not in {problem.code for problem in body.problems}


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_nothing_raised_nothing_dangerous_every_place_inside(text: str) -> None:
    assert_sound(text, read(text))


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=2, max_size=5))
def test_a_reused_parser_gives_what_a_fresh_one_gives(texts: list[str]) -> None:
    reused = [read(text) for text in texts]
    fresh = []
    for text in texts:
        inline._OF_THIS_THREAD.__dict__.clear()
        fresh.append(read(text))
    assert reused == fresh


SAMPLE = """> [!emergency] Call 911 now if
> - you can't move

## What it is

Words *here* {{ phone.main }} [a](b.md) [c][r] ![p](q.png){.decorative} H<sub>2</sub>O CRPS[^src] x[^1] <b>z</b>

*[CRPS]: Complex
*[ABC]: Other
[r]: https://example.com/
[^1]: Note.

| a | b |
|---|:-:|
| c | d |

```python
x = {1, 2}
```
"""


def test_the_same_bytes_with_other_hash_seeds() -> None:
    program = (
        "import sys, hashlib; from clinic.prose import parse_body;"
        "body = parse_body(sys.stdin.read(), path='a.md', first_line=3, kind='condition', sources=('src',));"
        "print(hashlib.sha256(repr(body).encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=SAMPLE,
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C.UTF-8"},
        ).stdout
        for seed in ("1", "2")
    }
    here = parse_body(SAMPLE, path="a.md", first_line=3, kind="condition", sources=("src",))
    assert seen == {f"{hashlib.sha256(repr(here).encode()).hexdigest()}\n"}


TANGLES = {
    "brackets": "[" * 9_000,
    "many paragraphs of brackets": ("[" * 5_000 + "\n\n") * 100,
    "pictures": "![" * 4_000,
    "open targets": ("[a](" + "(" * 50) * 150,
    "tags": "<sup>" * 1_900,
    "quotes in tags": '<a "' * 2_000,
    "comments": "<!--" * 20_000,
    "scripts": "<script" * 20_000,
    "emphasis": "**a*b_c__" * 1_000,
    "nested emphasis": "*a _b " * 1_500,
    "backticks": "` `` " * 1_800,
    "facts": "{{" * 4_000,
    "footnotes": "[^a]" * 2_000,
    "deep quotation": ">" * 100_000,
    "deep list": "\n".join("  " * depth + "- a" for depth in range(1_000)),
    "empty items": "1. " * 100_000,
    "lines": "a\n" * 100_000,
    "table": "|" + "a|" * 4_000 + "\n|" + "-|" * 4_000 + "\n",
    "fences": "```\n" * 50_000,
    "fold-outs": "<details>\n" * 5_000,
    "one slip again and again": "> [!x] a\n" * 20_000,
}


@pytest.mark.parametrize("name", TANGLES)
def test_tangled_text_is_read_or_refused(name: str) -> None:
    body = read(TANGLES[name])
    assert_sound(TANGLES[name], body)
    assert body.passages or any(problem.severity is Severity.ERROR for problem in body.problems) or "code>" in str(body)


def test_what_the_last_check_takes_out_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    real = markup._text
    monkeypatch.setattr(markup, "_text", lambda text: real(text).replace("words", "<script>alert(1)</script>"))
    body = read("first\n\nwords")
    assert "<script" not in "".join(pieces_of(body))
    assert [(one.code, one.span.line) for one in body.problems] == [("SEC014", 5)]


def test_one_paragraph_that_fails_does_not_take_the_others_down(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = inline.engine()
    real = engine.inline

    def fails(text: str, fallback: tuple[int, int]) -> object:
        if "bad" in text:
            raise RecursionError
        return real(text, fallback)

    monkeypatch.setattr(engine, "inline", fails)
    body = read("*good*\n\nbad <b>\n\n*good*")
    assert [(one.code, one.span.line) for one in body.problems] == [("STR041", 7)]
    assert body.lead[0].html == "<p><em>good</em></p>\n<p>bad &lt;b&gt;</p>\n<p><em>good</em></p>"


def test_whatever_else_fails_is_a_problem_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clinic.prose.parser.read_lines", lambda _: 1 / 0)
    assert [one.code for one in read("a").problems] == ["STR041"]


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_colours_of_code_can_be_read_on_their_ground() -> None:
    light, dark = stylesheet().split("@media (prefers-color-scheme: dark)")
    for css, ground in ((light, LIGHT_GROUND), (dark, DARK_GROUND)):
        colours = re.findall(r"[{;] color: (#[0-9a-f]{6})", css)
        assert len(colours) > 10
        for colour in colours:
            high, low = sorted((luminance(colour), luminance(ground)), reverse=True)
            assert (high + 0.05) / (low + 0.05) >= 4.5, colour
    assert ".highlight .k," in light
    assert ".highlight .c1" in light
