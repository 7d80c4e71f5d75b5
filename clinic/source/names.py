"""Names of files and folders: which are ignored, which work everywhere, and what to call one that does not.

What Windows reserves is from "Naming Files, Paths, and Namespaces" in its documentation.
"""

import re
import unicodedata

from clinic.expressions import expression

LONGEST_NAME = 100
"""How many characters the name of a file or folder may have."""

LONGEST_PATH = 240
"""How many characters a path below the content folder may have: Windows programs stop at 260 for the whole path."""

SLUG = expression(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\Z")
"""What the name of a page's file is, without its ending: it becomes the address."""

_PORTABLE = expression(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")
_RESERVED = expression(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|\Z)", re.IGNORECASE)
_IGNORED = expression(
    r".*~|\..*\.(?:sw[a-z]|un~)|.*\.(?:sw[opx]|tmp|bak|orig|part|crdownload)|\.#.*|#.*#|~\$.*|~WRL.*|\.~lock\..*#|\._.*|4913"
    r"|\.DS_Store|thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r|\.goutputstream-.*|\.directory|\.localized"
    r"|\.git(?:keep|ignore|attributes)|\.editorconfig",
    re.IGNORECASE | re.DOTALL,
)
_IGNORED_FOLDERS = {".git", ".vscode", ".idea", ".obsidian", "__MACOSX", ".Trashes", ".Spotlight-V100", ".fseventsd"}
_SPELT = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i"}
)
_APOSTROPHES = "'’‘`´"  # noqa: RUF001 they are what is looked for


def is_ignored(name: str, *, folder: bool = False) -> bool:
    """Whether a name is that of an editor's backup or of the system's own file."""
    return name in _IGNORED_FOLDERS if folder else _IGNORED.fullmatch(name) is not None


def is_reserved(name: str) -> bool:
    """Whether Windows keeps this name for a device, whatever its ending."""
    return _RESERVED.match(name) is not None


def shown(path: str) -> str:
    """A path as it can be printed: what can't be seen is written as its number."""
    if path.isprintable():
        return path
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode() for character in path
    )


def broken(name: str) -> str | None:
    """What in a name breaks on some computer, or can't be seen, whatever the file is; None where nothing does."""
    if any("\ud800" <= character <= "\udfff" for character in name):
        return "a letter that can't be read (it was made on a computer with another encoding)"
    if not name.isprintable():
        return "an invisible character"
    if name[0] in ". ":
        return "a dot or space at its beginning"
    if name[-1] in ". ":
        return "a dot or space at its end"
    found = next((character for character in name if character in '<>:"\\|?*'), None)
    return None if found is None else f"the character {found}"


def flaw(name: str, *, slug: bool) -> str | None:  # noqa: PLR0911 one return for each case
    """What in a name does not belong in an address, or None.

    Args:
        name: the name; without its ending where it must be a slug.
        slug: whether it becomes the address of a page, so that only a-z, 0-9 and hyphens will do.
    """
    if (SLUG if slug else _PORTABLE).match(name):
        return None
    for character in name:
        if character == " ":
            return "a space"
        if character in _APOSTROPHES:
            return "an apostrophe"
        if not character.isascii():
            return f"a letter that is not one of a to z ({character})"
        if slug and character.isupper():
            return "capital letters"
        if slug and character == "_":
            return "an underscore"
        if not character.isalnum() and character not in ("-" if slug else "-_."):
            return f"the character {character}"
    return "a hyphen at its beginning or end"


def suggestion(name: str, ending: str = ".md", *, slug: bool = True) -> str:
    """A name that works everywhere, as like the given one as can be; `name` comes without its ending."""
    text = unicodedata.normalize("NFKD", name.translate(_SPELT).casefold() if slug else name.translate(_SPELT))
    text = "".join(character for character in text if character not in _APOSTROPHES and character.isprintable())
    text = re.sub(r"[\u0300-\u036f]+", "", text)
    text = re.sub(r"[^a-z0-9]+" if slug else r"[^A-Za-z0-9._-]+", "-", text).strip("-._")
    if len(text) > 60:
        text = text[:61].rpartition("-")[0].strip("-._") or text[:60]
    if not text or is_reserved(text):
        text = f"{text}-page".strip("-") if slug else f"{text}-file".strip("-")
    return text + ending
