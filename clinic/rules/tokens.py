"""What rules of language share: the words of a text, its sentences, and a quick way to find many phrases at once."""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(r"\{\{[^{}]*\}\}|#?[^\W_]+(?:['\u2019][^\W\d_]+)*%?")
_WORD = re.compile(r"[^\W_]+(?:'[^\W\d_]+)*")
_JOINS = re.compile(r"[\s\-\u2010\u2011]+")
_SHORTENED = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|St|Ste|Ave|Blvd|Rd|vs|etc|approx|Jr|Sr|Inc|Dept|Fig|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|"
    r"Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)|\b(?:[A-Za-z]\.)+[A-Z]|\b(?:e\.g|i\.e|a\.k\.a|[ap]\.m|M\.D|D\.O))$"
)
_END = re.compile(r"[.!?\u2026]+[\"'\u201d\u2019)\]*]*(?=\s|$)")
_HALF_DAY = re.compile(r"\b[ap]\.m$", re.IGNORECASE)
_STARTS = re.compile(r"\s+[\"'\u201c\u2018(\[]*(?:[A-Z]|\{\{)")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text in small letters, and where it stands. Parts of a word with hyphens are words of their own."""

    word: str
    start: int
    end: int


def words_of(text: str) -> frozenset[str]:
    """The words of a line, as a set to look words up in."""
    return frozenset(text.split())


@functools.lru_cache(maxsize=1024)
def bag(text: str) -> frozenset[str]:
    """The words of a text without their places: to see quickly that nothing which is looked for can stand in it."""
    return frozenset(_WORD.findall(text.lower().replace("\u2019", "'")))


def tokens(text: str) -> list[Token]:
    """The words of a text; a fact of the clinic, `{{ phone.main }}`, is one, written "{{}}"."""
    found = []
    for one in _TOKEN.finditer(text):
        word = one[0]
        said = "{{}}" if word[0] == "{" else word.lower().replace("\u2019", "'")
        found.append(Token(said, one.start(), one.end()))
    return found


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text begin and end. The dot of "Dr.", "a.m." or "3.15" ends none."""
    start = 0
    for end in _END.finditer(text):
        if end[0][0] == "." and len(end[0].rstrip("\"'\u201d\u2019)]*")) == 1:
            before = text[max(start, end.start() - 12) : end.start()]
            shortened = _SHORTENED.search(before)
            if shortened and not (_HALF_DAY.search(before) and _STARTS.match(text, end.end())):
                continue
        if text[start : end.end()].strip():
            yield start + _indent(text, start), end.end()
        start = end.end()
    if text[start:].strip():
        yield start + _indent(text, start), len(text.rstrip())


def _indent(text: str, start: int) -> int:
    return len(text) - start - len(text[start:].lstrip())


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in a text: the entry that it is, and where it stands."""

    phrase: str
    start: int
    end: int
    first: int
    """The number of its first word among the tokens of the text."""
    last: int


class Phrases:
    """Many words and phrases, to be found in one walk over the words of a text; of those at one place the longest."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        """Takes each phrase with the forms in which it is written: capitals don't count, a hyphen is a space."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, forms in phrases.items():
            for form in forms:
                words = tuple(token.word for token in tokens(form))
                if words:
                    self._by_first.setdefault(words[0], []).append((words, phrase))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def may_stand(self, words: frozenset[str]) -> bool:
        """Whether a text with these words (`bag`) can hold a phrase."""
        return any(
            words.issuperset(entry) for word in words & self._by_first.keys() for entry, _ in self._by_first[word]
        )

    def within(self, text: str, said: Sequence[Token]) -> Iterator[Found]:
        """The phrases in a text whose words are `said`."""
        number = 0
        while number < len(said):
            length = 1
            for words, phrase in self._by_first.get(said[number].word, ()):
                if self._stands(text, said, number, words):
                    last = number + len(words) - 1
                    yield Found(phrase, said[number].start, said[last].end, number, last)
                    length = len(words)
                    break
            number += length

    @staticmethod
    def _stands(text: str, said: Sequence[Token], number: int, words: tuple[str, ...]) -> bool:
        if number + len(words) > len(said):
            return False
        return all(
            said[number + step].word == word
            and (step == 0 or _JOINS.fullmatch(text, said[number + step - 1].end, said[number + step].start))
            for step, word in enumerate(words)
        )


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
