"""The content folder: every file in it, in an order of our own, and what stands where it should not.

Nothing is opened but plain files, and no link is followed, so that nothing outside the folder is ever read and no
device can hold a build up.
"""

import dataclasses
import errno
import functools
import os
import stat
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clinic.problems import Problem, Rule
from clinic.problems.catalogue import files as rules
from clinic.source import names, places
from clinic.source.plain import device_named, unreadable

_DEEPEST = 40
"""No path of 240 characters needs more folders inside each other."""


class ContentFolderError(Exception):
    """The content folder is not there, is empty or is no folder. Its text is one sentence for the user (exit 2)."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A plain file in its right place. `path` is relative to the content folder, with `/`.

    Size (bytes), time of change (nanoseconds) and `stamp` (its number on the disk, and when its
    entry changed) are there to spare reading and hashing, and for nothing that reaches an output.
    """

    path: str
    size: int
    modified_ns: int
    stamp: tuple[int, int] = (0, 0)

    @property
    def folder(self) -> str:
        """The first step of its path: `conditions`, `images`, …; empty for clinic.yaml."""
        return self.path.split("/")[0] if "/" in self.path else ""


@dataclass(frozen=True)
class Tree:
    """What a content folder holds, sorted by path.

    Every file is in exactly one of `files`, `ignored` (backups and system files) and `refused`; for each that is
    refused a problem says why, itself or for the folder that it is in.
    """

    root: Path
    files: tuple[FoundFile, ...]
    ignored: tuple[str, ...]
    refused: tuple[str, ...]
    problems: tuple[Problem, ...]

    def within(self, *folders: str) -> tuple[FoundFile, ...]:
        """The files in these folders of the content folder, such as `images`."""
        return tuple(file for file in self.files if file.folder in folders)

    @functools.cached_property
    def pages(self) -> tuple[FoundFile, ...]:
        """The Markdown files of all kinds."""
        return self.within(*places.KINDS)

    @functools.cached_property
    def at(self) -> dict[str, int]:
        """Where each file stands in `files`, by its path; `look_again` hands it on."""
        return {file.path: number for number, file in enumerate(self.files)}

    @property
    def clinic(self) -> FoundFile | None:
        """clinic.yaml, where it is there and a plain file."""
        return next((file for file in self.files if file.path == places.CLINIC), None)


def walk(content: Path, well_named: Collection[str] = ()) -> Tree:
    """Every file of the content folder.

    Args:
        content: the folder.
        well_named: paths of files whose names this generator found in order before: these are not asked again.

    Raises:
        ContentFolderError: there is none, it is empty or it can't be opened.
    """
    try:
        if not stat.S_ISDIR(content.stat().st_mode):
            raise ContentFolderError(
                f"{content} is not a folder: give the folder that holds clinic.yaml and the pages."
            )
        entries = _listing(content)
    except FileNotFoundError:
        raise ContentFolderError(f"There is no content folder at {content}.") from None
    except PermissionError:
        raise ContentFolderError(f"The content folder {content} can't be opened: you may not read it.") from None
    except OSError:
        raise ContentFolderError(f"The content folder {content} can't be opened.") from None
    walker = _Walker(content, well_named)
    walker.folder("", entries, 0)
    if not walker.files and not walker.refused and not walker.problems:
        raise ContentFolderError(f"The content folder {content} is empty.")
    return walker.tree()


def look_again(tree: Tree, paths: Collection[str]) -> Tree | None:
    """The tree as it is now, where nothing but these files can have changed and all of them are still in their places.

    None where that is not so: a file is new, gone or no plain file any more, and the folder must be walked.
    """
    known, files = tree.at, list(tree.files)
    for path in paths:
        try:
            seen = os.lstat(tree.root / path)
        except FileNotFoundError:
            if path in known or path in tree.refused or any(each.startswith(f"{path}/") for each in known):
                return None
            continue  # a file that came and went between two looks, as programs make them that save
        except (OSError, ValueError):
            return None
        if path not in known or not stat.S_ISREG(seen.st_mode):
            return None
        files[known[path]] = _found(path, seen)
    now = dataclasses.replace(tree, files=tuple(files))
    vars(now)["at"] = known  # where `cached_property` looks for it
    return now


def _found(path: str, seen: os.stat_result) -> FoundFile:
    return FoundFile(path, seen.st_size, seen.st_mtime_ns, (seen.st_ino, seen.st_ctime_ns))


