"""MED006 to MED008: advice to go without a medicine and not to ask first; brands without the medicine's own name."""

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from clinic.expressions import expression
from clinic.library.document import Document
from clinic.problems import Problem
from clinic.problems.catalogue.medical import BRAND_ALONE, STOP, STOP_RISKY
from clinic.rules.kept import kept
from clinic.rules.passages import FIELDS, Pages, Stretch, pages_of
from clinic.rules.tokens import Found, Phrases, Words, quoted, sentences, tokens, words_of
from clinic.words import Medicines

_VERBS = (
    *(
        "stop",
        "stop taking",
        "stop using",
        "hold",
        "hold off on",
        "skip",
        "quit",
        "discontinue",
        "pause",
        "interrupt",
        "withhold",
    ),
    *(
        "do not take",
        "don't take",
        "never take",
        "do not use",
        "don't use",
        "do without",
        "go without",
        "take no",
        "take none of",
    ),
    *(
        "come off",
        "go off",
        "get off",
        "leave off",
        "leave out",
        "throw out",
        "throw away",
        "get rid of",
        "toss",
        "flush",
        "give up",
    ),
    *(
        "no longer need",
        "no longer take",
        "don't need",
        "do not need",
        "cut",
        "cut back on",
        "halve",
        "wean yourself off",
        "taper off",
    ),
    *("omit", "miss", "cease", "drop", "forgo", "lay off", "stay off", "be off"),
)
_PARTED = expression(
    r"\b(?:leave|throw|cut|toss|give|stop|skip|quit|discontinue|pause|(?:do not|don['\u2019]t) (?:take|use)|come off|"
    r"go off|wean yourself off) (?P<it>it|them|this|these|that one)\b(?: (?:off|out|away|up|any ?more))?",
    re.IGNORECASE,
)
_NONE = expression(r"[:\u2013\u2014-] ?(?:none|no more|nothing|not|stop|skip|hold)\b", re.IGNORECASE)
_BETWEEN_NO = words_of(
    "after as at because before by for from if in into on than to unless until when whether while with is are was were "
    "be been bleeding pain smoking exercise activity eating drinking work sports driving"
)
_NOT_BEFORE = words_of("not don't never cannot can't won't doesn't shouldn't without nobody")
_OTHERS = words_of(
    "we they he she who doctor doctors nurse nurses surgeon clinicians clinician pharmacist i it that which could "
    "would did"
)
_TOWARD = words_of("need needs have has want wants ask asks asked should must may told supposed plan important try")
_PEOPLE = r"doctors?|clinicians?|nurses?|pharmacists?|prescribers?|cardiologist|surgeon|team|providers?"
_ASKS = expression(
    r"\bprescri(?:bes?|bed|ber|bers|bing)\b|\bwhether\b|\bon your own\b|"
    r"\bwithout (?:asking|talking|checking|a plan)\b|"
    r"\b(?:ask|asking|talk|talking|speak|check|call|tell|plan|agree|decide)\b[^.!?]{0,50}"
    rf"\b(?:{_PEOPLE}|us|our clinic|person|one)\b|"
    rf"\b(?:{_PEOPLE}|we)\b[^.!?]{{0,40}}"
    r"\b(?:tells?|told|decides?|agrees?|agreed|says?|said|advises?|advised|plans?|planned)\b",
    re.IGNORECASE,
)
_REFUSED = expression(
    r"\b(?:more than|together|at the same time|with alcohol|with (?:any )?other|if you are allergic|if you have|"
    r"if you are pregnant|that belongs?|someone else|somebody else|other people|not yours|unless|on an empty stomach|"
    r"without food|extra|double|twice|missed|too much|too many|too often|past its|expired|leftover)\b",
    re.IGNORECASE,
)
_TAKEN_IN_VAIN = expression(r"\b(?:missed|forg[eo]t|forgotten|miss a)\b", re.IGNORECASE)
_ITEM = expression(r"[ >]*(?:[-*+]|\d+[.)]) ")
_NOT_PRESCRIBED = words_of("calcium vitamin vitamins herbal iron diet zinc")
"""Before "pills": nobody prescribes them, as a rule."""

_FAR = 5
"""How many words may stand between the verb and the medicine."""


@dataclass(frozen=True, slots=True)
class _Looked:
    verbs: Phrases
    medicines: Phrases
    risky: frozenset[str]
    brand: re.Pattern[str]
    brands: Phrases
    generic: dict[str, str]


@functools.lru_cache(maxsize=8)
def _looked(medicines: Medicines) -> _Looked:
    names = {name: (name,) for name in medicines.words}
    risky: set[str] = set()
    for group, members in medicines.classes.items():
        names |= {name: (name,) for name in members}
        if group in medicines.risky:
            risky.update(members)
    generic = {brand: name for name, brands in medicines.brands.items() for brand in brands}
    for brand, name in generic.items():
        names.setdefault(brand.lower(), (brand.lower(),))
        if any(part in risky for part in name.split(" and ")):
            risky.add(brand.lower())
    longest = sorted(generic, key=lambda brand: (-len(brand), brand))
    pattern = expression(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])" if longest else r"(?!)")
    starts = Phrases({brand: (brand,) for brand in longest})
    return _Looked(
        Phrases({verb: (verb,) for verb in _VERBS}), Phrases(names), frozenset(risky), pattern, starts, generic
    )


