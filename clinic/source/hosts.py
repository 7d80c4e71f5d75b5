"""Names of sites that only look like others: letters of another alphabet among those of ours.

The letters are those of Unicode's list of confusables (UTS 39) that stand for small letters from a to z in usual fonts.
"""

import re
import unicodedata

_HOST = re.compile(r"\s*(?:https?:[/\\]*|mailto:)([^/\\?#]*)", re.IGNORECASE)
_THE_SAME = {
    **dict(zip("аеорсухіјѕԁһӏԛԝ", "aeopcyxijsdhlqw", strict=True)),  # noqa: RUF001 they are what is looked for
    **dict(zip("ον", "ov", strict=True)),  # noqa: RUF001 they are what is looked for
    **dict(zip("օհոսց", "ohnug", strict=True)),  # noqa: RUF001 they are what is looked for
    **dict(zip("ıɑɡ", "iag", strict=True)),  # noqa: RUF001 they are what is looked for
}
"""Cyrillic, Greek, Armenian and rare Latin letters that nobody can tell from ours: a name may be made of them alone."""

_ALIKE = _THE_SAME | dict(zip("кмтнгьпυρακιτγηχ", "kmthrbnupakitynx", strict=True))
"""And those that are taken for ours where they stand among ours."""


def imitates(address: str) -> tuple[str, str] | None:
    """The first letter in the site's name of a web or e-mail address that looks like another, and which it looks like.

    None where there is none. A name that is wholly of another alphabet and could not be read as one of ours is fair.
    """
    if address.isascii() and "xn--" not in address.lower():
        return None
    match = _HOST.match(address)
    name = match[1].rpartition("@")[2].lower() if match else ""
    for label in re.split(r"[.:\u3002\uff0e]", name):
        letters = [letter for letter in _shown(label) if letter.isalpha()]
        odd = next((letter for letter in letters if letter in _ALIKE), None)
        if odd is None:
            continue
        ours = any(letter.isascii() for letter in letters)
        if ours or all(letter in _THE_SAME for letter in letters):
            return odd, _ALIKE[odd]
    return None


def _shown(label: str) -> str:
    """A part of a site's name as browsers may show it: what begins with xn-- stands for other letters (RFC 3492)."""
    if not label.startswith("xn--"):
        return unicodedata.normalize("NFC", label)
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label
