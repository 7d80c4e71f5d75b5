"""LNG003 to LNG006: medical words, abbreviations, words that label people, and words that stand there twice."""

import functools
import operator
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from clinic.expressions import expression
from clinic.library.document import Document
from clinic.library.library import Library
from clinic.problems import Problem
from clinic.problems.catalogue.language import ABBREVIATION, DOUBLED, LABEL, MEDICAL_WORD
from clinic.rules.kept import kept
from clinic.rules.passages import Pages, Stretch, english, judged, pages_of
from clinic.rules.tokens import Found, Phrases, Words, forms_of, quoted, sentences, tokens, words_in, words_of
from clinic.words import Lists

_EXPLAINS = expression(
    r"\s*(?:\(|[,\u2013\u2014-]+ ?(?:or|which|that is|also|in other words|an?|the|meaning|called|known)\b|"
    r"(?:is|are|was|were|means|mean)\b (?:an?|the|when|that|where|another|also|like)\b|means\b|:)",
    re.IGNORECASE,
)
_NAMED = expression(
    r"(?:\b(?:called|named|known as|the word|doctors say|means|"
    r"(?:medical|other) (?:name|term|word)(?: for \w+)?(?: is)?)|\()"
    r"\s*[\"\u201c*]?(?:an? |the )?$"
)
_ABBREVIATION = expression(
    r"(?<![\w'\u2019./@#&{-])(?P<word>[A-Z][A-Z0-9]*[A-Z][A-Z0-9]*)s?(?![\w'\u2019@{}]|-\w*\d|\.\w)"
)
_CAPITALS = expression("[A-Z][A-Z0-9]")
"""Signs of which two stand in whatever `_ABBREVIATION` finds."""

_NOTES = ("TODO", "TBD", "TBC", "FIXME")
"""Notes to oneself, which STR004 tells of."""

_ROMAN = expression(r"[IVXLC]+")
_DEFINED = expression(r"^ {0,3}\*\[([^\]\n]+)\]:", re.MULTILINE)
_SHOUTED = expression(r"[A-Z]{2,}(?:'[A-Z]+)?")
_DOUBLED = expression(r"(?<![\w'\u2019-])(?P<word>[^\W\d_]+)\s+(?P=word)(?![\w'\u2019-])", re.IGNORECASE)
_MAY_BE_DOUBLED = frozenset(
    {"that", "had", "so", "bye", "no", "ha", "knock", "very", "who", "is", "do", "her", "blah", "hush", "out"}
)
"""Words that English doubles: "that that nerve causes", "had had", "what it is is". A slip in these goes unseen."""

_GOES_ON = words_of(
    "and or who whom whose that are is were was may can could should would will must with without in at on of for from "
    "have has had need needs often to than as by not do does who's too also but if when live lives"
)
_NAME_OF = expression(r"[A-Z]\w*")


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """The lists, made ready for finding: one for each set of lists, equal only to itself."""

    made_of_lists: ClassVar[bool] = True

    plain: Phrases
    plain_words: "dict[str, str]"
    labels: Phrases
    instead: "dict[str, str]"
    known: frozenset[str]
    spelled: "dict[str, str]"


@functools.lru_cache(maxsize=8)
def wording_of(lists: Lists) -> Wording:
    """What these rules look for, made from the lists once."""
    fine = {word.lower() for word in lists.plain_words.fine}
    plain = {hard: easy for hard, easy in lists.plain_words.plain.items() if hard.lower() not in fine}
    return Wording(
        plain=Phrases({hard: forms_of(hard) for hard in plain}),
        plain_words=plain,
        labels=Phrases({said: (said,) for said in lists.people_words.instead}),
        instead=dict(lists.people_words.instead),
        known=frozenset(lists.abbreviations.known),
        spelled=dict(lists.abbreviations.spelled),
    )


def check(library: Library) -> Iterator[Problem]:
    """The problems of this family."""
    wording = wording_of(library.lists)
    for document in judged(library):
        if english(document, library):
            yield from of(document, wording)


@kept
def of(document: Document, wording: Wording) -> Iterator[Problem]:
    """What one document alone tells."""
    pages = pages_of(document)
    own = {word for name in _names(document) for word in words_in(name)}
    plain, labels = wording.plain.among(pages.vocabulary), wording.labels.among(pages.vocabulary)
    told: set[tuple[str | None, str]] = set()
    for stretch in pages.stretches("summary"):
        said = tokens(stretch.text)
        within = stretch.passage.within if stretch.passage else None
        for found in plain.within(stretch.text, said):
            key = (within, found.phrase)
            if key not in told and not _stands_explained(pages, stretch, said, found, wording, own):
                told.add(key)
                words = stretch.text[found.start : found.end]
                place = pages.place(stretch, found.start, found.end)
                yield MEDICAL_WORD(document.path, place, words=words, plain=wording.plain_words[found.phrase])
        for found in labels.within(stretch.text, said):
            if not _is_no_label(stretch.text, said, found):
                words = stretch.text[found.start : found.end]
                place = pages.place(stretch, found.start, found.end)
                yield LABEL(document.path, place, words=words, instead=wording.instead[found.phrase])
        several = len(said) > len(said.vocabulary)
        if (several and any(map(operator.eq, said.said, said.said[1:]))) or _has_signs(stretch.text):
            yield from _doubled(pages, stretch)
    yield from _abbreviations(pages, wording)


def _has_signs(text: str) -> bool:
    """Whether there are signs that are part of a word for `tokens`, and of none that stands there twice."""
    return "#" in text or "%" in text


def _names(document: Document) -> tuple[str, ...]:
    """What the page is called: its title and the other names of the header."""
    return (document.title, *getattr(document.header, "also_called", ()))


