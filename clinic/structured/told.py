"""What each view tells of: the page itself, then the things that it is about. A view that is not here tells nothing."""

import functools

from clinic.structured.articles import behind, condition, procedure, tests, treated, treatments
from clinic.structured.node import Node, full, given, linked, node, same
from clinic.structured.people import clinician
from clinic.structured.places import PLACE, clinic, contact_points, place_node, whole_clinic
from clinic.views.frame import Frame
from clinic.views.indexes import AnnouncementsPage, IndexPage, LocationsPage, SearchPage
from clinic.views.pages import (
    AnnouncementPage,
    AppointmentPage,
    ClinicianPage,
    ConditionPage,
    HomePage,
    LocationPage,
    PlainPage,
    ProcedurePage,
)


@functools.singledispatch
def told(page: object) -> list[Node]:
    """The page first, then the things that it is about; nothing for a withdrawn, moved, missing or unreadable page."""
    _ = page
    return []


@told.register
def _condition(page: ConditionPage) -> list[Node]:
    about = condition(page)
    made = _page(page.frame, "MedicalWebPage", page.title, page.summary, about)
    return [made | _end(page), about]


@told.register
def _procedure(page: ProcedurePage) -> list[Node]:
    about = procedure(page)
    made = _page(page.frame, "MedicalWebPage", page.title, page.summary, about, mentions=treated(page))
    return [made | _end(page), about]


@told.register
def _announcement(page: AnnouncementPage) -> list[Node]:
    """`expires` is the day or moment that the page names as its end."""
    frame, owner = page.frame, same(clinic(page.frame))
    news = node(
        "NewsArticle",
        at=f"{frame.canonical}#news",
        url=frame.canonical,
        headline=page.title,
        description=page.summary,
        articleSection=page.topic,
        datePublished=page.date.iso,
        expires=page.until,
        contentLocation=linked(frame, "MedicalClinic", page.places, PLACE),
        author=owner,
        publisher=owner,
        inLanguage=frame.lang,
    )
    return [_page(frame, "WebPage", page.title, "", news), news]


@told.register
def _clinician(page: ClinicianPage) -> list[Node]:
    person = clinician(page, clinic(page.frame))
    return [_page(page.frame, "ProfilePage", page.name, page.summary, person), person]


@told.register
def _location(page: LocationPage) -> list[Node]:
    frame = page.frame
    place = place_node(
        frame,
        page.place,
        hasMap=page.map.href if page.map else "",
        geo=node("GeoCoordinates", latitude=page.geo[0], longitude=page.geo[1]) if page.geo else None,
        employee=linked(frame, "Person", page.clinicians),
        availableService=[*treatments(frame, page.procedures), *tests(frame, page.procedures)],
    )
    return [_page(frame, "WebPage", page.title, "", place), place]


@told.register
def _home(page: HomePage) -> list[Node]:
    owner = whole_clinic(page.frame, page.phones, page.profiles)
    places = [place_node(page.frame, place) for place in page.frame.places]
    return [_page(page.frame, "WebPage", page.title, page.summary, owner), owner, *places]


@told.register
def _appointment(page: AppointmentPage) -> list[Node]:
    owner = clinic(page.frame, contactPoint=contact_points((page.phone,) if page.phone else ()))
    return [_page(page.frame, "ContactPage", page.title, page.summary, owner), owner]


@told.register
def _locations(page: LocationsPage) -> list[Node]:
    places = [place_node(page.frame, place) for place in page.places]
    return [_page(page.frame, "CollectionPage", page.title, page.summary), *places]


@told.register
def _index(page: IndexPage | AnnouncementsPage) -> list[Node]:
    return [_page(page.frame, "CollectionPage", page.title, page.summary)]


@told.register
def _plain(page: PlainPage | SearchPage) -> list[Node]:
    return [_page(page.frame, "WebPage", page.title, page.summary)]


def _page(frame: Frame, kind: str, title: str, summary: str, about: Node | None = None, **more: object) -> Node:
    """The page as such; `about` is the one thing that it is about."""
    return node(
        kind,
        at=frame.canonical,
        url=frame.canonical,
        name=title,
        description=summary,
        mainEntity=same(about) if about else None,
        **more,
    )


def _end(page: ConditionPage | ProcedurePage) -> Node:
    """What a clinical page says of itself at its end: who stands behind it, and where to read on."""
    further: list[object] = [full(page.frame, link.href) for link in page.related]
    return given({**behind(page.frame, page.trust), "relatedLink": further})
