"""STR010: sentences that were cut off before a phone, an address or a link."""

import re
from collections.abc import Iterator

from clinic.expressions import expression
from clinic.library.document import Document
from clinic.library.library import Library
from clinic.problems import Problem
from clinic.problems.catalogue.structure import CUT_OFF
from clinic.rules.kept import kept
from clinic.rules.passages import Stretch, english, judged, pages_of
from clinic.rules.tokens import tokens, words_of

_SENTENCE = expression(r"[^.!?]+(?:[.!?](?=\w)[^.!?]*)*[.!?]*")
_SHORTENED = expression(r"\b(Dr|Mr|Mrs|Ms|St|Ste|No|[ap]\.m)\.")
_HINTS = expression(r"\b(?:at|on|by|via|under|calling|visiting|e-?mailing|click|to:)(?!\w)")
_HINTING = words_of("at on by via under calling visiting emailing mailing click")
"""Words of which one stands in a plain text wherever they find something, but for "to:"."""

_REACH = (
    r"(?i:contact(?:ing)?|call(?:ing)?|reach(?:ed|ing)?|phon(?:e|ing)|ring|telephone|fax|text|e-?mail(?:ing)?|message|"
    r"writ(?:e|ing)(?: to)?|visit(?:ing)?|see|get(?:ting)? in touch with)"
)
_WHOM = (
    r"(?:us|him|her|them|me|(?:our|the|your|his|their)(?: [\w'-]+){1,4}|(?:[Dd]r|[Mm]r|[Mm]s|[Mm]rs)·? [\w'-]+|"
    r"[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,4})"
)
_PLACE = r"(?:web ?site|web ?page|site|portal|web address|phone|number|e-?mail|address|page|link|line|internet|online)"
_AT_THE_END = expression(
    rf"\b(?:{_REACH}(?: {_WHOM})?(?: (?:directly|anytime|any time|online|today|now|by (?:phone|e-?mail)))?|"
    rf"(?:on|through|at|via|from|our|the|your)(?: \w+)? {_PLACE}|available|located|found|posted|listed|reached)"
    r" at(?: the following)?[ .!?,;]*$"
)
_WITHOUT_OBJECT = expression(
    r"(?:\b(?:go|head|log (?:on|in)|sign (?:in|up)|navigate)(?: online)? to ?:|"
    r"(?:^|[,;:] |\b(?:please|then|and) )[Cc]lick(?: on)?|"
    r"\bby (?:calling|phoning|visiting|e-?mailing)"
    r"(?: (?:us )?(?:or|and) (?:calling|phoning|visiting|e-?mailing|writing to))?)[ .!?,;:]*$"
)
_UNDER = expression(
    rf"\b{_REACH} {_WHOM} under(?:[ .!?,;]*$| (?=(?:We|You|If|Our|Your|The|This|There|It|Please|Thank)\b))"
)
_BY_AT_THE_END = expression(rf"\b{_REACH} {_WHOM} (?:by calling|by e-?mailing|by phone at|via|on|by)[ .!?,;]*$")
_IN_THE_MIDDLE = expression(
    rf"\b(?:{_PLACE}|{_REACH} {_WHOM}|{_REACH}) (?:at|by calling|by e-?mailing)"
    r"(?: (?:and|but|for|if|when|so that|with|to|between|from|during)\b|\s*[,;)]|"
    r" or (?!before|after|above|below|near|around|on\b)|"
    r" (?=(?:We|You|If|Please|There|They|This|It|Our|Your|Thank|When|Until|Then|For|To|In)\b(?! [A-Z])))"
)
_OF_NUMBERS = expression(
    r"\b(?:numbers?|address(?:es)?|phones?|places?|times?|offices?|hours?|e-?mails?|where|which|what|that|who|whom)"
    r"(?: that| which)? (?:we|you|they|he|she|I|our \w+|the \w+)(?:'\w+)? "
    r"(?:can|could|may|might|will|would|should|must|usually|always|call|reach|use|want|ask|like)\b",
    re.IGNORECASE,
)
_GOES_ON = expression(r"\s*(?:\{\{|\+?\(?\d|<|https?:|www\.|[\w.+-]+@)")


def check(library: Library) -> Iterator[Problem]:
    """The problems of this family."""
    for document in judged(library):
        if english(document, library):
            yield from of(document)


@kept
def of(document: Document) -> Iterator[Problem]:
    """What one document alone tells."""
    pages = pages_of(document)
    stretches = pages.stretches("summary")
    for number, stretch in enumerate(stretches):
        following = stretches[number + 1] if number + 1 < len(stretches) else None
        if not _hints(stretch.text):
            continue
        # The dot of a shortened word ends no sentence.
        for found in _SENTENCE.finditer(_SHORTENED.sub(r"\1·", stretch.text)):
            whole = found[0].rstrip()
            last = not stretch.text[found.end() :].strip()
            if whole.endswith("?") or (last and following is not None and _carries_on(stretch, following)):
                continue
            cut = _cut(whole)
            if cut is not None:
                start = found.start() + cut[0]
                place = pages.place(stretch, start, found.start() + cut[1])
                yield CUT_OFF(document.path, place, words=f"…{stretch.text[start : found.start() + cut[1]].strip()}")


def _hints(text: str) -> bool:
    """Whether `_HINTS` finds something. Most texts have no such word, and their words are at hand."""
    said = tokens(text)
    if said.plain and _HINTING.isdisjoint(said.vocabulary) and "to:" not in text:
        return False
    return _HINTS.search(text) is not None


def _cut(sentence: str) -> tuple[int, int] | None:
    """The part of a sentence where something is missing, as offsets; None where nothing is."""
    patterns = (_AT_THE_END, _BY_AT_THE_END, _IN_THE_MIDDLE, _UNDER, _WITHOUT_OBJECT)
    found = next((found for pattern in patterns if (found := pattern.search(sentence))), None)
    if found is None or _OF_NUMBERS.search(sentence, 0, found.end()):
        return None
    return found.start(), found.end()


def _carries_on(stretch: Stretch, following: Stretch) -> bool:
    """Whether what is missing stands in the next paragraph."""
    return stretch.passage is not None and _GOES_ON.match(following.text) is not None
