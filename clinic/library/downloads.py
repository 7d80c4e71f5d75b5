"""Files to download: whether one is what its name says, and nothing that runs, sends or carries something else.

Whoever opens a form does so outside the browser, in a program that obeys what the file says. So PDFs are walked through
whole (ISO 32000-2), and office documents looked into for macros. Nothing is unpacked but the few names that tell.
"""

import contextlib
import io
import logging
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdf import PdfReader

FILES = (Path(__file__),)
"""The code that decides what is said of a download."""

LARGEST = 50_000_000
"""Bytes: a larger file is refused unread."""

MOST_OBJECTS = 500_000
"""Parts of a PDF that are looked at; a form of ten pages has a thousand."""

EMPTY = "it is empty"
HEAVY = f"it is far too large (more than {LARGEST // 1_000_000} MB)"
LOCKED = "it is locked with a password, or parts of it are"
MACROS = "it holds macros, small programs that run when somebody opens it"
CARRIES = "it carries another file inside"
SCRIPTS = "it holds scripts, small programs that run when somebody opens it"
LAUNCHES = "it starts another program"
SENDS = "it sends what people type into it to another place"
DAMAGED = "it is damaged, or only part of it was copied"

_ACTIONS = {
    "/JavaScript": SCRIPTS,
    "/Rendition": SCRIPTS,
    "/Launch": LAUNCHES,
    "/SubmitForm": SENDS,
    "/ImportData": CARRIES,
    "/GoToE": CARRIES,
}
"""What an action does, by its kind (ISO 32000-2, table 201)."""
_ANNOTATIONS = {"/FileAttachment": CARRIES, "/RichMedia": SCRIPTS, "/Movie": CARRIES, "/Screen": SCRIPTS}
_KEYS = {"/JS": SCRIPTS, "/XFA": SCRIPTS, "/EmbeddedFiles": CARRIES, "/JavaScript": SCRIPTS}
_OFFICE = {".docx": "word/", ".xlsx": "xl/"}
_DECLARED = {
    ".epub": b"application/epub+zip",
    ".ods": b"application/vnd.oasis.opendocument.spreadsheet",
    ".odt": b"application/vnd.oasis.opendocument.text",
}
_MACRO_FILE = re.compile(
    r"(?:^|/)(?:vbaproject\.bin|vbadata\.xml|activex/.*|basic/.*|scripts/.*)$|\.js$", re.IGNORECASE
)
_CARRIED_FILE = re.compile(r"(?:^|/)embeddings/.*\.(?:bin|exe)$|\.(?:exe|dll|bat|cmd|vbs|scr)$", re.IGNORECASE)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAM = (b"mz", b"\x7felf", b"#!", b"<script", b"<!doctype html", b"<html", b"<?php")


def flaw_of(name: str, data: bytes) -> str:
    """Why a file can't be offered, in words that follow "it can't be offered:"; empty where it can."""
    ending = PurePosixPath(name).suffix.lower()
    if not data:
        return EMPTY
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(_PROGRAM):
        return "it is a program or a web page under another name"
    return _LOOKS[ending](ending, data)


def _pdf(_: str, data: bytes) -> str:
    from pypdf import PdfReader  # noqa: PLC0415 - it takes longer to load than a build that has nothing to do

    if data.lstrip()[:5] != b"%PDF-":
        return "it is no PDF"
    with _quiet():
        try:
            reader = PdfReader(io.BytesIO(data), strict=False)
            if reader.is_encrypted:
                return LOCKED
            return next(_found_in(reader), "") if len(reader.pages) else "it has no pages"
        except Exception:  # noqa: BLE001 - a damaged file may break any part of the library that reads it
            return DAMAGED


def _found_in(reader: "PdfReader") -> Iterator[str]:
    """What is wrong with the parts of a PDF that anything in it leads to, from its root on."""
    from pypdf.generic import IndirectObject  # noqa: PLC0415 - see above

    seen: set[tuple[int, int]] = set()
    waiting: list[object] = [reader.trailer]
    looked = 0
    while waiting:
        part = waiting.pop()
        looked += 1
        if looked > MOST_OBJECTS:
            yield "it is made of too many parts"
            return
        if isinstance(part, IndirectObject):
            mark = (part.idnum, part.generation)
            if mark in seen:
                continue
            seen.add(mark)
            part = part.get_object()
        if isinstance(part, dict):
            yield from _told_by(part)
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)


