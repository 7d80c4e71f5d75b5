"""The one door to invoke, which loads no more of Python than our tasks use.

Invoke imports `unittest.mock`, and asyncio with it, for contexts that its users' tests make; a reader of YAML for
settings of its own; and all of `email` to look its version up. That is a quarter of a command that finds nothing to
do. What it took from them is there still, once it is asked for (tests/commands/test_invoking.py).
"""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from clinic.salt import locked_versions


class _Later(ModuleType):
    """A module that is loaded when something in it is asked for."""

    def __getattr__(self, name: str) -> Any:
        return getattr(importlib.import_module(self.__name__), name)


def _mock(*given: Any, **named: Any) -> Any:
    from unittest.mock import Mock  # noqa: PLC0415 - that is the point

    return Mock(*given, **named)


@contextmanager
def _standing_in(*modules: ModuleType) -> Iterator[None]:
    """While our door loads invoke, these stand where it looks; anybody else gets the true ones, before and after."""
    put = [module for module in modules if module.__name__ not in sys.modules]
    sys.modules.update({module.__name__: module for module in put})
    try:
        yield
    finally:
        for module in put:
            del sys.modules[module.__name__]


_VERSIONS = ModuleType("importlib.metadata")
_VERSIONS.version = lambda name: locked_versions().get(name, "")  # type: ignore[attr-defined] # what is installed
_MOCKS = ModuleType("unittest.mock")
_MOCKS.Mock = _mock  # type: ignore[attr-defined] # `from unittest.mock import Mock` asks for it at once

with _standing_in(_VERSIONS, _MOCKS, _Later("invoke.vendor.yaml")):
    from invoke.collection import Collection
    from invoke.context import Context
    from invoke.exceptions import Exit, ParseError
    from invoke.program import Program
    from invoke.tasks import task

__all__ = ["Collection", "Context", "Exit", "ParseError", "Program", "task"]
