"""The clinic itself: clinic.yaml, where each fact lives once."""

from collections.abc import Collection

from clinic.model.appointments import Appointments, check_appointments
from clinic.model.clock import zone
from clinic.model.groups import ListOf, RecordOf, TableOf
from clinic.model.hours import SpecialDay, Week
from clinic.model.reading import ABSENT, Absent, Reader, Reading, Where, read_record, record, stated
from clinic.model.values import COLOUR, EMAIL, LANGUAGE, PHONE, Choice, Coordinates, Id, Text, Url
from clinic.problems import Problem, Span, nearest
from clinic.problems.catalogue.fields import MISSING_FIELD, NOT_A_ZONE, NOT_IN_CLINIC
from clinic.source.nodes import MapNode, Node

PATH = "clinic.yaml"
"""Where it stands in the content folder."""

NOTICES = (
    "privacy_practices",
    "website_privacy",
    "nondiscrimination",
    "language_help",
    "surprise_billing",
    "good_faith_estimate",
    "accessibility",
)
"""The notices that every page links to, or that a clinic says do not apply."""

_TEXT = Text()
_LONG = Text(most=1000)
_ID = Id()


@record
class PhoneLine:
    """A number of the clinic."""

    label: str = stated(
        _TEXT, "Whose number it is.", blank="", example="label: Reception", shows="wherever it is named"
    )
    number: str = stated(PHONE, "The number.", blank="", example='number: "+15035550100"', shows="wherever it is named")
    hours: str = stated(_TEXT, "When somebody answers.", default="", shows="beside the number")


@record
class EmailBox:
    """An e-mail address of the clinic."""

    label: str = stated(_TEXT, "Whose address it is.", blank="", shows="wherever it is named")
    address: str = stated(EMAIL, "The address.", blank="", example="address: office@example.com", shows="as a link")


@record
class Outside:
    """A number, an e-mail or a postal address outside the clinic that prose may name."""

    label: str = stated(_TEXT, "Whose it is.", blank="")
    number: str = stated(PHONE, "The number.", default="", example='number: "+18002221222"')
    email: str = stated(EMAIL, "The e-mail address.", default="", example="email: help@example.com")
    address: str = stated(_TEXT, "The postal address, on one line.", default="")


@record
class AfterHours:
    """Whom to call at 2 a.m."""

    phone: str = stated(_ID, "The name of a phone.", blank="", example="phone: main", shows="urgent and call-us cards")
    text: str = stated(_LONG, "What happens then.", default="", shows="urgent and call-us cards")


@record
class Location:
    """A place where patients are seen."""

    name: str = stated(_TEXT, "What people call it.", blank="", example="name: Main office", shows="everywhere")
    address: tuple[str, ...] = stated(
        ListOf(_TEXT), "The lines of its address.", blank=(), example="address: [1 Example Street]", shows="everywhere"
    )
    city: str = stated(_TEXT, "The city.", blank="", shows="address")
    region: str = stated(_TEXT, "The state.", default="", shows="address")
    postal_code: str = stated(_TEXT, "The postal code.", default="", shows="address")
    country: str = stated(_TEXT, "The country's two letters.", default="US", shows="map link")
    geo: tuple[float, float] | None = stated(Coordinates(), "How far north and east.", default=None, shows="map link")
    hours: Week = stated(RecordOf(Week, "the hours of a week"), "When it is open.", default=Week(), shows="everywhere")
    special_days: tuple[SpecialDay, ...] = stated(
        ListOf(RecordOf(SpecialDay, "a special day")), "Days that differ.", default=(), shows="below the hours"
    )
    access: str = stated(_LONG, "Parking, step-free ways, transit.", default="", shows="its page")
    directions: str = stated(_LONG, "How to find it.", default="", shows="its page")
    phone: str = stated(_ID, "The name of its phone.", default="", shows="beside the address")


@record
class StaffMember:
    """Somebody at the clinic who is no clinician: writes pages."""

    name: str = stated(_TEXT, "The name.", blank="", shows="as an author")
    role: str = stated(_TEXT, "What they do.", default="", shows="as an author")


