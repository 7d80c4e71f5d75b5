"""Raw HTML: the few elements that are allowed, and every other one reported at its place and taken out."""

import pytest

from clinic.prose.body import Body, Html
from clinic.prose.parser import parse_body


def read(text: str) -> Body:
    return parse_body(text, path="conditions/a.md", first_line=1, kind="condition")


def lead(text: str) -> str:
    return "|".join(part.html for part in read(text).lead)


ALLOWED = {
    "H<sub>2</sub>O": "<p>H<sub>2</sub>O</p>",
    "x<sup>2</sup>": "<p>x<sup>2</sup></p>",
    "a<br>b": "<p>a<br>b</p>",
    "a<br/>b": "<p>a<br>b</p>",
    "a<br />b": "<p>a<br>b</p>",
    "Press <kbd>Enter</kbd>.": "<p>Press <kbd>Enter</kbd>.</p>",
    '<abbr title="Complex">CRPS</abbr>': '<p><abbr title="Complex">CRPS</abbr></p>',
    "<abbr title='a > b'>C</abbr>": '<p><abbr title="a &gt; b">C</abbr></p>',
    '<dfn title="x &amp; y">Block</dfn>': '<p><dfn title="x &amp; y">Block</dfn></p>',
    "<SUP>2</SUP>": "<p><sup>2</sup></p>",
    "<dfn><abbr title='x'>C</abbr> *b*</dfn>": '<p><dfn><abbr title="x">C</abbr> <em>b</em></dfn></p>',
    "<sub>a<sub>b</sub></sub>": "<p><sub>a<sub>b</sub></sub></p>",
    "**a <sup>b</sup>**": "<p><strong>a <sup>b</sup></strong></p>",
    "3 < 4 and 5 > 4": "<p>3 &lt; 4 and 5 &gt; 4</p>",
    "a <3 b": "<p>a &lt;3 b</p>",
    r"\<b> is bold": "<p>&lt;b&gt; is bold</p>",
    "`<b>` is bold": "<p><code>&lt;b&gt;</code> is bold</p>",
    "&lt;b&gt; is bold": "<p>&lt;b&gt; is bold</p>",
    "AT&T &copy; &#169;": "<p>AT&amp;T \u00a9 \u00a9</p>",
}


@pytest.mark.parametrize("text", ALLOWED)
def test_allowed_elements_and_plain_signs(text: str) -> None:
    assert read(text).problems == ()
    assert lead(text) == ALLOWED[text]


REFUSED = {
    "a <b>b</b>": ["SEC010", "SEC010"],
    'a <font color="red">b</font>': ["SEC010", "SEC010"],
    "a <div>b</div>": ["SEC010", "SEC010"],
    "a <img src=x.png>": ["SEC013"],
    'a <a href="x">b</a>': ["SEC010", "SEC010"],
    'a <a href="javascript:x">b</a>': ["SEC010", "SEC011", "SEC010"],
    "a <img src=x onerror=alert(1)>": ["SEC013", "SEC012"],
    "a <IMG SRC=x OnError=alert(1)>": ["SEC013", "SEC012"],
    "a <svg/onload=alert(1)>": ["SEC013", "SEC012"],
    "a <svg onload=alert(1)></svg>": ["SEC013"],
    "a <script>alert(1)</script>": ["SEC013"],
    "a <script src=x></script>": ["SEC013"],
    "a <SCRIPT>x</SCRIPT>": ["SEC013"],
    "a <script": ["SEC013"],
    "a <style>p {}</style>": ["SEC013"],
    "a <iframe src=x></iframe>": ["SEC013"],
    "a <object data=x></object>": ["SEC013"],
    "a <embed src=x>": ["SEC013"],
    "a <form action=x><input></form>": ["ASK006", "ASK006"],
    "a <select><option>b</option></select>": ["ASK006"],
    "a <video src=x></video>": ["SEC013"],
    "a <math><mi>x</mi></math>": ["SEC013"],
    "a <base href=x>": ["SEC013"],
    "a <meta http-equiv=refresh>": ["SEC013"],
    "a <link rel=stylesheet>": ["SEC013"],
    'a <sub onclick="x">b</sub>': ["SEC012"],
    "a <sub ONCLICK=x>b</sub>": ["SEC012"],
    "a <br onload=x>": ["SEC012"],
    'a <sub class="x">b</sub>': ["SEC015"],
    'a <sub style="x">b</sub>': ["SEC015"],
    'a <abbr title="x" lang="en">b</abbr>': ["SEC015"],
    "a <sub>b": ["SEC016"],
    "a b</sub>": ["SEC016"],
    "a <phone number>": ["SEC010"],
    "a <?php x ?>": ["SEC010"],
    "a <!DOCTYPE html>": ["SEC010"],
    "a <![CDATA[x]]>": ["SEC010"],
    "a <details>b</details>": ["STR048", "STR048"],
    "a &#8238;b": ["SEC018"],
    "a &#0;b": ["SEC018"],
    "a &#14;link:0&#15;b": ["SEC018", "SEC018"],
    "a &lrm;b": ["SEC018"],
}


