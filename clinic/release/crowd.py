"""Many requests side by side, in a bounded number, with one that watches over them."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
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
    with ThreadPoolExecutor(min(workers, len(todo)), thread_name_prefix="release") as pool:
        running: set[Future[B]] = set()
        for item in todo:
            while len(running) >= workers:
                ended, running = wait(running, timeout=_LOOK, return_when=FIRST_COMPLETED)
                watch()
                for one in ended:
                    one.result()
            before(item)
            future = pool.submit(work, item)
            begun.append(future)
            running.add(future)
        while running:
            _, running = wait(running, timeout=_LOOK)
            watch()
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