@record
class Handler:
    """Who handles something, and how to reach them."""

    who: str = stated(_TEXT, "Who handles it.", blank="", shows="its page")
    phone: str = stated(_ID, "The name of their phone.", default="", shows="its page")
    email: str = stated(_ID, "The name of their e-mail.", default="", shows="its page")
    text: str = stated(_LONG, "A sentence or two.", default="", shows="its page")


@record
class NotApplicable:
    """A notice that the clinic need not give."""

    not_applicable: str = stated(_LONG, "Why it does not apply.", blank="", example="not_applicable: We …")


Notice = str | NotApplicable
"""The name of the page that gives a notice, or why there is none."""


class NoticeReader:
    """Reads the name of a page, or `not_applicable` with the reason."""

    says = "the name of a page, or not_applicable with the reason below it"

    def read(self, node: Node, reading: Reading, where: Where) -> Notice | Absent:
        """The page's name, or why there is none."""
        if isinstance(node, MapNode):
            return read_record(NotApplicable, node, reading, where, called="a notice")
        return _ID.read(node, reading, where)


@record
class Organization:
    """The clinic elsewhere."""

    profiles: tuple[str, ...] = stated(ListOf(Url()), "Links to public profiles.", default=(), shows="home page")


_NOTICE: Reader[Notice] = NoticeReader()


@record
class Notices:
    """The notices that must be one click away from every page."""

    privacy_practices: Notice | None = stated(_NOTICE, "Notice of privacy practices.", default=None, shows="footer")
    website_privacy: Notice | None = stated(_NOTICE, "What the site does with data.", default=None, shows="footer")
    nondiscrimination: Notice | None = stated(_NOTICE, "Notice of nondiscrimination.", default=None, shows="footer")
    language_help: Notice | None = stated(_NOTICE, "Help in other languages.", default=None, shows="footer, every page")
    surprise_billing: Notice | None = stated(_NOTICE, "Protection from surprise bills.", default=None, shows="footer")
    good_faith_estimate: Notice | None = stated(_NOTICE, "The right to an estimate.", default=None, shows="footer")
    accessibility: Notice | None = stated(_NOTICE, "The accessibility statement.", default=None, shows="footer")

    def page(self, notice: str) -> str | None:
        """The name of the page that gives a notice, or None."""
        value = getattr(self, notice)
        return value if isinstance(value, str) else None


@record
class Clinic:
    """The clinic: every fact about it, once."""

    name: str = stated(_TEXT, "The clinic's name.", blank="", example="name: Example Clinic", shows="everywhere")
    legal_name: str = stated(
        _TEXT, "Its name in law.", blank="", example="legal_name: Example Clinic LLC", shows="footer"
    )
    url: str = stated(Url(), "The site's public address.", example="url: https://clinic.example.com/")
    timezone: str = stated(_TEXT, "The clinic's time zone.", example="timezone: America/Los_Angeles")
    language: str = stated(LANGUAGE, "The language of the site.", blank="en", example="language: en")
    emergency: str = stated(
        _LONG,
        "The sentence that every clinical page shows.",
        blank="",
        example="emergency: If this is an emergency, call 911.",
        shows="clinical pages, appointment",
    )
    after_hours: AfterHours | None = stated(
        RecordOf(AfterHours, "after_hours"), "Whom to call when you are closed.", default=None
    )
    phones: tuple[tuple[str, PhoneLine], ...] = stated(
        TableOf(RecordOf(PhoneLine, "a phone")), "The clinic's numbers.", blank=(), example="phones: with main below it"
    )
    emails: tuple[tuple[str, EmailBox], ...] = stated(
        TableOf(RecordOf(EmailBox, "an e-mail")), "The clinic's e-mail addresses.", default=()
    )
    contacts: tuple[tuple[str, Outside], ...] = stated(
        TableOf(RecordOf(Outside, "an outside contact")),
        "Outside numbers and addresses that prose may name.",
        default=(),
    )
    locations: tuple[tuple[str, Location], ...] = stated(
        TableOf(RecordOf(Location, "a location")),
        "Where the clinic is.",
        blank=(),
        example="locations: with main below",
    )
    staff: tuple[tuple[str, StaffMember], ...] = stated(
        TableOf(RecordOf(StaffMember, "a staff member")), "People who write pages.", default=()
    )
    appointments: Appointments = stated(
        RecordOf(Appointments, "appointments"),
        "How patients ask for an appointment.",
        blank=Appointments(),
        example="appointments: with phone: main below it",
    )
    records: Handler | None = stated(RecordOf(Handler, "records"), "Who handles medical records.", default=None)
    billing: Handler | None = stated(RecordOf(Handler, "billing"), "Who handles bills.", default=None)
    body_parts: tuple[tuple[str, str], ...] = stated(
        TableOf(_TEXT), "Parts of the body that pages may name.", default=(), shows="index by body part"
    )
    navigation: tuple[str, ...] = stated(ListOf(_ID), "The main ways in.", default=(), shows="top of every page")
    notices: Notices = stated(RecordOf(Notices, "notices"), "Notices on every page.", default=Notices(), shows="footer")
    clinical_review: str = stated(
        Choice(("required", "shown")), "What happens to pages that nobody has reviewed.", default="required"
    )
    accent: str = stated(COLOUR, "The site's one colour.", default="#0b5f6b", shows="everywhere")
    logo: str = stated(_TEXT, "A picture of content/images.", default="", shows="top of every page")
    organization: Organization = stated(
        RecordOf(Organization, "organization"), "The clinic elsewhere.", default=Organization()
    )


