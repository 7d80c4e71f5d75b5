"""`migrate`: a whole Pelican site in one go, with nothing lost in silence and nothing overwritten."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from clinic.commands.checking import check
from clinic.commands.migrating import migrate
from clinic.commands.running import run
from clinic.commands.settings import Settings
from clinic.library.addresses import key_of
from clinic.library.audience import Audience
from clinic.owed import read_debts
from clinic.problems import Severity
from clinic.problems.catalogue import all_rules
from tests.docs.shown import THEME
from tests.harness import Checked, checked
from tests.laws.publishing import Publisher
from tests.laws.world import NOW, World, files_of
from tests.migrating.oldsite import PAGES, SAME_SLUG, clinic_folder, old_site


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Those of a copy of the small good site."""
    content = clinic_folder(tmp_path / "new")
    return Settings(
        content=content,
        output=tmp_path / "output",
        cache=tmp_path / "cache",
        theme=THEME,
        audience=Audience.EDITORS,
        now=NOW,
    )


def brought(settings: Settings, old: Path) -> int:
    return run(lambda: migrate(settings, old))


def text(settings: Settings, path: str) -> str:
    return (settings.content / path).read_text(encoding="utf-8")


def report(settings: Settings) -> str:
    return (settings.content.parent / "migrate-report.md").read_text(encoding="utf-8")


def errors(found: Checked) -> list[tuple[str, str]]:
    return [(problem.path, problem.code) for problem in found.problems if problem.severity is Severity.ERROR]


def test_headers_and_links_become_ours(settings: Settings, tmp_path: Path) -> None:
    brought(settings, old_site(tmp_path / "old"))
    page = text(settings, "conditions/knee-pain.md")
    assert page.startswith(
        "---\ntitle: Knee pain\nsummary: What a sore knee is.\n"
        "aliases:\n  - /2024/knee-pain.html\nauthor: front-desk\n---\n"
    )
    assert "![](../images/walk.png)" in page
    assert "[about the block](../procedures/old-nerve-block.md)" in page
    assert "[all on pain](../pages/earlier-articles.md#tag-pain)" in page
    assert "[our forms](../files/pdfs/intake-form.pdf)" in page
    assert "[the start](../pages/home.md)" in page
    assert "In code `{filename}x.md` stays." in page
    block = text(settings, "procedures/old-nerve-block.md")
    assert "[Knee](../conditions/knee-pain.md) and |filename| in a table stays." in block
    moved = text(settings, "announcements/the-desk-has-moved.md")
    assert "See [about us](../pages/about.md) and [the site](../procedures/old-nerve-block.md)." in moved


def test_what_could_not_be_decided_stands_in_the_report_with_its_line(settings: Settings, tmp_path: Path) -> None:
    assert brought(settings, old_site(tmp_path / "old", **{"news__zweite.md": SAME_SLUG})) == 1
    told = report(settings)
    for said in (
        'line 3: "modified: 2023-01-01" has no place here: left out. It lies before the page\'s own date.',
        'line 5: "mood: calm" has no place here: left out.',
        "line 14: The place #part is not on that page",
        'line 2: The date "May" can\'t be read with certainty',
        'line 2: The date "03/04/2024" can\'t be read with certainty (2024-03-04 or 2024-04-03)',
        "line 2: Its date, 2027-01-15, is still to come",
        'line 1: "title" was no part of the header for Pelican, because quotes stand around its name.',
        'line 4: "tags" was no part of the header for Pelican, because an empty line stands before it.',
        "This is no Markdown (.rst): left out.",
        "This file is not saved as UTF-8",
        "line 3: Its old address /2024/hours-2024.html belongs to news/same.md too, which keeps it.",
        'line 4: STR034: "{{ SITENAME }}" is not a fact',
        "line 4: SEC010: The HTML code",
        "line 4: The link {filename}/news/gone.md leads to no file",
        "line 2: It was hidden from menus",
        "line 5: Pages of this kind name no author: Ann Example, Bo Example.",
        "line 4: Pages have no tags here: knee, pain.",
    ):
        assert said in told, said


def test_patients_details_go_nowhere(settings: Settings, tmp_path: Path) -> None:
    brought(settings, old_site(tmp_path / "old"))
    assert "MRN ••••••••" in report(settings)
    for data in (*files_of(tmp_path / "new").values(), *files_of(tmp_path / "cache").values()):
        assert b"00482913" not in data


