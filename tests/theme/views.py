"""Views built by hand: for every template one that fills each field, as a real page might."""

from dataclasses import replace

from markupsafe import Markup

from clinic.policy import policy
from clinic.views import indexes, pages
from clinic.views.parts import Badge, Entry, Group, LinkTo, NoticeItem, ProblemView, SectionView
from tests.theme.articles_by_hand import CLINICIAN, CONDITION, PLAIN, PROCEDURE
from tests.theme.clinic_by_hand import (
    AFTER_HOURS,
    AFTER_HOURS_TEXT,
    BANNER,
    EAST,
    IMPORTANT,
    MAIN,
    NURSE,
    RECEPTION,
    REVIEWED,
    URGENT,
    day,
    frame,
    section,
)

__all__ = [
    "ANNOUNCEMENT",
    "APPOINTMENT",
    "CONDITION",
    "FORM",
    "FULL",
    "HOME",
    "INDEX",
    "PLAIN",
    "PROCEDURE",
    "REDIRECT",
    "REVIEWED",
    "UNREADABLE",
    "URGENT",
    "section",
]

NOTICES = (
    NoticeItem(
        title="Closed on Thursday 26 November and Friday 27 November 2026",
        summary="Call before Wednesday at noon if you need a refill.",
        href="/announcements/thanksgiving-2026/",
        date=day("2026-11-16", "Monday 16 November 2026"),
        holds="Until the end of Friday 27 November 2026",
        ended=False,
        topic="Closure",
        places=("Washington building",),
    ),
    NoticeItem(
        title="Our phone menu has changed",
        summary="Press 2 for the nurse line.",
        href="/announcements/phone-menu-2026/",
        date=day("2026-10-05", "Monday 5 October 2026"),
        holds="Until further notice",
        ended=False,
        topic="Service",
        places=(),
    ),
)
ENDED = NoticeItem(
    title="We have moved across the hall",
    summary="Our door is now opposite the old one.",
    href="/announcements/move-across-the-hall/",
    date=day("2023-03-01", "Wednesday 1 March 2023"),
    holds="Ended on Friday 1 March 2024",
    ended=True,
    topic="Move",
    places=(),
)

ANNOUNCEMENT = pages.AnnouncementPage(
    frame=frame("Closed for Thanksgiving", ("Announcements", "/announcements/")),
    title="Closed on Thursday 26 November and Friday 27 November 2026",
    summary="Call before Wednesday at noon if you need a refill.",
    date=day("2026-11-16", "Monday 16 November 2026"),
    topic="Closure",
    holds="Until the end of Friday 27 November 2026",
    until="2026-11-27",
    state="live",
    ended=None,
    places=(LinkTo(text="Washington building", href="/locations/main/"),),
    closed=(day("2026-11-26", "Thursday 26 November 2026"), day("2026-11-27", "Friday 27 November 2026")),
    supersedes=LinkTo(text="Holiday hours", href="/announcements/holiday-hours/"),
    superseded_by=None,
    lead=(Markup("<p>We are closed on both days. We open again on Monday, November 30.</p>"),),
    sections=(section("", "Refills", "<p>Ask by Wednesday at noon. Call the nurse line.</p>"),),
    footnotes=Markup(""),
    phone=RECEPTION,
)

WAYS = (
    LinkTo(text="Conditions", href="/conditions/", note="What may hurt, and what helps."),
    LinkTo(text="Procedures", href="/procedures/", note="What we do, and how to get ready."),
    LinkTo(text="Ask for an appointment", href="/appointment/", note="By phone, in the portal or with a form."),
    LinkTo(text="Medical records", href="/records/", note="How to get a copy."),
    LinkTo(text="Locations", href="/locations/", note="Addresses, hours and parking."),
)

HOME = pages.HomePage(
    frame=replace(frame("Portland Pain and Spine"), breadcrumb=(), banners=(BANNER,)),
    title="Care for pain of the back, neck and nerves",
    summary="Portland Pain and Spine treats pain of the spine and nerves. Call 503-555-0100, or send a request.",
    announcements=NOTICES,
    lead=(),
    sections=(
        section("", "What we do", "<p>We are a clinic for people with pain in the back, the neck or the legs.</p>"),
        section("", "How to start", "<ol>\n<li>Call reception.</li>\n<li>Bring a list of your medicines.</li>\n</ol>"),
    ),
    footnotes=Markup(""),
    ways=WAYS,
    phones=(RECEPTION, NURSE),
    after_hours=AFTER_HOURS,
    after_hours_text=AFTER_HOURS_TEXT,
    all_announcements=LinkTo(text="All announcements", href="/announcements/"),
    profiles=(LinkTo(text="example.com", href="https://www.example.com/portland-pain-and-spine"),),
)

