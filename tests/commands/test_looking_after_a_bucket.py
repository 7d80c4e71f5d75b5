"""Doctor, drift, due and purge on a real object store, started here."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from clinic.commands.due import due
from clinic.commands.history import rollback
from clinic.commands.looking_after import doctor, drift, purge
from clinic.commands.publishing import Asked, publish, target_of
from clinic.commands.running import run
from clinic.release.drift import drift as look_for_drift
from clinic.release.store import STATE, Headers, Store
from clinic.release.wrapping import Counting
from tests.laws.publishing import publisher
from tests.laws.world import World
from tests.servers.running import Server, seaweed

ASKED = Asked(lifted=frozenset({"--allow-samples"}))
SECRET = b"Her name and her birthday."


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with pytest.MonkeyPatch.context() as patch, seaweed() as running:
        for name in list(os.environ):
            if name.startswith(("AWS_", "AZURE_", "GOOGLE_")):
                patch.delenv(name)
        for name, value in running.variables.items():
            patch.setenv(name, value)
        yield running


@pytest.fixture
def world(server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> World:
    prefix = secrets.token_hex(8)
    made = publisher(tmp_path, capsys).world
    made = made.told(target=server.target(prefix), url=f"https://clinic.example.com/{prefix}/")
    made.write("pages/parking.md", f"---\ntitle: Parking\nsummary: Where.\n---\n\n{SECRET.decode()}\n")
    assert run(lambda: publish(made.settings, ASKED)) == 0, capsys.readouterr().err
    return made


def everything(store: Store) -> bytes:
    keys = [one.key for prefix in ("", STATE) for one in store.list(prefix)]
    return b"\n".join(stored.body for key in keys if (stored := store.get(key)) is not None)


def test_doctor_finds_what_the_place_can_do(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(lambda: doctor(world.settings))
    said, errors = capsys.readouterr()
    assert errors == ""
    assert code == 1
    assert [line.split(":")[0] for line in said.splitlines() if line.startswith("MEND")] == ["MEND   placeholders"]
    for name in ("reached", "writable", "whole", "listing", "create only", "replace only", "copies", "clock", "folder"):
        assert f"good   {name}: " in said
    assert not list(target_of(world.settings).store.list(f"{STATE}probe/"))


def test_drift_lists_and_reads_nothing_that_it_has_seen(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(lambda: drift(world.settings)) == 0
    target = target_of(world.settings)
    counting = Counting(target.store)
    assert look_for_drift(counting, target.where).read == 0
    assert len([one for one in counting.requests if one.verb == "list"]) == 1
    page = target.store.get("parking/index.html")
    assert page is not None
    target.store.put("parking/index.html", b"X" + page.body[1:], page.headers)
    target.store.put("mine.txt", b"mine", Headers("text/plain"))
    target.store.delete("feed.xml")
    capsys.readouterr()
    assert run(lambda: drift(world.settings)) == 1
    _, errors = capsys.readouterr()
    assert "parking/index.html was changed by hand" in errors
    assert "mine.txt was not put there by a release" in errors
    assert "feed.xml was deleted" in errors
    assert target.store.get("mine.txt") is not None


def test_purge_leaves_nothing_to_go_back_to(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    store = target_of(world.settings).store
    world.write("pages/parking.md", "---\ntitle: Parking\nsummary: Where.\n---\n\nIn front of the house.\n")
    assert run(lambda: publish(world.at("2026-11-22T10:00:00").settings, ASKED)) == 0
    assert SECRET in everything(store)
    assert run(lambda: purge(world.settings, "/parking/", earlier=True)) == 0, capsys.readouterr().err
    assert SECRET not in everything(store)
    stored = store.get("parking/index.html")
    assert stored is not None
    assert b"In front of the house." in stored.body
    assert run(lambda: purge(world.settings, "pages/parking.md")) == 0
    assert b"In front of the house." not in everything(store)
    assert run(lambda: rollback(world.settings, to="1", wait=0)) == 0
    assert SECRET not in everything(store)
    assert b"In front of the house." not in everything(store)


def test_due_asks_the_bucket(world: World) -> None:
    assert run(lambda: due(world.settings)) == 0
    assert run(lambda: due(world.at("2026-12-31T00:00:00").settings)) == 10
