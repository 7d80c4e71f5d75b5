"""Marks: places of the file that travel through Python-Markdown inside the text, so that spans stay exact.

Python-Markdown keeps no positions. So before a paragraph is handed to it, a mark is put where a link's target, a tag,
a fact or an address begins. A mark is two private-use characters that hold an offset into the body; whatever road
the text takes, the mark comes out with it, is read, and is stripped. No file can hold one: `unmarkable` finds them.
"""

import html
import re

FILLER = "\x11"
"""Stands for each character of a comment that was taken out, so that offsets stay true; stripped with the marks."""

_HIGH = 0x100000
_LOW = 0xF0000
_BITS = 12

MARK = "[\U00100000-\U0010fffd][\U000f0000-\U000ffffd]"
"""A pattern for one mark."""

_MARK = re.compile(MARK)
_STRIP = re.compile(f"{MARK}|{FILLER}")
_UNMARKABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff\U000f0000-\U0010ffff]")

_PLACES = re.compile(
    r"""
      (?P<after> \]\([ \t]*<? | < | \{\{ | \{(?=[^{}\n]*\}) | \[\^ | &(?=\#) )  # the mark follows these
    | (?P<before> (?=\]\[)                                                       # and stands before these
        | (?<![\w/.@+-])(?=(?:https?://|www\.)\S)
        | (?<![\w.+-])(?=[\w.+-]{1,64}@[\w-]{1,63}\.\w)
      )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CELLS = re.compile(r"\|[ \t]*(?=[^\s|])")
_PLAIN = re.compile(r"[\[\]<{&@]|://|www\.", re.IGNORECASE)


def decode(text: str) -> str:
    """`text` with its entities made characters, none of which can be a control or private one."""
    return _UNMARKABLE.sub("\ufffd", html.unescape(text))


def mark(offset: int) -> str:
    """The mark of an offset (at most 2**24) into the body."""
    return chr(_HIGH + (offset >> _BITS)) + chr(_LOW + (offset & ((1 << _BITS) - 1)))


def offset_of(found: str) -> int:
    """The offset that a mark holds."""
    return ((ord(found[0]) - _HIGH) << _BITS) | (ord(found[1]) - _LOW)


def first_mark(text: str) -> int | None:
    """The offset in the first mark of `text`, or None."""
    found = _MARK.search(text)
    return offset_of(found[0]) if found else None


def marks_in(text: str) -> list[int]:
    """The offsets of all marks of `text`, in order."""
    return [offset_of(found) for found in _MARK.findall(text)]


def strip_marks(text: str) -> str:
    """`text` as it was written, without marks and fillers."""
    return _STRIP.sub("", text)


def mark_line(text: str, offset: int, *, cells: bool = False) -> str:
    """`text`, which stands at `offset` of the body, with its marks; `cells` marks the start of each table cell too."""
    if not cells and not _PLAIN.search(text):
        return text
    places = {found.end() if found["after"] is not None else found.start() for found in _PLACES.finditer(text)}
    if cells:
        places.update(found.end() for found in _CELLS.finditer(text))
        if not text.startswith("|"):
            places.add(0)
    pieces: list[str] = []
    last = 0
    for place in sorted(places):
        pieces += (text[last:place], mark(offset + place))
        last = place
    pieces.append(text[last:])
    return "".join(pieces)


def unmarkable(text: str) -> tuple[str, list[int]]:
    """`text` with every control, private or half character made U+FFFD, and the offsets where they stood."""
    offsets = [found.start() for found in _UNMARKABLE.finditer(text)]
    return (_UNMARKABLE.sub("\ufffd", text) if offsets else text), offsets
