"""Files of the content folder, opened: only plain ones, each looked through for patients' details before all else."""

import errno
import os
import stat
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from clinic.problems import Problem
from clinic.problems.catalogue import files as rules
from clinic.source import names
from clinic.source.plain import OPEN, device_named, digest, unreadable
from clinic.source.private import patient_data, without_patient_data
from clinic.source.text import LARGEST, too_big


@dataclass(frozen=True, slots=True)
class Opened:
    """A file of the content folder: its path there, its bytes, and their `digest` (`clinic.source.plain`)."""

    path: str
    data: bytes
    digest: str


def _none(opened: Sequence[Opened]) -> list[bool]:
    """Of none is known that it was looked through."""
    return [False] * len(opened)


@dataclass(frozen=True, slots=True)
class Private:
    """A file that seems to hold a patient's details: what is wrong, and its bytes without them."""

    problems: tuple[Problem, ...]
    masked: bytes


def read_bytes(root: Path, path: str, limit: int = LARGEST) -> bytes | Problem:
    """The bytes of a file of the content folder, or why they can't be had: also where it holds a patient's details.

    Never waits for a pipe, never follows a link, never reads more than `limit` bytes: a page may have a megabyte.
    """
    found = read_guarded(root, path, limit)
    return found.problems[0] if isinstance(found, Private) else found


def read_guarded(root: Path, path: str, limit: int = LARGEST) -> bytes | Problem | Private:
    """As `read_bytes`, with every detail of a patient that is in the file. There is no way to read past this."""
    found = read_all_guarded(root, [path], limit)[0]
    return found.data if isinstance(found, Opened) else found


def read_all_guarded(
    root: Path,
    paths: Iterable[str],
    limit: int = LARGEST,
    *,
    clean: Callable[[Sequence[Opened]], Sequence[bool]] = _none,
) -> list[Opened | Problem | Private]:
    """The same of several files, in their order.

    `clean` says of each file whether the same generator looked them through before, and found none.
    """
    found: list[Opened | Problem | Private] = []
    for path in paths:
        data = _read(root, path, limit)
        found.append(data if isinstance(data, Problem) else Opened(path, data, digest(data)))
    opened = [each for each in found if isinstance(each, Opened)]
    known = {each.path for each, known in zip(opened, clean(opened), strict=True) if known}
    return [_looked_through(each) if isinstance(each, Opened) and each.path not in known else each for each in found]


def _looked_through(opened: Opened) -> Opened | Private:
    problems = patient_data(opened.path, opened.data)
    return Private(problems, without_patient_data(opened.data)) if problems else opened


def _read(root: Path, path: str, limit: int) -> bytes | Problem:  # noqa: PLR0911 one return for each case
    seen = names.shown(path)
    if path.startswith(("/", "\\")) or ".." in path.replace("\\", "/").split("/") or "\0" in path:
        return rules.LEAVES_FOLDER(seen)
    try:
        opened = os.open(os.path.join(root, path), OPEN)  # noqa: PTH118 - a Path for each of thousands takes as long as reading it
        try:
            found = os.fstat(opened)
            if stat.S_ISDIR(found.st_mode):
                return rules.FOLDER_AS_FILE(seen)
            if not stat.S_ISREG(found.st_mode):
                return rules.DEVICE(seen, what=device_named(found.st_mode))
            data = _bytes_of(opened, min(found.st_size, limit), limit + 1)
        finally:
            os.close(opened)
    except IsADirectoryError:
        return rules.FOLDER_AS_FILE(seen)
    except OSError as error:
        if error.errno == errno.ENXIO:
            return rules.DEVICE(seen, what=device_named(stat.S_IFSOCK))
        return unreadable(seen, error, "file")
    return too_big(seen, max(found.st_size, len(data)), limit) if len(data) > limit else data


def _bytes_of(opened: int, likely: int, most: int) -> bytes:
    """At most so many bytes of a file, which probably has `likely` of them: a plain file gives them in one go."""
    pieces = [os.read(opened, likely + 1)]
    while pieces[-1] and (rest := most - sum(map(len, pieces))) > 0:
        pieces.append(os.read(opened, rest))
    return b"".join(pieces)
