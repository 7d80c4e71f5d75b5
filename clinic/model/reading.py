"""How a header becomes a typed record: each field is stated once, and every problem is gathered with its place.

A record is a frozen dataclass whose fields are made by `stated`: the type it reads, its help text, where it shows,
whether it is searched, and whether it is clinical (part of what a clinician signs). `read_record` does the rest.
"""

import dataclasses
import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar, cast, dataclass_transform, overload

from clinic.problems import Problem, Span, nearest
from clinic.problems.catalogue.fields import EMPTY_VALUE, MISSING_FIELD, NOT_FIELDS, UNKNOWN_FIELD
from clinic.source.nodes import ListNode, MapNode, Node, ScalarNode

Value = TypeVar("Value")
Value_co = TypeVar("Value_co", covariant=True)
Made = TypeVar("Made")

_ALIKE = 0.7
"""How much an unknown field must be like a known one (difflib's ratio) to be taken for it: `tags` is no `status`."""

Where = tuple[str | int, ...]
"""A way into a header: keys and positions in lists, `("sources", 0, "url")`."""


class Absent(enum.Enum):
    """The one value of what is not there."""

    ABSENT = enum.auto()


ABSENT = Absent.ABSENT


class Reading:
    """One file being read: gathers problems, and the place of every value for those who judge it later."""

    def __init__(self, path: str) -> None:
        """Starts with nothing found in the file at `path`."""
        self.path = path
        self.problems: list[Problem] = []
        self.places: dict[Where, Span] = {}

    def found(self, problem: Problem) -> None:
        """Adds a problem."""
        self.problems.append(problem)


class Reader(Protocol[Value_co]):
    """Reads one type of value. What it cannot read it reports, and gives ABSENT."""

    @property
    def says(self) -> str:
        """What to write, in an editor's words: "a date such as 2026-11-22"."""
        ...

    def read(self, node: Node, reading: Reading, where: Where) -> Value_co | Absent:
        """The value of `node`, or ABSENT after a problem was reported."""
        ...


@dataclass(frozen=True)
class Stated(Generic[Value]):
    """All that is said of a field, once."""

    reader: Reader[Value]
    help: str
    example: str
    required: bool
    blank: Value | Absent
    shows: str
    searched: bool
    clinical: bool


@overload
def stated(
    reader: Reader[Value],
    help: str,
    *,
    example: str = ...,
    blank: Value | Absent = ...,
    shows: str = ...,
    searched: bool = ...,
    clinical: bool = ...,
) -> Value: ...


@overload
def stated(
    reader: Reader[Value],
    help: str,
    *,
    default: None,
    example: str = ...,
    shows: str = ...,
    searched: bool = ...,
    clinical: bool = ...,
) -> Value | None: ...


@overload
def stated(
    reader: Reader[Value],
    help: str,
    *,
    default: Value,
    example: str = ...,
    shows: str = ...,
    searched: bool = ...,
    clinical: bool = ...,
) -> Value: ...


def stated(
    reader: Reader[Value],
    help: str,  # noqa: A002 - the word the documentation uses
    *,
    default: Value | Absent | None = ABSENT,
    blank: Value | Absent = ABSENT,
    example: str = "",
    shows: str = "",
    searched: bool = False,
    clinical: bool = False,
) -> Value | None:
    """A field of a record. Without `default` it is required.

    Args:
        reader: the type that it reads.
        help: what it is for, in one sentence.
        default: its value where the key is left out.
        blank: what a required field holds when it is missing or wrong, so that the page can still be shown; a record
            whose required field has no blank cannot be made without it.
        example: what to write, as the hint of a missing field shows it.
        shows: where patients see it.
        searched: whether the search finds it.
        clinical: whether it is part of what a clinician signs.
    """
    about = Stated(reader, help, example, default is ABSENT, blank, shows, searched, clinical)
    if default is ABSENT:
        return cast("Value", dataclasses.field(metadata={"stated": about}))
    return cast("Value", dataclasses.field(default=default, metadata={"stated": about}))


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(stated,))
def record(cls: type[Made]) -> type[Made]:
    """Makes a class a record: frozen, keyword-only, its fields made by `stated`."""
    return dataclass(frozen=True, kw_only=True)(cls)


def fields_of(cls: type) -> dict[str, Stated[object]]:
    """What is stated of each field of a record, in their order."""
    return {
        field.name: cast("Stated[object]", field.metadata["stated"])
        for field in dataclasses.fields(cls)
        if "stated" in field.metadata
    }


def read_record(
    cls: type[Made],
    node: Node,
    reading: Reading,
    where: Where = (),
    *,
    called: str = "this header",
    check: Callable[[Made, Reading, Where], None] | None = None,
) -> Made | Absent:
    """The record in `node`: every field read, unknown keys and missing fields reported, none of them stops the rest.

    Args:
        cls: the record's class.
        node: where it stands.
        reading: gathers the problems and places.
        where: the way to `node`.
        called: what an editor would call the whole ("a procedure", "a source").
        check: what holds between its fields, asked once all are read.
    """
    if not isinstance(node, MapNode):
        reading.found(NOT_FIELDS(reading.path, node.span, called=called, fields=", ".join(fields_of(cls))))
        return ABSENT
    reading.places.setdefault(where, node.span)
    known = fields_of(cls)
    meant = _report_unknown(node, known, reading, called)
    values: dict[str, object] = {}
    whole = True
    for name, about in known.items():
        value = ABSENT if name in meant else _read_field(name, about, node, reading, where, called)
        if value is not ABSENT:
            values[name] = value
        elif about.required and about.blank is ABSENT:
            whole = False
        elif about.required:
            values[name] = about.blank
    if not whole:
        return ABSENT
    made = cls(**values)
    if check is not None:
        check(made, reading, where)
    return made


def _report_unknown(node: MapNode, known: dict[str, Stated[object]], reading: Reading, called: str) -> set[str]:
    """Reports keys that are no fields; gives the fields that they were meant to be, which then aren't missing too."""
    present = {key.text for key, _ in node}
    meant: set[str] = set()
    for key, _ in node:
        if key.text in known:
            continue
        typed = key.text.strip()
        close = nearest(typed, set(known) - present, cutoff=_ALIKE) or nearest(typed, known, cutoff=_ALIKE)
        if close and close not in present:
            meant.add(close)
        reading.found(
            UNKNOWN_FIELD(
                reading.path,
                key.span,
                key=key.text,
                called=called,
                replacement=close if close and close not in present else None,
                hint=(f'Did you mean "{close}"?' if close else "Known here: {known}."),
                known=", ".join(known),
            )
        )
    return meant


def _read_field(
    name: str, about: Stated[object], node: MapNode, reading: Reading, where: Where, called: str
) -> object | Absent:
    for key, value in node:
        if key.text != name:
            continue
        here = (*where, name)
        reading.places[(*here, "key")] = key.span
        reading.places[here] = value.span
        if isinstance(value, ScalarNode) and not value.text.strip() and (about.required or not value.quoted):
            reading.found(EMPTY_VALUE(reading.path, key.span, key=name, says=about.reader.says))
            return ABSENT
        return about.reader.read(value, reading, here)
    if about.required:
        reading.found(
            MISSING_FIELD(
                reading.path,
                Span(node.span.line, node.span.column, node.span.line, node.span.column),
                key=name,
                called=called,
                help=about.help,
                example=about.example or f"{name}: …",
            )
        )
    return ABSENT


def items_of(node: Node) -> tuple[Node, ...] | None:
    """The items of a list; None where it is no list."""
    return node.items if isinstance(node, ListNode) else None
