"""The views of pages that an editor wrote. The functions that build them are in clinic/views/build_*.py."""

from typing import Literal

from markupsafe import Markup

from clinic.views.frame import Frame
from clinic.views.parts import (
    CareCardView,
    DateText,
    Email,
    Fact,
    LinkTo,
    NoticeItem,
    Phone,
    Place,
    SectionView,
    Trust,
)
from clinic.views.view import part, view


@view("condition.html")
class ConditionPage:
    """One condition, as a patient reads it."""

    frame: Frame
    """What every page shows."""
    title: str
    """The name that the page goes by."""
    also_called: tuple[str, ...]
    """Other names that patients use."""
    summary: str
    """One sentence."""
    emergency: tuple[CareCardView, ...]
    """Emergency and urgent cards, right under the title; nowhere else."""
    lead: tuple[Markup | CareCardView, ...]
    """What stands before the first section."""
    sections: tuple[SectionView, ...]
    """In the patient's order, not the file's: what it is, symptoms, when to get help, causes, diagnosis, treatment."""
    symptoms: tuple[str, ...]
    """Short phrases; shown with the section of that meaning."""
    treatments: tuple[LinkTo, ...]
    """Our procedures for it, written at either end of the relation; shown with the section on treatment."""
    body_parts: tuple[LinkTo, ...]
    """Where in the body: ways to the index by part of the body."""
    footnotes: Markup
    """Footnotes of the author's own, or empty."""
    appointment: LinkTo | None
    """How to ask for an appointment."""
    trust: Trust
    """Who wrote it, reviewed it, from which sources."""
    related: tuple[LinkTo, ...]
    """Further pages."""


@view("procedure.html")
class ProcedurePage:
    """One procedure, as a patient reads it."""

    frame: Frame
    """What every page shows."""
    title: str
    """The name that the page goes by."""
    also_called: tuple[str, ...]
    """Other names that patients use."""
    summary: str
    """One sentence."""
    emergency: tuple[CareCardView, ...]
    """The emergency card, right under the title; nowhere else."""
    imaging: bool
    """Whether it makes pictures of the body: a test, and no treatment."""
    at_a_glance: tuple[Fact, ...]
    """What people ask first: how long, awake or not, a driver, fasting, time off, cost, who, where."""
    lead: tuple[Markup | CareCardView, ...]
    """What stands before the first section."""
    sections: tuple[SectionView, ...]
    """In the patient's order: what it is, why, who should not, preparing, what happens, when to call, after, risks."""
    treats: tuple[LinkTo, ...]
    """Conditions that it treats, or helps to find; written at either end of the relation."""
    body_parts: tuple[LinkTo, ...]
    """Where in the body: ways to the index by part of the body."""
    footnotes: Markup
    """Footnotes of the author's own, or empty."""
    appointment: LinkTo | None
    """How to ask for an appointment."""
    trust: Trust
    """Who wrote it, reviewed it, from which sources."""
    related: tuple[LinkTo, ...]
    """Further pages."""


@view("announcement.html")
class AnnouncementPage:
    """One announcement."""

    frame: Frame
    """What every page shows."""
    title: str
    """What it says."""
    summary: str
    """One sentence."""
    date: DateText
    """When it was announced."""
    topic: str
    """What it is about, in words."""
    holds: str
    """Until when it holds, in words."""
    until: str
    """The same for machines: a day, or a moment with its offset from UTC (ISO 8601); empty where no end is known."""
    state: Literal["upcoming", "live", "ended", "superseded"]
    """Where it stands in time."""
    ended: DateText | None
    """When it ended, where it has."""
    places: tuple[LinkTo, ...]
    """Which locations it is about; empty where it is about all."""
    closed: tuple[DateText, ...]
    """Days on which those locations are closed."""
    supersedes: LinkTo | None
    """The announcement that it replaces."""
    superseded_by: LinkTo | None
    """The announcement that replaces it, once that one is public."""
    lead: tuple[Markup | CareCardView, ...]
    """What stands before the first section."""
    sections: tuple[SectionView, ...]
    """Its sections, in the file's order."""
    footnotes: Markup
    """Footnotes, or empty."""
    phone: Phone | None
    """Whom to ask."""


@view("clinician.html")
class ClinicianPage:
    """One clinician."""

    frame: Frame
    """What every page shows."""
    name: str
    """The full name, with credentials where there are any."""
    role: str
    """What they do here."""
    summary: str
    """One sentence."""
    photo: Markup
    """The picture, ready made, or empty."""
    boards: tuple[str, ...]
    """The boards that certified them, by full name."""
    specialties: tuple[str, ...]
    """What they know most about."""
    languages: tuple[str, ...]
    """Languages they speak, in words."""
    places: tuple[LinkTo, ...]
    """Where they work."""
    npi: str
    """The National Provider Identifier, or empty."""
    left: DateText | None
    """When they left, where they have."""
    physician: bool
    """Whether what the page says of their role or degrees makes them a physician."""
    performs: tuple[LinkTo, ...]
    """Procedures that they perform."""
    lead: tuple[Markup | CareCardView, ...]
    """What stands before the first section."""
    sections: tuple[SectionView, ...]
    """Sections of the page, in the file's order."""
    footnotes: Markup
    """Footnotes, or empty."""
    appointment: LinkTo | None
    """How to ask for an appointment."""


