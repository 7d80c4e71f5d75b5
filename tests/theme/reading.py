"""Reads rendered pages as HTML: tags in order, the nesting faults, what people can see."""

from html.parser import HTMLParser

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure", "footer", "form"),
        *(
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "main",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "table",
            "ul",
        ),
    }
)
"""What ends an open paragraph (HTML 4.4.1): inside one it would stand elsewhere than it was written."""

DATA = "application/ld+json"
"""The type of a block of data: browsers don't run it (HTML 4.12.1), so it is no script."""


class Page(HTMLParser):
    """One page, read once. `faults` are mistakes of nesting, in words; `data` is what it tells search engines."""

    def __init__(self, html: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.faults: list[str] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.texts: list[tuple[tuple[str, ...], str]] = []
        self.data: list[str] = []
        self.source = html.decode()
        self.feed(self.source)
        self.close()
        if self.open:
            self.faults.append(f"never closed: {self.open}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS and "p" in self.open:
            self.faults.append(f"<{tag}> inside <p> at {self.getpos()}")
        if tag == "a" and "a" in self.open:
            self.faults.append(f"<a> inside <a> at {self.getpos()}")
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> says an attribute twice at {self.getpos()}")
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> does not close {self.open[-1:]} at {self.getpos()}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script" and self.tags[-1] == ("script", {"type": DATA}):
            self.data.append(data)
            return
        if "style" in self.open or "script" in self.open:
            self.faults.append("style or script in the page")
        if data.strip():
            self.texts.append((tuple(self.open), data))
        self.words.append(data)

    @property
    def text(self) -> str:
        """Everything that people can read, spaces made one."""
        return " ".join("".join(self.words).split())

    @property
    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        """Tags and the names of their attributes, in order."""
        return [(tag, tuple(attrs)) for tag, attrs in self.tags]

    def values(self, attribute: str) -> list[str]:
        """The values of an attribute, in order."""
        return [value or "" for _, attrs in self.tags for name, value in attrs.items() if name == attribute]

    def inside(self, tag: str) -> list[str]:
        """The texts inside a tag, one for each run of text."""
        return [text.strip() for path, text in self.texts if tag in path]
