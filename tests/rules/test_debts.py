"""What a page that was brought in lacks is a warning until its text changes; nothing else ever is."""

from dataclasses import replace
from pathlib import Path

import pytest

from clinic.commands.checking import check
from clinic.commands.running import run
from clinic.library.audience import Audience
from clinic.owed import Debt, mark, read_debts, written_debts
from clinic.problems import Severity
from clinic.problems.catalogue import all_rules
from clinic.source.fix import apply
from tests.docs.shown import THEME
from tests.harness import Checked, checked, good_site
from tests.laws.publishing import publisher
from tests.laws.world import files_of

PAGE = "conditions/knee-pain.md"
BARE = "---\ntitle: Knee pain\n---\n\n## Symptoms\n\nThe knee hurts on the stairs.\n\n![](../images/walk.png)\n"

DOUBLED = BARE.replace("The knee", "The knee knee")


def site_with_debt(folder: Path, text: str = BARE) -> Path:
    """The good site with a bare page, and with all that this page lacks written down."""
    content = good_site(folder)
    (content / PAGE).write_text(text)
    home = content / "pages" / "plans.md"
    home.write_text(home.read_text() + "\nRead about [knee pain](../conditions/knee-pain.md).\n")
    lacks = tuple(
        dict.fromkeys(f"{one.code} {one.lacks}" for one in checked(content).problems if one.path == PAGE and one.lacks)
    )
    assert len(lacks) > 5
    (content / "debt.yaml").write_bytes(
        written_debts([Debt(page=PAGE, text=mark(text.split("---\n")[2]), lacks=lacks)])
    )
    return content


def errors(found: Checked) -> list[str]:
    return [problem.code for problem in found.problems if problem.severity is Severity.ERROR]


def test_what_is_owed_is_a_warning_that_says_so(tmp_path: Path) -> None:
    found = checked(site_with_debt(tmp_path))
    assert errors(found) == []
    told = [problem for problem in found.problems if problem.path == PAGE and problem.lacks]
    assert {problem.code for problem in told} == {"FM050", "STR001", "STR002", "IMG001"}
    assert all(problem.severity is Severity.WARNING for problem in told)
    assert all("holds nothing back until the page's text changes" in problem.message for problem in told)


@pytest.mark.parametrize("layout", ["The knee  hurts\non the stairs.", "The **knee** hurts on the stairs."])
def test_layout_is_no_text(tmp_path: Path, layout: str) -> None:
    content = site_with_debt(tmp_path)
    (content / PAGE).write_text(BARE.replace("The knee hurts on the stairs.", layout))
    assert errors(checked(content)) == []


def test_it_is_asked_for_once_the_text_changes(tmp_path: Path) -> None:
    content = site_with_debt(tmp_path)
    (content / PAGE).write_text(BARE.replace("stairs", "way down"))
    found = checked(content)
    assert set(errors(found)) == {"FM050", "STR001", "STR002", "IMG001"}
    assert all("text has changed since" in problem.message for problem in found.problems if problem.lacks)


def test_a_field_may_be_added_without_paying_for_all(tmp_path: Path) -> None:
    content = site_with_debt(tmp_path)
    (content / PAGE).write_text(BARE.replace("title: Knee pain\n", "title: Knee pain\nsummary: What helps a knee.\n"))
    found = checked(content)
    assert errors(found) == []
    paid = [problem for problem in found.problems if problem.code == "OWE001"]
    assert [problem.message for problem in paid] == [f"{PAGE} does not lack this any more: FM050 summary."]


@pytest.mark.parametrize(
    ("spoiled", "code"),
    [
        (BARE.replace("hurts", "[hurts](no-such-page.md)"), "LNK001"),
        (BARE.replace("hurts", "<script>alert(1)</script> hurts"), "SEC013"),
        (BARE.replace("Knee pain\n", "Knee pain\nlang: english please\n", 1), "FM074"),
        (BARE.replace("stairs.", "stairs. MRN 00482913."), "PRV001"),
    ],
)
def test_what_is_wrong_is_never_owed(tmp_path: Path, spoiled: str, code: str) -> None:
    content = site_with_debt(tmp_path, BARE)
    (content / PAGE).write_text(spoiled)
    debt = read_debts((content / "debt.yaml").read_bytes())[0].pages[0]
    lacks = (*debt.lacks, f"{code} knee")
    (content / "debt.yaml").write_bytes(
        written_debts([Debt(page=PAGE, text=mark(spoiled.split("---\n")[2]), lacks=lacks)])
    )
    found = errors(checked(content))
    assert code in found
    assert "OWE002" in found


def test_what_it_never_owed_is_asked_for(tmp_path: Path) -> None:
    content = site_with_debt(tmp_path)
    file = content / "debt.yaml"
    file.write_text(file.read_text().replace("      - FM050 author\n", ""))
    found = [problem for problem in checked(content).problems if problem.severity is Severity.ERROR]
    assert [problem.lacks for problem in found] == ["author"]


def test_a_page_whose_header_can_not_be_read_owes_everything_at_once(tmp_path: Path) -> None:
    content = site_with_debt(tmp_path)
    (content / PAGE).write_text(BARE.replace("title: Knee pain", "title: Knee: pain\nsummary: [a"))
    assert errors(checked(content))