@kept
def of(document: Document, medicines: Medicines) -> Iterator[Problem]:
    """What one document alone tells."""
    looked = _looked(medicines)
    pages = pages_of(document)
    stretches = list(pages.stretches(*(field for field in FIELDS if field != "title")))
    if looked.brands.may_stand(pages.bag):
        yield from _brands(pages, stretches, looked)
    medicines_here = looked.medicines.among(pages.vocabulary)
    if not medicines_here:
        return
    for number, stretch in enumerate(stretches):
        said = tokens(stretch.text)
        words = said.vocabulary
        if not (medicines_here.may_stand(words) and (looked.verbs.may_stand(words) or _NONE.search(stretch.text))):
            continue
        found = list(medicines_here.within(stretch.text, said))
        if not found:
            continue
        around = [each for each in stretches[max(0, number - 3) : number + 4] if _together(pages, each, stretch)]
        if any(_ASKS.search(each.text) for each in around):
            continue
        told: set[tuple[int, int]] = set()
        for start, end, medicine in _stops(stretch.text, said, found, looked):
            sentence = _sentence(stretch.text, start)
            if sentence not in told and not quoted(stretch.text, start, end):
                told.add(sentence)
                rule = STOP_RISKY if medicine in looked.risky else STOP
                yield rule(document.path, pages.place(stretch, start, end), words=stretch.text[start:end])


def _together(pages: Pages, one: Stretch, other: Stretch) -> bool:
    """Whether two stretches are read as one: a paragraph with itself, items of one list or card with each other."""
    if one is other:
        return True
    if one.passage is None or other.passage is None or one.passage.card != other.passage.card:
        return False
    listed = one.passage.card is not None or all(
        _ITEM.match(pages.line(each.span.line)) is not None for each in (one, other)
    )
    return listed and one.passage.within == other.passage.within


def _sentence(text: str, at: int) -> tuple[int, int]:
    return next(((start, end) for start, end in sentences(text) if start <= at < end), (0, len(text)))


def _stops(text: str, said: Words, found: Sequence[Found], looked: _Looked) -> Iterator[tuple[int, int, str]]:
    """Every place that tells people to go without a medicine: from where to where, and which."""
    for verb in looked.verbs.within(text, said):
        start, end = _sentence(text, verb.start)
        if (
            _denied(said, verb, start)
            or _REFUSED.search(text, verb.start, end)
            or _TAKEN_IN_VAIN.search(text, start, end)
        ):
            continue
        named = [one for one in found if verb.last < one.first <= verb.last + 1 + _FAR and one.start < end]
        between = {token.word for token in said[verb.last + 1 : named[0].first]} if named else set()
        if named and not (_BETWEEN_NO | _NOT_PRESCRIBED) & between:
            also = _joined(said, found, named[0], end)
            if (
                verb.phrase in {"cut", "halve", "drop", "miss"}
                and verb.phrase == "cut"
                and not _cuts(text, named[0].end, end)
            ):
                continue
            yield verb.start, also[-1].end, _riskiest(also, looked)
    for one in _PARTED.finditer(text):
        start, end = _sentence(text, one.start())
        earlier = [each for each in found if each.start < one.start() and each.end > _before(text, start)]
        place = next((number for number, token in enumerate(said) if token.start >= one.start()), 0)
        verb = Found("", one.start(), one.end(), place, place)
        vain = _REFUSED.search(text, one.start(), end) or _TAKEN_IN_VAIN.search(text, start, end)
        if earlier and not vain and not _denied(said, verb, start):
            yield one.start(), one.end(), _riskiest(earlier[-1:], looked)
    for each in found:
        if none := _NONE.match(text, each.end):
            yield each.start, none.end(), each.phrase


def _before(text: str, start: int) -> int:
    """Where the sentence before the one at `start` begins."""
    return max((begin for begin, end in sentences(text) if end <= start), default=0)


def _denied(said: Words, verb: Found, start: int) -> bool:
    """Whether the advice is not to do it, or somebody else does it."""
    before = [token.word for token in said[max(0, verb.first - 6) : verb.first] if token.start >= start]
    negated = [
        word for word, after in itertools.zip_longest(before, before[1:]) if word in _NOT_BEFORE and after != "only"
    ]
    if negated or not before:
        return bool(negated)
    if before[-1] == "to":
        return not _TOWARD & set(before[-4:-1])
    return bool(_OTHERS & set(before[-2:]))


def _cuts(text: str, start: int, end: int) -> bool:
    return re.search(r"\b(?:in half|down|back|by half|each day|every day|until)\b", text[start:end]) is not None


def _joined(said: Words, found: Sequence[Found], first: Found, end: int) -> list[Found]:
    """The medicine and those that follow it after "and" or a comma."""
    joined = [first]
    for one in found:
        if one.first > joined[-1].last and one.start < end:
            between = {token.word for token in said[joined[-1].last + 1 : one.first]}
            if between <= {"and", "or", "your", "any", "other", "all"}:
                joined.append(one)
    return joined


def _riskiest(found: Iterable[Found], looked: _Looked) -> str:
    names = [one.phrase for one in found]
    return next((name for name in names if name in looked.risky), names[0])


def _brands(pages: Pages, stretches: Sequence[Stretch], looked: _Looked) -> Iterator[Problem]:
    """Brands before the medicine's own name was said on the page."""
    known = ""
    told: set[str] = set()
    for stretch in stretches:
        known += f" {stretch.text.casefold()}"
        for found in looked.brand.finditer(stretch.text):
            brand = found[0]
            generic = looked.generic[brand]
            if brand in told or all(part in known for part in generic.split(" and ")):
                continue
            told.add(brand)
            place = pages.place(stretch, *found.span())
            yield BRAND_ALONE(pages.document.path, place, brand=brand, generic=generic)
