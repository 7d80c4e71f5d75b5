"""A text as a reader takes it in: without the marks, codes and look-alikes that a pattern would trip over."""

import bisect
import html
import re
import unicodedata
from dataclasses import dataclass

from clinic.expressions import expression

_NAMED = "nbsp|shy|ndash|mdash|hyphen|minus|dash|ensp|emsp|thinsp|zwnj|zwj|colon|period|sol|num|amp|comma"
_SPECIAL = expression(
    rf"(?P<code>&(?:{_NAMED}|\#[0-9]{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}});)"
    r"|(?P<tag></?[a-zA-Z][a-zA-Z0-9]{0,9} ?/?>)"
    r"|(?P<escape>\\(?=[!-/:-@\[-`{-~]))"
    r"|(?P<percent>%(?:2[0-9dDeEfFcC]|3[aAdD]))"
    r"|(?P<marks>[*`]+)"
    r"|(?P<other>[\u00a0\u00ad\u034f\u061c\u180e\u2000-\u2015\u202a-\u202f\u205f-\u2064\u2212\u3000\ufe58\ufe63\ufeff"
    r"\uff01-\uff5e]+)",
)

_BEGINS = expression(
    r"[&<\\%*`\u00a0\u00ad\u034f\u061c\u180e\u2000-\u2015\u202a-\u202f\u205f-\u2064\u2212\u3000\ufe58\ufe63\ufeff"
    r"\uff01-\uff5e]"
)
"""What each of them begins with: one class is looked for far faster than seven patterns."""


@dataclass(frozen=True, slots=True)
class Plain:
    """The plain text, and where its characters stand in the text that it was made from."""

    text: str
    _made: tuple[int, ...]
    """Where in the plain text something was left out or put in, in order."""
    _from: tuple[int, ...]
    """What follows there stands at these offsets of the original."""

    def origin(self, offset: int) -> int:
        """The offset in the original of a character of the plain text."""
        step = bisect.bisect_right(self._made, offset) - 1
        return self._from[step] + offset - self._made[step] if step >= 0 else offset


def plain(text: str) -> Plain:
    """The text with emphasis, simple tags, escapes and unseen characters taken out, and look-alikes made plain."""
    pieces: list[str] = []
    made: list[int] = []
    starts: list[int] = []
    done = length = 0
    for begin in _BEGINS.finditer(text):
        found = _SPECIAL.match(text, begin.start()) if begin.start() >= done else None
        if found is None:
            continue
        instead = _instead(found)
        if instead == found[0]:
            continue
        pieces += [text[done : found.start()], instead]
        length += found.start() - done + len(instead)
        done = found.end()
        made.append(length)
        starts.append(done)
    return Plain("".join([*pieces, text[done:]]), tuple(made), tuple(starts))


def _instead(found: re.Match[str]) -> str:
    match found.lastgroup:
        case "code":
            return _alike(html.unescape(found[0]))
        case "tag":
            return " "
        case "percent":
            return chr(int(found[0][1:], 16))
        case "other":
            return _alike(found[0])
        case _:
            return ""


def _alike(text: str) -> str:
    """Plain signs for dashes, spaces and letters of full width; nothing for what can't be seen."""
    made = []
    for sign in text:
        category = unicodedata.category(sign)
        if category in {"Cf", "Mn"}:
            continue
        made.append("-" if category == "Pd" or sign == "\u2212" else " " if category == "Zs" else sign)
    return unicodedata.normalize("NFKC", "".join(made))
