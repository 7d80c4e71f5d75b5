"""A thousand pages: what is read, parsed, rendered and written, by counts. No clock is asked."""

import os
import shutil
from pathlib import Path

import pytest

from clinic.library.audience import Audience
from clinic.output import Output
from tests.laws.world import Built, World, files_of, small_world

PAGES = 1000

PROCEDURE = """---
title: Procedure number {number}
summary: What procedure number {number} is.
author: front-desk
type: other
treats: [low-back-pain]
sources:
  - id: medlineplus
    title: Back Pain
    publisher: MedlinePlus
    url: https://medlineplus.gov/backpain.html
    accessed: 2026-11-02
---

## What it is

It is number {number}, after [the one before](procedure-{before}.md).
"""

PLAIN = """---
title: Page number {number}
summary: What stands on page number {number}.
---

The words of page number {number}. Read [the one before](page-{before}.md).
"""


def thousand(root: Path) -> World:
    """The small good site with a thousand pages more, each of which links to the one before."""
    world = small_world(root)
    for number in range(PAGES):
        before = max(0, number - 1)
        if number % 5:
            world.write(f"pages/page-{number}.md", PLAIN.format(number=number, before=before - (before % 5 == 0)))
        else:
            world.write(f"procedures/procedure-{number}.md", PROCEDURE.format(number=number, before=max(0, number - 5)))
    world.change("pages/page-1.md", "[the one before](page--1.md)", "[home](home.md)")
    return world


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, Built]:
    """The thousand pages, built."""
    world = thousand(tmp_path_factory.mktemp("thousand"))
    return world, world.build()


@pytest.fixture
def built(first: tuple[World, Built], tmp_path: Path) -> World:
    """A copy of the thousand pages, their output and their cache, that a test may change."""
    world = first[0]
    for folder in ("content", "output", "cache"):
        shutil.copytree(world.content.parent / folder, tmp_path / folder, copy_function=os.link)
    moved = world.told(content=tmp_path / "content").into(tmp_path / "output", tmp_path / "cache")
    values, ours = moved.settings.cache / "values.sqlite", Output(moved.output, moved.settings.cache)
    values.unlink()
    shutil.copyfile(world.settings.cache / "values.sqlite", values)
    shutil.move(
        moved.settings.cache / "outputs" / Output(world.output, world.settings.cache)._memory.name, ours._memory
    )
    return moved


def rewrite(world: World, path: str, before: str, after: str) -> None:
    """Changes a file that may be another name of the same file elsewhere."""
    text = (world.content / path).read_text(encoding="utf-8")
    assert text.count(before) == 1
    (world.content / path).unlink()
    world.write(path, text.replace(before, after))


def test_the_first_build_parses_and_renders_everything_once(first: tuple[World, Built]) -> None:
    world, built = first
    files = len(list(world.content.rglob("*.md")))
    assert built.parsed == files == PAGES + 18
    pages = [key for key, file in built.written.manifest.files.items() if file.role in {"page", "index", "redirect"}]
    assert sorted(built.rendered) == sorted(pages)
    assert len(pages) > PAGES


def test_nothing_changed_renders_nothing_writes_nothing_and_parses_nothing(built: World) -> None:
    before = {path: path.stat().st_mtime_ns for path in built.output.rglob("*")}
    again = built.build()
    assert (again.parsed, again.rendered, again.written.written, again.written.removed) == (0, [], (), ())
    assert {path: path.stat().st_mtime_ns for path in built.output.rglob("*")} == before


def test_another_moment_at_which_nothing_changes_costs_nothing(built: World) -> None:
    again = built.at("2026-11-22T21:00:00").build()
    assert (again.parsed, again.rendered, again.written.written) == (0, [], ())


def test_a_changed_body_is_parsed_and_rendered_alone(built: World) -> None:
    rewrite(built, "pages/page-501.md", "The words of", "Other words of")
    again = built.build()
    assert (again.parsed, again.rendered, again.written.written) == (
        1,
        ["page-501/index.html"],
        ("page-501/index.html",),
    )


def test_a_changed_title_is_rendered_where_it_shows(built: World) -> None:
    rewrite(built, "procedures/procedure-500.md", "title: Procedure number 500", "title: Procedure five hundred")
    again = built.build()
    assert again.parsed == 0, "no body has changed"
    assert set(again.rendered) == {
        "procedures/procedure-500/index.html",
        "procedures/a-to-z/p/index.html",
        "search/a-to-z/p/index.html",
        "search/index.html",  # which names another file of names
        "conditions/low-back-pain/index.html",  # which it treats
    }


def test_a_changed_page_that_others_link_to_renders_only_itself(built: World) -> None:
    rewrite(built, "pages/page-502.md", "summary: What stands on page number 502.", "summary: Other words.")
    again = built.build()
    assert again.parsed == 0
    assert set(again.rendered) == {"page-502/index.html", "search/a-to-z/p/index.html"}


def test_a_deleted_page_is_gone_and_takes_nothing_with_it(built: World) -> None:
    (built.content / "pages/page-999.md").unlink()
    again = built.build()
    gone = {key for key in again.written.removed if not key.startswith("a/search.")}
    assert gone == {"page-999/index.html"}
    assert len(again.written.removed) == 3, "and the two files that the search found it by"
    assert set(again.rendered) == {
        "search/index.html",
        "search/a-to-z/p/index.html",
        "page-998/index.html",  # nothing links to page 998 any more
    }
    assert not (built.output / "page-999").exists()


def test_a_fact_of_the_clinic_parses_nothing(built: World) -> None:
    rewrite(built, "clinic.yaml", "    hours: Monday, 8 am to 5 pm", "    hours: Monday, 9 am to 5 pm")
    assert built.build().parsed == 0


def test_a_cache_alone_without_its_output_renders_all_and_parses_nothing(built: World) -> None:
    shutil.rmtree(built.output)
    again = built.build()
    assert again.parsed == 0
    assert len(again.rendered) > PAGES


def test_a_fresh_checkout_with_other_file_times_costs_nothing(built: World) -> None:
    for number, path in enumerate(sorted(built.content.rglob("*"))):
        os.utime(path, (number, number))
    again = built.build()
    assert (again.parsed, again.rendered, again.written.written) == (0, [], ())


def test_in_ci_a_cache_alone_renders_only_what_differs(tmp_path: Path) -> None:
    """What `publish` builds is remembered with its bytes: a runner brings the cache along, and no output."""
    world = small_world(tmp_path, audience=Audience.PATIENTS)
    built = world.build()
    clean = files_of(world.output)
    pages = {key for key, file in built.written.manifest.files.items() if file.role in {"page", "index", "redirect"}}
    assert set(built.rendered) == pages
    shutil.rmtree(world.output)
    for number, path in enumerate(sorted(world.content.rglob("*"))):
        os.utime(path, (number, number))
    again = world.build()
    assert (again.parsed, again.rendered) == (0, [])
    assert files_of(world.output) == clean
    shutil.rmtree(world.output)
    world.write("pages/accessibility.md", world.page("pages/accessibility.md").read_text("utf-8") + "\nNew words.\n")
    again = world.build()
    assert (again.parsed, again.rendered) == (1, ["accessibility/index.html"])
