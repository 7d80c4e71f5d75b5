"""What depends on one document alone is found once for as long as that document lives, or as a cache remembers it."""

import functools
import hashlib
import sys
import weakref
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

import msgspec

from clinic.cache import Cache, key_for
from clinic.library.document import Document
from clinic.problems import Problem
from clinic.salt import salt
from clinic.words import Lists

Key = TypeVar("Key")
Value = TypeVar("Value")
Of = TypeVar("Of", bound=Callable[..., Iterator[Any]])


class _Shelf(msgspec.Struct):
    """What one document told in an earlier process, by the function asked and what it was told."""

    findings: dict[str, tuple[Problem, ...]] = {}
    words: dict[str, tuple[frozenset[str], ...]] = {}


_found: dict[int, dict[tuple[Hashable, ...], tuple[Any, ...]]] = {}
"""What each living document told, by its identity: by the name of the function that was asked, and what it was told."""
_shelves: dict[int, _Shelf] = {}
"""By the identity of a document, while `remembered` lasts."""
_fresh: set[int] = set()
"""Documents that told something new meanwhile."""
_tags: dict[int, tuple[Hashable, str | None]] = {}
"""How values stand in a key, by identity, each with the value so that its identity is nobody else's."""
_MOST_TAGS = 100
_PLAIN = frozenset({str, bool, frozenset})
_DECODER = msgspec.msgpack.Decoder(_Shelf)
_SHELVES = msgspec.msgpack.Decoder(list[_Shelf])
_ENCODER = msgspec.msgpack.Encoder()


def kept(of: Of) -> Of:
    """A function of one document, and of values that never change, whose findings are kept with the document.

    Documents are frozen, so the same object gives the same findings. A process that looks at the same content again and
    again (the preview) asks each rule about the documents that changed only; one that looks once has those that a cache
    remembers (`remembered`), where what it yields are problems, or sets of words.
    """
    name = f"{of.__module__}.{of.__qualname__}"

    @functools.wraps(of)
    def once(document: Document, *said: Hashable, **named: Hashable) -> Iterator[Any]:
        own = _found.get(id(document))
        if own is None:
            own = _found[id(document)] = {}
            weakref.finalize(document, _found.pop, id(document), None).atexit = False
        values = (*said, *named.values())
        asked = (name, *map(_light, values))
        if asked not in own:
            shelf = _shelves.get(id(document))
            own[asked] = _shelved(document, shelf, name, values, lambda: tuple(of(document, *said, **named)))
        return iter(own[asked])

    return once  # type: ignore[return-value] # the same arguments, the same findings


class lasting(Generic[Key, Value]):  # noqa: N801 - it stands above functions, as `kept` does
    """A function of one object that never changes, whose value is kept for as long as the object lives."""

    def __init__(self, of: Callable[[Key], Value]) -> None:
        """Takes the function."""
        self._of = of
        self._values: dict[int, Value] = {}
        functools.update_wrapper(self, of)

    def __call__(self, thing: Key) -> Value:
        """The value of an object."""
        if id(thing) not in self._values:
            self.settle(thing, self._of(thing))
        return self._values[id(thing)]

    def settle(self, thing: Key, value: Value) -> None:
        """Says the value of an object to whoever knows it already."""
        if id(thing) not in self._values:
            weakref.finalize(thing, self._values.pop, id(thing), None).atexit = False
        self._values[id(thing)] = value


def shelf_key(document: Document, lists: str) -> bytes:
    """The key under which a cache has what a document told.

    Args:
        document: it must have been read from a file: its bytes are part of the key.
        lists: the digest of the clinic's own lists, of which whatever rules are told is made.
    """
    return key_for("told", salt(), document.path, document.digest, lists)


def forget(documents: Iterable[Document]) -> None:
    """Drops what these documents told: for whoever won't ask them again. Thousands would keep more than they are."""
    for one in documents:
        if id(one) in _found:
            _found[id(one)].clear()


