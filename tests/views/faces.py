"""What a site shows, and small changes to it: what the tables of fields, states and relations are made of."""

from collections.abc import Callable
from pathlib import Path

from clinic.cache import Cache
from clinic.library.audience import Audience
from clinic.projections.branding import FALLBACK
from clinic.views.site import planned_redirects
from tests.laws.world import World, small_world, views_of

Edit = Callable[[World], None]
"""A change to the small good site."""

CONDITION, PROCEDURE = "conditions/low-back-pain.md", "procedures/nerve-block.md"
CLINIC, HOME, DOCTOR = "clinic.yaml", "pages/home.md", "clinicians/dr-example.md"


def change(path: str, before: str, after: str) -> Edit:
    """A text that stands in a file once becomes another."""
    return lambda world: world.change(path, before, after)


def line(path: str, text: str) -> Edit:
    """A line more in the header of a page, or at the end of clinic.yaml."""
    if path == CLINIC:
        return lambda world: world.write(path, f"{world.page(path).read_text(encoding='utf-8')}{text}\n")
    return lambda world: world.write(path, world.page(path).read_text("utf-8").replace("---\n", f"---\n{text}\n", 1))


def add(path: str, text: str) -> Edit:
    """A new file."""
    return lambda world: world.write(path, text)


def body(path: str, text: str) -> Edit:
    """More at the end of a page."""
    return lambda world: world.write(path, f"{world.page(path).read_text(encoding='utf-8')}\n{text}\n")


def both(*edits: Edit) -> Edit:
    """Several changes at once."""

    def all_of_them(world: World) -> None:
        for edit in edits:
            edit(world)

    return all_of_them


def faces(world: World) -> dict[str, str]:
    """All that a site shows, as text: views by address, projections and assets by key, what was read as `typed`.

    Headers are there too, since some fields are read for what comes after the page.
    """
    with Cache(world.settings.cache) as cache:
        site, _ = world.site(cache)
    found = {address: repr(view) for address, view in views_of(site).items()}
    found["redirects"] = repr([(key, page.address) for key, page in planned_redirects(site.maker)])
    for wanted in site.wanted:
        if (wanted.role == "projection" and wanted.key != FALLBACK) or wanted.key.endswith(".css"):
            name = "style" if wanted.key.endswith(".css") else wanted.key
            found[name] = wanted.make().body.decode()
    found["typed"] = repr([document.header for document in site.library.material.documents]) + repr(site.library.clinic)
    return found


def changed(root: Path, edit: Edit, audience: Audience = Audience.EDITORS) -> dict[str, str]:
    """What the small good site shows after a change."""
    world = small_world(root, audience=audience)
    edit(world)
    return faces(world)
