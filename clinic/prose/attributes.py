"""Attribute lists in curly brackets: `{#id}` and `{.decorative}`, and nothing else."""

import re
from dataclasses import dataclass

from clinic.expressions import expression
from clinic.problems.catalogue import body as rules
from clinic.prose.marks import MARK, first_mark, strip_marks
from clinic.prose.reading import Reading

ATTACHED = expression(rf"\{{(?!\{{)((?:{MARK})+)([^{{}}\n]*)\}}")
"""An attribute list with its mark, right after what it belongs to."""

LOOSE = expression(rf"\{{(?!\{{)((?:{MARK})+)(?=[ ]*(?::[ ]*)?(?:[#.][\w-]|[\w-]+[ ]*=))([^{{}}\n]*)\}}")
"""What looks like an attribute list, anywhere in a text."""

LIKE = expression(r"[ ]*(?::.*|[#.][\w-].*|[\w-]+[ ]*=.*)$")
"""What stands between the brackets of an attribute list, as opposed to words in curly brackets."""

_PIECE = expression(r"""[^\s"']+(?:"[^"]*"|'[^']*')?|\S+""")
_ID = expression(r"#[^\W\d_][\w-]*$")


@dataclass(frozen=True, slots=True)
class Attributes:
    """What an attribute list sets."""

    id: str | None = None
    decorative: bool = False


def read_attributes(reading: Reading, inner: str, start: int, *, place: str, picture: bool = False) -> Attributes:
    """What stands between the curly brackets; `start` is its offset. Whatever is not known is reported and left out.

    Args:
        reading: the body that is being read.
        inner: the text between the brackets, without marks.
        start: its offset in the body.
        place: what it is attached to, in words.
        picture: whether that is a picture.
    """
    name: str | None = None
    decorative = False
    for found in _PIECE.finditer(inner):
        piece = found[0]
        at = (start + found.start(), start + found.end())
        if piece == ":" and found.start() == len(inner) - len(inner.lstrip()):
            continue
        piece = piece.removeprefix(":")
        if _ID.match(piece) and name is None:
            name = piece[1:]
        elif piece == ".decorative" and picture:
            decorative = True
        elif re.match(r"on\w+\s*=", piece, re.IGNORECASE):
            reading.report(rules.EVENT_ATTRIBUTE, *at, attribute=piece)
        else:
            reading.report(rules.ATTRIBUTE_NOT_ALLOWED, *at, attribute=piece, place=place)
    return Attributes(name, decorative)


def report_loose(reading: Reading, text: str) -> None:
    """Report every attribute list in a marked text that belongs to nothing."""
    for found in LOOSE.finditer(text):
        start = first_mark(found[1]) or 0
        inner = strip_marks(found[2])
        end = start + len(inner)
        if re.search(r"(?:^|\s)on\w+\s*=", inner, re.IGNORECASE):
            reading.report(rules.EVENT_ATTRIBUTE, start, end, attribute=inner.strip())
        else:
            reading.report(rules.ATTRIBUTE_NOT_ALLOWED, start, end, attribute=inner.strip(), place="here")
