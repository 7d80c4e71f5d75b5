"""Drawings in SVG: what only draws is taken and written anew, everything else is refused with its line."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.library.drawings import MOST_DRAWN, MOST_ELEMENTS, WIDEST, Flaw, read_drawing
from clinic.library.pictures import look_at

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 20">'


def svg(inside: str, head: str = HEAD) -> bytes:
    return f"{head}\n{inside}\n</svg>".encode()


def test_what_only_draws_is_taken_whole() -> None:
    drawing = read_drawing(
        svg(
            "<defs><linearGradient id='a'><stop offset='0' stop-color='#123'/></linearGradient>"
            "<clipPath id='c'><rect width='9' height='9'/></clipPath></defs>"
            "<style>.a{fill:url(#a);stroke:red}</style>"
            '<g transform="scale(2)" clip-path="url(#c)"><path class="a" d="M0 0h9" style="stroke-width:2"/>'
            "<use xlink:href='#b'/><text x='1' y='2'>Nerve <tspan>&amp; disc</tspan></text></g>"
        )
    )
    assert (drawing.width, drawing.height) == (40, 20)
    root = ET.fromstring(drawing.svg)
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("40", "20", "0 0 40 20")
    names = {each.tag.partition("}")[2] for each in root.iter()}
    assert names == {
        *("svg", "defs", "linearGradient", "stop", "clipPath", "rect", "style", "g", "path", "use", "text", "tspan")
    }
    assert b"Nerve <tspan>&amp; disc</tspan>" in drawing.svg
    assert b'clip-path="url(#c)"' in drawing.svg
    assert b'xlink:href="#b"' in drawing.svg
    assert b"fill:url(#a)" in drawing.svg


def test_what_hides_in_a_drawing_is_left_out() -> None:
    """Comments, authors, a program's own notes: nothing of them is drawn, so nothing is missed."""
    drawing = read_drawing(
        svg(
            "<!-- Secret comment --><title>Secret</title><desc>Secret</desc>"
            '<metadata><rdf:RDF xmlns:rdf="http://rdf.example/"><x>Secret</x></rdf:RDF></metadata>'
            '<sodipodi:namedview xmlns:sodipodi="http://sodipodi.example/" path="Secret"><y/></sodipodi:namedview>'
            '<path d="M0 0h9" data-name="Secret" xmlns:i="http://inkscape.example/" i:label="Secret"/>'
        )
    )
    assert b"Secret" not in drawing.svg
    assert b"<path" in drawing.svg


