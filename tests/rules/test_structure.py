"""Sections, cards, headings and lists: what is asked for, what is let pass, and how it is mended."""

import re
from pathlib import Path

import pytest

from clinic.model.kinds import Kind
from clinic.problems import Severity
from clinic.prose.sections import meaning_of, recommended, required
from clinic.rules import structure
from clinic.source.fix import apply
from tests.harness import checked, good_site, page

HEADER = "---\ntitle: A title\nsummary: A summary.\n{}---\n\n"
CARDS = "> [!emergency] Call 911 now if\n> - you faint\n\n> [!call-us] Call us if\n> - it hurts\n\n"


def codes(text: str, path: str = "pages/x.md") -> list[str]:
    return [problem.code for problem in structure.of(page(text, path))]


def procedure(kind: str, body: str) -> str:
    return HEADER.format(f"type: {kind}\n") + body


@pytest.mark.parametrize("kind", structure.HEADINGS)
def test_each_proposed_heading_means_its_section(kind: str) -> None:
    for key, heading in structure.HEADINGS[kind].items():  # type: ignore[index]
        assert meaning_of(kind, heading) == key


@pytest.mark.parametrize("kind", structure.HEADINGS)
def test_each_section_that_is_asked_for_has_a_proposed_heading(kind: str) -> None:
    asked = {*required(kind, "injection"), *recommended(kind, "injection")}
    assert asked == set(structure.HEADINGS[kind])  # type: ignore[index]


@pytest.mark.parametrize("kind", ["condition", "procedure"])
def test_each_section_that_is_missing_is_named(kind: str) -> None:
    text = HEADER.format("type: injection\n" if kind == "procedure" else "") + "Words.\n"
    found = list(structure.of(page(text, f"{kind}s/x.md")))
    missing = [problem for problem in found if problem.code == "STR001"]
    assert len(missing) == len(required(kind, "injection"))
    assert all(problem.severity is Severity.ERROR for problem in missing)
    assert [problem.code for problem in found].count("STR011") == len(recommended(kind, "injection"))


@pytest.mark.parametrize("kind", ["condition", "procedure"])
def test_what_is_missing_on_a_spanish_page_is_named_in_spanish(kind: str) -> None:
    text = HEADER.format("type: injection\n" if kind == "procedure" else "") + "Words.\n"
    asked = [(page(text, f"{kind}s/x.md"), lang) for lang in ("en", "es", "es-MX", "fr")]
    english, spanish, mexican, other = ([one.message for one in structure.of(page, None, lang)] for page, lang in asked)
    assert (mexican, other) == (spanish, english)
    headings = [found[1] for said in spanish if (found := re.search('"(.+)" is missing', said))]
    assert [meaning_of(kind, heading) for heading in headings] == list(required(kind, "injection"))
    assert not set(headings) & set(structure.HEADINGS[Kind(kind)].values())


def test_the_language_that_a_page_names_is_the_one_that_its_headings_are_asked_for_in(tmp_path: Path) -> None:
    site = good_site(tmp_path)
    text = (site / "conditions" / "low-back-pain.md").read_text(encoding="utf-8")
    without = text.replace("## Symptoms\n", "## Of some days\n")
    (site / "conditions" / "low-back-pain.md").write_text(
        without.replace("---\n", "---\nlang: es\n", 1), encoding="utf-8"
    )
    assert any('"Síntomas" is missing' in problem.message for problem in checked(site).problems)


@pytest.mark.parametrize("kind", ["condition", "procedure"])
def test_the_cards_that_a_spanish_page_lacks_are_proposed_in_spanish(kind: str) -> None:
    text = HEADER.format("type: injection\n" if kind == "procedure" else "") + "Words.\n"

    def hints(lang: str) -> list[str]:
        return [each.hint for each in structure.of(page(text, f"{kind}s/x.md"), None, lang) if each.code == "STR002"]

    assert "> [!emergency] Llame al 911 ahora si" in hints("es")[0]
    assert hints("es-MX") == hints("es")
    assert "> [!emergency] Call 911 now if" in hints("en")[0]
    assert hints("fr") == hints("en")
    assert len(hints("es")) == len(hints("en")) == {"condition": 1, "procedure": 2}[kind]


