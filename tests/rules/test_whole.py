"""What the site as a whole must have."""

from pathlib import Path

import pytest

from clinic.colour import LIGHT, TEXT_CONTRAST, least_contrast, read_colour
from tests.harness import checked, good_site

NEEDED = {"home": "SITE020", "not-found": "SITE021", "search": "SITE022", "appointment": "SITE023"}


@pytest.mark.parametrize("page", NEEDED)
def test_a_page_that_every_site_has_is_missed_at_its_path(page: str, tmp_path: Path) -> None:
    site = good_site(tmp_path)
    (site / "pages" / f"{page}.md").unlink()
    (problem,) = checked(site).problems
    assert (problem.code, problem.path) == (NEEDED[page], f"pages/{page}.md")
    assert problem.severity == "error"


@pytest.mark.parametrize(
    ("lines", "line"), [("status: draft\n", 3), ("publish: 2026-12-01\n", 3), ("why: None.\nstatus: withdrawn\n", 4)]
)
def test_such_a_page_must_be_one_that_patients_see(lines: str, line: int, tmp_path: Path) -> None:
    site = good_site(tmp_path)
    file = site / "pages" / "home.md"
    file.write_text(file.read_text().replace("summary:", f"{lines}summary:"))
    (problem,) = checked(site).problems
    assert (problem.code, problem.span.line) == ("SITE020", line)


def test_of_such_a_page_that_is_broken_only_that_is_said(tmp_path: Path) -> None:
    site = good_site(tmp_path)
    (site / "pages" / "home.md").write_text("No header.\n")
    assert checked(site).codes() == ["FM001"]


def test_after_hours_that_are_wrong_are_not_missing(tmp_path: Path) -> None:
    site = good_site(tmp_path)
    file = site / "clinic.yaml"
    file.write_text(
        file.read_text().replace("after_hours:\n  phone: night\n  text: A nurse answers.\n", "after_hours: x\n")
    )
    assert checked(site).codes() == ["FM053"]


def test_each_missing_notice_is_named(tmp_path: Path) -> None:
    site = good_site(tmp_path)
    file = site / "clinic.yaml"
    text = file.read_text()
    start, end = text.index("notices:\n"), text.index("clinical_review:")
    file.write_text(text[:start] + text[end:])
    found = [problem for problem in checked(site).problems if problem.code == "SITE025"]
    assert len(found) == 7
    assert all("counsel" in problem.hint and problem.severity == "warning" for problem in found)


def test_a_notice_that_does_not_apply_is_not_missing(tmp_path: Path) -> None:
    site = good_site(tmp_path)
    text = (site / "clinic.yaml").read_text()
    assert "surprise_billing:\n    not_applicable:" in text
    assert checked(site).problems == ()


@pytest.mark.parametrize(
    ("accent", "codes"), [("#0b5f6b", []), ("#ffee00", ["SITE027"]), ("#000000", []), ("#FFFFFF", ["SITE027"])]
)
def test_an_accent_that_is_too_pale_is_told_with_the_shade_that_pages_show(
    tmp_path: Path, accent: str, codes: list[str]
) -> None:
    content = good_site(tmp_path)
    file = content / "clinic.yaml"
    lines = [line for line in file.read_text().splitlines() if not line.startswith("accent:")]
    file.write_text("\n".join([*lines, f'accent: "{accent}"', ""]))
    found = checked(content).problems
    assert [problem.code for problem in found] == codes
    for problem in found:
        assert problem.span.line == len(lines) + 1
        shade = problem.hint.split('"')[1]
        assert least_contrast(read_colour(shade), LIGHT) >= TEXT_CONTRAST
