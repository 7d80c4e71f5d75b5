"""The law of the preview: whatever was edited, a look that keeps what it knows tells what a look from nothing tells."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from clinic.build import Workshop
from clinic.cache import Cache
from clinic.commands.looking import Desk
from clinic.library.library import Library
from clinic.preview.given import Looked
from clinic.preview.site import LiveSite, Renders
from clinic.preview.state import State, following
from clinic.problems import Problem, Severity
from clinic.problems.catalogue import all_rules
from clinic.render import Renderer
from clinic.views.view import template_of
from tests.laws import edits
from tests.laws.edits import Bench
from tests.laws.world import SEED, share, small_world

SEQUENCES = 120
WEIGHING = frozenset({"LNG", "CLM", "FCT", "MED", "DUP"})
"""The families that may follow the page: those that weigh words, and what titles tell only together."""


def edit_a_title(bench: Bench) -> str:
    page = bench.some()
    rows = page.read_text(encoding="utf-8", errors="replace").split("\n")
    title = bench.chance.choice([f"title: On {bench.word()}", "title: Low back pain", "title: A lower back pain"])
    page.write_text("\n".join(title if row.startswith("title:") else row for row in rows), encoding="utf-8")
    return f"{title!r} in {bench.named(page)}"


def weigh_a_word(bench: Bench) -> str:
    page = bench.some()
    said = bench.chance.choice(
        [
            "This is a 100% safe cure.",
            "Call 555-010-9999 now.",
            "You utilize it. It was stopped by them.",
            "Take 5 mg of it.",
            "See [it](../conditions/low-back-pain.md#symptoms).",
            "See [it](/conditions/low-back-pain/).",
            '<!-- check: allow CLM001 reason="said so" until=2027-01-31 -->\n\nThe best clinic.',
            "{{ phone.main }} and {{ phone.gone }}",
            "![Hills.](../images/walk.png)",
        ]
    )
    page.write_text(f"{page.read_text(encoding='utf-8', errors='replace')}\n{said}\n", encoding="utf-8")
    return f"{said!r} in {bench.named(page)}"


def rename_a_heading(bench: Bench) -> str:
    page = bench.some()
    text = page.read_text(encoding="utf-8", errors="replace")
    page.write_text(text.replace("\n## ", f"\n## {bench.word()} ", 1), encoding="utf-8")
    return f"heading in {bench.named(page)}"


def relate_a_page(bench: Bench) -> str:
    """What a header says of others, or of itself alone, and lines that move all below them."""
    page = bench.some()
    ids = ", ".join(bench.some().stem for _ in range(bench.chance.randrange(3)))
    said = bench.chance.choice(
        [
            *(f"{key}: [{ids}]" for key in ("treats", "treatments", "related", "performed_by")),
            *("at: [main, nowhere]", "body_parts: [lower-back, tail]", "author: nobody-here"),
            *(f"summary: The {bench.word()} helps.", "summary: Call {{ phone.main }} or {{ phone.gone }}."),
            *(f"also_called: [{bench.word()}]", f"symptoms: [{bench.word()}]", "duration: 20 minutes"),
        ]
    )
    key = said.partition(":")[0]
    rows = page.read_text(encoding="utf-8", errors="replace").split("\n")
    rest = [row for row in rows if not row.startswith(f"{key}:")]
    page.write_text("\n".join([rest[0], said, *rest[1:]]), encoding="utf-8")
    return f"{said!r} in {bench.named(page)}"


def owe(bench: Bench) -> str:
    paths = [bench.named(bench.some()) for _ in range(2)]
    rows = "".join(f"- page: {path}\n  text: '0'\n  lacks:\n  - FM050 author\n" for path in dict.fromkeys(paths))
    bench.world.write("debt.yaml", rows)
    return f"debts of {paths}"


def list_a_word(bench: Bench) -> str:
    bench.world.write("lists/plain.toml", f'[words]\n{bench.word().partition(" ")[0]} = "other"\n')
    return "a list of words"


EDITS: tuple[Callable[[Bench], str], ...] = (
    *(edits.edit_a_body, edits.edit_a_body, edit_a_title, edit_a_title, weigh_a_word, weigh_a_word, rename_a_heading),
    *(relate_a_page, relate_a_page),
    *(edits.cut_a_page_short, edits.break_a_page, edits.set_a_field, edits.set_a_field, edits.rename_a_source),
    *(edits.rename_a_page, edits.delete_a_page, edits.add_a_page, edits.change_a_template, edits.change_a_stylesheet),
    *(edits.change_a_catalogue, edits.change_the_clinic, edits.change_the_address, edits.let_time_pass),
    *(edits.change_a_picture, edits.change_a_download, owe, list_a_word),
)
"""What is done to files while a preview runs; most of it to pages."""


class Watched:
    """A desk over a world, told what was touched as the watcher tells it, and desks that know nothing."""

    def __init__(self, bench: Bench, cache: Cache) -> None:
        self.bench = bench
        self.file = bench.world.settings.content.parent / "settings.py"
        self.desk = Desk(lambda: bench.world.settings, self.file, cache)
        self.seen = self._stamps()
        self.settings = bench.world.settings
        self.state = told(None, self.desk.look(None))

    def _stamps(self) -> dict[Path, bytes]:
        roots = (self.bench.world.settings.content, self.bench.world.settings.theme)
        return {path: path.read_bytes() for root in roots for path in sorted(root.rglob("*")) if path.is_file()}

    def touched(self) -> set[Path]:
        """What was touched since this was last asked."""
        before, self.seen = self.seen, self._stamps()
        found = {path for path in before.keys() | self.seen.keys() if before.get(path) != self.seen.get(path)}
        if self.settings != self.bench.world.settings:
            self.settings = self.bench.world.settings
            found.add(self.file)
        return found

    def settled(self) -> Workshop:
        """What pages are made with, once all rules were asked about everything."""
        looked = self.desk.settle(lambda: True)
        assert looked is not None
        assert looked.workshop is not None
        return looked.workshop

    def anew(self) -> Looked:
        """What a desk tells that has seen nothing before."""
        # Beside the one that the preview uses; it spares encoding the same pictures again.
        with Cache(self.bench.world.settings.content.parent / "cache-of-others") as cache:
            return Desk(lambda: self.bench.world.settings, self.file, cache).look(None)


def linked(library: Library) -> dict[str, object]:
    """All that linking tells."""
    told = vars(replace(library)) | {"problems": sorted(library.problems, key=lambda problem: problem.order)}
    told["firm"] = sorted(library.firm, key=lambda problem: problem.order)
    told["linked_from"] = {path: paths for path, paths in library.linked_from.items() if paths}
    told |= {"kinds": library.kinds, "ids_at": library.ids_at}
    del told["timeline"]  # a look that finds all as it was leaves the site at its moment
    return told


def pages(looked: Looked) -> dict[str, bytes]:
    """Every file of the site, as the preview serves it."""
    assert looked.workshop is not None
    site = LiveSite(looked.workshop, Renders())
    found = {key: site.served(key) for key in sorted(site.keys())}
    return {key: served.body for key, served in found.items() if served is not None}


def told(before: State | None, looked: Looked) -> State:
    """The state after another."""
    return following(before, looked, LiveSite(looked.workshop, Renders()) if looked.workshop else None)


def at_once(problem: Problem) -> bool:
    """Whether a problem must be told with the page, and can't wait until all rules were asked about everything."""
    return problem.severity is Severity.ERROR and all_rules()[problem.code].family not in WEIGHING


