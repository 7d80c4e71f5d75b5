"""LNG001 and LNG002: how many years of school a section takes to read, and sentences that are too long.

The grade is that of Flesch and Kincaid (1975): 0.39 words a sentence + 11.8 syllables a word - 15.59. Each item of a
list and each cell of a table ends a sentence. Names don't count: see `names_of`.
"""

import bisect
import dataclasses
import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from clinic.library.document import Document
from clinic.library.library import Library, Material
from clinic.model.kinds import Clinical
from clinic.problems import Problem, Severity
from clinic.problems.catalogue.language import HARD_SECTION, LONG_SENTENCE
from clinic.rules.kept import kept, lasting
from clinic.rules.passages import Pages, Stretch, english, judged, pages_of
from clinic.rules.syllables import syllables
from clinic.rules.tokens import blanks_between, sentences, tokens, words_in
from clinic.words import Reading

LONGEST = 25
"""Words of a sentence, above which it is too long (editors.md)."""

VERY_LONG = 35
"""Words above which a sentence is a warning however many others the page has."""

HARD = 8
VERY_HARD = 10
"""Grades above which a section is a warning, and one that names the sentences that cost most."""

FEWEST = 60
"""Words below which a section is not scored: one long name would decide."""

_WORST = 3
_HIGHEST = 16
"""Years of school above which a number says no more."""

_ASIDE = re.compile(r"\([^()]*\)")
"""What stands in brackets explains a word or names a brand: it is not held against the sentence around it."""

_APART = re.compile("[-\u2010\u2011{]")
_NOT_PLAIN = re.compile("[-\u2010\u2011{(;]")
_SEMICOLON = re.compile(r";\s+")


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """What a grade needs to know: how many syllables a word has, and the names that don't count.

    `measure_of` gives the same one for the same list and names.
    """

    heard: Callable[[str], int]
    names: frozenset[str]


class Sentence(NamedTuple):
    """A sentence that counts: its words and their syllables, and where it stands."""

    words: int
    syllables: int
    stretch: Stretch
    start: int
    end: int


class Sum(NamedTuple):
    """Sentences as their grade sees them: how many there are, their words and the syllables of these."""

    sentences: int
    words: int
    syllables: int

    @classmethod
    def of(cls, counted: Iterable[Sentence]) -> "Sum":
        """Those of some sentences."""
        every = list(counted)
        return cls(len(every), sum(each.words for each in every), sum(each.syllables for each in every))

    def and_with(self, other: "Sum") -> "Sum":
        """Those of both."""
        return Sum(self.sentences + other.sentences, self.words + other.words, self.syllables + other.syllables)

    @property
    def grade(self) -> float:
        """The years of school that these sentences take; 0 where there are none."""
        if not self.words:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59


@functools.lru_cache(maxsize=8)
def exceptions_of(reading: Reading) -> Mapping[str, int]:
    """The syllables of the words that the list counts."""
    return {word: int(count) for count, words in reading.syllables.items() for word in words}


@functools.lru_cache(maxsize=8)
def heard_of(reading: Reading) -> Callable[[str], int]:
    """Says how many syllables a word has, by the list and by rule, and remembers it."""
    return functools.lru_cache(maxsize=50_000)(functools.partial(syllables, exceptions=exceptions_of(reading)))


@functools.lru_cache(maxsize=8)
def measure_of(reading: Reading, names: frozenset[str]) -> Measure:
    """What a grade needs to know, made once."""
    return Measure(heard_of(reading), names)


_LONG = 2
"""Syllables up to which a word is held against nobody, so that it need be no name."""


@lasting
def names_of(content: Material) -> frozenset[str]:
    """Long words that are names here: of the clinic's conditions and procedures, of its glossary, of the list."""
    return names_among(content, (called(document, content.lists.reading) for document in content.documents))


