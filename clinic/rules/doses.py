"""MED004 and MED005: doses that are misread, and numbers that run into their unit.

What is misread is on two lists: the Joint Commission's "Do Not Use" list and that of the Institute for Safe Medication
Practices. A dose is never mended by a program.
"""

import re
from collections.abc import Iterator

from clinic.library.document import Document
from clinic.problems import Problem
from clinic.problems.catalogue.medical import MISREAD_DOSE, NO_SPACE
from clinic.rules.kept import kept
from clinic.rules.passages import FIELDS, Pages, Stretch, pages_of
from clinic.rules.tokens import quoted

_UNIT = r"(?:mcg|[µμ]g|mg|kg|g|mL|ml|cc|L|units?|tablets?|pills?|mEq|%)"
_LEADING = re.compile(rf"(?<![\d.,\w])\.\d+(?:[ \u00a0]?|-){_UNIT}(?![\w/]*\w)")
_TRAILING = re.compile(r"(?<![\d.])\d+\.0+(?:[ \u00a0]?|-)(?:mcg|[µμ]g|mg|kg|g|mL|ml|cc|units?|mEq)\b")
_UNITS = re.compile(r"(?<![\w.,])\d[\d,.]*[ \u00a0]?(?P<sign>IU|iu|U|u)(?![\w'\u2019-]|\.[A-Z])")
_MICRO = re.compile(r"(?<![\w.])\d[\d,.]*[ \u00a0]?[µμ]g\b")
_CC = re.compile(r"(?<![\w.])\d[\d,.]*[ \u00a0]?cc\b")
_DAILY = re.compile(r"\b(?:QOD|Q\.O\.D\.?|q\.o\.d\.?|qod|QD|Q\.D\.?|q\.d\.?|qd)(?!\w)")
_ABOUT = re.compile(r"(?:\b\d+ (?:\w+ )?$)")
_SALTS = re.compile(r"\b(?:MSO4|MgSO4|MS04)\b")
_GLUED = re.compile(r"(?<![\w./#=-])(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>mcg|mg|kg|mL|ml|dL|g|mEq|cm|mm)(?![\w-])")
_EXPLAINS = re.compile(r"\b(?:means?|stands? for|meant|is short for)\b", re.IGNORECASE)
_QUICK = re.compile(r"[\dQqS](?:(?<=\d)|(?<=[Qq])\.?[Oo]?\.?[Dd]|(?<=S)[O0]4)")


@kept
def of(document: Document) -> Iterator[Problem]:
    """What one document alone tells."""
    pages = pages_of(document)
    if not _QUICK.search(pages.whole):
        return
    for stretch in pages.stretches(*FIELDS):
        if not _QUICK.search(stretch.text):
            continue
        wrong = sorted(_misread(stretch.text))
        for start, end, how, write in wrong:
            if quoted(stretch.text, start, end) or _EXPLAINS.search(stretch.text, end, end + 30):
                continue
            place = pages.place(stretch, start, end)
            yield MISREAD_DOSE(document.path, place, words=stretch.text[start:end], how=how, write=write)
        yield from _glued(pages, stretch, [(start, end) for start, end, _, _ in wrong])


def _misread(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Every dose that is misread: from where to where, how it is misread, and what to write instead."""
    for found in _LEADING.finditer(text):
        yield *found.span(), "the point is lost, and it is ten times as much or more", f"0{found[0]}"
    for found in _TRAILING.finditer(text):
        yield *found.span(), "the point is lost, and it is ten times as much", re.sub(r"\.0+", "", found[0])
    for found in _UNITS.finditer(text):
        yield *found.span(), f'"{found["sign"]}" is read as a zero, a four or "IV"', "the word: units"
    for found in _MICRO.finditer(text):
        yield *found.span(), "the sign is read as mg, a thousand times as much", "the word micrograms, or mcg"
    for found in _CC.finditer(text):
        yield *found.span(), '"cc" is read as zeros or as U', "mL"
    for found in _DAILY.finditer(text):
        every = "every other day" if "o" in found[0].casefold() else "once a day"
        before = _ABOUT.search(text[: found.start()])
        start = before.start() if before else found.start()
        yield start, found.end(), f'"{text[found.start() : found.end()]}" is read as four times a day', every
    for found in _SALTS.finditer(text):
        yield *found.span(), "one medicine is taken for the other", "its name: morphine or magnesium"


def _glued(pages: Pages, stretch: Stretch, taken: list[tuple[int, int]]) -> Iterator[Problem]:
    for found in _GLUED.finditer(stretch.text):
        if any(start <= found.start() < end or found.start() <= start < found.end() for start, end in taken):
            continue
        place = pages.place(stretch, *found.span())
        right = f"{found['number']} {found['unit']}"
        line = pages.line(place.line)
        sure = place.line == place.end_line and line[place.column - 1 : place.end_column - 1] == found[0]
        sure = sure and line[: place.column - 1].count("`") % 2 == 0
        yield NO_SPACE(pages.document.path, place, replacement=right if sure else None, words=found[0], right=right)
