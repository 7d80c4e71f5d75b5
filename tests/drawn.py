"""Pictures for tests, drawn when they are needed."""

import io
import random
import struct
import zlib

from PIL import ExifTags, Image, ImageDraw, ImageFilter, PngImagePlugin

SECRETS = ("Secret camera", "Secret comment", "Secret place", "Secret thumbnail")
"""What hidden data says in pictures of `hiding`."""


def encoded(image: Image.Image, form: str, **how: object) -> bytes:
    """An image as the bytes of a file."""
    body = io.BytesIO()
    image.save(body, form, **how)
    return body.getvalue()


def photo(width: int, height: int, mode: str = "RGB", seed: int = 1) -> Image.Image:
    """A picture as a camera makes it: soft shapes, and noise in every pixel."""
    chance = random.Random(seed)
    soft = Image.new("RGB", (width, height), (90, 120, 140))
    pen = ImageDraw.Draw(soft)
    for _ in range(12):
        left, top = chance.randrange(width), chance.randrange(height)
        colour = tuple(chance.randrange(40, 220) for _ in range(3))
        pen.ellipse((left - width // 4, top - height // 4, left + width // 4, top + height // 4), fill=colour)
    soft = soft.filter(ImageFilter.GaussianBlur(max(1, width // 20)))
    grain = Image.frombytes("L", (width, height), chance.randbytes(width * height)).convert("RGB")
    return Image.blend(soft, grain, 0.12).convert(mode)


def drawing(width: int, height: int, *, clear: bool = False) -> Image.Image:
    """A drawing as a program makes it: few colours, plain grounds, thin lines."""
    image = Image.new("RGBA" if clear else "RGB", (width, height), (0, 0, 0, 0) if clear else (255, 255, 255))
    pen = ImageDraw.Draw(image)
    pen.rectangle((width // 4, height // 4, width // 2, height // 2), fill=(11, 95, 107))
    pen.line((0, 0, width, height), fill=(190, 60, 30), width=3)
    return image


def hiding(form: str, image: Image.Image) -> bytes:
    """A picture that says where and with what it was taken, in every way that its format has."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = SECRETS[0]
    exif[ExifTags.Base.ImageDescription] = SECRETS[3]
    exif[ExifTags.Base.GPSInfo] = {
        ExifTags.GPS.GPSLatitudeRef: "N",
        ExifTags.GPS.GPSLatitude: (45.0, 31.0, 0.0),
        ExifTags.GPS.GPSAreaInformation: SECRETS[2].encode(),
    }
    how: dict[str, object] = {"exif": exif.tobytes()}
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{SECRETS[1]}</x:xmpmeta>'.encode()
    if form == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_text("Comment", SECRETS[1])
        info.add_itxt("XML:com.adobe.xmp", xmp.decode())
        how["pnginfo"] = info
    elif form == "GIF":
        how = {"comment": SECRETS[1].encode()}
    elif form == "JPEG":
        how |= {"comment": SECRETS[1].encode(), "xmp": xmp}
    else:
        how["xmp"] = xmp
    return encoded(image, form, **how)


def sixteen_bits(rows: list[list[int]]) -> bytes:
    """A grey PNG with 16 bits to a pixel."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 16, 0, 0, 0, 0)
    data = b"".join(b"\0" + struct.pack(f">{len(row)}H", *row) for row in rows)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")
