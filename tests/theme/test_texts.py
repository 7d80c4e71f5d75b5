"""The catalogues of interface texts: all there, and current."""

from pathlib import Path

import pytest

from clinic.interface_extract import gathered, merged, missing, write_texts
from tests.theme.making import ROOT, THEME

CATALOGUES = sorted((THEME / "locale").glob("*/messages.po"))


def test_the_template_of_catalogues_is_current() -> None:
    assert (THEME / "locale" / "messages.pot").read_bytes() == gathered(ROOT), "run: invoke docs"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.name)
def test_every_catalogue_that_is_shipped_is_current_and_whole(path: Path) -> None:
    assert merged(gathered(ROOT), path.read_bytes(), path.parent.name) == path.read_bytes(), "run: invoke docs"
    assert missing(path.read_bytes()) == ()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with one template, one module and a Spanish catalogue."""
    (tmp_path / "theme" / "templates" / "components").mkdir(parents=True)
    (tmp_path / "theme" / "locale" / "es").mkdir(parents=True)
    (tmp_path / "clinic").mkdir()
    (tmp_path / "theme" / "templates" / "components" / "a.html").write_text(
        '{{ _("Menu") }} {{ ngettext("%(num)s page", "%(num)s pages", 2) }} {{ _("About %(name)s", name="x") }}',
        encoding="utf-8",
    )
    (tmp_path / "clinic" / "b.py").write_text(
        'texts.gettext("Home")\ntexts.pgettext("a door", "Close")\n', encoding="utf-8"
    )
    (tmp_path / "theme" / "locale" / "es" / "messages.po").write_text(
        'msgid "Menu"\nmsgstr "Menú"\n\nmsgid "Gone"\nmsgstr "Ido"\n', encoding="utf-8"
    )
    return tmp_path


def test_texts_of_templates_and_code_are_gathered(project: Path) -> None:
    pot = gathered(project).decode()
    for text in ("Menu", "%(num)s page", "About %(name)s", "Home", "Close"):
        assert f'msgid "{text}"' in pot
    assert 'msgctxt "a door"' in pot
    assert gathered(project).decode() == pot


def test_catalogues_keep_what_is_translated_and_gain_what_is_new(project: Path) -> None:
    changed = write_texts(project)
    assert {path.name for path in changed} == {"messages.pot", "messages.po"}
    spanish = (project / "theme" / "locale" / "es" / "messages.po").read_bytes()
    assert 'msgstr "Menú"' in spanish.decode()
    assert "Gone" not in spanish.decode()
    assert missing(spanish) == ("%(num)s page", "About %(name)s", "Close", "Home")
    assert write_texts(project) == ()


def test_questions_of_new_are_texts_and_what_a_field_is_for_may_stay_english(project: Path) -> None:
    (project / "clinic" / "model").mkdir()
    (project / "clinic" / "lists").mkdir()
    (project / "clinic" / "model" / "kinds.py").write_text('name: str = stated(Text(), "The name.", shows="x")\n')
    (project / "clinic" / "lists" / "prompts.toml").write_text(
        '[cards]\npage = "a-key"\n[signs]\nnote = "what it is"\n[topics.move]\ncall = ""\nask = [["Way", "how?"]]\n'
    )
    write_texts(project)
    spanish = (project / "theme" / "locale" / "es" / "messages.po").read_bytes()
    assert 'msgid "The name."' in spanish.decode()
    assert "a-key" not in spanish.decode()
    assert {"what it is", "Way", "how?"} <= set(missing(spanish))
    assert "The name." not in missing(spanish)


def test_a_broken_template_is_not_skipped(project: Path) -> None:
    (project / "theme" / "templates" / "broken.html").write_text("{% if %}", encoding="utf-8")
    with pytest.raises(Exception, match="Expected"):
        gathered(project)
