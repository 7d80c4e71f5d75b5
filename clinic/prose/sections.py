"""What the headings of a page mean, and which sections its kind needs: clinic/lists/headings.toml, read once."""

import functools
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clinic.expressions import expression
from clinic.words import Headings

LIST = Path(__file__).parent.parent / "lists" / "headings.toml"
"""The data: accepted wordings by kind."""


@dataclass(frozen=True, slots=True)
class KnownSection:
    """A section that a kind knows: its canonical key, how much it is needed, and the wordings that mean it.

    `types` limits the need to these types of procedure; empty: all of them. `spoken` has the wordings of other
    languages as people write them, which are among `wordings` too; the first is the one to propose.
    """

    key: str
    need: str
    types: tuple[str, ...]
    wordings: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]
    spoken: Mapping[str, tuple[str, ...]]


@functools.cache
def _listed() -> dict[str, Any]:
    """The list as it stands in its file."""
    return tomllib.loads(LIST.read_text(encoding="utf-8"))


def _order() -> dict[str, list[str]]:
    """The keys of each kind in the order in which patients read them."""
    order: dict[str, list[str]] = _listed()["order"]
    return order


@functools.cache
def known_sections() -> dict[str, tuple[KnownSection, ...]]:
    """The sections of each kind, in the order in which their patterns are tried.

    Raises:
        OSError: the list that comes with the generator is missing.
        ValueError: it cannot be read.
    """
    found: dict[str, tuple[KnownSection, ...]] = {}
    for kind, entries in _listed().items():
        if isinstance(entries, list):
            found[kind] = tuple(
                KnownSection(
                    key=entry["key"],
                    need=entry["need"],
                    types=tuple(entry.get("types", ())),
                    wordings=frozenset(
                        [*entry["wordings"], *(normal(each) for said in entry.get("in", {}).values() for each in said)]
                    ),
                    patterns=tuple(expression(pattern) for pattern in entry["patterns"]),
                    spoken={lang: tuple(said) for lang, said in entry.get("in", {}).items()},
                )
                for entry in entries
            )
    return found


def normal(heading: str) -> str:
    """A heading as the list writes it: lower case, plain apostrophes, no other punctuation, one space between words."""
    text = unicodedata.normalize("NFKC", heading).lower().replace("\u2019", "'").replace("&", " and ")
    return " ".join(re.sub(r"[^\w' ]+", " ", text).split())


def proposed(kind: str, key: str, lang: str) -> str:
    """The heading in a language with which a section of a kind may begin; empty where the list has none."""
    language = lang.partition("-")[0].lower()
    sections = (section for section in known_sections().get(kind, ()) if section.key == key)
    return next((section.spoken[language][0] for section in sections if section.spoken.get(language)), "")


def card_title(card: str, lang: str) -> str:
    """The title that is proposed for a care card in a language; the English one where the list has none in it.

    Raises:
        KeyError: no page needs such a card.
    """
    titles: dict[str, str] = _listed()["cards"][card]
    return titles.get(lang.partition("-")[0].lower()) or titles["en"]


def meanings_added(headings: Headings, kind: str) -> dict[str, str]:
    """What a clinic's own headings mean on a page of that kind: the section's key by the heading, normal."""
    groups = {"condition": headings.condition, "procedure": headings.procedure}.get(kind, {})
    return {normal(heading): key for key, wordings in groups.items() for heading in wordings}


def meaning_of(kind: str, heading: str, added: Mapping[str, str] | None = None) -> str | None:
    """The canonical key of the section that a heading opens on a page of that kind, or None where it is not known.

    `added` is what a clinic's own headings mean (`meanings_added`); it comes first.
    """
    words = normal(heading)
    if added and words in added:
        return added[words]
    sections = known_sections().get(kind, ())
    for section in sections:
        if words in section.wordings:
            return section.key
    for section in sections:
        if any(pattern.fullmatch(words) for pattern in section.patterns):
            return section.key
    return None


def required(kind: str, procedure_type: str | None = None) -> tuple[str, ...]:
    """The keys of the sections that a page must have; a procedure's type settles who-should-not."""
    return _needed(kind, "required", procedure_type)


def recommended(kind: str, procedure_type: str | None = None, title: str = "") -> tuple[str, ...]:
    """The keys of the sections that a page should have; fewer for a procedure that is a test by its type or title."""
    words, left_out = _tests()
    test = kind == "procedure" and (procedure_type == "imaging" or bool(words & set(title.lower().split())))
    return tuple(key for key in _needed(kind, "recommended", procedure_type) if not (test and key in left_out))


@functools.cache
def _tests() -> tuple[frozenset[str], frozenset[str]]:
    """The words of a title that make a procedure a test, and the sections that nobody asks of one."""
    found = _listed()["tests"]
    return frozenset(found["words"]), frozenset(found["leave_out"])


def _needed(kind: str, need: str, procedure_type: str | None) -> tuple[str, ...]:
    keys = {
        section.key
        for section in known_sections().get(kind, ())
        if section.need == need and (not section.types or procedure_type in section.types)
    }
    return tuple(key for key in _order().get(kind, []) if key in keys)