@view("page.html")
class PlainPage:
    """A page of its own: records, billing, privacy and the like."""

    frame: Frame
    """What every page shows."""
    title: str
    """Its title."""
    summary: str
    """One sentence."""
    lead: tuple[Markup | CareCardView, ...]
    """What stands before the first section."""
    sections: tuple[SectionView, ...]
    """Its sections, in the file's order."""
    footnotes: Markup
    """Footnotes, or empty."""
    contact: "Contact | None" = None
    """Who handles it and how to reach them: on the pages for records and billing."""


@part
class Contact:
    """Who handles something, and how to reach them."""

    who: str
    """A person, a desk or a company."""
    text: str
    """A sentence or two."""
    phone: Phone | None
    """Their number."""
    email: Email | None
    """Their address."""


@view("home.html")
class HomePage:
    """The home page: what the clinic does, what is new, how to reach it, ways in."""

    frame: Frame
    """What every page shows."""
    title: str
    """The heading."""
    summary: str
    """One sentence."""
    announcements: tuple[NoticeItem, ...]
    """Those that are live; where there are none the page says nothing about them."""
    lead: tuple[Markup | CareCardView, ...]
    """What stands before the first section."""
    sections: tuple[SectionView, ...]
    """Its sections, in the file's order."""
    footnotes: Markup
    """Footnotes, or empty."""
    ways: tuple[LinkTo, ...]
    """Ways in: conditions, procedures, appointment, records, locations, each with a note."""
    phones: tuple[Phone, ...]
    """How to reach the clinic now."""
    after_hours: Phone | None
    """Whom to call when it is closed."""
    after_hours_text: str
    """The clinic's own words about that."""
    all_announcements: LinkTo | None
    """The way to all announcements, ended ones too."""
    profiles: tuple[LinkTo, ...]
    """The clinic's own pages elsewhere."""


@part
class FormField:
    """One field of the appointment form."""

    name: str
    """The name under which the endpoint gets it."""
    label: str
    """What it asks for."""
    control: Literal["text", "tel", "email", "choice"]
    """What people fill in."""
    autocomplete: str
    """The autofill token (HTML 4.10.18.7), or empty."""
    required: bool
    """Whether the form needs it."""
    choices: tuple[tuple[str, str], ...] = ()
    """Value and label of each choice."""


@part
class AppointmentForm:
    """The one form of the site: it posts to the clinic's own endpoint and asks nothing about anybody's health."""

    action: str
    """The https endpoint."""
    fields: tuple[FormField, ...]
    """What it asks."""


@view("appointment.html")
class AppointmentPage:
    """How to ask for an appointment. The emergency sentence comes first (in the frame)."""

    frame: Frame
    """What every page shows."""
    title: str
    """Its title."""
    summary: str
    """One sentence."""
    phone: Phone | None
    """The number to call, with its hours."""
    after_hours: Phone | None
    """Whom to call when the clinic is closed."""
    after_hours_text: str
    """The clinic's own words about that."""
    portal: LinkTo | None
    """The patient portal."""
    form: AppointmentForm | None
    """The form."""
    relay: str
    """For people who are deaf or can't speak: the relay line."""
    interpreter: str
    """How to get an interpreter."""
    answered: str
    """When the clinic answers."""
    lead: tuple[Markup | CareCardView, ...]
    """What stands before the first section."""
    sections: tuple[SectionView, ...]
    """Its sections, in the file's order."""
    footnotes: Markup
    """Footnotes, or empty."""


@view("location.html")
class LocationPage:
    """One location, made from clinic.yaml."""

    frame: Frame
    """What every page shows."""
    title: str
    """Its name."""
    place: Place
    """Address, hours, special days, phone."""
    access: str
    """Parking, step-free ways, public transport."""
    directions: str
    """How to find it."""
    map: LinkTo | None
    """Its place on a map, as a plain link."""
    geo: tuple[float, float] | None
    """How far north and east that is, in degrees (WGS 84)."""
    clinicians: tuple[LinkTo, ...]
    """Who works there."""
    procedures: tuple[LinkTo, ...]
    """What is done there."""
    announcements: tuple[NoticeItem, ...]
    """Live announcements about it."""


@view("withdrawn.html")
class WithdrawnPage:
    """A page that was withdrawn: a short notice in its place, none of the old text."""

    frame: Frame
    """What every page shows."""
    title: str
    """That the page was withdrawn: never the old title."""
    why: str
    """Why, in the editor's words."""
    phone: Phone | None
    """Whom to ask."""
    after_hours: Phone | None
    """Whom to ask when the clinic is closed."""


@view("unreadable.html")
class UnreadablePage:
    """A file that cannot be read well enough to be a page: its problems in its place. For editors only."""

    frame: Frame
    """What every page shows; its problems are all that the page says."""
    title: str
    """The file's name."""
