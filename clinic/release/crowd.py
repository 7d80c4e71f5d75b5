"""Many requests side by side, in a bounded number, with one that watches over them."""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Generic, TypeVar

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
        before: called just before an item is begun, in order and never twice at once.
        watch: called in this thread while it waits, every few seconds at least.
    """
    todo = list(items)
    if workers <= 1 or len(todo) <= 1:
        done = []
        for item in todo:
            before(item)
            done.append(work(item))
        return done
    crowd = _Crowd(work, todo, before)
    # Each takes the next item when it is free: handing items over one by one would cost more than many a request.
    threads = [threading.Thread(target=crowd.work, name="release", daemon=True) for _ in range(min(workers, len(todo)))]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            while thread.is_alive():
                thread.join(_LOOK)
                watch()
    except BaseException:
        crowd.stop.set()
        for thread in threads:
            if thread.ident is not None:
                thread.join()
        raise
    return crowd.results()


class _Crowd(Generic[A, B]):
    """The items that are left, what became of the others, and the lock between those who work on them."""

    def __init__(self, work: Callable[[A], B], todo: Sequence[A], before: Callable[[A], None]) -> None:
        self.stop = threading.Event()
        self._do = work
        self._before = before
        self._left = iter(enumerate(todo))
        self._turn = threading.Lock()
        self._done: dict[int, B] = {}
        self._failed: dict[int, BaseException] = {}

    def work(self) -> None:
        """Takes one item after the other until there are none, or one of them failed."""
        while True:
            with self._turn:
                following = None if self.stop.is_set() else next(self._left, None)
                if following is None or not self._begun(*following):
                    return
            at, item = following
            try:
                self._done[at] = self._do(item)
            except BaseException as why:  # noqa: BLE001 - it is raised again, where it is waited for
                self._failed[at] = why
                self.stop.set()

    def results(self) -> list[B]:
        """In the order of the items.

        Raises:
            BaseException: what the first in order raised, if any did.
        """
        if self._failed:
            raise self._failed[min(self._failed)]
        return [self._done[at] for at in range(len(self._done))]

    def _begun(self, at: int, item: A) -> bool:
        try:
            self._before(item)
        except BaseException as why:  # noqa: BLE001 - as above
            self._failed[at] = why
            self.stop.set()
            return False
        return True


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