def compare(watched: Watched, done: list[str]) -> None:
    """One round: a look, perhaps a stop before all was asked, and in the end all that a look from nothing tells."""
    chance, desk, touched = watched.bench.chance, watched.desk, watched.touched()
    looked, anew = desk.look(touched), watched.anew()
    watched.state = told(watched.state, looked)
    assert watched.state.loud == told(None, looked).loud, done
    if anew.workshop is None or anew.faults:
        return
    assert looked.workshop is not None, done
    assert looked.faults == (), done
    content = watched.bench.world.settings.content
    saved = {path.relative_to(content).as_posix() for path in touched if path.is_relative_to(content)}
    errors = {each for each in anew.problems if each.path in saved and at_once(each)}
    assert errors <= set(looked.problems), done
    if chance.random() < 0.5:
        desk.advise()
    if chance.random() < 0.3:
        assert desk.settle(lambda: False) is None or not looked.advice_follows, done
        return
    left = iter(range(chance.choice([0, 3, 20, 60])))
    desk.settle(lambda: next(left, None) is not None)  # a save may come wherever rules are then
    settled = desk.settle(lambda: True)
    assert settled is not None, done
    assert settled.workshop is not None, done
    assert not settled.advice_follows, done
    assert settled.problems == anew.problems, done
    assert settled.workshop.maker.problems == anew.workshop.maker.problems, done
    assert settled.texts == anew.texts, done
    assert linked(settled.workshop.library) == linked(anew.workshop.library), done
    assert pages(settled) == pages(anew), done
    assert set(anew.workshop.library.timeline.coming) <= set(settled.workshop.library.timeline.coming), done


