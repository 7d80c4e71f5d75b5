"""`health`: each list is filled by what belongs there and empty without it; what matters most comes first."""

import html
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from clinic.commands.approving import approve
from clinic.commands.health import health, look
from clinic.commands.running import run
from clinic.health.next import closing, report_of
from clinic.health.page import MARK, page
from clinic.health.report import Entry, Report
from clinic.library.audience import Audience
from clinic.owed import mark
from clinic.release import list_releases, open_target
from clinic.signing.fingerprint import review_code
from tests.browser.visit import axe
from tests.chromium import started
from tests.laws.publishing import Publisher, publisher
from tests.laws.world import ROOT, World, small_world

HARD = (
    "Back pain has many possible explanations. Specialists identify a particular explanation only occasionally. "
    "Repetitive activities at work, uncomfortable furniture and insufficient exercise contribute considerably. "
    "Unsatisfactory relationships at work and psychological difficulties influence recovery significantly. Pictures "
    "of the back regularly show ordinary alterations without any connection to the pain. Additional examinations "
    "become necessary only occasionally. Everybody's experience is different, and recommendations are individual.\n"
)
NOTICE = "---\ntitle: {title}\nsummary: A summary.\ndate: {date}\nexpires: {expires}\ntopic: general\n---\n\n{body}\n"
LONELY = "---\ntitle: Parking\nsummary: Where to park.\n---\n\nPark behind the house.\n"
OTHER = "pages/accessibility.md"
HEEL, PAGE, RECORD = "conditions/heel-pain.md", "conditions/low-back-pain.md", "reviews/heel-pain.yaml"


def notice(title: str, *, date: str = "2026-11-20", expires: str = "2026-12-31", body: str = "Words.") -> str:
    return NOTICE.format(title=title, date=date, expires=expires, body=body)


def notes(world: World, text: str) -> None:
    world.change("announcements/office-hours.md", "We are open on Mondays from Monday, November 2, 2026.\n", text)


def allowed(until: str) -> str:
    note = f'<!-- check: allow NOT003 reason="we say it each week" until={until} -->'
    return f"{note}\n\nWe are open on Mondays from next Monday.\n"


def owe(world: World) -> None:
    """Has a page lack its author, as `migrate` would have left it."""
    world.change(PAGE, "author: front-desk\n", "")
    _, _, body = world.page(PAGE).read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
    world.write("debt.yaml", f"pages:\n  - page: {PAGE}\n    text: {mark(body)}\n    lacks:\n      - FM050 author\n")


PLANTED: Mapping[str, Callable[[World], object]] = {
    "whole": lambda world: world.write("pages/Bad Name.md", "x"),
    "held": lambda world: world.change(OTHER, "title:", "titel: x\ntitle:"),
    "changed": lambda world: world.change(HEEL, "for a week.", "for a month."),
    "expiring": lambda world: world.write("announcements/ice.md", notice("Ice", expires="2026-11-24")),
    "overdue": lambda world: world.change(RECORD, "date: 2026-10-05", "date: 2024-10-05"),
    "unreviewed": lambda world: (world.page(RECORD)).unlink(),
    "due": lambda world: world.change(RECORD, "date: 2026-10-05", "date: 2024-12-20"),
    "sources": lambda world: world.change(HEEL, "accessed: 2026-11-02", "accessed: 2024-11-02"),
    "hard": lambda world: world.change(PAGE, "Often there is no one cause.", HARD.strip()),
    "unlinked": lambda world: world.write("pages/parking.md", LONELY),
    "waivers": lambda world: notes(world, allowed("2026-12-01")),
    "owed": owe,
    "drafts": lambda world: world.change("pages/privacy-practices.md", "title:", "status: draft\ntitle:"),
}
"""What fills each list, as a change to the small good site."""


@pytest.fixture
def world(tmp_path: Path) -> World:
    return small_world(tmp_path, audience=Audience.PATIENTS).told(target=str(tmp_path / "public"))


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Publisher:
    return publisher(tmp_path, capsys)


def told(world: World) -> Report:
    return report_of(look(world.settings))


def titles(report: Report, key: str) -> set[str]:
    return {entry.title for listed in report.lists if listed.key == key for entry in listed.entries}


def held(report: Report) -> tuple[Entry, ...]:
    return next(each.entries for each in report.lists if each.key == "held")


def words(text: str) -> str:
    """What a reader hears of a file."""
    body = re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", body)).split())


@pytest.mark.parametrize("key", PLANTED)
def test_each_list_is_filled_by_what_belongs_there_and_empty_without_it(world: World, key: str) -> None:
    before = titles(told(world), key)
    PLANTED[key](world)
    after = told(world)
    assert len(titles(after, key) - before) == 1
    assert not before - titles(after, key)
    shown = words(page(after))
    listed = {each.key: each for each in after.lists}
    assert set(listed) == set(PLANTED)
    for each in after.lists:
        assert (each.none in shown) is (not each.entries), each.key


