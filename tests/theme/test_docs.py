"""docs/theme.md is made from the views, and every field says what it is."""

from pathlib import Path

import pytest

from clinic.theme_docs import VIEWS, Stated, render_theme_docs, stated_in
from clinic.views import indexes, pages  # noqa: F401 - importing them registers their views
from clinic.views.view import TEMPLATES
from tests.theme.making import ROOT, THEME

STATED = [each for name in VIEWS for each in stated_in(ROOT / "clinic" / "views" / name)]


def test_the_page_is_current() -> None:
    assert (ROOT / "docs" / "theme.md").read_text(encoding="utf-8") == render_theme_docs(ROOT), "run: invoke docs"


@pytest.mark.parametrize("stated", STATED, ids=lambda stated: stated.name)
def test_every_view_part_and_field_says_what_it_is(stated: Stated) -> None:
    assert stated.words
    assert stated.fields
    assert [field.name for field in stated.fields if not field.words] == []


def test_no_view_is_left_out() -> None:
    assert {each.template for each in STATED if each.template} == set(TEMPLATES)
    page = render_theme_docs(ROOT)
    for each in STATED:
        assert f"{each.name}\n\n{each.words}" in page


@pytest.mark.parametrize("path", sorted((THEME / "templates").rglob("*.html")), ids=lambda path: path.stem)
def test_every_template_begins_with_what_it_is(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("{# ")
