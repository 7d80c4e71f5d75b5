"""A page of a content folder as patients get it: for tests that ask what a field, a card or a fact looks like."""

from pathlib import Path

from clinic.build import plan_site
from clinic.cache import Cache
from tests.harness import checked

THEME = Path(__file__).parents[2] / "theme"


def shown(content: Path, key: str) -> str:
    """The HTML of the page at `key`, such as `clinicians/dr-example/index.html`. The content must have no problem."""
    found = checked(content)
    assert found.problems == ()
    assert found.library is not None
    site = plan_site(found.library, theme=THEME, content=content, cache=Cache(None))
    return next(file for file in site.wanted if file.key == key).make().body.decode()
