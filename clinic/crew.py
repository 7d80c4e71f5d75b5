"""Many like tasks on all cores, with bounded memory. How many hands there are changes nothing of what they make."""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


def hands() -> int:
    """How many tasks this machine works on at once: the cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0)) or 1
    except AttributeError:  # Windows and macOS can't say which cores
        return os.cpu_count() or 1


def at_once(
    work: Callable[[Task], Result], tasks: Sequence[Task], *, weight: Callable[[Task], int], most: int
) -> Iterator[Result]:
    """The result of each task, in the order of the tasks, as soon as it is there.

    For work that leaves Python while it computes, as Pillow does: threads share what they need and cost nothing to
    start.

    Args:
        work: does one task.
        tasks: all of them.
        weight: what a task takes of what there is, in units of the caller's choice.
        most: how much of it may be taken at any time; a task that is heavier than that has it all to itself.

    Raises:
        Exception: what `work` raised for the first task that failed; those not begun by then are left undone.
    """
    count = min(hands(), len(tasks))
    if count < 2:
        for task in tasks:
            yield work(task)
        return
    room = _Room(most)

    def inside(task: Task) -> Result:
        with room.taken(weight(task)):
            return work(task)

    pool = ThreadPoolExecutor(count, thread_name_prefix="crew")
    try:
        for future in [pool.submit(inside, task) for task in tasks]:
            yield future.result()
    finally:
        pool.shutdown(cancel_futures=True)


class _Room:
    """So much, and no more, is taken at any time."""

    def __init__(self, most: int) -> None:
        self._most = self._free = most
        self._changed = threading.Condition()

    def taken(self, weight: int) -> "_Part":
        return _Part(self, min(weight, self._most))

    def take(self, part: int) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._free >= part)
            self._free -= part

    def give(self, part: int) -> None:
        with self._changed:
            self._free += part
            self._changed.notify_all()


class _Part:
    """A part of a room, held for as long as a `with` block lasts."""

    def __init__(self, room: _Room, size: int) -> None:
        self._room, self._size = room, size

    def __enter__(self) -> None:
        self._room.take(self._size)

    def __exit__(self, *_: object) -> None:
        self._room.give(self._size)