def test_a_good_site_has_no_more_to_do_than_its_own_reviews(world: World) -> None:
    report = told(world)
    assert {each.key for each in report.lists if each.entries} == {"unreviewed", "drafts"}
    assert {task.key for task in report.tasks} == {"unreviewed"}
    assert report.later == 0
    assert closing(report) == "2 pages await a clinician, 1 page is a draft."


def test_where_nothing_is_to_be_done_that_is_said(world: World) -> None:
    report = told(world)
    report = replace(report, tasks=(), lists=tuple(replace(each, entries=()) for each in report.lists))
    assert "Do this next Nothing. Everything below is as it should be." in words(page(report))
    assert closing(report) == "Nothing needs doing."


def test_what_matters_most_to_patients_comes_first(world: World) -> None:
    for key in ("unlinked", "hard", "sources", "expiring", "changed", "held"):
        PLANTED[key](world)
    world.write("announcements/snow.md", notice("Closed for snow", body="See [this](nowhere.md)."))
    report = told(world)
    assert [task.key for task in report.tasks] == ["held", "held", "changed", "expiring", "unreviewed"]
    assert report.tasks[0].sentence.startswith('Mend "Closed for snow": 1 mistake holds it back.')
    assert report.tasks[0].place.path == "announcements/snow.md"
    assert report.tasks[0].place.line == 9
    assert "no page called" in report.tasks[0].how
    assert report.later == 4  # the other unreviewed page, old sources, hard to read, unlinked
    PLANTED["whole"](world)
    assert told(world).tasks[0].key == "whole"


def test_the_difference_since_a_sign_off_is_shown_in_words_and_marks(world: World) -> None:
    PLANTED["changed"](world)
    text = page(told(world))
    assert re.search(r"for a <del>.*?week.*?</del><ins>.*?month.*?</ins>\.", text)
    assert "Under “Treatment” Rest your foot for a taken out: week, end. new: month, end. ." in words(text)
    assert "Dr. Example signed it on Monday, October 5, 2026." in words(text)


def test_what_is_held_back_says_since_when_patients_see_an_older_version(office: Publisher) -> None:
    world = office.world
    assert office.publish().code == 0
    PLANTED["held"](world)
    world.write("announcements/snow.md", notice("Snow", body="See [this](nowhere.md)."))
    shown = words(page(told(world)))
    assert re.search(r"Patients still see the version of \w+, \w+ \d+, \d{4} \(release 1\)\.", shown)
    assert "Patients see nothing of it: it was never released." in shown
    assert office.publish().code == 1  # holds both back: the live version stays that of the first release
    assert "(release 1)" in words(page(told(world)))


def test_since_when_is_the_release_that_brought_it_as_far_as_the_target_remembers(office: Publisher) -> None:
    world = office.world
    assert office.publish().code == 0
    world.change(PAGE, "Often there is no one cause.", "Often no one cause is found.")
    assert office.publish(now="2026-11-22T10:00:00").code == 0
    for path in (PAGE, OTHER):
        world.change(path, "---\ntitle:", "---\ntitel: x\ntitle:")
    later = world.at("2026-11-22T11:00:00")
    says = {entry.place.path: entry.says for entry in held(told(later))}
    assert says[PAGE].endswith("(release 2).")
    assert says[OTHER].endswith("(release 1).")
    assert "earlier" not in "".join(says.values())
    first = list_releases(open_target(world.settings.target, root=ROOT))[0]
    (manifest,) = world.settings.content.parent.rglob(f"{first.manifest}.json")
    manifest.unlink()
    says = {entry.place.path: entry.says for entry in held(told(later))}
    assert says[PAGE].endswith(" or earlier (release 2).")  # only release 1 could say that it was another page then
    assert says[OTHER].endswith(" or earlier (release 2).")


def test_without_a_target_that_can_be_read_the_report_says_so_and_comes_all_the_same(world: World) -> None:
    PLANTED["held"](world)
    report = told(world.told(target="nowhere://at all"))
    assert titles(report, "held") == titles(told(world), "held")
    shown = words(page(report))
    assert "What patients see now could not be read:" in shown
    assert "Patients see its last version without mistakes, if there was one." in shown


def test_where_clinic_yaml_cannot_be_used_the_report_says_what_to_mend(world: World) -> None:
    world.write("clinic.yaml", "name: [\n")
    report = told(world)
    assert [task.key for task in report.tasks] == ["whole"]
    assert report.tasks[0].place.path == "clinic.yaml"
    assert "Nothing new can reach patients until this is mended." in words(page(report))


