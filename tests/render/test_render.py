"""Views become bytes; keys change when, and only when, something that shapes the page does."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

import tests.theme.views as by_hand
from clinic.filters import Once, _addresses, _linked, _written, boxed_tables, call_links, only_links
from clinic.interface import interface
from clinic.render import Renderer, TemplateProblem
from clinic.views.parts import Phone
from tests.theme.making import THEME, changed, leaves, renderer, texts

RENDER = renderer()


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    """A theme of its own, to spoil."""
    return shutil.copytree(THEME, tmp_path / "theme")


def write(theme: Path, name: str, text: str) -> None:
    (theme / "templates" / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", sorted(by_hand.FULL))
def test_the_same_view_gives_the_same_bytes_and_key(name: str) -> None:
    view = by_hand.FULL[name]
    other = renderer()
    assert RENDER.render(view) == other.render(view)
    assert RENDER.key(view) == other.key(view)
    assert RENDER.render(view).endswith(b"\n")


@pytest.mark.parametrize("name", sorted(by_hand.FULL))
def test_every_value_of_a_view_is_in_its_key(name: str) -> None:
    view = by_hand.FULL[name]
    keys = {RENDER.key(view)}
    paths = leaves(view)
    for path in paths:
        keys.add(RENDER.key(changed(view, path)))
    assert len(keys) == len(paths) + 1


def test_text_and_html_that_look_alike_have_different_keys() -> None:
    view = replace(by_hand.PLAIN, lead=(Markup("a"),))
    text: Any = "a"
    unlike = replace(by_hand.PLAIN, lead=(text,))
    assert RENDER.key(view) != RENDER.key(unlike)


def test_a_template_is_in_the_keys_of_the_pages_that_use_it_and_no_others(theme: Path) -> None:
    before = {name: renderer(theme).key(view) for name, view in by_hand.FULL.items()}
    for path in sorted((theme / "templates").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        path.write_text(text + "{# changed #}", encoding="utf-8")
        after = renderer(theme)
        touched = path.relative_to(theme / "templates").as_posix()
        moved = {name for name, view in by_hand.FULL.items() if after.key(view) != before[name]}
        assert moved == {name for name in by_hand.FULL if touched in after.closure(name)}
        path.write_text(text, encoding="utf-8")


def test_salt_and_catalogue_are_in_every_key(tmp_path: Path) -> None:
    view = by_hand.PROCEDURE
    assert renderer(salt="2").key(view) != RENDER.key(view)
    catalogue = tmp_path / "en" / "messages.po"
    catalogue.parent.mkdir()
    catalogue.write_text('msgid ""\nmsgstr "Language: en\\n"\n\nmsgid "Menu"\nmsgstr "Ways"\n', encoding="utf-8")
    other = Renderer(THEME, lambda lang: interface(lang, tmp_path), "")
    assert other.key(view) != RENDER.key(view)
    assert b">Ways</a>" in other.render(view)


def test_a_catalogue_of_another_language_is_not_in_the_key(tmp_path: Path) -> None:
    catalogue = tmp_path / "fr" / "messages.po"
    catalogue.parent.mkdir()
    catalogue.write_text('msgid "Menu"\nmsgstr "Menu"\n', encoding="utf-8")
    assert Renderer(THEME, lambda lang: interface(lang, tmp_path), "").key(by_hand.PROCEDURE) == RENDER.key(
        by_hand.PROCEDURE
    )


def test_an_object_that_is_no_view_is_refused() -> None:
    with pytest.raises(LookupError):
        RENDER.render("a text")


def test_templates_are_taken_as_they_were(theme: Path) -> None:
    made = renderer(theme)
    key, page = made.key(by_hand.PLAIN), made.render(by_hand.PLAIN)
    write(theme, "components/header.html", "{% oops")
    write(theme, "page.html", "other")
    assert (made.key(by_hand.PLAIN), made.render(by_hand.PLAIN)) == (key, page)


BROKEN = [
    ("{# one #}\n{{ page.titel }}", 2, "titel"),
    ("<p>\n<p>\n{% if page.title %}", 3, "not well formed"),
    ("{{ page.title|shout }}", 1, "shout"),
    ("\n{{ config }}", 2, "config"),
    ("{{ range(3)|list }}", 1, "range"),
    ("\n\n{{ page.title + 1 }}", 3, "wrongly"),
    (
        '{% extends "components/base.html" %}\n{% include "components/nothing.html" %}',
        2,
        'no template "components/nothing.html"',
    ),
    ("\n{% include page.title %}", 2, "in quotes"),
    ('{% import page.title ~ ".html" as other %}', 1, "in quotes"),
    ('{% include ["a.html", "b.html"] %}', 1, "in quotes"),
    ("{{ [1, 2]|random }}", 1, "random"),
]


@pytest.mark.parametrize(("source", "line", "words"), BROKEN)
def test_a_broken_template_is_said_with_file_and_line(theme: Path, source: str, line: int, words: str) -> None:
    write(theme, "page.html", source)
    with pytest.raises(TemplateProblem) as caught:
        renderer(theme).render(by_hand.PLAIN)
    assert caught.value.path == theme / "templates" / "page.html"
    assert caught.value.line == line
    assert words in caught.value.sentence
    assert "\n" not in caught.value.sentence


def test_a_mistake_inside_a_component_is_said_where_it_is(theme: Path) -> None:
    path = theme / "templates" / "components" / "phone.html"
    text = path.read_text(encoding="utf-8").replace("phone.number", "phone.numbr")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TemplateProblem) as caught:
        renderer(theme).render(by_hand.PROCEDURE)
    assert caught.value.path == path
    assert "numbr" in text.splitlines()[caught.value.line - 1]


def test_a_missing_template_and_one_that_is_not_utf8_are_said(theme: Path) -> None:
    (theme / "templates" / "page.html").unlink()
    with pytest.raises(TemplateProblem, match="no such template"):
        renderer(theme).key(by_hand.PLAIN)
    (theme / "templates" / "page.html").write_bytes(b"one\n\xff")
    with pytest.raises(TemplateProblem, match="UTF-8") as caught:
        renderer(theme)
    assert caught.value.line == 2


def test_templates_reach_nothing_but_their_view_and_texts() -> None:
    RENDER.render(by_hand.PLAIN)
    made = RENDER._environment("en")
    assert set(made.globals) == {"_", "gettext", "ngettext", "pgettext", "npgettext"}
    assert "random" not in made.filters


def test_the_texts_of_a_page_are_in_its_language() -> None:
    frame = replace(by_hand.PROCEDURE.frame, lang="es")
    spanish = RENDER.render(replace(by_hand.PROCEDURE, frame=frame)).decode()
    said = texts("es").gettext("Skip to the content")
    assert said != "Skip to the content"
    assert said in spanish


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("Call 911 now if", 'Call <a href="tel:911">911</a> now if'),
        ("Call 911.", 'Call <a href="tel:911">911</a>.'),
        ("In Europe: 112, 999", 'In Europe: <a href="tel:112">112</a>, <a href="tel:999">999</a>'),
        ("It costs $911 or 911% of 9110, 1-911-555, 911.50", "It costs $911 or 911% of 9110, 1-911-555, 911.50"),
        ("a < b & call 911", 'a &lt; b &amp; call <a href="tel:911">911</a>'),
        (Markup('<a href="/911">911</a> or <b>911</b>'), '<a href="/911">911</a> or <b><a href="tel:911">911</a></b>'),
        (Markup('<abbr title="911">help</abbr>'), '<abbr title="911">help</abbr>'),
    ],
)
def test_emergency_numbers_become_links_once(text: str, linked: str) -> None:
    made = call_links(text)
    assert made == linked
    assert call_links(made) == made


@settings(deadline=None)
@given(st.text("<>&\"' 911a", max_size=20))
def test_linking_numbers_never_lets_markup_through(text: str) -> None:
    assert Markup(call_links(text)).striptags() == " ".join(text.split())


LINES = tuple(
    Phone(label="A line", number=number, href=f"tel:+1{number}") for number in ("1234", "123-41", "2341", "41-12")
)


@settings(deadline=None)
@given(st.text("1234 .-()a", max_size=40))
def test_a_number_is_found_among_those_that_a_text_can_hold_as_it_is_among_all(text: str) -> None:
    """Which numbers are looked for is settled by the digits of the text: the rest can't stand there."""
    addresses = _addresses(LINES, "234")
    every = _written(tuple(addresses))
    assert every
    assert call_links(text, LINES, "234") == every.sub(lambda found: _linked(found[0], addresses), text)


