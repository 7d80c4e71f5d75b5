"""Servers and stores for the tests of releases. A server is started when a test first asks for it, once per worker."""

import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from clinic.release.directory import DirectoryStore
from clinic.release.patience import Patient
from clinic.release.store import STATE, Headers, Store, Stored
from clinic.release.target import Target, open_target
from clinic.release.wrapping import Counting
from tests.release.world import MemoryStore, broken
from tests.servers.proxy import Asked, Proxy, between
from tests.servers.running import Server, azurite, azurite_is_there, seaweed

Make = Callable[[], Store]


def _alone(patch: pytest.MonkeyPatch, server: Server) -> None:
    """Lets this process in, and takes out what would lead it elsewhere."""
    for name in list(os.environ):
        if name.startswith(("AWS_", "GOOGLE_")):
            patch.delenv(name)
    for name, value in server.variables.items():
        patch.setenv(name, value)


@pytest.fixture(scope="session")
def weed() -> Iterator[Server]:
    """A running SeaweedFS."""
    with pytest.MonkeyPatch.context() as patch, seaweed() as server:
        _alone(patch, server)
        yield server


@pytest.fixture(scope="session")
def azure() -> Iterator[Server]:
    """A running Azurite."""
    if not azurite_is_there():
        pytest.fail("Azurite is not installed: the task test does it.")
    with pytest.MonkeyPatch.context() as patch, azurite() as server:
        for name, value in server.variables.items():
            patch.setenv(name, value)
        yield server


def place(server: Server, *, endpoint: str = "", more: str = "") -> Target:
    """A target of its own on that server: a folder of the bucket that nobody else has."""
    return open_target(server.target(secrets.token_hex(8), endpoint=endpoint, more=more), root=Path("/"))


@dataclass
class Line:
    """A target behind a proxy, the same target without it, and what visitors see by the proxy's account."""

    proxy: Proxy
    target: Target
    beside: Target
    mirror: MemoryStore
    prefix: str
    written: str

    @property
    def store(self) -> Store:
        return self.target.store

    @property
    def direct(self) -> Store:
        return self.beside.store

    def key(self, asked: Asked) -> str:
        return asked.path.removeprefix(self.prefix)

    def watch(self) -> None:
        """From here on the whole site is looked at after each answered request that changed something."""
        self.mirror_anew()
        self.proxy.seen = self._seen

    def _seen(self, asked: Asked, status: int) -> None:
        if status >= 300 or asked.verb not in {"put", "copy", "delete"}:
            return
        key, objects = self.key(asked), self.mirror.objects
        if asked.verb == "put":
            objects[key] = Stored(asked.body, Headers(), "")
        elif asked.verb == "copy":
            objects[key] = objects[asked.source.removeprefix(self.prefix)]
        else:
            objects.pop(key, None)
        self.faults += broken(self.mirror)
        self.instants += 1

    faults: list[str] = field(default_factory=list)
    instants: int = 0

    def mirror_anew(self) -> None:
        """Takes what is there for what came by, after answers were lost."""
        self.mirror.objects.clear()
        for prefix in ("", STATE):
            for one in self.direct.list(prefix):
                stored = self.direct.get(one.key)
                if stored is not None:
                    self.mirror.objects[one.key] = stored

    def agrees(self) -> bool:
        """Whether the server has just what came by."""
        there = {one.key: self.direct.get(one.key) for one in self.direct.list("")}
        seen = {key: stored.body for key, stored in self.mirror.objects.items() if not key.startswith(STATE)}
        return seen == {key: stored.body for key, stored in there.items() if stored is not None}


def at_once(written: str) -> Target:
    """The target, without pauses between two tries."""
    target = open_target(written, root=Path("/"))
    assert isinstance(target.store, Patient)
    return replace(target, store=Patient(target.store.inner, lambda _: None))


@pytest.fixture
def line(weed: Server) -> Iterator[Line]:
    """A target of its own behind a proxy of its own."""
    name = secrets.token_hex(8)
    with between(weed.endpoint) as proxy:
        target = at_once(weed.target(name, endpoint=proxy.endpoint))
        yield Line(
            proxy,
            target,
            open_target(weed.target(name), root=Path("/")),
            MemoryStore(),
            f"{name}/",
            weed.target(name, endpoint=proxy.endpoint),
        )


STORES = ["memory", "directory", "wrapped", "seaweed", "azurite"]
SERVERS = {"seaweed": "weed", "azurite": "azure"}


@pytest.fixture
def make_store(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    """Makes empty stores of the kind that the test is run for."""
    kind: str = request.param
    if kind in SERVERS:
        server: Server = request.getfixturevalue(SERVERS[kind])
        return lambda: place(server).store

    def folder() -> DirectoryStore:
        return DirectoryStore(tmp_path / secrets.token_hex(4) / "public")

    makes: dict[str, Make] = {"memory": MemoryStore, "directory": folder, "wrapped": lambda: Counting(folder())}
    return makes[kind]
