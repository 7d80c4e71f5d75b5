"""What `clinic.faces` builds on: no view looks at the text of another document, and what it looks at is told apart."""

import dataclasses
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from clinic.build import Kit, equip
from clinic.cache import Cache
from clinic.commands.building import by_path
from clinic.commands.gathering import gather
from clinic.crew import in_shares
from clinic.faces import Faces, around
from clinic.library.audience import Audience
from clinic.library.document import Document
from clinic.library.library import build_library
from clinic.library.timeline import Timeline
from clinic.views.maker import Maker
from clinic.views.site import face_of, item_view, planned_indexes
from tests.harness import SITE
from tests.laws.world import ROOT, World, difference, files_of, small_world

UNREADABLE = b"\xc1 no prose"
"""Stands for the text of a document that nobody may look at: unfolding it ends the test."""


def maker_of(world: World) -> Maker:
    """What views of a site are made with."""
    settings = world.settings
    with Cache(settings.cache) as cache:
        gathered = gather(settings, cache)
        assert gathered.library is not None
        kit = Kit(settings.theme)
        problems = by_path(gathered.problems)
        return equip(gathered.library, kit, content=world.content, cache=cache, url=None, problems=problems).maker


def without_texts(maker: Maker, but: str = "") -> Maker:
    """The same, where the text of no document can be read but that of one."""
    library = maker.library
    documents = tuple(one if one.path == but else _unreadable(one) for one in library.material.documents)
    material = dataclasses.replace(library.material, documents=documents)
    blind = build_library(material, Timeline(library.timeline.now), library.audience, absent=library.absent)
    return dataclasses.replace(maker, library=blind)


def _unreadable(document: Document) -> Document:
    body = dataclasses.replace(document.body, prose=UNREADABLE)
    made = dataclasses.replace(document, written=UNREADABLE, body=body)
    # Whether a signature holds is told by it; how it holds stands among the surroundings.
    vars(made)["fingerprint"] = document.fingerprint
    return made


SITES: dict[str, Path] = {"small": SITE, "sample": ROOT / "content", "gold": ROOT / "tests" / "gold" / "content"}


def site_of(name: str, folder: Path, audience: Audience) -> World:
    """One of the sites of this project."""
    world = small_world(folder, audience=audience)
    shutil.rmtree(world.content)
    shutil.copytree(SITES[name], world.content)
    return world


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("name", SITES)
def test_a_view_looks_at_no_text_but_its_own(name: str, audience: Audience, tmp_path: Path) -> None:
    maker = maker_of(site_of(name, tmp_path, audience))
    seen = 0
    for item in maker.library.items.values():
        if maker.library.shown(item.id):
            blind = without_texts(maker, but=item.document.path)
            assert item_view(blind, blind.library.items[item.id]) == item_view(maker, item), item.document.path
            seen += 1
    assert seen > 5


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("name", SITES)
def test_pages_made_of_many_look_at_no_text(name: str, audience: Audience, tmp_path: Path) -> None:
    maker = maker_of(site_of(name, tmp_path, audience))
    blind = without_texts(maker, but="pages/search.md")  # its own text: the page is a document's too
    assert [page.view for page in planned_indexes(blind)] == [page.view for page in planned_indexes(maker)]


def test_the_trap_is_one(tmp_path: Path) -> None:
    maker = without_texts(maker_of(small_world(tmp_path)))
    with pytest.raises(Exception, match="header"):
        item_view(maker, maker.library.items["nerve-block"])


TEXT, DOCTOR = "procedures/nerve-block.md", "clinicians/dr-example.md"

SHOWN: dict[str, Callable[[World], object]] = {
    "a title": lambda world: world.change(TEXT, "title: Nerve block", "title: New block"),
    "a heading": lambda world: world.write(TEXT, world.page(TEXT).read_text("utf-8") + "\n### A new one\n\nWords.\n"),
    "a fact": lambda world: world.write(TEXT, world.page(TEXT).read_text("utf-8") + "\nCall {{ phone.main }}.\n"),
    "the clinic's name": lambda world: world.change("clinic.yaml", "name: Example Clinic\n", "name: New Clinic\n"),
    "a page that is new": lambda world: world.write("pages/new.md", "---\ntitle: New\nsummary: New.\n---\n\nWords.\n"),
    "a page that is gone": lambda world: world.page(TEXT).unlink(),
}


@pytest.mark.parametrize("what", SHOWN)
def test_what_others_can_see_is_in_the_digest(what: str, tmp_path: Path) -> None:
    world = small_world(tmp_path)
    before = around(maker_of(world))
    assert around(maker_of(world)) == before
    SHOWN[what](world)
    assert around(maker_of(world)) != before


def test_the_words_of_a_heading_are_in_the_digest(tmp_path: Path) -> None:
    """The list of languages names those of a page by them; the anchor can stay as it is."""
    world = small_world(tmp_path)
    plain = world.page(TEXT).read_text("utf-8")
    found = []
    for words in ("Espa\u00f1ol", "Castellano"):
        world.write(TEXT, f"{plain}\n### {words} {{#es}}\n\nWords.\n")
        found.append(around(maker_of(world)))
    assert found[0] != found[1]


def test_after_an_edit_of_a_text_only_its_view_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def told(work: Callable[[int], bytes], tasks: list[int], **kind: int) -> Iterator[bytes]:
        made.extend(str(task) for task in tasks)
        return in_shares(work, tasks, **kind)

    monkeypatch.setattr("clinic.faces.in_shares", told)
    world = small_world(tmp_path)
    world.build()
    assert len(made) > 5
    made.clear()
    world.build()
    assert made == []
    world.write(TEXT, world.page(TEXT).read_text("utf-8") + "\nOne more word.\n")
    world.build()
    assert len(made) == 1
    made.clear()
    world.change(TEXT, "title: Nerve block", "title: New block")
    world.build()
    assert len(made) > 5


def test_an_edit_of_the_page_of_the_search_shows(tmp_path: Path) -> None:
    world = small_world(tmp_path)
    world.write("pages/search.md", "---\ntitle: Search\nsummary: Look for it.\n---\n\nWords.\n")
    world.build()
    world.change("pages/search.md", "Words.", "Other words.")
    world.build()
    assert b"Other words." in files_of(world.output)["search/index.html"]


def test_a_moment_that_has_come_makes_views_anew(tmp_path: Path) -> None:
    """A clinician leaves: no file changes, and what is said of them does."""
    world = small_world(tmp_path)
    world.change(DOCTOR, "name: Dr. Example\n", "name: Dr. Example\nleft: 2026-12-01\n")
    world.build()
    before = files_of(world.output)
    later = world.at("2026-12-05T09:00:00")
    later.build()
    assert difference(files_of(later.output), before) != []
    clean = later.into(tmp_path / "clean", tmp_path / "clean-cache")
    clean.build()
    assert difference(files_of(later.output), files_of(clean.output)) == []


def test_faces_that_are_remembered_are_those_of_the_views(tmp_path: Path) -> None:
    world = small_world(tmp_path)
    with Cache(world.settings.cache) as cache:
        maker = maker_of(world)
        faces = Faces(maker, cache)
        known = faces.items()
        faces.note()
        assert [page.known for page in Faces(maker, cache).items()] == [page.known for page in known]
    assert all(page.known == face_of(page.make()) for page in known)
