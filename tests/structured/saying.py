"""What a finished page says to search engines, and to people: read from its bytes alone."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})


class Shown(HTMLParser):
    """A page as people get it: the text of its body, its addresses, its dates, and the rows of its tables.

    `rows` are caption, head and cell of each row of a table that has a caption.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.lang = ""
        self.canonical = ""
        self.noindex = False
        self.moved = False
        self.addresses: set[str] = set()
        self.dates: set[str] = set()
        self.rows: list[tuple[str, str, str]] = []
        self._cells: dict[str, str] = {}
        self._words: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.lang = given.get("lang", "")
        if tag == "meta":
            self.noindex |= given.get("name") == "robots" and "noindex" in given["content"]
            self.moved |= given.get("http-equiv") == "refresh"
        if tag == "link" and given.get("rel") == "canonical":
            self.canonical = given["href"]
        if tag in {"a", "img"}:
            self.addresses.add(given.get("href") or given.get("src", ""))
        if tag == "time":
            self.dates.add(given.get("datetime", ""))
        if tag in {"caption", "th", "td"}:
            self._cells[tag] = ""
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
        if tag == "tr" and {"caption", "th", "td"} <= set(self._cells):
            self.rows.append((self._cells["caption"], self._cells["th"], self._cells["td"]))

    def handle_data(self, data: str) -> None:
        if "body" in self._open and "script" not in self._open:
            self._words.append(data)
            for tag in ("caption", "th", "td"):
                if tag in self._open:
                    self._cells[tag] += data

    @property
    def text(self) -> str:
        """The words of the body, spaces made one."""
        return " ".join("".join(self._words).split())

    def leads_to(self) -> set[str]:
        """Every address that the page names, in full, its own included."""
        return {urljoin(self.canonical, each) for each in self.addresses} | {self.canonical}


def blocks(html: str) -> list[Any]:
    """The blocks of JSON-LD of a page, read.

    Raises:
        ValueError: one of them is no JSON.
    """
    return [json.loads(found) for found in BLOCK.findall(html)]


def things(html: str) -> list[dict[str, Any]]:
    """The things that a page tells of."""
    return [thing for block in blocks(html) for thing in block["@graph"]]


def leaves(value: Any, way: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every plain value in what a page says, with the names on the way to it."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from leaves(each, (*way, name))
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each, way)
    else:
        yield way, value


def pages(site: Path) -> Iterator[tuple[str, str]]:
    """The pages of a built site: path and text."""
    for path in sorted(site.rglob("*.html")):
        yield path.relative_to(site).as_posix(), path.read_text(encoding="utf-8")
