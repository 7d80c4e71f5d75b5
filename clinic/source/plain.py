"""Plain files, and what is no plain file or can't be read: what is known of files without looking at what they say."""

import errno
import hashlib
import os
import stat
from pathlib import Path

from clinic.problems import Problem
from clinic.problems.catalogue import files as rules

OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
"""How a file is opened: no link is followed, no pipe is waited for."""


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


def digest(data: bytes) -> str:
    """A digest of bytes: where it is the same, so are the bytes, and whatever follows from them alone."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def digest_of(root: Path, path: str) -> str:
    """`digest` of the bytes of a file, however many; where it can't be read, the reason. Nothing else is kept of it."""
    whole = hashlib.blake2b(digest_size=16)
    try:
        with open(os.open(root / path, OPEN), "rb") as file:  # noqa: PTH123 flags can't be given to Path.open
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return "no plain file"
            while piece := file.read(1 << 20):
                whole.update(piece)
    except OSError as error:
        return f"not read: {error.errno}"
    return whole.hexdigest()
