"""What documents tell by themselves, as an earlier process was told: a sheet of the cache for some dozens of them.

A document that is as it was, on ground that is as it was, tells what it told: it is not asked, and none of its rules
is. Others are asked on all cores. What single rules told of them before stands on their shelves (`clinic.rules.kept`),
so that a new phone number of the clinic costs what the rules of phone numbers cost.
"""

import hashlib
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from clinic.cache import Cache, key_for
from clinic.crew import in_shares
from clinic.library.document import Document
from clinic.library.library import Library
from clinic.problems import Problem
from clinic.rules.grade import called, may_be_names, names_among, names_of
from clinic.rules.kept import forget, recalling, shelf_key
from clinic.rules.privacy import staff_of
from clinic.salt import salt

Check = Callable[[Library], Iterable[Problem]]
"""What rules find of the documents that a library was narrowed to."""

AT_ONCE = 16
"""Documents that are asked together: rules ask for the words of the same text one after the other, and find the last
ones at hand."""

_IN_HAND = 1000
"""Documents whose shelves are at hand at once."""

_ON_A_SHEET = 64
"""Documents that stand on one sheet at most, roughly: what is written again when one of them changes."""
_FEW_NAMES = 100
"""Words that became names, or ceased to be, from which on all documents are asked for them."""

_ASKED_FOR_NAMES = f"{may_be_names.__module__}.{may_be_names.__qualname__}".encode()


class _Line(msgspec.Struct, array_like=True):
    """What one document told."""

    digest: str
    called: list[str]
    """The long words of the names that it gives (`clinic.rules.grade.called`)."""
    found: list[Problem]


class _Sheet(msgspec.Struct, array_like=True):
    """What some documents told, by path, all on the same ground."""

    ground: str = ""
    names: str = ""
    """The digest of all words that were names then."""
    lines: dict[str, _Line] = {}


class _Told(msgspec.Struct, array_like=True):
    """What a few documents tell that are asked."""

    found: list[Problem]
    shelves: list[bytes]
    """For each what to remember of its rules; empty where that is nothing new."""


_SHEET = msgspec.msgpack.Decoder(_Sheet)
_TOLD = msgspec.msgpack.Decoder(_Told)
_ENCODER = msgspec.msgpack.Encoder()


@dataclass(frozen=True)
class Ground:
    """All that rules are told besides the document that they look at, but for lists, which are in every key."""

    around: str
    """The digest of clinic.yaml and of the people who work here."""
    names: frozenset[str]
    """The words that are names here; a document is told of those that stand in it."""
    named: str
    """Their digest."""


def found(library: Library, cache: Cache, check: Check) -> list[Problem]:
    """What the documents of a library tell by themselves.

    Args:
        library: with all its documents.
        cache: what they told is remembered there.
        check: what is found of the documents that a library was narrowed to: shaped by nothing but these and what is in
            `Ground`. What it tells of anything else (that a rule stopped) is told, and is not remembered.
    """
    documents = library.material.documents
    book = _Book(library, cache)
    lines = book.standing()
    told = [problem for line in lines.values() for problem in line.found]
    others = [one for one in documents if one.path not in lines]
    for group, own, sure in _asked(library, cache, others, check):
        told += own
        if sure:
            lines.update(_lines(library, group, own))
    book.keep(lines)
    return told


def grouped(documents: Sequence[Document]) -> list[Sequence[Document]]:
    """The documents, a few in each group."""
    return [documents[start : start + AT_ONCE] for start in range(0, len(documents), AT_ONCE)]


