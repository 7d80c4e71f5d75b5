"""Drawings in SVG: whether one is nothing but a drawing, and what is published of it.

Such a file can hold programs, and fetch from anywhere. So it is read by a strict list of what a drawing may hold, and
what is published is written anew from what was read: no comments, no names of authors, nothing that the list lacks.
No entity is ever resolved and nothing outside the file is ever opened.
"""

import functools
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    import tinycss2

LARGEST = 2_000_000
"""Bytes: a larger drawing is refused unread."""

MOST_ELEMENTS = 20_000
"""Elements in the file."""

MOST_DRAWN = 200_000
"""Elements that a browser would draw, each counted as often as the drawing repeats it."""

DEEPEST = 100
"""Elements inside each other, what they refer to counted in."""

WIDEST = 1080
"""Pixels: as wide as the widest photo is published. A drawing says its size in units of its own."""

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XHTML = "http://www.w3.org/1999/xhtml"

LISTS = Path(__file__).parents[1] / "lists" / "drawings.toml"
"""What a drawing may hold."""

_LEFT_OUT = {"title", "desc", "metadata"}
_REFUSED = {
    "script": "a script",
    "foreignobject": "parts of a web page",
    "iframe": "parts of a web page",
    "html": "parts of a web page",
    "body": "parts of a web page",
    "object": "parts of a web page",
    "embed": "parts of a web page",
    "image": "another picture",
    "feimage": "another picture",
    "a": "a link",
    "animate": "movement",
    "animatemotion": "movement",
    "animatetransform": "movement",
    "animatecolor": "movement",
    "set": "movement",
    "handler": "a script",
    "listener": "a script",
}
_TEXTUAL = {"text", "tspan", "textPath"}
_FETCHING = {
    "cross-fade",
    "element",
    "expression",
    "image",
    "image-set",
    "src",
    "-webkit-cross-fade",
    "-webkit-image-set",
}
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_BOX = re.compile(rf"\s*({_NUMBER})[\s,]+({_NUMBER})[\s,]+({_NUMBER})[\s,]+({_NUMBER})\s*")
_LENGTH = re.compile(rf"\s*({_NUMBER})\s*(px|pt|pc|mm|cm|in|)\s*")
_PIXELS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_OWN = re.compile(r"#[^\s()\"']+")