def test_only_invasive_procedures_need_to_say_who_should_not() -> None:
    def wanted(kind: str) -> bool:
        found = structure.of(page(procedure(kind, "Words.\n"), "procedures/x.md"))
        return any("Who should not have it" in problem.message for problem in found)

    assert {
        kind for kind in ("injection", "ablation", "implant", "surgery", "imaging", "therapy", "other") if wanted(kind)
    } == {
        "injection",
        "ablation",
        "implant",
        "surgery",
    }


@pytest.mark.parametrize(
    ("kind", "severity"),
    [
        ("injection", Severity.ERROR),
        ("surgery", Severity.ERROR),
        ("imaging", Severity.WARNING),
        ("other", Severity.WARNING),
    ],
)
def test_a_procedure_needs_two_cards(kind: str, severity: Severity) -> None:
    def missing(body: str) -> list[Severity]:
        found = structure.of(page(procedure(kind, body), "procedures/x.md"))
        return [problem.severity for problem in found if problem.code == "STR002"]

    assert missing("Words.\n") == [severity, severity]
    assert missing("> [!emergency] Call 911 now if\n> - you faint\n") == [severity]
    assert missing(CARDS) == []


@pytest.mark.parametrize(
    ("card", "enough"),
    [("emergency", True), ("urgent", True), ("call-us", False), ("note", False), ("important", False)],
)
def test_a_condition_needs_an_emergency_or_urgent_card(card: str, enough: bool) -> None:  # noqa: FBT001 - a column of a table
    text = HEADER.format("") + f"> [!{card}] Get help if\n> - you faint\n"
    assert ("STR002" not in codes(text, "conditions/x.md")) is enough


def test_a_card_inside_a_section_counts() -> None:
    text = HEADER.format("") + "## When to get help\n\n> [!urgent] Get help if\n> - you faint\n"
    assert "STR002" not in codes(text, "conditions/x.md")


@pytest.mark.parametrize("path", ["pages/x.md", "announcements/x.md", "clinicians/x.md"])
def test_other_kinds_need_no_sections(path: str) -> None:
    assert set(codes("Words.", path)) == set()


def test_a_heading_with_nothing_below_it_is_found() -> None:
    assert codes("## One\n\nWords.\n\n## Two\n\n## Three\n\nWords.") == ["STR003"]
    assert codes("## One\n\n### Two\n\n## Three\n\nWords.") == ["STR003"]
    assert codes("## One\n\n### Two\n\nWords.") == []
    assert codes("## One\n\n<!-- what\n\nto write -->\n\n[^a]: b.") == ["STR003"]
    assert codes("## One\n\n> [!note] A note\n> Words.") == []
    assert codes("## One\n\n![A hill](../images/x.png)") == []
    assert codes("## Hours\n\n{{ hours.main }}") == []
    assert codes("## One\n\n&nbsp;\n\n&#160; <br>") == ["STR003"]
    assert codes("## One\n\n&amp;") == []


@pytest.mark.parametrize(
    "text",
    ["TODO", "Call TBD.", "Dose: TBC", "Lorem ipsum dolor sit amet.", "Call [insert number].", "FIXME later", "XXX"],
)
def test_an_unfinished_text_is_found(text: str) -> None:
    assert codes(text) == ["STR004"]


@pytest.mark.parametrize(
    "text", ["Hay que todo el mundo.", "What to do first.", "An XL shirt.", "To be fair.", "A [link](../pages/x.md)."]
)
def test_a_finished_text_is_left_alone(text: str) -> None:
    assert codes(text) == []


def test_an_unfinished_title_or_heading_is_found() -> None:
    assert codes("---\ntitle: TODO\nsummary: A summary.\n---\n\nWords.\n") == ["STR004"]
    assert codes("## TBD\n\nWords.") == ["STR004"]


