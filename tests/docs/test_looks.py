"""docs/looks.md shows every type of page in a few small pictures, and they are of pages that are there."""

import re

from clinic.build import plan_site
from clinic.cache import Cache
from clinic.commands.photographing import GUIDE, PAGE_TYPES
from clinic.views.site import planned_indexes, planned_items
from clinic.views.view import TEMPLATES, template_of
from tests.harness import checked
from tests.theme.making import ROOT, THEME

PICTURES = ROOT / "docs" / "pictures"
UNSHOWN = {"redirect.html", "unreadable.html"}
"""Nobody looks at the one, and only editors at the other."""


def test_every_type_of_page_is_pictured_by_a_page_that_is_there() -> None:
    content = ROOT / "content"
    library = checked(content).library
    assert library is not None
    maker = plan_site(library, theme=THEME, content=content, cache=Cache(None)).maker
    pages = {page.address: page.view for page in (*planned_items(maker), *planned_indexes(maker))}
    assert {template_of(pages[address]) for address in PAGE_TYPES.values()} == set(TEMPLATES) - UNSHOWN
    assert {address for address, _ in GUIDE.values()} <= set(pages)


def test_the_pictures_are_few_and_small() -> None:
    text = (ROOT / "docs" / "looks.md").read_text(encoding="utf-8")
    shown = [PICTURES / name for name in re.findall(r"\]\(pictures/([^)]+)\)", text)]
    assert len(shown) == 3
    assert sum(path.stat().st_size for path in shown) < 600_000


def test_the_pictures_of_the_guides_are_there() -> None:
    assert all((PICTURES / f"{name}.webp").is_file() for name in GUIDE)
