"""Dangerous addresses in every disguise: each is an error at its place, and never reaches the HTML."""

import re

import pytest

from clinic.prose.addresses import danger_of
from clinic.prose.body import Body
from clinic.prose.parser import parse_body

SCRIPT = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "jAvAsCrIpT:alert(1)",
    "java&#115;cript:alert(1)",
    "java&#x73;cript:alert(1)",
    "java&#X73;cript:alert(1)",
    "java&#0000115;cript:alert(1)",
    "java&#115cript:alert(1)",
    "&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "javascript&#x3a;alert(1)",
    "javascript&amp;colon;alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "java&#9;script:alert(1)",
    "java&#10;script:alert(1)",
    "java&#13;script:alert(1)",
    "java&#0;script:alert(1)",
    "&#1;javascript:alert(1)",
    "&#32;javascript:alert(1)",
    "java&shy;script:alert(1)",
    "java&ZeroWidthSpace;script:alert(1)",
    "java\u200bscript:alert(1)",
    "java\u00adscript:alert(1)",
    "\u2028javascript:alert(1)",
    "\ufeffjavascript:alert(1)",
    "javascript%3Aalert(1)",
    "%6Aavascript:alert(1)",
    "java%0Ascript:alert(1)",
    "%256Aavascript:alert(1)",
    "\uff4aavascript:alert(1)",
    "javascript\uff1aalert(1)",
    "javascript:/*--></title></style>*/alert(1)",
    "javascript://example.com/%0Aalert(1)",
    "vbscript:msgbox(1)",
    "VBScript:msgbox(1)",
    "vb&#115;cript:msgbox(1)",
    "data:text/html,x",
    "DATA:text/html;base64,PHNjcmlwdD4=",
    "dat&#97;:text/html,x",
    "data:image/svg+xml,x",
    "livescript:alert(1)",
    "blob:https://example.com/1",
    "file:///etc/passwd",
    "view-source:https://example.com/",
    "filesystem:https://example.com/1",
    "about:blank",
    "//evil.example.com/x",
    "///evil.example.com/x",
    "/\\evil.example.com",
    "\\\\evil.example.com",
    "\\/evil.example.com",
    "&#47;/evil.example.com",
    "&sol;&sol;evil.example.com",
    "/&#9;/evil.example.com",
    "%2F%2Fevil.example.com",
]
STRANGE = [
    "ftp://example.com/x",
    "htpp://example.com",
    "c:/windows",
    "intent:x",
    "skype:x",
    "steam://run",
    "htt%70s://example.com",
]
HARMLESS = [
    "https://example.com/a?b=c&d=e#f",
    "http://example.com/",
    "HTTPS://EXAMPLE.COM/",
    "mailto:records@example.com?subject=a%0Ab",
    "tel:+15035550100",
    "sms:+15035550100",
    "../conditions/sciatica.md#symptoms",
    "sciatica.md",
    "#risks",
    "/old/",
    "https://example.com/?u=javascript:alert(1)",
    "https://example.com/a//b",
    "../files/low back.pdf",
    "../images/caf\u00e9.jpg",
]
WAYS = {
    "link": "Read [this]({}) now.",
    "link with title": 'Read [this]({} "title") now.',
    "link in brackets": "Read [this](<{}>) now.",
    "picture": "See ![a spine]({}) now.",
    "picture in brackets": "See ![a spine](<{}>) now.",
    "reference": "Read [this][r] now.\n\n[r]: {}",
    "short reference": "Read [r] now.\n\n[r]: {}",
    "reference in brackets": "Read [this][r] now.\n\n[r]: <{}>",
    "picture by reference": "See ![a spine][r] now.\n\n[r]: {}",
    "in a card": "> [!note] Read\n> [this]({})",
    "in a card's title": "> [!note] Read [this]({})\n> Now.",
    "in a list": "- one\n  - [this]({})",
    "in a table": "| a | b |\n|---|---|\n| [this]({}) | c |",
    "in a footnote": "One.[^1]\n\n[^1]: Read [this]({}).",
    "in a heading": "## Read [this]({})",
    "in a summary": "<details>\n<summary>Read [this]({})</summary>\n\nNow.\n\n</details>",
    "in emphasis": "Read **[this]({})** now.",
    "round a picture": "See [![a spine](x.png)]({}) now.",
    "in a term": "Term\n: Read [this]({})",
}


def read(text: str) -> Body:
    return parse_body(text, path="conditions/a.md", first_line=1, kind="condition")


def html_of(body: Body) -> str:
    parts = [*body.lead, *(part for section in body.sections for part in section.parts)]
    titles = [card.title for card in body.cards]
    return " ".join([*(part.html for part in parts), *titles, *(one.html for one in body.headings), body.footnotes])


@pytest.mark.parametrize("target", SCRIPT)
def test_a_disguise_is_seen_through(target: str) -> None:
    danger = danger_of(target)
    assert danger is not None
    assert danger[0] == "dangerous" or "\\" in target


@pytest.mark.parametrize("target", STRANGE)
def test_a_strange_scheme_is_named(target: str) -> None:
    danger = danger_of(target)
    assert danger is not None
    assert danger[0] == "scheme"


@pytest.mark.parametrize("target", HARMLESS)
def test_a_harmless_address_passes(target: str) -> None:
    assert danger_of(target) is None


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "java&#115;cript:x", "data:text/html,x", "//evil.example.com/x"]
)
def test_a_dangerous_address_is_an_error_wherever_it_stands(way: str, target: str) -> None:
    body = read(WAYS[way].format(target))
    assert [problem.code for problem in body.problems] == ["SEC011"]
    assert 'href="j' not in html_of(body)
    assert not [link for link in body.links if "x.png" not in link.target]
    span = body.problems[0].span
    line = WAYS[way].format(target).split("\n")[span.line - 1]
    assert line[span.column - 1 : span.end_column - 1] == target


@pytest.mark.parametrize("target", SCRIPT)
def test_no_disguise_reaches_an_attribute(target: str) -> None:
    written = target.replace("(", "%28").replace(")", "%29").replace("\\", "\\\\").replace("<", "").replace(">", "")
    for way in ("link in brackets", "picture in brackets", "reference in brackets"):
        body = read(WAYS[way].format(written))
        assert {problem.code for problem in body.problems} & {"SEC011", "SEC017", "STR046"}, way
        assert not body.links
        assert not body.pictures
        assert not re.search(r"(?:href|src)=", html_of(body))


@pytest.mark.parametrize(
    "text",
    [
        "<javascript:alert(1)>",
        "<JAVASCRIPT:alert(1)>",
        "<javascript&#58;alert(1)>",
        "<java&#115;cript:alert(1)>",
        "<data:text/html,x>",
        "<vbscript:x>",
    ],
)
def test_an_address_in_angle_brackets_is_judged_too(text: str) -> None:
    body = read(f"Read {text} now.")
    assert [problem.code for problem in body.problems] == ["SEC011"]
    assert (body.problems[0].span.column, body.problems[0].span.end_column) == (7, 5 + len(text))
    assert not body.links
    assert "href" not in html_of(body)


def test_a_harmless_link_is_one_slot() -> None:
    body = read("Read [this](sciatica.md).")
    assert body.problems == ()
    assert body.links[0].target == "sciatica.md"
    assert '<a href="\x0elink:0\x0f">this</a>' in html_of(body)


def test_the_message_says_what_is_wrong() -> None:
    problem = read("[x](JaVaScRiPt:alert(1))").problems[0]
    assert 'it begins with "javascript:"' in problem.message