def _told_by(part: Mapping[str, object]) -> Iterator[str]:
    """What is wrong with one part: the name of an action, an annotation, a key."""
    action, annotation = part.get("/S"), part.get("/Subtype")
    if isinstance(action, str) and action in _ACTIONS:
        yield _ACTIONS[action]
    if isinstance(annotation, str) and annotation in _ANNOTATIONS:
        yield _ANNOTATIONS[annotation]
    if part.get("/Type") == "/EmbeddedFile" or "/EF" in part:
        yield CARRIES
    for key, words in _KEYS.items():
        if part.get(key):
            yield words


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """What pypdf says of a damaged file is for programmers: nobody hears it."""
    logger, silent = logging.getLogger("pypdf"), logging.NullHandler()
    before, logger.propagate = logger.propagate, False
    logger.addHandler(silent)
    try:
        yield
    finally:
        logger.removeHandler(silent)
        logger.propagate = before


def _packed(ending: str, data: bytes) -> str:
    """An office document or book: a ZIP file with certain names in it."""
    wanted = f"it is no document of the kind {ending.removeprefix('.').upper()}"
    if data.startswith(_OLD_OFFICE):
        return f"{wanted}: it is locked with a password, or of an older kind"
    if not data.startswith(b"PK\x03\x04"):
        return wanted
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            return LOCKED if any(entry.flag_bits & 1 for entry in pack.infolist()) else _in_pack(ending, pack, wanted)
    except (zipfile.BadZipFile, OSError, ValueError, LookupError, NotImplementedError, zlib.error, RuntimeError):
        return DAMAGED


def _in_pack(ending: str, pack: zipfile.ZipFile, wanted: str) -> str:
    names = pack.namelist()
    types = _start_of(pack, "[Content_Types].xml") if ending in _OFFICE else b""
    if ending in _OFFICE and not (types and any(name.startswith(_OFFICE[ending]) for name in names)):
        return wanted
    if ending in _DECLARED and _start_of(pack, "mimetype").strip() != _DECLARED[ending]:
        return wanted
    if b"macroenabled" in types.lower() or any(_MACRO_FILE.search(name) for name in names):
        return MACROS
    return CARRIES if any(_CARRIED_FILE.search(name) for name in names) else ""


def _start_of(pack: zipfile.ZipFile, name: str) -> bytes:
    """The first bytes of a file in a ZIP file; nothing where it is not there."""
    if name not in pack.namelist():
        return b""
    with pack.open(name) as file:
        return file.read(200_000)


def _rich_text(_: str, data: bytes) -> str:
    if not data.lstrip().startswith(b"{\\rtf"):
        return "it is no document of the kind RTF"
    return CARRIES if b"\\objdata" in data else ""


def _begins(*beginnings: bytes, kind: str) -> Callable[[str, bytes], str]:
    def look(_: str, data: bytes) -> str:
        start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip().upper()
        return "" if start.startswith(beginnings) else f"it is no {kind}"

    return look


def _text(_: str, data: bytes) -> str:
    return "it is no plain text" if b"\0" in data else ""


def _sound(_: str, data: bytes) -> str:
    framed = data[0] == 0xFF and len(data) > 1 and data[1] & 0xE0 == 0xE0  # MPEG audio: eleven bits set
    return "" if framed or data.startswith(b"ID3") else "it is no recording of the kind MP3"


def _film(_: str, data: bytes) -> str:
    return "" if data[4:8] == b"ftyp" else "it is no film of the kind MP4"


_LOOKS: dict[str, Callable[[str, bytes], str]] = {
    ".csv": _text,
    ".docx": _packed,
    ".epub": _packed,
    ".ics": _begins(b"BEGIN:VCALENDAR", kind="calendar"),
    ".mp3": _sound,
    ".mp4": _film,
    ".ods": _packed,
    ".odt": _packed,
    ".pdf": _pdf,
    ".rtf": _rich_text,
    ".txt": _text,
    ".vcf": _begins(b"BEGIN:VCARD", kind="address card"),
    ".xlsx": _packed,
}
"""How a file is looked at, by its ending: every one that content/files may hold."""
