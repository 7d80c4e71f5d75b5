"""The output: what changed, and whole (commands.md, "The output is whole").

New bytes are staged beside the output; a journal is synced; files are renamed into place; leftovers are pruned. Killed
before the journal, nothing changed; after it, the next command finishes first. Two builds at once don't mix: a lock.
"""

import contextlib
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import filelock
import msgspec

from clinic.disk import content_of, fault_words, files_below, make_folder, prune, store, sync, sync_tree
from clinic.manifest import File, Manifest, is_manifest, keys_in
from clinic.staging import Renders, Wanted, put_down, shared, stage, waiting

Decoded = TypeVar("Decoded")

MANIFEST = "manifest.json"
BUILD = "build.json"
STAGED = ".staged"
"""The folder of staged files in an output that is a disk of its own; elsewhere it stands beside the output."""
YOUNG = 2_000_000_000
"""Nanoseconds: a file younger than this when its state was recorded is hashed, its time is not believed."""


class OutputError(Exception):
    """The output folder can't be used: wrong use (exit 2). The message is one sentence."""


class OutputFault(Exception):  # noqa: N818 - a fault of the machine, no error of use
    """The machine failed while the output was written (exit 3); what was there before is whole. One sentence."""


@dataclass(frozen=True)
class Written:
    """What a build did to an output."""

    manifest: Manifest
    rendered: tuple[str, ...] = ()
    """Keys whose bytes were made."""
    written: tuple[str, ...] = ()
    """Keys whose file was new or changed."""
    removed: tuple[str, ...] = ()
    """Keys that are gone."""
    recovered: bool = False
    """Whether a build that was interrupted had to be finished first."""


class _Known(msgspec.Struct, array_like=True):
    """What is remembered of one file of an output."""

    fingerprint: str
    sha256: str
    size: int
    modified: int
    links: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()


class _Journal(msgspec.Struct):
    """What remains to be done once all new bytes are staged: renames, then removals."""

    staging: str
    put: list[str]
    remove: list[str]


@dataclass
class _Change:
    """What one build is about to do."""

    files: dict[str, File] = field(default_factory=dict)
    known: dict[str, _Known] = field(default_factory=dict)
    rendered: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)


