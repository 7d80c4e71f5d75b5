"""The pieces of JSON-LD: nodes of schema.org without empty values, and full addresses."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias
from urllib.parse import urlsplit

from clinic.views.frame import Frame
from clinic.views.parts import LinkTo

Node: TypeAlias = dict[str, object]
"""A thing of schema.org: its type and properties, which are texts, numbers, things and lists of these."""


def node(kind: str, *, at: str = "", **properties: object) -> Node:
    """A thing of schema.org without what is empty; a list of one is that one.

    Args:
        kind: its type.
        at: its `@id`: a full address, so that others can mean the same thing.
        properties: its properties by schema.org's names.
    """
    made: Node = {"@type": kind, "@id": at} if at else {"@type": kind}
    return made | given(properties)


def given(properties: Mapping[str, object]) -> Node:
    """Properties without those that are empty; a list of one is that one."""
    return {
        name: value[0] if isinstance(value, list) and len(value) == 1 else value
        for name, value in properties.items()
        if value is not None and value not in ("", [], {})
    }


def same(thing: Node) -> Node:
    """A mention of a thing that is told of elsewhere in the graph."""
    return {"@id": thing["@id"]}


def full(frame: Frame, href: str) -> str:
    """An address as a link gives it, with scheme and host; one that has them already as it is."""
    if not href.startswith("/") or href.startswith("//"):
        return href
    parts = urlsplit(frame.canonical)
    return f"{parts.scheme}://{parts.netloc}{href}"


def linked(frame: Frame, kind: str, links: Iterable[LinkTo], at: str = "") -> list[object]:
    """Things of a type with pages of their own: name and address.

    Args:
        frame: of the page that names them.
        kind: their type.
        links: to their pages.
        at: the part of those pages that stands for them, as their own pages name it ("#condition").
    """
    found: list[object] = []
    for link in links:
        address = full(frame, link.href)
        found.append(node(kind, at=f"{address}{at}" if at else "", name=link.text, url=address))
    return found
