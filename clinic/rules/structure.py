"""STR001 and on: the sections and care cards that patients need, headings, and texts that are not finished."""

import functools
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from clinic.expressions import expression
from clinic.library.document import Document
from clinic.library.library import Library
from clinic.model.kinds import RESERVED, Common, Kind, Procedure
from clinic.problems import NOWHERE, Problem, Rule, Severity, Span
from clinic.problems.catalogue.body import BODY_TOO_LONG, PARAGRAPH_NOT_READ
from clinic.problems.catalogue.body import TOO_MUCH as TOO_MUCH_BODY
from clinic.problems.catalogue.structure import (
    BOLD_HEADING,
    CARD_MISSING,
    LEVEL_JUMP,
    LONG_PARAGRAPH,
    NO_TEXT,
    SAME_HEADING,
    SECTION_ADVISED,
    SECTION_EMPTY,
    SECTION_MISSING,
    TYPED_BULLET,
    UNFINISHED,
)
from clinic.prose.body import Card, CardKind, Heading, Html
from clinic.prose.reading import is_blank
from clinic.prose.sections import card_title, meaning_of, meanings_added, proposed, recommended, required
from clinic.rules.kept import kept
from clinic.rules.passages import Pages, Stretch, judged, pages_of
from clinic.rules.tokens import may_hold
from clinic.words import Lists, builtin_lists

LONGEST_PARAGRAPH = 120
"""Words of a paragraph, above which it is a warning (editors.md)."""

INVASIVE = frozenset({"injection", "ablation", "implant", "surgery"})
"""Types of procedure that need an emergency and a call-us card (content-model.md, "The body")."""

HEADINGS = {
    Kind.CONDITION: {
        "what-it-is": "What it is",
        "symptoms": "Symptoms",
        "causes": "Causes",
        "diagnosis": "How it is diagnosed",
        "treatment": "Treatment",
        "when-to-get-help": "When to get help",
        "what-you-can-do": "What you can do",
    },
    Kind.PROCEDURE: {
        "what-it-is": "What it is",
        "why": "Why it is done",
        "who-should-not": "Who should not have it",
        "preparing": "How to prepare",
        "what-happens": "What happens",
        "when-to-call": "When to call",
        "after": "After the procedure",
        "risks": "Risks",
        "how-likely": "How likely it is to help",
        "other-choices": "Other choices",
    },
}
"""The heading that a hint proposes for each section, by its canonical key."""


@dataclass(frozen=True, slots=True)
class NeededCard:
    """A care card that a page needs: the kinds that will do, when patients look for it, and the one to propose."""

    kinds: frozenset[CardKind]
    when: str
    kind: CardKind

    def example(self, lang: str) -> str:
        """How to write it on a page in a language, as a hint shows it."""
        return f"> [!{self.kind.value}] {card_title(self.kind.value, lang)} (and below it, lines that begin with > -)"


_EMERGENCY = NeededCard(frozenset({CardKind.EMERGENCY}), "when to call 911", CardKind.EMERGENCY)
_HELP = NeededCard(frozenset({CardKind.EMERGENCY, CardKind.URGENT}), "when to get help at once", CardKind.EMERGENCY)
_CALL_US = NeededCard(frozenset({CardKind.CALL_US}), "when to call you", CardKind.CALL_US)

_UNFINISHED = expression(
    r"\b(?:TODO|TBD|TBC|FIXME|XXX+)\b|\bT\.B\.D\.|\[X{2,}\]|(?<![\w?])\?{3,}|"
    r"(?i:\blorem ipsum\b|\bplaceholder text\b|\b(?:text|more|details) to (?:come|follow)\b|"
    r"\[(?:insert|add|fill in|por completar|your|todo|tbd)\b[^\]\n]{0,120}\]|"
    r"\b(?:section|page|text|information|details|content|map|form)\b[^.!?\n]{0,20}\bcoming soon\b|"
    r"\bto be (?:written|filled in|determined)\b|"
    r"\b(?:text|details|content|pictures?|photos?|map) to be added\b|\bnote to self\b|"
    r"(?:\b[A-Z]\w+, )?\b(?:pls|plz)\.? \w+|"
    r"\b(?:please|can you|can someone|could someone) (?:check|confirm|verify|review|fix|rewrite|update)\b"
    r"[^.!?\n]{0,60}\b(?:before (?:this|it|we) (?:goes|go|is|publish)|this (?:page|text|paragraph|section)))"
)
_MAY_BE_UNFINISHED = (
    *("todo", "tbd", "tbc", "fixme", "xxx", "t.b.d", "[x", "???", "lorem", "placeholder", "to come", "to follow"),
    *("[insert", "[add", "[fill", "[por completar", "[your", "coming soon", "to be written", "to be filled"),
    *("to be determined", "to be added", "note to self", "pls", "plz", "check", "confirm", "verify", "review", "fix"),
    *("rewrite", "update"),
)
"""Literals of which one stands in whatever `_UNFINISHED` finds."""