INDEXES = ("conditions", "procedures", "announcements", "clinicians", "locations", "appointment", "search")
"""What `navigation` may name besides pages."""


def check_clinic(clinic: Clinic, reading: Reading, where: Where) -> None:
    """What holds between the parts of clinic.yaml: names that must be there, a real time zone, a way to ask."""
    _ = where
    nowhere = Span(1, 1, 1, 1)
    if zone(clinic.timezone) is None:
        advice = "In the United States: America/New_York, America/Chicago, America/Denver or America/Los_Angeles."
        reading.found(
            NOT_A_ZONE(reading.path, reading.places.get(("timezone",), nowhere), value=clinic.timezone, advice=advice)
        )
    check_appointments(clinic.appointments, reading, nowhere)
    phones, emails = set(dict(clinic.phones)), set(dict(clinic.emails))
    named: list[tuple[Where, str, str, set[str]]] = [
        (("after_hours", "phone"), clinic.after_hours.phone if clinic.after_hours else "", "phone", phones),
        (("appointments", "phone"), clinic.appointments.phone, "phone", phones),
    ]
    for desk, handler in (("records", clinic.records), ("billing", clinic.billing)):
        if handler is not None:
            named.append(((desk, "phone"), handler.phone, "phone", phones))
            named.append(((desk, "email"), handler.email, "e-mail", emails))
    named += [(("locations", name, "phone"), place.phone, "phone", phones) for name, place in clinic.locations]
    for contact, outside in clinic.contacts:
        if outside.label and not (outside.number or outside.email or outside.address):
            reading.found(
                MISSING_FIELD(
                    reading.path,
                    reading.places.get(("contacts", contact, "label", "key"), nowhere),
                    key="number",
                    called="an outside contact",
                    help="A number, an email or an address.",
                    example='number: "+18002221222"',
                )
            )
    for at, name, what, known in named:
        if name and name not in known:
            reading.found(not_in_clinic(reading.path, reading.places.get(at, nowhere), what, name, known))


def not_in_clinic(path: str, span: Span, what: str, name: str, known: Collection[str]) -> Problem:
    """That clinic.yaml has no such name, with the nearest one that it has."""
    close = nearest(name, known)
    advice = f'Did you mean "{close}"?' if close else f"There are: {', '.join(sorted(known)) or 'none yet'}."
    return NOT_IN_CLINIC(path, span, what=what, value=name, advice=advice, replacement=close)


def read_clinic(node: MapNode, reading: Reading) -> Clinic | None:
    """The clinic that clinic.yaml describes, or None where what it lacks can't be done without."""
    made = read_record(Clinic, node, reading, called="clinic.yaml", check=check_clinic)
    return None if made is ABSENT else made
