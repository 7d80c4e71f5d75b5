"""CLM001 to CLM005: what a page promises, praises and claims, and the words of patients.

Boards of medicine and the FTC ask for proof of what is said of health. What is denied, asked or quoted claims nothing,
and neither do risks and care cards.
"""

import dataclasses
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from clinic.expressions import expression
from clinic.library.document import Document
from clinic.library.library import Library
from clinic.problems import Problem, Rule
from clinic.problems.catalogue.claims import BARE_CLAIM, BOARD_UNNAMED, PROMISE, TESTIMONIAL, UNSOURCED
from clinic.rules.kept import kept
from clinic.rules.passages import Pages, Stretch, english, judged, pages_of
from clinic.rules.tokens import Found, Phrases, Words, quoted, sentences, tokens, words_of
from clinic.words import Claims

_NO = words_of("cannot hardly neither never no nobody none nor not nothing rarely seldom without")
_WARNS = words_of("ads avoid beware claim claims distrust doubt false myth myths than unless")
_IDIOMS = expression(
    r"\b(?:don['\u2019]t worry|no doubt|no worries|no wonder|no matter|not only|why not|if not|no\s*:)", re.IGNORECASE
)
_HEDGES = words_of("ask could hope hoped hopes may might often rarely some sometimes whether")
_ASKS = words_of("as ask check checks decide how if should sure tell unless until when whether which")
_SOFTENS = words_of("can could may might often sometimes whether")
_STATES = words_of("be feel feels it keep keeping keeps stay staying stays them us you yourself")
"""Before "safe": it is somebody who is safe, and no treatment."""

_OURS = words_of("i our ours us we we'll we're we've you you'll you're you've your")
_DEFINITE = words_of("new our that the these this")
_LINKS = words_of(
    "and or for in as at than when with even but because over too also since while if by among without however "
    "therefore compared"
)
_ADJECTIVES = words_of("effective safe safer safest")
_NOUNS = words_of(
    "alternative alternatives option options way ways choice choices remedy remedies relief tool tools drug drugs "
    "medicine medicines medication medications approach approaches solution solutions painkiller painkillers "
    "exercise exercises"
)
_NEVER_BETWEEN = words_of(
    "of to for in at on and or the a your our with by from as is are was were that who which time way"
)
_QUOTES = ('"', "\u201c")
"""Signs of which one stands in whatever `_QUOTE` finds."""

_QUOTE = expression('["\u201c](?P<words>[^"\u201c\u201d]{12,600})["\u201d]')
_FIRST_PERSON = expression(r"\b(?:I|I['\u2019]\w+|me|my|mine|myself)\b")
_TOLD_BY = expression(
    r"\b(?:patients?|customers?|people|others|families)\b[^.!?\"\u201c]{0,40}\b(?:say|says|said|told|tell|wrote|write|writes|shared?|raves?)\b|"
    r"\b(?:testimonials?|reviews?|success stor(?:y|ies))\b",
    re.IGNORECASE,
)
_SIGNED = expression(r"[\"\u201d*_.!)]\s*[\u2013\u2014~-]{1,2}\s*(?:an? |our )?[A-Za-z][\w .,'\u2019-]{0,40}$")
_SIGNED_QUOTE = expression(r"[.!]\s*[\u2013\u2014]\s*(?:an? |our )?[A-Z\w][\w .,'\u2019-]{0,40}$")
_INVITES = expression(r"\b(?:here|[Cc]ome|in [A-Z])")
_FOOTNOTE = "[^"
_BOARD = ("board certified", "board certification", "board certifications", "board certificate", "board eligible")


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """The list, made ready for finding."""

    made_of_lists: ClassVar[bool] = True

    sure: Phrases
    praise: Phrases
    best: Phrases
    who: Phrases
    care: frozenset[str]
    fair: Phrases
    sourced: Phrases
    board: Phrases
    boards: Phrases
    stories: Phrases
    disclosures: Phrases

    @property
    def claim(self) -> bool:
        """Whether there is anything with which a claim begins."""
        return bool(self.sure or self.praise or self.best or self.sourced or self.board)

    def among(self, words: frozenset[str]) -> "Wanted":
        """What of it can stand in a text with these words. What is asked of quotations alone stays as it is."""
        some = {name: getattr(self, name).among(words) for name in ("sure", "praise", "best", "who", "fair")}
        some |= {name: getattr(self, name).among(words) for name in ("sourced", "board", "boards")}
        return dataclasses.replace(self, **some)


def _phrases(words: Sequence[str]) -> Phrases:
    return Phrases({word: (word,) for word in words})