def test_what_the_old_site_did_not_show_is_a_draft(settings: Settings, tmp_path: Path) -> None:
    before = set(settings.content.rglob("*.md"))
    brought(settings, old_site(tmp_path / "old"))
    new = set(settings.content.rglob("*.md")) - before
    drafts = {path.name for path in new if "status: draft" in path.read_text()}
    assert drafts == {"cafe-open.md", "not-yet.md", "smart.md"}


def test_no_error_of_a_brought_page_is_debt(settings: Settings, tmp_path: Path) -> None:
    brought(settings, old_site(tmp_path / "old"))
    found = checked(settings.content)
    assert errors(found)
    for path, code in errors(found):
        assert not all_rules()[code].debt, (path, code)
    owing = {debt.page for debt in read_debts((settings.content / "debt.yaml").read_bytes())[0].pages}
    assert "conditions/knee-pain.md" in owing
    assert "announcements/not-yet.md" not in owing


def test_the_text_is_kept_but_for_links(settings: Settings, tmp_path: Path) -> None:
    brought(settings, old_site(tmp_path / "old"))
    for old, new in (("news/jinja.md", "announcements/jinja.md"), ("news/blank.md", "announcements/with-a-gap.md")):
        said = PAGES[old]
        assert isinstance(said, str)
        assert text(settings, new).split("---\n\n", 1)[1] == said.split("\n\n")[-1]