class _Book:
    """The sheets of all documents that were read from files."""

    def __init__(self, library: Library, cache: Cache) -> None:
        self._library, self._cache, self._lists = library, cache, library.lists.digest
        self._documents = [one for one in library.material.documents if one.digest]
        count = 1 << (len(self._documents) // _ON_A_SHEET).bit_length()
        self._keys = [key_for("alone", salt(), self._lists, f"{number} of {count}") for number in range(count)]
        self._sheets = [_decoded(cache.get(key)) for key in self._keys]
        self._ground = self._looked_at()

    def standing(self) -> dict[str, _Line]:
        """The lines by path that hold for documents as they are, on the ground as it is."""
        ground, lines = self._ground, {}
        earlier, exchanged = self._names_before()
        for document in self._documents:
            sheet = self._sheet(document.path)
            line = _line(sheet, document)
            if line is None or sheet.ground != ground.around:
                continue
            if sheet.names == ground.named or (sheet.names == earlier and not self._may_hold(document, exchanged)):
                lines[document.path] = line
        return lines

    def keep(self, lines: dict[str, _Line]) -> None:
        """Remembers these lines, and no others."""
        sheets = [_Sheet(self._ground.around, self._ground.named, {}) for _ in self._keys]
        for document in self._documents:
            if document.path in lines:
                sheets[self._number(document.path)].lines[document.path] = lines[document.path]
        for key, before, now in zip(self._keys, self._sheets, sheets, strict=True):
            if now != before and (now.lines or before.lines):
                self._cache.put(key, _ENCODER.encode(now))

    def _looked_at(self) -> Ground:
        """What rules will be told. Which names a document gives stands in its line, wherever it was told."""
        material = self._library.material
        listed: list[Iterable[str]] = []
        for document in material.documents:
            line = _line(self._sheet(document.path), document) if document.digest else None
            listed.append(line.called if line else called(document, material.lists.reading))
        names = names_among(material, listed)
        names_of.settle(material, names)
        around = key_for("ground", repr(material.clinic), *sorted(staff_of(self._library))).hex()
        return Ground(around, names, _digest(names))

    def _names_before(self) -> tuple[str, Collection[bytes]]:
        """The digest of the words that were names when sheets of this ground were written, and what changed since.

        Sheets may be of several times: where the digest is not the one on a sheet, what changed for it is not known.
        """
        sheets = [sheet for sheet in self._sheets if sheet.ground == self._ground.around]
        if all(sheet.names == self._ground.named for sheet in sheets):
            return "", ()
        names = names_among(self._library.material, (line.called for each in sheets for line in each.lines.values()))
        exchanged = names ^ self._ground.names
        return ("", ()) if len(exchanged) > _FEW_NAMES else (_digest(names), [word.encode() for word in exchanged])

    def _may_hold(self, document: Document, words: Collection[bytes]) -> bool:
        """Whether one of these words may stand in a document: on its shelf are all of its that can be names."""
        shelf = self._cache.get(shelf_key(document, self._lists))
        return shelf is None or _ASKED_FOR_NAMES not in shelf or any(word in shelf for word in words)

    def _number(self, path: str) -> int:
        return zlib.crc32(path.encode()) % len(self._keys)

    def _sheet(self, path: str) -> _Sheet:
        return self._sheets[self._number(path)]


def _asked(
    library: Library, cache: Cache, documents: Sequence[Document], check: Check
) -> Iterator[tuple[Sequence[Document], list[Problem], bool]]:
    """Documents, what they tell that are asked now, and whether that is all of it."""
    whole = library.narrowed(documents)
    for start in range(0, len(documents), _IN_HAND):
        yield from _together(library, whole, cache, documents[start : start + _IN_HAND], check)


def _together(
    library: Library, whole: Library, cache: Cache, documents: Sequence[Document], check: Check
) -> Iterator[tuple[Sequence[Document], list[Problem], bool]]:
    keys = {one.path: shelf_key(one, library.lists.digest) for one in documents if one.digest}
    groups = grouped(documents)
    # A copy of this process must not read the cache, and need not gather again what all documents tell together.
    shelves = [[cache.get(keys[one.path]) if one.path in keys else None for one in group] for group in groups]

    def ask(number: int) -> bytes:
        with recalling(groups[number], shelves[number]) as remembered:
            told = _Told(list(check(whole.narrowed(groups[number]))), list(remembered()))
        forget(groups[number])
        return _ENCODER.encode(told)

    for group, answer in zip(groups, in_shares(ask, range(len(groups)), each=AT_ONCE), strict=True):
        told = _TOLD.decode(answer)
        for one, shelf in zip(group, told.shelves, strict=True):
            if shelf and one.path in keys:
                cache.put(keys[one.path], shelf)
        sure = {problem.path for problem in told.found} <= {one.path for one in group}
        # A rule that stopped in a copy of this process may have stopped for want of something that this one has.
        yield group, told.found if sure else list(check(library.narrowed(group))), sure


def _lines(library: Library, group: Iterable[Document], told: Iterable[Problem]) -> Iterator[tuple[str, _Line]]:
    own: dict[str, list[Problem]] = {}
    for problem in told:
        own.setdefault(problem.path, []).append(problem)
    for one in group:
        names = sorted(called(one, library.lists.reading))
        yield one.path, _Line(one.digest, names, own.get(one.path, []))


def _line(sheet: _Sheet, document: Document) -> _Line | None:
    """What the very same document told, on whatever ground."""
    line = sheet.lines.get(document.path)
    return line if line is not None and line.digest == document.digest else None


def _digest(words: Iterable[str]) -> str:
    return hashlib.blake2b("\n".join(sorted(words)).encode(), digest_size=16).hexdigest()


def _decoded(data: bytes | None) -> _Sheet:
    try:
        return _SHEET.decode(data) if data else _Sheet()
    except msgspec.MsgspecError:
        return _Sheet()
