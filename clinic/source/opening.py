"""Files of the content folder, opened: only plain ones, each looked through for patients' details before all else."""

import errno
import hashlib
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from clinic.problems import Problem
from clinic.problems.catalogue import files as rules
from clinic.source import names
from clinic.source.private import patient_data, without_patient_data
from clinic.source.text import LARGEST, too_big

_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def device_named(mode: int) -> str:
    """What a thing of this mode that is neither file, folder nor link is called."""
    if stat.S_ISFIFO(mode):
        return "a pipe, which waits for another program"
    if stat.S_ISSOCK(mode):
        return "a socket, which another program left here"
    return "a device of the computer"


def unreadable(path: str, error: OSError, what: str) -> Problem:
    """The problem of a file or folder that the computer does not hand over."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return rules.VANISHED(path)
    if isinstance(error, PermissionError):
        reason = "you are not allowed to read it, or another program holds it"
        remedy = "Close it in other programs and look at its permissions, then run the command again."
    elif error.errno == errno.ELOOP:
        reason, remedy = "it is a link now", "Delete the link and copy the file itself here."
    else:
        reason = "the disk or the network gave an error"
        remedy = "Try again. If it stays, copy the file from a backup."
    return rules.UNREADABLE(path, what=what, reason=reason, remedy=remedy)


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


def read_guarded(
    root: Path, path: str, limit: int = LARGEST, *, clean: Callable[[bytes], bool] = lambda _: False
) -> bytes | Problem | Private:
    """As `read_bytes`, with every detail of a patient that is in the file. There is no way to read past this.

    `clean` says of bytes whether the same generator looked them through before, and found none.
    """
    data = _read(root, path, limit)
    if isinstance(data, Problem) or clean(data):
        return data
    problems = patient_data(path, data)
    return Private(problems, without_patient_data(data)) if problems else data


def _read(root: Path, path: str, limit: int) -> bytes | Problem:  # noqa: PLR0911 one return for each case
    seen = names.shown(path)
    if path.startswith(("/", "\\")) or ".." in path.replace("\\", "/").split("/") or "\0" in path:
        return rules.LEAVES_FOLDER(seen)
    try:
        with open(os.open(root / path, _OPEN), "rb") as file:  # noqa: PTH123 flags can't be given to Path.open
            found = os.fstat(file.fileno())
            if stat.S_ISDIR(found.st_mode):
                return rules.FOLDER_AS_FILE(seen)
            if not stat.S_ISREG(found.st_mode):
                return rules.DEVICE(seen, what=device_named(found.st_mode))
            data = file.read(limit + 1)
    except IsADirectoryError:
        return rules.FOLDER_AS_FILE(seen)
    except OSError as error:
        if error.errno == errno.ENXIO:
            return rules.DEVICE(seen, what=device_named(stat.S_IFSOCK))
        return unreadable(seen, error, "file")
    return too_big(seen, max(found.st_size, len(data)), limit) if len(data) > limit else data


def digest_of(root: Path, path: str) -> str:
    """A digest of the bytes of a file, however many; where it can't be read, of the reason. Nothing else is kept of it.

    Two files with the same digest hold the same bytes, so whatever follows from bytes alone is the same.
    """
    digest = hashlib.blake2b(digest_size=16)
    try:
        with open(os.open(root / path, _OPEN), "rb") as file:  # noqa: PTH123 flags can't be given to Path.open
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return "no plain file"
            while piece := file.read(1 << 20):
                digest.update(piece)
    except OSError as error:
        return f"not read: {error.errno}"
    return digest.hexdigest()
