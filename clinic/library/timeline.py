"""Time is an argument: `now`, and every moment that it was compared with (design.md, rule 3)."""

import contextlib
import datetime as dt
from collections.abc import Iterable, Iterator


class Timeline:
    """Knows `now` and remembers each moment it was asked about, so that the site knows when it changes by itself."""

    def __init__(self, now: dt.datetime) -> None:
        """Starts at an instant.

        Raises:
            ValueError: `now` has no time zone.
        """
        if now.tzinfo is None:
            raise ValueError("now must say its time zone")
        self.now = now.astimezone(dt.UTC)
        self._moments: set[dt.datetime] = set()
        self._overheard: set[dt.datetime] | None = None

    def reached(self, moment: dt.datetime) -> bool:
        """Whether `moment` has come: the only comparison with time that there is. The moment itself counts as come."""
        self._moments.add(moment)
        if self._overheard is not None:
            self._overheard.add(moment)
        return moment <= self.now

    def heed(self, moments: Iterable[dt.datetime]) -> None:
        """Takes over moments that another was asked about, for what was settled with it and still holds."""
        self._moments.update(moments)

    @property
    def moments(self) -> frozenset[dt.datetime]:
        """All moments that it was asked about."""
        return frozenset(self._moments)

    @contextlib.contextmanager
    def overheard(self) -> Iterator[set[dt.datetime]]:
        """The moments that it is asked about while this lasts."""
        before, self._overheard = self._overheard, set()
        try:
            yield self._overheard
        finally:
            if before is not None:
                before |= self._overheard
            self._overheard = before

    @property
    def last(self) -> dt.datetime | None:
        """The last moment up to now at which the site changed by itself: what `build.json` says instead of `now`."""
        return max((moment for moment in self._moments if moment <= self.now), default=None)

    @property
    def coming(self) -> tuple[dt.datetime, ...]:
        """The moments still to come, soonest first."""
        return tuple(sorted(moment for moment in self._moments if moment > self.now))
