"""Which addresses a folder can hold safely, on any computer that the folder may be copied to."""

import functools
import re
import unicodedata
from collections.abc import Iterable

from clinic.release.stops import BadKey

_FORBIDDEN = frozenset('<>:"|?*\\')
"""Characters that Windows does not allow in a file name, and the backslash, which is a separator there."""

_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))})
"""Names that are devices on Windows, with any ending."""

_PLAIN = re.compile(r"[A-Za-z0-9._-]+")
"""What nearly all parts are made of."""

_LONGEST = 240
"""Bytes of one part of an address: file systems allow 255, and a staged file's name is a little longer."""


@functools.lru_cache(maxsize=1 << 15)
def refusal(key: str) -> str:
    """Why `key` can't be a file below a folder: empty when it can."""
    if not key or key.startswith("/"):
        return "it is not a path below the site"
    if not key.isascii() and unicodedata.normalize("NFC", key) != key:
        return "its accents are written in a form that differs between computers"
    for part in key.split("/"):
        if why := _refused_part(part):
            return why
    return ""


def _refused_part(part: str) -> str:
    if part in {"", ".", ".."}:
        return "it leaves its folder or has an empty part"
    if not _PLAIN.fullmatch(part) and any(
        letter in _FORBIDDEN or unicodedata.category(letter) in {"Cc", "Cs"} for letter in part
    ):
        return "it has a character that not every computer can store"
    if part[-1] in " ." or part.partition(".")[0].rstrip().casefold() in _DEVICES:
        return "it ends in a dot or a space, or is a name that Windows keeps for itself"
    return "a part of it is too long" if len(part.encode()) > _LONGEST else ""


def check_keys(keys: Iterable[str], live: Iterable[str] = (), *, blind_to_case: bool = False) -> None:
    """Nothing, when all `keys` can be files side by side, and beside the `live` ones.

    `blind_to_case` says that the folder can't tell `A.pdf` from `a.pdf`: then a live file must not differ from a new
    one in capitals only. Two new ones never may.

    Raises:
        BadKey: the sentence names the address and the cause.
    """
    wanted = sorted(set(keys))
    for key in wanted:
        if why := refusal(key):
            raise BadKey(
                f"The address {key!r} can't be a file in a folder: {why}. Give that page or file another name."
            )
    folded: dict[str, str] = {}
    for key in wanted:
        if (other := folded.setdefault(key.casefold(), key)) != key:
            raise BadKey(f"The addresses {other} and {key} differ in capitals only. Rename one of the two.")
    for key in sorted(set(live)) if blind_to_case else ():
        if (other := folded.get(key.casefold(), key)) != key:
            raise BadKey(
                f"The address {other} differs from {key}, which is live, in capitals only, and this folder can't tell "
                f"them apart. Choose another name for {other}."
            )
    together = {*wanted, *live}
    for key in sorted(together):
        folder = key.rpartition("/")[0]
        while folder:
            if folder in together:
                raise BadKey(f"The address {folder} can't be a file and the folder of {key} at once.")
            folder = folder.rpartition("/")[0]
