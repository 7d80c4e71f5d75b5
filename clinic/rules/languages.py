"""STR013: whether a page says its language where its text is plainly in another."""

import unicodedata
from collections.abc import Iterator

from clinic.expressions import expression
from clinic.library.document import Document
from clinic.library.library import Library
from clinic.problems import Problem
from clinic.problems.catalogue.structure import OTHER_DIRECTION
from clinic.rules.kept import kept
from clinic.rules.passages import judged

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
"""Languages that are written from right to left (the main ones of CLDR's scripts of that direction)."""


_LATER = expression("[\u0590-\U0010ffff]")
"""Signs that come after those of Latin, Greek, Cyrillic and Armenian: all that is written from right to left."""


def check(library: Library) -> Iterator[Problem]:
    """The problems of this family."""
    for document in judged(library):
        language = (document.header.lang if document.header else None) or library.clinic.language
        if language.partition("-")[0] not in RIGHT_TO_LEFT:
            yield from of(document, language=language)


@kept
def of(document: Document, *, language: str) -> Iterator[Problem]:
    """What one document alone tells, where its language is written from left to right."""
    right = left = 0
    if not any(not one.text.isascii() and _LATER.search(one.text) for one in document.body.passages):
        return
    for passage in document.body.passages:
        for sign in passage.text:
            direction = unicodedata.bidirectional(sign) if ord(sign) > 0x590 else ""
            right += direction in {"R", "AL"}
            left += not direction and sign.isalpha()
    if right > left and document.body.passages:
        yield OTHER_DIRECTION(document.path, document.body.passages[0].span, language=language)
