"""Many things of which a few are replaced: another version costs what differs from the first, not what is there.

A preview goes from one state of ten thousand pages to the next at each save. Copying a mapping of them, or comparing
two, touches every page in memory: that alone took a third of the time from a save to its page.
"""

import functools
import operator
from collections.abc import ItemsView, Iterable, Iterator, KeysView, Mapping, Sequence, ValuesView
from itertools import compress
from typing import Any, Final, Generic, TypeVar, overload

Key = TypeVar("Key")
Value = TypeVar("Value")
Thing = TypeVar("Thing")

_MOST = 100
"""Changes from which on they are worked in."""

_GONE: Final[Any] = object()


class Revised(Mapping[Key, Value]):
    """A mapping with changes to one that others may hold too. Neither is changed by anybody."""

    def __init__(self, base: dict[Key, Value], changes: dict[Key, Value]) -> None:
        """Use `revised`."""
        self._base = base
        self._changes = changes

    def __getitem__(self, key: Key) -> Value:
        """The value of a key.

        Raises:
            KeyError: it has none.
        """
        value = self._changes[key] if key in self._changes else self._base[key]
        if value is _GONE:
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[Key]:
        """The keys: those of the first version in their order, then others."""
        return iter(self._whole)

    def __len__(self) -> int:
        """How many keys there are."""
        return len(self._whole)

    def keys(self) -> KeysView[Key]:
        """The keys."""
        return self._whole.keys()

    def values(self) -> ValuesView[Value]:
        """The values."""
        return self._whole.values()

    def items(self) -> ItemsView[Key, Value]:
        """The keys with their values."""
        return self._whole.items()

    def __eq__(self, other: object) -> bool:
        """Whether it is equal to another mapping."""
        if isinstance(other, Revised) and other._base is self._base:
            return all(self.get(key, _GONE) == other.get(key, _GONE) for key in keys_replaced(self, other))
        return self._whole == (other._whole if isinstance(other, Revised) else other)

    __hash__ = None  # type: ignore[assignment] # as of every mapping that is compared by what it holds

    @functools.cached_property
    def _whole(self) -> dict[Key, Value]:
        """All of it in one mapping, made when somebody goes through it."""
        whole = {**self._base, **self._changes}
        for key in [key for key, value in self._changes.items() if value is _GONE]:
            del whole[key]
        return whole


def revised(before: Mapping[Key, Value], changes: Mapping[Key, Value], gone: Iterable[Key] = ()) -> Mapping[Key, Value]:
    """The mapping with these values in it, and without the keys that are gone."""
    if not isinstance(before, Revised):
        before = Revised(before if isinstance(before, dict) else dict(before), {})
    merged: dict[Key, Value] = {**before._changes, **changes, **dict.fromkeys(gone, _GONE)}  # noqa: SLF001 - its own
    made = Revised(before._base, merged)  # noqa: SLF001 - its own
    return made if len(merged) <= _MOST else dict(made)


def keys_replaced(before: Mapping[Key, Thing], now: Mapping[Key, Thing]) -> list[Key]:
    """The keys under which another object stands now, or one only then or only now."""
    first, changes = _parts(before)
    other, more = _parts(now)
    if first is other:
        return [key for key in {**changes, **more} if before.get(key, _GONE) is not now.get(key, _GONE)]
    if len(before) == len(now) and all(map(operator.eq, before, now)):
        return list(compress(now, map(operator.is_not, before.values(), now.values())))
    came = (key for key, thing in now.items() if key not in before or before[key] is not thing)
    return [*(key for key in before if key not in now), *came]


def _parts(mapping: Mapping[Key, Thing]) -> tuple[Mapping[Key, Thing], Mapping[Key, Thing]]:
    return (mapping._base, mapping._changes) if isinstance(mapping, Revised) else (mapping, {})  # noqa: SLF001 - its own


class Row(Sequence[Thing], Generic[Thing]):
    """A tuple with other things in some places of it."""

    def __init__(self, base: tuple[Thing, ...], changes: dict[int, Thing]) -> None:
        """Use `revised_row`."""
        self._base = base
        self._changes = changes

    @overload
    def __getitem__(self, at: int) -> Thing: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Thing, ...]: ...
    def __getitem__(self, at: int | slice) -> Thing | tuple[Thing, ...]:
        """The thing at a place, or some in a row.

        Raises:
            IndexError: there is no such place.
        """
        if isinstance(at, slice):
            return self._whole[at]
        return self._changes[at] if at in self._changes else self._whole[at] if at < 0 else self._base[at]

    def __iter__(self) -> Iterator[Thing]:
        """The things."""
        return iter(self._whole)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._base)

    def __eq__(self, other: object) -> bool:
        """Whether it is equal to another row, or to a tuple."""
        if isinstance(other, Row) and other._base is self._base:
            return all(was == now for was, now in replaced(self, other))
        return self._whole == (other._whole if isinstance(other, Row) else other)

    def __hash__(self) -> int:
        """As of the tuple that it is equal to."""
        return hash(self._whole)

    @functools.cached_property
    def _whole(self) -> tuple[Thing, ...]:
        things = list(self._base)
        for at, thing in self._changes.items():
            things[at] = thing
        return tuple(things)


def revised_row(before: Sequence[Thing], changes: Mapping[int, Thing]) -> Sequence[Thing]:
    """The row with other things at these places, which it has."""
    row = before if isinstance(before, Row) else Row(tuple(before), {})
    made = Row(row._base, {**row._changes, **changes})  # noqa: SLF001 - its own
    return made if len(made._changes) <= _MOST else tuple(made)  # noqa: SLF001 - its own


def replaced(before: Sequence[Thing], now: Sequence[Thing]) -> list[tuple[Thing, Thing]]:
    """Where two rows of as many things hold other objects: what was there, and what is there now.

    Raises:
        ValueError: they are not as many.
    """
    first, changes = (before._base, before._changes) if isinstance(before, Row) else (before, {})  # noqa: SLF001 - its own
    other, more = (now._base, now._changes) if isinstance(now, Row) else (now, {})  # noqa: SLF001 - its own
    if first is other:
        return [(before[at], now[at]) for at in sorted({*changes, *more}) if before[at] is not now[at]]
    return list(compress(zip(before, now, strict=True), map(operator.is_not, before, now)))
