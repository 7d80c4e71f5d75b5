"""Time is an argument: `now`, and every moment that it was compared with (design.md, rule 3)."""

import datetime as dt


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

    def reached(self, moment: dt.datetime) -> bool:
        """Whether `moment` has come: the only comparison with time that there is. The moment itself counts as come."""
        self._moments.add(moment)
        return moment <= self.now

    def heed(self, before: "Timeline") -> None:
        """Takes over the moments that another was asked about, for what was settled with it and still holds."""
        self._moments |= before._moments  # noqa: SLF001 - its own kind

    @property
    def last(self) -> dt.datetime | None:
        """The last moment up to now at which the site changed by itself: what `build.json` says instead of `now`."""
        return max((moment for moment in self._moments if moment <= self.now), default=None)

    @property
    def coming(self) -> tuple[dt.datetime, ...]:
        """The moments still to come, soonest first."""
        return tuple(sorted(moment for moment in self._moments if moment > self.now))
