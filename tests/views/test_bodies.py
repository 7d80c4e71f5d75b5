"""Care cards, sections, facts, links and pictures of a body, as the views of each kind hold them."""

import re
from pathlib import Path

import pytest

from clinic.prose.body import CardKind
from clinic.views.pages import ClinicianPage, ConditionPage, PlainPage, ProcedurePage
from clinic.views.parts import CareCardView
from clinic.views.pictures import PictureKind, PictureSet, logo_html, logo_size
from tests.laws.world import World, small_world
from tests.views.faces import CONDITION, PROCEDURE, add, body, line

WORDS = {
    "emergency": "Emergency",
    "urgent": "Get help today",
    "call-us": "Call us",
    "do": "Do",
    "dont": "Do not",
    "important": "Important",
    "note": "Note",
}
PAIN, BLOCK, NEW = "/conditions/low-back-pain/", "/procedures/nerve-block/", "/new/"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return small_world(tmp_path)


def page_with(world: World, text: str) -> PlainPage:
    """The view of a page with this text."""
    add("pages/new.md", f"---\ntitle: New page\nsummary: One sentence.\n---\n\n{text}\n")(world)
    view = world.views()[NEW]
    assert isinstance(view, PlainPage)
    return view


def cards_of(view: PlainPage) -> list[CareCardView]:
    """The care cards of a page, wherever they stand."""
    parts = [*view.lead, *(part for section in view.sections for part in section.parts)]
    return [part for part in parts if isinstance(part, CareCardView)]


def test_the_vocabulary_of_cards_is_closed() -> None:
    assert set(WORDS) == {kind.value for kind in CardKind}


@pytest.mark.parametrize("kind", WORDS)
def test_a_card_says_its_urgency_in_words(kind: str, world: World) -> None:
    card = cards_of(page_with(world, f"> [!{kind}] When a leg is *weak*\n> - sit down\n> - rest"))[0]
    assert (card.kind, card.urgency) == (kind, WORDS[kind])
    assert card.title == "When a leg is <em>weak</em>"
    assert "<li>sit down</li>" in card.body
    calls = kind in {"urgent", "call-us"}
    assert bool(card.phones) is calls
    assert (card.after_hours is not None) is calls
    assert card.after_hours_text == ("A nurse answers." if calls else "")


def test_a_card_whose_title_says_it_already_does_not_say_it_twice(world: World) -> None:
    card = cards_of(page_with(world, "> [!call-us] Call us if it swells\n> - at once"))[0]
    assert card.urgency == ""


def test_the_emergency_card_stands_once_under_the_title_wherever_it_was_written(world: World) -> None:
    views = world.views()
    for address in (PAIN, BLOCK):
        view = views[address]
        assert isinstance(view, (ConditionPage, ProcedurePage))
        assert [card.kind for card in view.emergency] == ["emergency"]
        assert repr(view).count("CareCardView(kind='emergency'") == 1


def test_a_condition_shows_urgent_cards_on_top_too_the_most_urgent_first(world: World) -> None:
    body(CONDITION, "> [!urgent] Get help today if\n> - it is worse")(world)
    view = world.views()[PAIN]
    assert isinstance(view, ConditionPage)
    assert [card.kind for card in view.emergency] == ["emergency", "urgent"]
    procedure = small_world(world.content.parent / "other")
    body(PROCEDURE, "> [!urgent] Get help today if\n> - it is worse")(procedure)
    view = procedure.views()[BLOCK]
    assert isinstance(view, ProcedurePage)
    assert [card.kind for card in view.emergency] == ["emergency"]
    assert repr(view.sections).count("kind='urgent'") == 1


def test_a_section_that_only_held_the_card_points_to_the_top(world: World) -> None:
    view = world.views()[PAIN]
    assert isinstance(view, ConditionPage)
    section = next(section for section in view.sections if section.meaning == "when-to-get-help")
    assert "at the top of this page" in str(section.parts[0])


def test_sections_stand_in_the_patients_order_whatever_the_order_in_the_file(world: World) -> None:
    views = world.views()
    condition, procedure = views[PAIN], views[BLOCK]
    assert isinstance(condition, ConditionPage)
    assert isinstance(procedure, ProcedurePage)
    assert [section.meaning for section in condition.sections] == [
        *("what-it-is", "symptoms", "when-to-get-help", "causes", "diagnosis", "treatment", "what-you-can-do"),
    ]
    meanings = [section.meaning for section in procedure.sections]
    assert meanings[:7] == [
        *("what-it-is", "why", "who-should-not", "preparing", "what-happens", "when-to-call", "after"),
    ]
    assert meanings[-1] == "risks"