def _stands_explained(
    pages: Pages, stretch: Stretch, said: Words, found: Found, wording: Wording, own: set[str]
) -> bool:
    """Whether a hard word is what the page is about, or is explained where it stands, or is only quoted."""
    text = stretch.text
    if {said[number].word for number in range(found.first, found.last + 1)} <= own or _is_term(pages, stretch):
        return True
    if quoted(text, found.start, found.end) or _NAMED.search(text, 0, found.start):
        return True
    if _EXPLAINS.match(text, found.end):
        return True
    plain = {token.word for token in tokens(wording.plain_words[found.phrase]) if len(token.word) > 3}
    for start, end in sentences(text):
        if start <= found.start < end:
            near = {token.word for token in said if start <= token.start < end and token.start != found.start}
            return bool(plain) and any(word in near or f"{word}s" in near for word in plain)
    return False


def _is_term(pages: Pages, stretch: Stretch) -> bool:
    """Whether a stretch is the term of a definition: the next line begins with a colon, or its own does."""
    if stretch.passage is None:
        return False
    line = pages.line(stretch.span.line)
    return pages.line(stretch.span.end_line + 1).lstrip(" >").startswith(": ") or line.lstrip(" >").startswith(": ")


def _is_no_label(text: str, said: Words, found: Found) -> bool:
    """Whether words are quoted, part of a name, or go on: "the blind spot", "a diabetic foot"."""
    if quoted(text, found.start, found.end):
        return True
    words = text[found.start : found.end].split()
    before = text[: found.start].rstrip()
    if all(_NAME_OF.fullmatch(word) for word in words) and before and before[-1] not in '.!?:\u201c"(':
        return True
    if words[0].lower() in {"the", "a", "an"} and found.last + 1 < len(said):
        following = said[found.last + 1]
        return not text[found.end : following.start].strip() and following.word not in _GOES_ON
    return False


def _doubled(pages: Pages, stretch: Stretch) -> Iterator[Problem]:
    for found in _DOUBLED.finditer(stretch.text):
        first, second = found["word"], found[0][-len(found["word"]) :]
        starts = not stretch.text[: found.start()].rstrip() or stretch.text[: found.start()].rstrip()[-1] in ".!?:"
        name = second[0].isupper() and (not starts or first != first.lower().capitalize() or len(first) == 1)
        name = name or (second[0].isupper() and second.lower() not in _COMMON)
        if first.lower() in _MAY_BE_DOUBLED or name:
            continue
        place = pages.place(stretch, found.start(), found.end())
        written = "\n".join(part for _, _, part in pages.lines(place))
        sure = re.fullmatch(rf"{re.escape(first)}[ \t]*\n?[ \t]*{re.escape(second)}", written) is not None
        yield DOUBLED(pages.document.path, place, replacement=first if sure else None, words=" ".join(found[0].split()))


_COMMON = words_of(
    "a an and are as at be but by can did do for from he i if in is it may my of on or our she so than the their them "
    "then there they this to up us was we were will with you your"
)
"""Words that no name is made of: doubled, they are a slip even in capitals."""


def _abbreviations(pages: Pages, wording: Wording) -> Iterator[Problem]:
    """Words of capitals at their first place on the page, unless they are known or explained on it."""
    document = pages.document
    if not (_CAPITALS.search(pages.whole) and _ABBREVIATION.search(document.text)):
        return
    names = _names(document)
    settled = {*_NOTES, *_DEFINED.findall(document.text)}
    settled |= {found["word"] for name in names for found in _ABBREVIATION.finditer(name)}
    before = [" ".join(names).lower()]
    for stretch in pages.stretches("summary"):
        for found in () if not _CAPITALS.search(stretch.text) else _ABBREVIATION.finditer(stretch.text):
            word = found["word"]
            if word in wording.known or word in settled or _ROMAN.fullmatch(word) or _is_shouted(stretch.text, found):
                continue
            settled.add(word)
            said = " ".join([*before, stretch.text[: found.start()].lower()])
            if _is_spelled(pages, stretch, found, said, wording.spelled.get(word, "")):
                continue
            place = pages.place(stretch, found.start(), found.end())
            full = wording.spelled.get(word)
            hint = 'Write it out the first time: "{full}".' if full else None
            yield ABBREVIATION(document.path, place, hint=hint, words=word, full=full)
        before.append(stretch.text.lower())


def _is_spelled(pages: Pages, stretch: Stretch, found: re.Match[str], before: str, full: str) -> bool:
    """Whether it is explained: in brackets after or before its words, by its words on the page so far, as a term."""
    text, word = stretch.text, found["word"]
    if quoted(text, found.start(), found.end()) or _is_term(pages, stretch):
        return True
    if re.match(r"\s*\([^)\d]{4,}\)|,? (?:which )?(?:short for|stands for|means)\b", text[found.end() :]):
        return True
    opened = re.search(r"\(\s*(?:also called |or |called |the )?$", text[: found.start()])
    if opened and _initials_fit(word, text[: opened.start()]):
        return True
    if opened and text[found.end() :].lstrip().startswith(")"):
        return True
    short = re.split(r"[,(]", full)[0].strip().lower()
    return bool(short) and short in before


def _initials_fit(word: str, before: str) -> bool:
    """Whether the words before a bracket begin with the letters in it."""
    initials = "".join(token.word[0] for token in tokens(before)[-len(word) - 2 :])
    return word.lower() in initials


def _is_shouted(text: str, found: re.Match[str]) -> bool:
    """Whether a word of capitals stands beside another: a line in capitals, not an abbreviation."""
    after = re.match(r"[\s,:;!-]+(\w+)", text[found.end() :])
    before = re.search(r"(\w+)[\s,:;!-]+$", text[: found.start()])
    return any(one is not None and _SHOUTED.fullmatch(one[1]) is not None for one in (after, before))
