"""Every page of a site as a view, with its address: what is to be rendered, and nothing of how."""

from collections.abc import Callable, Iterator
from functools import cached_property, partial

import msgspec

from clinic.library.library import Item
from clinic.manifest import Role
from clinic.model.kinds import Announcement, Clinician, Condition, Kind, Procedure
from clinic.views.articles import condition_page, procedure_page
from clinic.views.built import (
    appointment_page,
    home_page,
    not_found_page,
    plain_page,
    redirect_page,
    unreadable_page,
    withdrawn_page,
)
from clinic.views.finding import ADDRESS, search_pages
from clinic.views.frame import Frame
from clinic.views.indexes import Finder
from clinic.views.lists import indexes, locations_page
from clinic.views.maker import Maker
from clinic.views.news import announcement_page, announcements_pages
from clinic.views.parts import SectionView
from clinic.views.people import clinician_page, location_page
from clinic.views.view import digest_of, language_of, template_of


class Face(msgspec.Struct, frozen=True, array_like=True):
    """What the rest of the site needs to know of a page's view."""

    template: str
    lang: str
    digest: str
    """Of all that it shows."""
    canonical: str
    """Its full address, where search engines may keep it; else empty."""
    changed: str
    """The day on which its content last changed (ISO 8601), where it says so."""
    headings: tuple[str, ...]
    """The headings of its sections: those that every page has come first, since equal beginnings compress well."""


def face_of(page: object) -> Face:
    """The face of a view."""
    framed = getattr(page, "frame", None)
    frame = framed if isinstance(framed, Frame) and framed.indexable else None
    sections: tuple[SectionView, ...] = getattr(page, "sections", ())
    usual = [section.heading for section in sections if section.meaning]
    others = [section.heading for section in sections if not section.meaning]
    return Face(
        template=template_of(page),
        lang=language_of(page),
        digest=digest_of(page),
        canonical=frame.canonical if frame else "",
        changed=frame.changed.iso if frame and frame.changed else "",
        headings=tuple(dict.fromkeys([*usual, *others])),
    )


class Planned(msgspec.Struct, frozen=True, dict=True):
    """A page to be: its address, how its view is made, and what the manifest says of it.

    Views are many and large, so a page does not keep its own: each call of `make` makes it anew.
    """

    address: str
    make: Callable[[], object]
    role: Role
    source: str = ""
    title: str = ""
    front: str = ""
    """The header of the content file that it was made from."""
    known: Face | None = None
    """Its face, where that is known already."""

    @property
    def view(self) -> object:
        """Its view."""
        return self.make()

    @cached_property
    def face(self) -> Face:
        """Its face."""
        return self.known or face_of(self.make())


def item_view(maker: Maker, item: Item) -> object:
    """The view of a document, by its kind and state."""
    header = item.document.header
    if header is None:
        return unreadable_page(maker, item)
    if header.withdrawn:
        return withdrawn_page(maker, item, header)
    match header:
        case Condition():
            made: object = condition_page(maker, item, header)
        case Procedure():
            made = procedure_page(maker, item, header)
        case Announcement():
            made = announcement_page(maker, item, header)
        case Clinician():
            made = clinician_page(maker, item, header)
        case _:
            made = _PAGES.get(item.id, plain_page)(maker, item)
    return made


_PAGES: dict[str, Callable[[Maker, Item], object]] = {
    "home": home_page,
    "appointment": appointment_page,
    "not-found": not_found_page,
}
"""Pages that the generator adds parts to, by the names that are kept for them."""


def planned_items(maker: Maker) -> Iterator[Planned]:
    """The pages made from documents, those that this build shows."""
    for slug, item in sorted(maker.library.items.items()):
        if not maker.library.shown(slug) or (item.kind is Kind.PAGE and slug == "search"):
            continue
        role: Role = "index" if item.address == "/" else "page"
        document = item.document
        make = partial(item_view, maker, item)
        yield Planned(item.address, make, role, document.path, maker.title(item), document.front)


def planned_indexes(maker: Maker, finder: Finder | None = None) -> Iterator[Planned]:
    """The pages built from many, and the locations; the search page with what its search needs."""
    for index in (*indexes(maker), *announcements_pages(maker)):
        yield _made(index.address, index.page, "index", title=index.page.title)
    places = locations_page(maker)
    yield _made("/locations/", places, "index", title=places.title)
    for name, place in maker.library.clinic.locations:
        yield _made(f"/locations/{name}/", location_page(maker, name, place), "page", "clinic.yaml", place.name)
    document = maker.library.documents.get("search")
    for index in search_pages(maker, finder):
        source = document.path if document and index.address == ADDRESS else ""
        yield _made(index.address, index.page, "index", source, index.page.title)


def _made(address: str, page: object, role: Role, source: str = "", title: str = "") -> Planned:
    """A page whose view is there."""
    return Planned(address, lambda: page, role, source, title)


def samples_of_indexes(maker: Maker) -> dict[str, Callable[[], object]]:
    """One page for each template that shows a page built from many, or a location: the first to come, made when asked.

    All of them take a while where there are thousands of pages, and one shows whether its template can be used.
    """
    samples: dict[str, Callable[[], object]] = {
        "index.html": lambda: next(indexes(maker)).page,
        "announcements.html": lambda: next(announcements_pages(maker)).page,
        "locations.html": lambda: locations_page(maker),
        "search.html": lambda: next(search_pages(maker, None)).page,
    }
    for name, place in maker.library.clinic.locations[:1]:
        samples["location.html"] = partial(location_page, maker, name, place)
    return samples


def planned_redirects(maker: Maker) -> Iterator[tuple[str, Planned]]:
    """The old addresses of pages that this build shows: the file of each, and its view."""
    for key, slug in sorted(maker.library.aliases.items()):
        if maker.library.shown(slug):
            item = maker.library.items[slug]
            page = redirect_page(maker, item)
            yield key, _made(item.address, page, "redirect", item.document.path, page.title)