_OF_A_DRAFT = "Write what is meant to stand here, or take it out, before this page goes live."
_UNSEEN = expression(r"^ {0,3}(?:\[[^\]\n]+\]|\*\[[^\]\n]+\]):.*$", re.MULTILINE)
_TAG = expression(r"<[^<>]*>")
_HASHES = expression(r"#+(?=\s)")
_BOLD_LINE = expression(
    r"(\*\*\*|___|\*\*_|__\*|\*\*|__)(?=\S)(?P<words>[^*_]*[^*_\s.!,;:])(?P<colon>:?)(?:\1|_\*\*|\*__)(?P<after>:?)\s*"
)
_BULLET = expression(
    r"(?P<quote>[ \t>]*)(?P<item>(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?P<bullet>[•‣\u2043▪●◦∙■□►▸➢➤✓✔✗])[ \t\u00a0]*(?=\S)"
)
_MAYBE_BULLET = expression(
    r"(?P<quote>[ \t>]*)(?P<item>)(?:"
    r"(?P<bullet>[·–—o][ \t\u00a0]+|[-=]{1,2}>[ \t\u00a0]*|-(?=[^\W\d_]))"  # noqa: RUF001 - what people type
    r"|(?P<number>\(?\d{1,2}[.)]\)?)[ \t\u00a0]*(?=[^\W\d_])|(?P<letter>\(?[a-h][.)])[ \t\u00a0]+)(?=\S)"
)
_MARKS = expression(r"[•‣\u2043▪●◦∙■□►▸➢➤✓✔✗*]|^_")
"""Stands in every line that `_BOLD_LINE`, `_BULLET` or `_INLINE_BULLETS` finds something in."""

_INLINE_BULLETS = expression(r"[•‣▪●◦∙*](?<=\s.)(?:(?<!\*)|(?=\s[^\W\d_]))(?=\s)")
_UNREAD = frozenset({TOO_MUCH_BODY.code, BODY_TOO_LONG.code, PARAGRAPH_NOT_READ.code})


def check(library: Library) -> Iterator[Problem]:
    """The problems of this family."""
    for document in judged(library):
        own = document.header.lang if document.header is not None else None
        yield from of(document, library.lists, own or library.clinic.language)


@kept
def of(document: Document, lists: Lists | None = None, lang: str = "en") -> Iterator[Problem]:
    """What one document alone tells, which is in this language.

    `lists` may say that more headings mean one of the sections.
    """
    header = document.header
    pages = pages_of(document)
    meanings = meanings_added((lists or builtin_lists()).headings, document.kind)
    if header is not None and not any(problem.code in _UNREAD for problem in document.body.problems):
        yield from _sections(document, header, meanings, lang)
        yield from _cards(document, header, lang)
        yield from _nothing(document)
    yield from _empty(document, pages)
    yield from _unfinished(document, pages)
    yield from _levels(document, pages, meanings)
    yield from _alike(document)
    yield from _typed(document, pages, meanings)
    yield from _long(document)


@functools.cache
def _needs(kind: Kind, procedure_type: str, title: str) -> tuple[tuple[Rule, str], ...]:
    """The sections that a page should have, with the rule that speaks where one is not there."""
    needed = [(SECTION_MISSING, key) for key in required(kind, procedure_type or None)]
    return (*needed, *((SECTION_ADVISED, key) for key in recommended(kind, procedure_type or None, title)))