@contextmanager
def recalling(
    documents: Sequence[Document], shelves: Iterable[bytes | None]
) -> Iterator[Callable[[], Iterator[bytes]]]:
    """While it lasts, documents tell what these shelves hold, one for each, and only what is not there is found.

    Gives a function that gives the shelves as they are then; an empty one for a document that told nothing new.
    """
    for one, data in zip(documents, shelves, strict=True):
        _shelves[id(one)] = _decoded(data)
    try:
        yield lambda: (_ENCODER.encode(_shelves[id(one)]) if id(one) in _fresh else b"" for one in documents)
    finally:
        for one in documents:
            del _shelves[id(one)]
            _fresh.discard(id(one))


@contextmanager
def remembered(documents: Iterable[Document], cache: Cache, *, lists: str) -> Iterator[tuple[Document, ...]]:
    """While it lasts, what documents told in earlier processes is had from the cache; then it has what they told now.

    Gives the documents of which nothing is remembered.

    Args:
        documents: those that will be asked.
        cache: where it is kept, under all that shapes it.
        lists: the digest of the clinic's own lists, of which whatever rules are told is made.
    """
    asked = [one for one in documents if one.digest]
    keys = [shelf_key(one, lists) for one in asked]
    with recalling(asked, map(cache.get, keys)) as told:
        try:
            yield tuple(one for one in asked if not _shelves[id(one)].findings)
        finally:
            for key, shelf in zip(keys, told(), strict=True):
                if shelf:
                    cache.put(key, shelf)


def told_by(documents: Iterable[Document]) -> bytes:
    """All that these documents told while `remembered` lasts, for another process that has the same documents."""
    return _ENCODER.encode([_shelves[id(one)] for one in documents])


def heed(documents: Iterable[Document], told: bytes) -> None:
    """Takes over what the same documents, in the same order, told in another process."""
    for one, shelf in zip(documents, _SHELVES.decode(told), strict=True):
        _shelves[id(one)] = shelf
        _fresh.add(id(one))


def _shelved(
    document: Document,
    shelf: _Shelf | None,
    name: str,
    values: tuple[Hashable, ...],
    find: Callable[[], tuple[Any, ...]],
) -> tuple[Any, ...]:
    """What a function told of a document, from the shelf or found now."""
    if shelf is None:
        return find()
    tags = [_tag(value) for value in values]
    if None in tags:
        return find()
    key = " ".join((name, *(tag or "" for tag in tags)))
    for side in (shelf.findings, shelf.words):
        if key in side:
            return side[key]
    told = find()
    if all(isinstance(one, Problem) for one in told):
        shelf.findings[key] = told
    elif all(isinstance(one, frozenset) for one in told):
        shelf.words[key] = told
    else:
        return told
    _fresh.add(id(document))
    return told


def _light(value: Hashable) -> Hashable:
    """A value in a key of this process: with all that it holds only where its own hash takes no time."""
    kind = type(value)
    if kind in _PLAIN or kind.__hash__ is object.__hash__:
        return value
    return _tag(value) or value


def _tag(value: Hashable) -> str | None:
    """A value in a key: what is made of the clinic's lists alone by its name, anything else by its contents.

    None for what has contents that can't be written: what is told with it is not remembered. Thousands of documents are
    told the very same objects, so the last ones are known by identity.
    """
    if type(value) in _PLAIN:
        return _written_plain(value)
    known = _tags.get(id(value))
    if known is None:
        if len(_tags) >= _MOST_TAGS:
            _tags.clear()
        known = _tags[id(value)] = (value, _written(value))
    return known[1]


def _written(value: Hashable) -> str | None:
    if getattr(value, "made_of_lists", False) or type(value).__module__ == Lists.__module__:
        return type(value).__name__
    try:
        contents = msgspec.msgpack.encode(value, order="sorted")
    except (TypeError, ValueError):
        return None
    return f"{type(value).__name__}:{hashlib.blake2b(contents, digest_size=16).hexdigest()}"


@functools.lru_cache(maxsize=1000)
def _written_plain(value: Hashable) -> str | None:
    """The same, remembered: for what is equal to another by what it holds."""
    return _written(value)


def _decoded(data: bytes | None) -> _Shelf:
    try:
        shelf = _DECODER.decode(data) if data else _Shelf()
    except msgspec.MsgspecError:
        return _Shelf()
    # Thousands of documents have most of their words in common: one object for each word is enough.
    shelf.words = {key: tuple(frozenset(map(sys.intern, words)) for words in told) for key, told in shelf.words.items()}
    return shelf
