"""The headers of a folder's files, in a file beside them: a folder can't hold them itself.

Lines are only ever added, one before each write of a file, and each names the bytes that it is for. So whichever of
two writes a crash lets live, the headers found for its bytes are the right ones.
"""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from clinic.release.store import Headers

_SLACK = 1000
"""Lines that have been overtaken before the file is written anew."""


class _Line(msgspec.Struct, frozen=True, omit_defaults=True):
    key: str
    sha256: str
    content_type: str = ""
    cache_control: str = ""


class Attributes:
    """The file at `path`, read as far as it goes and read on when it grew. Its callers hold the store's lock."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known: dict[str, dict[str, Headers]] = {}
        self._lines = 0
        self._read = 0
        self._file = (0, 0)
        self._torn = False
        self._threads = threading.Lock()

    def of(self, key: str, sha256: str) -> Headers:
        """The headers of `key` when its bytes are these: empty ones when we never wrote them."""
        with self._threads:
            self._catch_up()
            return self._known.get(key, {}).get(sha256, Headers())

    def note(self, key: str, sha256: str, headers: Headers) -> None:
        """Notes that `key` has these headers once its bytes are these. Raises OSError when the disk won't take it."""
        with self._threads:
            self._catch_up()
            if self._known.get(key, {}).get(sha256) == headers:
                return
            with self.path.open("ab") as log:
                log.write(b"\n" * self._torn + _encode(key, sha256, headers))

    def sync(self) -> None:
        """What was noted outlasts a power cut."""
        if self.path.exists():
            with self.path.open("rb") as log:
                os.fsync(log.fileno())

    def tidy(self, sha256_of: Callable[[str], str | None]) -> None:
        """Writes the file anew when most of its lines are overtaken. `sha256_of` gives what a key's bytes are now."""
        with self._threads:
            self._catch_up()
        if self._lines <= 2 * len(self._known) + _SLACK:
            return
        kept = [
            _encode(key, sha256, versions[sha256])
            for key, versions in sorted(self._known.items())
            if (sha256 := sha256_of(key)) is not None and sha256 in versions
        ]
        fresh = self.path.with_suffix(".new")
        with fresh.open("wb") as log:
            log.writelines(kept)
            log.flush()
            os.fsync(log.fileno())
        fresh.replace(self.path)

    def _catch_up(self) -> None:
        try:
            state = self.path.stat()
        except FileNotFoundError:
            self._forget((0, 0))
            return
        if (state.st_dev, state.st_ino) != self._file or state.st_size < self._read:
            self._forget((state.st_dev, state.st_ino))
        if state.st_size == self._read:
            return
        with self.path.open("rb") as log:
            log.seek(self._read)
            text = log.read()
        whole = text[: text.rfind(b"\n") + 1]
        self._torn = len(whole) < len(text)
        self._read += len(whole)
        for raw in whole.splitlines():
            self._lines += 1
            try:
                line = msgspec.json.decode(raw, type=_Line)
            except msgspec.DecodeError:
                continue  # a crash cut it short: the bytes that it was for were never put in place
            headers = Headers(line.content_type, line.cache_control)
            self._known.setdefault(line.key, {})[line.sha256] = headers

    def _forget(self, file: tuple[int, int]) -> None:
        self._known, self._lines, self._read, self._file, self._torn = {}, 0, 0, file, False


def _encode(key: str, sha256: str, headers: Headers) -> bytes:
    line = _Line(key, sha256, headers.content_type, headers.cache_control)
    return msgspec.json.encode(line) + b"\n"
