"""What rules of language share: the words of a text, its sentences, and a quick way to find many phrases at once."""

import functools
import operator
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

_TOKEN = re.compile(r"\{\{[^{}]*\}\}|#?[^\W_]+(?:['\u2019][^\W\d_]+)*%?")
_WORD = re.compile(r"[^\W_]+(?:'[^\W\d_]+)*")
_JOINS = re.compile(r"[\s\-\u2010\u2011]+")
_SHORTENED = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|St|Ste|Ave|Blvd|Rd|vs|etc|approx|Jr|Sr|Inc|Dept|Fig|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|"
    r"Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)|\b(?:[A-Za-z]\.)+[A-Z]|\b(?:e\.g|i\.e|a\.k\.a|[ap]\.m|M\.D|D\.O))$"
)
_LONGEST_SHORTENED = 6
"""Letters of the longest of them: "approx"."""

_END = re.compile(r"[.!?\u2026]+[\"'\u201d\u2019)\]*]*(?=\s|$)")
_HALF_DAY = re.compile(r"\b[ap]\.m$", re.IGNORECASE)
_SPAN = operator.methodcaller("span")
_STARTS = re.compile(r"\s+[\"'\u201c\u2018(\[]*(?:[A-Z]|\{\{)")


_LAST = 2048
"""Texts of which it is remembered what was found: those of a few pages, which several rules ask about in turn."""


class Token(NamedTuple):
    """A word of a text in small letters, and where it stands. Parts of a word with hyphens are words of their own."""

    word: str
    start: int
    end: int


class Words(tuple[Token, ...]):  # noqa: SLOT001 - what is found of them once is kept with them
    """The words of a text in their order."""

    @functools.cached_property
    def vocabulary(self) -> frozenset[str]:
        """Each word once."""
        return frozenset(token.word for token in self)


def words_of(text: str) -> frozenset[str]:
    """The words of a line, as a set to look words up in."""
    return frozenset(text.split())


def may_hold(text: str, literals: Iterable[str]) -> bool:
    """Whether one of some literals, in small letters, stands in a text: a quick look before a slow pattern."""
    small = text.lower()
    return any(literal in small for literal in literals)


@functools.lru_cache(maxsize=_LAST)
def bag(text: str) -> frozenset[str]:
    """The words of a text without their places: to see quickly that nothing which is looked for can stand in it."""
    return frozenset(_WORD.findall(text.lower().replace("\u2019", "'")))


@functools.lru_cache(maxsize=_LAST)
def tokens(text: str) -> Words:
    """The words of a text; a fact of the clinic, `{{ phone.main }}`, is one, written "{{}}"."""
    small = text.lower().replace("\u2019", "'")
    if len(small) != len(text):  # few letters are two as small ones, such as the Turkish I with a dot
        found = [(one[0].lower().replace("\u2019", "'"), *one.span()) for one in _TOKEN.finditer(text)]
    else:
        found = [(small[start:end], start, end) for start, end in map(_SPAN, _TOKEN.finditer(text))]
    if "{{" in text:
        found = [("{{}}" if word[0] == "{" else word, start, end) for word, start, end in found]
    return Words(map(Token._make, found))


@functools.lru_cache(maxsize=_LAST)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Where the sentences of a text begin and end. The dot of "Dr.", "a.m." or "3.15" ends none."""
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _END.finditer(text):
        if end[0][0] == "." and len(end[0].rstrip("\"'\u201d\u2019)]*")) == 1:
            before = text[max(start, end.start() - 12) : end.start()]
            last = before[before.rfind(" ") + 1 :]
            # Most are plain words: to see that is quicker than the pattern.
            shortened = None if last.isalpha() and len(last) > _LONGEST_SHORTENED else _SHORTENED.search(before)
            if shortened and not (_HALF_DAY.search(before) and _STARTS.match(text, end.end())):
                continue
        if text[start : end.end()].strip():
            yield start + _indent(text, start), end.end()
        start = end.end()
    if text[start:].strip():
        yield start + _indent(text, start), len(text.rstrip())


def _indent(text: str, start: int) -> int:
    return len(text) - start - len(text[start:].lstrip())


class Found(NamedTuple):
    """A phrase in a text: the entry that it is, and where it stands."""

    phrase: str
    start: int
    end: int
    first: int
    """The number of its first word among the tokens of the text."""
    last: int


_Entry = tuple[tuple[str, ...], str]
"""The words of a form of a phrase, and the phrase."""


class Phrases:
    """Many words and phrases, to be found in one walk over the words of a text; of those at one place the longest."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        """Takes each phrase with the forms in which it is written: capitals don't count, a hyphen is a space."""
        self._alone: dict[str, str] = {}
        self._longer: dict[tuple[str, str], list[_Entry]] = {}
        for phrase, forms in phrases.items():
            for form in forms:
                match tuple(token.word for token in tokens(form)):
                    case ():
                        pass
                    case (word,):
                        self._alone.setdefault(word, phrase)
                    case words:
                        self._longer.setdefault((words[0], words[1]), []).append((words, phrase))
        for entries in self._longer.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        self._seconds: dict[str, set[str]] = {}
        for first, second in self._longer:
            self._seconds.setdefault(first, set()).add(second)
        self._beginnings = self._alone.keys() | self._seconds.keys()

    def may_stand(self, words: frozenset[str]) -> bool:
        """Whether a text with these words can hold a phrase."""
        return not words.isdisjoint(self._alone) or any(
            words.issuperset(entry)
            for first in words & self._seconds.keys()
            for second in words & self._seconds[first]
            for entry, _ in self._longer[first, second]
        )

    def within(self, text: str, said: Words) -> Iterator[Found]:
        """The phrases in a text whose words are `said`."""
        beginnings = self._beginnings & said.vocabulary
        if not beginnings:
            return
        free = 0
        for number, token in enumerate(said):
            if token.word not in beginnings or number < free:
                continue
            found = self._at(text, said, number)
            if found is not None:
                yield found
                free = found.last + 1

    def _at(self, text: str, said: Words, number: int) -> Found | None:
        """The longest phrase that begins with a word."""
        first = said[number]
        if number + 1 < len(said):
            for words, phrase in self._longer.get((first.word, said[number + 1].word), ()):
                last = number + len(words) - 1
                if last < len(said) and all(
                    said[at].word == word and _JOINS.fullmatch(text, said[at - 1].end, said[at].start)
                    for at, word in enumerate(words[1:], number + 1)
                ):
                    return Found(phrase, first.start, said[last].end, number, last)
        alone = self._alone.get(first.word)
        return Found(alone, first.start, first.end, number, number) if alone is not None else None


def forms_of(word: str) -> tuple[str, ...]:
    """A word with its regular endings, as a noun and as a verb; of a phrase only itself."""
    if not word.isalpha():
        return (word,)
    stem = word.removesuffix("e")
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return (word, f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing")
    plural = f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh")) else f"{word}s"
    return (word, plural, f"{stem}ed", f"{stem}ing")


_OPENS = {'"': '"', "\u201c": "\u201d", "\u2018": "\u2019", "\u00ab": "\u00bb"}
_MARKS = re.compile('["\u201c\u201d\u00ab\u00bb]')


def quoted(text: str, start: int, end: int) -> bool:
    """Whether a piece of a text stands between quotation marks."""
    opened = ""
    for mark in _MARKS.finditer(text, 0, start):
        if opened and mark[0] == opened:
            opened = ""
        elif not opened:
            opened = _OPENS.get(mark[0], "")
    return bool(opened) and text.find(opened, end) >= 0
