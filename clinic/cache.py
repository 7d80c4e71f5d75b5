"""The cache: what was computed from bytes, under a key that tells all that shaped it. It is only a cache.

Deleting, truncating or corrupting it, or bringing one from another machine or version, costs time and never
correctness: every value carries its own digest, and whatever is wrong with the file reads as "not there".
Large values are files of their own, named by what they hold.
"""

import contextlib
import hashlib
import os
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

_DIGEST = 16

_FORM = 2
"""How the file is laid out: one of another form is made anew. Values of some kilobytes stand beside the keys, not among
them: that is found three times as fast as in a table without row ids."""

_TOGETHER = 250
"""Keys that are asked for in one go."""

_MOST_WAITING = 8_000_000
"""Bytes that wait to be written. They are written together, so that nobody else waits longer for the file than that
takes: the preview and the build that it starts share one."""


class Cache:
    """Values by key, in one SQLite file; silently useless where that file can't be used."""

    def __init__(self, folder: Path | None) -> None:
        """Opens the cache in a folder; without a folder, remembers nothing."""
        self._path = folder / "values.sqlite" if folder else None
        self._bodies = folder / "bodies" if folder else None
        self._database: sqlite3.Connection | None = None
        self._used: list[bytes] = []
        self._waiting: dict[bytes, bytes] = {}
        self._weight = 0
        self._mended = False
        if self._path is not None:
            self._database = self._open(self._path) or self._anew(self._path)

    @classmethod
    def _open(cls, path: Path) -> sqlite3.Connection | None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(path, timeout=2, isolation_level=None, check_same_thread=False)
        except (sqlite3.Error, OSError):
            return None
        try:
            # Losing the last values in a power cut costs time only, so nothing waits for the disk.
            database.execute("PRAGMA synchronous=OFF")
            database.execute("PRAGMA journal_mode=WAL")
            if database.execute("PRAGMA user_version").fetchone() != (_FORM,):
                cls._shape(database)
            database.execute("SELECT value FROM 'values' LIMIT 1").fetchall()
        except sqlite3.Error:
            database.close()
            return None
        return database

    @staticmethod
    def _shape(database: sqlite3.Connection) -> None:
        """Makes the table, unless another process has made it by now."""
        database.execute("BEGIN IMMEDIATE")
        if database.execute("PRAGMA user_version").fetchone() != (_FORM,):
            database.execute("DROP TABLE IF EXISTS 'values'")
            database.execute("CREATE TABLE 'values' (key BLOB PRIMARY KEY, value BLOB)")
            database.execute(f"PRAGMA user_version={_FORM}")
        database.execute("COMMIT")

    @classmethod
    def _anew(cls, path: Path) -> sqlite3.Connection | None:
        for each in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
            with contextlib.suppress(OSError):
                each.unlink()
        return cls._open(path)

    def get(self, key: bytes) -> bytes | None:
        """The value under a key; None where there is none, or not exactly the one that was put there."""
        if self._database is None:
            return None
        if key in self._waiting:
            return self._waiting[key]
        try:
            row = self._database.execute("SELECT value FROM 'values' WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error as error:
            self._troubled(error)
            return None
        return self._believed(key, row[0]) if row is not None else None

    def get_all(self, keys: Sequence[bytes]) -> list[bytes | None]:
        """The value under each key, as `get` gives it: many are found faster together."""
        found: dict[bytes, bytes | None] = {}
        for start in range(0, len(keys), _TOGETHER):
            if self._database is None:
                break
            asked = [key for key in keys[start : start + _TOGETHER] if key not in self._waiting]
            places = ",".join("?" * len(asked))
            try:
                rows = self._database.execute(f"SELECT key, value FROM 'values' WHERE key IN ({places})", asked)  # noqa: S608 - nothing is put in but question marks
                found.update((key, self._believed(key, value)) for key, value in rows)
            except sqlite3.Error as error:
                self._troubled(error)
        return [self._waiting[key] if key in self._waiting else found.get(key) for key in keys]

    def _believed(self, key: bytes, stored: object) -> bytes | None:
        """The value in what stands under a key, if it is exactly the one that was put there."""
        if not isinstance(stored, bytes):
            return None
        if stored[:_DIGEST] != _check(key, memoryview(stored)[_DIGEST:]):
            return None
        self._used.append(key)
        return stored[_DIGEST:]

    def put(self, key: bytes, value: bytes) -> None:
        """Remembers a value, where that is possible."""
        if self._database is None:
            return
        self._waiting[key] = value
        self._weight += len(value)
        if self._weight > _MOST_WAITING:
            self.keep()

    def keep(self) -> None:
        """Keeps what was put so far, whatever happens to this process."""
        if self._database is None or not self._waiting:
            return
        (waiting, self._waiting), self._weight = (self._waiting, {}), 0
        rows = [(key, _check(key, value) + value) for key, value in waiting.items()]
        try:
            self._database.execute("BEGIN IMMEDIATE")
            self._database.executemany("INSERT OR REPLACE INTO 'values' VALUES (?, ?)", rows)
            self._database.execute("COMMIT")
            self._used += waiting
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) != sqlite3.SQLITE_BUSY:
                self._troubled(error)
            if self._database is not None:  # another process has the file, or it was made anew: later, then
                self._waiting = waiting | self._waiting

    def body(self, sha256: str) -> bytes | None:
        """A large value by the sha256 of its bytes, in hexadecimal; None where it is not there whole."""
        if self._bodies is None:
            return None
        try:
            found = (self._bodies / sha256[:2] / sha256).read_bytes()
        except OSError:
            return None
        return found if hashlib.sha256(found).hexdigest() == sha256 else None

    def put_body(self, body: bytes) -> bool:
        """Remembers a large value under the sha256 of its bytes; whether that was possible. Any thread may call it."""
        if self._bodies is None:
            return False
        name = hashlib.sha256(body).hexdigest()
        place = self._bodies / name[:2] / name
        staged = place.with_name(f".{name}.{os.getpid()}.{threading.get_ident()}")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            staged.write_bytes(body)
            staged.replace(place)
        except OSError:
            with contextlib.suppress(OSError):
                staged.unlink()
            return False
        return True

    def close(self) -> None:
        """Keeps what was put."""
        self.keep()
        if self._database is not None:
            self._database.close()
            self._database = None

    def _troubled(self, error: sqlite3.Error) -> None:
        """Makes a damaged file anew, with what could still be read of it; does without one that can't be used."""
        damaged = getattr(error, "sqlite_errorcode", 0) in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
        kept = [row for key in self._used if (row := self._row(key)) is not None] if damaged else []
        if self._database is not None:
            with contextlib.suppress(sqlite3.Error):
                self._database.close()
        self._database = None
        if not damaged or self._path is None or self._mended:
            return
        self._mended = True
        self._database = self._anew(self._path)
        if self._database is not None:
            with contextlib.suppress(sqlite3.Error):
                self._database.executemany("INSERT OR REPLACE INTO 'values' VALUES (?, ?)", kept)

    def _row(self, key: bytes) -> tuple[bytes, bytes] | None:
        if self._database is None:
            return None
        try:
            row = self._database.execute("SELECT value FROM 'values' WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error:
            return None
        return (key, row[0]) if row else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def key_for(*parts: str | bytes) -> bytes:
    """A key from all that shapes a value; parts can't run into each other."""
    pieces: list[bytes] = []
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        pieces += (len(data).to_bytes(8, "big"), data)
    return hashlib.blake2b(b"".join(pieces), digest_size=32).digest()


def _check(key: bytes, value: bytes | memoryview) -> bytes:
    check = hashlib.blake2b(key, digest_size=_DIGEST)
    check.update(value)
    return check.digest()
