"""The law: after any edits the incremental output is the clean output, byte for byte (design.md, rule 4)."""

import random
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from clinic import crew
from clinic.cache import Cache
from clinic.commands.answers import Answer, ask
from clinic.library.audience import Audience
from clinic.output import OutputError
from clinic.projections import pictures
from tests.laws.edits import EDITS, Bench, change_a_filter, change_a_locked_version
from tests.laws.project import Project, scratch_project
from tests.laws.world import NOW, SEED, World, difference, files_of, share, small_world

SEQUENCES = 1000

WORKERS = (1, 2, 4)
"""How many processes share the work of the builds that follow each other; the clean build is always made by one."""


def with_workers(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """From now on work is shared by so many processes, however little there is to do."""
    monkeypatch.setattr(crew, "hands", lambda: count)
    monkeypatch.setattr(crew, "FEW", 0)
    # The threads of the tests' own runner hold no locks of ours.
    monkeypatch.setattr(crew, "_can_copy", lambda: sys.platform == "linux")


def clean(world: World, root: Path) -> dict[str, bytes]:
    """What the same content gives where nothing was ever built, by one process."""
    output = root / "clean"
    with pytest.MonkeyPatch.context() as alone:
        with_workers(alone, 1)
        world.into(output, root / "clean-cache").build()
    made = files_of(output)
    shutil.rmtree(output)
    shutil.rmtree(root / "clean-cache")
    return made


def build(bench: Bench) -> None:
    """Builds; an output whose manifest is lost together with the cache is refused, and emptied as the message says."""
    try:
        bench.world.build()
    except OutputError:
        shutil.rmtree(bench.world.output)
        bench.world.build()


def answered(world: World) -> Answer:
    """What `check` says; a cache that does not exist yet is gone again after it."""
    known = world.settings.cache.exists()
    with Cache(world.settings.cache) as cache:
        answer = ask(world.settings, cache, world.settings.audience)
    if not known:
        shutil.rmtree(world.settings.cache)
    return answer


@pytest.mark.parametrize("case", share(SEQUENCES, 20))
def test_after_any_edits_incremental_equals_clean(case: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(SEED + case)
    with_workers(monkeypatch, WORKERS[case % len(WORKERS)])
    world = small_world(tmp_path, audience=chance.choice(list(Audience)))
    bench = Bench(world, chance, monkeypatch)
    bench.world.build()
    done: list[str] = []
    for _ in range(chance.randint(4, 8)):
        done += [chance.choice(EDITS)(bench) for _ in range(chance.choice([1, 1, 1, 2, 4]))]
        build(bench)
        if chance.random() < 0.4:
            assert answered(bench.world) == answered(bench.world.into(tmp_path, tmp_path / "no-cache")), done
        if chance.random() < 0.4:
            assert difference(files_of(bench.world.output), clean(bench.world, tmp_path)) == [], done
    assert difference(files_of(bench.world.output), clean(bench.world, tmp_path)) == [], done
    again = bench.world.build()
    assert (again.written.written, again.written.removed, again.rendered, again.parsed) == ((), (), [], 0), done


@pytest.mark.parametrize("edit", dict.fromkeys(EDITS), ids=lambda edit: str(edit.__name__))
def test_after_each_edit_alone_incremental_equals_clean(
    edit: Callable[[Bench], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench(small_world(tmp_path), random.Random(SEED), monkeypatch)
    bench.world.build()
    for _ in range(2):
        done = edit(bench)
        build(bench)
        assert difference(files_of(bench.world.output), clean(bench.world, tmp_path)) == [], done


CODE = {
    "a filter": ("clinic/filters.py", "r'<a href=\"tel:", 'r\'<a class="x" href="tel:'),
    "a view": ("clinic/views/news.py", '"closure": words.gettext("Closure")', '"closure": "We close"'),
    "prose": ("clinic/prose/slots.py", '"""', '"""Not the same. '),
    "a projection": ("clinic/projections/feed.py", '"%(clinic)s: announcements"', '"News of %(clinic)s"'),
    "how pictures are made": (
        "clinic/projections/encoding.py",
        'PNG: Options = {"optimize": True}',
        'PNG: Options = {"compress_level": 1}',
    ),
    "what drawings may hold": ("clinic/lists/drawings.toml", '"circle", ', ""),
    "a word list": ("clinic/lists/titles.toml", "tell_apart = [", 'tell_apart = ["walk", '),
    "the lock": ("requirements.txt", "jinja2==", "jinja2==99."),
    "a template": ("theme/templates/components/banner.html", "{% macro", "<!-- changed -->{% macro"),
}
"""Changes to the generator itself: a file, a text in it that stands there at least once, and what it becomes."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project whose site was built before the generator changes."""
    project = scratch_project(tmp_path_factory.mktemp("generator") / "project")
    assert project.task("build", "--now", NOW).code == 0
    return project


@pytest.mark.parametrize(
    "what", [*list(CODE)[:1], *(pytest.param(name, marks=pytest.mark.slow) for name in list(CODE)[1:])]
)
def test_a_changed_generator_makes_its_whole_difference(what: str, built: Project, tmp_path: Path) -> None:
    project = Project(Path(shutil.copytree(built.root, tmp_path / "project")))
    file, before, after = CODE[what]
    text = (project.root / file).read_text(encoding="utf-8")
    assert before in text
    (project.root / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    assert project.task("build", "--now", NOW).code == 0
    assert project.task("build", "--now", NOW, "--output", "clean", "--cache", "cache-clean").code == 0
    assert difference(files_of(project.root / "output"), files_of(project.root / "clean")) == []


def test_whatever_shapes_bytes_is_in_the_salt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A body and a page that other code or another version might make otherwise are made anew."""
    bench = Bench(small_world(tmp_path), random.Random(SEED), monkeypatch)
    pages = len(bench.world.build().rendered)
    for change in (change_a_filter, change_a_locked_version):
        change(bench)
        built = bench.world.build()
        assert (len(built.rendered), built.parsed) == (pages, 19)
        assert bench.world.build().rendered == []


def test_a_picture_is_made_anew_where_its_making_changed_and_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Encoding is slow: no change of a page, a template or a rule may cost it."""
    bench = Bench(small_world(tmp_path), random.Random(SEED), monkeypatch)
    bench.world.build()
    drawn = count_of(monkeypatch, pictures, "encode")
    for change in (change_a_filter, change_a_locked_version):
        change(bench)
        bench.world.build()
    assert drawn == []
    monkeypatch.setattr(pictures, "pillow_version", "another")
    bench.world.build()
    bench.world.build()
    assert len(drawn) == 1


def count_of(monkeypatch: pytest.MonkeyPatch, room: ModuleType, name: str) -> list[None]:
    """A list that grows by one at each call of a function."""
    calls: list[None] = []
    real = getattr(room, name)

    def counted(*arguments: object, **named: object) -> object:
        calls.append(None)
        return real(*arguments, **named)

    monkeypatch.setattr(room, name, counted)
    return calls
