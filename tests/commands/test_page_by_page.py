"""`plan --pages`: what changes for patients, page by page, for the comment on a pull request."""

import re
from pathlib import Path

import pytest

from clinic.commands.publishing import Asked, plan
from clinic.commands.running import run
from clinic.commands.visible import visible_lines
from clinic.library.audience import Audience
from tests.laws.publishing import Publisher
from tests.laws.world import ROOT, small_world

BACK, HEEL = "conditions/low-back-pain.md", "conditions/heel-pain.md"
CAUSE = "Often there is no one cause."
PARKING = "---\ntitle: Parking\nsummary: Where to park.\n---\n\nPark behind the house.\n"


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Publisher:
    world = small_world(tmp_path, audience=Audience.PATIENTS, theme=ROOT / "theme")
    made = Publisher(world.told(target=str(tmp_path / "public")), capsys)
    assert made.publish().code == 0
    return made


def told(office: Publisher, code: int = 0) -> str:
    """What `plan` writes; it has touched nothing."""
    file = office.target.parent / "pages.md"
    before = {path: path.stat().st_mtime_ns for path in office.target.rglob("*")}
    assert run(lambda: plan(office.world.settings, Asked(pages=str(file)))) == code, office.capsys.readouterr().err
    assert {path: path.stat().st_mtime_ns for path in office.target.rglob("*")} == before
    return file.read_text(encoding="utf-8")


def test_where_nothing_changes_that_is_said(office: Publisher) -> None:
    assert told(office) == "**What changes for patients**\n\nNo page says anything else than before.\n"


def test_a_changed_page_shows_the_words_that_differ_and_nothing_else(office: Publisher) -> None:
    office.world.change(BACK, CAUSE, "There are many causes.")
    text = told(office)
    assert "- **Changed**: `Low back pain`, `/conditions/low-back-pain/`." in text
    assert f"  - {CAUSE}" in text
    assert "  + There are many causes." in text
    assert len(re.findall(r"^  [-+] ", text, re.MULTILINE)) == 2
    assert text.count("- **") == 1


def test_new_withdrawn_gone_and_held_back_pages_are_named_as_such(office: Publisher) -> None:
    office.world.write("pages/parking.md", PARKING)
    office.world.page("announcements/summer-hours.md").unlink()
    office.world.change("pages/language-help.md", "---\ntitle:", "---\nstatus: withdrawn\nwhy: It moved.\ntitle:")
    office.world.change(HEEL, "for a week.", "for a month.")
    office.world.write("announcements/snow.md", "---\ntitle: Snow\nsummary: S.\n---\n\nWords.\n")
    text = told(office, code=1)
    assert "- **New**: `Parking`, `/parking/`." in text
    assert "- **Gone**: `Summer hours`, `/announcements/summer-hours/`." in text
    assert re.search(r"- \*\*Withdrawn\*\*: `[^`]+`, `/language-help/`\.", text)
    assert "- **Held back**: `Heel pain`, `/conditions/heel-pain/`." in text
    assert '"Heel pain" has changed since Dr. Example signed it' in text
    assert "  - Rest your foot for a week." in text
    assert "  + Rest your foot for a month." in text
    assert "- **Held back**: `Snow`" in text
    assert re.search(r"\(line \d+ of announcements/snow\.md\)", text)
    assert "search" not in text.lower()  # lists follow by themselves


def test_a_change_around_the_words_is_counted(office: Publisher) -> None:
    office.world.change("clinic.yaml", "legal_name: ", "legal_name: The ")
    text = told(office)
    assert "No page says anything else than before." in text
    assert re.search(r"^\d+ pages differ only around the words of the page", text, re.MULTILINE)


@pytest.mark.parametrize("evil", ["~~~~~~~~~~ @everybody", "``` @everybody", "</details> @everybody"])
def test_what_files_say_is_code_that_nothing_in_it_can_end(office: Publisher, evil: str) -> None:
    office.world.change(BACK, CAUSE, f"`` {evil} ``")
    office.world.write("pages/parking.md", PARKING.replace("title: Parking", 'title: "`@everybody` ![x](//y)"'))
    text = told(office)
    inside = False
    for line in text.split("\n"):
        if line.strip().startswith("~~~~~~~~~~"):
            inside = not inside
        elif not inside:
            assert "@everybody" not in re.sub(r"`[^`]*`", "", line)
            assert "</details>" not in line
    assert not inside
    assert "everybody" in text


def test_names_of_people_are_dots(office: Publisher) -> None:
    office.world.change(BACK, CAUSE, "Maria Santos, who has cancer, rests too.")
    assert any(each.hides for each in office.world.problems())
    text = told(office, code=1 if office.world.errors() else 0)
    assert "Santos" not in text
    assert "low-back-pain" in text


def test_a_long_difference_is_cut_and_says_so(office: Publisher) -> None:
    office.world.change(BACK, CAUSE, "\n".join(f"- cause {number}" for number in range(100)))
    text = told(office)
    assert re.search(r"… and \d+ more lines", text)
    assert len(text) < 5_000


def test_a_theme_without_a_main_part_is_read_whole() -> None:
    assert visible_lines(b"<html><head><title>x</title></head><body><h2>A</h2>b<br>c</body></html>") == (
        "## A",
        "b",
        "c",
    )


def test_the_words_of_a_page_are_those_of_its_main_part() -> None:
    page = b"""<!doctype html><html><head><title>x</title><style>p{}</style></head><body><nav><p>Menu</p></nav>
    <main id="c"><h1>Sciatica</h1><script>no()</script><p>It <b>hurts</b>&nbsp;a
    lot.</p><ul><li>Call <a href="tel:+15035550100">us</a></li><li><a href="/a/">Read</a></li></ul>
    <img src="x.png" alt="A nerve"></main><footer><p>Bye</p></footer></body></html>"""
    assert visible_lines(page) == (
        "# Sciatica",
        "It hurts a lot.",
        "- Call us<tel:+15035550100>",
        "- Read",
        "[picture: A nerve]",
    )
