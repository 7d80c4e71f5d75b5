"""What makes a class a view: frozen, keyword-only, tied to one template (design.md, rule 1)."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

Made = TypeVar("Made")

TEMPLATES: dict[str, type] = {}
"""Every view by the name of its template; docs/theme.md is generated from it."""


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def part(cls: type[Made]) -> type[Made]:
    """Makes a class a part of views: frozen, slotted, keyword-only. Its values are plain, so `repr` tells all of it."""
    return dataclass(frozen=True, slots=True, kw_only=True)(cls)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def view(template: str) -> Callable[[type[Made]], type[Made]]:
    """Makes a class the view of one template: all that `theme/templates/<template>` can show."""

    def make(cls: type[Made]) -> type[Made]:
        made = part(cls)
        TEMPLATES[template] = made
        return made

    return make


def template_of(page: object) -> str:
    """The name of the template that shows this view.

    Raises:
        LookupError: the object is no view.
    """
    for name, cls in TEMPLATES.items():
        if type(page) is cls:
            return name
    raise LookupError(type(page).__name__)


def language_of(page: object) -> str:
    """The language of a view: its frame's, or its own where it has no frame."""
    framed: object = getattr(page, "frame", page)
    return str(getattr(framed, "lang"))  # noqa: B009 - every view has one; the type of all views together has no name


def digest_of(page: object) -> str:
    """What tells a view from any other that its template shows otherwise."""
    return hashlib.blake2b(repr(page).encode(), digest_size=20).hexdigest()
