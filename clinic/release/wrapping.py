"""Stores that wrap a store: a dry run, counting and faults are things a store *is*, never an `if` in the protocol."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

from clinic.release.stops import StoreFault
from clinic.release.store import ANY, Expected, Headers, Listed, Store, Stored

T = TypeVar("T")
Verb = Literal["get", "put", "copy", "delete", "list"]
MUTATING: Final[frozenset[Verb]] = frozenset({"put", "copy", "delete"})


@dataclass(frozen=True, slots=True)
class Request:
    """One request that reached a store. For a copy, `key` is where it goes and `source` where it comes from."""

    verb: Verb
    key: str
    source: str = ""

    @property
    def mutating(self) -> bool:
        """Whether it changes what the store holds."""
        return self.verb in MUTATING


class Wrapping:
    """A store that hands every verb on. `before` and `after` see each request; what they raise stops it."""

    def __init__(self, inner: Store) -> None:
        self.inner = inner

    def before(self, request: Request) -> None:
        """Called before the request has any effect."""

    def after(self, request: Request) -> None:
        """Called when the request has had its effect and before anyone is told."""

    def check(self, keys: Iterable[str], live: Iterable[str] = ()) -> None:
        """As the store inside: it is no request."""
        self.inner.check(keys, live)

    def get(self, key: str) -> Stored | None:
        """As the store inside."""
        return self._through(Request("get", key), lambda: self.inner.get(key))

    def put(self, key: str, body: bytes, headers: Headers, expect: Expected = ANY) -> str:
        """As the store inside."""
        return self._through(Request("put", key), lambda: self.inner.put(key, body, headers, expect))

    def copy(self, source: str, target: str) -> None:
        """As the store inside."""
        self._through(Request("copy", target, source), lambda: self.inner.copy(source, target))

    def delete(self, key: str) -> None:
        """As the store inside."""
        self._through(Request("delete", key), lambda: self.inner.delete(key))

    def list(self, prefix: str) -> Iterator[Listed]:
        """As the store inside, read to its end at once: a listing is one request."""
        return self._through(Request("list", prefix), lambda: iter(tuple(self.inner.list(prefix))))

    def _through(self, request: Request, effect: Callable[[], T]) -> T:
        self.before(request)
        result = effect()
        self.after(request)
        return result


class Counting(Wrapping):
    """Notes every request in the order in which they were made."""

    def __init__(self, inner: Store) -> None:
        super().__init__(inner)
        self.requests: list[Request] = []

    def before(self, request: Request) -> None:
        """Notes it."""
        self.requests.append(request)

    @property
    def mutations(self) -> tuple[Request, ...]:
        """The requests that change something."""
        return tuple(request for request in self.requests if request.mutating)


class Remembering(Wrapping):
    """Asks once only for what is named by its contents below `prefix`, and so never changes."""

    def __init__(self, inner: Store, prefix: str) -> None:
        super().__init__(inner)
        self._prefix = prefix
        self._known: dict[str, Stored] = {}

    def get(self, key: str) -> Stored | None:
        """As the store inside, or as it said before."""
        if key in self._known:
            return self._known[key]
        found = super().get(key)
        if found is not None and key.startswith(self._prefix):
            self._known[key] = found
        return found


class Dry(Counting):
    """Refuses every write: what `plan` looks through, so that it can't touch anything."""

    def before(self, request: Request) -> None:
        """Notes it, and refuses it when it would change something.

        Raises:
            StoreFault: it is a write.
        """
        super().before(request)
        if request.mutating:
            raise StoreFault(f"A plan must not write, and this one tried to {request.verb} {request.key}.")


class Faults(Wrapping):
    """Stops the n-th request, counted from 1, before or after its effect, and with `dead` every one after it.

    `stop` is what happens then: it raises, or ends the process. Tests of crashes are made of it.
    """

    def __init__(
        self,
        inner: Store,
        nth: int,
        when: Literal["before", "after"],
        stop: Callable[[Request], None],
        *,
        dead: bool = True,
    ) -> None:
        super().__init__(inner)
        self.nth = nth
        self.when = when
        self.stop = stop
        self.dead = dead
        self.count = 0

    def before(self, request: Request) -> None:
        """Counts it, and stops it when it is the one, or comes after the end."""
        self.count += 1
        if (self.count == self.nth and self.when == "before") or (self.dead and self.count > self.nth):
            self.stop(request)

    def after(self, request: Request) -> None:
        """Stops it when it is the one."""
        if self.count == self.nth and self.when == "after":
            self.stop(request)
