"""Pictures and files that pages show or offer: what is known of each from its bytes."""

import dataclasses
import io
import struct
from dataclasses import dataclass
from pathlib import PurePosixPath

from PIL import ExifTags, Image, UnidentifiedImageError

PICTURE_TYPES = {"AVIF": "avif", "GIF": "gif", "JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
"""Formats that pages can show, with the ending that they are published under."""

MAX_PIXELS = 100_000_000
"""Larger than this a picture is refused unread: it could fill the memory of the machine."""


DOWNLOADS = {
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".epub": "application/epub+zip",
    ".ics": "text/calendar; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pdf": "application/pdf",
    ".rtf": "application/rtf",
    ".txt": "text/plain; charset=utf-8",
    ".vcf": "text/vcard; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The media type (IANA) of every ending that content/files may hold: forms and sheets, nothing that runs."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of content/files: offered as it is."""

    path: str
    digest: str
    size: int

    @property
    def name(self) -> str:
        """The file's own name."""
        return PurePosixPath(self.path).name

    @property
    def suffix(self) -> str:
        """Its ending, in small letters."""
        return PurePosixPath(self.path).suffix.lower()

    @property
    def type_name(self) -> str:
        """What people call its type: PDF, TXT."""
        return self.suffix.removeprefix(".").upper()


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture of content/images. `width` is 0 where the file is no picture that pages can show."""

    path: str
    digest: str
    size: int
    format: str
    width: int
    height: int
    located: bool
    """Whether it says where it was taken."""

    @property
    def readable(self) -> bool:
        """Whether pages can show it."""
        return self.width > 0

    @property
    def damaged(self) -> "PictureFile":
        """The same file where nothing of it can be shown."""
        return dataclasses.replace(self, format="", width=0, height=0, located=False)


def decodes(data: bytes) -> bool:
    """Whether the whole of a picture can be read: one that was cut off half way looks good at its first bytes."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
    except (OSError, ValueError, SyntaxError, EOFError, struct.error, Image.DecompressionBombError):
        return False
    return True


def look_at(path: str, digest: str, data: bytes) -> PictureFile:
    """What a picture is, from its first bytes; nothing of it is decoded."""
    unreadable = PictureFile(path, digest, len(data), "", 0, 0, located=False)
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.format not in PICTURE_TYPES or picture.width * picture.height > MAX_PIXELS:
                return unreadable
            exif = picture.getexif()
            turned = exif.get(ExifTags.Base.Orientation, 1) in {5, 6, 7, 8}
            width, height = (picture.height, picture.width) if turned else picture.size
            located = bool(exif.get_ifd(ExifTags.IFD.GPSInfo))
            return PictureFile(path, digest, len(data), picture.format, width, height, located)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return unreadable