class _Walker:
    def __init__(self, root: Path, well_named: Collection[str]) -> None:
        self.root = root
        self.well_named = well_named
        self.folders = {folder for path in well_named for folder in _around(path)}
        self.real_root = os.path.realpath(root)
        self.files: list[FoundFile] = []
        self.ignored: list[str] = []
        self.refused: list[str] = []
        self.problems: list[Problem] = []

    def tree(self) -> Tree:
        """What was found, sorted."""
        self.files.sort(key=lambda file: file.path)
        self._refuse_same_names()
        if not any(
            path.lower().startswith("clinic.y") for path in (*self.refused, *(file.path for file in self.files))
        ):
            self.problems.append(rules.NO_CLINIC_FILE(places.CLINIC))
        self.problems.sort(key=lambda problem: problem.order)
        return Tree(
            self.root,
            tuple(self.files),
            tuple(sorted(self.ignored)),
            tuple(sorted(self.refused)),
            tuple(self.problems),
        )

    def _refuse_same_names(self) -> None:
        """Of files that are one file where capitals don't count, only the first stays."""
        seen: dict[str, str] = {}
        kept: list[FoundFile] = []
        for file in self.files:
            first = seen.setdefault(file.path.lower(), file.path)
            if first == file.path:
                kept.append(file)
            else:
                self.refuse(file.path, rules.SAME_BUT_CAPITALS(file.path, other=first))
        self.files = kept
        same = {file.path.lower(): file.path for file in kept}
        self.problems = [
            # Its better name is taken: to rename it would be no help.
            rules.SAME_BUT_CAPITALS(problem.path, other=same[problem.path.lower()])
            if problem.code == rules.BAD_NAME.code and problem.path.lower() in same
            else problem
            for problem in self.problems
        ]

    def refuse(self, path: str, problem: Problem) -> None:
        """Notes a file or folder that is not read, with the reason."""
        self.refused.append(_shown_safely(path))
        self.problems.append(problem)

    def folder(self, path: str, entries: "list[os.DirEntry[str]]", depth: int) -> None:
        """Looks at all that a folder holds."""
        for entry in entries:
            self.entry(f"{path}/{entry.name}" if path else entry.name, entry, depth)

    def entry(self, path: str, entry: "os.DirEntry[str]", depth: int) -> None:
        """Looks at one thing in a folder."""
        try:
            found = entry.stat(follow_symlinks=False)
        except OSError as error:
            if not names.is_ignored(entry.name):
                self.refuse(path, unreadable(_shown_safely(path), error, "file"))
            return
        is_folder = stat.S_ISDIR(found.st_mode)
        if path in self.well_named and stat.S_ISREG(found.st_mode):
            self.files.append(_found(path, found))
        elif path in self.folders and is_folder:
            self.inner(path, entry, depth + 1)
        else:
            self.new(path, entry, found.st_mode, depth)

    def new(self, path: str, entry: "os.DirEntry[str]", mode: int, depth: int) -> None:
        """Looks at one thing whose name was not found in order before."""
        # What is made of patterns here takes longer to load than a walk that meets nothing new.
        from clinic.source.private import private_name  # noqa: PLC0415

        seen = _shown_safely(path)
        is_folder = stat.S_ISDIR(mode)
        if names.is_ignored(entry.name, folder=is_folder):
            self.ignored.append(seen)
        elif private := private_name(path, "folder" if is_folder else "file"):
            self.problems.append(private)
            self.refused += [_shown_safely(file) for file in _held(entry.path, path)] if is_folder else [private.path]
        elif stat.S_ISLNK(mode):
            self.refuse(path, self.link(seen, entry.path))
        elif is_folder:
            self.inner(path, entry, depth + 1)
        elif not stat.S_ISREG(mode):
            self.refuse(path, rules.DEVICE(seen, what=device_named(mode)))
        else:
            problem = _misnamed(path) or places.misplaced(path) or _badly_named(path)
            if problem:
                self.refuse(path, problem)
            else:
                self.files.append(_found(path, entry.stat(follow_symlinks=False)))

    def link(self, seen: str, full: str) -> Problem:
        """The problem of a link, by where it leads."""
        try:
            target = os.path.realpath(full, strict=True)
        except OSError as error:
            if error.errno == errno.ELOOP:
                return rules.LINK_LOOP(seen)
            target = os.path.realpath(full)
        parent = os.path.realpath(Path(full).parent)
        if parent == target or parent.startswith(target + os.sep):
            return rules.LINK_LOOP(seen) if target.startswith(self.real_root) else rules.LINK_OUT(seen)
        inside = target.startswith(self.real_root + os.sep)
        return rules.LINK_INSIDE(seen) if inside else rules.LINK_OUT(seen)

    def inner(self, path: str, entry: "os.DirEntry[str]", depth: int) -> None:
        """Looks at a folder in a folder."""
        seen, name = names.shown(path), entry.name
        problem: Problem | None = None
        if depth > _DEEPEST:
            problem = _too_long(path, "path", names.LONGEST_PATH)
        elif name == places.CLINIC or places.ending_of(name) in {
            ".md",
            *places.ENDINGS.get(path.partition("/")[0], ()),
        }:
            problem = rules.FOLDER_AS_FILE(seen)
        elif depth == 1 and name not in places.ENDINGS:
            problem = places.unknown_folder(name, len(_held(entry.path, path)))
        else:
            problem = _misnamed(path, "folder") or _badly_named(path, "folder")
        if problem:
            held = _held(entry.path, path)
            if held or problem.code == rules.FOLDER_AS_FILE.code:
                self.problems.append(problem)
                self.refused += [_shown_safely(file) for file in held]
            return
        try:
            entries = _listing(entry.path)
        except OSError as error:
            self.refuse(path, unreadable(seen, error, "folder"))
            return
        self.folder(path, entries, depth)