@functools.lru_cache(maxsize=8)
def wanted_of(claims: Claims) -> Wanted:
    """What these rules look for, made from the list once."""
    return Wanted(
        sure=_phrases(claims.sure),
        praise=_phrases(claims.praise),
        best=_phrases(claims.best),
        who=_phrases(claims.who),
        care=frozenset(claims.care),
        fair=_phrases(claims.fair),
        sourced=_phrases(claims.sourced),
        board=_phrases(_BOARD),
        boards=_phrases(claims.boards),
        stories=_phrases(claims.stories),
        disclosures=_phrases(claims.disclosures),
    )


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch with its words."""

    stretch: Stretch
    words: Words

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence around a place."""
        return next(
            ((start, end) for start, end in sentences(self.stretch.text) if start <= at < end),
            (0, len(self.stretch.text)),
        )

    def before(self, found: Found) -> list[str]:
        """The words of the sentence before a phrase, idioms that deny nothing left out."""
        start, _ = self.sentence(found.start)
        text = self.stretch.text
        idle = [(each.start(), each.end()) for each in _IDIOMS.finditer(text, start, found.start)]
        for mark in re.finditer(r"[;:\u2014]| but ", text[start : found.start]):
            start = start + mark.end() if mark.group() != ":" or mark.end() < found.start - start else start
        return [
            token.word
            for token in self.words
            if start <= token.start < found.start and not any(low <= token.start < high for low, high in idle)
        ]


def check(library: Library) -> Iterator[Problem]:
    """The problems of this family."""
    wanted = wanted_of(library.lists.claims)
    for document in judged(library):
        if english(document, library):
            yield from of(document, wanted)


@kept
def of(document: Document, wanted: Wanted) -> Iterator[Problem]:
    """What one document alone tells."""
    pages = pages_of(document)
    wanted = wanted.among(pages.vocabulary)
    claim, quoted_here = wanted.claim, any(sign in pages.whole for sign in _QUOTES)
    for stretch in pages.stretches("title", "summary"):
        passage = stretch.passage
        if passage is not None and (passage.card is not None or passage.within == "risks"):
            continue
        quotes = quoted_here or _in_a_block(pages, stretch)
        if not (claim or quotes):
            continue
        said = Said(stretch, tokens(stretch.text))
        if claim:
            fair = [(each.start, each.end) for each in wanted.fair.within(stretch.text, said.words)]
            yield from _promises(pages, said, wanted, fair)
            yield from _boards(pages, said, wanted)
            yield from _unsourced(pages, said, wanted, fair)
        if quotes:
            yield from _testimonials(pages, said, wanted)


def _told(pages: Pages, rule: Rule, said: Said, found: tuple[int, int]) -> Problem:
    place = pages.place(said.stretch, *found)
    return rule(pages.document.path, place, words=said.stretch.text[found[0] : found[1]])


def _promises(pages: Pages, said: Said, wanted: Wanted, fair: list[tuple[int, int]]) -> Iterator[Problem]:
    text = said.stretch.text
    for found in wanted.sure.within(text, said.words):
        if _claims(said, found, fair):
            ours = _speaks_of_ours(said, found, wanted) and not _HEDGES & set(said.before(found))
            yield _told(pages, PROMISE if ours else BARE_CLAIM, said, (found.start, found.end))
    for found in wanted.praise.within(text, said.words):
        if _claims(said, found, fair):
            yield _told(pages, BARE_CLAIM, said, (found.start, found.end))
    who = {found.first: found for found in wanted.who.within(text, said.words)}
    for found in wanted.best.within(text, said.words):
        named = next((who[number] for number in range(found.last + 1, found.last + 4) if number in who), None)
        if named is None or not _claims(said, found, fair) or not _together(said, found, named):
            continue
        start, end = said.sentence(found.start)
        invites = _INVITES.search(text, start, end) is not None
        ours = invites or _speaks_of_ours(said, found, wanted)
        yield _told(pages, PROMISE if ours else BARE_CLAIM, said, (found.start, named.end))


def _together(said: Said, best: Found, who: Found) -> bool:
    """Whether "best" speaks of who follows, and not of the one that suits the reader: "the best treatment for you"."""
    between = said.words[best.last + 1 : who.first]
    if any(token.word in _NEVER_BETWEEN for token in between):
        return False
    if re.search(r"[.!?,;:]", said.stretch.text[best.end : who.start]):
        return False
    return not re.match(r"\s+(?:for (?:you|your|each|every|this|a|the)\b|plan\b|option)", said.stretch.text[who.end :])


def _claims(said: Said, found: Found, fair: list[tuple[int, int]]) -> bool:
    """Whether a phrase is said as it stands: not denied, asked, quoted or part of a fair one."""
    text = said.stretch.text
    if any(start <= found.start and found.end <= end for start, end in fair) or quoted(text, found.start, found.end):
        return False
    _, end = said.sentence(found.start)
    if text[:end].rstrip("\"'\u201d\u2019)").endswith("?"):
        return False
    before = said.before(found)[-10:]
    return not any(word in _NO or word in _WARNS or word.endswith("n't") for word in before)


