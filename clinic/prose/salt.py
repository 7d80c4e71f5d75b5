"""What shapes a parsed body beyond the file itself, so that a cache of bodies knows when it is out of date."""

import functools
import hashlib
from importlib.metadata import version
from pathlib import Path

from clinic.problems import problem
from clinic.problems.catalogue import body as rules
from clinic.prose.sections import LIST


@functools.cache
def salt() -> str:
    """The versions of the libraries that read bodies, and the digest of our own sources and of the list of headings.

    Raises:
        OSError: a source file of the generator cannot be read.
    """
    digest = hashlib.sha256()
    own = sorted(Path(__file__).parent.glob("*.py"), key=lambda path: path.name)
    for path in (*own, LIST, Path(rules.__file__), Path(problem.__file__)):
        data = path.read_bytes()
        digest.update(f"{path.name}:{len(data)}\n".encode() + data)
    versions = " ".join(f"{name}={version(name)}" for name in ("markdown", "pygments", "nh3"))
    return f"prose {versions} sources={digest.hexdigest()}"