def _listing(folder: str | Path) -> "list[os.DirEntry[str]]":
    """What a folder holds, sorted: the order in which a disk lists it is chance."""
    with os.scandir(folder) as found:
        return sorted(found, key=lambda entry: entry.name)


def _around(path: str) -> Iterator[str]:
    """The folders that a path goes through."""
    while path := path.rpartition("/")[0]:
        yield path


def _shown_safely(path: str) -> str:
    """A path as it can be printed, no detail of a patient in it."""
    from clinic.privacy import masked_path  # noqa: PLC0415 - see `_Walker.new`

    return masked_path(names.shown(path))


def _held(folder: str, path: str) -> list[str]:
    """The files below a folder that is not looked at, backups left out; what can't be listed counts as one."""
    held: list[str] = []
    waiting = [(folder, path)]
    while waiting:
        full, below = waiting.pop()
        try:
            entries = _listing(full)
        except OSError:
            held.append(below)
            continue
        for entry in entries:
            inner = f"{below}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                waiting.append((entry.path, inner))
            elif not names.is_ignored(entry.name):
                held.append(inner)
    return held


def _misnamed(path: str, what: str = "file") -> Problem | None:
    """The problem of a name that does not work on every computer."""
    name = path.rpartition("/")[2]
    seen = names.shown(path)
    if names.broken(name):
        return _renamed(rules.BAD_NAME, path, what, flaw=names.broken(name))
    if names.is_reserved(name):
        return _renamed(rules.RESERVED_NAME, path, what, name=name)
    if len(name) > names.LONGEST_NAME:
        return _too_long(path, "name", names.LONGEST_NAME)
    return _too_long(seen, "path", names.LONGEST_PATH) if len(path) > names.LONGEST_PATH else None


def _badly_named(path: str, what: str = "file") -> Problem | None:
    """The problem of a name that does not belong in an address."""
    name = path.rpartition("/")[2]
    slug = what == "file" and path.partition("/")[0] in places.KINDS
    flaw = None if path == places.CLINIC else names.flaw(name.removesuffix(".md") if slug else name, slug=slug)
    return _renamed(rules.BAD_NAME, path, what, flaw=flaw) if flaw else None


_SLUGS = "Use a to z, 0 to 9 and hyphens."
_NAMES = "Use letters from a to z, digits, hyphens and underscores."


def _renamed(rule: Rule, path: str, what: str, **words: str | None) -> Problem:
    """A problem with a name, and a better one."""
    top, _, name = path.rpartition("/")
    slug = what == "file" and top.partition("/")[0] in places.KINDS
    name = name.strip(". ")
    ending = places.ending_of(name) if what == "file" else ""
    stem = name[: len(name) - len(ending)]
    better = names.suggestion(stem, ending, slug=slug)
    allowed = _SLUGS if slug else _NAMES
    return rule(names.shown(path), hint=None, what=what, suggestion=better, allowed=allowed, **_shown(words))


def _shown(words: Mapping[str, str | None]) -> dict[str, Any]:
    return {key: names.shown(word or "") for key, word in words.items()}


def _too_long(path: str, what: str, limit: int) -> Problem:
    name = path.rpartition("/")[2]
    length = len(name) if what == "name" else len(path)
    ending = places.ending_of(name)
    better = names.suggestion(name[: len(name) - len(ending)], ending, slug=ending == ".md")
    better = better if what == "name" else f"with fewer folders inside each other, or {better}"
    return rules.NAME_TOO_LONG(names.shown(path), what=what, length=length, limit=limit, suggestion=better)
