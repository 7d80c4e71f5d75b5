"""`share`: a branch as its editors see it, at an address that nobody can guess, and in no search engine."""

from pathlib import Path

import pytest

from clinic.commands.ends import Misuse
from clinic.commands.running import run
from clinic.commands.sharing import below, folder_of, share, unlisted
from tests.laws.world import ROOT, World, files_of, small_world

SECRET = "a secret of some length"
WITH = {"PREVIEW_SECRET": SECRET}


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = small_world(tmp_path).told(target=str(tmp_path / "previews"), url="https://preview.example.org/site/")
    return made.told(theme=ROOT / "theme")


def test_the_folder_is_always_the_same_and_follows_from_the_secret_alone() -> None:
    one = folder_of("feature/x", SECRET)
    assert one == folder_of("feature/x", SECRET)
    assert len(one) == 32
    assert set(one) <= set("0123456789abcdef")
    assert len({one, folder_of("feature/y", SECRET), folder_of("feature/x", SECRET + "!")}) == 3


@pytest.mark.parametrize(("branch", "secret"), [("", SECRET), (" ", SECRET), ("main", ""), ("main", "short")])
def test_without_a_branch_or_a_real_secret_nothing_is_shared(branch: str, secret: str) -> None:
    with pytest.raises(Misuse):
        folder_of(branch, secret)


@pytest.mark.parametrize(
    ("target", "there"),
    [
        ("previews", "previews/x"),
        ("/srv/previews/", "/srv/previews/x"),
        ("s3://bucket", "s3://bucket/x/"),
        (
            "s3://bucket/all/?endpoint=http://127.0.0.1:1&region=a",
            "s3://bucket/all/x/?endpoint=http://127.0.0.1:1&region=a",
        ),
        ("az://box/all", "az://box/all/x/"),
    ],
)
def test_the_target_lies_below_the_other(target: str, there: str) -> None:
    assert below(target, "x") == there


def test_it_is_what_editors_see_and_every_page_asks_to_be_left_out(
    world: World, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(lambda: share(world.settings, "feature/x", WITH)) == 0
    said, _ = capsys.readouterr()
    folder = folder_of("feature/x", SECRET)
    assert said.splitlines()[-1] == f"The preview: https://preview.example.org/site/{folder}/"
    live = files_of(tmp_path / "previews" / folder)
    pages = {key: body for key, body in live.items() if key.endswith(".html")}
    assert pages["plans/index.html"]  # a draft: editors see it
    assert not [key for key, body in pages.items() if b'content="noindex' not in body]
    assert SECRET.encode() not in b"".join(live.values())
    assert f"/site/{folder}/".encode() in pages["index.html"]


def test_it_follows_its_branch_wherever_that_goes(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.write("pages/parking.md", "---\ntitle: Parking\nsummary: Where.\n---\n\nHere.\n")
    assert run(lambda: share(world.settings, "b", WITH)) == 0
    world.page("pages/parking.md").unlink()
    assert run(lambda: share(world.at("2026-11-01T09:00:00").settings, "b", WITH)) == 0, capsys.readouterr().err


def test_a_target_and_an_address_are_needed(world: World) -> None:
    assert run(lambda: share(world.told(target="").settings, "b", WITH)) == 2
    assert run(lambda: share(world.told(url=None).settings, "b", WITH)) == 2
    assert run(lambda: share(world.settings, "b", {})) == 2


def test_only_pages_are_changed() -> None:
    assert unlisted(b"<html><head><title>x", "text/html; charset=utf-8").startswith(b"<html><head>\n<meta name=")
    assert unlisted(b"<head>", "text/css") == b"<head>"
