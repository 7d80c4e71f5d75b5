"""Headers of pages written into bytes and back: what they say, and where each value of them stands."""

import datetime as dt
import functools
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from typing import Any, get_args, get_type_hints

import msgspec

from clinic.model.clock import When
from clinic.model.kinds import HEADERS, Common, Kind
from clinic.model.moments import OpenEnd
from clinic.model.reading import Where
from clinic.problems import Span

_ENCODER = msgspec.msgpack.Encoder()
_PLACES = msgspec.msgpack.Decoder(list[tuple[Where, Span]])


def encoded(kind: Kind, header: Common | None) -> bytes:
    """The bytes of the header of a page of a kind; nothing where it has none."""
    return _form(kind).encoded(header) if header is not None else b""


def decoded(kind: Kind, data: bytes) -> Common | None:
    """The header of such bytes.

    Raises:
        msgspec.MsgspecError: they are no header of this kind.
        ValueError: a day in them is none.
    """
    return _form(kind).decoded(data) if data else None


@functools.lru_cache(maxsize=64)
def _unfolded(places: bytes) -> dict[Where, Span]:
    return dict(_PLACES.decode(zlib.decompress(places)))


class Places(Mapping[Where, Span]):
    """Where the values of a header stand. Few are ever asked for, and few pages at a time: they stay folded up."""

    def __init__(self, folded: bytes) -> None:
        """Takes what `fold` gave."""
        self.folded = folded

    @staticmethod
    def fold(places: Mapping[Where, Span]) -> bytes:
        """The bytes of the places of all values."""
        if isinstance(places, Places):
            return places.folded
        return zlib.compress(_ENCODER.encode(list(places.items())), 1)

    @property
    def _all(self) -> dict[Where, Span]:
        return _unfolded(self.folded)

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
        return (isinstance(other, Places) and self.folded == other.folded) or super().__eq__(other)

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
