"""Every template, from views made by hand: well formed, complete, escaped, and in words."""

import dataclasses
import itertools
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

import tests.theme.views as by_hand
from clinic.views import indexes, pages  # noqa: F401 - importing them registers their views
from clinic.views.frame import Frame
from clinic.views.parts import CareCardView, Review
from clinic.views.view import TEMPLATES
from tests.theme.making import THEME, renderer, retold, smallest
from tests.theme.reading import DATA, Page

RENDER = renderer()
SMALLEST = {name: smallest(cls) for name, cls in TEMPLATES.items()}
VARIANTS = [
    *(pytest.param(view, id=f"full-{name}") for name, view in by_hand.FULL.items()),
    *(pytest.param(view, id=f"smallest-{name}") for name, view in SMALLEST.items()),
]
FRAMED = [name for name in by_hand.FULL if name != "redirect.html"]


def page(view: object) -> Page:
    return Page(RENDER.render(view))


def test_every_template_belongs_to_a_view_and_every_view_has_one() -> None:
    assert {path.name for path in (THEME / "templates").glob("*.html")} == set(TEMPLATES)
    assert set(by_hand.FULL) == set(TEMPLATES)


def test_every_component_is_used_by_a_template() -> None:
    used = {name for template in TEMPLATES for name in RENDER.closure(template)}
    there = {path.relative_to(THEME / "templates").as_posix() for path in (THEME / "templates").rglob("*.html")}
    assert there == used


@pytest.mark.parametrize("view", VARIANTS)
def test_pages_are_well_formed(view: object) -> None:
    made = page(view)
    assert made.faults == []
    assert made.source.startswith("<!doctype html>\n<html lang=")
    assert made.source.endswith("</html>\n")
    assert made.source.count("<h1>") == 1


@pytest.mark.parametrize("view", VARIANTS)
def test_ids_are_there_once_and_every_reference_finds_one(view: object) -> None:
    made = page(view)
    ids = made.values("id")
    assert len(ids) == len(set(ids))
    inside = [href[1:] for href in made.values("href") if href.startswith("#")]
    assert set(inside) | set(made.values("aria-labelledby")) | set(made.values("for")) <= set(ids)


@pytest.mark.parametrize("view", VARIANTS)
def test_headings_never_skip_a_level(view: object) -> None:
    levels = [int(tag[1]) for tag, _ in page(view).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(deeper - level <= 1 for level, deeper in itertools.pairwise(levels))


@pytest.mark.parametrize("view", VARIANTS)
def test_nothing_stands_inline_that_the_policy_forbids(view: object) -> None:
    made = page(view)
    assert made.values("style") == []
    assert not {tag for tag, _ in made.tags} & {"style", "iframe", "object", "embed", "base"}
    told = [attrs for tag, attrs in made.tags if tag == "script" and "src" not in attrs]
    assert all(attrs == {"type": DATA} for attrs in told)
    assert not [name for _, attrs in made.tags for name in attrs if name.startswith("on")]


@pytest.mark.parametrize("view", VARIANTS)
def test_only_the_search_page_brings_a_script(view: Any) -> None:
    scripts = [attrs for tag, attrs in page(view).tags if tag == "script" and attrs["type"] != DATA]
    finder = getattr(view, "finder", None)
    assert scripts == ([{"type": "module", "src": finder.script}] if finder else [])


@pytest.mark.parametrize("view", VARIANTS)
def test_pictures_and_fields_have_names(view: object) -> None:
    made = page(view)
    assert all("alt" in attrs for tag, attrs in made.tags if tag == "img")
    texts = [attrs for tag, attrs in made.tags if tag == "input" and attrs["type"] != "radio"]
    assert {attrs["id"] for attrs in texts} <= set(made.values("for"))


@pytest.mark.parametrize("name", FRAMED)
def test_every_page_has_its_landmarks_and_its_frame(name: str) -> None:
    view: Any = by_hand.FULL[name]
    made = page(view)
    tags = [tag for tag, _ in made.tags]
    assert [tags.count(tag) for tag in ("header", "main", "footer", "h1")] == [1, 1, 1, 1]
    assert made.tags[[tag for tag, _ in made.tags].index("body") + 1][1]["href"] == "#_content"
    assert made.tags[0][1] == {"lang": "en", "dir": "ltr", "data-headers": "1"}
    for shown in (
        "Portland Pain and Spine",
        "1 Example Street",
        "22 Sample Avenue",
        "Privacy practices",
        "Accessibility",
    ):
        assert shown in made.text
    assert "tel:+15035550100" in made.values("href")
    metas = {
        attrs.get("http-equiv") or attrs.get("name"): attrs.get("content") for t, attrs in made.tags if t == "meta"
    }
    assert metas["Content-Security-Policy"] == view.frame.policy
    assert metas["referrer"] == view.frame.referrer
    assert metas["description"] == view.frame.description
    assert metas.get("robots") == (None if view.frame.indexable else "noindex")
    links = {attrs["rel"]: attrs["href"] for tag, attrs in made.tags if tag == "link"}
    assert links.get("canonical") == (view.frame.canonical or None)
    assert links["alternate"] == view.frame.feed
    assert links["stylesheet"] == view.frame.assets.stylesheet


@pytest.mark.parametrize("name", sorted(by_hand.FULL))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text("<>&\"'/=ab;#{}%", min_size=1, max_size=12).filter(lambda text: text.strip()))
def test_no_text_becomes_markup(name: str, text: str) -> None:
    view = by_hand.FULL[name]
    hostile, harmless = page(retold(view, text)), page(retold(view, "word"))
    assert hostile.shape == harmless.shape
    assert text in "".join(hostile.words)