def test_unknown_sections_follow_in_the_files_order_before_risks(world: World) -> None:
    body(PROCEDURE, "## Parking\n\nPark behind.\n\n## Your notes\n\nWrite them.")(world)
    view = world.views()[BLOCK]
    assert isinstance(view, ProcedurePage)
    headings = [section.heading for section in view.sections]
    assert headings[-3:] == ["Parking", "Your notes", "Risks"]


FACTS = {
    "phone.main": ('<a href="tel:+15035550100">(503) 555-0100</a>', "(503) 555-0100"),
    "email.office": ('<a href="mailto:office@example.com">office@example.com</a>', "office@example.com"),
    "location.main.address": ("1 Example Street, Portland, OR 97201", "1 Example Street, Portland, OR 97201"),
    "hours.main": ("Monday, 8 am to 5 pm", "Monday, 8 am to 5 pm"),
    "clinic.name": ("Example Clinic", "Example Clinic"),
}


def test_every_fact_of_the_vocabulary_is_shown_here(world: World) -> None:
    library = world.gathered().library
    assert library is not None
    assert {name.split(".")[0] for name in library.facts} == {name.split(".")[0] for name in FACTS}


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_in_a_sentence_and_in_a_summary(fact: str, world: World) -> None:
    inline, plain = FACTS[fact]
    view = page_with(world, f"Here: {{{{ {fact} }}}} it is.")
    assert inline in str(view.lead[0])
    add("pages/new.md", f"---\ntitle: New page\nsummary: Here is {{{{ {fact} }}}} for you.\n---\n\nWords.\n")(world)
    again = world.views()[NEW]
    assert isinstance(again, PlainPage)
    assert f"Here is {plain}" in again.summary
    assert f"Here is {plain}" in again.frame.description


@pytest.mark.parametrize(
    ("fact", "block"),
    [
        ("location.main.address", "<address>1 Example Street<br>Portland, OR 97201</address>"),
        ("hours.main", '<table class="hours"><caption>Hours: Main office</caption>'),
    ],
)
def test_an_address_or_hours_alone_in_a_paragraph_become_a_block(fact: str, block: str, world: World) -> None:
    html = str(page_with(world, f"Before.\n\n{{{{ {fact} }}}}\n\nAfter.").lead[0])
    assert block in html
    assert f"<p>{block}" not in html


def test_special_days_stand_below_the_hours(world: World) -> None:
    html = str(page_with(world, "{{ hours.main }}").lead[0])
    assert "28 December 2026" in html
    assert "A half day" in html
    assert "Closed on December 25" in html


def test_values_are_text_and_never_markup(world: World) -> None:
    world.change("clinic.yaml", "name: Example Clinic\n", 'name: "Care & *Cure* <b>"\n')
    html = str(page_with(world, "Here is {{ clinic.name }}.").lead[0])
    assert "Care &amp; *Cure* &lt;b&gt;" in html


def test_links_lead_to_addresses_of_the_site_with_its_path(world: World) -> None:
    moved = world.told(url="https://example.org/branch/")
    text = "[a](../conditions/low-back-pain.md#symptoms) [b](../files/language-card.pdf) [c](https://x.example.org/)"
    html = str(page_with(moved, text).lead[0])
    assert 'href="/branch/conditions/low-back-pain/#symptoms"' in html
    assert 'href="/branch/files/language-card.pdf"' in html
    assert 'href="https://x.example.org/"' in html


def test_a_picture_has_its_size_and_its_description(world: World) -> None:
    html = str(page_with(world, "![A quiet walk](../images/walk.png)").lead[0])
    assert 'alt="A quiet walk"' in html
    assert 'width="' in html
    assert 'height="' in html
    assert "/images/walk.1." in html or "/images/walk." in html


def test_a_citation_leads_to_its_source(world: World) -> None:
    view = world.views()[PAIN]
    assert isinstance(view, ConditionPage)
    assert 'href="#source-medlineplus"' in repr(view.sections)
    assert [source.anchor for source in view.trust.sources] == ["source-medlineplus"]


