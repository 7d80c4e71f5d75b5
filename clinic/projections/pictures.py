"""Pictures as pages show them: a few widths, no hidden data, named by what they hold; the original is not published."""

import hashlib
import io
from dataclasses import dataclass
from pathlib import PurePosixPath

import msgspec
from PIL import Image, ImageOps
from PIL import __version__ as pillow_version

from clinic.cache import Cache, key_for
from clinic.library.attachments import PICTURE_TYPES, PictureFile
from clinic.salt import salt
from clinic.views.maker import PictureSet

WIDTHS = (360, 720, 1080)
"""The widths, in pixels, that phones and desktops ask for; a picture is never made larger than it is."""

QUALITY = 82
"""JPEG and WebP quality: no visible loss in photographs at these widths."""


class _Rendition(msgspec.Struct):
    width: int
    height: int
    body: bytes


@dataclass(frozen=True)
class PublishedPicture:
    """One width of a picture, ready to publish."""

    key: str
    body: bytes
    content_type: str


def publish_picture(picture: PictureFile, data: bytes, cache: Cache) -> tuple[PictureSet, tuple[PublishedPicture, ...]]:
    """The widths of a picture that can be read, each with its file.

    Raises:
        OSError: the file is damaged behind its first bytes.
    """
    ending = PICTURE_TYPES[picture.format]
    key = key_for("picture", salt(), pillow_version, data)
    cached = cache.get(key)
    if cached is not None:
        renditions = msgspec.msgpack.decode(cached, type=list[_Rendition])
    else:
        renditions = _render(picture, data)
        cache.put(key, msgspec.msgpack.encode(renditions))
    stem = PurePosixPath(picture.path).relative_to("images").with_suffix("")
    published = []
    sizes = []
    for rendition in renditions:
        digest = hashlib.sha256(rendition.body).hexdigest()[:12]
        name = f"images/{stem}.{rendition.width}.{digest}.{ending}"
        published.append(PublishedPicture(name, rendition.body, f"image/{'jpeg' if ending == 'jpg' else ending}"))
        sizes.append((rendition.width, rendition.height, name))
    return PictureSet(tuple(sizes)), tuple(published)


def _render(picture: PictureFile, data: bytes) -> list[_Rendition]:
    with Image.open(io.BytesIO(data)) as opened:
        upright = ImageOps.exif_transpose(opened)
        upright.load()
    upright.info = {key: value for key, value in upright.info.items() if key == "transparency"}
    found = []
    for width in sorted({min(width, upright.width) for width in WIDTHS}):
        height = max(1, round(upright.height * width / upright.width))
        image = upright if width == upright.width else _resized(upright, width, height)
        found.append(_Rendition(width, height, _encoded(image, picture.format)))
    return found


def _resized(image: Image.Image, width: int, height: int) -> Image.Image:
    if image.mode == "P":
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _encoded(image: Image.Image, form: str) -> bytes:
    body = io.BytesIO()
    if form == "JPEG":
        image.convert("RGB").save(body, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    elif form in {"WEBP", "AVIF"}:
        image.save(body, form, quality=QUALITY, exif=b"", icc_profile=None)
    else:
        image.save(body, form, optimize=True)
    return body.getvalue()
