"""Links whose address or words help nobody, and pages that nothing links to."""

from pathlib import Path

import pytest

from clinic.problems import Problem
from clinic.rules import links
from tests.harness import checked, good_site, page


def found(text: str) -> list[Problem]:
    return list(links.of(page(text, "pages/x.md"), said=True))


MENDED = {
    "http://www.example.com/a": ("LNK010", "https://www.example.com/a"),
    "HTTP://example.com": ("LNK010", "https://example.com"),
    "https:/www.example.com": ("LNK011", "https://www.example.com"),
    "https//www.example.com": ("LNK011", "https://www.example.com"),
    "http//example.com/a": ("LNK011", "https://example.com/a"),
    "https:www.example.com": ("LNK011", "https://www.example.com"),
    "https:///www.example.com": ("LNK011", "https://www.example.com"),
    "https;//www.example.com": ("LNK011", "https://www.example.com"),
    "www.example.com": ("LNK011", "https://www.example.com"),
    "https://https://www.example.com": ("LNK011", "https://www.example.com"),
    "http://https://www.example.com": ("LNK011", "https://www.example.com"),
    "https://www.example.com/a.": ("LNK011", "https://www.example.com/a"),
    "https://www.example.com,": ("LNK011", "https://www.example.com"),
    "mailto:office @example.com": ("LNK011", "mailto:office@example.com"),
    "https://example": ("LNK011", None),
    "https://": ("LNK011", None),
    "mailto:office": ("LNK011", None),
    "tel:reception": ("LNK011", None),
}

FINE = [
    "https://www.example.com",
    "https://example.com:8443/a?b=c#d",
    "https://medlineplus.gov/ency/article/007485.htm",
    "https://münchen.example/",
    "https://example.com/a_(b)",
    "mailto:office@example.com",
    "mailto:office@example.com?subject=Visit",
    "tel:+15035550100",
    "tel:503-555-0100",
    "tel:+1-503-555-0100;ext=7",
    "../pages/http.md",
    "https.md",
    "#www.example.com",
    "/appointment/",
]


@pytest.mark.parametrize("target", MENDED)
def test_a_wrong_address_is_found_and_mended_where_that_is_sure(target: str) -> None:
    told = found(f"See [the guide](<{target}>) first.")
    assert [(problem.code, problem.replacement) for problem in told] == [MENDED[target]]


@pytest.mark.parametrize("target", FINE)
def test_a_right_address_is_left_alone(target: str) -> None:
    assert found(f"See [the guide](<{target}>) first.") == []


def test_the_place_is_that_of_the_address() -> None:
    (problem,) = found("See [the guide](http://www.example.com/a) first.")
    assert (problem.span.line, problem.span.column, problem.span.end_column) == (6, 17, 41)


def test_the_place_of_words_is_that_of_their_brackets() -> None:
    (problem,) = found("To see us, click [**here**](appointment.md), [as you like](appointment.md).")
    assert (problem.span.line, problem.span.column, problem.span.end_column) == (6, 18, 28)
    (problem,) = found("Words.\n\nTap [by phone][a] or [here][a].\n\n[a]: appointment.md")
    assert (problem.span.line, problem.span.column, problem.span.end_column) == (8, 22, 31)
    (problem,) = found("Tap [here]\n\n[here]: appointment.md")
    assert (problem.span.line, problem.span.column, problem.span.end_column) == (6, 5, 11)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://clinic.example.com/pricing/", ["LNK008"]),
        ("https://CLINIC.example.com/conditions/back-pain.html", ["LNK008"]),
        ("https://clinic.example.com/plans/", ["LNK004"]),
        ("https://clinic.example.com/announcements/summer-hours/", ["LNK009"]),
        ("https://clinic.example.com/appointment/#phone", ["LNK003"]),
        ("https://clinic.example.com/appointment/", []),
        ("https://clinic.example.com", []),
        ("https://clinic.example.com/conditions/", []),
        ("https://clinic.example.com/old-card.html", []),
        ("https://clinic.example.com/files/language-card.pdf", []),
        ("https://portal.example.com/pricing/", []),
    ],
)
def test_a_whole_address_of_the_site_itself_is_looked_up(address: str, told: list[str], tmp_path: Path) -> None:
    site = good_site(tmp_path)
    file = site / "pages" / "language-help.md"
    text = file.read_text().replace("---\n\nTell", "aliases: [/old-card.html]\n---\n\nTell")
    file.write_text(f"{text}\nSee [what is there]({address}).\n")
    problems = checked(site).problems
    assert [problem.code for problem in problems] == told
    # Other machines may answer under the clinic's own name: a page is not held back for it.
    assert all(problem.severity == "warning" for problem in problems if problem.code == "LNK008")


