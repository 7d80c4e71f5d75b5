"""Blocks are read as code hosts read them: lists, headings, tables, terms, footnotes, code, quotations."""

import pytest

from clinic.prose.body import Body
from clinic.prose.parser import parse_body


def read(text: str, sources: tuple[str, ...] = ()) -> Body:
    return parse_body(text, path="conditions/a.md", first_line=1, kind="condition", sources=sources)


def lead(text: str) -> str:
    return "|".join(part.html for part in read(text).lead)


def codes(text: str) -> list[str]:
    return [problem.code for problem in read(text).problems]


LISTS = {
    "straight after a sentence": ("Bring:\n- a\n- b", "<p>Bring:</p>\n<ul><li>a</li><li>b</li></ul>"),
    "numbers after a sentence": ("Steps:\n1. a\n2. b", "<p>Steps:</p>\n<ol><li>a</li><li>b</li></ol>"),
    "stars": ("* a\n* b", "<ul><li>a</li><li>b</li></ul>"),
    "plus": ("+ a", "<ul><li>a</li></ul>"),
    "brackets": ("1) a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
    "another first number": ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
    "nested by two": ("- a\n  - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
    "nested by four": ("- a\n    - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
    "nested by a tab": ("- a\n\t- b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
    "three levels by two": ("- a\n  - b\n    - c", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ul>"),
    "bullets in numbers": ("1. a\n   - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
    "numbers in bullets": ("- a\n  1. b\n  2. c", "<ul><li>a<ol><li>b</li><li>c</li></ol></li></ul>"),
    "loose": ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
    "two paragraphs": ("- a\n\n  b", "<ul><li><p>a</p><p>b</p></li></ul>"),
    "a loose list inside a tight one": (
        "- a\n  - b\n\n  - c\n- d",
        "<ul><li>a<ul><li><p>b</p></li><li><p>c</p></li></ul></li><li>d</li></ul>",
    ),
    "a lazy line": ("- a\nb\n- c", "<ul><li>a\nb</li><li>c</li></ul>"),
    "ended by a heading": ("- a\n### b", '<ul><li>a</li></ul>\n<h3 id="b">b</h3>'),
    "ended by a paragraph": ("- a\n\nb", "<ul><li>a</li></ul>\n<p>b</p>"),
    "two lists": ("- a\n* b", "<ul><li>a</li></ul>\n<ul><li>b</li></ul>"),
    "indented as a whole": (" - a\n - b", "<ul><li>a</li><li>b</li></ul>"),
    "a quotation in an item": ("- a\n  > b", "<ul><li>a<blockquote><p>b</p></blockquote></li></ul>"),
    "a comma, not a list": ("It took\n-5 days", "<p>It took\n-5 days</p>"),
    "escaped": ("\\- a", "<p>- a</p>"),
    "code in an item": (
        "- a\n\n  ```\n  x\n\n   y\n  ```",
        '<ul><li><p>a</p><div class="highlight"><pre><code>x\n\n y\n</code></pre></div></li></ul>',
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_as_on_code_hosts(name: str) -> None:
    text, html = LISTS[name]
    assert codes(text) == []
    assert lead(text) == html


@pytest.mark.parametrize(
    ("text", "line", "replacement", "html"),
    [
        ("1. a\n  - b\n2. c", 2, "   ", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("10. a\n   - b", 2, "    ", '<ol start="10"><li>a<ul><li>b</li></ul></li></ol>'),
        ("- a\n - b", 2, "  ", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("1. a\n  - b\n    - c", 2, "   ", "<ol><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ol>"),
        ("1. a\n\n  b", 3, "   ", "<ol><li><p>a</p><p>b</p></li></ol>"),
    ],
)
def test_nested_too_little_is_an_error_with_a_fix_that_works(text: str, line: int, replacement: str, html: str) -> None:
    (problem,) = read(text).problems
    assert (problem.code, problem.span.line, problem.replacement) == ("STR020", line, replacement)
    assert lead(text) == html
    rows = text.split("\n")
    row = rows[line - 1]
    rows[line - 1] = row[: problem.span.column - 1] + replacement + row[problem.span.end_column - 1 :]
    assert lead("\n".join(rows)) == html
    assert [one.span.line for one in read("\n".join(rows)).problems] in ([], [line + 1])


def test_a_number_that_cannot_begin_a_list_in_a_sentence_is_an_error() -> None:
    (problem,) = read("Steps:\n2. a").problems
    assert (problem.code, problem.span.line, problem.span.column) == ("STR021", 2, 1)
    assert codes("He was born in\n1990. It was cold.") == []


HEADINGS = [
    ("### A b", '<h3 id="a-b">A b</h3>', []),
    ("### A b ###", '<h3 id="a-b">A b</h3>', []),
    ("### A {#x}", '<h3 id="x">A</h3>', []),
    ("### A {: #x}", '<h3 id="x">A</h3>', []),
    ("### A {#x} ###", '<h3 id="x">A</h3>', []),
    ("### Who shouldn't", '<h3 id="who-shouldnt">Who shouldn\'t</h3>', []),
    ("### A\n### A\n### A", '<h3 id="a">A</h3>\n<h3 id="a-2">A</h3>\n<h3 id="a-3">A</h3>', []),
    ("### A\n### B {#a}", '<h3 id="a-2">A</h3>\n<h3 id="a">B</h3>', ["STR028"]),
    ("### A\n### B {#b}", '<h3 id="a">A</h3>\n<h3 id="b">B</h3>', []),
    ("### \u75db\u307f", '<h3 id="\u75db\u307f">\u75db\u307f</h3>', []),
    ("### !!!", '<h3 id="section">!!!</h3>', []),
    ("text\n### A\nmore", '<p>text</p>\n<h3 id="a">A</h3>\n<p>more</p>', []),
    ("#1 clinic", "<p>#1 clinic</p>", []),
    ("###A", '<h3 id="a">A</h3>', ["STR037"]),
    ("### ", "", ["STR049"]),
    ("### &nbsp;", "", ["STR049"]),
    ("### <br>", "", ["STR049"]),
    ("### A {.x}", '<h3 id="a">A</h3>', ["STR027"]),
    ("### A {onclick=x}", '<h3 id="a">A</h3>', ["SEC012"]),
    ("- ### A", "<ul><li><p><strong>A</strong></p></li></ul>", ["STR038"]),
    ("> ### A", "<blockquote><p><strong>A</strong></p></blockquote>", ["STR038"]),
    ("a.\n---", "<p>a.</p>\n<hr>", ["STR043"]),
    ("a\nb\n---", "<p>a\nb</p>\n<hr>", ["STR043"]),
    ("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>", []),
]


@pytest.mark.parametrize(("text", "html", "expected"), HEADINGS)
def test_headings(text: str, html: str, expected: list[str]) -> None:
    assert codes(text) == expected
    assert lead(text) == html


def test_a_first_level_heading_is_an_error_and_a_section() -> None:
    body = read("# A\n\nb\n\nC\n===\n")
    assert [(one.code, one.span.line, one.replacement) for one in body.problems] == [
        ("STR026", 1, "##"),
        ("STR043", 6, None),
    ]
    assert [(section.heading, section.anchor) for section in body.sections] == [("A", "a"), ("C", "c")]
    assert [one.level for one in body.headings] == [1, 1]


def test_an_underlined_heading_is_one() -> None:
    assert [one.heading for one in read("Symptoms\n--------\n\na").sections] == ["Symptoms"]


def test_two_equal_ids_are_an_error() -> None:
    body = read("### A {#x}\n\n### B {#x}")
    assert [(one.code, one.span.line) for one in body.problems] == [("STR028", 3)]
    assert [one.anchor for one in body.headings] == ["x", "b"]


def test_three_hundred_headings_and_no_more() -> None:
    assert codes("### a\n" * 300) == []
    body = read("### a\n" * 301)
    assert [(one.code, one.span.line) for one in body.problems] == [("STR039", 301)]
    assert len(body.headings) == 300


TABLES = [
    ("| a | b |\n|---|---|\n| c | d |", "<td>c</td><td>d</td>", []),
    ("a | b\n--- | ---\nc | d", "<td>c</td><td>d</td>", []),
    ("Text:\n| a | b |\n|---|---|\n| c | d |\n- x", "</table>\n<ul>", []),
    ("| a | b |\n|:-:|--:|\n| c | d |", '<td class="align-center">c</td><td class="align-right">d</td>', []),
    ("| a |\n|---|\n| c |", "<td>c</td>", []),
    ("| a | b |\n|---|---|\n| `x|y` | d |", "<td><code>x|y</code></td><td>d</td>", []),
    ("| a | b |\n|---|---|\n| x\\|y | d |", "<td>x|y</td><td>d</td>", []),
    ("| a | b |\n|---|---|\n| c |", "<td>c</td><td></td>", ["STR031"]),
    ("| a | b |\n|---|---|\n| c | d | e |", "<td>c</td><td>d</td>", ["STR031"]),
    ("| a | b |\n|---|---|\n|  | d |", "<td></td><td>d</td>", []),
    ("| a | b |\n| c | d |", "<p>| a | b |", ["STR032"]),
    ("| a | b |\n|---|\n| c | d |", "<p>| a | b |", ["STR032"]),
    ("| a | b |\n\n|---|---|\n| c | d |", "<p>| a | b |", ["STR032"]),
    ("| a |\n\n| b |", "<p>| a |", []),
]


@pytest.mark.parametrize(("text", "html", "expected"), TABLES)
def test_tables(text: str, html: str, expected: list[str]) -> None:
    assert codes(text) == expected
    assert html in lead(text)
    assert "style=" not in lead(text)


def test_heading_cells_say_that_they_are_those_of_columns() -> None:
    assert '<th scope="col">a</th>' in lead("| a | b |\n|---|---|\n| c | d |")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Term\n: what it means", "<dl><dt>Term</dt><dd>what it means</dd></dl>"),
        ("Term\n\n: what it means", "<dl><dt>Term</dt><dd>what it means</dd></dl>"),
        ("Term\n: one\n: two", "<dl><dt>Term</dt><dd>one</dd><dd>two</dd></dl>"),
        ("A\nB\n: one", "<dl><dt>A</dt><dt>B</dt><dd>one</dd></dl>"),
        ("A\n: one\n\nB\n: two", "<dl><dt>A</dt><dd>one</dd><dt>B</dt><dd>two</dd></dl>"),
        ("A\n: one\n\n    more", "<dl><dt>A</dt><dd><p>one</p><p>more</p></dd></dl>"),
        ("A\n: one\n\n    - x\n    - y", "<dl><dt>A</dt><dd><p>one</p><ul><li>x</li><li>y</li></ul></dd></dl>"),
        ("A\n:   wide\n    more", "<dl><dt>A</dt><dd>wide\nmore</dd></dl>"),
        (": nothing above", "<p>: nothing above</p>"),
    ],
)
def test_terms_and_what_they_mean(text: str, html: str) -> None:
    assert codes(text) == []
    assert lead(text) == html


def test_footnotes_and_citations() -> None:
    text = "a[^note] b[^hopkins] c[^note]\n\n[^note]: Words *here*.\n\n    More.\n"
    body = read(text, sources=("hopkins",))
    assert body.problems == ()
    assert [(one.source, one.span.column, one.span.end_column) for one in body.citations] == [("hopkins", 11, 21)]
    assert "\x0ecite:hopkins\x0f" in body.lead[0].html
    assert '<sup id="fnref-note"><a class="footnote-ref" href="#fn-note">1</a></sup>' in body.lead[0].html
    assert body.lead[0].html.count("fnref-note-2") == 1
    assert body.footnotes.startswith(
        '<ol class="footnotes"><li id="fn-note"><p>Words <em>here</em>.</p><p>More. <a class='
    )
    assert 'href="#fnref-note">' in body.footnotes
    assert {"fn-note", "fnref-note", "fnref-note-2"} <= set(body.anchors)
    assert [one.text for one in body.passages] == ["a b c", "Words here.", "More."]


def test_footnotes_are_numbered_as_they_are_named_and_may_name_others() -> None:
    body = read("a[^b] c[^a]\n\n[^a]: One.[^c]\n\n[^b]: Two.\n\n[^c]: Three.")
    assert body.problems == ()
    assert [part[:6] for part in body.footnotes.split('<li id="')[1:]] == ['fn-b">', 'fn-a">', 'fn-c">']


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a[^nope]", ["STR030"]),
        ("[^a]: never named", ["STR045"]),
        ("a[^a]\n\n[^a]: x\n\n[^a]: y", ["STR045"]),
        ("a[^src]\n\n[^src]: x", ["STR045"]),
        ("[a][nope]", ["STR044"]),
        ("[a]: x.md", ["STR045"]),
        ("[a]\n\n[a]: x.md\n[A]: y.md", ["STR045"]),
    ],
)
def test_definitions_that_lead_nowhere(text: str, expected: list[str]) -> None:
    assert [problem.code for problem in read(text, sources=("src",)).problems] == expected


def test_an_unknown_source_suggests_the_nearest() -> None:
    (problem,) = read("a[^hopkin]", sources=("hopkins",)).problems
    assert 'Did you mean "hopkins"?' in problem.hint


def test_abbreviations_are_explained_wherever_they_stand_but_in_code() -> None:
    html = lead('*[CRPS]: Complex "regional" <pain>\n\nCRPS, `CRPS` and *CRPS*.')
    assert html.count('<abbr title="Complex &quot;regional&quot; &lt;pain&gt;">CRPS</abbr>') == 2
    assert "<code>CRPS</code>" in html


def test_code_has_classes_and_no_styles() -> None:
    html = lead("```python\nif x:\n    return 1  # <b>\n```")
    assert '<span class="k">if</span>' in html
    assert "&lt;b&gt;" in html
    assert "style" not in html
    assert lead("```nonsense\nx\n```") == '<div class="highlight"><pre><code>x\n</code></pre></div>'
    assert lead("~~~\n```\n~~~") == '<div class="highlight"><pre><code>```\n</code></pre></div>'


def test_code_without_end_and_code_by_accident() -> None:
    assert [(one.code, one.span.line) for one in read("a\n\n```\nb\n\n## c").problems] == [("STR047", 3)]
    assert [(one.code, one.span.column) for one in read("    Rest.").problems] == [("STR042", 5)]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a  \nb", "<p>a<br>b</p>"),
        ("a\\\nb", "<p>a<br>b</p>"),
        ("a\n   b", "<p>a\nb</p>"),
        ("a\n\n\n\nb", "<p>a</p>\n<p>b</p>"),
        ("> a\n> b", "<blockquote><p>a\nb</p></blockquote>"),
        ("> a\nb", "<blockquote><p>a\nb</p></blockquote>"),
        ("> a\n\n> b", "<blockquote><p>a</p></blockquote>\n<blockquote><p>b</p></blockquote>"),
        (">a\n> > b", "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>"),
        (
            "*a* **b** _c_ __d__ ***e***",
            "<p><em>a</em> <strong>b</strong> <em>c</em> <strong>d</strong> <strong><em>e</em></strong></p>",
        ),
        ("a_b_c", "<p>a_b_c</p>"),
        ("{see below}", "<p>{see below}</p>"),
        ("a\n{#x}", '<p id="x">a</p>'),
        ("*a*{#x} b", '<p><em id="x">a</em> b</p>'),
        ("![a](b.png){#x}", '<p><span id="x" class="anchor"></span>\x0epicture:0\x0f</p>'),
    ],
)
def test_paragraphs(text: str, html: str) -> None:
    assert codes(text) == []
    assert lead(text) == html.replace("<strong><em>e</em></strong>", lead("***e***")[3:-4])


@pytest.mark.parametrize(
    "text", ["a {.x}", "*a*{.x}", "*a*{x=y}", "![a](b.png){.big}", "{.x}", "a\n{.x}", "[a](b){.decorative}"]
)
def test_other_attribute_lists_are_an_error(text: str) -> None:
    assert codes(text) == ["STR027"]


@pytest.mark.parametrize("text", ["*a*{onclick=x}", "![a](b.png){ onerror=x }", "a {onload=x}", "### a {onclick=x}"])
def test_event_attributes_by_that_road_are_an_error(text: str) -> None:
    assert codes(text) == ["SEC012"]


def test_what_stands_too_deep_is_one_error_and_not_read() -> None:
    for text in ("> " * 2000 + "x", ">" * 2000 + "x", "\n".join("  " * n + "- a" for n in range(500))):
        assert codes(text) == ["STR029"]
    assert codes("> " * 8 + "x") == []


def test_a_body_that_is_too_long_is_one_error() -> None:
    assert codes("a\n\n" * 400_000) == ["STR040"]


def test_a_paragraph_that_is_too_long_is_an_error_and_the_others_are_read() -> None:
    body = read("*a*\n\n" + "b " * 6000 + "\n\n*c*")
    assert [(one.code, one.span.line) for one in body.problems] == [("STR041", 3)]
    assert "<em>a</em>" in body.lead[0].html
    assert "<em>c</em>" in body.lead[0].html


def test_private_and_control_characters_are_an_error_each() -> None:
    body = read("a\x0elink:0\x0fb \U00100000\U000f0000c \x02d\x03")
    assert [one.code for one in body.problems] == ["STR046"] * 6
    assert "\x0e" not in body.lead[0].html