@pytest.mark.parametrize("text", REFUSED)
def test_everything_else_is_reported_in_order_and_taken_out(text: str) -> None:
    body = read(text)
    assert [problem.code for problem in body.problems] == REFUSED[text]
    assert body.problems[0].span.line == 1
    assert body.problems[0].span.column >= 3
    html = lead(text)
    assert "<p>a" in html
    for piece in ("<b>", "<img", "<svg", "<script", "<style", "onclick", "class=", "<form", "<div", "\x0e"):
        assert piece not in html.lower()


def test_the_place_is_that_of_the_tag() -> None:
    problem = read("first\n\n- one\n  - two <font>").problems[0]
    assert (problem.span.line, problem.span.column, problem.span.end_column) == (4, 9, 15)


def test_words_in_angle_brackets_stay_to_be_seen() -> None:
    assert lead("Call <phone number> now") == "<p>Call &lt;phone number&gt; now</p>"


def test_what_stands_in_a_script_is_gone_even_across_empty_lines() -> None:
    text = "a\n\n<script>\nalert(1)\n\n## Not a heading\n</script>\n\nb"
    body = read(text)
    assert body.lead == (Html("<p>a</p>\n<p>b</p>"),)
    assert body.headings == ()
    assert [(problem.code, problem.span.line) for problem in body.problems] == [("SEC013", 3)]


def test_a_script_in_code_is_text() -> None:
    assert lead("```\n<script>alert(1)</script>\n```").count("&lt;script&gt;") == 1
    assert lead("`<script>alert(1)</script>`") == "<p><code>&lt;script&gt;alert(1)&lt;/script&gt;</code></p>"
    assert read("`<script>x</script>`").problems == ()


def test_script_in_a_description_is_only_text() -> None:
    picture = read("![<script>x</script>](a.png)")
    assert "SEC013" in [problem.code for problem in picture.problems]
    assert "<script" not in picture.pictures[0].alt


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a <!-- b --> c", "<p>a  c</p>"),
        ("a<!-- b -->c", "<p>ac</p>"),
        ("a\n\n<!-- b\n\n## no\n-->\n\nc", "<p>a</p>\n<p>c</p>"),
        ("- a\n<!-- b -->\n- c", "<ul><li>a</li><li>c</li></ul>"),
        ("a\n<!-- b -->\nc", "<p>a</p>\n<p>c</p>"),
        ('<!-- check: allow CLM001 reason="x" until=2027-01-01 -->\na', "<p>a</p>"),
        ("`<!-- b -->`", "<p><code>&lt;!-- b --&gt;</code></p>"),
        (r"\<!-- b -->", "<p>&lt;!-- b --&gt;</p>"),
        ("a <!--> b", "<p>a  b</p>"),
    ],
)
def test_comments_never_reach_a_page(text: str, html: str) -> None:
    assert read(text).problems == ()
    assert lead(text) == html


def test_a_comment_without_end_is_an_error_and_text() -> None:
    body = read("a\n\nb <!-- c")
    assert [(one.code, one.span.line, one.span.column) for one in body.problems] == [("STR036", 3, 3)]
    assert "&lt;!-- c" in lead("a\n\nb <!-- c")


def test_fold_outs_hold_blocks() -> None:
    text = "<details open>\n<summary>More *words*</summary>\n\n- a\n- b\n\n</details>\n\nafter"
    assert read(text).problems == ()
    expected = (
        '<details open=""><summary>More <em>words</em></summary><ul><li>a</li><li>b</li></ul></details>\n<p>after</p>'
    )
    assert lead(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "<details>\n<summary>a</summary>\n\nb",
        "<details>\n\nb\n\n</details>",
        "<summary>a</summary>",
        "</details>",
        "<details>\n<summary></summary>\nb\n</details>",
        "<details>\n<summary>a\nb\n</details>",
    ],
)
def test_a_fold_out_out_of_order_is_an_error(text: str) -> None:
    assert {problem.code for problem in read(text).problems} == {"STR048"}


def test_a_fold_out_takes_no_other_attribute() -> None:
    text = "<details {}>\n<summary>a</summary>\n\nb\n\n</details>"
    assert [one.code for one in read(text.format("ontoggle=x")).problems] == ["SEC012"]
    assert [one.code for one in read(text.format('class="x"')).problems] == ["SEC015"]