def test_a_page_in_another_language_has_its_words_and_the_clinics_facts(world: World) -> None:
    real = world.told(theme=Path(__file__).parents[2] / "theme")
    line("pages/accessibility.md", "lang: es")(real)
    view = real.views()["/accessibility/"]
    assert isinstance(view, PlainPage)
    assert (view.frame.lang, view.frame.direction) == ("es", "ltr")


def test_a_page_that_awaits_review_says_so_and_names_nobody(world: World) -> None:
    for address in (PAIN, BLOCK):
        view = world.views()[address]
        assert isinstance(view, (ConditionPage, ProcedurePage))
        assert (view.trust.review.state, view.trust.review.by) == ("awaits", None)
        assert view.frame.emergency == "If this is an emergency, call 911."


def test_help_in_other_languages_speaks_each_of_them_and_every_page_leads_there(world: World) -> None:
    add(
        "pages/language-help.md",
        "---\ntitle: Language help\nsummary: In your language.\n---\n\n## English {#en}\n\nCall us.\n\n"
        "## Español {#es}\n\nLlame.\n\n## العربية {#ar}\n\nCall.\n\n## How it works {#working}\n\nSay it.\n",
    )(world)
    views = world.views()
    view = views["/language-help/"]
    assert isinstance(view, PlainPage)
    assert [(section.lang, section.direction) for section in view.sections] == [
        ("en", "ltr"),
        ("es", "ltr"),
        ("ar", "rtl"),
        ("", ""),
    ]
    block = views[BLOCK]
    assert isinstance(block, ProcedurePage)
    assert [(each.name, each.direction, each.href) for each in block.frame.languages] == [
        ("Español", "ltr", "/language-help/#es"),
        ("العربية", "rtl", "/language-help/#ar"),
    ]


def test_the_meaning_of_a_section_is_its_other_id(world: World) -> None:
    world.change("procedures/nerve-block.md", "## How to prepare", "## How to get ready")
    view = world.views()[BLOCK]
    assert isinstance(view, ProcedurePage)
    preparing = next(section for section in view.sections if section.meaning == "preparing")
    assert (preparing.anchor, preparing.alias) == ("how-to-get-ready", "preparing")
    assert "anchor" not in "".join(str(part) for part in preparing.parts)


def test_only_the_first_picture_of_a_page_is_fetched_before_a_reader_comes_near(world: World) -> None:
    """In the order of the page, not of the file: the first here is one of a section that patients read first."""
    picture = "![A person walks on a flat path.](../images/walk.png)\n"
    world.change(CONDITION, picture, "Walk on a flat path.\n")
    world.change(CONDITION, "## Causes\n", "## Causes\n\n![Late](../images/walk.png)\n")
    both = "![Early](../images/walk.png) ![Next](../images/walk.png)"
    world.change(CONDITION, "## What it is\n", f"## What it is\n\n{both}\n")
    view = world.views()[PAIN]
    assert isinstance(view, ConditionPage)
    shown = re.findall(r'alt="(\w+)"( loading="lazy")?', "".join(str(section.parts) for section in view.sections))
    assert shown == [("Early", ""), ("Next", ' loading="lazy"'), ("Late", ' loading="lazy"')]


def test_below_a_photo_every_picture_waits(world: World) -> None:
    page = world.page("clinicians/dr-example.md")
    text = page.read_text().replace("role: Physician\n", "role: Physician\nphoto:\n  file: walk.png\n  alt: Smiling\n")
    page.write_text(f"{text}\n![At work](../images/walk.png)\n")
    view = world.views()["/clinicians/dr-example/"]
    assert isinstance(view, ClinicianPage)
    assert "lazy" not in view.photo
    assert 'loading="lazy"' in str(view.lead)


@pytest.mark.parametrize(
    ("own", "shown"),
    [((192, 192), (40, 40)), ((400, 100), (160, 40)), ((1000, 100), (160, 16)), ((9, 400), (1, 40))],
)  # fmt: skip
def test_a_logo_keeps_its_proportions_beside_the_name(own: tuple[int, int], shown: tuple[int, int]) -> None:
    assert logo_size(*own) == shown
    html = logo_html(PictureSet((PictureKind("image/png", ((*own, "images/a.png"),)),)), href=lambda key: f"/x/{key}")
    assert f'width="{shown[0]}" height="{shown[1]}"' in html
    assert "lazy" not in html
