"""Names of people, as far as a list of given names and a few forms can tell them."""

import functools
import tomllib
from pathlib import Path

from clinic.expressions import expression

LIST = Path(__file__).parent.parent / "lists" / "given-names.toml"
"""Given names, and words that a name is not followed by."""

SURNAME = (
    r"(?:(?:van|von|de|da|del|della|der|la|le|di|St\.) ){0,2}(?:O['’]|Mc|Mac|D['’])?[A-Z][a-zà-ÿ]+(?:-[A-Z][a-zà-ÿ]+)?"  # noqa: RUF001 - Word's apostrophe
)
"""A family name as it is written in English text, as a part of a regular expression."""


@functools.cache
def given_names() -> frozenset[str]:
    """The given names of the list, as they are written.

    Raises:
        OSError: the list that comes with the generator is missing.
        ValueError: it cannot be read.
    """
    return frozenset(tomllib.loads(LIST.read_text(encoding="utf-8"))["given"])


@functools.cache
def no_family_names() -> frozenset[str]:
    """Words in capitals that follow a given name and make something else of it: "Street", "Hospital"."""
    return frozenset(tomllib.loads(LIST.read_text(encoding="utf-8"))["no_family_name"])


_FULL = expression(rf"\b(?P<given>[A-Z][a-zà-ÿ]+)(?: [A-Z]\.?)? (?P<family>{SURNAME}|[A-Z]\.)")
_TURNED = expression(rf"\b(?P<family>{SURNAME}), ?(?P<given>[A-Z][a-zà-ÿ]+)\b")


def full_names(text: str) -> list[tuple[int, int]]:
    """Where people are named in full: "Jane Example", "Jane E.", "Example, Jane"; the start and end of each."""
    found = [
        one.span()
        for pattern in (_FULL, _TURNED)
        for one in pattern.finditer(text)
        if one["given"] in given_names() and one["family"] not in no_family_names()
    ]
    return sorted(found)