BAD = {
    "a script": ("<script>alert(1)</script>", "a script", 2),
    "a script of another name": ('<x:script xmlns:x="http://www.w3.org/1999/xhtml"/>', "a script", 2),
    "a script in capitals": ("<SCRIPT/>", "a script", 2),
    "a handler": ("<g/>\n<g onload='alert(1)'/>", "a script", 3),
    "a handler on the drawing": (("", '<svg xmlns="http://www.w3.org/2000/svg" onclick="a()">'), "a script", 1),
    "a web page inside": ("<foreignObject><p>x</p></foreignObject>", "parts of a web page", 2),
    "a web page by itself": ('<p xmlns="http://www.w3.org/1999/xhtml">x</p>', "parts of a web page", 2),
    "another picture": ('<image href="data:image/png;base64,AA=="/>', "another picture", 2),
    "a picture in a filter": ('<filter><feImage href="#a"/></filter>', "another picture", 2),
    "a link": ('<a href="javascript:alert(1)"><path/></a>', "a link", 2),
    "movement": ('<animate attributeName="href" to="javascript:alert(1)"/>', "movement", 2),
    "a change of a link": ('<set attributeName="href" to="x"/>', "movement", 2),
    "a part from elsewhere": ('<use href="https://example.org/x.svg#a"/>', "from elsewhere", 2),
    "a part of another file": ('<use xlink:href="other.svg#a"/>', "from elsewhere", 2),
    "a program as a part": ('<use xlink:href="data:image/svg+xml,x#a"/>', "from elsewhere", 2),
    "a paint from elsewhere": ('<path fill="url(https://example.org/#a)"/>', "from elsewhere", 2),
    "a paint in quotes": ("<path fill=\"url('//example.org/a')\"/>", "from elsewhere", 2),
    "a paint with escapes": (r'<path fill="\75 rl(https://example.org/)"/>', "from elsewhere", 2),
    "a paint after a comment": ('<path style="fill:/**/url(x.png)"/>', "from elsewhere", 2),
    "a style that imports": ("<style>@import 'https://example.org/x.css';</style>", "@import", 2),
    "a style with a font": ("<style>@font-face{src:url(x)}</style>", "@font-face", 2),
    "a style that fetches": ("<style>a{background:image-set('x.png' 1x)}</style>", "from elsewhere", 2),
    "a style that binds": ("<style>a{-moz-binding:none}</style>", "a script", 2),
    "a style inside out": ("<style>a{x:</style><style>}b{fill:url(x.png)}</style>", "be understood", 2),
    "an old program": ('<path style="width:expression(alert(1))"/>', "from elsewhere", 2),
    "an unknown part": ("<font/>", '"font"', 2),
    "words on their own": ("alert(1)", "text where", 2),
    "an instruction": ('<?xml-stylesheet href="x.css"?>', "an instruction", 2),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_what_does_more_than_draw_is_refused(what: str) -> None:
    written, words, line = BAD[what]
    data = svg(written) if isinstance(written, str) else svg(*written)
    with pytest.raises(Flaw) as flaw:
        read_drawing(data)
    assert words in flaw.value.words
    assert (flaw.value.line, f"(line {line})" in flaw.value.words) == (line, True)


DOCTYPES = {
    "a doctype": "<!DOCTYPE svg>",
    "a bomb": '<!DOCTYPE s [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;">]>',
    "a file of this machine": '<!DOCTYPE s [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "a file of another": '<!DOCTYPE s SYSTEM "https://example.org/x.dtd">',
}


@pytest.mark.parametrize("what", DOCTYPES)
def test_nothing_is_declared_and_nothing_resolved(what: str) -> None:
    with pytest.raises(Flaw, match="DOCTYPE"):
        read_drawing(DOCTYPES[what].encode() + svg("<text>&a;</text>"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg",
        b"<svg/>",
        b"<html xmlns='http://www.w3.org/1999/xhtml'/>",
        svg("<path>"),
        svg("&nbsp;"),
        b"\xff\xfe",
    ],
)
def test_what_is_no_drawing_is_refused(data: bytes) -> None:
    with pytest.raises(Flaw):
        read_drawing(data)


SIZES = [
    ('viewBox="0 0 40.4 20"', (40, 20)),
    ('viewBox="-5,-5,300,100" width="10mm" height="5mm"', (300, 100)),
    ('width="200" height="100px"', (200, 100)),
    ('width="2in" height="1in"', (192, 96)),
    ('viewBox="0 0 4000 2000"', (WIDEST, WIDEST // 2)),
    ('viewBox="0 0 1e9 1"', None),
    ('viewBox="0 0 0 10"', None),
    ('width="100%" height="100%"', None),
    ('viewBox="0 0 ten 10"', None),
    ("", None),
]


@pytest.mark.parametrize(("said", "size"), SIZES)
def test_the_size_is_that_of_its_box(said: str, size: tuple[int, int] | None) -> None:
    data = svg("<path/>", f'<svg xmlns="http://www.w3.org/2000/svg" {said}>')
    if size is None:
        with pytest.raises(Flaw, match="how large"):
            read_drawing(data)
    else:
        drawing = read_drawing(data)
        assert (drawing.width, drawing.height) == size
        assert f'height="{size[1]}"'.encode() in drawing.svg


def test_a_drawing_that_would_stop_a_browser_is_refused() -> None:
    doubled = "".join(f'<g id="g{n}"><use href="#g{n - 1}"/><use href="#g{n - 1}"/></g>' for n in range(1, 30))
    with pytest.raises(Flaw, match="too often"):
        read_drawing(svg(f'<g id="g0"><path/></g>{doubled}'))
    assert MOST_DRAWN < 2**29
    with pytest.raises(Flaw, match="without end"):
        read_drawing(svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'))
    with pytest.raises(Flaw, match="without end"):
        read_drawing(svg('<pattern id="a"><path fill="url(#a)"/></pattern>'))
    with pytest.raises(Flaw, match="too many parts"):
        read_drawing(svg("<path/>" * (MOST_ELEMENTS + 1)))
    with pytest.raises(Flaw, match="too many parts"):
        read_drawing(svg("<g>" * 500 + "</g>" * 500))
    with pytest.raises(Flaw, match="too many parts"):
        read_drawing(svg("".join(f'<g id="g{n}"><use href="#g{n + 1}"/></g>' for n in range(200))))


TOKENS = st.sampled_from(
    [
        *(
            "<script>",
            "</script>",
            "<g ",
            ">",
            "/>",
            "</g>",
            "<style>",
            "</style>",
            "@import 'x';",
            "url(x)",
            "url(#a)",
        ),
        *("onload='a()'", "href='#a'", "href='javascript:x'", "xlink:href='//x'", "fill='url(x)'", "<![CDATA[", "]]>"),
        *(
            "<!--",
            "-->",
            "<use ",
            "<path ",
            "style='fill:url(x)'",
            "&#106;",
            "&lt;",
            " ",
            "x",
            "<x:script xmlns:x='y'/>",
        ),
        *(
            "x",
            "url(x)",
            "<x:script xmlns:x='y'/>",
            "<foreignObject/>",
            "<?x y?>",
            "<image/>",
            "<text>",
            "</text>",
            "\\75rl(x)",
            "}",
            "{",
            "*/",
            "/*",
        ),
    ]
)


@given(st.lists(TOKENS, max_size=12).map("".join))
def test_whatever_is_taken_can_neither_run_nor_fetch(inside: str) -> None:
    """What is published is read again as a browser would: no script, no handler, no address but its own parts."""
    try:
        drawing = read_drawing(svg(inside))
    except Flaw:
        return
    for each in ET.fromstring(drawing.svg).iter():
        name = each.tag.partition("}")[2].lower()
        assert name not in {"script", "foreignobject", "image", "a", "set", "animate"}
        for attribute, value in each.attrib.items():
            assert not attribute.lower().startswith("on")
            if attribute.endswith("href"):
                assert value.startswith("#")
        if name == "style":
            assert "@import" not in (each.text or "")
        for text in [*each.attrib.values(), (each.text or "") if name == "style" else ""]:
            assert not re.search(r"url\(\s*['\"]?(?!#)", text), text
    assert read_drawing(drawing.svg) == drawing, "what is taken is taken again, and stays as it is"


def test_a_drawing_is_a_picture_with_a_size() -> None:
    seen = look_at("images/a.svg", "d", svg("<path/>"))
    assert (seen.format, seen.width, seen.height, seen.flaw) == ("SVG", 40, 20, "")
    flawed = look_at("images/a.svg", "d", svg("<g/>\n<script/>"))
    assert (flawed.readable, flawed.line) == (False, 3)
