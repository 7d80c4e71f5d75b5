"""The link graph of a site: who names whom, in which order files may go out, and what a visitor can reach."""

from collections.abc import Iterable, Iterator, Mapping

from clinic.manifest import File

HOME = "index.html"
"""The page that visitors start from."""


def names(file: File) -> tuple[str, ...]:
    """Every key that the file's bytes name."""
    return (*file.assets, *file.links)


def reachable(files: Mapping[str, File], roots: Iterable[str]) -> frozenset[str]:
    """All keys that a visitor comes to from `roots` by following what the files name."""
    seen: set[str] = set()
    waiting = [key for key in roots if key in files]
    while waiting:
        key = waiting.pop()
        if key in seen:
            continue
        seen.add(key)
        waiting.extend(name for name in names(files[key]) if name in files and name not in seen)
    return frozenset(seen)


def needed_by(files: Mapping[str, File], keys: Iterable[str]) -> dict[str, str]:
    """What `keys` need to stay whole, and what *that* needs: each needed key with the one that names it."""
    needed: dict[str, str] = {}
    waiting = sorted(keys)
    seen = set(waiting)
    while waiting:
        key = waiting.pop()
        for name in names(files[key]) if key in files else ():
            needed.setdefault(name, key)
            if name not in seen:
                seen.add(name)
                waiting.append(name)
    return needed


def targets_first(files: Mapping[str, File]) -> tuple[str, ...]:
    """The keys so that what a file names comes before it; those that name each other come side by side, home last.

    Tarjan's algorithm for strongly connected components, which gives them in just this order (SIAM J. Comput. 1, 1972).
    """
    order: list[str] = []
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    open_: list[str] = []
    inside: set[str] = set()
    for start in sorted(files):
        if start in index:
            continue
        work: list[tuple[str, Iterator[str]]] = []
        _enter(start, files, index, low, open_, inside, work)
        while work:
            key, rest = work[-1]
            for name in rest:
                if name not in index:
                    _enter(name, files, index, low, open_, inside, work)
                    break
                if name in inside:
                    low[key] = min(low[key], index[name])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[key])
                if low[key] == index[key]:
                    group = [open_.pop()]
                    while group[-1] != key:
                        group.append(open_.pop())
                    inside.difference_update(group)
                    order.extend(sorted(group, key=lambda member: (member == HOME, member)))
    return tuple(order)


def _enter(
    key: str,
    files: Mapping[str, File],
    index: dict[str, int],
    low: dict[str, int],
    open_: list[str],
    inside: set[str],
    work: list[tuple[str, Iterator[str]]],
) -> None:
    index[key] = low[key] = len(index)
    open_.append(key)
    inside.add(key)
    work.append((key, iter([name for name in names(files[key]) if name in files])))
