"""The pages of a content folder: as they were last read, or their bytes read, headers typed and bodies parsed anew."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

import msgspec

from clinic.bodies import Bodies
from clinic.cache import Cache
from clinic.crew import in_shares
from clinic.library.document import Document, read_document
from clinic.library.unread import KINDS, slug_of, unread
from clinic.model.kinds import Kind
from clinic.problems import Problem
from clinic.prose.body import Body
from clinic.sheets import Line, Sheets, body_of, document_of, line_of
from clinic.shelf import Shelf
from clinic.source.header import read_source
from clinic.source.nodes import Source
from clinic.source.opening import Opened, Private, read_all_guarded
from clinic.source.tree import FoundFile, Tree
from clinic.words import Headings

_AT_ONCE = 1000
"""Pages that are on their way at once: enough for all cores, and few enough that memory does not grow with the site."""


class _Made(msgspec.Struct, array_like=True):
    """A page that was read, and whether its body had to be parsed for that."""

    line: Line
    parsed: bool


_ENCODER = msgspec.msgpack.Encoder()
_MADE = msgspec.msgpack.Decoder(_Made)


class Reader:
    """Reads pages. Where these very bytes were read before, it takes what they were; all others on all cores."""

    def __init__(self, tree: Tree, cache: Cache, headings: Headings, digests: Mapping[str, str]) -> None:
        """Begins with nothing read.

        Args:
            tree: the content folder.
            cache: remembers pages.
            headings: open sections beside the generator's own.
            digests: those of files that need not be opened to have it.
        """
        self._root = tree.root
        self._sheets = Sheets(cache, headings, tree.at)
        self._bodies = Bodies(headings)
        self._digests = digests
        self.parsed = 0
        """How many bodies were parsed, and not known."""

    def read(self, files: Iterable[FoundFile], shelf: Shelf[Document]) -> dict[str, Document]:
        """The documents in these files, by path. `shelf` is what this process still knows of them."""
        documents: dict[str, Document] = {}
        others: list[FoundFile] = []
        for found in files:
            known = shelf.recall(found)
            if known is None:
                others.append(found)
            else:
                documents[found.path] = known
        for numbers, some in self._gathered(others):
            documents.update(self._together(numbers, some, shelf))
        return documents

    def _gathered(self, files: Iterable[FoundFile]) -> Iterator[tuple[list[int], list[FoundFile]]]:
        """The files, those of whole sheets together, with the numbers of these sheets."""
        numbers: list[int] = []
        some: list[FoundFile] = []
        numbered = sorted(((self._sheets.number(found.path), found) for found in files), key=lambda each: each[0])
        for number, each in groupby(numbered, key=lambda each: each[0]):
            numbers.append(number)
            some += [found for _, found in each]
            if len(some) >= _AT_ONCE:
                yield numbers, some
                numbers, some = [], []
        if some:
            yield numbers, some

    def _together(
        self, numbers: Iterable[int], files: Iterable[FoundFile], shelf: Shelf[Document]
    ) -> dict[str, Document]:
        lines = self._sheets.lines(numbers)
        documents: dict[str, Document] = {}
        closed: list[FoundFile] = []
        for found in files:
            digest = self._digests.get(found.path, "")
            known = _known(lines, found.path, digest)
            if known is None:
                closed.append(found)
            else:
                documents[found.path] = known
                shelf.note(found, digest, known)
        unknown: list[Opened] = []
        at = {found.path: found for found in closed}
        for found, opened in zip(closed, self._opened(closed, lines), strict=True):
            if isinstance(opened, Problem | Private):
                documents[found.path] = unread(found.path, opened)
                continue
            known = shelf.same(found, opened.digest) or _known(lines, found.path, opened.digest)
            if known is None:
                unknown.append(opened)
            else:
                documents[found.path] = known
                shelf.note(found, opened.digest, known)
        made = in_shares(lambda opened: self._made(opened, lines.get(opened.path)), unknown)
        for opened, data in zip(unknown, made, strict=True):
            one = _MADE.decode(data)
            self.parsed += one.parsed
            document = document_of(opened.path, one.line) or self._document(opened)
            lines[opened.path] = Line(one.line.digest, one.line.shape, msgspec.Raw(bytes(one.line.page)))
            documents[opened.path] = document
            shelf.note(at[opened.path], opened.digest, document)
        self._sheets.keep([opened.path for opened in unknown], lines)
        return documents

    def _opened(self, files: Iterable[FoundFile], lines: Mapping[str, Line]) -> list[Opened | Problem | Private]:
        """Their bytes, looked through for patients' details: not again where these very bytes were."""

        def clean(opened: Iterable[Opened]) -> list[bool]:
            return [one.path in lines and lines[one.path].digest == one.digest for one in opened]

        return read_all_guarded(self._root, [found.path for found in files], clean=clean)

    def _made(self, opened: Opened, before: Line | None) -> bytes:
        """A page that is read, as bytes; `before` is how it was, whose body it may still have."""
        parsing = _Parsing(self._bodies, before)
        return _ENCODER.encode(_Made(line_of(self._document(opened, parsing), parsing.shape), parsing.parsed))

    def _document(self, opened: Opened, parsing: "Bodies | _Parsing | None" = None) -> Document:
        source = read_source(opened.path, opened.data)
        return read_document(
            source, KINDS[opened.path.partition("/")[0]], slug_of(opened.path), parsing or self._bodies
        )


class _Parsing:
    """Parses the body of one page, unless it is what it was."""

    def __init__(self, bodies: Bodies, before: Line | None) -> None:
        self._bodies, self._before = bodies, before
        self.shape = b""
        self.parsed = False

    def __call__(self, source: Source, kind: Kind, cited: tuple[str, ...]) -> Body:
        shape = self._bodies.shape(source, cited)
        if source.header is not None:  # else not all that is wrong with the text is told (`finish_document`)
            self.shape = shape
        body = body_of(self._before) if self._before is not None and self._before.shape == shape else None
        self.parsed = body is None
        return body or self._bodies(source, kind, cited)


def _known(lines: Mapping[str, Line], path: str, digest: str) -> Document | None:
    """The page in a file, where it was read from these very bytes before."""
    line = lines.get(path)
    return document_of(path, line) if line is not None and line.digest == digest else None
