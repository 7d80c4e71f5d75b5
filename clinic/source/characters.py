"""Characters that should not stand in a text: what is wrong with each, and what is read in its place.

Which are invisible follows the Unicode Character Database (Default_Ignorable_Code_Point, Bidi_Control, general
categories Cc, Co and Cn); where joiners and marks of direction are needed to spell follows Unicode 23.2 and UAX #9.
A problem never moves what follows it: in the text that goes on, each such character has become exactly one other.
"""

import re
import unicodedata

from clinic.expressions import expression
from clinic.problems import Problem, Rule
from clinic.problems.catalogue import text as rules
from clinic.source.place import Places

LOST = "\N{REPLACEMENT CHARACTER}"
"""What an unreadable or hidden character becomes in the text that goes on."""

MOST_PER_FILE = 200
"""More problems with characters than this help nobody; `check --fix` mends them round by round."""

SPACES = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
"""Spaces that look like the ordinary one but separate nothing, as a part of a regular expression."""

_TAIL = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"  # noqa: RUF001 the characters that bytes 80-BF are in Windows-1252
_SUSPECT = expression(
    rf"(?P<garbled>[ÂÃ][{_TAIL}]|â[{_TAIL}]{{2}})"
    "|(?P<control>[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff]+)"
    "|(?P<separator>[\x85\u2028\u2029])"
    f"|(?P<lost>{LOST}+)"
    "|(?P<private>[\ue000-\uf8ff\U000f0000-\U0010ffff]+)"
    "|(?P<soft>\u00ad+)"
    "|(?P<direction>[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])"
    "|(?P<joiner>[\u200c\u200d])"
    "|(?P<variant>[\ufe00-\ufe0f\U000e0100-\U000e01ef])"
    "|(?P<tag>[\U000e0000-\U000e007f]+)"
    "|(?P<hidden>[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
    "\U0001d173-\U0001d17a]+)"
)
_ANY_SUSPECT = expression(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00adÂÃâ\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff9-\uffff\U0001d173-\U0001d17a"
    "\U000e0000-\U0010ffff]"
)
"""One class for all of them: most texts hold none, and one class is a tenth of the work."""

_JOINED_SCRIPTS = expression(
    "[\u0600-\u0dff\u0f00-\u109f\u1780-\u18af\u1a20-\u1c4f\ua840-\ua87f\ua8e0-\ua8ff\ufb50-\ufdcf\ufe70-\ufefc"
    "\U00010a00-\U00011fff\U0001e900-\U0001e95f]"
)
_NAMES = {
    "\x00": "a zero byte",
    "\x0b": "a vertical tab",
    "\x0c": "a page break",
    "\x85": "next line, U+0085",
    "\x7f": "delete, U+007F",
}


_ALWAYS: dict[str, tuple[Rule, str | None]] = {
    "lost": (rules.LOST_CHARACTER, None),
    "private": (rules.PRIVATE_CHARACTER, None),
    "separator": (rules.LINE_SEPARATOR, " "),
    "soft": (rules.SOFT_HYPHEN, ""),
}


def name_of(character: str) -> str:
    """What to call a character that can't be seen: its Unicode name and number."""
    number = f"U+{ord(character):04X}"
    known = _NAMES.get(character)
    if known is not None:
        return known
    name = unicodedata.name(character, "")
    return f"{name.lower()}, {number}" if name else number


def _meant(found: str) -> str | None:
    """What garbled characters were before UTF-8 was read as Windows-1252, or None where they aren't garbled."""
    data = bytearray()
    for character in found:
        try:
            data += character.encode("cp1252")
        except UnicodeEncodeError:
            if ord(character) > 0xFF:
                return None
            data.append(ord(character))
    try:
        meant = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return " " if meant == "\u00a0" else meant if meant.isprintable() else None


def _line_around(text: str, at: int) -> str:
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)]


