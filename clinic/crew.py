"""Many like tasks on all cores, with bounded memory. How many hands there are changes nothing of what they make."""

import contextlib
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

import msgspec

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

_ENCODER = msgspec.msgpack.Encoder()
_SEVERAL = msgspec.msgpack.Decoder(list[bytes])

FEW = 60
"""Pages that are not worth the start of another process."""

COURSE = 500
"""Pages that a copy works on before another takes its place. What a copy looks at becomes its own in memory: one that
looked at half of ten thousand pages would hold them a second time."""

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
        _give_back()


def _give_back() -> None:
    """Has the C library give back what threads had of it: glibc keeps an arena for each, with all that is free in it.

    Pictures leave some tens of megabytes behind so, which every copy of this process would have too.
    """
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - it takes a while, and is there for much work only

        with contextlib.suppress(OSError, AttributeError):  # musl has no such call, and nothing to give back
            ctypes.CDLL(None).malloc_trim(0)


def in_processes(work: Callable[[int], bytes], count: int) -> list[bytes]:
    """What `work` gives for each number below `count`, each but the first made by a copy of this process.

    For work that stays in Python while it computes. A copy sees all that this process has, changes nothing of it, and
    hands over bytes. Where a copy can't be made, or ends before its work is done, this process does its work itself.

    Args:
        work: does the work of one number; it must not wait for other threads, and a file that it writes is nobody
            else's, since it may write it twice.
        count: how many there are; one for each hand is enough.
    """
    started = [_Copy.of(work, number) for number in range(1, count)] if _can_copy() else [None] * (count - 1)
    given = [work(0)]
    for number, copy in enumerate(started, 1):
        told = copy.told() if copy is not None else None
        given.append(work(number) if told is None else told)
    return given


def in_shares(work: Callable[[Task], bytes], tasks: Sequence[Task], *, each: int = 1) -> Iterator[bytes]:
    """What `work` makes of each task, in the order of the tasks, by as many processes as there are hands.

    Some come before the next are begun, so that what they are is never all there at once.

    Args:
        work: does one task, as `in_processes` asks for it.
        tasks: all of them.
        each: how many pages, or things of that size, one task is about.

    Raises:
        Exception: what `work` raised for a task that can't be done here either.
    """
    count = hands() if len(tasks) * each > FEW else 1
    if count == 1:
        yield from map(work, tasks)
        return
    course = max(COURSE // each, 1) * count
    yield work(tasks[0])  # what the first one loads, compiles and looks up the copies find done
    for start in range(1, len(tasks), course):
        yield from _shared(work, tasks[start : start + course], count)


def _shared(work: Callable[[Task], bytes], tasks: Sequence[Task], count: int) -> list[bytes]:
    made = [b""] * len(tasks)

    def share(number: int) -> bytes:
        return _ENCODER.encode([work(task) for task in tasks[number::count]])

    for number, told in enumerate(in_processes(share, count)):
        made[number::count] = _SEVERAL.decode(told)
    return made


def _can_copy() -> bool:
    """Whether this process can be copied safely: on Linux, as long as no other thread of it may hold a lock."""
    return sys.platform == "linux" and threading.active_count() == 1


class _Copy:
    """A copy of this process at work."""

    def __init__(self, process: "ForkProcess", ear: "Connection") -> None:
        self._process, self._ear = process, ear

    @classmethod
    def of(cls, work: Callable[[int], bytes], number: int) -> "_Copy | None":
        """One that does the work of a number; None where the machine allows no more processes."""
        import multiprocessing  # noqa: PLC0415 - it takes a while, and is there for much work only

        fork = multiprocessing.get_context("fork")
        ear, mouth = fork.Pipe(duplex=False)
        process = fork.Process(target=cls._say, args=(mouth, ear, work, number), daemon=True)
        try:
            process.start()
        except OSError:
            ear.close()
            return None
        finally:
            mouth.close()
        return cls(process, ear)

    @staticmethod
    def _say(mouth: "Connection", ear: "Connection", work: Callable[[int], bytes], number: int) -> None:
        ear.close()  # else a copy whose process was killed would have somebody to speak to, itself, and wait for ever
        # Whatever stops it is told by the process that does the work again.
        with contextlib.suppress(Exception):
            mouth.send_bytes(work(number))

    def told(self) -> bytes | None:
        """What it says, once it has said it; None where it ended without a word."""
        try:
            return self._ear.recv_bytes()
        except (EOFError, OSError):
            return None
        finally:
            self._ear.close()
            self._process.join()


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
