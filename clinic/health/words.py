"""The difference between what was signed and what stands there now, word by word."""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from clinic.signing.changes import ChangedLine, Stretch

ALIKE = 0.5
"""How much of two lines must be the same (difflib's ratio over words) to be shown as one line with other words."""

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_ESCAPED = re.compile(r"\\([\\*`\[\]<{|#>:.)-])")

_HEADING = "## "
"""What the line of a section's heading begins with."""

Sort = Literal["same", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a line that are the same in both texts, gone from it, or new in it."""

    sort: Sort
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines that stand together below a heading, or below nothing for the fields of the header."""

    under: str
    lines: tuple[tuple[Piece, ...], ...]


def word_by_word(stretches: Iterable[Stretch]) -> tuple[Passage, ...]:
    """The same changes, told by words where a line is nearly what it was."""
    return tuple(_passage(stretch) for stretch in stretches)


def _passage(stretch: Stretch) -> Passage:
    """One of them: a heading just above the first change is what it stands under, one below the last says nothing."""
    under, kept, changed = stretch.under, list[ChangedLine](), False
    for line in stretch.lines:
        changed = changed or line.sort != "same"
        heading = line.sort == "same" and line.text.startswith(_HEADING)
        if heading and not changed:
            under, kept = _plain(line.text.removeprefix(_HEADING)), []
        elif not heading:
            kept.append(line)
    return Passage(under, tuple(_lines(kept)))


def _lines(lines: Sequence[ChangedLine]) -> Iterator[tuple[Piece, ...]]:
    gone: list[str] = []
    new: list[str] = []
    for line in lines:
        if line.sort == "gone" and not new:
            gone.append(line.text)
        elif line.sort == "new":
            new.append(line.text)
        else:
            yield from _changed(gone, new)
            gone, new = ([line.text], []) if line.sort == "gone" else ([], [])
            if line.sort == "same":
                yield (Piece("same", _plain(line.text)),)
    yield from _changed(gone, new)


def _changed(gone: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    """Lines that gave way to others: each beside the one that stands in its place."""
    for before, after in zip_longest(gone, new):
        if before is None or after is None:
            yield (Piece("gone", _plain(before)),) if before is not None else (Piece("new", _plain(after)),)
            continue
        pieces = between(_plain(before), _plain(after))
        if pieces is None:
            yield (Piece("gone", _plain(before)),)
            yield (Piece("new", _plain(after)),)
        else:
            yield pieces


def between(before: str, after: str) -> tuple[Piece, ...] | None:
    """One line with what is gone and what is new; None where both have too little in common to be read as one."""
    old, now = _WORD.findall(before), _WORD.findall(after)
    said, says = ([word for word in line if word[0].isalnum()] for line in (old, now))
    if difflib.SequenceMatcher(None, said, says, autojunk=False).ratio() < ALIKE:
        return None
    matcher = difflib.SequenceMatcher(None, old, now, autojunk=False)
    pieces: list[Piece] = []
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(now[first:last])))
            continue
        if start < end:
            pieces.append(Piece("gone", "".join(old[start:end])))
        if first < last:
            pieces.append(Piece("new", "".join(now[first:last])))
    return tuple(_joined(pieces))


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces with a blank that stands alone between two changes told as part of both: "a b" for "c d" is one."""
    at = 0
    while at < len(pieces):
        gone = new = ""
        start = at
        while at < len(pieces) and (pieces[at].sort != "same" or (_between(pieces, at) and at > start)):
            piece = pieces[at]
            gone += piece.text if piece.sort != "new" else ""
            new += piece.text if piece.sort != "gone" else ""
            at += 1
        if at == start:
            yield pieces[at]
            at += 1
            continue
        if gone:
            yield Piece("gone", gone)
        if new:
            yield Piece("new", new)


def _between(pieces: Sequence[Piece], at: int) -> bool:
    return pieces[at].text.isspace() and at + 1 < len(pieces) and pieces[at + 1].sort != "same"


def _plain(line: str) -> str:
    """A line of a signed text without the marks that tell its letters from its layout."""
    return _ESCAPED.sub(r"\1", line)