def _shown(value: Any) -> list[str]:
    if dataclasses.is_dataclass(value):
        names = [field.name for field in dataclasses.fields(value) if field.name != "numbers"]  # looked up, not shown
        return [text for name in names for text in _shown(getattr(value, name))]
    if isinstance(value, tuple):
        return [text for each in value for text in _shown(each)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("name", sorted(by_hand.FULL))
def test_every_value_of_a_view_reaches_its_page(name: str) -> None:
    made = page(by_hand.FULL[name])
    attributes = [value for _, attrs in made.tags for value in attrs.values() if value]
    for text in _shown(by_hand.FULL[name]):
        words = " ".join((text.striptags() if isinstance(text, Markup) else text).split())
        assert words in made.text or any(text in value for value in attributes), text


def card(kind: Any, urgency: str) -> CareCardView:
    body = Markup("<ul><li>you can't feel your legs, then call 911</li></ul>")
    return CareCardView(kind=kind, urgency=urgency, title=Markup("If <em>this</em> happens"), body=body)


KINDS = {
    "emergency": "Emergency",
    "urgent": "Get help today",
    "call-us": "Call us",
    "do": "Do",
    "dont": "Do not",
    "important": "Important",
    "note": "Note",
}


@pytest.mark.parametrize(("kind", "urgency"), KINDS.items())
def test_a_card_says_its_urgency_in_its_heading_once(kind: str, urgency: str) -> None:
    section = by_hand.section("", "Care", card(kind, urgency))
    made = page(replace(by_hand.PLAIN, lead=(), sections=(section,), contact=None))
    assert f"{urgency}: If this happens" in made.text
    assert made.text.count("If this happens") == 1
    assert "If" in made.inside("h3")
    assert f"{urgency}:" in made.inside("h3")
    assert "hidden" not in made.source[made.source.index('<div class="card') :].split("</div>")[0]


def test_an_emergency_number_can_be_called_from_cards_that_are_about_calling() -> None:
    for kind in KINDS:
        section = by_hand.section("", "Care", card(kind, "Now"))
        made = page(replace(by_hand.PLAIN, lead=(), sections=(section,), contact=None))
        assert ("tel:911" in made.values("href")) == (kind in {"emergency", "urgent", "call-us"}), kind


def test_cards_name_whom_to_call_now_and_when_we_are_closed() -> None:
    made = page(replace(by_hand.PLAIN, lead=(by_hand.URGENT,), sections=()))
    assert "Reception: 503-555-0100 Monday to Friday, 8 am to 5 pm" in made.text
    assert "When we are closed: After-hours nurse: 503-555-0199 At night" in made.text


def test_the_emergency_sentence_comes_before_everything_else_in_the_content() -> None:
    made = page(by_hand.APPOINTMENT)
    main = made.inside("main")
    assert main[:2] == ["If this is an emergency, call", "911"]
    assert "tel:911" in made.values("href")


def test_emergency_cards_stand_right_under_the_title_and_nowhere_else() -> None:
    made = page(by_hand.PROCEDURE)
    assert made.text.count("After this injection, call 911 now if") == 1
    order = ["An injection beside the spine", "After this injection", "At a glance", "What is it?"]
    main = " ".join(made.inside("main"))
    places = [main.index(words.split(",")[0]) for words in order]
    assert places == sorted(places)


@pytest.mark.parametrize("there", [True, False])
def test_lists_stand_with_their_sections_or_on_their_own_each_once(*, there: bool) -> None:
    view = by_hand.CONDITION
    if not there:
        kept = tuple(section for section in view.sections if section.meaning not in {"symptoms", "treatment"})
        view = replace(view, sections=kept)
    made = page(view)
    for once in ("burning pain", "Lumbar sympathetic block", "Physical therapy"):
        assert made.text.count(once) == 1, once
    assert made.source.count(">Symptoms</h2>") == 1
    assert ("<h2>Treatments that we offer for it</h2>" in made.source) == (not there)


def test_two_sections_of_one_meaning_show_the_list_once() -> None:
    twice = (*by_hand.CONDITION.sections, by_hand.section("symptoms", "More symptoms", "<p>Later.</p>"))
    assert page(replace(by_hand.CONDITION, sections=twice)).text.count("burning pain") == 1


SIGNED = by_hand.REVIEWED.review
REVIEWS = [
    (Review(state="awaits"), "awaits clinical review: no clinician has signed it yet", "Last reviewed"),
    (SIGNED, "Last reviewed by Dr. Example, Pain physician on Tuesday 1 September 2026. Next review due on", "awaits"),
    (replace(SIGNED, state="overdue"), "The next review was due on Friday 1 September 2028.", "Next review due on"),
    (replace(SIGNED, state="changed"), "has changed since its review, and awaits another.", "no clinician has signed"),
]


@pytest.mark.parametrize(("review", "said", "unsaid"), REVIEWS)
def test_the_review_says_plainly_where_the_page_stands(review: Review, said: str, unsaid: str) -> None:
    made = page(replace(by_hand.CONDITION, trust=replace(by_hand.REVIEWED, review=review)))
    assert said in made.text
    assert unsaid not in made.text


STATES = {"upcoming": "does not hold yet", "ended": "This notice has ended.", "superseded": "another one has taken"}


@pytest.mark.parametrize("state", ["upcoming", "live", "ended", "superseded"])
def test_an_announcement_says_where_it_stands_in_time(state: Any) -> None:
    made = page(replace(by_hand.ANNOUNCEMENT, state=state))
    for each, words in STATES.items():
        assert (words in made.text) == (each == state)


def test_without_live_announcements_the_home_page_says_nothing_about_them() -> None:
    made = page(replace(by_hand.HOME, announcements=()))
    assert "<h2>Announcements</h2>" not in made.source
    assert "notice-list" not in made.source


def test_the_form_posts_to_its_endpoint_and_says_what_to_do_if_nothing_happens() -> None:
    made = page(by_hand.APPOINTMENT)
    (form,) = [attrs for tag, attrs in made.tags if tag == "form"]
    assert (form["method"], form["action"]) == ("post", "https://forms.example.com/appointment")
    asked = {attrs["name"] for tag, attrs in made.tags if tag == "input"}
    assert asked == {field.name for field in by_hand.FORM.fields}
    assert "If nothing happens after you press the button, call 503-555-0100." in made.text
    assert "by 5 pm" in made.text


def test_numbers_are_links_wherever_they_stand_in_plain_words() -> None:
    said = "Call 503-555-0100, (503) 555 0110 or +1 503 555 0199. Not 2503-555-0100 or 503-555-01001."
    made = page(replace(by_hand.PLAIN, summary=said, lead=(), sections=(), contact=None, footnotes=Markup("")))
    main = made.source[made.source.index("<main") : made.source.index("</main>")]
    assert re.findall(r'<a href="(tel:[^"]+)">([^<]+)</a>', main) == [
        ("tel:+15035550100", "503-555-0100"),
        ("tel:+15035550110", "(503) 555 0110"),
        ("tel:+15035550199", "+1 503 555 0199"),
    ]


def test_the_relay_is_a_link_where_it_is_the_relay_and_nowhere_else() -> None:
    made = page(replace(by_hand.APPOINTMENT, interpreter="Ask in room 711."))
    assert made.values("href").count("tel:711") == 1


def test_every_page_leads_to_help_in_each_language_by_its_own_name() -> None:
    made = page(by_hand.HOME)
    links = [attrs for tag, attrs in made.tags if tag == "a" and attrs.get("lang")]
    assert [(each["lang"], each["dir"], each["href"]) for each in links] == [
        ("es", "ltr", "/language-help/#es"),
        ("ar", "rtl", "/language-help/#ar"),
    ]


def test_a_letter_without_pages_is_no_link() -> None:
    made = page(by_hand.INDEX)
    assert [href for href in made.values("href") if href.startswith("#letter")] == ["#letter-c", "#letter-s"]


def test_editors_see_problems_above_the_page_and_can_close_them() -> None:
    made = page(by_hand.UNREADABLE)
    assert made.source.index('class="problem-box"') < made.source.index("<header")
    assert "<details open>" in made.source
    for words in (
        "3 problems on this page",
        "3 problems on other pages",
        "Error",
        "Warning",
        "Advice",
        "Keep one of them.",
    ):
        assert words in made.text


def test_a_published_page_has_nothing_for_editors() -> None:
    assert "problem" not in page(by_hand.PROCEDURE).source
    assert 'class="badge' not in page(by_hand.PROCEDURE).source


def test_a_page_from_right_to_left_says_so_and_keeps_numbers_readable() -> None:
    frame: Frame = replace(by_hand.PROCEDURE.frame, lang="ar", direction="rtl")
    made = page(replace(by_hand.PROCEDURE, frame=frame))
    assert made.tags[0][1]["dir"] == "rtl"
    assert made.faults == []
    phones = [attrs for tag, attrs in made.tags if tag == "a" and attrs.get("class") == "tel"]
    assert phones
    assert all(attrs["dir"] == "ltr" for attrs in phones)


def test_a_redirect_needs_no_script_and_stays_out_of_search_engines() -> None:
    made = page(by_hand.REDIRECT)
    assert 'content="0; url=/procedures/lumbar-sympathetic-block/"' in made.source
    assert 'name="robots" content="noindex"' in made.source
    assert "Lumbar sympathetic block" in made.inside("a")