def _sections(document: Document, header: Common, meanings: Mapping[str, str], lang: str) -> Iterator[Problem]:
    procedure_type = header.type if isinstance(header, Procedure) else ""
    there = {section.meaning for section in document.body.sections}
    # A heading of too deep a level is told of by itself (STR005), and is not missing too.
    there |= {
        meaning_of(document.kind, heading.text, meanings) for heading, right in _jumps(document, meanings) if right == 2
    }
    for rule, key in _needs(document.kind, procedure_type, document.title):
        if key not in there:
            in_english = HEADINGS.get(document.kind, {}).get(key, key.replace("-", " ").capitalize())
            yield rule(document.path, NOWHERE, heading=proposed(document.kind, key, lang) or in_english)


def needed_cards(kind: Kind) -> tuple[NeededCard, ...]:
    """The care cards that a page of this kind needs, or should have."""
    return {Kind.CONDITION: (_HELP,), Kind.PROCEDURE: (_EMERGENCY, _CALL_US)}.get(kind, ())


def _cards(document: Document, header: Common, lang: str) -> Iterator[Problem]:
    spared = isinstance(header, Procedure) and header.type not in INVASIVE
    there = {card.kind for card in document.body.cards}
    for card in needed_cards(document.kind):
        if not card.kinds & there:
            severity = Severity.WARNING if spared else Severity.ERROR
            yield CARD_MISSING(document.path, NOWHERE, severity=severity, when=card.when, example=card.example(lang))


def _nothing(document: Document) -> Iterator[Problem]:
    own = document.kind is Kind.PAGE and document.id not in RESERVED
    if (own or document.kind is Kind.ANNOUNCEMENT) and not (document.body.sections or _shows(document.body.lead)):
        yield NO_TEXT(document.path, NOWHERE)


def _shows(parts: tuple[Html | Card, ...]) -> bool:
    """Whether a patient sees anything of them; a slot is seen."""
    return any(isinstance(part, Card) or not is_blank(_TAG.sub("", part.html)) for part in parts)


def _empty(document: Document, pages: Pages) -> Iterator[Problem]:
    """Headings with nothing below them: no text of their own, and no heading of a lower level."""
    headings = document.body.headings
    for number, heading in enumerate(headings):
        following = headings[number + 1] if number + 1 < len(headings) else None
        if following is not None and following.level > heading.level:
            continue
        end = following.span.line if following is not None else pages.count + 1
        first = next((line for line in map(pages.line, range(heading.span.line + 1, end)) if line), "")
        if first[:1].isalpha():  # as nearly always: no more need be looked at
            continue
        below = "\n".join(pages.line(line) for line in range(heading.span.line + 1, end))
        if is_blank(_UNSEEN.sub("", _without_comments(below))):
            yield SECTION_EMPTY(document.path, heading.span, heading=heading.text)


