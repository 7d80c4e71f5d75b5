"""The clinic and its locations: address, phone, opening hours with their special days."""

import datetime as dt

from clinic.structured.node import Node, full, node
from clinic.views.frame import Frame
from clinic.views.parts import HoursRow, LinkTo, Phone, Place

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""schema.org's names of the days of the week, in the order of ISO 8601."""

CLINIC = "#clinic"
"""The part of the home page's address that stands for the clinic as a whole."""

PLACE = "#place"
"""The part of a location's address that stands for the location."""

CLOSED = dt.time(0, 0)
"""A day that is closed opens and closes at midnight: no span to schema.org, and what search engines ask for."""


def clinic(frame: Frame, **more: object) -> Node:
    """The clinic as a whole, as every page names it."""
    home = full(frame, frame.home.href)
    return node("MedicalOrganization", at=f"{home}{CLINIC}", name=frame.clinic, url=home, **more)


def whole_clinic(frame: Frame, phones: tuple[Phone, ...] = (), profiles: tuple[LinkTo, ...] = ()) -> Node:
    """The clinic with its phones and its pages elsewhere, as the home page tells of it."""
    return clinic(
        frame,
        legalName=frame.legal_name,
        logo=full(frame, frame.assets.logo_file),
        contactPoint=contact_points(phones),
        sameAs=[link.href for link in profiles],
    )


def contact_points(phones: tuple[Phone, ...]) -> list[object]:
    """Numbers to call: whose they are, and the number as machines dial it (ITU-T E.164)."""
    return [node("ContactPoint", contactType=phone.label, telephone=dialled(phone)) for phone in phones]


def dialled(phone: Phone | None) -> str:
    """A number as machines dial it: what its `tel:` link says."""
    return phone.href.removeprefix("tel:") if phone else ""


def place_node(frame: Frame, place: Place, **more: object) -> Node:
    """A location, with all that a page shows of it."""
    address = full(frame, place.href)
    special = [spec for row in place.special_days for spec in _special(row)]
    return node(
        "MedicalClinic",
        at=f"{address}{PLACE}",
        name=place.name,
        url=address,
        address=node(
            "PostalAddress",
            streetAddress=", ".join(place.street),
            addressLocality=place.city,
            addressRegion=place.region,
            postalCode=place.postal_code,
        ),
        telephone=dialled(place.phone),
        # Search engines read special days among the others; schema.org has a property of its own for them.
        openingHoursSpecification=[*(spec for row in place.hours for spec in _ordinary(row)), *special],
        specialOpeningHoursSpecification=special,
        parentOrganization=clinic(frame),
        **more,
    )


def _ordinary(row: HoursRow) -> list[object]:
    """The hours of ordinary days; a day that is not named is closed."""
    days: list[object] = [DAYS[number] for number in row.weekdays]
    return [
        node("OpeningHoursSpecification", dayOfWeek=days, opens=_time(opens), closes=_time(closes))
        for opens, closes in row.spans
        if days
    ]


def _special(row: HoursRow) -> list[object]:
    """The hours of a day that differs."""
    if row.date is None:
        return []
    day = row.date.isoformat()
    return [
        node("OpeningHoursSpecification", opens=_time(opens), closes=_time(closes), validFrom=day, validThrough=day)
        for opens, closes in row.spans or ((CLOSED, CLOSED),)
    ]


def _time(time: dt.time) -> str:
    return time.isoformat("minutes")
