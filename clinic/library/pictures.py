"""Pictures of content/images: what is known of each from its bytes, and which of them pages show."""

import functools
import io
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from clinic.library import drawings
from clinic.library.drawings import Flaw, read_drawing

if TYPE_CHECKING:
    from PIL import Image, ImageFile

MAX_PIXELS = 64_000_000
"""A larger picture is refused unread: it could fill the memory of the machine. Cameras of phones stay below it."""

AT_ONCE = MAX_PIXELS
"""Pixels of pictures that are in memory at any time, over all hands."""

FILES = (Path(__file__), Path(drawings.__file__), drawings.LISTS)
"""The code that decides what is said of a picture."""

LARGEST = 50_000_000
"""Bytes: a larger file is refused unread."""

BROKEN = (OSError, ValueError, SyntaxError, IndexError, TypeError, EOFError, struct.error, OverflowError, MemoryError)
"""What Pillow raises for files that are damaged or lie about themselves."""

DAMAGED = "it is damaged, or only part of it was copied"
EMPTY = "it is empty"
HUGE = "it is far too large ({width} by {height} pixels)"
HEAVY = f"it is far too large (more than {LARGEST // 1_000_000} MB)"

_ORIENTATION = 274
_PLACE = 34853
"""Where a picture says how it lies, and where it was taken (Exif 2.32, 4.6.3 and 4.6.4)."""
_AVIF_BRANDS = (b"avif", b"avis")
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_DISGUISED: tuple[tuple[tuple[bytes, ...], str], ...] = (
    ((b"<svg", b"<?xml", b"<!doctype svg"), "it is a drawing of the kind SVG under another name: let it end in .svg"),
    ((b"<!doctype html", b"<html", b"<head", b"<body"), "it is a web page, not a picture"),
    ((b"<script", b"#!", b"<?php", b"<%"), "it is a program, not a picture"),
    ((b"mz", b"\x7felf", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe"), "it is a program, not a picture"),
    ((b"%pdf",), "it is a PDF, not a picture"),
    ((b"%!ps", b"\xc5\xd0\xd3\xc6"), "it is a file for printers, which browsers can't show"),
    ((b"pk\x03\x04",), "it is a ZIP file or an office document, not a picture"),
    ((b"ii*\x00", b"mm\x00*"), "it is a TIFF picture, a kind that browsers can't show"),
    ((b"bm",), "it is a BMP picture, an old kind that makes pages slow"),
    ((b"8bps",), "it is a Photoshop file, which browsers can't show"),
    ((b"\x00\x00\x01\x00",), "it is an icon of Windows, which is too small for a page"),
)
"""What stands in place of a picture: how such files begin (in small letters), and what to say of them."""


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture of content/images. Where pages can't show it, `width` is 0 and `flaw` says why."""

    path: str
    digest: str
    size: int
    format: str = ""
    """AVIF, GIF, JPEG, PNG, WEBP or SVG."""
    width: int = 0
    """Pixels, once it is set upright."""
    height: int = 0
    located: bool = False
    """Whether it says where it was taken."""
    moves: bool = False
    """Whether it is more than one image: only the first is shown."""
    flaw: str = ""
    """Why pages can't show it, in words that follow "it can't be shown:"."""
    line: int = 1
    """Where the flaw is, in a drawing."""

    @property
    def readable(self) -> bool:
        """Whether pages can show it."""
        return self.width > 0


@functools.cache
def _formats() -> dict[str, Callable[[io.BytesIO], "ImageFile.ImageFile"]]:
    """What opens each kind of picture; it is loaded where one is new: an edit of a text shows pictures known before."""
    from PIL import (  # noqa: PLC0415 - as said
        AvifImagePlugin,
        GifImagePlugin,
        JpegImagePlugin,
        PngImagePlugin,
        WebPImagePlugin,
    )

    return {
        "AVIF": AvifImagePlugin.AvifImageFile,
        "GIF": GifImagePlugin.GifImageFile,
        "JPEG": JpegImagePlugin.JpegImageFile,
        "PNG": PngImagePlugin.PngImageFile,
        "WEBP": WebPImagePlugin.WebPImageFile,
    }


def kind_of(data: bytes) -> str:
    """The format of a picture that pages can show, from its first bytes; empty for everything else."""
    if data[:3] == b"\xff\xd8\xff":
        return "JPEG"
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return "PNG"
    if data[:6] in {b"GIF87a", b"GIF89a"}:
        return "GIF"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and any(brand in data[8:48] for brand in _AVIF_BRANDS):
        return "AVIF"
    return ""


def opened(data: bytes) -> "ImageFile.ImageFile":
    """A picture, nothing of it decoded yet; only the kinds that pages can show are ever tried.

    A photo that carries others (a phone's depth map, say) is the photo alone.

    Raises:
        one of `BROKEN`: it can't be read.
    """
    kind = kind_of(data)
    if not kind:
        raise ValueError("no picture")
    return _formats()[kind](io.BytesIO(data))


def pixels(data: bytes) -> int:
    """How many pixels a picture says that it has; 0 where it can't be read. Nothing of it is decoded."""
    try:
        with opened(data) as picture:
            return picture.width * picture.height
    except BROKEN:
        return 0


def look_at(path: str, digest: str, data: bytes) -> PictureFile:
    """What a picture is: its whole is decoded, since one that was cut off half way looks good at its first bytes."""
    if not data:
        return PictureFile(path, digest, 0, flaw=EMPTY)
    if is_drawing(path):
        return _drawn(path, digest, data)
    if not kind_of(data):
        return PictureFile(path, digest, len(data), flaw=_other_kind(data))
    try:
        with opened(data) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                flaw = HUGE.format(width=picture.width, height=picture.height)
                return PictureFile(path, digest, len(data), flaw=flaw)
            turned = orientation(picture) in {5, 6, 7, 8}
            width, height = (picture.height, picture.width) if turned else picture.size
            located = _located(picture)
            moves = getattr(picture, "n_frames", 1) > 1
            form = picture.format or ""
            picture.load()
    except BROKEN:
        return PictureFile(path, digest, len(data), flaw=DAMAGED)
    return PictureFile(path, digest, len(data), form, width, height, located, moves)


def ending(path: str) -> str:
    """The ending of a file's name with its dot, in small letters."""
    return PurePosixPath(path).suffix.lower()


def is_drawing(path: str) -> bool:
    """Whether the name of a file says that it is a drawing in SVG."""
    return ending(path) == ".svg"


def _drawn(path: str, digest: str, data: bytes) -> PictureFile:
    if kind := kind_of(data):
        flaw = f"it is a {kind} picture under another name: let it end in .{kind.lower()}"
        return PictureFile(path, digest, len(data), flaw=flaw)
    try:
        drawing = read_drawing(data)
    except Flaw as flawed:
        return PictureFile(path, digest, len(data), flaw=flawed.words, line=flawed.line)
    return PictureFile(path, digest, len(data), "SVG", drawing.width, drawing.height)


def orientation(picture: "Image.Image") -> int:
    """How a picture lies, 1 to 8 (Exif 2.32, tag 274); 1, upright, where it says nothing that can be read."""
    try:
        said = picture.getexif().get(_ORIENTATION, 1)
    except BROKEN:
        return 1
    return said if isinstance(said, int) and 1 <= said <= 8 else 1


def _located(picture: "Image.Image") -> bool:
    try:
        return bool(picture.getexif().get_ifd(_PLACE))
    except BROKEN:
        return False


def _other_kind(data: bytes) -> str:
    """What a file is that is no picture of a kind that pages can show."""
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return "it is a HEIC picture: phones save this kind, but many browsers can't show it"
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:64].lower()
    for beginnings, words in _DISGUISED:
        if start.startswith(beginnings):
            return words
    return "it is no JPEG, PNG, WebP or GIF"