class Output:
    """One output folder, held by a lock for the time of a build."""

    def __init__(self, folder: Path, cache: Path) -> None:
        """Names the folder, and the cache that holds its lock, its journal and what is remembered of its files."""
        self.folder = Path(os.path.abspath(folder))  # noqa: PTH100 - without following links: it may be one
        self._root = str(self.folder)
        name = hashlib.blake2b(os.fsencode(self.folder), digest_size=12).hexdigest()
        self._cache = cache / "outputs"
        self._memory = self._cache / f"{name}.msgpack"
        self._journal = self._cache / f"{name}.journal"
        self._lock = self._cache / f"{name}.lock"
        self._staging = self.folder.parent / f".{self.folder.name}.staged"

    @contextlib.contextmanager
    def held(self, *, wait: float = 60) -> Iterator[None]:
        """Holds the output: no other build writes it meanwhile.

        Raises:
            OutputFault: another build holds it for longer than `wait` seconds, or the cache can't be written.
        """
        try:
            self._cache.mkdir(parents=True, exist_ok=True)
            with filelock.FileLock(self._lock, timeout=wait):
                yield
        except filelock.Timeout as error:
            raise OutputFault(f"Another build is writing {self.folder}. Try again when it has finished.") from error
        except OSError as error:
            raise OutputFault(fault_words(error, self.folder)) from error

    def check(self, content: Path) -> None:
        """Refuses folders that must not be written.

        Raises:
            OutputError: the output is a file, is or lies in the content folder, or holds files that are not ours.
        """
        real, source = self.folder.resolve(), content.resolve()
        if real == source or real.is_relative_to(source):
            raise OutputError(f"The output folder {self.folder} is inside the content folder. Choose another one.")
        if source.is_relative_to(real):
            raise OutputError(f"The content folder is inside the output folder {self.folder}. Choose another one.")
        if self.folder.exists() and not self.folder.is_dir():
            raise OutputError(f"{self.folder} is a file, not a folder. Choose another output folder.")
        if not self.folder.is_dir() or self._journal.exists():
            return
        told = content_of(self.folder / MANIFEST)
        if told is not None and is_manifest(told):
            return
        # Without a manifest that can be read, only what is remembered is known to be ours: some other program's
        # folder may well have a manifest.json too.
        ours = {*self._remembered()[0], MANIFEST, BUILD}
        if any(key not in ours and not key.startswith(f"{STAGED}/") for key in files_below(self.folder)):
            raise OutputError(
                f"The folder {self.folder} holds files that were not built here. Choose another one, or empty it first."
            )

    def recover(self) -> bool:
        """Finishes a build that was killed after its journal was written; clears what one before it left behind."""
        finished = False
        journal = _decoded(self._journal, _Journal)
        if journal is not None:
            self._apply(Path(journal.staging), journal.put, journal.remove)
            finished = True
        with contextlib.suppress(FileNotFoundError):
            self._journal.unlink()
        for leftover in (self._staging, self.folder / STAGED):
            if leftover.is_dir():
                shutil.rmtree(leftover, ignore_errors=True)
        return finished

    def untouched(self) -> str:
        """A digest of what is there, if it is as the last build left it: each file, and nothing to be finished.

        Empty where anything differs. Files that had to be hashed, being younger than their times can tell, are noted
        anew, so that the next look believes their times.
        """
        known, saved = self._remembered()
        if not known or self._journal.exists() or self._staging.exists() or (self.folder / STAGED).exists():
            return ""
        young = False
        for key, each in known.items():
            if not _holds(self._place(key), each, saved):
                return ""
            young |= each.modified + YOUNG >= saved
        if young:
            self._remember(known, {}, changed=True)
        return self.told_apart()

    def told_apart(self) -> str:
        """A digest that tells what a build left here from what any other did; empty where nothing is left."""
        digest = hashlib.blake2b(digest_size=16)
        for name in (MANIFEST, BUILD):
            body = content_of(self.folder / name)
            if body is None:
                return ""
            digest.update(hashlib.blake2b(body).digest())
        return digest.hexdigest()

    def write(
        self,
        wanted: Iterable[Wanted],
        *,
        site: str,
        build: Callable[[str], bytes],
        anew: bool = False,
        renders: Renders | None = None,
    ) -> Written:
        """Makes the output hold exactly what is wanted, touching only what differs. Call it while `held`.

        Args:
            wanted: every file.
            site: the site's public address.
            build: makes the text of `build.json` from the digest of the manifest.
            anew: render everything, and remove what this program did not put there too.
            renders: has files that were rendered for an output that is gone.

        Raises:
            OutputFault: the disk is full, or a file can't be written; what was there before is whole.
        """
        recovered = self.recover()
        try:
            return self._write(wanted, site, build, anew=anew, renders=renders, recovered=recovered)
        except OSError as error:
            raise OutputFault(fault_words(error, self.folder, begun=self._journal.exists())) from error

    def _write(
        self,
        wanted: Iterable[Wanted],
        site: str,
        build: Callable[[str], bytes],
        *,
        anew: bool,
        renders: Renders | None,
        recovered: bool,
    ) -> Written:
        before = keys_in(content_of(self.folder / MANIFEST) or b"")
        remembered, saved = self._remembered()
        known = {} if anew else remembered
        staging = self._new_staging()
        change = _Change()
        self._take(tuple(wanted), known, saved, staging, change, None if anew else renders)
        manifest = Manifest(site=site, files=change.files)
        removed = self._leftovers(manifest, before.union(remembered), anew=anew)
        told = manifest.to_bytes()
        extra = {MANIFEST: told, BUILD: build(hashlib.sha256(told).hexdigest())}
        put = list(change.written)
        for name, body in extra.items():
            if content_of(self.folder / name) != body:
                put_down(staging, self.folder, name, body)
                put.append(name)
        if put or removed:
            sync_tree(staging)
            self._note(_Journal(staging=str(staging), put=put, remove=removed))
            self._apply(staging, put, removed)
        self._remember(change.known, known, changed=bool(put or removed))
        with contextlib.suppress(FileNotFoundError):
            self._journal.unlink()
        shutil.rmtree(staging, ignore_errors=True)
        return Written(
            manifest=manifest,
            rendered=tuple(change.rendered),
            written=tuple(change.written),
            removed=tuple(removed),
            recovered=recovered,
        )

    def _take(
        self,
        wanted: Sequence[Wanted],
        known: Mapping[str, _Known],
        saved: int,
        staging: Path,
        change: _Change,
        renders: Renders | None,
    ) -> None:
        """Notes all files that are wanted, those made that aren't there as they are wanted."""
        missing = [file for file in wanted if not self._there(file, known.get(file.key), saved)]
        staged = dict(zip((file.key for file in missing), stage(missing, self.folder, staging, renders), strict=True))
        change.rendered += [key for key, made in staged.items() if not made.recalled]
        change.written += [key for key, made in staged.items() if made.differs]
        for file in wanted:
            made = staged.get(file.key) or known[file.key]
            change.files[file.key] = File(
                sha256=made.sha256,
                size=made.size,
                content_type=file.content_type,
                cache_control=file.cache_control,
                role=file.role,
                source=file.source,
                title=file.title,
                front=file.front,
                links=made.links,
                assets=made.assets,
            )
            change.known[file.key] = _Known(file.fingerprint, made.sha256, made.size, 0, made.links, made.assets)

    def _there(self, file: Wanted, known: _Known | None, saved: int) -> bool:
        same = known is not None and known.fingerprint == file.fingerprint
        return same and known is not None and _holds(self._place(file.key), known, saved)

    def _place(self, key: str) -> str:
        """Where a file is: a Path for each of ten thousand takes longer than looking at the file."""
        return f"{self._root}{os.sep}{key}"

    def _leftovers(self, manifest: Manifest, ours: Iterable[str], *, anew: bool) -> list[str]:
        """What is there and was ours, or with `anew` anybody's, and is wanted no more."""
        if not self.folder.is_dir():
            return []
        there = files_below(self.folder) if anew else ours
        kept = {*manifest.files, MANIFEST, BUILD}
        others = {key for key in there if key not in kept}
        inside = (key for key in others if ".." not in Path(key).parts and not Path(key).is_absolute())
        return sorted(key for key in inside if _present(self.folder / key))

    def _apply(self, staging: Path, put: list[str], remove: list[str]) -> None:
        for key in remove:
            with contextlib.suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
                (self.folder / key).unlink()
            prune(self.folder, (self.folder / key).parent)
        for key in put:
            staged, place = waiting(staging, key), self.folder / key
            if not staged.exists():
                continue  # moved before the interruption
            if place.is_dir():
                shutil.rmtree(place)
            make_folder(self.folder, place.parent)
            staged.replace(place)

    def _new_staging(self) -> Path:
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        staging = self._staging
        if self.folder.is_dir() and self.folder.stat().st_dev != self.folder.parent.stat().st_dev:
            staging = self.folder / STAGED  # the output is a disk of its own: files can't be renamed into it
        if staging.exists():
            shutil.rmtree(staging)
        staging.mkdir()
        return staging

    def _note(self, journal: _Journal) -> None:
        staged = self._journal.with_suffix(".new")
        store(staged, msgspec.json.encode(journal))
        sync(staged)
        staged.replace(self._journal)
        sync(self._journal.parent)

    def _remembered(self) -> tuple[dict[str, _Known], int]:
        known = _decoded(self._memory, dict[str, _Known])
        for each in (known or {}).values():
            each.links, each.assets = shared(each.links), shared(each.assets)
        return (known, self._memory.stat().st_mtime_ns) if known is not None else ({}, 0)

    def _remember(self, known: dict[str, _Known], before: dict[str, _Known], *, changed: bool) -> None:
        for key, each in known.items():
            with contextlib.suppress(OSError):
                each.modified = os.stat(self._place(key)).st_mtime_ns  # noqa: PTH116 - see `_place`
        if not changed and known == before:
            return
        staged = self._memory.with_suffix(".new")
        with contextlib.suppress(OSError):  # a cache that can't be written costs time only
            store(staged, msgspec.msgpack.encode(known))
            staged.replace(self._memory)


def _holds(path: str, known: _Known, saved: int) -> bool:
    """Whether the file still holds the remembered bytes: by its time where that can be believed, else by its hash."""
    try:
        stat = os.lstat(path)
    except OSError:
        return False
    if stat.st_size != known.size:
        return False
    if stat.st_mtime_ns == known.modified and known.modified + YOUNG < saved:
        return True
    body = content_of(Path(path))
    return body is not None and hashlib.sha256(body).hexdigest() == known.sha256


def _present(path: Path) -> bool:
    return path.is_file() or path.is_symlink()


def _decoded(path: Path, kind: type[Decoded]) -> Decoded | None:
    try:
        data = path.read_bytes()
        return msgspec.json.decode(data, type=kind) if kind is _Journal else msgspec.msgpack.decode(data, type=kind)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None
