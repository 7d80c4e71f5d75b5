"""DUP010: titles that patients could take for one another."""

import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from clinic.library.document import Document
from clinic.library.library import Item, Library
from clinic.library.states import State
from clinic.model.kinds import Kind
from clinic.problems import Problem
from clinic.problems.catalogue.sameness import NEARLY_SAME_TITLE

LIST = Path(__file__).parent.parent / "lists" / "titles.toml"
"""The words that decide: which tell two titles apart, which do not matter."""


_WORD = re.compile(r"[^\W_]+")
_NO_LETTERS = re.compile(r"['\u2019]s?\b|[\u0300-\u036f]")
"""What is left out of a word: an apostrophe with what it joins, and the accents of letters."""


@dataclass(frozen=True, slots=True)
class Words:
    """The list, read."""

    tell_apart: frozenset[str]
    no_matter: frozenset[str]
    adds_little: frozenset[str]
    one_thing: Mapping[str, str]


@functools.cache
def words() -> Words:
    """The words of clinic/lists/titles.toml.

    Raises:
        OSError: the list that comes with the generator is missing.
        ValueError: it cannot be read.
    """
    found = tomllib.loads(LIST.read_text(encoding="utf-8"))
    return Words(
        tell_apart=frozenset(found["tell_apart"]),
        no_matter=frozenset(found["no_matter"]),
        adds_little=frozenset(found["adds_little"]),
        one_thing=found["one_thing"],
    )


def check(library: Library) -> Iterator[Problem]:
    """The problems of this family."""
    items = library.each(item for _, item in sorted(library.items.items()))
    titled = [(words_of(item.document.title), item) for item in items if _counts(item)]
    groups: dict[str, dict[tuple[str, ...], list[int]]] = {}
    for number, (title, item) in enumerate(titled):
        language = (item.document.header.lang if item.document.header else None) or library.clinic.language
        own = groups.setdefault(language, {})
        for key in _keys(title):
            if key in own:
                own[key].append(number)
            else:
                own[key] = [number]
    told: set[tuple[int, int]] = set()
    for group in library.each(group for own in groups.values() for group in own.values() if len(group) > 1):
        for one, other in combinations(group, 2):
            if (one, other) in told or one == other:
                continue
            told.add((one, other))
            if _same(titled[one][0], titled[other][0]):
                yield _problem(titled[one][1].document, titled[other][1].document)


def _counts(item: Item) -> bool:
    """Whether a title stands in lists beside others. Of clinicians, whose names may be alike, it is no mistake."""
    return (
        item.kind is not Kind.CLINICIAN
        and item.document.header is not None
        and item.state in {State.LIVE, State.UPCOMING}
    )


def _problem(one: Document, other: Document) -> Problem:
    first, second = sorted((one, other), key=lambda document: document.path)
    return NEARLY_SAME_TITLE(second.path, second.at("title"), title=second.title, other=first.title, file=first.path)


def same_title(one: str, other: str) -> bool:
    """Whether two titles are nearly the same."""
    here, there = words_of(one), words_of(other)
    return bool(_keys(here) & _keys(there)) and _same(here, there)


@functools.lru_cache(maxsize=50_000)
def words_of(title: str) -> tuple[str, ...]:
    """The words of a title that tell what it is about: plain letters, singular, in order of the alphabet."""
    plain, listed = title.casefold(), words()
    if not plain.isascii() or "'" in plain:
        plain = _NO_LETTERS.sub("", unicodedata.normalize("NFKD", plain))
    found = (word for word in _WORD.findall(plain) if word not in listed.no_matter)
    return tuple(sorted(listed.one_thing.get(word) or _singular(word) for word in found))


def _singular(word: str) -> str:
    return word[:-1] if word[-1] == "s" and len(word) > 3 and word[-2] not in "sui" else word


@functools.lru_cache(maxsize=50_000)
def _keys(title: tuple[str, ...]) -> set[tuple[str, ...]]:
    """What two titles that may be nearly the same have in common, and few others: thousands may share most words."""
    keys, little = {title}, words().adds_little
    for number, word in enumerate(title):
        slips = _may_slip(word)
        if not slips and word not in little:
            continue
        rest = title[:number] + title[number + 1 :]
        if word in little and rest:
            keys.add(rest)
        if slips:
            keys.add((*rest, f"{word[:2]}…"))
    return keys


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if one == other:
        return bool(one)
    here, there = list(one), list(other)
    for word in one:
        if word in there:
            here.remove(word)
            there.remove(word)
    if len(here) + len(there) == 1:
        return (here + there)[0] in words().adds_little and min(len(one), len(other)) > 1
    return len(here) == len(there) == 1 and _slip(here[0], there[0])


def _may_slip(word: str) -> bool:
    """Whether a word is long and common enough that another like it is more likely a slip than another word."""
    return len(word) >= 4 and word.isalpha() and word not in words().tell_apart


def _slip(one: str, other: str) -> bool:
    """Whether two words differ by one slip of the finger: a letter wrong, missing, too much, or two exchanged."""
    if not (_may_slip(one) and _may_slip(other)) or len(one + other) < 9 or one[:2] != other[:2]:
        return False
    start = next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other))
    )
    here, there = one[start:], other[start:]
    exchanged = here[:2] == there[1::-1] and here[2:] == there[2:] and len(here) > 1
    return exchanged or here[1:] == there[1:] or here[1:] == there or here == there[1:]