def names_among(content: Material, listed: Iterable[Iterable[str]]) -> frozenset[str]:
    """The same where what documents are `called` is known: one collection of words for each of them."""
    reading, clinic = content.lists.reading, content.clinic
    own = (*reading.uncounted, clinic.name, *(place.name for _, place in clinic.locations))
    return frozenset({*reading.uncounted, *_long(_words_of(own), reading)}.union(*listed))


def called(document: Document, reading: Reading) -> frozenset[str]:
    """The long words of the names that a document gives: its own, and the terms that it defines."""
    return _long(_called(document), reading)


@lasting
def _called(document: Document) -> frozenset[str]:
    own = (document.title, *document.header.also_called) if isinstance(document.header, Clinical) else ()
    return _words_of((*own, *_terms(document)))


def _words_of(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word for name in names for word in words_in(name))


def _long(words: Iterable[str], reading: Reading) -> frozenset[str]:
    heard = heard_of(reading)
    return frozenset(word for word in words if heard(word) > _LONG)


def _terms(document: Document) -> Iterator[str]:
    """The terms that a document defines: each stands on the line before one that begins with a colon."""
    if "\n: " not in document.text:
        return
    lines = document.text.split("\n")
    for number, line in enumerate(lines[1:]):
        if line.startswith(": ") and not lines[number].startswith(": "):
            yield lines[number]


def check(library: Library) -> Iterator[Problem]:
    """The problems of this family."""
    reading = library.lists.reading
    measure = measure_of(reading, names_of(library.material))
    for document in judged(library):
        if english(document, library):
            # Only the names that stand in a document shape what it tells, so a new name asks few documents anew.
            yield from _measured(document, reading, measure.names & next(may_be_names(document, reading)))


@kept
def _measured(document: Document, reading: Reading, names: frozenset[str]) -> Iterator[Problem]:
    yield from of(document, Measure(heard_of(reading), names))


@kept
def may_be_names(document: Document, reading: Reading) -> Iterator[frozenset[str]]:
    """The words of the texts that are judged which can be names: others never count as such, so they are not kept."""
    heard, uncounted = heard_of(reading), frozenset(reading.uncounted)
    said = frozenset().union(*(tokens(one.text).vocabulary for one in pages_of(document).stretches("summary")))
    yield frozenset(word for word in said if word in uncounted or heard(word) > _LONG)


@kept
def of(document: Document, measure: Measure) -> Iterator[Problem]:
    """What one document alone tells."""
    pages = pages_of(document)
    sections = document.body.sections
    begins = [section.span.line for section in sections]
    hard: list[tuple[float, Problem]] = []
    long: list[tuple[float, Problem]] = []
    by_section: dict[int, list[Stretch]] = {}
    sums: dict[int, Sum] = {}
    for stretch in pages.stretches("summary"):
        summed = _plain(stretch, measure)
        if summed is None:
            found = list(_sentences(stretch, measure))
            for sentence, length in found:
                if length > LONGEST:
                    place = pages.place(stretch, sentence.start, sentence.end)
                    long.append((length / VERY_LONG, LONG_SENTENCE(document.path, place, count=length, limit=LONGEST)))
            summed = Sum.of(sentence for sentence, _ in found)
        if stretch.passage is not None and summed.sentences:
            number = bisect.bisect_left(begins, stretch.span.line)
            by_section.setdefault(number, []).append(stretch)
            sums[number] = sums[number].and_with(summed) if number in sums else summed
    for number, whole in sorted(sums.items()):
        grade = round(whole.grade, 1)
        if whole.words >= FEWEST and grade > HARD:
            counted = [sentence for stretch in by_section[number] for sentence, _ in _sentences(stretch, measure)]
            where = f'The section "{sections[number - 1].heading}"' if number else "The text before the first heading"
            span = sections[number - 1].span if number else counted[0].stretch.span
            years = f"about {grade}" if grade <= _HIGHEST else f"more than {_HIGHEST}"
            problem = HARD_SECTION(document.path, span, where=where, grade=years, mend=_mend(pages, counted, grade))
            hard.append((grade / VERY_HARD, problem))
    yield from _judged(hard, long)


