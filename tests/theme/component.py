"""What a component is: macros with contracts in theme/templates/components, fixtures in tests/theme/components.

A contract is the comment right above a macro that other templates use: the name and type of each of its arguments. A
fixture is one call of such a macro, under a name that says what is special about it. What assistive technology gets of
each fixture stands in the `.heard.txt` file beside the fixtures.
"""

import importlib
import re
import types
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Union, get_args, get_origin

from markupsafe import Markup

from clinic.views import frame, indexes, pages, parts
from tests.theme.making import THEME, renderer

FOLDER = THEME / "templates" / "components"
FIXTURES = Path(__file__).parent / "components"
LAYOUT = "base"
"""The one template among the components that is no component but the layout of all pages."""

NAMES = sorted(path.stem for path in FOLDER.glob("*.html") if path.stem != LAYOUT)
_USED = re.compile(r'\{% from "components/([\w-]+)\.html" import (.+?) %\}')
_STATED = re.compile(r"(?:\{# ([^#]+) #\}\n)?\{% macro (\w+)\((.*?)\) %\}")
_TYPES = {name: kind for module in (frame, indexes, pages, parts) for name, kind in vars(module).items()}
_RENDERER = renderer()


@dataclass(frozen=True)
class Fixture:
    """A call of one macro with values of the types that its contract names."""

    macro: str
    gets: tuple[object, ...]


@dataclass(frozen=True)
class Contract:
    """What a macro takes: the types by the names of its arguments, and the names as the macro itself has them."""

    types: dict[str, Any]
    arguments: tuple[str, ...]


def shows(macro: str, *gets: object) -> Fixture:
    """A fixture: the macro, and what it gets."""
    return Fixture(macro, gets)


def public(name: str) -> set[str]:
    """The macros of a component that other templates use."""
    texts = (path.read_text(encoding="utf-8") for path in (THEME / "templates").rglob("*.html"))
    used = [found for text in texts for found in _USED.findall(text)]
    return {macro.strip() for component, macros in used if component == name for macro in macros.split(",")}


def contracts(name: str) -> dict[str, Contract]:
    """The contracts of a component's macros; no types where a macro states none."""
    text = (FOLDER / f"{name}.html").read_text(encoding="utf-8")
    found = {}
    for stated, macro, arguments in _STATED.findall(text):
        names = tuple(each.partition("=")[0].strip() for each in re.split(r",(?![^(]*\))", arguments) if each.strip())
        kinds = dict(re.findall(r"(\w+): ((?:[^,\[]|\[[^\]]*\])+)", stated))
        known = {**_TYPES, "Markup": Markup}
        found[macro] = Contract({key: eval(kind.strip(), known) for key, kind in kinds.items()}, names)
    return found


def fixtures(name: str) -> dict[str, Fixture]:
    """The fixtures of a component.

    Raises:
        ModuleNotFoundError: it has none.
    """
    module = importlib.import_module(f"tests.theme.components.{name.replace('-', '_')}")
    made: dict[str, Fixture] = module.FIXTURES
    return made


def html_of(name: str, fixture: Fixture) -> str:
    """What a component makes of a fixture."""
    module = _RENDERER._environment("en").get_template(f"components/{name}.html").module
    return str(getattr(module, fixture.macro)(*fixture.gets))


def fits(value: object, kind: Any) -> bool:
    """Whether a value is of a type, to the depth of its tuples."""
    origin, choices = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return any(fits(value, choice) for choice in choices)
    if origin is tuple:
        return isinstance(value, tuple) and all(fits(each, choices[0]) for each in value)
    return kind is type(value) if kind in (str, int, bool) else isinstance(value, kind)
