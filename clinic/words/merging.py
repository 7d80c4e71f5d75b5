"""The lists that come with the generator, and what a clinic adds to them: one object with all words.

A file of content/lists has the name and the keys of one of clinic/lists. Its words are added; where both say something
of the same word, the clinic's own is used. What can't be used is told of and left out, and all the rest goes on.
"""

import functools
import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from clinic.problems import NOWHERE, Problem, nearest
from clinic.problems.catalogue import lists as rules
from clinic.words.lists import BUILTIN, Key, Lists, class_of, keys_of, names
from clinic.words.reading import Entry, Word, read_entries

FOLDER = "lists"
"""Where in the content folder a clinic's own lists are."""

_FORMS = {
    "words": ("a list of words", '{key} = ["one", "another"]'),
    "pairs": ("a table of words, each with another beside it", '[{key}] and on the next line "one" = "another"'),
    "groups": ("a table of names, each with a list of words", '[{key}] and on the next line name = ["one", "another"]'),
}
_Values = dict[str, dict[str, Any]]
"""Of a list, by key: a dict of words for lists (as an ordered set), of words by name for tables."""


@functools.cache
def builtin_lists() -> Lists:
    """The lists as they come with the generator.

    Raises:
        OSError: one of them is missing.
        ValueError: one of them can't be read.
    """
    lists, problems = merged(())
    if problems:
        raise ValueError(problems[0].message)
    return lists


@functools.lru_cache(maxsize=8)
def merged(added: tuple[tuple[str, str], ...]) -> tuple[Lists, tuple[Problem, ...]]:
    """All lists with what a clinic adds, and what is wrong with that.

    Args:
        added: the path in the content folder and the text of each of the clinic's files, in order of the paths.

    Raises:
        OSError: a list that comes with the generator is missing.
        ValueError: it can't be read.
    """
    problems: list[Problem] = []
    values: dict[str, _Values] = {name: {} for name in names()}
    for name in names():
        if name == "headings":  # sections with their patterns have a form of their own: clinic.prose.sections
            continue
        values[name] = builtin(name)
    for path, text in added:
        name = path.removeprefix(f"{FOLDER}/").removesuffix(".toml")
        if name in names():
            problems += _take(values[name], name, path, text)
        else:
            close = nearest(name, names())
            advice = f"Did you mean {close}.toml?" if close else "Give it the name of the list that it adds to."
            problems.append(rules.UNKNOWN_LIST(path, NOWHERE, name=name, advice=advice, known=", ".join(names())))
    digest = hashlib.blake2b(repr(added).encode(), digest_size=16).hexdigest()
    made = {name.replace("-", "_"): _made(name, values[name]) for name in names()}
    return Lists(**made, digest=digest), tuple(problems)


def builtin(name: str) -> _Values:
    """The values of a list that comes with the generator.

    These are read without the places of their words, five times as fast; a test reads them as a clinic's are read.

    Raises:
        OSError: it is missing.
        ValueError: it can't be read.
    """
    read = tomllib.loads((BUILTIN / f"{name}.toml").read_text(encoding="utf-8"))
    return {key: _valued(read[key], how) for key, how in keys_of(name).items() if key in read}


def _valued(value: Any, how: Key) -> dict[str, Any]:
    match how.form:
        case "words":
            return dict.fromkeys(value)
        case "groups":
            return {one: dict.fromkeys(words) for one, words in value.items()}
        case _:
            return dict(value)


def _made(name: str, values: _Values) -> Any:
    """The record of a list."""
    fields: dict[str, object] = {}
    for key, how in keys_of(name).items():
        if key not in values:
            continue
        found = values[key]
        if how.form == "words":
            fields[key.replace("-", "_")] = tuple(found)
        else:
            plain = {one: tuple(words) for one, words in found.items()} if how.form == "groups" else found
            fields[key.replace("-", "_")] = MappingProxyType(plain)
    return class_of(name)(**fields)


def _take(values: _Values, name: str, path: str, text: str) -> Iterator[Problem]:
    """Adds what a file says to the values of its list; gives what can't be used."""
    read = read_entries(path, text)
    if isinstance(read, Problem):
        yield read
        return
    entries, tables = read
    keys = keys_of(name)
    for table in tables:
        how = keys.get(table.text)
        if how is None:
            yield _unknown(path, table, keys)
        elif how.form == "words":
            yield _wrong(path, table.text, table, how)
    for entry in entries:
        key = entry.table or entry.key.text
        if key in keys:
            yield from _take_entry(values.setdefault(key, {}), path, entry, keys[key])
        elif not entry.table:
            yield _unknown(path, entry.key, keys)


def _take_entry(values: dict[str, Any], path: str, entry: Entry, how: Key) -> Iterator[Problem]:
    """Adds one entry to the values of its key, if it fits there."""
    if not _fits(entry, how):
        if not (entry.table and how.form == "words"):  # else the whole table is told of
            yield _wrong(path, entry.table or entry.key.text, entry.key, how)
    elif how.names and entry.key.text not in how.names:
        yield _unknown(path, entry.key, how.names)
    elif isinstance(entry.value, Word):
        values[entry.key.text] = entry.value.text
    elif entry.table:
        values[entry.key.text] = dict.fromkeys([*values.get(entry.key.text, ()), *(each.text for each in entry.value)])
    else:
        values.update(dict.fromkeys(each.text for each in entry.value))


def _fits(entry: Entry, how: Key) -> bool:
    several = isinstance(entry.value, tuple)
    if how.form == "words":
        return several and not entry.table
    return bool(entry.table) and several == (how.form == "groups")


def _unknown(path: str, word: Word, known: Mapping[str, object] | tuple[str, ...]) -> Problem:
    close = nearest(word.text, known)
    advice = f"Did you mean {close}?" if close else "Look for a slip of the finger."
    return rules.UNKNOWN_KEY(path, word.span, key=word.text, advice=advice, known=", ".join(known))


def _wrong(path: str, key: str, word: Word, how: Key) -> Problem:
    form, example = _FORMS[how.form]
    return rules.WRONG_FORM(path, word.span, key=key, form=form, example=example.format(key=key))
