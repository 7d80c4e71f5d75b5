"""Sites, stores and clocks for the tests of releases."""

import hashlib
import json
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from clinic.manifest import ASSET_CACHE, PAGE_CACHE, File, Manifest, Role
from clinic.release.directory import DirectoryStore
from clinic.release.graph import HOME
from clinic.release.guards import Lift
from clinic.release.outcome import Outcome
from clinic.release.protocol import release
from clinic.release.state import load_manifest, read_head
from clinic.release.stops import BuildChanged, Conflict, StoreMissing
from clinic.release.store import ANY, NEW, STATE, Expected, Headers, Listed, Store, Stored
from clinic.release.target import FolderSeat, Target
from clinic.release.wish import Clock, NoSeat, Seat, Terms, Wish
from clinic.release.wrapping import Request, Wrapping

SITE = "https://clinic.example"
EVERYTHING: frozenset[Lift] = frozenset({"--allow-empty", "--allow-deletes", "--allow-vanished", "--allow-older"})


class FakeClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, start: float = 1_790_000_000.0) -> None:
        self.seconds = start
        self.slept: list[float] = []

    def move(self, seconds: float) -> None:
        self.seconds += seconds

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds

    @property
    def clock(self) -> Clock:
        return Clock(wall=lambda: self.seconds, boot=lambda: self.seconds - 1_700_000_000.0, sleep=self._sleep)


class MemoryStore:
    """A store like the strict clouds: versions say nothing about bytes, and listings give no hashes."""

    def __init__(self) -> None:
        self.objects: dict[str, Stored] = {}
        self._writes = 0
        self._lock = threading.RLock()

    def check(self, keys: Iterable[str], live: Iterable[str] = ()) -> None:
        pass

    def get(self, key: str) -> Stored | None:
        return self.objects.get(key)

    def put(self, key: str, body: bytes, headers: Headers, expect: Expected = ANY) -> str:
        with self._lock:
            found = self.objects.get(key)
            if expect is NEW and found is not None:
                raise Conflict(key)
            if isinstance(expect, str) and (found is None or found.version != expect):
                raise Conflict(key)
            self._writes += 1
            self.objects[key] = Stored(body, headers, f"v{self._writes}")
            return f"v{self._writes}"

    def copy(self, source: str, target: str) -> None:
        with self._lock:
            found = self.objects.get(source)
            if found is None:
                raise StoreMissing(source)
            self.put(target, found.body, found.headers)

    def delete(self, key: str) -> None:
        with self._lock:
            self.objects.pop(key, None)

    def list(self, prefix: str) -> Iterator[Listed]:
        with self._lock:
            objects = sorted(self.objects.items())
        for key, one in objects:
            if key.startswith(prefix) and (key.startswith(STATE) == prefix.startswith(STATE)):
                yield Listed(key, len(one.body), one.version)


@dataclass
class Site:
    """A site in the making. Page bodies are JSON that says what they name, so that an observer can read it there."""

    bodies: dict[str, bytes] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    address: str = SITE

    def add(
        self,
        key: str,
        text: str = "",
        *,
        links: Iterable[str] = (),
        assets: Iterable[str] = (),
        role: Role = "page",
        title: str = "",
        source: str = "",
        cache: str = "",
    ) -> "Site":
        names = {"links": sorted(links), "assets": sorted(assets)}
        body = json.dumps({"text": text, **names}).encode()
        self.bodies[key] = body
        self.files[key] = File(
            sha256=hashlib.sha256(body).hexdigest(),
            size=len(body),
            content_type="text/html; charset=utf-8" if role != "asset" else "text/css; charset=utf-8",
            cache_control=cache or (ASSET_CACHE if role == "asset" else PAGE_CACHE),
            role=role,
            title=title,
            source=source,
            links=tuple(names["links"]),
            assets=tuple(names["assets"]),
        )
        return self

    @property
    def manifest(self) -> Manifest:
        return Manifest(self.address, dict(sorted(self.files.items())))

    def read(self, key: str, file: File) -> bytes:
        body = self.bodies.get(key, b"")
        if hashlib.sha256(body).hexdigest() != file.sha256:
            raise BuildChanged(key)
        return body

    def wish(self, held: Mapping[str, str] | None = None, moment: datetime | None = None, commit: str = "") -> Wish:
        return Wish(self.manifest, self, held or {}, moment, commit)

    def write(self, output: Path) -> Path:
        for key, body in self.bodies.items():
            path = output / key
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
        return output


