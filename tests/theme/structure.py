"""What is wrong with the structure of a piece of HTML, as people hear it: names, lists, tables, headings."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from tests.theme.reading import VOID

NAMED = {"a", "button", "summary", "caption", "th", "legend", "label", "h1", "h2", "h3", "h4", "li", "dt", "dd"}
"""What says nothing when it is empty."""


@dataclass
class Node:
    """An element with what stands in it."""

    tag: str
    attrs: dict[str, str | None]
    inside: "list[Node | str]" = field(default_factory=list)

    @property
    def children(self) -> "list[Node]":
        """The elements right in it."""
        return [each for each in self.inside if isinstance(each, Node)]

    def all(self) -> "Iterator[Node]":
        """It and every element in it, in their order."""
        yield self
        for child in self.children:
            yield from child.all()

    @property
    def text(self) -> str:
        """The words in it."""
        return " ".join("".join(e.text + " " if isinstance(e, Node) else e for e in self.inside).split())

    @property
    def name(self) -> str:
        """What it is called: its label, its words, the description of its picture."""
        pictures = "".join(each.attrs.get("alt") or "" for each in self.all() if each.tag == "img")
        return self.attrs.get("aria-label") or self.text or pictures


class _Tree(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("root", {})
        self.open = [self.root]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, dict(attrs))
        self.open[-1].inside.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag == tag:
            self.open.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Node(tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def faults(html: str) -> list[str]:
    """What people who hear the page, or use a keyboard, would miss; each in words."""
    root = _Tree(html).root
    found = [fault for node in root.all() for fault in _of(node)]
    ids = [node.attrs["id"] for node in root.all() if "id" in node.attrs]
    found += [f"two things have the id {each}" for each in {each for each in ids if ids.count(each) > 1}]
    labelled = {node.attrs.get("for") for node in root.all() if node.tag == "label"}
    wrapped = {id(field) for node in root.all() if node.tag == "label" for field in node.all()}
    for node in root.all():
        if node.tag in {"input", "select", "textarea"} and id(node) not in wrapped:
            found += [] if node.attrs.get("id") in labelled else [f"a field without a label: {node.attrs}"]
    levels = [int(node.tag[1]) for node in root.all() if node.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}]
    found += [f"h{deep} follows h{level}" for level, deep in itertools.pairwise(levels) if deep > level + 1]
    return found


def _headed(node: Node) -> bool:
    return any(each.tag in {"h1", "h2", "h3", "h4"} for each in node.all())


def _unnamed_table(node: Node) -> bool:
    tables = [each for each in node.all() if each.tag == "table"]
    return any(all(child.tag != "caption" for child in table.children) for table in tables)


def _waits(node: Node) -> bool:
    """Whether a named list waits for the script of the search to fill it; the stylesheet hides it while it is empty."""
    return not node.children and node.attrs.get("class") == "entries results" and "aria-label" in node.attrs


CHECKS: dict[str, Callable[[Node], bool]] = {
    "says nothing": lambda node: node.tag in NAMED and not node.name,
    "a list holds something that is no item": lambda node: (
        node.tag in {"ul", "ol"} and {child.tag for child in node.children} != {"li"} and not _waits(node)
    ),
    "an item stands outside of a list": lambda node: (
        node.tag not in {"ul", "ol"} and any(child.tag == "li" for child in node.children)
    ),
    "a link leads nowhere": lambda node: node.tag == "a" and not node.attrs.get("href"),
    "a picture has no description": lambda node: node.tag == "img" and "alt" not in node.attrs,
    "a drawing is heard": lambda node: node.tag == "svg" and node.attrs.get("aria-hidden") != "true",
    "ways have no name": lambda node: node.tag == "nav" and not node.attrs.get("aria-label"),
    "a section has neither heading nor name": lambda node: (
        node.tag == "section" and not _headed(node) and not node.attrs.get("aria-label")
    ),
    "a table has no name": lambda node: node.tag == "section" and not _headed(node) and _unnamed_table(node),
    "a heading of a table does not say of what": lambda node: (
        node.tag == "th" and node.attrs.get("scope") not in {"row", "col"}
    ),
    "a group of fields has no name": lambda node: (
        node.tag == "fieldset" and all(child.tag != "legend" for child in node.children)
    ),
    "style or script is brought along": lambda node: (
        node.tag in {"style", "script"} or any(name == "style" or name.startswith("on") for name in node.attrs)
    ),
}
"""What can be wrong with one element, in words."""


def _of(node: Node) -> Iterator[str]:
    yield from (f"{words}: <{node.tag}> {node.text[:60]}" for words, wrong in CHECKS.items() if wrong(node))
