"""The site's icons as pictures, for whoever can't show the theme's own: phones' home screens, older browsers.

They are made from the theme's icon in the clinic's accent colour; where the clinic has a logo that is about square,
from the logo. Pillow draws only what is asked of it, so the theme's icon may hold plain shapes and nothing else.
"""

import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageChops, ImageDraw

from clinic.colour import Colour, read_colour
from clinic.library.drawings import Flaw, Shape, shapes_of
from clinic.projections.encoding import prepared

TOUCH = 180
"""Pixels of the icon on a phone's home screen (Apple's Human Interface Guidelines)."""

TAB = 64
"""Pixels of the icon of a tab, where it is a picture: 32 on screens with two pixels to one."""

FALLBACK = (16, 32, 48)
"""Pixels of the icons in favicon.ico."""

SQUARE = 1.25
"""A logo whose longer side is at most this many times its shorter one can stand in a square."""

SMALLEST = 96
"""Pixels: a logo smaller than this would be blurred as an icon."""

_FINER = 4
"""Drawn this many times larger and then made smaller, edges are smooth."""
_CURVE = 24
"""Straight lines in place of a curve: at these sizes nobody can tell."""
_TOKEN = re.compile(r"[MmLlHhVvCcQqZz]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[^\s,]")
_NEEDS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Q": 4}

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Icons:
    """The icons as files: PNG, PNG and ICO."""

    touch: bytes
    tab: bytes
    fallback: bytes


def icons_of(mark: Image.Image) -> Icons:
    """The icons of a mark: a square picture, of mode RGBA."""
    ground = _ground(mark)
    touch = Image.new("RGB", (TOUCH, TOUCH), ground)
    edge = 0 if _reaches_edges(mark) else TOUCH // 10
    inner = _at(mark, TOUCH - 2 * edge)
    touch.paste(inner, (edge, edge), inner)
    sizes = [_at(mark, size) for size in FALLBACK]
    ico = io.BytesIO()
    sizes[-1].save(ico, "ICO", sizes=[image.size for image in sizes], append_images=sizes[:-1])
    return Icons(_png(touch), _png(_at(mark, TAB)), ico.getvalue())


