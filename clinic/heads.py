"""Headers of pages, read and typed on all cores where that was not done before."""

import datetime as dt
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, get_args, get_type_hints

import msgspec

from clinic.cache import Cache, key_for
from clinic.crew import in_shares
from clinic.library.document import Begun, begin_document
from clinic.library.unread import KINDS, slug_of
from clinic.model.clock import When
from clinic.model.kinds import HEADERS, Common, Kind
from clinic.model.moments import OpenEnd
from clinic.model.reading import Where
from clinic.problems import NOWHERE, Problem, Span
from clinic.salt import salt
from clinic.source.header import read_source
from clinic.source.nodes import MapNode, Source
from clinic.source.opening import Opened

_READ = MapNode((), NOWHERE)
"""Stands for the values of a header that was typed elsewhere: what they mean is in the typed one."""


class _Kept(msgspec.Struct, array_like=True):
    """A page as far as its header goes, without what its bytes say themselves."""

    text: str | None
    """Its text, where that is not what the bytes are in UTF-8."""
    body: str | int
    """Its body, or how many characters at the end of the text that is."""
    body_line: int
    read: bool
    """Whether the header could be read."""
    header: bytes
    """The typed header; nothing where there is none."""
    places: bytes
    """Where each value stands, told apart when somebody asks (`Places`)."""
    cited: tuple[str, ...]
    of_source: tuple[Problem, ...]
    of_header: tuple[Problem, ...]


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(_Kept)
_PLACES = msgspec.msgpack.Decoder(list[tuple[Where, Span]])


class Heads:
    """Begins the documents of pages, or takes them from the cache: each depends on its path, its bytes and the code."""

    def __init__(self, cache: Cache) -> None:
        """Takes the cache."""
        self._cache = cache
        self._known: dict[bytes, bytes | None] = {}

    def know(self, pages: Sequence[Opened]) -> list[bool]:
        """Which of these pages were begun before: those were looked through for patients' details before that."""
        keys = [_key(one) for one in pages]
        self._known = dict(zip(keys, self._cache.get_all(keys), strict=True))
        return [self._known[key] is not None for key in keys]

    def of_all(self, wanted: Sequence[Opened]) -> list[Begun]:
        """Their documents as far as the headers go, in their order. The bytes hold no details of patients."""
        keys = [_key(one) for one in wanted]
        others = [key for key in keys if key not in self._known]
        known = self._known | dict(zip(others, self._cache.get_all(others), strict=True))
        self._known = {}
        begun = [_decoded(one, known[key]) for key, one in zip(keys, wanted, strict=True)]
        missing = [number for number, one in enumerate(begun) if one is None]
        encoded = in_shares(lambda number: _encoded(wanted[number].data, _begin(wanted[number])), missing)
        both = [(wanted[number], one) for number, one in zip(missing, encoded, strict=True)]
        made = [_decoded(one, data) or _begin(one) for one, data in both]
        for number, one, data in zip(missing, made, encoded, strict=True):
            self._cache.put(keys[number], data)
            begun[number] = one
        return [one for one in begun if one is not None]


def _key(page: Opened) -> bytes:
    return key_for("head", salt(), page.path, page.digest)


def _begin(page: Opened) -> Begun:
    return begin_document(read_source(page.path, page.data), KINDS[page.path.partition("/")[0]], slug_of(page.path))


def _encoded(data: bytes, begun: Begun) -> bytes:
    source = begun.source
    return _ENCODER.encode(
        _Kept(
            text=None if source.text.encode("utf-8", "surrogatepass") == data else source.text,
            body=len(source.body) if source.text.endswith(source.body) else source.body,
            body_line=source.body_line,
            read=source.header is not None,
            header=_form(begun.kind).encoded(begun.header) if begun.header is not None else b"",
            places=_ENCODER.encode(list(begun.places.items())),
            cited=begun.cited,
            of_source=source.problems,
            of_header=begun.problems,
        )
    )


def _decoded(page: Opened, known: bytes | None) -> Begun | None:
    """What is known of a page; None where nothing is, or it can't be understood."""
    if known is None:
        return None
    kind = KINDS[page.path.partition("/")[0]]
    try:
        kept = _DECODER.decode(known)
        header = _form(kind).decoded(kept.header) if kept.header else None
        text = page.data.decode("utf-8") if kept.text is None else kept.text
    except (msgspec.MsgspecError, ValueError):
        return None
    body = text[len(text) - kept.body :] if isinstance(kept.body, int) else kept.body
    read = _READ if kept.read else None
    source = Source(page.path, page.digest, text, read, body, kept.body_line, kept.of_source)
    return Begun(source, kind, slug_of(page.path), header, Places(kept.places), kept.of_header, kept.cited)


class Places(Mapping[Where, Span]):
    """Where the values of a header stand. Few are ever asked for, so they stay folded up until the first is."""

    def __init__(self, folded: bytes) -> None:
        self._folded = folded
        self._unfolded: dict[Where, Span] | None = None

    @property
    def _all(self) -> dict[Where, Span]:
        if self._unfolded is None:
            self._unfolded = dict(_PLACES.decode(self._folded))
        return self._unfolded

    def __getitem__(self, where: Where) -> Span:
        """The place of a value.

        Raises:
            KeyError: it has none.
        """
        return self._all[where]

    def __iter__(self) -> Iterator[Where]:
        """The ways to all values."""
        return iter(self._all)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._all)

    def __eq__(self, other: object) -> bool:
        """Whether the same values stand in the same places."""
        return (isinstance(other, Places) and self._folded == other._folded) or super().__eq__(other)

    __hash__ = None  # type: ignore[assignment] # as of every mapping that is compared by what it holds


class _Form:
    """How the header of a kind is written into bytes: its values in their order."""

    def __init__(self, made: type[Common]) -> None:
        hints = get_type_hints(made)
        self._made: Callable[..., Common] = made
        self._names = [field.name for field in fields(made)]
        # msgspec can't tell a day from a moment, or from a word: those say what they are.
        self._either = [number for number, name in enumerate(self._names) if dt.datetime in get_args(hints[name])]
        either = {self._names[number] for number in self._either}
        types = tuple(tuple[str, str] | None if name in either else hints[name] for name in self._names)
        listed: Any = tuple
        self._decoder = msgspec.msgpack.Decoder(listed[types])

    def encoded(self, header: Common) -> bytes:
        """Its bytes."""
        values = [getattr(header, name) for name in self._names]
        for number in self._either:
            values[number] = _told(values[number])
        return _ENCODER.encode(values)

    def decoded(self, data: bytes) -> Common:
        """The header of such bytes.

        Raises:
            msgspec.MsgspecError: they are no header of this kind.
            ValueError: a day in them is none.
        """
        values = list(self._decoder.decode(data))
        for number in self._either:
            values[number] = _meant(values[number])
        return self._made(**dict(zip(self._names, values, strict=True)))


@functools.cache
def _form(kind: Kind) -> _Form:
    return _Form(HEADERS[kind])


def _told(value: When | OpenEnd | None) -> tuple[str, str] | None:
    if value is None:
        return None
    if isinstance(value, OpenEnd):
        return "end", value.value
    return "moment" if isinstance(value, dt.datetime) else "day", value.isoformat()


def _meant(told: tuple[str, str] | None) -> When | OpenEnd | None:
    if told is None:
        return None
    sort, written = told
    if sort == "end":
        return OpenEnd(written)
    return dt.datetime.fromisoformat(written) if sort == "moment" else dt.date.fromisoformat(written)
