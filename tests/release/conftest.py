"""Servers and stores for the tests of releases. A server is started when a test first asks for it, once per worker."""

import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from clinic.release.directory import DirectoryStore
from clinic.release.store import Store
from clinic.release.target import Target, open_target
from clinic.release.wrapping import Counting
from tests.release.world import MemoryStore
from tests.servers.running import Server, seaweed

Make = Callable[[], Store]


def _alone(patch: pytest.MonkeyPatch, server: Server) -> None:
    """Lets this process in, and takes out what would lead it elsewhere."""
    for name in list(os.environ):
        if name.startswith(("AWS_", "AZURE_", "GOOGLE_")):
            patch.delenv(name)
    for name, value in server.variables.items():
        patch.setenv(name, value)


@pytest.fixture(scope="session")
def weed() -> Iterator[Server]:
    """A running SeaweedFS."""
    with pytest.MonkeyPatch.context() as patch, seaweed() as server:
        _alone(patch, server)
        yield server


def place(server: Server, *, endpoint: str = "", more: str = "") -> Target:
    """A target of its own on that server: a folder of the bucket that nobody else has."""
    return open_target(server.target(secrets.token_hex(8), endpoint=endpoint, more=more), root=Path("/"))


STORES = ["memory", "directory", "wrapped", "seaweed"]


@pytest.fixture
def make_store(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    """Makes empty stores of the kind that the test is run for."""
    kind: str = request.param
    if kind == "seaweed":
        server: Server = request.getfixturevalue("weed")
        return lambda: place(server).store

    def folder() -> DirectoryStore:
        return DirectoryStore(tmp_path / secrets.token_hex(4) / "public")

    makes: dict[str, Make] = {"memory": MemoryStore, "directory": folder, "wrapped": lambda: Counting(folder())}
    return makes[kind]
