"""Every care card can be written, is shown with its title, and is in the guide for editors."""

import re
from pathlib import Path

import pytest

from clinic.prose.body import CardKind
from tests.docs.shown import shown
from tests.harness import good_site

GUIDE = Path(__file__).parents[2] / "docs" / "editing.md"


@pytest.mark.parametrize("kind", CardKind)
def test_a_card_is_shown_with_its_title_and_its_lines(kind: CardKind, tmp_path: Path) -> None:
    content = good_site(tmp_path)
    page = content / "pages" / "accessibility.md"
    page.write_text(page.read_text() + f"\n> [!{kind}] Before your visit\n> - Wear loose clothes.\n")
    html = shown(content, "accessibility/index.html")
    card = html[html.index(f'<div class="card {kind}">') :].split("</div>\n</div>")[0]
    assert "Before your visit</h2>" in card
    assert "<li>Wear loose clothes.</li>" in card


@pytest.mark.parametrize("kind", CardKind)
def test_a_card_is_in_the_guide(kind: CardKind) -> None:
    assert re.search(rf"^\| `> \[!{kind}\] \S.*` \| \S", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
