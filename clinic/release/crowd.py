"""Many requests side by side, in a bounded number, with one that watches over them."""

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, TypeVar

A = TypeVar("A")
B = TypeVar("B")

_LOOK: Final = 5.0
"""Seconds after which the watcher is called though nothing ended."""


def each(
    work: Callable[[A], B],
    items: Iterable[A],
    *,
    workers: int,
    before: Callable[[A], None] = lambda _: None,
    watch: Callable[[], None] = lambda: None,
) -> list[B]:
    """`work` on each item, at most `workers` at once; the results in the order of the items.

    With one worker, one after the other in this thread. When one raises, no more are begun, those under way are waited
    for, and what the first of them in order raised is raised.

    Args:
        work: what is done with an item.
        items: in the order in which they are begun.
        workers: how many at once.
        before: called in this thread just before an item is begun, in order.
        watch: called in this thread while it waits, every few seconds at least.
    """
    todo = list(items)
    if workers <= 1 or len(todo) <= 1:
        done = []
        for item in todo:
            before(item)
            done.append(work(item))
        return done
    begun: list[Future[B]] = []
    free = threading.Semaphore(workers)
    failed = threading.Event()

    def ended(future: Future[B]) -> None:
        if future.exception() is not None:
            failed.set()
        free.release()

    def a_free_one() -> None:
        while not free.acquire(timeout=_LOOK):
            watch()

    with ThreadPoolExecutor(min(workers, len(todo)), thread_name_prefix="release") as pool:
        for item in todo:
            a_free_one()
            if failed.is_set():
                free.release()
                break
            before(item)
            future = pool.submit(work, item)
            begun.append(future)
            future.add_done_callback(ended)
        for _ in range(workers):  # when all are free, nothing is under way any more
            a_free_one()
    return [one.result() for one in begun]


def in_batches(items: Iterable[A], batch: Callable[[A], object]) -> Iterator[list[A]]:
    """The items in groups of neighbours that have the same `batch`."""
    group: list[A] = []
    last: object = None
    for item in items:
        mark = batch(item)
        if group and mark != last:
            yield group
            group = []
        group.append(item)
        last = mark
    if group:
        yield group
