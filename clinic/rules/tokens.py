"""What rules of language share: the words of a text, its sentences, and a quick way to find many phrases at once."""

import functools
import operator
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, overload

from clinic.expressions import expression

_TOKEN = expression(r"\{\{[^{}]*\}\}|#?[^\W_]+(?:['\u2019][^\W\d_]+)*%?")
_WORD = expression(r"[^\W_]+(?:'[^\W\d_]+)*")
_MARKED = expression("[#%'{]")
"""Signs that can be part of a word of `_TOKEN`, beside letters and digits."""

_BLANKS = {sign: " " for sign in range(128) if not chr(sign).isalnum()}
_JOINS = expression(r"[\s\-\u2010\u2011]+")
_SHORT_WORDS = frozenset(
    {
        *("Dr", "Mr", "Mrs", "Ms", "Prof", "St", "Ste", "Ave", "Blvd", "Rd", "vs", "etc", "approx", "Jr", "Sr", "Inc"),
        *("Dept", "Fig", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec"),
        *("Mon", "Tue", "Tues", "Wed", "Thur", "Thurs", "Fri", "Sat", "Sun"),
    }
)
_SHORTENED = expression(
    rf"\b(?:{'|'.join(sorted(_SHORT_WORDS))}|(?:[A-Za-z]\.)+[A-Z]|e\.g|i\.e|a\.k\.a|[ap]\.m|M\.D|D\.O)$"
)
_END = expression(r"[.!?\u2026]+[\"'\u201d\u2019)\]*]*(?=(\s+)|$)")
"""The end of a sentence, and the white space before the next one."""

_ALONE = expression("[\"'\u201d\u2019)\\]*]*\\Z")
"""What may follow the mark of an end, if it is one mark alone and not "..."."""

_SOLID = expression(r"\S")
_HALF_DAY = expression(r"\b[ap]\.m$", re.IGNORECASE)
_SPAN = operator.methodcaller("span")
_STARTS = expression(r"\s+[\"'\u201c\u2018(\[]*(?:[A-Z]|\{\{)")


_LAST = 2048
"""Texts of which it is remembered what was found: those of a few pages, which several rules ask about in turn."""


class Token(NamedTuple):
    """A word of a text in small letters, and where it stands. Parts of a word with hyphens are words of their own."""

    word: str
    start: int
    end: int


class Words(Sequence[Token]):
    """The words of a text in their order. Where they stand is found only when that is asked for."""

    __slots__ = ("_text", "_tokens", "_vocabulary", "plain", "said")

    def __init__(self, text: str) -> None:
        """Takes the text apart."""
        self._text = text
        blanked = blanks_between(text.lower())
        self.plain = blanked is not None
        """Whether they are of plain letters and digits alone."""
        self.said = words_in(text) if blanked is None else blanked.split()
        """The words alone."""
        self._tokens: tuple[Token, ...] | None = None
        self._vocabulary: frozenset[str] | None = None

    @property
    def vocabulary(self) -> frozenset[str]:
        """Each word once."""
        if self._vocabulary is None:
            self._vocabulary = frozenset(self.said)
        return self._vocabulary

    def __len__(self) -> int:
        """How many there are."""
        return len(self.said)

    @overload
    def __getitem__(self, number: int) -> Token: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[Token, ...]: ...
    def __getitem__(self, number: int | slice) -> Token | tuple[Token, ...]:
        """The word of a number, or several."""
        return self._placed()[number]

    def __iter__(self) -> Iterator[Token]:
        """All of them."""
        return iter(self._placed())

    def _placed(self) -> tuple[Token, ...]:
        if self._tokens is None:
            places = map(_SPAN, _TOKEN.finditer(self._text))
            self._tokens = tuple(Token(word, start, end) for word, (start, end) in zip(self.said, places, strict=True))
        return self._tokens


def words_in(text: str) -> list[str]:
    """The words of a text, in small letters; a fact of the clinic, `{{ phone.main }}`, is one, written "{{}}"."""
    small = text.lower()
    if (blanked := blanks_between(small)) is not None:
        return blanked.split()
    small = small.replace("\u2019", "'")
    if len(small) != len(text):  # few letters are two as small ones, such as the Turkish I with a dot
        found = [each.lower().replace("\u2019", "'") for each in _TOKEN.findall(text)]
    else:
        found = _TOKEN.findall(small)
    return ["{{}}" if word[0] == "{" else word for word in found] if "{{" in text else found


def blanks_between(small: str) -> str | None:
    """A text in small letters with blanks in place of all that is no word; None where that is not so simple."""
    return small.translate(_BLANKS) if small.isascii() and not _MARKED.search(small) else None


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
    return Words(text)


@functools.lru_cache(maxsize=_LAST)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Where the sentences of a text begin and end. The dot of "Dr.", "a.m." or "3.15" ends none."""
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start, begin = 0, _solid(text, 0)
    for found in _END.finditer(text):
        mark, end = found.span()
        if text[mark] == "." and (end == mark + 1 or _ALONE.match(text, mark + 1, end)):
            before = text[max(start, mark - 12) : mark]
            last = before[before.rfind(" ") + 1 :]
            # Most are plain words: to look one up is quicker than the pattern.
            shortened = last in _SHORT_WORDS if last.isalpha() else _SHORTENED.search(before)
            if shortened and not (_HALF_DAY.search(before) and _STARTS.match(text, end)):
                continue
        yield begin, end
        start, begin = end, found.end(1)
    if text[start:].strip():
        yield begin, len(text.rstrip())


def _solid(text: str, start: int) -> int:
    """Where the first sign stands that is no white space; the end where there is none."""
    found = _SOLID.search(text, start)
    return found.start() if found else len(text)


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
                match words_in(form):
                    case []:
                        pass
                    case [word]:
                        self._alone.setdefault(word, phrase)
                    case words:
                        self._longer.setdefault((words[0], words[1]), []).append((tuple(words), phrase))
        for entries in self._longer.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        self._index()

    def _index(self) -> None:
        self._seconds: dict[str, set[str]] = {}
        for first, second in self._longer:
            self._seconds.setdefault(first, set()).add(second)
        self._beginnings = self._alone.keys() | self._seconds.keys()

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._beginnings)

    def among(self, words: frozenset[str]) -> "Phrases":
        """Those of them that can stand in a text with these words: mostly none, or very few."""
        longer: dict[tuple[str, str], list[_Entry]] = {}
        for first in words & self._seconds.keys():
            for second in words & self._seconds[first]:
                entries = [entry for entry in self._longer[first, second] if words.issuperset(entry[0])]
                if entries:
                    longer[first, second] = entries
        return _Some({word: self._alone[word] for word in words & self._alone.keys()}, longer)

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
        if said.vocabulary.isdisjoint(self._beginnings):
            return
        free = 0
        for number, word in enumerate(said.said):
            if word not in self._beginnings or number < free:
                continue
            found = self._at(text, said, number)
            if found is not None:
                yield found
                free = found.last + 1

    def _at(self, text: str, said: Words, number: int) -> Found | None:
        """The longest phrase that begins with a word."""
        first = said.said[number]
        if first in self._seconds and number + 1 < len(said):
            for words, phrase in self._longer.get((first, said.said[number + 1]), ()):
                last = number + len(words) - 1
                if last < len(said) and all(
                    said.said[at] == word and _JOINS.fullmatch(text, said[at - 1].end, said[at].start)
                    for at, word in enumerate(words[1:], number + 1)
                ):
                    return Found(phrase, said[number].start, said[last].end, number, last)
        alone = self._alone.get(first)
        return Found(alone, said[number].start, said[number].end, number, number) if alone is not None else None


class _Some(Phrases):
    """Some of the phrases of another."""

    def __init__(self, alone: dict[str, str], longer: dict[tuple[str, str], list[_Entry]]) -> None:
        self._alone, self._longer = alone, longer
        self._index()


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
_MARKS = expression('["\u201c\u201d\u00ab\u00bb]')


def quoted(text: str, start: int, end: int) -> bool:
    """Whether a piece of a text stands between quotation marks."""
    opened = ""
    for mark in _MARKS.finditer(text, 0, start):
        if opened and mark[0] == opened:
            opened = ""
        elif not opened:
            opened = _OPENS.get(mark[0], "")
    return bool(opened) and text.find(opened, end) >= 0
