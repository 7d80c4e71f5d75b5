"""Values made of several: lists, records within records, things by their names."""

import re
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from clinic.model.reading import ABSENT, Absent, Reader, Reading, Where, items_of, read_record
from clinic.model.values import is_id, name_of, slug_of
from clinic.problems.catalogue.fields import NOT_A_LIST, NOT_AN_ID, NOT_FIELDS, SAME_TWICE
from clinic.problems.catalogue.header import MISSING_DASH
from clinic.source.nodes import MapNode, Node, ScalarNode

Value = TypeVar("Value")
Made = TypeVar("Made")


@dataclass(frozen=True)
class ListOf(Generic[Value]):
    """Several values of one type, in order; none of them twice."""

    item: Reader[Value]

    @property
    def says(self) -> str:
        """What each item is."""
        if isinstance(self.item, RecordOf):
            return f"a list: a dash before each item, and {self.item.says}"
        return f"a list in brackets, each item {self.item.says}"

    def read(self, node: Node, reading: Reading, where: Where) -> tuple[Value, ...] | Absent:
        """The items that could be read."""
        items = items_of(node)
        if items is None:
            if isinstance(node, ScalarNode):
                if not node.text.strip():
                    return ()
                if node.span.line != node.span.end_line and not node.quoted:
                    hint = "Begin each line of the list with a dash and a space."
                    reading.found(MISSING_DASH(reading.path, node.span, hint=hint))
                    return ABSENT
                replacement = f"[{node.text}]" if not node.quoted and not re.search(r"[\[\]{},:#]", node.text) else None
                reading.found(
                    NOT_A_LIST(reading.path, node.span, key=name_of(where), value=node.text, replacement=replacement)
                )
            else:
                reading.found(NOT_A_LIST(reading.path, node.span, key=name_of(where), value="…"))
            return ABSENT
        values: list[Value] = []
        for number, item in enumerate(items):
            here = (*where, number)
            reading.places[here] = item.span
            value = self.item.read(item, reading, here)
            if value is ABSENT:
                continue
            if value in values and isinstance(item, ScalarNode):
                reading.found(SAME_TWICE(reading.path, item.span, key=name_of(where), value=item.text))
                continue
            values.append(value)
        return tuple(values)


@dataclass(frozen=True)
class RecordOf(Generic[Made]):
    """A value with fields of its own."""

    cls: type[Made]
    called: str
    check: object = field(default=None, repr=False)

    @property
    def says(self) -> str:
        """What it is."""
        return f"the fields of {self.called}, each on a line of its own"

    def read(self, node: Node, reading: Reading, where: Where) -> Made | Absent:
        """The record."""
        return read_record(self.cls, node, reading, where, called=self.called, check=self.check)  # type: ignore[arg-type]


@dataclass(frozen=True)
class TableOf(Generic[Value]):
    """Things by their names: `main:` with its fields below it."""

    item: Reader[Value]

    @property
    def says(self) -> str:
        """What it holds."""
        return "names, each with its fields below it"

    def read(self, node: Node, reading: Reading, where: Where) -> "tuple[tuple[str, Value], ...] | Absent":
        """Names with values, in the file's order."""
        if not isinstance(node, MapNode):
            reading.found(NOT_FIELDS(reading.path, node.span, called="a group of names", fields="the names you choose"))
            return ABSENT
        values: list[tuple[str, Value]] = []
        for key, value in node:
            here = (*where, key.text)
            reading.places[here] = value.span
            reading.places[(*here, "key")] = key.span
            if not is_id(key.text):
                reading.found(NOT_AN_ID(reading.path, key.span, value=key.text, right=slug_of(key.text)))
            read = self.item.read(value, reading, here)
            if read is not ABSENT:
                values.append((key.text, read))
        return tuple(values)
