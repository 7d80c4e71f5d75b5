"""kill -9 of the real `publish` on its way to a real server: what patients get is whole, and the next run finishes."""

import hashlib
import random
import secrets
import threading
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from clinic.build import _named
from clinic.release.state import HEAD, NOTES, Head, load_manifest, read_head
from clinic.release.store import Store
from clinic.release.target import open_target
from clinic.render import links_of
from tests.laws.project import Project, scratch_project
from tests.laws.test_killed import edit
from tests.laws.world import NOW, difference, files_of
from tests.release.conftest import SERVERS
from tests.servers.proxy import Asked, Proxy, between
from tests.servers.running import Server

LIFTED = ("--allow-samples", "--allow-prefix", "--allow-vanished")


def publishing(target: str) -> tuple[str, ...]:
    return ("tasks.py", "publish", "--target", target, "--now", NOW, *LIFTED)


def let_time_pass(store: Store) -> None:
    """As if the lease of the one who was killed had run out: nobody waits for that in a test."""
    head, version = read_head(store)
    if head.lease is not None:
        assert version is not None
        lease = msgspec.structs.replace(head.lease, expires=head.lease.expires - timedelta(minutes=5))
        store.put(HEAD, msgspec.structs.replace(head, lease=lease).to_bytes(), NOTES, version)


def site_of(store: Store) -> dict[str, bytes]:
    found = {one.key: store.get(one.key) for one in store.list("")}
    return {key: stored.body for key, stored in found.items() if stored is not None}


def assert_patients_get_whole_pages(head: Head, there: Mapping[str, bytes], store: Store) -> None:
    """Every published address answers with the bytes of one release, and whatever its page names is there."""
    assert head.current is not None
    names = [head.current.manifest, *(head.intent.manifests if head.intent else ())]
    manifests = [load_manifest(store, name) for name in names]
    gone = {key for key in manifests[0].files if key not in there}
    assert gone <= head.tombstones.keys(), "no published address is gone while a release is under way"
    for key, body in there.items():
        digests = {manifest.files[key].sha256 for manifest in manifests if key in manifest.files}
        digests |= {grave.file.sha256 for name, grave in head.tombstones.items() if name == key}
        assert hashlib.sha256(body).hexdigest() in digests, key
        if key.endswith(".html"):
            links, assets = _named(links_of(body), key, "")
            assert {*links, *assets} <= set(there), key


def kill_at(process_of: Project, arguments: tuple[str, ...], proxy: Proxy, nth: int, *, server: Server) -> None:
    """Starts the command and kills it when the n-th request was answered, others of that moment under way."""
    proxy.clear()
    reached = threading.Event()

    def seen(_asked: Asked, _status: int) -> None:
        if len(proxy.log) >= nth:
            reached.set()

    proxy.seen = seen
    process = process_of.start(*arguments, **server.variables)

    def wait() -> None:
        process.wait()
        reached.set()

    ended = threading.Thread(target=wait)
    ended.start()
    assert reached.wait(120)
    process.kill()
    ended.join()
    process.communicate()
    proxy.seen = lambda _asked, _status: None


@pytest.mark.parametrize("kind", sorted(SERVERS))
@pytest.mark.parametrize("moments", [4, pytest.param(75, marks=pytest.mark.slow)])
def test_killed_at_any_moment_patients_get_whole_pages_and_the_next_run_finishes(
    kind: str, moments: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """With the 50 of tests/laws/test_killed.py, 200 kills of the real command."""
    server: Server = request.getfixturevalue(SERVERS[kind])
    name = secrets.token_hex(8)
    project = scratch_project(tmp_path / "project")
    chance, begun = random.Random(2026), 0
    store = open_target(server.target(name), root=Path("/")).store
    with between(server.endpoint) as proxy:
        command = publishing(server.target(name, endpoint=proxy.endpoint))
        ran = project.python(*command, **server.variables)
        assert ran.code == 0, ran.errors
        for moment in range(moments):
            edit(project, moment)
            kill_at(project, command, proxy, chance.randint(2, 150), server=server)
            head, _ = read_head(store)
            begun += head.intent is not None
            assert_patients_get_whole_pages(head, site_of(store), store)
            let_time_pass(store)
            ran = project.python(*command, **server.variables)
            assert ran.code == 0, ran.said + ran.errors
            assert read_head(store)[0].intent is None
            there = site_of(store)
            built = files_of(project.root / "output-live")
            wanted = load_manifest(store, current_of(store)).files
            assert difference({key: there[key] for key in wanted}, {key: built[key] for key in wanted}) == []
            assert there.keys() - wanted.keys() <= read_head(store)[0].tombstones.keys()
    assert begun


def current_of(store: Store) -> str:
    head, _ = read_head(store)
    assert head.current is not None
    return head.current.manifest


def test_nothing_changed_is_one_request_of_the_real_command(weed: Server, tmp_path: Path) -> None:
    project, name = scratch_project(tmp_path / "project"), secrets.token_hex(8)
    with between(weed.endpoint) as proxy:
        command = publishing(weed.target(name, endpoint=proxy.endpoint))
        assert project.python(*command, **weed.variables).code == 0
        proxy.clear()
        again = project.python(*command, **weed.variables)
        assert again.said.startswith("Nothing changed.")
        assert [(asked.verb, asked.path) for asked in proxy.asked()] == [("get", f"{name}/{HEAD}")]

        fresh = scratch_project(tmp_path / "fresh")
        proxy.clear()
        again = fresh.python(*command, **weed.variables)
        assert again.said.startswith("Nothing changed.")
        assert len(proxy.asked()) == 1
