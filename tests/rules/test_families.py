"""All families together: a fault in one, withdrawn pages, order."""

from collections.abc import Iterator
from pathlib import Path

from clinic.library.library import Library
from clinic.problems import Problem
from clinic.problems.catalogue.sameness import NEARLY_SAME_TITLE
from clinic.rules import FAMILIES, check_all
from tests.harness import SITE, checked, good_site

BROKEN = (
    "## One\n\n#### Two\n\n## Two\n\nTODO. Call us at\n\n![](../images/none.png)\n\n[here](http://www.example.com)\n"
)


def test_a_fault_in_one_family_stops_no_other() -> None:
    library = checked(SITE).library
    assert library is not None

    def stops(library: Library) -> Iterator[Problem]:
        yield NEARLY_SAME_TITLE("b.md", title="B", other="A", file="a.md")
        raise AttributeError(library)

    def goes_on(_: Library) -> Iterator[Problem]:
        yield NEARLY_SAME_TITLE("d.md", title="D", other="C", file="c.md")

    found = check_all(library, (("titles", stops), ("more titles", goes_on)))
    assert [(problem.code, problem.path) for problem in found] == [
        ("DUP010", "b.md"),
        ("SITE039", "clinic.yaml"),
        ("DUP010", "d.md"),
    ]
    assert "titles" in found[1].message
    assert "Attribute" not in found[1].message


def test_problems_are_in_order_and_told_once(tmp_path: Path) -> None:
    site = good_site(tmp_path)
    (site / "pages" / "x.md").write_text(f"---\ntitle: X\nsummary: X.\n---\n\n{BROKEN}")
    library = checked(site).library
    assert library is not None
    found = check_all(library, FAMILIES + FAMILIES)
    assert list(found) == sorted(set(found), key=lambda problem: problem.order)
    assert {problem.code for problem in found} == {
        "STR003", "STR004", "STR005", "STR006", "STR010", "IMG001", "IMG002", "LNK010", "LNK012", "LNK013",
    }  # fmt: skip


def test_nothing_is_asked_of_a_withdrawn_page(tmp_path: Path) -> None:
    site = good_site(tmp_path)
    (site / "conditions" / "x.md").write_text(
        "---\ntitle: X\nsummary: X.\nauthor: front-desk\nstatus: withdrawn\nwhy: It was wrong.\nsources:\n  - id: a\n"
        f"    title: A\n    publisher: B\n    url: http://www.example.com\n    accessed: 2026-11-02\n---\n\n{BROKEN}"
    )
    assert checked(site).problems == ()


def test_a_draft_is_told_of_all_that_it_lacks(tmp_path: Path) -> None:
    site = good_site(tmp_path)
    (site / "pages" / "x.md").write_text(f"---\ntitle: X\nsummary: X.\nstatus: draft\n---\n\n{BROKEN}")
    assert {"STR003", "STR004", "IMG001"} <= set(checked(site).codes())


def test_what_is_said_of_a_document_does_not_depend_on_others(tmp_path: Path) -> None:
    """The seam for keeping findings: the body rules tell the same of a page whatever else the site holds."""
    site = good_site(tmp_path)
    (site / "pages" / "x.md").write_text(f"---\ntitle: X\nsummary: X.\n---\n\n{BROKEN}")
    alone = [each for each in checked(site).problems if each.path == "pages/x.md" and each.code.startswith("STR")]
    for number in range(3):
        (site / "pages" / f"y{number}.md").write_text(f"---\ntitle: Y{number}\nsummary: Y.\n---\n\n{BROKEN}")
    assert [
        each for each in checked(site).problems if each.path == "pages/x.md" and each.code.startswith("STR")
    ] == alone