FORM = pages.AppointmentForm(
    action="https://forms.example.com/appointment",
    fields=(
        pages.FormField(name="name", label="Your name", control="text", autocomplete="name", required=True),
        pages.FormField(name="phone", label="Your phone number", control="tel", autocomplete="tel", required=True),
        pages.FormField(name="email", label="Your e-mail", control="email", autocomplete="email", required=False),
        pages.FormField(
            name="best-time",
            label="When is a good time to call you?",
            control="choice",
            autocomplete="",
            required=False,
            choices=(("morning", "In the morning"), ("afternoon", "In the afternoon"), ("any", "At any time")),
        ),
        pages.FormField(
            name="new-patient",
            label="Have you been here before?",
            control="choice",
            autocomplete="",
            required=True,
            choices=(("no", "No, I am new"), ("yes", "Yes")),
        ),
        pages.FormField(
            name="language",
            label="Which language do you speak?",
            control="text",
            autocomplete="language",
            required=False,
        ),
    ),
)
APPOINTMENT = pages.AppointmentPage(
    frame=replace(
        frame("Request an appointment", emergency=True),
        policy=policy(form=FORM.action, redirects=("https://clinic.example.com",)),
        referrer="strict-origin",
    ),
    title="Request an appointment",
    summary="Ask for a visit by phone, through the patient portal, or with a short form.",
    phone=RECEPTION,
    after_hours=AFTER_HOURS,
    after_hours_text=AFTER_HOURS_TEXT,
    portal=LinkTo(text="Open the patient portal", href="https://portal.example.com/", note="For people with a login."),
    form=FORM,
    relay="If you are deaf, hard of hearing or have trouble speaking, dial 711 for the relay service.",
    interpreter="Tell us your language. We will have an interpreter on the line at no cost to you.",
    answered="We answer requests on the next day that we are open, by 5 pm.",
    lead=(
        Markup("<p>Have your name and a phone number ready.</p>"),
        replace(IMPORTANT, title=Markup("Leave your health out of the form")),
    ),
    sections=(
        section("", "What happens next", "<ol>\n<li>We call you back.</li>\n<li>We agree on a day.</li>\n</ol>"),
    ),
    footnotes=Markup(""),
)

LOCATION = pages.LocationPage(
    frame=frame("Washington building", ("Locations", "/locations/")),
    title="Washington building",
    place=MAIN,
    access="The front door has no step and opens with a button. The elevator goes to every floor.",
    directions="Come in by the front door and take the elevator to the second floor.",
    map=LinkTo(
        text="See it on a map",
        href="https://www.openstreetmap.org/?mlat=45.5152&mlon=-122.6784",
        note="Opens another site.",
    ),
    geo=(45.5152, -122.6784),
    clinicians=(LinkTo(text="Dr. Balog", href="/clinicians/dr-balog/", note="Pain physician"),),
    procedures=(LinkTo(text="Lumbar sympathetic block", href="/procedures/lumbar-sympathetic-block/"),),
    announcements=NOTICES[:1],
)

WITHDRAWN = pages.WithdrawnPage(
    frame=replace(frame("This page was withdrawn"), indexable=False),
    title="This page was withdrawn",
    why="We no longer offer this treatment.",
    phone=RECEPTION,
    after_hours=AFTER_HOURS,
)

UNREADABLE = pages.UnreadablePage(
    frame=replace(
        frame("procedures/broken.md"),
        indexable=False,
        badges=(
            Badge(kind="draft", text="Draft: patients do not see this page"),
            Badge(kind="overdue", text="Its review is late"),
        ),
        problems=(
            ProblemView(
                code="FM001",
                severity="error",
                where="procedures/broken.md, line 3",
                message="The header has two titles.",
                hint="Keep one of them.",
                excerpt="  3 | title: Second title that is so long that it does not fit on a phone\n    | ^^^^^",
            ),
            ProblemView(
                code="IMG002", severity="warning", where="line 9", message="A picture is large.", hint="", excerpt=""
            ),
            ProblemView(code="SEC9", severity="info", where="line 12", message="Short.", hint="Say more.", excerpt=""),
        ),
        problems_elsewhere=3,
    ),
    title="procedures/broken.md",
)

