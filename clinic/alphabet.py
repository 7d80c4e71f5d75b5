"""The order of letters, from A to Z, in each language: from Unicode decompositions and a short table, nothing else.

CLDR's collation is not part of Babel, and the machine's own differs from machine to machine.
"""

import functools
import string
import unicodedata
from collections.abc import Iterable

OWN_LETTERS = {
    "cs": {"č": "c", "ř": "r", "š": "s", "ž": "z"},
    "da": {"æ": "z", "ø": "z", "å": "z"},
    "es": {"ñ": "n"},
    "fi": {"å": "z", "ä": "z", "ö": "z"},
    "nb": {"æ": "z", "ø": "z", "å": "z"},
    "no": {"æ": "z", "ø": "z", "å": "z"},
    "pl": {"ą": "a", "ć": "c", "ę": "e", "ł": "l", "ń": "n", "ó": "o", "ś": "s", "ź": "z", "ż": "z"},
    "sv": {"å": "z", "ä": "z", "ö": "z"},
    "vi": {"ă": "a", "â": "a", "đ": "d", "ê": "e", "ô": "o", "ơ": "o", "ư": "u"},
}
"""Letters that a language counts as letters of their own, each with the letter after which it stands. Where several
stand after the same one, they do so in the order of this table."""

SPELT = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l"}
"""Letters without a decomposition in Unicode, as they are listed elsewhere."""


@functools.lru_cache(maxsize=65536)
def order_key(text: str, language: str) -> tuple[str, str, str]:
    """The key of a name in the order of `language`: letters first, then accents, then case. Articles count."""
    lower = unicodedata.normalize("NFC", text.strip()).casefold()
    letters = unicodedata.normalize("NFC", lower).translate(_places(language))
    return (" ".join(letters.split()), lower, text)


class _Places(dict[int, str]):
    """What each character of a small-lettered text counts as in one language's order, worked out when it is first met.

    Letters, digits and spaces only: hyphens count as spaces, so that "x-ray" and "x ray" stand together.
    """

    def __init__(self, language: str) -> None:
        own = enumerate(OWN_LETTERS.get(language, {}).items())
        self._own = {letter: after + "\U0010ff00" + chr(0x10FF01 + at) for at, (letter, after) in own}

    def __missing__(self, code: int) -> str:
        letters = self._own.get(chr(code)) or _base(chr(code))
        counts = "".join(each if each.isalnum() or each > "\U0010feff" else " " for each in letters)
        return self.setdefault(code, counts)


@functools.lru_cache(maxsize=64)
def _places(language: str) -> _Places:
    return _Places(language)


def first_letter(text: str, language: str) -> str:
    """The letter under which a name stands: its first, without accents but for the language's own letters.

    "0-9" for a digit, "#" for a name without letters or digits.
    """
    for character in unicodedata.normalize("NFC", text):
        if character.isdigit():
            return "0-9"
        if character.isalpha():
            lower = character.lower()
            letter = lower if lower in OWN_LETTERS.get(language, {}) else _base(lower)[:1]
            return letter.upper()
    return "#"


def letters(present: Iterable[str], language: str) -> tuple[str, ...]:
    """The letters of an A to Z, in order: those that are `present`, and where most are Latin, the whole alphabet."""
    there = set(present)
    latin = {letter.upper() for letter in (*string.ascii_lowercase, *OWN_LETTERS.get(language, {}))}
    whole = latin if 2 * len(there & latin) > len(there - {"0-9", "#"}) else set()
    return tuple(sorted(there | whole, key=lambda letter: order_key(letter, language)))


def _base(letter: str) -> str:
    """A letter without its marks: é is e."""
    spelt = SPELT.get(letter, letter)
    parts = unicodedata.normalize("NFKD", spelt)
    return "".join(part for part in parts if not unicodedata.combining(part)) or spelt
