"""HTML from the tree, written as browsers write it, and the last check that nothing but the allowed is in it."""

import functools
import xml.etree.ElementTree as ET

import nh3

from clinic.prose.elements import VOID, WRITTEN_BLOCKS, WRITTEN_INLINE
from clinic.prose.slots import make_slot

_SHOWN = ("id", "class", "href", "title", "open", "start", "scope")


def html_of(element: ET.Element) -> str:
    """The HTML of an element and all in it."""
    pieces: list[str] = []
    _write(element, pieces)
    return "".join(pieces)


def inner_html(element: ET.Element) -> str:
    """The HTML of what stands in an element."""
    pieces: list[str] = []
    _write_inside(element, pieces)
    return "".join(pieces)


def _write(element: ET.Element, pieces: list[str]) -> None:
    tag = element.tag
    if tag in {"fact", "factblock", "cite", "picture"}:
        if name := element.get("id"):  # what fills the slot knows nothing of it
            pieces.append(f'<span id="{_attribute(name)}" class="anchor"></span>')
        pieces.append(make_slot(tag, element.get("name", "")))
    elif tag == "plain":
        _write_inside(element, pieces)
    elif tag == "aside":  # a care card where none can stand: a problem, shown as a quotation in previews
        pieces.append("<blockquote>")
        _write_inside(element, pieces)
        pieces.append("</blockquote>")
    else:
        tag = "p" if tag == "title" else tag
        pieces += ("<", tag)
        for name in _SHOWN:
            value = element.get(name)
            if value is not None:
                pieces.append(f' {name}="{_attribute(value)}"')
        pieces.append(">")
        if tag not in VOID:
            _write_inside(element, pieces)
            pieces += ("</", tag, ">")


def _write_inside(element: ET.Element, pieces: list[str]) -> None:
    if element.text:
        pieces.append(_text(element.text))
    for child in element:
        _write(child, pieces)
        if child.tail:
            pieces.append(_text(child.tail))


def _text(text: str) -> str:
    """Text as the HTML standard serialises it (13.3), so that the last check can compare."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\u00a0", "&nbsp;")


def _attribute(value: str) -> str:
    return _text(value).replace('"', "&quot;")


@functools.cache
def _cleaner() -> nh3.Cleaner:
    attributes = {tag: {"id"} for tag in (*WRITTEN_INLINE, *WRITTEN_BLOCKS) if tag not in VOID}
    for tag in ("code", "div", "span", "a", "ol", "td", "th"):
        attributes[tag].add("class")
    attributes["a"] |= {"href", "title"}
    attributes["abbr"].add("title")
    attributes["dfn"].add("title")
    attributes["details"].add("open")
    attributes["ol"].add("start")
    attributes["th"].add("scope")
    return nh3.Cleaner(
        tags={*WRITTEN_INLINE, *WRITTEN_BLOCKS},
        attributes=attributes,
        clean_content_tags={"script", "style"},
        url_schemes={"link"},  # the slot of an address; every real address is outside a parsed body
        link_rel=None,
    )


def checked(html: str) -> tuple[str, bool]:
    """`html` after the last check, and whether that changed anything."""
    clean = _cleaner().clean(html)
    return clean, clean != html