class Flaw(Exception):  # noqa: N818 - what is wrong with a drawing, not an error of this program
    """Why a drawing can't be shown: words that follow "it can't be shown:", and the line."""

    def __init__(self, words: str, line: int = 1) -> None:
        """`words` in an editor's words, `line` from 1."""
        super().__init__(words)
        self.words = words
        self.line = line


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing that is nothing else: its size in CSS pixels, and the text to publish."""

    width: int
    height: int
    svg: bytes


@dataclass(frozen=True, slots=True)
class Shape:
    """One part of a drawing that is drawn by itself, with what it says."""

    name: str
    attributes: dict[str, str]

    def said(self, name: str) -> str:
        """The value of an attribute, or nothing."""
        return self.attributes.get(name, "")

    def number(self, name: str) -> float:
        """The value of an attribute that is a plain number; 0 where it says none.

        Raises:
            Flaw: it is something else.
        """
        if (text := self.said(name)) and not re.fullmatch(_NUMBER, text):
            raise Flaw(f'its "{name}" is no plain number')
        return float(text) if text else 0.0


@dataclass(slots=True)
class _Element:
    name: str
    attributes: dict[str, str]
    inside: list["_Element | str"] = field(default_factory=list)
    refers: list[str] = field(default_factory=list)


def read_drawing(data: bytes) -> Drawing:
    """The drawing that a file holds.

    Raises:
        Flaw: it holds what a drawing may not, or is no drawing.
    """
    if len(data) > LARGEST:
        raise Flaw(f"it is too large for a drawing ({len(data) / 1_000_000:.1f} MB)")
    reader = _Reader()
    root = reader.read(data)
    _count(root, reader.by_id)
    width, height = _sized(root)
    spaces = f' xmlns="{SVG}"' + (f' xmlns:xlink="{XLINK}"' if reader.linked else "")
    body = "".join(_parts(root, spaces))
    return Drawing(width, height, body.encode())


def shapes_of(data: bytes) -> tuple[tuple[float, float, float, float], list[Shape]]:
    """The viewBox of a drawing (left, top, width, height), and the shapes in it, in the order in which they are drawn.

    Raises:
        Flaw: it holds anything beside shapes.
    """
    root = _Reader().read(data)
    box = _BOX.fullmatch(root.attributes.get("viewBox", ""))
    if not box:
        raise Flaw("it has no viewBox")
    if any(isinstance(part, str) or part.inside for part in root.inside):
        raise Flaw("it holds more than plain shapes")
    shapes = [Shape(part.name, part.attributes) for part in root.inside if isinstance(part, _Element)]
    return (float(box[1]), float(box[2]), float(box[3]), float(box[4])), shapes


class _Reader:
    """Takes in a file, element by element; stops at the first thing that a drawing may not hold."""

    def __init__(self) -> None:
        self.by_id: dict[str, _Element] = {}
        self.linked = False
        self._root: _Element | None = None
        self._open: list[_Element] = []
        self._skipped = 0
        self._seen = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._elements, self._attributes = _allowed("elements"), _allowed("attributes")
        self._parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.EntityDeclHandler = self._doctype
        self._parser.ProcessingInstructionHandler = self._instruction
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def read(self, data: bytes) -> _Element:
        """The root of the drawing.

        Raises:
            Flaw: see `read_drawing`.
        """
        try:
            self._parser.Parse(data, True)  # noqa: FBT003 - expat takes it by place
        except (expat.ExpatError, ValueError, LookupError) as mistake:  # the latter two: an unknown encoding
            line = getattr(mistake, "lineno", 1)
            raise Flaw(f"it is damaged, or no drawing of the kind SVG (line {line})", line) from mistake
        if self._root is None:
            raise Flaw("it is no drawing of the kind SVG")
        return self._root

    def _flaw(self, what: str) -> Flaw:
        line = self._parser.CurrentLineNumber
        return Flaw(f"{what} (line {line})", line)

    def _doctype(self, *_: object) -> None:
        raise self._flaw("it begins with a DOCTYPE, in which other things can be hidden")

    def _instruction(self, target: str, _: str) -> None:
        raise self._flaw(f"it holds an instruction to programs ({target[:20]})")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        self._seen += 1
        if self._seen > MOST_ELEMENTS or len(self._open) + self._skipped > DEEPEST:
            raise self._flaw("it is made of too many parts")
        if refused := _REFUSED.get(local.lower()):
            raise self._flaw(f"it holds {refused}")
        if self._skipped:
            self._skipped += 1
            return
        if not self._open and (space != SVG or local != "svg" or self._root is not None):
            raise self._flaw("it is no drawing of the kind SVG")
        if space == XHTML:
            raise self._flaw("it holds parts of a web page")
        if space != SVG or local in _LEFT_OUT:
            self._skipped = 1
            return
        if local not in self._elements:
            raise self._flaw(f'it holds "{local[:30]}", which is no part of a plain drawing')
        element = self._element(local, attributes)
        if self._open:
            self._open[-1].inside.append(element)
        else:
            self._root = element
        self._open.append(element)

    def _end(self, _: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        element = self._open.pop()
        if element.name == "style":
            text = "".join(part for part in element.inside if isinstance(part, str))
            element.inside = [self._css(_tokens(text), element)]

    def _text(self, text: str) -> None:
        if self._skipped or not self._open:
            return
        element = self._open[-1]
        if element.name in _TEXTUAL or element.name == "style":
            element.inside.append(text)
        elif text.strip():
            raise self._flaw("it holds text where a drawing has none")

    def _element(self, local: str, attributes: dict[str, str]) -> _Element:
        element = _Element(local, {})
        for name, value in attributes.items():
            space, _, own = name.rpartition(" ")
            if not space and own.lower().startswith("on"):
                raise self._flaw("it holds a script")
            if own == "href" and space in {"", XLINK}:
                if not _OWN.fullmatch(value.strip()):
                    raise self._flaw("it takes something from elsewhere")
                element.attributes["xlink:href"] = value.strip()
                element.refers.append(value.strip()[1:])
                self.linked = True
            elif not space and own in self._attributes:
                if "(" in value or own == "style":  # whatever fetches or runs has the form of a call
                    self._css(_tokens(value), element)
                element.attributes[own] = value
        if known := element.attributes.get("id"):
            self.by_id.setdefault(known, element)
        return element

    def _css(self, tokens: "list[tinycss2.ast.Node]", element: _Element) -> str:
        """The text of these tokens of CSS.

        Raises:
            Flaw: they take something from elsewhere, or run a program.
        """
        import tinycss2  # noqa: PLC0415 - where a drawing is new

        for token in tokens:
            if flaw := _flaw_of(token):
                raise self._flaw(flaw)
            if (target := _target(token)) is not None:
                if not _OWN.fullmatch(target):
                    raise self._flaw("it takes something from elsewhere")
                element.refers.append(target[1:])
            for part in ("content", "arguments"):
                self._css(getattr(token, part, None) or [], element)
        return str(tinycss2.serialize(tokens))


def _tokens(css: str) -> "list[tinycss2.ast.Node]":
    import tinycss2  # noqa: PLC0415 - as above

    found: list[tinycss2.ast.Node] = tinycss2.parse_component_value_list(css, skip_comments=True)
    return found


def _flaw_of(token: "tinycss2.ast.Node") -> str:
    """What is wrong with a token of CSS by itself, or nothing."""
    if token.type == "at-keyword":
        return f'its style has "@{token.value[:20]}"'
    if token.type == "error":
        return "its style can't be understood"
    if token.type == "ident" and token.lower_value in {"-moz-binding", "behavior"}:
        return "it holds a script"
    if token.type == "function" and token.lower_name in _FETCHING:
        return "it takes something from elsewhere"
    return ""


def _target(token: "tinycss2.ast.Node") -> str | None:
    """Where a `url(...)` leads; None for every other token."""
    if token.type == "url":
        return str(token.value)
    if token.type == "function" and token.lower_name == "url":
        return "".join(part.value for part in token.arguments if part.type == "string")
    return None


@functools.cache
def _allowed(what: str) -> frozenset[str]:
    """The names of elements or attributes that a drawing may hold."""
    return frozenset(tomllib.loads(LISTS.read_text(encoding="utf-8"))[what])


def _count(root: _Element, by_id: dict[str, _Element]) -> None:
    """Refuses a drawing that repeats itself so often that it would stop a browser.

    Raises:
        Flaw: it does.
    """
    known: dict[int, int] = {}
    inside: set[int] = set()

    def drawn(element: _Element, depth: int) -> int:
        mark = id(element)
        if mark in known:
            return known[mark]
        if mark in inside:
            raise Flaw("it repeats itself without end")
        if depth > DEEPEST:
            raise Flaw("it is made of too many parts")
        inside.add(mark)
        parts = [part for part in element.inside if isinstance(part, _Element)]
        parts += [by_id[name] for name in element.refers if name in by_id]
        total = 1 + sum(drawn(part, depth + 1) for part in parts)
        inside.discard(mark)
        if total > MOST_DRAWN:
            raise Flaw("it repeats its parts too often")
        return known.setdefault(mark, total)

    drawn(root, 0)


def _sized(root: _Element) -> tuple[int, int]:
    """Gives the drawing its size as a picture: that of its viewBox, at most `WIDEST` wide.

    Raises:
        Flaw: it says none.
    """
    box = _BOX.fullmatch(root.attributes.get("viewBox", ""))
    own = [_LENGTH.fullmatch(root.attributes.get(name, "")) for name in ("width", "height")]
    if box:
        width, height = float(box[3]), float(box[4])
    elif own[0] and own[1]:
        width, height = (float(length[1]) * _PIXELS[length[2]] for length in own if length)
        root.attributes["viewBox"] = f"0 0 {width:g} {height:g}"
    else:
        raise Flaw("it does not say how large it is")
    if not (0 < width < 1e6 and 0 < height < 1e6):
        raise Flaw("it does not say how large it is")
    scale = min(1.0, WIDEST / width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    root.attributes["width"], root.attributes["height"] = str(size[0]), str(size[1])
    return size


def _parts(element: _Element, spaces: str = "") -> list[str]:
    from xml.sax.saxutils import escape, quoteattr  # noqa: PLC0415 - where a drawing is new

    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in sorted(element.attributes.items()))
    if not element.inside:
        return [f"<{element.name}{spaces}{attributes}/>"]
    parts = [f"<{element.name}{spaces}{attributes}>"]
    for part in element.inside:
        parts += [escape(part)] if isinstance(part, str) else _parts(part)
    return [*parts, f"</{element.name}>"]
