"""The words of a page as a clinician signs them: one line for each paragraph, item, row or field.

What decides is what a reader is told and in which structure: not how lines are wrapped, how many blanks there are, how
the header is ordered, or how anything looks. Facts of the clinic and links stand by their names, as they were written.

Records hold these lines and their fingerprint for years. Whatever changes the lines of a page that nobody has edited
makes its signature worthless: `tests/signing/test_wording.py` holds a page whose lines must stay.
"""

import dataclasses
import html as entities
import re
import unicodedata
from collections.abc import Iterator

from clinic.model.kinds import Common
from clinic.model.reading import fields_of
from clinic.prose.body import SLOT_CLOSE, SLOT_OPEN, Body, Card, Html

END_OF_HEADER = "---"
"""The line between the fields and the body."""

_TOKEN = re.compile(
    rf"<(?P<closes>/?)(?P<tag>[a-z0-9]+)(?P<attributes>[^<>]*)>"
    rf"|{SLOT_OPEN}(?P<kind>[a-z-]+):(?P<value>[^{SLOT_OPEN}{SLOT_CLOSE}]*){SLOT_CLOSE}"
    rf"|(?P<text>[^<{SLOT_OPEN}]+)"
)
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_SPECIAL = re.compile(r"[\\*`\[\]<{|]")
"""What means something in these lines, and gets a backslash where it is a letter like others."""
_OPENS = re.compile(r"[#>:-]|\d+[.)]")
_MARKS = {"strong": "**", "em": "*", "code": "`"}
_WITHIN = frozenset({"a", "abbr", "strong", "em", "code", "sup", "sub", "kbd", "dfn"})
"""The elements within a line that are part of what is said."""
_LEADS = {
    "p": "",
    "dt": "",
    "dd": ": ",
    "summary": "<summary> ",
    **{f"h{level}": "#" * level + " " for level in range(2, 7)},
}
"""The blocks that are one line, and what that line begins with."""


def signed_text(header: Common, body: Body) -> tuple[str, ...]:
    """The lines that a clinician signs: the clinical fields of the header by name, `---`, and the body."""
    lines = [*_fields(header), END_OF_HEADER, *_body(body)]
    return tuple(unicodedata.normalize("NFC", line) for line in lines)


def _fields(record: object) -> Iterator[str]:
    """Every clinical field that says something. One that is left empty is no line: new fields void no signature."""
    for key, stated in fields_of(type(record)).items():
        if not stated.clinical:
            continue
        value = getattr(record, key)
        for item in value if isinstance(value, tuple) else (value,):
            if dataclasses.is_dataclass(item):
                yield f"{key}: {' | '.join(line.partition(': ')[2] for line in _fields(item))}"
            elif words := " ".join(str(item or "").split()):
                yield f"{key}: {words}"


def _body(body: Body) -> Iterator[str]:
    titles = {heading.span: heading.html for heading in body.headings}
    writing = _Writing(body)
    writing.parts(body.lead)
    for section in body.sections:
        writing.line("## ", titles.get(section.span, entities.escape(section.heading, quote=False)))
        writing.parts(section.parts)
    writing.blocks(body.footnotes)
    yield from writing.lines
    yield from sorted(writing.abbreviations)