def test_only_what_is_missing_can_be_owed() -> None:
    assert [code for code, rule in all_rules().items() if rule.debt] == [
        "FM050",
        "IMG001",
        "STR001",
        "STR002",
        "STR003",
    ]


def test_fix_takes_out_what_is_there_and_touches_nothing_else(tmp_path: Path) -> None:
    content = site_with_debt(tmp_path)
    file = content / "debt.yaml"
    before = file.read_text()
    (content / PAGE).write_text(BARE.replace("title: Knee pain\n", "title: Knee pain\nsummary: What helps a knee.\n"))
    problems = [problem for problem in checked(content).problems if problem.path == "debt.yaml"]
    after = apply(file.read_bytes(), problems).decode()
    assert after == before.replace("      - FM050 summary\n", "")


def test_fix_takes_out_a_page_that_lacks_nothing(tmp_path: Path) -> None:
    content = good_site(tmp_path)
    file = content / "debt.yaml"
    owing = [Debt(page=f"conditions/{name}.md", text="0" * 32, lacks=("FM050 author",)) for name in ("heel-pain", "no")]
    file.write_bytes(written_debts(owing))
    problems = [problem for problem in checked(content).problems if problem.path == "debt.yaml"]
    assert [problem.code for problem in problems] == ["OWE001", "OWE003"]
    file.write_bytes(apply(file.read_bytes(), problems))
    assert checked(content).problems == ()
    assert read_debts(file.read_bytes())[0].pages == ()


@pytest.mark.parametrize("text", ["", "pages:\n", "# nothing\n"])
def test_an_empty_file_is_no_mistake(tmp_path: Path, text: str) -> None:
    content = good_site(tmp_path)
    (content / "debt.yaml").write_text(text)
    assert checked(content).problems == ()


@pytest.mark.parametrize(
    ("text", "line"), [("pages:\n  - page: a.md\n    lacks: no list\n", 2), ("pages:\n\t- page\n", 2), ("pags: 1\n", 1)]
)
def test_a_file_that_can_not_be_read_lets_nothing_through(tmp_path: Path, text: str, line: int) -> None:
    content = site_with_debt(tmp_path)
    (content / "debt.yaml").write_text(text)
    found = checked(content)
    assert [each for each in found.problems if each.path == "debt.yaml" and each.span.line == line]
    assert "STR001" in errors(found)


def test_patients_details_in_it_are_found(tmp_path: Path) -> None:
    content = site_with_debt(tmp_path)
    with (content / "debt.yaml").open("a") as file:
        file.write("# MRN 00482913\n")
    found = checked(content)
    assert "PRV001" in errors(found)
    assert "STR001" in errors(found)


def test_a_page_that_owes_is_published_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office = publisher(tmp_path, capsys)
    office.world = office.world.told(theme=THEME)
    content = office.world.content
    for file in site_with_debt(tmp_path / "other").rglob("*"):
        if file.is_file():
            (content / file.relative_to(tmp_path / "other" / "content")).parent.mkdir(parents=True, exist_ok=True)
            (content / file.relative_to(tmp_path / "other" / "content")).write_bytes(file.read_bytes())
    released = office.publish()
    assert released.code == 0, released
    page = released.live["conditions/knee-pain/index.html"].decode()
    assert "The knee hurts on the stairs." in page
    assert "Written by" not in page
    assert 'class="sources"' not in page
    assert '<meta name="description"' not in page
    assert '"description":""' not in page.replace(" ", "")
    (content / PAGE).write_text(BARE.replace("stairs", "way down"))
    again = office.publish()
    assert again.code == 1
    assert "The knee hurts on the stairs." in again.live["conditions/knee-pain/index.html"].decode()


def test_what_fix_mends_in_a_text_asks_for_nothing_more(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office = publisher(tmp_path, capsys)
    settings = replace(office.world.settings, content=site_with_debt(tmp_path / "other", DOUBLED))
    debts = settings.content / "debt.yaml"
    debts.write_bytes(debts.read_bytes().replace(b"pages:\n", b"# ours\npages:\n"))
    assert run(lambda: check(settings)) == 0
    assert run(lambda: check(settings, fix=True)) == 0
    assert "The knee hurts" in (settings.content / PAGE).read_text()
    assert run(lambda: check(settings)) == 0
    assert b"# ours\n" in debts.read_bytes()
    page = settings.content / PAGE
    page.write_text(page.read_text().replace("stairs", "way down"))
    assert run(lambda: check(settings, fix=True)) == 1


def test_what_somebody_changed_falls_due_though_fix_mends_it_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = publisher(tmp_path, capsys)
    settings = replace(office.world.settings, content=site_with_debt(tmp_path / "other"))
    page = settings.content / PAGE
    page.write_text(DOUBLED.replace("stairs", "way down"))
    assert run(lambda: check(settings, fix=True)) == 1


def test_a_change_of_the_file_alone_is_built_as_a_clean_build_would(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world = publisher(tmp_path, capsys).world.told(
        theme=THEME, audience=Audience.EDITORS, content=site_with_debt(tmp_path / "other")
    )
    world.build()
    owing = files_of(world.output)
    (world.content / "debt.yaml").unlink()
    world.build()
    due = files_of(world.output)
    world.into(tmp_path / "clean", tmp_path / "clean-cache").build()
    assert due == files_of(tmp_path / "clean")
    assert due["conditions/knee-pain/index.html"] != owing["conditions/knee-pain/index.html"]