def small(version: str = "1", pages: int = 3) -> Site:
    """A home, some pages with a stylesheet whose name changes with the version, a list and a feed."""
    css, font = f"theme/site.{version}.css", f"theme/font.{version}.woff2"
    keys = [f"conditions/c{number}/index.html" for number in range(pages)]
    site = Site()
    site.add(font, version, role="asset").add(css, version, role="asset", assets=[font])
    for number, key in enumerate(keys):
        site.add(key, version, links=[HOME, keys[number - 1]], assets=[css], title=f"Condition {number}")
    site.add("conditions/index.html", version, links=keys, assets=[css], role="index", title="Conditions")
    site.add("feed.xml", version, links=keys, role="projection")
    home = [*keys, "conditions/index.html", "feed.xml"]
    return site.add(HOME, version, links=home, assets=[css], role="index", title="Home")


def terms(
    store: Store,
    clock: FakeClock,
    *,
    lifted: Iterable[Lift] = (),
    owner: str = "nurse on desk-1",
    seat: Seat | None = None,
    wait: float = 0.0,
    public: bool = False,
    workers: int = 1,
    target: Target | None = None,
    prefix: str | None = None,
) -> Terms:
    return Terms(
        store=store,
        probe=target.probe if target else None,
        expiring=target.expiring if target else None,
        stranger=target.stranger if target else None,
        prefix=prefix,
        where="the folder public/",
        owner=owner,
        clock=clock.clock,
        seat=seat or NoSeat(),
        public=public,
        lifted=frozenset(lifted),
        wait=wait,
        workers=workers,
    )


def publish(
    to: Store | Target,
    site: Site,
    clock: FakeClock,
    *,
    held: Mapping[str, str] | None = None,
    lifted: Iterable[Lift] = EVERYTHING,
    seat: Seat | None = None,
    moment: datetime | None = None,
    workers: int = 1,
) -> Outcome:
    """To a store as it is; or to a target, with all that it can do."""
    wish, target = site.wish(held, moment), to if isinstance(to, Target) else None
    store = to.store if isinstance(to, Target) else to
    how = terms(store, clock, lifted=lifted, seat=seat, workers=workers, target=target)
    return release(lambda _head, _version: wish, how)


def seat_of(store: Store) -> Seat:
    while isinstance(store, Wrapping):
        store = store.inner
    return FolderSeat(store) if isinstance(store, DirectoryStore) else NoSeat()


def visible(store: Store) -> dict[str, Stored]:
    """All that a visitor could ask for."""
    found = {one.key: store.get(one.key) for one in store.list("")}
    return {key: stored for key, stored in found.items() if stored is not None}


def broken(store: Store) -> list[str]:
    """What a visitor would find broken now, read from the bytes that are there and not from any manifest but for the
    list of addresses that have been published."""
    while isinstance(store, Wrapping):
        store = store.inner  # an observer's own looks are not counted
    head, _ = read_head(store)
    committed = load_manifest(store, head.current.manifest).files if head.current else {}
    there = {key: json.loads(stored.body) for key, stored in visible(store).items()}
    faults = [f"{key} was published and is gone" for key in committed if key not in there]
    waiting, seen = [HOME, *committed], set[str]()
    while waiting:
        key = waiting.pop()
        if key in seen or key not in there:
            continue
        seen.add(key)
        for name in (*there[key]["links"], *there[key]["assets"]):
            if name not in there:
                faults.append(f"{key} names {name}, which isn't there")
            waiting.append(name)
    return faults


class Watched(Wrapping):
    """Looks at the whole site after each request that changed something."""

    def after(self, request: Request) -> None:
        if request.mutating:
            assert broken(self.inner) == [], request


def assert_is(store: Store, site: Site, *, kept: Iterable[str] = ()) -> None:
    """The store holds this site, byte for byte with its headers, and nothing else but assets in their grace."""
    head, _ = read_head(store)
    seen = visible(store)
    graves = head.tombstones
    for key, file in site.files.items():
        if key in kept:
            continue
        assert key in seen, key
        assert seen[key].body == site.bodies[key], key
        assert seen[key].headers == Headers(file.content_type, file.cache_control), key
    extra = seen.keys() - site.files.keys() - set(kept)
    assert extra == graves.keys()
    assert all(graves[key].file.role == "asset" for key in extra)
    assert head.intent is None
    assert head.lease is None
    assert broken(store) == []