@pytest.mark.parametrize("case", share(SEQUENCES, 12))
def test_after_any_edits_a_look_tells_what_a_look_from_nothing_tells(
    case: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(SEED + case)
    bench = Bench(small_world(tmp_path), chance, monkeypatch)
    done: list[str] = []
    with Cache(bench.world.settings.cache) as cache:
        watched = Watched(bench, cache)
        for _ in range(6):
            done += [chance.choice(EDITS)(bench) for _ in range(chance.choice([1, 1, 1, 2, 4]))]
            compare(watched, done)


def test_a_text_that_is_edited_is_all_that_is_read_linked_and_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was found of every other page are the very same objects: nothing was made of them again."""
    bench = Bench(small_world(tmp_path), random.Random(SEED), monkeypatch)
    with Cache(None) as cache:
        watched = Watched(bench, cache)
        before = watched.settled()
        was = before.library
        path = max(sorted(was.linked_from), key=lambda each: len(was.linked_from[each]))
        page = bench.world.page(path)
        page.write_text(page.read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8")
        after = watched.desk.look(watched.touched())
    assert after.workshop is not None
    now = after.workshop.library
    other = [each for each, followed in now.followed.items() if followed is not was.followed[each]]
    assert sorted(other) == sorted({path, *was.linked_from[path]})
    assert len(other) > 1
    assert [slug for slug, item in now.items.items() if item is not was.items[slug]] == [was.by_path[path].id]
    assert now.relations is was.relations
    assert after.workshop.pictures is before.pictures


def test_a_setting_that_is_edited_alone_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench(small_world(tmp_path), random.Random(SEED), monkeypatch)
    with Cache(None) as cache:
        watched = Watched(bench, cache)
        for url in ("https://one.example.com/", "https://two.example.com/", "https://three.example.com/"):
            bench.world = bench.world.told(url=url)
            watched.desk.look(watched.touched())
            assert watched.settled().maker.url == url


def test_a_clock_that_is_set_back_takes_back_what_had_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench(small_world(tmp_path), random.Random(SEED), monkeypatch)
    page = bench.world.page("pages/accessibility.md")
    allowed = '<!-- check: allow CLM001 reason="said so" until=2027-01-31 -->\n\nThe best clinic.'
    page.write_text(f"{page.read_text(encoding='utf-8')}\n{allowed}\n", encoding="utf-8")
    with Cache(None) as cache:
        watched = Watched(bench, cache)
        told_of: list[bool] = []
        for now in ("2026-11-22T09:00:00", "2028-01-01T09:00:00", "2026-11-22T09:00:00"):
            bench.world = bench.world.at(now)
            watched.desk.look(watched.touched())
            problems = watched.settled().maker.problems.get("pages/accessibility.md", ())
            told_of.append("WAV003" in {each.code for each in problems})
    assert told_of == [False, True, False]


def edited(bench: Bench, path: str, row: str) -> None:
    """A page with another row in its header."""
    page, key = bench.world.page(path), row.partition(":")[0]
    rows = page.read_text(encoding="utf-8").split("\n")
    assert any(each.startswith(f"{key}:") for each in rows)
    page.write_text("\n".join(row if each.startswith(f"{key}:") else each for each in rows), encoding="utf-8")


def test_a_header_that_is_edited_is_linked_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a page says of itself changes no other; what it says of others has relations told anew, and no links."""
    bench = Bench(small_world(tmp_path), random.Random(SEED), monkeypatch)
    with Cache(None) as cache:
        watched = Watched(bench, cache)
        before = watched.settled()
        was = before.library
        slug = min(was.relations.treatments)
        path = was.documents[slug].path
        edited(bench, path, "summary: Quite another sentence.")
        after = watched.desk.look(watched.touched())
        assert after.workshop is not None
        now = after.workshop.library
        assert now.relations is was.relations
        assert [each for each, item in now.items.items() if item is not was.items[each]] == [slug]
        edited(bench, path, "treatments: []")
        last = watched.desk.look(watched.touched())
    assert last.workshop is not None
    then = last.workshop.library
    assert slug not in then.relations.treatments
    assert [each for each, item in then.items.items() if item is not now.items[each]] == [slug]
    others = then.followed.keys() - {path, *was.linked_from.get(path, ())}
    assert all(then.followed[each] is was.followed[each] for each in others)


def test_only_the_templates_that_changed_are_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench(small_world(tmp_path), random.Random(SEED), monkeypatch)
    rendered: list[str] = []
    render = Renderer.render

    def heard(renderer: Renderer, page: object) -> bytes:
        rendered.append(template_of(page))
        return render(renderer, page)

    monkeypatch.setattr(Renderer, "render", heard)
    with Cache(None) as cache:
        watched = Watched(bench, cache)
        every = set(rendered)
        rendered.clear()
        template = bench.world.settings.theme / "templates" / "procedure.html"
        template.write_text(template.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        looked = watched.desk.look(watched.touched())
        alone = set(rendered)
        rendered.clear()
        template.write_text("{% extends 'components/base.html' %}{% block content %}{{ page.no }}{% endblock %}")
        broken = watched.desk.look(watched.touched())
    assert every >= {"procedure.html", "condition.html", "index.html", "search.html", "location.html"}
    assert looked.faults == ()
    assert alone == {"procedure.html"}
    assert [fault.file.name for fault in broken.faults if fault.file is not None] == ["procedure.html"]