def test_it_may_be_run_twice(settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = old_site(tmp_path / "old", **{"news__zweite.md": SAME_SLUG})
    brought(settings, old)
    before = files_of(settings.content.parent)
    capsys.readouterr()
    brought(settings, old)
    assert files_of(settings.content.parent) == before
    assert "in" in capsys.readouterr().out


def test_nothing_is_overwritten(settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (settings.content / "pages" / "About.md").write_text("mine")
    before = files_of(settings.content.parent)
    assert brought(settings, old_site(tmp_path / "old")) == 1
    assert files_of(settings.content.parent) == before
    assert "About.md" in capsys.readouterr().err


def test_all_or_nothing_when_the_disk_fails(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files_of(settings.content.parent)
    old = old_site(tmp_path / "old")
    link, placed = os.link, 0

    def full(origin: str | Path, new: str | Path, **more: bool) -> None:
        nonlocal placed
        if Path(new).is_relative_to(settings.content):
            placed += 1
            if placed > 5:
                raise OSError(28, "No space left on device")
        link(origin, new, **more)

    monkeypatch.setattr(os, "link", full)
    assert brought(settings, old) == 3
    monkeypatch.undo()
    assert placed > 5
    assert files_of(settings.content.parent) == before


def test_a_disk_without_second_names_will_do(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", never)
    brought(settings, old_site(tmp_path / "old"))
    assert "Knee pain" in text(settings, "conditions/knee-pain.md")


def test_a_name_that_a_page_of_another_kind_has_is_not_given_twice(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files_of(settings.content.parent)
    old = old_site(tmp_path / "old", pages__plan="", **{"pages__heel-pain.md": "Title: Heel pain\n\nIt hurts.\n"})
    assert brought(settings, old) == 1
    assert files_of(settings.content.parent) == before
    assert "heel-pain.md" in capsys.readouterr().err


def test_an_address_that_is_taken_stays_with_its_page(settings: Settings, tmp_path: Path) -> None:
    home = settings.content / "pages" / "plans.md"
    home.write_text(
        home.read_text()
        .replace("title:", "aliases: [/2024/knee-pain.html, /tags.html]\nstatus: published\ntitle:", 1)
        .replace("status: draft\n", "")
    )
    before = errors(checked(settings.content))
    brought(settings, old_site(tmp_path / "old"))
    found = checked(settings.content)
    mine = {path for path, code in errors(found) if code.startswith("DUP")}
    assert mine == {path for path, code in before if code.startswith("DUP")}
    assert found.library is not None
    assert found.library.aliases["2024/knee-pain.html"] == "plans"
    assert found.library.aliases["tags.html"] == "plans"
    assert "Its old address /2024/knee-pain.html can't be kept" in report(settings)


def test_nothing_outside_of_the_old_folder_is_read(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "note.md").write_text("Title: Secret\n\nSecret.\n")
    old = old_site(tmp_path / "old")
    (old / "content" / "pages" / "link.md").symlink_to(tmp_path / "secret" / "note.md")
    (old / "content" / "pages" / "loop").symlink_to(old / "content")
    os.mkfifo(old / "content" / "pages" / "pipe.md")
    conf = old / "pelicanconf.py"
    conf.write_text(conf.read_text() + "PATH = '../secret'\n")
    brought(settings, old)
    assert not [path for path, data in files_of(settings.content.parent).items() if b"Secret" in data]
    told = report(settings)
    for said in ("PATH leads out of this folder", "This is a link: left out.", "This is no plain file: left out."):
        assert said in told


def test_settings_are_read_and_never_run(settings: Settings, tmp_path: Path) -> None:
    old = old_site(tmp_path / "old")
    conf = old / "pelicanconf.py"
    marker = tmp_path / "run"
    conf.write_text(
        conf.read_text()
        + f"\nimport pathlib\npathlib.Path({str(marker)!r}).touch()\nPAGE_SAVE_AS = 'p/' + '{{slug}}.html'\n"
    )
    brought(settings, old)
    assert not marker.exists()
    assert "PAGE_SAVE_AS is worked out by code here" in report(settings)


def test_a_folder_without_a_site_is_wrong_use(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert brought(settings, tmp_path / "empty") == 2
    assert brought(settings, tmp_path / "no-such-folder") == 2
    assert brought(settings, settings.content) == 2


def test_a_new_content_folder_gets_the_pages_and_no_made_up_clinic(settings: Settings, tmp_path: Path) -> None:
    fresh = replace(settings, content=tmp_path / "fresh" / "content")
    brought(fresh, old_site(tmp_path / "old"))
    assert (fresh.content / "pages" / "about.md").is_file()
    assert not (fresh.content / "clinic.yaml").exists()
    assert "has no clinic.yaml yet" in (tmp_path / "fresh" / "migrate-report.md").read_text()


def published_by_pelican(old: Path) -> list[str]:
    """The files that stock Pelican makes of the old site, but for its theme."""
    made = subprocess.run(
        [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "-o", "out"],
        cwd=old,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return [path for path in files_of(old / "out") if not path.startswith("theme/")]


def test_every_address_of_the_old_site_stands_or_is_an_alias(settings: Settings, tmp_path: Path) -> None:
    old = old_site(tmp_path / "old")
    (old / "content" / "news" / "rest.rst").unlink()  # is left out, and reported
    (old / "content" / "news" / "patient.md").unlink()  # is left out, and reported
    (old / "content" / "news" / "may.md").write_text("Title: In May\nDate: 2024-05-01\n\nWe plan for the spring.\n")
    stood = published_by_pelican(old)
    brought(settings, old)
    found = checked(settings.content)
    assert found.library is not None
    ours = {key_of(item.address) for item in found.library.items.values()} | set(found.library.aliases)
    pages = [path for path in stood if path.endswith((".html", ".xml"))]
    assert len(pages) > 40
    assert [path for path in pages if path not in ours] == []
    told = report(settings)
    for path in stood:
        if path not in pages and path != "robots.txt":
            assert f"It stood at /{path}" in told


def test_a_clean_site_is_published_on_the_first_day(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = old_site(tmp_path / "old")
    for name in ("jinja.md", "html.md", "rest.rst", "patient.md"):
        (old / "content" / "news" / name).unlink()
    about = old / "content" / "pages" / "about.md"
    about.write_text(about.read_text().replace(" [Gone]({filename}/news/gone.md)", ""))
    assert brought(settings, old) == 0
    assert run(lambda: check(settings)) == 0
    target = tmp_path / "public"
    office = Publisher(World(replace(settings, audience=Audience.PATIENTS, target=str(target))), capsys)
    released = office.publish()
    assert released.code == 0, released.errors
    assert "The knee hurts on the stairs." in released.live["conditions/knee-pain/index.html"].decode()
    assert "2024/knee-pain.html" in released.live
    assert "tag/pain.html" in released.live
    assert "feeds/all.atom.xml" in released.live
    assert not [path for path, data in released.live.items() if b"not-yet" in data and path.endswith(".html")]


@pytest.mark.parametrize("called", ["invoke", "python3 run.py"])
@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_a_stock_header_leads_here(
    settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, called: str, form: str
) -> None:
    monkeypatch.setenv("CLINIC_CALLED", called)
    (settings.content / "conditions" / "neck.md").write_text("Title: Neck pain\nDate: 2026-01-05\n\nPain.\n")
    assert run(lambda: check(settings, form=form)) == 1
    said, told = capsys.readouterr()
    assert f"run: {called} migrate FOLDER" in said + told
