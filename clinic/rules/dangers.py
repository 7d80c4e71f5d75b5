"""MED001 to MED003: signs of danger that no card names or that are called normal; crises without a number to call."""

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clinic.expressions import expression
from clinic.library.document import Document
from clinic.problems import Problem
from clinic.problems.catalogue.medical import CALLED_NORMAL, CRISIS, RED_FLAG
from clinic.prose.body import CardKind
from clinic.rules.kept import kept
from clinic.rules.passages import Pages, Stretch, pages_of
from clinic.rules.patterns import Match, Patterns
from clinic.rules.tokens import Phrases, Words, quoted, sentences, tokens, words_of
from clinic.words import RedFlags

_SAFE = frozenset({CardKind.EMERGENCY, CardKind.URGENT})
_NO = words_of(
    "no not never without neither nor nobody none rarely isn't aren't doesn't don't didn't won't wasn't hasn't haven't"
)
_TURNS = words_of("if when unless until once but however")
"""Between a "not" and a sign they make it a sign again: "do not wait if you …"."""

_PAST = expression(
    r"\b(?:ever|history of|previous(?:ly)?|past|once|years? ago|have had|has had|had (?:a|an))\b[^.!?]{0,30}$",
    re.IGNORECASE,
)
_FOR = words_of("for treat treats treating treated prevent prevents preventing against stop stops lower lowers anti")
_NOT_A_FIT = words_of("medicine medicines medication medications drug drugs disorder disorders pill pills alert")
_OTHER_WITHDRAWAL = expression(
    r"\b(?:consent|permission|form|request|money|cash|bank|account|statement|authorization|needle|study|trial|agreement|"
    r"blood)\b",
    re.IGNORECASE,
)
_WITHDRAWN = expression(
    r"\b(?:medicine|medication|drug|opioid|alcohol|pill|dose|patch|stop|quit|taper|symptom|sign|go(?:es|ing)? into|in|"
    r"cause|baclofen|pump|sweat|craving|cramp|shak|cold turkey|die|danger|clos|refill)",
    re.IGNORECASE,
)
_NUMBER = {"911": expression(r"(?<!\d)911(?!\d)"), "988": expression(r"(?<!\d)988(?!\d)")}
_SAY = {
    "911": "Call 911.",
    "988": "Call or text 988 at any hour. Call 911 if you are in danger right now.",
}
_NEEDED = {"overdose": "911", "withdrawal": "911", "suicide": "988"}
_QUIETLY = frozenset({"who-should-not"})
"""Sections that ask what somebody has or had before treatment."""

_HOW_LONG = expression(
    r"\b(?:for|within|after|up to|about|until|than)\b[^.]{0,25}\b(?:minutes?|hours?|days?|night|morning|evening)\b"
)


@dataclass(frozen=True, slots=True)
class _Looked:
    signs: Patterns
    cards: Patterns
    crisis: Patterns
    crisis_cards: Patterns
    calming: Phrases


