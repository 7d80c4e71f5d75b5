"""The trial of what a place can do, judged: before the first write, or while the first files are on their way.

A trial lets writers meet, and some stores keep those waiting for a second or more. Where nothing was ever released,
what is sent before the home page is seen by nobody, so it needs not wait for the verdict: only the home page must.
"""

import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Final, Self

from clinic.release.abilities import CLOSED, readable, safe
from clinic.release.guards import notes_are_readable
from clinic.release.state import Head
from clinic.release.stops import Refused, StoreFault, UnsafeStore
from clinic.release.wish import Terms

_ALONE: Final = "--only-deployer"
_READABLE: Final = "--allow-readable"


class Trial:
    """What one target can do. A context: whatever happens in it, its end waits for a trial that is under way."""

    def __init__(self, head: Head, terms: Terms, *, empty: bool) -> None:
        """Begins nothing.

        Args:
            head: it remembers what an earlier trial found.
            terms: of the release.
            empty: whether nothing was ever released there, and no file of anybody is in the way.
        """
        self._head = head
        self._terms = terms
        self._found: dict[str, bool] | None = dict(head.capabilities) or ({} if terms.probe is None else None)
        self._stopped: BaseException | None = None
        self._thread: threading.Thread | None = None
        self._beside = empty and self._found is None and _ALONE not in terms.lifted

    def __enter__(self) -> Self:
        """Tries the place out, or begins to.

        Raises:
            UnsafeStore: it can't keep two deployers apart.
            Refused: strangers can read the notes.
            StoreFault: it can't be read or written.
        """
        if self._beside:
            self._begin()
        else:
            self.judged()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Waits for the trial. A place that is not safe is the better word for whatever it did to a request.

        Raises:
            UnsafeStore: in place of the fault that ended the release.
        """
        self._wait()
        if isinstance(error, StoreFault) and not safe(self._found or {}) and _ALONE not in self._terms.lifted:
            raise self._unsafe() from error

    @property
    def known(self) -> Mapping[str, bool]:
        """What is known by now; nothing while a trial is under way."""
        return self._found or {}

    def judged(self) -> dict[str, bool]:
        """What the place can do, once that is known.

        Raises:
            UnsafeStore: it can't keep two deployers apart.
            Refused: strangers can read the notes.
            StoreFault: it can't be read or written.
        """
        self._wait()
        if self._stopped is not None:
            raise self._stopped
        if self._found is None:
            self._try()
        found = self._found or {}
        if not safe(found) and _ALONE not in self._terms.lifted:
            raise self._unsafe()
        if not found.get(CLOSED, True) and not self._head.releases:
            self._refuse_readable()
        return found

    def _begin(self) -> None:
        """The part that takes long beside what follows; the part that the first note waits for at once."""
        stranger = self._terms.stranger
        if stranger is not None and readable(self._terms.store, stranger):
            self._refuse_readable()
        self._thread = threading.Thread(target=self._try_aside, name="trial", daemon=True)
        self._thread.start()

    def _try_aside(self) -> None:
        try:
            self._try()
        except BaseException as why:  # noqa: BLE001 - it is raised again, where it is waited for
            self._stopped = why

    def _try(self) -> None:
        if self._terms.probe is not None:
            self._found = self._terms.probe(self._terms.store)

    def _wait(self) -> None:
        if self._thread is not None:
            self._thread.join()

    def _refuse_readable(self) -> None:
        if _READABLE not in self._terms.lifted:
            raise Refused((notes_are_readable(self._terms.where),))

    def _unsafe(self) -> UnsafeStore:
        return UnsafeStore(
            f"{self._terms.where} can't keep two deployers apart: of several that write at the same moment, more than "
            "one is told that it came first. The site there is as it was. Use a store that can, or, if this is the "
            "only computer and the only job that ever publishes there, add --only-deployer."
        )
