"""What shapes the site beyond its content: the generator's own code, the locked versions. Part of every key."""

import functools
import hashlib
import re
from pathlib import Path

PACKAGE = Path(__file__).parent
LOCK = PACKAGE.parent / "requirements.txt"

_PINNED = re.compile(r"^([a-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)

SHOWN = ("pelican", "markdown", "pygments", "jinja2", "babel", "nh3", "pillow", "pyyaml", "tzdata")
"""The libraries that build.json names: those that shape what patients get."""


@functools.cache
def locked_versions() -> dict[str, str]:
    """The version of every library, as the lock pins it."""
    try:
        return dict(_PINNED.findall(LOCK.read_text(encoding="utf-8")))
    except OSError:
        return {}


@functools.cache
def code_digest() -> str:
    """The digest of the generator's own files: code, word lists, catalogue of problems."""
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in {".py", ".toml"}:
            digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


@functools.cache
def code_of(*files: Path) -> str:
    """The digest of some files of the generator: what shapes a thing that nothing else of the generator shapes."""
    digest = hashlib.blake2b(digest_size=16)
    for file in files:
        digest.update(file.read_bytes() + b"\0")
    return digest.hexdigest()


@functools.cache
def salt() -> str:
    """A digest of all of it."""
    pinned = " ".join(f"{name}={version}" for name, version in sorted(locked_versions().items()))
    return hashlib.blake2b(f"{code_digest()} {pinned}".encode(), digest_size=16).hexdigest()


def shown_versions() -> dict[str, str]:
    """The versions that build.json names."""
    return {name: version for name, version in locked_versions().items() if name in SHOWN}