def test_tables_of_prose_get_a_box_that_the_keyboard_reaches() -> None:
    table = "<table><tr><td>1</td></tr></table>"
    box = '<div class="table" role="group" tabindex="0" aria-label="A &#34;table&#34;">'
    assert boxed_tables(Markup(f"<p>a</p>{table}<p>b</p>{table}"), 'A "table"') == (
        f"<p>a</p>{box}{table}</div><p>b</p>{box}{table}</div>"
    )
    own = Markup('<table class="hours"><tr><td>1</td></tr></table>')
    assert boxed_tables(own, "Table") == own


def test_a_link_that_stands_alone_is_marked_and_one_in_a_sentence_is_not() -> None:
    link = '<a href="/x/">a <em>way</em></a>'
    for tag in ("li", "p", "td", "dd"):
        assert only_links(Markup(f"<{tag}>{link}</{tag}>")) == f'<{tag} class="only-link">{link}</{tag}>'
        for sentence in (f"See {link}.", f"{link}, {link}", f"{link} too"):
            assert only_links(Markup(f"<{tag}>{sentence}</{tag}>")) == f"<{tag}>{sentence}</{tag}>"
    assert only_links(Markup(f"<ul><li><p>{link}</p></li></ul>")).count("only-link") == 1


def test_what_a_component_makes_of_a_part_is_made_once_for_that_very_part_and_what_is_said_besides() -> None:
    once, made = Once(), []

    def component(part: object, level: int = 2) -> Markup:
        made.append((part, level))
        return Markup("<h{0}>{1}</h{0}>").format(level, part)

    text, html, other = "<i>", Markup("<i>"), " <i>".strip()
    for _ in range(3):
        assert once(text, component) == once(other, component) == "<h2>&lt;i&gt;</h2>"
        assert once(html, component) == "<h2><i></h2>"
        assert once(text, component, 3) == "<h3>&lt;i&gt;</h3>"
        assert once(text, lambda _: Markup("<p>")) == "<p>"
    assert made == [(text, 2), (other, 2), (html, 2), (text, 3)]