def _speaks_of_ours(said: Said, found: Found, wanted: Wanted) -> bool:
    """Whether the sentence speaks of us and the reader, or of "the injection", "this treatment"."""
    start, end = said.sentence(found.start)
    words = [token.word for token in said.words if start <= token.start < end]
    if _OURS & set(words):
        return True
    return any(
        word in wanted.care and any(near in _DEFINITE for near in words[max(0, number - 2) : number])
        for number, word in enumerate(words)
    )


def _boards(pages: Pages, said: Said, wanted: Wanted) -> Iterator[Problem]:
    found = list(wanted.board.within(said.stretch.text, said.words))
    if not found or any(True for _ in wanted.boards.within(said.stretch.text, said.words)):
        return
    for each in found:
        if _claims(said, each, []) and not {"if", "whether", "ask"} & set(said.before(each)):
            yield _told(pages, BOARD_UNNAMED, said, (each.start, each.end))


def _unsourced(pages: Pages, said: Said, wanted: Wanted, fair: list[tuple[int, int]]) -> Iterator[Problem]:
    found = [each for each in wanted.sourced.within(said.stretch.text, said.words) if _claims(said, each, fair)]
    found = [each for each in found if _asserts(said, each, wanted)]
    if found and not _has_footnote(pages, said.stretch):
        for each in found:
            yield _told(pages, UNSOURCED, said, (each.start, each.end))


def _asserts(said: Said, found: Found, wanted: Wanted) -> bool:
    """Whether a word says how good a treatment is: "is safe", "a safe treatment", but not "a safe place"."""
    if _ASKS & set(said.before(found)[-6:]) and found.phrase in _ADJECTIVES and not _compares(said, found):
        return False
    if found.phrase not in _ADJECTIVES:
        return not _SOFTENS & set(said.before(found)[-4:])
    if set(said.before(found)[-1:]) & _STATES:
        return False
    after = said.words[found.last + 1] if found.last + 1 < len(said.words) else None
    _, end = said.sentence(found.start)
    if after is None or after.start >= end or said.stretch.text[found.end : after.start].strip():
        return True
    return after.word in _LINKS or after.word in _NOUNS or after.word in wanted.care


def _compares(said: Said, found: Found) -> bool:
    """Whether it is "just as effective", which claims, and no question."""
    return said.before(found)[-1:] == ["as"] and not (_ASKS - {"as"}) & set(said.before(found)[-6:])


def _has_footnote(pages: Pages, stretch: Stretch) -> bool:
    """Whether a footnote stands in the paragraph, or in the list or table that the stretch is part of."""
    if stretch.passage is None:
        return False
    first, last = stretch.span.line, stretch.span.end_line
    while pages.line(first - 1).strip(" >"):
        first -= 1
    while pages.line(last + 1).strip(" >"):
        last += 1
    return any(_FOOTNOTE in pages.line(number) for number in range(first, last + 1))


def _testimonials(pages: Pages, said: Said, wanted: Wanted) -> Iterator[Problem]:
    text = said.stretch.text
    for start, end in _quotes(pages, said):
        words = text[start:end]
        if words.rstrip().endswith("?"):
            continue
        inner = tokens(words)
        praises = any(True for _ in wanted.stories.within(words, inner))
        told_by = _TOLD_BY.search(text, 0, start) or _SIGNED.search(text[max(0, end - 1) :])
        if (praises or (told_by and _FIRST_PERSON.search(words))) and not _disclosed(pages, said, wanted):
            yield _told(pages, TESTIMONIAL, said, (start, end))


def _quotes(pages: Pages, said: Said) -> Iterator[tuple[int, int]]:
    """The pieces in quotation marks; of a quotation block that is signed, all before the name."""
    text = said.stretch.text
    found = [(each.start("words"), each.end("words")) for each in _QUOTE.finditer(text)]
    if not found and _in_a_block(pages, said.stretch):
        signed = _SIGNED_QUOTE.search(text)
        found = [(0, signed.start() + 1)] if signed else []
    yield from found


def _in_a_block(pages: Pages, stretch: Stretch) -> bool:
    """Whether a stretch stands in a quotation block."""
    return stretch.passage is not None and pages.line(stretch.span.line).lstrip().startswith(">")


def _disclosed(pages: Pages, said: Said, wanted: Wanted) -> bool:
    """Whether the same section says that the words are shown with consent, or that others may fare differently."""
    within = said.stretch.passage.within if said.stretch.passage else None
    texts = [each.text for each in pages.document.body.passages if each.within == within]
    return any(True for text in texts for _ in wanted.disclosures.within(text, tokens(text)))
