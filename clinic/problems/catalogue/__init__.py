"""The catalogue of codes: every rule is one module-level `Rule` of a module here, named by what it means."""

import importlib
import pkgutil
from functools import cache

from clinic.problems.problem import Rule


@cache
def all_rules() -> dict[str, Rule]:
    """Every rule by its code, in the order of the codes.

    Raises:
        ValueError: two rules share a code.
    """
    rules: dict[str, Rule] = {}
    for module in pkgutil.iter_modules(__path__):
        members = vars(importlib.import_module(f"{__name__}.{module.name}"))
        for rule in members.values():
            if isinstance(rule, Rule) and rules.setdefault(rule.code, rule) is not rule:
                raise ValueError(f"two rules are called {rule.code}")
    return dict(sorted(rules.items()))
