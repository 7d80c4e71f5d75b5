"""Being the one deployer: the lease in the head, taken, renewed and given back by compare-and-swap only."""

import contextlib
import secrets
import threading
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

import msgspec

from clinic.release.abilities import LATE
from clinic.release.state import HEAD, NOTES, Head, Hold, Intent, Lease, Release, Tombstone, read_head, utc
from clinic.release.stops import Conflict, LeaseLost, StoreFault, TargetHeld
from clinic.release.store import NEW, Store
from clinic.release.wish import Terms

LEASE: Final = 60
"""Seconds that a lease lasts. It is renewed when half of it is over."""

MARGIN: Final = 10
"""Seconds past its end after which another may take it over: the holder's last request may still be on its way."""


class Tenure:
    """One run's hold on the target. Every write of the head goes through it; `head` is the last one written.

    `abilities` are what the place was found to be able to do.
    """

    def __init__(
        self, terms: Terms, head: Head, version: str | None, abilities: Mapping[str, bool] = MappingProxyType({})
    ) -> None:
        self.terms = terms
        self._abilities = dict(abilities) or head.capabilities
        self.head = head
        self._version = version
        self._token = secrets.token_hex(8)
        self._since = (terms.clock.wall(), terms.clock.boot())
        self._seated = False
        self._lost = False
        self._lock = threading.RLock()
        self.files = self._in_time() or terms.store
        """The store through which the site's files are put and deleted."""

    def _in_time(self) -> Store | None:
        """Where the server can, it refuses what this run would write after its lease.

        A first release has nothing live that a late write could bring back, and many files: it does without.
        """
        if self.terms.expiring is None or self.head.current is None or not self._abilities.get(LATE, False):
            return None
        return self.terms.expiring(self.left)

    def left(self) -> float:
        """Seconds until the lease ends, by the clock that says sooner."""
        return LEASE - self._age()

    def open_or_stop(self) -> None:
        """Nothing, when nobody else is at work: no lease, one that is over, or one whose process has died.

        Raises:
            TargetHeld: somebody is.
        """
        lease = self.head.lease
        if lease is None or utc(self.terms.clock.wall()) > lease.expires + timedelta(seconds=MARGIN):
            return
        if lease.host and lease.host == self.terms.seat.host and self.terms.seat.take():
            return
        raise TargetHeld(self.terms.where, lease.owner, lease.expires)

    def begin(self, intent: Intent | None, hold: Hold | None) -> None:
        """Takes the target: from here on others are told to wait.

        Raises:
            TargetHeld: another was quicker.
        """
        dead = self.head.lease is None or self.head.lease.host != ""
        self._seated = self.terms.seat.take()
        try:
            self._write(msgspec.structs.replace(self.head, intent=intent, hold=hold, capabilities=self._abilities))
        except Conflict:
            found, _ = read_head(self.terms.store)
            if found.lease is None:
                who = (found.current.by if found.current else "") or "Somebody else"
                raise TargetHeld(self.terms.where, who, utc(self.terms.clock.wall())) from None
            raise TargetHeld(self.terms.where, found.lease.owner, found.lease.expires) from None
        if self._seated and dead:
            self.terms.seat.clean()

    def check(self) -> None:
        """To be called before each request, from any thread: renews the lease in time.

        Raises:
            LeaseLost: this run slept past its lease and another took over.
        """
        if self._lost:
            raise LeaseLost(self.terms.where)
        if self._ageing():
            with self._lock:
                if self._ageing():
                    self.renew()

    def _ageing(self) -> bool:
        return self._age() >= LEASE / 2

    def _age(self) -> float:
        wall, boot = self.terms.clock.wall(), self.terms.clock.boot()
        # The later of the two clocks: a laptop's may stand still while it sleeps, and people set the other one.
        return max(wall - self._since[0], boot - self._since[1])

    def renew(self) -> None:
        """Writes the lease anew.

        Raises:
            LeaseLost: the head is another's now.
        """
        with self._lock:
            self._rewrite(self.head)

    def commit(self, site: str, releases: tuple[Release, ...], tombstones: dict[str, Tombstone], *, done: bool) -> None:
        """The moment at which the last of `releases` is the live one; `done` gives the target back with it."""
        fresh = msgspec.structs.replace(self.head, site=site, releases=releases, intent=None, tombstones=tombstones)
        self._rewrite(fresh, done=done)

    def learn(self, abilities: Mapping[str, bool]) -> None:
        """What the place can do, where that was found out since the target was taken: the next write remembers it."""
        self.head = msgspec.structs.replace(self.head, capabilities=dict(abilities))

    def vanish(self) -> None:
        """Removes the head: the place is as it was before this run, which was the first."""
        with self._lock:
            self._lost = True
            self.terms.store.delete(HEAD)

    def finish(self, tombstones: dict[str, Tombstone]) -> None:
        """Gives the target back, with what is still to be deleted later."""
        self._rewrite(msgspec.structs.replace(self.head, tombstones=tombstones), done=True)

    def abandon(self) -> None:
        """Gives the target back after a failure, with the intent, so that the next run need not wait."""
        with contextlib.suppress(StoreFault, LeaseLost):
            self._rewrite(self.head, done=True)

    def _rewrite(self, head: Head, *, done: bool = False) -> None:
        with self._lock:
            if self._lost:
                raise LeaseLost(self.terms.where)
            try:
                self._write(head, done=done)
            except Conflict:
                self._lost = True
                raise LeaseLost(self.terms.where) from None

    def _write(self, head: Head, *, done: bool = False) -> None:
        wall, boot = self.terms.clock.wall(), self.terms.clock.boot()
        host = self.terms.seat.host if self._seated else ""
        lease = None if done else Lease(self.terms.owner, self._token, host, utc(wall + LEASE))
        fresh = msgspec.structs.replace(head, epoch=self.head.epoch + 1, lease=lease)
        body = fresh.to_bytes()
        try:
            version = self.terms.store.put(HEAD, body, NOTES, NEW if self._version is None else self._version)
        except Conflict:
            # Where an answer was lost and the request sent again, the rival that it met is itself.
            found = self.terms.store.get(HEAD)
            if found is None or found.body != body:
                raise
            version = found.version
        self.head, self._version, self._since = fresh, version, (wall, boot)
