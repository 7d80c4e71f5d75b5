"""How the pages of clinicians and locations are made."""

from markupsafe import Markup

from clinic.library.library import Item
from clinic.library.states import State
from clinic.model.clinic import Location
from clinic.model.kinds import Announcement, Clinician
from clinic.views.bodies import footnotes_view, lead_view, sections_view
from clinic.views.facts import summary_of
from clinic.views.framing import frame, index_titles, item_frame
from clinic.views.maker import Maker
from clinic.views.news import notice_item
from clinic.views.pages import ClinicianPage, LocationPage
from clinic.views.parts import LinkTo
from clinic.views.physicians import is_physician
from clinic.views.pictures import PHOTO_SIZES, picture_html
from clinic.views.places import address_lines, place_of


def clinician_page(maker: Maker, item: Item, header: Clinician) -> ClinicianPage:
    """The page of a clinician."""
    words = maker.words(header.lang)
    locations = dict(maker.library.clinic.locations)
    photo = Markup("")
    if header.photo is not None and (path := maker.library.photo_path(header.photo.file)) in maker.pictures:
        shown = maker.pictures[path]
        photo = picture_html(shown, header.photo.alt, href=maker.file, sizes=PHOTO_SIZES, first=True)
    return ClinicianPage(
        frame=item_frame(maker, item),
        name=maker.title(item),
        role=header.role,
        summary=summary_of(maker, item),
        photo=photo,
        boards=header.boards,
        specialties=header.specialties,
        languages=tuple(words.language_name(tag) for tag in header.languages),
        places=tuple(maker.location_link(name) for name in header.locations if name in locations),
        npi=header.npi,
        left=maker.day(header.left, header.lang) if header.left and maker.has_left(header) else None,
        physician=is_physician(header.role, header.credentials),
        performs=maker.links(maker.library.relations.performs.get(item.id, frozenset())),
        lead=lead_view(maker, item),
        sections=sections_view(maker, item),
        footnotes=footnotes_view(maker, item),
        appointment=maker.appointment(),
    )


def location_page(maker: Maker, name: str, place: Location) -> LocationPage:
    """The page of a location, made from clinic.yaml."""
    words, library = maker.words(), maker.library
    address = ", ".join(address_lines(place))
    here = tuple(
        item
        for item in library.live()
        if isinstance(header := item.document.header, Announcement)
        and (not header.locations or name in header.locations)
    )
    return LocationPage(
        frame=frame(
            maker,
            address=f"/locations/{name}/",
            title=place.name,
            description=words.gettext("Address, opening hours and phone: %(place)s", place=f"{place.name}, {address}"),
            trail=(index_titles(maker)["locations"],),
        ),
        title=place.name,
        place=place_of(maker, name),
        access=place.access,
        directions=place.directions,
        map=_map(maker, place),
        geo=place.geo,
        clinicians=maker.links(
            frozenset(slug for slug in library.relations.works_at.get(name, frozenset()) if not _gone(maker, slug))
        ),
        procedures=maker.links(library.relations.at.get(name, frozenset())),
        announcements=tuple(notice_item(maker, item) for item in here),
    )


def _gone(maker: Maker, slug: str) -> bool:
    item = maker.library.items[slug]
    header = item.document.header
    return item.state is State.WITHDRAWN or (isinstance(header, Clinician) and maker.has_left(header))


def _map(maker: Maker, place: Location) -> LinkTo | None:
    if place.geo is None:
        return None
    north, east = place.geo
    return LinkTo(
        text=maker.words().gettext("See it on a map (OpenStreetMap)"),
        href=f"https://www.openstreetmap.org/?mlat={north}&mlon={east}#map=18/{north}/{east}",
    )