def _judged(hard: list[tuple[float, Problem]], long: list[tuple[float, Problem]]) -> Iterator[Problem]:
    """What is far over its limit, and of what is a little over it the worst, as warnings; the others as advice.

    A careful writer has such a sentence here and there. One warning a page says where to begin; ten would be ignored.
    """
    worst = max(hard or long, key=lambda each: each[0], default=None)
    for each in (*hard, *long):
        advice = each is not worst and each[0] <= 1
        yield dataclasses.replace(each[1], severity=Severity.INFO) if advice else each[1]


def _plain(stretch: Stretch, measure: Measure) -> Sum | None:
    """The sum of a stretch's sentences where that is simple, and none may be too long; as `_sentences` has it.

    Most stretches are so: no name in them, and nothing that sets words apart or joins them. Sentences end at white
    space, which no word holds, so their words together are those of the stretch.
    """
    text = stretch.text
    if _NOT_PLAIN.search(text):
        return None
    said = tokens(text)
    if not measure.names.isdisjoint(said.vocabulary):
        return None
    count = 0
    for start, end in sentences(text):
        if len(said) > LONGEST and end - start > 2 * LONGEST and len(words_in(text[start:end])) > LONGEST:
            return None
        count += text[start].isalnum() or bool(words_in(text[start:end]))
    return Sum(count, len(said), sum(map(measure.heard, said.said)))


def _sentences(stretch: Stretch, measure: Measure) -> Iterator[tuple[Sentence, int]]:
    """The sentences of a stretch, each with all its words counted, names too."""
    text = stretch.text
    if "(" in text:
        text = _ASIDE.sub(lambda aside: " " * len(aside[0]), text)
    if _APART.search(text):
        yield from _word_by_word(stretch, text, measure)
        return
    blanked = blanks_between(text.lower())
    for start, end in _parts(text) if ";" in text else sentences(text):
        said = words_in(text[start:end]) if blanked is None else blanked[start:end].split()
        counts = said if measure.names.isdisjoint(said) else [word for word in said if word not in measure.names]
        if counts:
            yield Sentence(len(counts), sum(map(measure.heard, counts)), stretch, start, end), len(said)


def _word_by_word(stretch: Stretch, text: str, measure: Measure) -> Iterator[tuple[Sentence, int]]:
    """The same where hyphens join words, which count as one then, or the marks of sentences stand in facts."""
    said = tokens(text)
    number = 0
    for start, end in _parts(text):
        length = words = counted = 0
        while number < len(said) and said[number].start < end:
            token = said[number]
            number += 1
            joined = length and text[token.start - 1] in "-\u2010\u2011"
            length += 0 if joined else 1
            if token.word not in measure.names:
                words += 0 if joined else 1
                counted += measure.heard(token.word)
        if words:
            yield Sentence(words, counted, stretch, start, end), length


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a text; a semicolon ends one too."""
    for start, end in sentences(text):
        begin = start
        for mark in _SEMICOLON.finditer(text, start, end):
            yield begin, mark.end()
            begin = mark.end()
        yield begin, end


def _mend(pages: Pages, counted: list[Sentence], grade: float) -> str:
    """What to do: shorter sentences and words, beginning with those sentences without which it would be easiest."""
    if grade <= VERY_HARD:
        return "Use shorter sentences and everyday words, as you would say it to a neighbour."
    rest = {number: Sum.of(counted[:number] + counted[number + 1 :]).grade for number in range(len(counted))}
    worst = sorted(sorted(rest, key=lambda number: (rest[number], number))[:_WORST])
    told = []
    for number in worst:
        one = counted[number]
        line = pages.place(one.stretch, one.start, one.end).line
        words = one.stretch.text[one.start : one.end].split()
        told.append(f'line {line}, "{" ".join(words[:4])}…"')
    return f"Begin with the sentences that cost most: {'; '.join(told)}. Make them shorter, with everyday words."
