"""Makes views out of their own types: the smallest of each, and copies of one with every text replaced."""

import dataclasses
import types
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from markupsafe import Markup

from clinic.interface import Interface, interface
from clinic.render import Renderer

ROOT = Path(__file__).parents[2]
THEME = ROOT / "theme"
KEPT = {"lang", "direction", "meaning"}
"""Fields whose texts are no words: replacing them makes another page."""


def renderer(theme: Path = THEME, salt: str = "") -> Renderer:
    """A renderer of the theme."""
    return Renderer(theme, texts, salt)


def texts(lang: str) -> Interface:
    """The interface in a language."""
    return interface(lang, THEME / "locale")


def smallest(kind: Any) -> Any:
    """The smallest value of a type: empty tuples, None where it may be, one word for a text."""
    origin, choices = get_origin(kind), get_args(kind)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return kind(
            **{field.name: _smallest_field(field.name, hints[field.name]) for field in dataclasses.fields(kind)}
        )
    if origin is Literal:
        return choices[0]
    if origin is tuple:
        return ()
    if origin in (Union, types.UnionType):
        return None if type(None) in choices else smallest(choices[0])
    if kind is str:
        return "word"
    return kind()


def _smallest_field(name: str, kind: Any) -> Any:
    known = {"lang": "en", "direction": "ltr"}
    return known[name] if name in known else smallest(kind)


def retold(value: Any, text: str) -> Any:
    """A copy of a view with `text` in place of every text that is not HTML."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        hints = get_type_hints(type(value))
        return dataclasses.replace(
            value,
            **{
                field.name: retold(getattr(value, field.name), text)
                for field in dataclasses.fields(value)
                if get_origin(hints[field.name]) is not Literal and field.name not in KEPT
            },
        )
    if isinstance(value, tuple):
        return tuple(retold(each, text) for each in value)
    if isinstance(value, str) and not isinstance(value, Markup) and value:
        return text
    return value


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths to all plain values in a view."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [leaf for f in dataclasses.fields(value) for leaf in leaves(getattr(value, f.name), (*path, f.name))]
    if isinstance(value, tuple):
        return [leaf for at, each in enumerate(value) for leaf in leaves(each, (*path, at))]
    return [path]


def changed(value: Any, path: tuple[Any, ...]) -> Any:
    """A copy of a view with another value at one path."""
    if not path:
        if isinstance(value, bool):
            return not value
        if isinstance(value, int):
            return value + 1
        return Markup(f"{value}x") if isinstance(value, Markup) else f"{value or ''}x"
    first, *rest = path
    if isinstance(value, tuple):
        return (*value[:first], changed(value[first], tuple(rest)), *value[first + 1 :])
    return dataclasses.replace(value, **{first: changed(getattr(value, first), tuple(rest))})