@pytest.mark.parametrize(
    ("levels", "mended"),
    [
        ("2 3 4", "2 3 4"),
        ("2 4", "2 3"),
        ("2 4 4 3", "2 3 3 3"),
        ("3 3", "2 2"),
        ("3 4 2", "2 3 2"),
        ("2 5 6", "2 3 4"),
        ("4 2 4", "2 2 3"),
    ],
)
def test_levels_are_mended_so_that_none_is_skipped(levels: str, mended: str) -> None:
    def text(levels: str) -> str:
        parts = [f"{'#' * int(level)} Part {number}\n\nWords.\n" for number, level in enumerate(levels.split())]
        return HEADER.format("") + "\n".join(parts)

    wrong = text(levels)
    found = [problem for problem in structure.of(page(wrong, "pages/x.md")) if problem.code == "STR005"]
    assert apply(wrong.encode(), found).decode() == text(mended)


def test_headings_alike_are_found_whatever_their_capitals() -> None:
    assert codes("## Risks\n\nOne.\n\n## Other\n\nTwo.\n\n### RISKS!\n\nThree.") == ["STR006"]


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("**On one side**", "## On one side"),
        ("__On one side:__", "## On one side"),
        ("**On one side**:", "## On one side"),
    ],
)
def test_a_bold_line_becomes_a_heading(line: str, mended: str) -> None:
    text = f"{HEADER.format('')}{line}\n\nWords.\n"
    found = list(structure.of(page(text, "pages/x.md")))
    assert [problem.code for problem in found] == ["STR007"]
    assert apply(text.encode(), found).decode() == f"{HEADER.format('')}{mended}\n\nWords.\n"


def test_a_bold_line_below_a_heading_becomes_one_of_the_next_level() -> None:
    found = list(structure.of(page("## One\n\nWords.\n\n**On one side**\n\nWords.", "pages/x.md")))
    assert [problem.replacement for problem in found] == ["### On one side"]


def test_a_bold_line_that_is_a_known_section_becomes_that_section() -> None:
    text = HEADER.format("") + "## What it is\n\nWords.\n\n**Symptoms**\n\nWords.\n"
    found = [each for each in structure.of(page(text, "conditions/x.md")) if each.code == "STR007"]
    assert [problem.replacement for problem in found] == ["## Symptoms"]


