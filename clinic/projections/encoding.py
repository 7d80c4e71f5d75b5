"""How a picture is made smaller: upright, in the colours that every screen understands, without hidden data.

The bytes depend on the original and on this file, `clinic/library/pictures.py` and Pillow alone, so nothing else of the
generator is imported here: a test looks (tests/projections/test_pictures.py).
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass

from PIL import Image

from clinic.library.drawings import read_drawing
from clinic.library.pictures import kind_of, opened, orientation

Options = dict[str, int | str | bool]

AVIF: Options = {"quality": 55, "speed": 6, "codec": "aom", "max_threads": 1, "autotiling": False}
"""One thread: how an encoder shares its work among several may show in its bytes."""
AVIF_DRAWING: Options = AVIF | {"quality": 70, "subsampling": "4:4:4"}
"""Thin coloured lines need their colour at every pixel."""
WEBP: Options = {"quality": 75, "method": 4}
WEBP_DRAWING: Options = {"lossless": True, "quality": 75, "method": 4}
JPEG: Options = {"quality": 80, "optimize": True, "progressive": True}
PNG: Options = {"optimize": True}

MEDIA_TYPES = {
    "avif": "image/avif",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml; charset=utf-8",
    "webp": "image/webp",
}
"""What is published, by ending (IANA)."""

FLAT = 0.6
"""A picture is a drawing where this share of its pixels or more looks just like the one to its left. Measured: drawings
with lettering 0.9, pictures of a screen 0.8; a photograph's noise leaves less than 0.3."""

MOST_HEAVIER = 3
"""A drawing that weighs more than this many times as PNG what it weighs as JPEG is taken for a photograph."""

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What sets a picture upright, by its orientation."""

_PROFILE_SPACES = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}


@dataclass(frozen=True, slots=True)
class Encoded:
    """One file of a picture: `ending` is its kind, sizes are in pixels."""

    ending: str
    width: int
    height: int
    body: bytes


def encode(data: bytes, width: int, height: int, widths: Iterable[int]) -> tuple[Encoded, ...]:
    """A picture in several widths and formats: the format that browsers shall prefer first, the one for all last.

    A later format is heavier than the ones before it, or else those would not be there. The last is JPEG for
    photographs and PNG for drawings and for what is transparent. A drawing in SVG stays one, alone.

    Args:
        data: the original.
        width: its width once it is upright.
        height: its height once it is upright.
        widths: the widths to make, none larger than its own.

    Raises:
        OSError, ValueError, SyntaxError, …: it can't be read (clinic.library.pictures.BROKEN).
    """
    if not kind_of(data):
        drawing = read_drawing(data)
        return (Encoded("svg", drawing.width, drawing.height, drawing.svg),)
    sizes = [(each, max(1, round(height * each / width))) for each in sorted(set(widths))]
    largest = prepared(data, sizes[-1])
    images = [largest, *(largest.resize(size, Image.Resampling.LANCZOS) for size in sizes[:-1])]
    images.sort(key=lambda image: image.width)
    as_photo = [] if largest.mode == "RGBA" else _all(images, "jpg", "JPEG", JPEG)
    kept, drawn = as_photo, False
    if not as_photo or (kind_of(data) != "JPEG" and flatness(largest) >= FLAT):
        kept = _all(images, "png", "PNG", PNG)
        drawn = flatness(largest) >= FLAT
        if as_photo and _weight(kept) > MOST_HEAVIER * _weight(as_photo):
            kept, drawn = as_photo, False
    for ending, form, options in (
        ("webp", "WEBP", WEBP_DRAWING if drawn else WEBP),
        ("avif", "AVIF", AVIF_DRAWING if drawn else AVIF),
    ):
        made = _all(images, ending, form, options)
        if _weight(made) < _weight(kept[: len(images)]):
            kept = made + kept
    return tuple(kept)


def _weight(files: Iterable[Encoded]) -> int:
    return sum(len(file.body) for file in files)


def flatness(image: Image.Image) -> float:
    """The share of pixels that look just like their neighbour on the left, 0 to 1."""
    from PIL import ImageChops  # noqa: PLC0415 - where a picture is made; most builds show those made before

    if image.width < 2:
        return 1.0
    left = image.crop((0, 0, image.width - 1, image.height))
    right = image.crop((1, 0, image.width, image.height))
    bands = ImageChops.difference(left, right).split()
    most = bands[0]
    for band in bands[1:]:
        most = ImageChops.lighter(most, band)
    return most.histogram()[0] / (most.width * most.height)


def _all(images: Iterable[Image.Image], ending: str, form: str, options: Options) -> list[Encoded]:
    made = []
    for image in images:
        body = io.BytesIO()
        image.save(body, form, **options)
        made.append(Encoded(ending, image.width, image.height, body.getvalue()))
    return made


def prepared(data: bytes, size: tuple[int, int]) -> Image.Image:
    """The picture upright at a size, as mode L, RGB or RGBA in sRGB, with nothing beside its pixels.

    Raises:
        OSError, ValueError, SyntaxError, …: see `encode`.
    """
    with opened(data) as picture:
        profile = picture.info.get("icc_profile")
        # A large JPEG is decoded at a half, a quarter or an eighth where that is still more than what is wanted.
        enough = min(size) * 3 // 2
        picture.draft(None, (enough, enough))
        picture.load()
        turn = _TURNS.get(orientation(picture))
        upright = picture.transpose(turn) if turn is not None else picture
    plain = _eight_bits(upright)
    if plain.size != size:
        plain = plain.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    shown = _in_srgb(plain, profile if isinstance(profile, bytes) else None)
    if shown.mode == "RGBA" and shown.getchannel("A").getextrema() == (255, 255):
        shown = shown.convert("RGB")
    shown.info = {}  # Pillow writes comments, profiles and times of an opened picture into the new one by itself
    return shown


def _eight_bits(image: Image.Image) -> Image.Image:
    """The picture as L, RGB, RGBA or CMYK: palettes looked up, 16 bits rounded to 8, one bit made grey."""
    if image.mode in {"RGB", "L"} and "transparency" in image.info:
        return image.convert("RGBA")
    if image.mode in {"L", "RGB", "RGBA", "CMYK"}:
        return image
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 257) + 0.5).convert("L")
    if image.mode == "1":
        return image.convert("L")
    clear = image.mode in {"LA", "La", "PA", "RGBa"} or "transparency" in image.info
    return image.convert("RGBA" if clear else "RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in sRGB, whatever its own profile says: CMYK, Adobe RGB, Display P3, a scanner's grey."""
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if alpha is not None else image
    made = _by_profile(colours, profile) if profile else None
    if made is None:
        made = colours if colours.mode in {"L", "RGB"} else colours.convert("RGB")
    if alpha is not None:
        made.putalpha(alpha)
    return made


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image | None:
    """The picture in sRGB by its profile; None where the profile is sRGB already, or no use."""
    from PIL import ImageCms  # noqa: PLC0415 - as above

    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        described = ImageCms.getProfileDescription(source)
        space = source.profile.xcolor_space.strip()
        if "srgb" in described.casefold() or _PROFILE_SPACES.get(space) != image.mode:
            return None
        made = ImageCms.profileToProfile(
            image,
            source,
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
    if made is not None and image.mode == "L":
        made = made.convert("L")
    return made