def _needed(kind: str, text: str, start: int) -> bool:  # noqa: PLR0911 one return for each case
    """Whether a joiner, variant, tag or mark of direction is part of how this text is spelt."""
    before = text[start - 1] if start else " "
    after = text[start + 1] if start + 1 < len(text) else " "
    if kind == "variant":
        return unicodedata.category(before) in {"So", "Sm", "Sk", "Po", "Nd", "Lo", "Mn", "Pd"}
    if kind == "tag":
        return before == "\N{WAVING BLACK FLAG}"
    if kind == "joiner":
        if _JOINED_SCRIPTS.match(before):
            return True
        emoji = unicodedata.category(before) in {"So", "Sk"} or before == "\ufe0f"
        return text[start] == "\u200d" and emoji and unicodedata.category(after) == "So"
    line = _line_around(text, start)
    if not any(unicodedata.bidirectional(character) in {"R", "AL"} and character.isalpha() for character in line):
        return False
    if text[start] in "\u061c\u200e\u200f":
        return True
    opened = sum(line.count(mark) for mark in "\u2066\u2067\u2068")
    return text[start] >= "\u2066" and opened == line.count("\u2069")


def _judged(kind: str, found: str, text: str, start: int) -> tuple[Rule, str | None, dict[str, str]] | None:
    """The rule that these characters break, what mends them, and the words of the message."""
    words = {"name": name_of(found[0])}
    if kind == "garbled":
        meant = _meant(found)
        return None if meant is None else (rules.GARBLED, meant, {"found": found, "meant": meant})
    if kind == "control":
        if "\x00" in found:
            return rules.CONTROL_CHARACTER, None, {"name": name_of("\x00")}
        return rules.CONTROL_CHARACTER, " " if set(found) & {"\x0b", "\x0c"} else "", words
    if kind in _ALWAYS:
        return *_ALWAYS[kind], words
    if kind != "hidden" and _needed(kind, text, start):
        return None
    return rules.DIRECTION_CHARACTER if kind == "direction" else rules.HIDDEN_CHARACTER, "", words


def cleaned(path: str, text: str) -> tuple[str, tuple[Problem, ...]]:
    """The text with one harmless character for each that should not be there, and what is wrong with those.

    Soft hyphens and garbled letters stay: they are warned of and published as they are. Lines and columns stay too.
    """
    first = _ANY_SUSPECT.search(text)
    if first is None:
        return text, ()
    places = Places(text)
    problems: list[Problem] = []
    pieces: list[str] = []
    done, at = 0, first.start()
    while (match := _SUSPECT.search(text, at)) is not None:
        kind, found, start = match.lastgroup or "", match[0], match.start()
        judged = _judged(kind, found, text, start)
        if judged is None:
            at = start + 1 if kind == "garbled" else match.end()
            continue
        at = match.end()
        rule, mended, words = judged
        if len(problems) < MOST_PER_FILE:
            problems.append(rule(path, places.span(start, at), replacement=mended, hint=None, severity=None, **words))
        if kind != "soft":
            pieces += [text[done:start], _stand_in(kind, found)]
            done = at
    return "".join([*pieces, text[done:]]) if done else text, tuple(problems)


def _stand_in(kind: str, found: str) -> str:
    """What the text that goes on has in the place of these characters: as many, and none that does harm."""
    if kind == "garbled":
        return "".join(LOST if "\x7f" <= character <= "\x9f" else character for character in found)
    return (" " if kind == "separator" else LOST) * len(found)


_FIXED = expression(
    rf"^(?P<before>[ \t>]*(?:(?:[-*+]|\d{{1,9}}[.)]|#{{1,6}})(?=[{SPACES}]))?)(?P<space>[{SPACES}]+)", re.MULTILINE
)


def fixed_spaces(path: str, body: str, first_line: int) -> tuple[Problem, ...]:
    """Non-breaking spaces that keep a list or a heading of a body from being one, as when text comes out of Word."""
    if body.isascii():
        return ()
    places = Places(body, first_line)
    return tuple(
        rules.FIXED_SPACE(path, places.span(*match.span("space")), replacement=" " * len(match["space"]))
        for match in list(_FIXED.finditer(body))[:MOST_PER_FILE]
    )