def mark_of_logo(data: bytes, width: int, height: int) -> Image.Image | None:
    """A logo on a square, or None where it is no picture that can stand in one."""
    longer, shorter = max(width, height), min(width, height)
    if shorter < SMALLEST or longer > SQUARE * shorter:
        return None
    side = 4 * TOUCH
    scale = min(side, longer) / longer
    size = max(1, round(width * scale)), max(1, round(height * scale))
    logo = prepared(data, size).convert("RGBA")
    square = Image.new("RGBA", (max(size), max(size)))
    square.paste(logo, ((square.width - logo.width) // 2, (square.height - logo.height) // 2))
    return square


def mark_of_drawing(data: bytes, accent: str) -> Image.Image:
    """The theme's icon as a picture, `currentColor` being the accent.

    Raises:
        Flaw: it holds something other than plain shapes, each with one plain colour.
    """
    box, shapes = shapes_of(data)
    left, top, width, height = box
    if not math.isclose(width, height):
        raise Flaw("it is not square")
    side = TOUCH * _FINER
    image = Image.new("RGBA", (side, side))
    for shape in shapes:
        fill = _fill(shape, read_colour(accent))
        if fill is None:
            continue
        outlines = [[((x - left) * side / width, (y - top) * side / width) for x, y in one] for one in _outlines(shape)]
        image.paste((*fill, 255), (0, 0), _mask(side, outlines, even_odd=shape.said("fill-rule") == "evenodd"))
    return image


def _fill(shape: Shape, accent: Colour) -> Colour | None:
    for unknown in ("transform", "stroke", "opacity", "style", "class", "filter", "mask", "clip-path"):
        if shape.said(unknown) not in {"", "none"}:
            raise Flaw(f'it says "{unknown}", which only browsers can draw')
    said = shape.said("fill") or "#000000"
    if said == "none":
        return None
    if said == "currentColor":
        return accent
    long = re.sub(r"^#([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F])$", r"#\1\1\2\2\3\3", said)
    try:
        return read_colour(long)
    except ValueError:
        raise Flaw(f'its colour "{said}" is not written as #rrggbb') from None


def _outlines(shape: Shape) -> list[list[Point]]:
    match shape.name:
        case "rect":
            return [_rectangle(shape)]
        case "circle":
            radius = shape.number("r")
            return [_ellipse(shape.number("cx"), shape.number("cy"), radius, radius)]
        case "ellipse":
            return [_ellipse(shape.number("cx"), shape.number("cy"), shape.number("rx"), shape.number("ry"))]
        case "polygon":
            numbers = [float(each) for each in re.findall(r"[-+.\deE]+", shape.said("points"))]
            return [list(zip(numbers[::2], numbers[1::2], strict=False))]
        case "path":
            return list(_path(shape.said("d")))
    raise Flaw(f'it holds "{shape.name}", which only browsers can draw')


def _ellipse(x: float, y: float, across: float, down: float) -> list[Point]:
    turns = [2 * math.pi * step / (4 * _CURVE) for step in range(4 * _CURVE)]
    return [(x + across * math.cos(turn), y + down * math.sin(turn)) for turn in turns]


def _rectangle(shape: Shape) -> list[Point]:
    x, y, width, height = (shape.number(name) for name in ("x", "y", "width", "height"))
    radius = min(shape.number("rx") or shape.number("ry"), width / 2, height / 2)
    corners = ((x + width, y + height), (x, y + height), (x, y), (x + width, y))
    found = []
    for quarter, (right, bottom) in enumerate(corners):
        middle = right + (-radius if right > x else radius), bottom + (-radius if bottom > y else radius)
        for step in range(_CURVE + 1):
            turn = math.pi / 2 * (quarter + step / _CURVE)
            found.append((middle[0] + radius * math.cos(turn), middle[1] + radius * math.sin(turn)))
    return found


def _path(data: str) -> Iterator[list[Point]]:
    """The outlines of a path of straight lines and curves (SVG 2, 9.3).

    Raises:
        Flaw: it has arcs or shorthand curves, or can't be read.
    """
    outline: list[Point] = []
    here = start = (0.0, 0.0)
    for command, numbers in _commands(data):
        at = here if command.islower() else (0.0, 0.0)
        points = [(at[0] + x, at[1] + y) for x, y in zip(numbers[::2], numbers[1::2], strict=False)]
        match command.upper():
            case "M":
                if len(outline) > 2:
                    yield outline
                here = start = points[0]
                outline = [here]
            case "L":
                here = points[0]
                outline.append(here)
            case "H":
                here = (at[0] + numbers[0], here[1])
                outline.append(here)
            case "V":
                here = (here[0], at[1] + numbers[0])
                outline.append(here)
            case "Z":
                here = start
                outline.append(here)
            case _:
                outline += [_on_curve([here, *points], step / _CURVE) for step in range(1, _CURVE + 1)]
                here = points[-1]
    if len(outline) > 2:
        yield outline


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    command, numbers = "", list[float]()
    for token in _TOKEN.findall(data):
        if token.upper() in _NEEDS:
            command, numbers = token, []
        elif token.upper() == "Z":
            command = ""
            yield token, []
        elif not command or (token.isalpha() or not re.search(r"\d", token)):
            raise Flaw(f'its outline has "{token}", which only browsers can draw')
        else:
            numbers.append(float(token))
            if len(numbers) == _NEEDS[command.upper()]:
                yield command, numbers
                numbers = []
                command = {"M": "L", "m": "l"}.get(command, command)  # what follows a move are lines


def _on_curve(points: list[Point], part: float) -> Point:
    """The point at a part, 0 to 1, of a Bézier curve, by de Casteljau's steps."""
    while len(points) > 1:
        points = [
            (one[0] + (other[0] - one[0]) * part, one[1] + (other[1] - one[1]) * part)
            for one, other in pairwise(points)
        ]
    return points[0]


def _mask(side: int, outlines: list[list[Point]], *, even_odd: bool) -> Image.Image:
    """What is inside, by the rule of SVG 2, 13.4.2: outlines that run the other way round cut holes."""
    forth = Image.new("L", (side, side))
    back = Image.new("L", (side, side))
    for outline in outlines:
        one = Image.new("L", (side, side))
        ImageDraw.Draw(one).polygon(outline, fill=1)
        area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(outline, [*outline[1:], outline[0]], strict=True))
        if area > 0 or even_odd:
            forth = ImageChops.add(forth, one)
        else:
            back = ImageChops.add(back, one)
    if even_odd:
        return forth.point(lambda count: 255 if count % 2 else 0)
    return ImageChops.difference(forth, back).point(lambda count: 255 if count else 0)


def _at(mark: Image.Image, size: int) -> Image.Image:
    return mark.resize((size, size), Image.Resampling.LANCZOS)


def _middles(mark: Image.Image) -> list[tuple[int, ...]]:
    """The pixels in the middle of the four edges."""
    half, last = mark.width // 2, mark.width - 1
    found = [mark.getpixel(place) for place in ((half, 0), (half, last), (0, half), (last, half))]
    return [pixel for pixel in found if isinstance(pixel, tuple)]


def _reaches_edges(mark: Image.Image) -> bool:
    return all(pixel[3] == 255 for pixel in _middles(mark))


def _ground(mark: Image.Image) -> Colour:
    """What shows where the mark does not: a phone makes a clear icon black. The colour of its edges, else white."""
    edges = _middles(mark)
    if _reaches_edges(mark) and max(max(a) - min(a) for a in zip(*edges, strict=True)) <= 8:
        return (edges[0][0], edges[0][1], edges[0][2])
    return (255, 255, 255)


def _png(image: Image.Image) -> bytes:
    body = io.BytesIO()
    image.save(body, "PNG", optimize=True)
    return body.getvalue()
