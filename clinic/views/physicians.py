"""Who is a physician, by what their page says of them: a degree, or a role in words. In doubt, nobody is."""

import functools
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

LIST = Path(__file__).parent.parent / "lists" / "physicians.toml"


def is_physician(role: str, credentials: str) -> bool:
    """Whether a role or degrees make a physician.

    Args:
        role: what they do here, as `role` says it: "Physician", but not "Physician assistant".
        credentials: degrees and licences, as `credentials` has them: "MD, FACS", "D.O.".
    """
    known = _words()
    degrees = {re.sub(r"[^a-z]", "", each.lower()) for each in re.split(r"[,;/]|\s+", credentials)}
    words = set(re.findall(r"[a-z]+", role.lower()))
    return bool(degrees & known["degrees"]) or (bool(words & known["roles"]) and not words & known["helpers"])


@functools.cache
def _words() -> Mapping[str, frozenset[str]]:
    """The words of clinic/lists/physicians.toml by their list."""
    found = tomllib.loads(LIST.read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in found.items()}
