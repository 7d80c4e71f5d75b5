"""What a reader reads on a page: the words of its main part, line by line, for comparing two versions of it."""

import re
from html.parser import HTMLParser

_LINES = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote br caption dd details div dl dt figcaption figure footer form h1 h2 h3 h4 h5 "
        "h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul",
    )
)
"""The elements that stand on lines of their own."""

_UNREAD = frozenset({"script", "style", "template", "svg"})
_OUTWARD = ("tel:", "sms:", "mailto:", "http:", "https:")
"""Links whose way matters to a patient as much as their words."""


def visible_lines(page: bytes) -> tuple[str, ...]:
    """The lines of a page's main part, headings with their level and pictures by their descriptions."""
    text = page.decode("utf-8", "replace")
    reader = _Reader("main" if re.search(r"<main[\s>]", text) else "body")
    reader.feed(text)
    reader.close()
    reader.end_line()
    return tuple(reader.lines)


class _Reader(HTMLParser):
    """Gathers the lines while it goes through a page."""

    def __init__(self, main: str) -> None:
        super().__init__(convert_charrefs=True)
        self._of = main
        self.lines: list[str] = []
        self._words: list[str] = []
        self._lead = ""
        self._main = 0
        self._unread = 0
        self._ways: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self._main += tag == self._of
        self._unread += tag in _UNREAD
        if tag in _LINES:
            self.end_line()
            self._lead = "#" * int(tag[1]) + " " if len(tag) == 2 and tag[1].isdigit() else "- " * (tag == "li")
        if tag == "img" and said.get("alt"):
            self._words.append(f"[picture: {said['alt']}]")
        if tag == "a":
            self._ways.append(said.get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._ways:
            way = self._ways.pop()
            if way.startswith(_OUTWARD):
                self._words.append(f"<{way}>")
        if tag in _LINES:
            self.end_line()
        if tag == self._of:
            self.end_line()
        self._main -= tag == self._of and self._main > 0
        self._unread -= tag in _UNREAD and self._unread > 0

    def handle_data(self, data: str) -> None:
        if self._main and not self._unread:
            self._words.append(data)

    def end_line(self) -> None:
        """Ends the line that was begun."""
        line = " ".join("".join(self._words).split())
        if line and self._main:
            self.lines.append(self._lead + line)
        if line or not self._main:
            self._lead = ""
        self._words = []