def test_the_command_writes_one_file_and_says_where_and_what(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    PLANTED["held"](world)
    file = tmp_path / "reports" / "monday.html"
    capsys.readouterr()
    assert run(lambda: health(world.settings, report=str(file))) == 0
    said, errors = capsys.readouterr()
    assert errors == ""
    assert said.startswith(f"{file}: 1 page is held back, 2 pages await a clinician")
    assert said.count("\n") == 1
    assert [each.name for each in file.parent.iterdir()] == ["monday.html"]
    link = f'href="vscode://file/{world.content.as_posix().lstrip("/")}/{OTHER}:2:1"'
    assert link in file.read_text()


def test_the_same_content_and_moment_make_the_same_bytes_wherever_they_are(world: World, tmp_path: Path) -> None:
    for key in ("held", "changed", "hard", "expiring", "waivers"):
        PLANTED[key](world)
    there = tmp_path / "elsewhere" / "content"
    shutil.copytree(world.content, there)
    other = world.told(content=there, cache=tmp_path / "another cache", output=tmp_path / "another output")
    made = []
    for number, each in enumerate((world, world, other)):
        file = tmp_path / f"{number}.html"
        assert run(partial(health, each.settings, report=str(file), links=False)) == 0
        made.append(file.read_bytes())
    assert made[0] == made[1] == made[2]
    assert str(tmp_path).encode() not in made[0]


@pytest.mark.parametrize(
    "place", ["content/files/report.html", "output/report.html", "public/report.html", "mine.html", "folder"]
)
def test_the_report_never_becomes_part_of_the_site_and_never_takes_the_place_of_another_file(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    (tmp_path / "mine.html").write_text("<p>mine")
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.rglob("*"))
    assert run(lambda: health(world.settings, report=str(tmp_path / place))) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "mine.html").read_text() == "<p>mine"


def test_texts_of_files_are_text_and_nothing_is_fetched_or_run(world: World) -> None:
    world.write("pages/parking.md", LONELY.replace("Parking", '"<script>alert(1)</script><img src=//x>"'))
    world.write("announcements/ice.md", notice("Ice", expires="2026-11-24").replace("Ice", '"A & <b>B</b>"'))
    text = page(told(world), lambda place: f"vscode://file/{place.path}:{place.line}:{place.column}")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script" not in text.lower()
    assert "<b>" not in text
    assert MARK in text
    links = re.findall(r"""<[a-z][^<>]*\s(?:src|href|action|poster|data)\s*=\s*["']?([^"'>\s]+)""", text)
    assert links
    assert not [link for link in links if not link.startswith(("#", "vscode://file/", "data:,"))]
    assert "<img" not in text
    assert not re.search(r"@import|url\(", text)
    assert not re.search(r"\son\w+\s*=", re.sub(r">[^<]*<", "><", text))


def test_words_of_people_are_dots_wherever_they_would_stand(world: World) -> None:
    name = "Maria Santos"
    world.change(HEEL, "for a week.", f"for a month. {name}, who has cancer, rests too.")
    found = [each for each in world.problems() if each.hides]
    assert found, "the privacy rules must speak of this"
    assert "Santos" not in page(told(world))


def test_a_page_that_was_signed_again_leaves_the_list(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    PLANTED["changed"](world)
    assert titles(told(world), "changed") == {"Heel pain"}
    library = world.gathered().library
    assert library is not None
    code = review_code(library.documents["heel-pain"].fingerprint)
    assert run(lambda: approve(world.settings, "heel-pain", clinician="dr-example", code=code)) == 0, (
        capsys.readouterr()
    )
    assert titles(told(world), "changed") == set()


def test_the_report_can_be_read_by_everybody(world: World, tmp_path: Path) -> None:
    for key, plant in PLANTED.items():
        if key not in {"unreviewed", "due"}:  # these two would take away what "overdue" is about
            plant(world)
    file = tmp_path / "report.html"
    file.write_text(page(told(world), lambda place: f"vscode://file/{place.path}"))
    with started() as browser:
        for scheme, width in (("light", 1280), ("dark", 360), ("light", 320)):
            context = browser.new_context(
                viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
            )
            tab = context.new_page()
            asked: list[str] = []
            tab.on("request", lambda request: asked.append(request.url))  # noqa: B023 - it is this round's tab
            tab.goto(file.as_uri())
            assert asked == [file.as_uri()]
            assert tab.evaluate("document.documentElement.scrollWidth") <= width
            tab.evaluate(axe())
            found = tab.evaluate("axe.run(document, {resultTypes: ['violations']})")
            assert [each["id"] for each in found["violations"]] == []
            context.close()
