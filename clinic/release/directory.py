"""A folder as a target: the site's files in it, the release's notes beside it.

Each write is staged beside the site, synced and renamed into place, so a reader sees the old file or the new one. A
lock that all our processes share makes "create only" and "replace this version only" hold. Files that we did not write
are left alone; a link that leads out of the folder is never followed.
"""

import contextlib
import errno
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from clinic.release.attributes import Attributes
from clinic.release.keys import check_keys, refusal
from clinic.release.stops import BadKey, Conflict, StoreFault, StoreForbidden, StoreFull, StoreMissing, StoreUnreachable
from clinic.release.store import ANY, NEW, STATE, Expected, Headers, Listed, Stored

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})

_PATIENCE = 30
"""Seconds to wait for another process's write of one file."""


def state_folder(root: Path) -> Path:
    """Where the notes of the site in `root` lie: `public/` has `.public-state/` beside it."""
    return root.parent / f".{root.name.lstrip('.')}-state"


class DirectoryStore:
    """The site in `root`, its notes in `state`. Neither is made before the first write."""

    def __init__(self, root: Path, state: Path | None = None) -> None:
        self.root = root
        self.state = state_folder(root) if state is None else state
        self._attributes = Attributes(self.state / "attributes.jsonl")
        self._unsynced: set[Path] = set()

    def check(self, keys: Iterable[str], live: Iterable[str] = ()) -> None:
        """As the interface says; folders that can't tell capitals apart are stricter, and no link may lead out."""
        wanted = sorted(keys)
        check_keys(wanted, live, blind_to_case=self._blind_to_case())
        for key in wanted:
            self._path(key)

    def get(self, key: str) -> Stored | None:
        """The file at `key` with the headers that it was put with."""
        path = self._path(key)
        with _said(key):
            try:
                body = path.read_bytes()
            except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
                return None
            sha256 = hashlib.sha256(body).hexdigest()
            return Stored(body, self._attributes.of(key, sha256), sha256)

    def put(self, key: str, body: bytes, headers: Headers, expect: Expected = ANY) -> str:
        """Stages, syncs and renames. The version of a file is the sha256 of its bytes."""
        path = self._path(key)
        version = hashlib.sha256(body).hexdigest()
        with _said(key):
            self.state.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._lock():
                if expect is NEW and os.path.lexists(path):
                    raise Conflict(key)
                if isinstance(expect, str) and _sha256(path) != expect:
                    raise Conflict(key)
                speaks = key.startswith(STATE) and "/" not in key.removeprefix(STATE)
                if speaks:
                    self._sync()  # a note that says "done" must not outlast what it speaks of
                path.parent.mkdir(parents=True, exist_ok=True)
                staged = self._stage(body)
                try:
                    self._attributes.note(key, version, headers)
                    self._place(staged, path, create_only=expect is NEW)
                finally:
                    staged.unlink(missing_ok=True)
                if speaks:
                    self._sync()
        return version

    def copy(self, source: str, target: str) -> None:
        """Bytes and headers of `source`, put at `target`."""
        found = self.get(source)
        if found is None:
            raise StoreMissing(source)
        self.put(target, found.body, found.headers)

    def delete(self, key: str) -> None:
        """Removes the file, and the folders that it leaves empty."""
        path = self._path(key)
        base = self._base(key)
        with _said(key), self._lock() if self.state.is_dir() else contextlib.nullcontext():
            try:
                path.unlink(missing_ok=True)
            except (NotADirectoryError, IsADirectoryError):
                return
            self._unsynced.add(path.parent)
            for folder in path.parents:
                if folder == base:
                    return
                try:
                    folder.rmdir()
                except FileNotFoundError:
                    continue
                except OSError:
                    return  # something else lives there
                self._unsynced.add(folder.parent)

    def list(self, prefix: str) -> Iterator[Listed]:
        """Every file below the prefix, hashed. Links that lead out of the folder are not ours and not shown."""
        base = self._base(prefix)
        front = STATE if base == self.state else ""
        found: list[tuple[str, Path]] = []
        with _said(prefix or "the folder"):
            for folder, _, names in os.walk(base):
                for name in names:
                    path = Path(folder, name)
                    key = front + path.relative_to(base).as_posix()
                    if key.startswith(prefix) and not refusal(key.removeprefix(STATE)) and self._inside(path, base):
                        found.append((key, path))
            for key, path in sorted(found):
                if (sha256 := _sha256(path)) is not None:
                    yield Listed(key, path.stat().st_size, sha256, sha256)

    def sweep(self) -> None:
        """Removes what a run that was killed left half written, and tidies the headers' file.

        Only who knows that nobody else is writing may call it.
        """
        if not self.state.is_dir():
            return
        with _said("the notes beside the folder"), self._lock():
            for staged in self._staging.glob("*.part"):
                staged.unlink(missing_ok=True)
            self._attributes.tidy(lambda key: None if refusal(key.removeprefix(STATE)) else _sha256(self._path(key)))

    @property
    def _staging(self) -> Path:
        return self.state / "staging"

    @contextlib.contextmanager
    def _lock(self) -> Iterator[None]:
        try:
            with FileLock(self.state / "store.lock", timeout=_PATIENCE):
                yield
        except Timeout:
            raise StoreUnreachable(
                f"Another program has been writing to {self.root.name}/ for over {_PATIENCE} seconds. The site that is "
                "live is whole. Run the same command again when that program has ended."
            ) from None

    def _base(self, key: str) -> Path:
        return self.state if key.startswith(STATE) else self.root

    def _path(self, key: str) -> Path:
        if why := refusal(key.removeprefix(STATE)):
            raise BadKey(f"The address {key!r} can't be a file in a folder: {why}.")
        base = self._base(key)
        path = base / key.removeprefix(STATE)
        if not self._inside(path, base):
            raise BadKey(
                f"{path} is a link, or lies behind one, that leads out of the folder {base.name}/. "
                "Nothing is read or written through it. Remove the link and run the same command again."
            )
        return path

    def _inside(self, path: Path, base: Path) -> bool:
        home = base.resolve()
        real = path.resolve()
        return real.is_relative_to(home) and real != home

    def _stage(self, body: bytes) -> Path:
        self._staging.mkdir(exist_ok=True)
        staged = self._staging / f"{secrets.token_hex(8)}.part"
        with staged.open("xb") as out:
            out.write(body)
            out.flush()
            os.fsync(out.fileno())
        return staged

    def _place(self, staged: Path, path: Path, *, create_only: bool) -> None:
        try:
            if create_only:
                _create(staged, path)
            else:
                staged.replace(path)
        except OSError as why:
            if why.errno != errno.EXDEV:
                raise
            # The site is a mount of its own: the last step has to start inside it.
            near = path.with_name(f".{staged.name}")
            try:
                near.write_bytes(staged.read_bytes())
                near.replace(path)
            finally:
                near.unlink(missing_ok=True)
        self._unsynced.add(path.parent)

    def _sync(self) -> None:
        self._attributes.sync()
        folders, self._unsynced = self._unsynced, set()
        for folder in sorted(folders):
            # Where a folder can't be opened (Windows), the system writes its entries down by itself.
            with contextlib.suppress(OSError):
                handle = os.open(folder, os.O_RDONLY)
                try:
                    os.fsync(handle)
                finally:
                    os.close(handle)

    def _blind_to_case(self) -> bool:
        other = self.root.with_name(self.root.name.swapcase())
        return other.name != self.root.name and other.exists() and self.root.exists() and other.samefile(self.root)


def _create(staged: Path, path: Path) -> None:
    try:
        path.hardlink_to(staged)
    except FileExistsError:
        raise Conflict(path.name) from None
    except OSError as why:
        if why.errno not in {errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS, errno.EOPNOTSUPP}:
            raise
        # No second names on this file system: an empty file takes the place first, so that only one writer can.
        try:
            path.touch(exist_ok=False)
        except FileExistsError:
            raise Conflict(path.name) from None
        staged.replace(path)


def _sha256(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


@contextlib.contextmanager
def _said(what: str) -> Iterator[None]:
    """What the system refuses, in one sentence."""
    whole = "The site that is live is whole. "
    again = "and run the same command again: it goes on where this run stopped."
    try:
        yield
    except OSError as why:
        if why.errno in _FULL:
            raise StoreFull(f"There is no room left on the disk for {what}. {whole}Make room {again}") from why
        if why.errno in _FORBIDDEN:
            raise StoreForbidden(
                f"This account may not write {what}, or a program has it open. {whole}Mend that {again}"
            ) from why
        raise StoreFault(f"The disk refused {what} ({os.strerror(why.errno or 0)}). {whole}Mend that {again}") from why