GROUPS = (
    Group(
        anchor="letter-c",
        heading="C",
        entries=(
            Entry(
                title="Complex regional pain syndrome",
                href="/conditions/complex-regional-pain-syndrome/",
                summary="Pain in an arm or a leg that lasts long after an injury.",
            ),
            Entry(
                title="CRPS",
                href="/conditions/complex-regional-pain-syndrome/",
                summary="",
                see="Complex regional pain syndrome",
            ),
        ),
    ),
    Group(
        anchor="letter-s",
        heading="S",
        entries=(
            Entry(title="Sciatica", href="/conditions/sciatica/", summary="Pain that runs from the back down a leg."),
        ),
        more=LinkTo(text="Letter S", href="/conditions/a-to-z/s/", note="12 pages"),
    ),
)
LETTERS = tuple(
    LinkTo(text=letter, href=f"#letter-{letter.lower()}" if letter in "CS" else "")
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)
OTHER_WAYS = (
    LinkTo(text="A to Z", href="/conditions/", current=True),
    LinkTo(text="By part of the body", href="/conditions/by-body-part/"),
    LinkTo(text="By symptom", href="/conditions/by-symptom/"),
)

INDEX = indexes.IndexPage(
    frame=frame("Conditions"),
    title="Conditions A to Z",
    summary="What may hurt, and what helps.",
    letters=LETTERS,
    groups=GROUPS,
    other_ways=OTHER_WAYS,
    empty="",
)

ANNOUNCEMENTS = indexes.AnnouncementsPage(
    frame=frame("Announcements"),
    title="Announcements",
    summary="What has changed at the clinic.",
    live=NOTICES,
    years=(
        indexes.Year(anchor="year-2026", heading="2026", items=NOTICES),
        indexes.Year(
            anchor="year-2023",
            heading="2023",
            items=(ENDED,),
            more=LinkTo(text="2023", href="/announcements/by-year/2023/", note="7 announcements"),
        ),
    ),
)

LOCATIONS = indexes.LocationsPage(
    frame=frame("Locations"), title="Locations", summary="Where we are, and when we are open.", places=(MAIN, EAST)
)

SEARCH = indexes.SearchPage(
    frame=replace(frame("Search"), indexable=False, policy=policy(script=True)),
    title="Find a page",
    summary="Every page, under every name that people know it by.",
    finder=indexes.Finder(
        script="/a/search.0123456789abcdef.js",
        names="/a/search.en.0123456789abcdef.json",
        more=("/a/search.en.more.0123456789abcdef.json", "/a/search.es.0123456789abcdef.json"),
    ),
    lead=(Markup("<p>What you type stays on your device.</p>"),),
    sections=(SectionView(anchor="how", heading="How to search", meaning="", parts=(Markup("<p>Type a word.</p>"),)),),
    footnotes=Markup("<ol><li>A note.</li></ol>"),
    phone=RECEPTION,
    everything="Everything A to Z",
    groups=GROUPS,
    letters=LETTERS,
    other_ways=OTHER_WAYS,
)

NOT_FOUND = indexes.NotFoundPage(
    frame=replace(frame("Page not found"), indexable=False, canonical="", breadcrumb=()),
    title="There is no page here",
    summary="The address may be mistyped, or the page may have moved.",
    ways=WAYS,
    entries=GROUPS[0].entries,
)

REDIRECT = indexes.RedirectPage(
    lang="en",
    title="Lumbar sympathetic block",
    href="/procedures/lumbar-sympathetic-block/",
    canonical="https://clinic.example.com/procedures/lumbar-sympathetic-block/",
    stylesheet="/a/style.css",
    icon="/a/icon.svg",
    policy=policy(),
    header_policy=1,
)

FULL: dict[str, object] = {
    "announcement.html": ANNOUNCEMENT,
    "announcements.html": ANNOUNCEMENTS,
    "appointment.html": APPOINTMENT,
    "clinician.html": CLINICIAN,
    "condition.html": CONDITION,
    "home.html": HOME,
    "index.html": INDEX,
    "location.html": LOCATION,
    "locations.html": LOCATIONS,
    "not-found.html": NOT_FOUND,
    "page.html": PLAIN,
    "procedure.html": PROCEDURE,
    "redirect.html": REDIRECT,
    "search.html": SEARCH,
    "unreadable.html": UNREADABLE,
    "withdrawn.html": WITHDRAWN,
}
"""For every template a view with all its fields filled."""
