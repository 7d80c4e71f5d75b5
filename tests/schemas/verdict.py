"""A strict reader of the JSON Schemas that we write: it knows the keywords that they use, and refuses all others."""

import re
from collections.abc import Iterator
from typing import Any

_TELLS = {"$schema", "$defs", "title", "description", "examples", "then"}
"""Keywords that ask for nothing by themselves."""

_TYPES = {
    "string": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}


def faults(value: Any, schema: dict[str, Any], root: dict[str, Any], at: str = "") -> Iterator[str]:
    """What a schema has against a value (JSON Schema Validation, draft 2020-12): keyword and place.

    Raises:
        KeyError: the schema uses a keyword that this reader does not know.
    """
    for keyword, asked in schema.items():
        if keyword not in _TELLS:
            yield from _KEYWORDS[keyword](value, asked, schema, root, at)


def _ref(value: Any, asked: str, _schema: Any, root: Any, at: str) -> Iterator[str]:
    where, _, name = asked.rpartition("/")
    assert where == "#/$defs"
    yield from faults(value, root["$defs"][name], root, at)


def _type(value: Any, asked: Any, _schema: Any, _root: Any, at: str) -> Iterator[str]:
    if not any(_TYPES[name](value) for name in ([asked] if isinstance(asked, str) else asked)):
        yield f"type {at}"


def _pattern(value: Any, asked: str, _schema: Any, _root: Any, at: str) -> Iterator[str]:
    if isinstance(value, str) and not re.search(rf"{asked[:-1]}\Z" if asked.endswith("$") else asked, value):
        yield f"pattern {at}"


def _items(value: Any, asked: Any, _schema: Any, root: Any, at: str) -> Iterator[str]:
    for number, item in enumerate(value if isinstance(value, list) else []):
        yield from faults(item, asked, root, f"{at}/{number}")


def _properties(value: Any, asked: Any, _schema: Any, root: Any, at: str) -> Iterator[str]:
    for name, inner in asked.items():
        if isinstance(value, dict) and name in value:
            yield from faults(value[name], inner, root, f"{at}/{name}")


def _additional(value: Any, asked: Any, schema: Any, root: Any, at: str) -> Iterator[str]:
    others = set(value) - set(schema.get("properties", {})) if isinstance(value, dict) else set()
    for name in sorted(others):
        if asked is False:
            yield f"additionalProperties {at}/{name}"
        else:
            yield from faults(value[name], asked, root, f"{at}/{name}")


def _required(value: Any, asked: Any, _schema: Any, _root: Any, at: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (f"required {at}/{name}" for name in asked if name not in value)


def _names(value: Any, asked: Any, _schema: Any, root: Any, at: str) -> Iterator[str]:
    for name in value if isinstance(value, dict) else ():
        yield from faults(name, asked, root, f"{at}/{name}")


def _any(value: Any, asked: Any, _schema: Any, root: Any, at: str) -> Iterator[str]:
    if all(list(faults(value, each, root)) for each in asked):
        yield f"anyOf {at}"


def _all(value: Any, asked: Any, _schema: Any, root: Any, at: str) -> Iterator[str]:
    for each in asked:
        yield from faults(value, each, root, at)


def _if(value: Any, asked: Any, schema: Any, root: Any, at: str) -> Iterator[str]:
    if not list(faults(value, asked, root)):
        yield from faults(value, schema["then"], root, at)


def _not(value: Any, asked: Any, _schema: Any, root: Any, at: str) -> Iterator[str]:
    if not list(faults(value, asked, root)):
        yield f"not {at}"


def _says(name: str, holds: Any) -> Any:
    def check(value: Any, asked: Any, _schema: Any, _root: Any, at: str) -> Iterator[str]:
        if not holds(value, asked):
            yield f"{name} {at}"

    return check


_KEYWORDS: dict[str, Any] = {
    "$ref": _ref,
    "type": _type,
    "pattern": _pattern,
    "items": _items,
    "properties": _properties,
    "additionalProperties": _additional,
    "required": _required,
    "propertyNames": _names,
    "anyOf": _any,
    "allOf": _all,
    "if": _if,
    "not": _not,
    "enum": _says("enum", lambda value, asked: value in asked),
    "const": _says("const", lambda value, asked: value == asked),
    "maxLength": _says("maxLength", lambda value, asked: not isinstance(value, str) or len(value) <= asked),
    "minItems": _says("minItems", lambda value, asked: not isinstance(value, list) or len(value) >= asked),
    "maxItems": _says("maxItems", lambda value, asked: not isinstance(value, list) or len(value) <= asked),
    "uniqueItems": _says(
        "uniqueItems", lambda value, _: not isinstance(value, list) or len({repr(each) for each in value}) == len(value)
    ),
}