@pytest.mark.parametrize(
    "words",
    ["here", "Click here", "click here!", "this link", "Read more", "more", "this page", "Learn more", "link",
     "**here**", "See here", "website", "more information", "Tap here", "the link", "Find out more"],
)  # fmt: skip
def test_words_that_say_nothing_are_found(words: str) -> None:
    assert [problem.code for problem in found(f"To see us, [{words}](appointment.md).")] == ["LNK012"]


@pytest.mark.parametrize(
    "words", ["how to ask for an appointment", "Read more about nerve blocks", "the clinic's website",
              "Clicking joints", "More hours in December", "page for clinicians", "información", "911"]
)  # fmt: skip
def test_words_that_say_where_a_link_leads_pass(words: str) -> None:
    assert found(f"See [{words}](appointment.md).") == []


def test_words_are_judged_in_english_only() -> None:
    assert list(links.of(page("[here](appointment.md)", "pages/x.md"), said=False)) == []


def test_a_link_without_words_is_found_unless_it_holds_a_picture() -> None:
    assert [problem.code for problem in found("See [](appointment.md).")] == ["LNK014"]
    assert found("[![A map of the way](../images/walk.png)](appointment.md)") == []
    (problem,) = found("[![](../images/walk.png){.decorative}](appointment.md)")
    assert (problem.code, problem.span.column, problem.span.end_column) == ("LNK014", 1, 39)


def test_a_source_without_https_is_found_at_its_address(tmp_path: Path) -> None:
    site = good_site(tmp_path)
    file = site / "conditions" / "low-back-pain.md"
    file.write_text(file.read_text().replace("url: https://medlineplus", "url: http://medlineplus"))
    (problem,) = checked(site).problems
    assert (problem.code, problem.span.line, problem.span.column) == ("LNK010", 13, 10)
    assert problem.replacement == "https://medlineplus.gov/backpain.html"


PARKING = "---\ntitle: Parking\nsummary: Where to park.\n{}---\n\nPark behind the house.\n"


@pytest.mark.parametrize("line", ["noindex: yes\n", "status: draft\n", "status: withdrawn\nwhy: It is gone.\n"])
def test_a_page_that_is_not_to_be_found_needs_no_link(line: str, tmp_path: Path) -> None:
    site = good_site(tmp_path)
    (site / "pages" / "parking.md").write_text(PARKING.format(line))
    assert checked(site).problems == ()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("pages/home.md", "Read about", "See [parking](parking.md). Read about"),
        ("conditions/low-back-pain.md", "related: [nerve-block]", "related: [nerve-block, parking]"),
        ("clinic.yaml", "clinicians, locations,", "clinicians, parking, locations,"),
    ],
)
def test_any_link_to_a_page_will_do(file: str, old: str, new: str, tmp_path: Path) -> None:
    site = good_site(tmp_path)
    (site / "pages" / "parking.md").write_text(PARKING.format(""))
    assert [(problem.code, problem.path) for problem in checked(site).problems] == [("LNK013", "pages/parking.md")]
    text = (site / file).read_text()
    (site / file).write_text(text.replace(old, new))
    assert checked(site).problems == ()


def test_a_link_from_itself_or_from_a_draft_is_none(tmp_path: Path) -> None:
    site = good_site(tmp_path)
    (site / "pages" / "parking.md").write_text(PARKING.format("") + "\nSee [parking](parking.md).\n")
    (site / "pages" / "more-plans.md").write_text(
        "---\ntitle: More\nsummary: More.\nstatus: draft\n---\n\nSee [parking](parking.md).\n"
    )
    assert checked(site).codes() == ["LNK013"]