def test_parts_that_are_remembered_are_those_that_were_asked_for_however_many_there_are() -> None:
    once = Once()
    for number in range(1000):
        assert once([number], lambda part: Markup(part[0])) == str(number)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ('_("Menu")', "Menu"),
        ('_("<b>%%</b>")', "<b>%</b>"),
        ('_("To %(place)s", place="<i>")', "To &lt;i&gt;"),
        ('_("To %(place)s", place="<i>"|escape)', "To &lt;i&gt;"),
        ('_("<b>" ~ page.title ~ "</b>")', "<b>A plain page</b>"),
    ],
)
def test_texts_of_the_interface_are_filled_in_as_jinja_does(theme: Path, said: str, found: str) -> None:
    write(theme, "page.html", f"{{{{ {said} }}}}|{{{{ {said.replace('_(', 'gettext(', 1)} }}}}")
    ours, jinjas = renderer(theme).render(replace(by_hand.PLAIN, title="A plain page")).decode().strip().split("|")
    assert ours == jinjas == found


def test_a_text_of_the_interface_that_lacks_a_word_is_the_fault_of_the_template(theme: Path) -> None:
    write(theme, "page.html", '{{ _("To %(place)s") }}')
    with pytest.raises(TemplateProblem):
        renderer(theme).render(by_hand.PLAIN)