def _without_comments(text: str) -> str:
    parts, done = [], 0
    while (start := text.find("<!--", done)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts.append(text[done:start])
        done = end + 3
    return "".join([*parts, text[done:]])


def _unfinished(document: Document, pages: Pages) -> Iterator[Problem]:
    maybe = pages.holds(_MAY_BE_UNFINISHED)
    if not maybe:
        return
    stretches = list(pages.stretches("title", "summary"))
    stretches += [Stretch(heading.text, heading.span) for heading in document.body.headings]
    # Whoever writes a draft has taken that half of the advice already.
    hint = _OF_A_DRAFT if document.header is not None and document.header.draft else None
    for stretch in stretches:
        if not may_hold(stretch.text, maybe):
            continue
        for found in _UNFINISHED.finditer(stretch.text):
            place = pages.place(stretch, found.start(), found.end())
            yield UNFINISHED(document.path, place, hint=hint, words=found[0])


def _jumps(document: Document, meanings: Mapping[str, str] | None = None) -> Iterator[tuple[Heading, int]]:
    """Headings that skip a level, with the right one. Those of one level below the same heading are mended alike.

    One that opens a section of its kind that no other heading opens belongs on the second level, wherever it stands.
    """
    there = {section.meaning for section in document.body.sections}
    above: list[tuple[int, int]] = []
    for heading in document.body.headings:
        while above and above[-1][0] >= heading.level:
            above.pop()
        right = (above[-1][1] if above else 1) + 1
        meaning = meaning_of(document.kind, heading.text, meanings) if heading.level > right else None
        if meaning is not None and meaning not in there:
            right = 2
        above.append((heading.level, right))
        if heading.level > right:
            yield heading, right


def _levels(document: Document, pages: Pages, meanings: Mapping[str, str]) -> Iterator[Problem]:
    for heading, right in _jumps(document, meanings):
        span, sure = heading.span, None
        line = pages.line(heading.span.line)
        if hashes := _HASHES.search(line, 0, heading.span.column - 1):
            span, sure = Span.at(heading.span.line, hashes.start() + 1, len(hashes[0])), "#" * right
        yield LEVEL_JUMP(
            document.path, span, replacement=sure, heading=heading.text, found=heading.level, right="#" * right
        )


def _alike(document: Document) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for heading in document.body.headings:
        words = " ".join(re.findall(r"\w+", heading.text.casefold()))
        line = first.setdefault(words, heading.span.line)
        if words and line != heading.span.line:
            yield SAME_HEADING(document.path, heading.span, heading=heading.text, first=line)


def _typed(document: Document, pages: Pages, meanings: Mapping[str, str]) -> Iterator[Problem]:
    """Headings made of bold type, and lists made of characters."""
    level = 2
    first = min((section.span.line for section in document.body.sections), default=math.inf)
    told: set[int] = set()
    for passage in document.body.passages:
        inside = first < passage.span.line
        span = passage.span
        if span.line == span.end_line and not _MARKS.search(pages.line(span.line)):
            # Nearly all are so; and of what is a bullet perhaps, one line alone is none.
            if span.column < span.end_column and span.line <= pages.count:
                told.add(span.line)
            continue
        numbers = [number for number, _, _ in pages.lines(passage.span) if number not in told]
        told.update(numbers)
        if len(numbers) == 1 and passage.card is None and pages.line(numbers[0]).startswith(("*", "_")):
            yield from _bold(document, pages, numbers[0], level + 1 if inside else level, meanings)
        yield from _bullets(document, pages, numbers)


def _bold(document: Document, pages: Pages, number: int, level: int, meanings: Mapping[str, str]) -> Iterator[Problem]:
    line = pages.line(number)
    found = _BOLD_LINE.fullmatch(line)
    if found is None or len(found["words"].split()) > 10:
        return
    if any(pages.line(number + step).strip() for step in (-1, 1)):
        return
    words = found["words"].strip()
    marks = "##" if meaning_of(document.kind, words, meanings) else "#" * level
    right = f"{marks} {words}"
    yield BOLD_HEADING(
        document.path, Span.at(number, 1, len(line.rstrip())), replacement=right, words=words, right=right
    )


def _bullets(document: Document, pages: Pages, numbers: list[int]) -> Iterator[Problem]:
    lines = [(number, pages.line(number)) for number in numbers]
    # None begins with a capital letter, as most lines do.
    marked = [(number, line) for number, line in lines if not line[:1].isupper()]
    maybe = [(number, found) for number, line in marked if (found := _MAYBE_BULLET.match(line))]
    sure = [(number, found) for number, line in marked if (found := _BULLET.match(line))]
    for number, found in [*sure, *(maybe if len(maybe) > 1 else [])]:
        parts = found.groupdict()
        typed = next(name for name in ("bullet", "number", "letter") if parts.get(name))
        start, mark = found.start(typed), "" if found["item"] else "- "
        if typed == "number":
            mark = f"{parts[typed].strip('().')}. "
        yield TYPED_BULLET(
            document.path,
            Span.at(number, start + 1, found.end() - start),
            replacement=None if typed == "letter" else mark,
            bullet=parts[typed].strip(),
        )
    for number, line in lines:
        if not _INLINE_BULLETS.search(line):
            continue
        inside = [found.start() for found in _INLINE_BULLETS.finditer(line) if number not in dict(sure)]
        if len(inside) > 1:
            yield TYPED_BULLET(document.path, Span.at(number, inside[0] + 1), bullet=line[inside[0]])


def _long(document: Document) -> Iterator[Problem]:
    for passage in document.body.passages:
        if len(passage.text) > 2 * LONGEST_PARAGRAPH and (words := len(passage.text.split())) > LONGEST_PARAGRAPH:
            yield LONG_PARAGRAPH(document.path, passage.span, count=words, limit=LONGEST_PARAGRAPH)
