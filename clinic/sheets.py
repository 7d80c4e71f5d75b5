"""What pages were when they were last read, on sheets of the cache, some of them on each.

A page follows from its path, its bytes, the headings that open sections and the code. The latter two are in the key of
every sheet; a line says of which bytes it is.
"""

import zlib
from collections.abc import Collection, Iterable

import msgspec

from clinic import heads
from clinic.cache import Cache, key_for
from clinic.heads import Places
from clinic.library.document import Document
from clinic.library.unread import KINDS, slug_of
from clinic.problems import Problem
from clinic.prose.body import Body
from clinic.salt import salt
from clinic.source.folding import folded
from clinic.words import Headings

_ON_A_SHEET = 16
"""Pages that stand on one sheet, roughly: what is read together, and written again when one of them changes."""


class Line(msgspec.Struct, array_like=True):
    """A page as it was read."""

    digest: str
    """That of its bytes (`clinic.source.plain`)."""
    shape: bytes
    """What its body was parsed from (`Bodies.shape`); empty where that tells not enough of it."""
    page: msgspec.Raw


class _Page(msgspec.Struct, array_like=True):
    """A document, but for what its path and its bytes' digest tell."""

    written: bytes
    front: str
    header: bytes
    places: bytes
    body: Body
    problems: tuple[Problem, ...]


_ENCODER = msgspec.msgpack.Encoder()
_PAGE = msgspec.msgpack.Decoder(_Page)
_SHEET = msgspec.msgpack.Decoder(dict[str, Line])


def line_of(document: Document, shape: bytes) -> Line:
    """The line of a document that was just read from a file."""
    written = document.written
    page = _Page(
        written=written if isinstance(written, bytes) else folded(written),
        front=document.front,
        header=heads.encoded(document.kind, document.header),
        places=Places.fold(document.places),
        body=document.body.folded(),
        problems=document.problems,
    )
    return Line(document.digest, shape, msgspec.Raw(_ENCODER.encode(page)))


def document_of(path: str, line: Line) -> Document | None:
    """The document of a line; None where that can't be understood."""
    kind = KINDS[path.partition("/")[0]]
    try:
        page = _PAGE.decode(line.page)
        header = heads.decoded(kind, page.header)
    except (msgspec.MsgspecError, ValueError):
        return None
    return Document(
        id=slug_of(path),
        kind=kind,
        path=path,
        digest=line.digest,
        written=page.written,
        front=page.front,
        header=header,
        places=Places(page.places),
        body=page.body,
        problems=page.problems,
    )


def body_of(line: Line) -> Body | None:
    """The body of the page of a line; None where that can't be understood."""
    try:
        return _PAGE.decode(line.page).body
    except (msgspec.MsgspecError, ValueError):
        return None


class Sheets:
    """The sheets of all pages of a folder."""

    def __init__(self, cache: Cache, headings: Headings, paths: Collection[str]) -> None:
        """`headings` open sections beside the generator's own; `paths` are the files that there are."""
        self._cache = cache
        self._paths = paths
        self._shaping = key_for("pages", salt(), repr(headings))
        self._stale: set[int] = set()
        """Sheets that hold lines of files that are gone, or whose lines stand where they did before."""
        self._count = 1 << (len(paths) // _ON_A_SHEET).bit_length()

    def number(self, path: str) -> int:
        """The number of the sheet on which a page stands."""
        return zlib.crc32(path.encode("utf-8", "surrogatepass")) % self._count

    def lines(self, numbers: Iterable[int]) -> dict[str, Line]:
        """What stands on these sheets, by path."""
        asked = list(numbers)
        found: dict[str, Line] = {}
        for number, data in zip(asked, self._cache.get_all([self._key(each) for each in asked]), strict=True):
            lines = _decoded(data) if data is not None else self._before(number)
            if (data is None and lines) or any(path not in self._paths for path in lines):
                self._stale.add(number)
            found.update(lines)
        return found

    def keep(self, changed: Iterable[str], lines: dict[str, Line]) -> None:
        """Remembers `lines`, some of which changed: all that `lines()` gave of their sheets must be among them.

        Files that are gone leave their sheets too.
        """
        sheets: dict[int, dict[str, Line]] = {number: {} for number in (*map(self.number, changed), *self._stale)}
        self._stale.clear()
        for path, line in lines.items():
            if path in self._paths and (sheet := sheets.get(self.number(path))) is not None:
                sheet[path] = line
        for number, sheet in sheets.items():
            self._cache.put(self._key(number), _ENCODER.encode(sheet))

    def _before(self, number: int) -> dict[str, Line]:
        """What stood there when there were half as many sheets, or twice as many: sites grow and shrink."""
        half, twice = self._count // 2, self._count * 2
        keys = [self._key(number % half, half)] if half else []
        keys += [self._key(number, twice), self._key(number + self._count, twice)]
        found: dict[str, Line] = {}
        for data in self._cache.get_all(keys):
            found.update(_decoded(data))
        return found

    def _key(self, number: int, count: int = 0) -> bytes:
        return key_for(self._shaping, f"{number} of {count or self._count}")


def _decoded(data: bytes | None) -> dict[str, Line]:
    try:
        return _SHEET.decode(data) if data is not None else {}
    except (msgspec.MsgspecError, ValueError):
        return {}
