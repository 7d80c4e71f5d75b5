"""A site and its notes in two places: what visitors read in the one, the release's own notes in the other."""

from collections.abc import Iterable, Iterator

from clinic.release.stops import StoreMissing
from clinic.release.store import ANY, STATE, Expected, Headers, Listed, Store, Stored


class Apart:
    """Keys that start with `.state/` go to `notes`, all others to `site`.

    A copy from the one to the other comes through this computer: no cloud copies between two places that may be asked
    by different people.
    """

    def __init__(self, site: Store, notes: Store) -> None:
        self.site = site
        self.notes = notes

    def check(self, keys: Iterable[str], live: Iterable[str] = ()) -> None:
        """As the site's store."""
        self.site.check(keys, live)

    def get(self, key: str) -> Stored | None:
        """As the store that has the key."""
        return self._of(key).get(key)

    def put(self, key: str, body: bytes, headers: Headers, expect: Expected = ANY) -> str:
        """As the store that has the key."""
        return self._of(key).put(key, body, headers, expect)

    def copy(self, source: str, target: str) -> None:
        """As the interface says."""
        here, there = self._of(source), self._of(target)
        if here is there:
            here.copy(source, target)
            return
        found = here.get(source)
        if found is None:
            raise StoreMissing(source)
        there.put(target, found.body, found.headers)

    def delete(self, key: str) -> None:
        """As the store that has the key."""
        self._of(key).delete(key)

    def list(self, prefix: str) -> Iterator[Listed]:
        """As the store that has the prefix."""
        return self._of(prefix).list(prefix)

    def _of(self, key: str) -> Store:
        return self.notes if key.startswith(STATE) else self.site