class _Writing:
    """Turns the HTML of one body, which is the parser's own, into lines."""

    def __init__(self, body: Body) -> None:
        self.lines: list[str] = []
        self.abbreviations: set[str] = set()
        self._body = body
        self._begins: list[str] = []
        """What lines begin with, from the outside in: `> ` in a quotation, a dash or blanks in a list."""
        self._numbers: list[int | None] = []
        """The number of the next item of each open list; None where it has dots."""
        self._lead = ""
        self._words: list[str] = []
        self._cells: list[str] = []
        self._inline: list[tuple[str, int]] = []
        """Of each open element within a line: what closes it, and how many words stood before it."""
        self._silent = False
        """Whether what stands here is no part of the text: the number of a footnote, its arrow back."""
        self._exact = False
        """Whether blanks and line ends count: in a block of code."""

    def parts(self, parts: tuple[Html | Card, ...]) -> None:
        """What stands under a heading."""
        for part in parts:
            if isinstance(part, Card):
                self.line(f"> [!{part.kind}] ", part.title)
                self._begins.append("> ")
                self.blocks(part.html)
                self._begins.pop()
            else:
                self.blocks(part.html)

    def line(self, lead: str, html: str) -> None:
        """One line of words."""
        self._lead = lead
        self.blocks(html)

    def blocks(self, html: str) -> None:
        """All that stands in a piece of HTML."""
        for closes, tag, attributes, kind, value, text in _TOKEN.findall(html):
            if kind:
                self._slot(kind, value)
            elif not tag:
                self._say(text)
            elif tag in _WITHIN:
                self._inside(tag, _read(attributes), closes=bool(closes))
            elif closes:
                self._close(tag)
            else:
                self._open(tag, _read(attributes))
        self._flush()

    def _open(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: C901 - a line for each kind of block
        if tag == "br":
            self._words.append(" ")
            return
        if tag not in {"td", "th", "span", "div"}:
            self._flush()
        match tag:
            case "ul":
                self._numbers.append(None)
            case "ol":
                self._numbers.append(int(attributes.get("start", "1")))
            case "li":
                self._begins.append(self._item(attributes.get("id", "")))
            case "blockquote":
                self._begins.append("> ")
            case "pre":
                self._exact = True
            case "details":
                self._write("<details>")
            case "hr":
                self._write("***")
            case "tr":
                self._cells = []
            case _:
                self._lead = _LEADS.get(tag, self._lead)

    def _close(self, tag: str) -> None:
        match tag:
            case "td" | "th":
                self._cells.append(self._taken())
            case "tr":
                self._write(f"| {' | '.join(self._cells)} |")
            case "thead":
                self._write("|" + " --- |" * len(self._cells))
            case "pre":
                self._code()
            case "ul" | "ol":
                self._numbers.pop()
            case "li" | "blockquote":
                self._flush()
                self._begins.pop()
            case "details":
                self._flush()
                self._write("</details>")
            case _ if tag in _LEADS:
                self._flush()

    def _inside(self, tag: str, attributes: dict[str, str], *, closes: bool) -> None:
        """An element within a line begins or ends."""
        if closes:
            after, start = self._inline.pop()
            if tag == "abbr" and after:
                self.abbreviations.add(f"{_joined(self._words[start:])} = {after}")
            elif tag == "a":
                self._silent = False
                self._words.append(after)
            else:
                self._words.append(after)
            return
        before, after = "", ""
        if tag == "a" and attributes.get("class", "").startswith("footnote-"):
            self._silent = True
            if attributes["class"] == "footnote-ref":
                self._words.append(f"[^{attributes['href'].removeprefix('#fn-')}]")
        elif tag == "a":
            before, after = "[", f"]({self._target(attributes)})"
        elif tag == "abbr":
            after = _joined([entities.unescape(attributes.get("title", ""))])
        elif tag in _MARKS:
            before = after = "" if self._exact else _MARKS[tag]
        elif not attributes.get("id", "").startswith("fnref-"):
            before, after = f"<{tag}>", f"</{tag}>"
        self._words.append(before)
        self._inline.append((after, len(self._words)))

    def _target(self, attributes: dict[str, str]) -> str:
        number = re.sub(r"\D", "", attributes.get("href", ""))
        title = _joined([entities.unescape(attributes.get("title", ""))])
        target = self._body.links[int(number)].target if number else ""
        return f"{target} {title}" if title else target

    def _slot(self, kind: str, value: str) -> None:
        if kind == "cite":
            self._words.append(f"[^{value}]")
        elif kind == "picture":
            picture = self._body.pictures[int(value)]
            alone = "{.decorative}" if picture.decorative else ""
            self._words.append(f"![{_joined([picture.alt])}]({picture.target}){alone}")
        elif kind == "factblock":
            self._flush()
            self._words.append(f"{{{{ {value} }}}}")
            self._flush()
        else:
            self._words.append(f"{{{{ {value} }}}}")

    def _say(self, text: str) -> None:
        if self._silent:
            return
        if text.isspace():  # as between most blocks
            self._words.append(text)
            return
        said = entities.unescape(text)
        self._words.append(said if self._exact else _SPECIAL.sub(r"\\\g<0>", said))

    def _item(self, name: str) -> str:
        """What the first line of an item begins with: a dash, its number, or the name of a footnote."""
        if name.startswith("fn-"):
            return f"[^{name.removeprefix('fn-')}]: "
        number = self._numbers[-1] if self._numbers else None
        if number is None:
            return "- "
        self._numbers[-1] = number + 1
        return f"{number}. "

    def _taken(self) -> str:
        """The words gathered so far, which then are gone."""
        words = _joined(self._words)
        self._words.clear()
        return words

    def _flush(self) -> None:
        """Writes the words gathered so far as a line."""
        if not self._words:
            self._lead = ""
            return
        words, lead = self._taken(), self._lead
        self._lead = ""
        if words:
            self._write(
                lead + words if lead else _OPENS.sub(r"\\\g<0>", words, count=1) if _OPENS.match(words) else words
            )

    def _code(self) -> None:
        for row in "".join(self._words).strip("\n").split("\n"):
            self._write(f"    {row}".rstrip())
        self._words.clear()
        self._exact = False

    def _write(self, line: str) -> None:
        """Writes a line below what is open; an item's dash stands before its first line only."""
        self.lines.append("".join(self._begins) + line)
        if self._begins:
            self._begins = [begin if begin == "> " else " " * len(begin) for begin in self._begins]


def _read(attributes: str) -> dict[str, str]:
    """The attributes of an element; most have none."""
    return dict(_ATTRIBUTE.findall(attributes)) if attributes else {}


def _joined(words: list[str]) -> str:
    """Words with single blanks between them, whatever white space stood there."""
    return " ".join("".join(words).split())