@pytest.mark.parametrize(
    "text",
    [
        "**Do not stop your medicines on your own.**",
        "**Bold** words in a line.",
        "> **On one side**",
        "- **On one side**",
        "> [!note] Rest\n> **One day**",
        "**On one side**\nand on the other.",
        "**Warm leg**\n: It passes.",
    ],
)
def test_bold_type_that_is_no_heading_is_left_alone(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize("bullet", list("•‣▪●◦∙■►"))
def test_bullets_typed_by_hand_become_a_list(bullet: str) -> None:
    text = f"{HEADER.format('')}{bullet} one\n{bullet}two\n"
    found = list(structure.of(page(text, "pages/x.md")))
    assert [problem.code for problem in found] == ["STR008", "STR008"]
    mended = apply(text.encode(), found).decode()
    assert mended == f"{HEADER.format('')}- one\n- two\n"
    assert codes(mended) == []


@pytest.mark.parametrize("bullet", ["·", "–", "—", "o"])  # noqa: RUF001 - what people type
def test_signs_that_may_be_words_are_bullets_only_where_there_are_two(bullet: str) -> None:
    assert codes(f"{bullet} one\n{bullet} two") == ["STR008", "STR008"]
    assert codes(f"{bullet} one") == []


def test_a_bullet_in_an_item_or_card_is_mended_in_its_place() -> None:
    text = HEADER.format("") + "- • one\n- • two\n\n> [!note] A note\n> • one\n> • two\n"
    mended = apply(text.encode(), list(structure.of(page(text, "pages/x.md")))).decode()
    assert mended == HEADER.format("") + "- one\n- two\n\n> [!note] A note\n> - one\n> - two\n"


def test_a_whole_list_in_one_line_is_found() -> None:
    assert codes("You may feel • pain • warmth • itching") == ["STR008"]


@pytest.mark.parametrize("text", ["A dose of 2 · 5 mg.", "Rest – a day or two – helps.", "`• code`", "One • two"])  # noqa: RUF001
def test_signs_inside_a_sentence_are_left_alone(text: str) -> None:
    assert codes(text) == []


def test_a_paragraph_may_have_120_words() -> None:
    assert codes("word " * 120) == []
    assert codes("word " * 121) == ["STR009"]
    assert codes("word " * 100 + "\n\n" + "word " * 100) == []


@pytest.mark.parametrize(
    ("path", "told"),
    [("pages/x.md", True), ("announcements/x.md", True), ("pages/home.md", False), ("clinicians/x.md", False)],
)
def test_a_page_without_text_is_found_where_text_is_expected(path: str, told: bool) -> None:  # noqa: FBT001 - a column
    for nothing in ("", "&nbsp;", "<br>", "<!-- later -->"):
        assert codes(nothing, path) == (["STR012"] if told else [])
    for something in (
        "{{ hours.main }}",
        "![A hill](../images/x.png)",
        "> [!note] A note\n> Words.",
        "[^a]\n\n[^a]: b.",
    ):
        assert codes(something, path) == []


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("-rest\n-walk", "- rest\n- walk"),
        ("-> rest\n-> walk", "- rest\n- walk"),
        ("(1) Rest.\n(2) Walk.", "1. Rest.\n2. Walk."),
        ("1.Rest.\n2.Walk.", "1. Rest.\n2. Walk."),
        ("a. rest\nb. walk", "a. rest\nb. walk"),
    ],
)
def test_more_ways_to_type_a_list(text: str, mended: str) -> None:
    document = page(text, "pages/x.md")
    found = [each for each in structure.of(document) if each.code == "STR008"]
    assert len(found) == 2
    assert apply(document.text.encode(), found).decode() == document.text.replace(text, mended)


@pytest.mark.parametrize(
    "text",
    [
        "-5 degrees is cold.\n-3 is too.",
        "(1) Rest.",
        "Two things: (1) rest\nand (2) walk.",
        "2 * 3 * 4 is 24.",
        "B. Smith\nwas here.",
    ],
)
def test_what_only_looks_like_a_typed_list(text: str) -> None:
    assert "STR008" not in codes(text)


@pytest.mark.parametrize(
    "text",
    ["***Good to know***\n\nRest.", "**Can I drive?**\n\nNo.", "**_Rest_**\n\nWell."],
)
def test_more_bold_headings(text: str) -> None:
    assert "STR007" in codes(f"## A\n\nText.\n\n{text}")


@pytest.mark.parametrize(
    "text",
    ["About [XXX] of ten.", "Wait for ???? days.", "More text to be added.", "This page is coming soon.",
     "(Sam, pls look at this)", "Can someone check the dose before this goes live?"],
)  # fmt: skip
def test_more_notes_to_oneself(text: str) -> None:
    assert "STR004" in codes(f"## A\n\n{text}")


@pytest.mark.parametrize(
    "text",
    [
        "Why me?? Who knows.",
        "Winter is coming soon.",
        "Please check your bill.",
        "Part XX of the law.",
        "Call to be added to the list.",
    ],
)
def test_what_is_finished(text: str) -> None:
    assert "STR004" not in codes(f"## A\n\n{text}")


def test_a_section_whose_heading_is_too_deep_is_not_missing_too() -> None:
    sections = "".join(f"## {heading}\n\nWords.\n\n" for heading in structure.HEADINGS[Kind.PROCEDURE].values())
    good = procedure("other", sections)
    bad = good.replace("## Risks\n", "#### Risks\n")
    found = [each for each in structure.of(page(bad, "procedures/x.md")) if each.code in {"STR001", "STR005"}]
    assert [each.code for each in found] == ["STR005"]
    assert apply(bad.encode(), found).decode() == good