@functools.lru_cache(maxsize=8)
def _looked(flags: RedFlags) -> _Looked:
    return _Looked(
        Patterns(flags.signs),
        Patterns(flags.cards),
        Patterns(flags.crisis),
        Patterns(flags.crisis_cards),
        Phrases({word: (word,) for word in flags.calming}),
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """A stretch with its words and the ends of its sentences; `number` is its place among the passages."""

    stretch: Stretch
    words: Words
    number: int
    quiet: bool
    """Whether it asks what somebody has or had, or explains a word."""
    signs: bool
    """Whether its words make it possible that a sign of danger stands in it."""
    crises: bool
    """The same of a crisis."""

    @property
    def text(self) -> str:
        return self.stretch.text

    @property
    def safe(self) -> bool:
        """Whether it stands in a card that says when to get help."""
        return self.stretch.passage is not None and self.stretch.passage.card in _SAFE

    @property
    def within(self) -> str | None:
        return self.stretch.passage.within if self.stretch.passage is not None else None


@kept
def of(document: Document, flags: RedFlags) -> Iterator[Problem]:
    """What one document alone tells."""
    looked = _looked(flags)
    pages = pages_of(document)
    looked = _Looked(
        looked.signs.among(pages.vocabulary),
        looked.cards.among(pages.vocabulary),
        looked.crisis.among(pages.vocabulary),
        looked.crisis_cards,
        looked.calming,
    )
    if not (looked.signs or looked.crisis):
        return
    read = [_read(pages, each, number, looked) for number, each in enumerate(pages.stretches("summary", "fasting"))]
    if any(one.signs for one in read):
        yield from _signs(pages, read, looked)
    if any(one.crises for one in read):
        links = {link.text for link in document.body.links if link.text}
        yield from _crises(pages, read, looked, links)


def _read(pages: Pages, stretch: Stretch, number: int, looked: _Looked) -> _Read:
    said = tokens(stretch.text)
    words = said.vocabulary
    signs, crises = looked.signs.may_stand(words), looked.crisis.may_stand(words)
    return _Read(stretch, said, number, (signs or crises) and _quiet(pages, stretch), signs, crises)


def _quiet(pages: Pages, stretch: Stretch) -> bool:
    if stretch.passage is None:
        return False
    return stretch.passage.within in _QUIETLY or pages.line(stretch.span.line).lstrip().startswith(":")


def _signs(pages: Pages, read: Sequence[_Read], looked: _Looked) -> Iterator[Problem]:
    named = {
        found.group
        for one in read
        if one.safe
        for patterns in (looked.signs, looked.cards)
        for found in patterns.within(one.text, one.words)
    }
    for one in read:
        if one.safe or one.quiet or not one.signs:
            continue
        for found in looked.signs.within(one.text, one.words):
            if not _meant(one, found):
                continue
            if found.group not in named:
                words = one.text[found.start : found.end]
                yield RED_FLAG(pages.document.path, pages.place(one.stretch, found.start, found.end), words=words)
            if calm := _called_normal(one, found, looked, known=found.group in named):
                place = pages.place(one.stretch, *calm)
                yield CALLED_NORMAL(pages.document.path, place, words=one.text[calm[0] : calm[1]])


def _meant(one: _Read, found: Match) -> bool:
    """Whether a sign is said of the reader: not denied, asked, past, quoted, or what a medicine is for."""
    start, end = _sentence(one.text, found.start)
    if one.text[start:end].rstrip().endswith("?"):
        return False
    before = [token.word for token in one.words[: found.first] if token.start >= start][-8:]
    for step, word in enumerate(before):
        if word in _NO and not _TURNS & set(before[step:]):
            return False
    if _FOR & set(before[-2:]) or _PAST.search(one.text[start : found.start]):
        return False
    following = one.words[found.last + 1].word if found.last + 1 < len(one.words) else ""
    if found.group == "seizure" and following in _NOT_A_FIT:
        return False
    return not quoted(one.text, found.start, found.end)


def _sentence(text: str, at: int) -> tuple[int, int]:
    return next(((start, end) for start, end in sentences(text) if start <= at < end), (0, len(text)))


def _called_normal(one: _Read, found: Match, looked: _Looked, *, known: bool) -> tuple[int, int] | None:
    """Where this sentence or the next calls the sign normal; where a card names it, it may say so with a time."""
    start, end = _sentence(one.text, found.start)
    end = next((after for begin, after in sentences(one.text) if begin >= end), end)
    if known and _HOW_LONG.search(one.text[start:end]):
        return None
    for calm in looked.calming.within(one.text, one.words):
        if start <= calm.start < end and calm.start >= found.start - 40:
            before = {token.word for token in one.words[max(0, calm.first - 3) : calm.first]}
            if not _NO & before:
                return calm.start, calm.end
    return None


def _crises(pages: Pages, read: Sequence[_Read], looked: _Looked, links: set[str]) -> Iterator[Problem]:
    found_in = [list(looked.crisis.within(one.text, one.words)) if one.crises else [] for one in read]
    covered = _covered(read, looked)
    told: set[tuple[str, str | None]] = set()
    for one, crises in zip(read, found_in, strict=True):
        for found in crises:
            number = _NEEDED[found.group]
            key = (found.group, one.within)
            if found.group in covered or key in told or one.quiet or _near(read, one, number):
                continue
            words = one.text[found.start : found.end]
            if not _is_crisis(one, found) or any(words in link for link in links):
                continue
            told.add(key)
            yield CRISIS(
                pages.document.path,
                pages.place(one.stretch, found.start, found.end),
                words=words,
                numbers="988, which is called in a crisis" if number == "988" else "911",
                say=_SAY[number],
            )


def _covered(read: Sequence[_Read], looked: _Looked) -> set[str]:
    """The crises that a card names which says when to get help; 988 must stand in it for thoughts of suicide."""
    covered: set[str] = set()
    for one in read:
        if one.safe:
            found = {each.group for each in looked.crisis_cards.within(one.text, one.words)}
            covered |= {group for group in found if group != "suicide" or _near(read, one, "988", card=True)}
    return covered


def _near(read: Sequence[_Read], one: _Read, number: str, *, card: bool = False) -> bool:
    """Whether the number stands in the same paragraph or card, or in the one before or after in the same section."""
    pattern = _NUMBER[number]
    if pattern.search(one.text):
        return True
    reach = 12 if card else 1
    around = read[max(0, one.number - reach) : one.number + reach + 1]
    kind = one.stretch.passage.card if one.stretch.passage is not None else None
    same = [each for each in around if each.within == one.within and each.stretch.passage is not None]
    if card:
        same = [each for each in same if each.stretch.passage is not None and each.stretch.passage.card is kind]
    return any(pattern.search(each.text) for each in same)


def _is_crisis(one: _Read, found: Match) -> bool:
    """Whether it is a crisis of a person: a consent is withdrawn too, and a needle."""
    start, end = _sentence(one.text, found.start)
    sentence = one.text[start:end]
    if quoted(one.text, found.start, found.end):
        return False
    if found.group == "withdrawal":
        return _OTHER_WITHDRAWAL.search(one.text) is None and _WITHDRAWN.search(sentence) is not None
    return True
