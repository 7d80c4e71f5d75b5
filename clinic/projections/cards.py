"""The card that shows when somebody passes a page on: one for each page type, with the clinic's name and its colour.

One card a page would cost as much as a photo for each, in every build that changes a title; people read the title below
the card anyway. The letters are those of Pillow's own typeface, the same on every machine. It has few: a name with any
letter that it lacks is not drawn at all, since a box in its place would look like a fault.
"""

import functools
import io

from PIL import Image, ImageDraw, ImageFont

from clinic.colour import Colour
from clinic.views.framing import CARD_SIZE

WIDTH, HEIGHT = CARD_SIZE

COLOURS = 48
"""Of so few colours, a card is a quarter as heavy, and nobody can tell."""

_EDGE = 90
_MARK = 150
_NAME_SIZES = (92, 80, 68, 58, 50)
_KIND_SIZE = 44
_NO_LETTER = "\U0010fffd"
"""No typeface has it: how a letter looks that is not there."""


def card(name: str, kind: str, *, accent: Colour, on_accent: Colour, mark: Image.Image) -> bytes:
    """The card of a page type, as PNG.

    Args:
        name: the clinic's name.
        kind: what its pages are, in a word; empty for pages of no kind.
        accent: the ground.
        on_accent: the letters, legible on it.
        mark: the clinic's icon, square, of mode RGBA.
    """
    image = Image.new("RGB", (WIDTH, HEIGHT), accent)
    pen = ImageDraw.Draw(image)
    lines, size = _fitted(name) if drawable(name) else ([], 0)
    said = kind if drawable(kind) else ""
    tile = _tile(mark, _MARK if lines else 2 * _MARK)
    if not lines:
        image.paste(tile, ((WIDTH - tile.width) // 2, (HEIGHT - tile.height) // 2), tile)
        return _png(image)
    image.paste(tile, (_EDGE, _EDGE), tile)
    step = size * 5 // 4
    top = HEIGHT - _EDGE - step * len(lines)
    for number, line in enumerate(lines):
        pen.text((_EDGE, top + step * number), line, font=ImageFont.load_default(size), fill=on_accent)
    if said:
        place = (WIDTH - _EDGE, _EDGE + tile.height // 2)
        pen.text(place, said, font=ImageFont.load_default(_KIND_SIZE), fill=on_accent, anchor="rm")
    return _png(image)


def drawable(text: str) -> bool:
    """Whether the typeface has every letter of a text."""
    return bool(text) and all(_has(letter) for letter in set(text) - {" "})


@functools.cache
def _has(letter: str) -> bool:
    font = ImageFont.load_default(40)
    shown, missing = font.getmask(letter), font.getmask(_NO_LETTER)
    return letter.isprintable() and (shown.size, bytes(shown)) != (missing.size, bytes(missing))


def _fitted(name: str) -> tuple[list[str], int]:
    """The name in at most three lines, as large as it fits; nothing where no size does."""
    for size in _NAME_SIZES:
        font = ImageFont.load_default(size)
        lines: list[str] = []
        for word in name.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and font.getlength(longer) <= WIDTH - 2 * _EDGE:
                lines[-1] = longer
            else:
                lines.append(word)
        if len(lines) <= 3 and all(font.getlength(line) <= WIDTH - 2 * _EDGE for line in lines):
            return lines, size
    return [], 0


def _tile(mark: Image.Image, size: int) -> Image.Image:
    """The icon on a light tile with round corners, so that it shows on a ground of its own colour."""
    edge = size // 8
    finer = Image.new("L", (4 * size, 4 * size))
    ImageDraw.Draw(finer).rounded_rectangle((0, 0, 4 * size - 1, 4 * size - 1), radius=size, fill=255)
    tile = Image.new("RGBA", (size, size), "white")
    inner = mark.resize((size - 2 * edge, size - 2 * edge), Image.Resampling.LANCZOS)
    tile.paste(inner, (edge, edge), inner)
    tile.putalpha(finer.resize((size, size), Image.Resampling.LANCZOS))
    return tile


def _png(image: Image.Image) -> bytes:
    body = io.BytesIO()
    plain = image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    plain.save(body, "PNG", optimize=True)
    return body.getvalue()
