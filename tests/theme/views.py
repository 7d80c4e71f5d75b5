"""Views built by hand: for every template one that fills each field, as a real page might."""

from dataclasses import replace

from markupsafe import Markup

from clinic.policy import policy
from clinic.views import indexes, pages
from clinic.views.frame import Assets, Frame
from clinic.views.parts import (
    Badge,
    Banner,
    CareCardView,
    Change,
    DateText,
    Email,
    Entry,
    Fact,
    Group,
    HoursRow,
    LinkTo,
    NoticeItem,
    Phone,
    Place,
    ProblemView,
    Review,
    SectionView,
    SourceView,
    Trust,
)

RECEPTION = Phone(
    label="Reception", number="503-555-0100", href="tel:+15035550100", hours="Monday to Friday, 8 am to 5 pm"
)
NURSE = Phone(
    label="Nurse line", number="503-555-0110", href="tel:+15035550110", hours="Monday to Friday, 8 am to 4 pm"
)
AFTER_HOURS = Phone(label="After-hours nurse", number="503-555-0199", href="tel:+15035550199")
AFTER_HOURS_TEXT = "At night, on weekends and on days when we are closed, a nurse answers this line."

MAIN = Place(
    name="Washington building",
    href="/locations/main/",
    address=("Suite 200, 1 Example Street", "Portland, OR 97201"),
    phone=RECEPTION,
    hours=(
        HoursRow(days="Monday", times="8 am to noon and 1 pm to 5 pm"),
        HoursRow(days="Tuesday to Thursday", times="8 am to 5 pm"),
        HoursRow(days="Friday", times="8 am to noon and 1 pm to 4 pm"),
        HoursRow(days="Saturday and Sunday", times="Closed"),
    ),
    special_days=(
        HoursRow(days="Thursday 24 December 2026", times="8 am to noon", special=True, why="Christmas Eve, a half day"),
        HoursRow(days="Friday 25 December 2026", times="Closed", special=True, why="Christmas Day"),
    ),
)
EAST = Place(
    name="East side office",
    href="/locations/east/",
    address=("22 Sample Avenue", "Portland, OR 97215"),
    phone=Phone(label="East side office", number="503-555-0140", href="tel:+15035550140"),
    hours=(HoursRow(days="Tuesday and Thursday", times="9 am to 4 pm"),),
    special_days=(),
)


def day(iso: str, text: str) -> DateText:
    """A date."""
    return DateText(iso=iso, text=text)


def frame(title: str, *way: tuple[str, str], emergency: bool = False) -> Frame:
    """A frame as the sample clinic has it."""
    return Frame(
        lang="en",
        direction="ltr",
        clinic="Portland Pain and Spine",
        document_title=f"{title} - Portland Pain and Spine",
        description="What it is, how it is treated and when to get help.",
        canonical="https://clinic.example.com/a-page/",
        indexable=True,
        home=LinkTo(text="Home", href="/"),
        navigation=(
            LinkTo(text="Conditions", href="/conditions/", current=True),
            LinkTo(text="Procedures", href="/procedures/"),
            LinkTo(text="Announcements", href="/announcements/"),
            LinkTo(text="Clinicians", href="/clinicians/"),
            LinkTo(text="Locations", href="/locations/"),
            LinkTo(text="Appointment", href="/appointment/"),
        ),
        breadcrumb=(
            LinkTo(text="Home", href="/"),
            *(LinkTo(text=text, href=href) for text, href in way),
            LinkTo(text=title, href="/a-page/", current=True),
        ),
        phone=RECEPTION,
        emergency="If this is an emergency, call 911." if emergency else "",
        banners=(),
        notices=(
            LinkTo(text="Privacy practices", href="/privacy-practices/"),
            LinkTo(text="Privacy on this website", href="/website-privacy/"),
            LinkTo(text="Nondiscrimination", href="/nondiscrimination/"),
            LinkTo(text="Language help · Ayuda en español · 語言協助 · مساعدة لغوية", href="/language-help/"),
            LinkTo(text="Accessibility", href="/accessibility/"),
        ),
        places=(MAIN, EAST),
        legal_name="Portland Pain and Spine (sample site)",
        feed="/announcements/feed.xml",
        search="/search/",
        assets=Assets(stylesheet="/a/style.css", icon="/a/icon.svg", logo="/a/logo.png"),
        policy=policy(),
        referrer="no-referrer",
        header_policy=1,
        changed=None,
    )


BANNER = Banner(
    title="Closed on Thursday 26 November and Friday 27 November 2026",
    summary="Call before Wednesday at noon if you need a refill.",
    href="/announcements/thanksgiving-2026/",
    holds="Until the end of Friday 27 November 2026",
    places=("Washington building", "East side office"),
)

EMERGENCY = CareCardView(
    kind="emergency",
    urgency="Emergency",
    title=Markup("After this injection, call 911 now if"),
    body=Markup(
        "<ul>\n<li>you can't control your bladder or bowels</li>\n<li>you have new weakness in a leg</li>\n"
        "<li>you have trouble breathing, or your face or throat swells</li>\n</ul>"
    ),
)
URGENT = CareCardView(
    kind="urgent",
    urgency="Get help today",
    title=Markup("Call us today if"),
    body=Markup("<ul>\n<li>you have a fever over 101 °F</li>\n<li>the place of the needle is red and hot</li>\n</ul>"),
    phones=(RECEPTION,),
    after_hours=AFTER_HOURS,
    after_hours_text=AFTER_HOURS_TEXT,
)
CALL_US = CareCardView(
    kind="call-us",
    urgency="Call us",
    title=Markup("Call us if"),
    body=Markup(
        "<ul>\n<li>the pain is worse after 3 days</li>\n<li>you have a question about your medicines</li>\n</ul>"
    ),
    phones=(RECEPTION, NURSE),
    after_hours=AFTER_HOURS,
    after_hours_text=AFTER_HOURS_TEXT,
)
DO = CareCardView(
    kind="do",
    urgency="Do",
    title=Markup("On the day before"),
    body=Markup("<ul>\n<li>drink water as you always do</li>\n<li>find somebody who can drive you home</li>\n</ul>"),
)
DONT = CareCardView(
    kind="dont",
    urgency="Do not",
    title=Markup("On the day itself"),
    body=Markup(
        "<ul>\n<li>do not eat for 6 hours before</li>\n<li>do not stop a blood thinner on your own</li>\n</ul>"
    ),
)
IMPORTANT = CareCardView(
    kind="important",
    urgency="Important",
    title=Markup("Tell us about blood thinners"),
    body=Markup("<p>Call the nurse line at least 7 days before. Do not stop any medicine before we have talked.</p>"),
)
NOTE = CareCardView(
    kind="note",
    urgency="Note",
    title=Markup("Most people go home after an hour"),
    body=Markup("<p>We watch you until you can stand safely.</p>"),
)


def section(meaning: str, heading: str, *parts: str | CareCardView) -> SectionView:
    """A section; text is taken as HTML."""
    return SectionView(
        anchor=heading.lower().replace(" ", "-").replace("?", "").replace(",", ""),
        heading=heading,
        meaning=meaning,
        parts=tuple(Markup(part) if isinstance(part, str) else part for part in parts),
    )


SOURCES = (
    SourceView(
        number=1,
        anchor="source-1",
        title="Complex Regional Pain Syndrome",
        publisher="National Institute of Neurological Disorders and Stroke",
        href="https://www.example.org/crps",
        accessed=day("2026-11-02", "Monday 2 November 2026"),
    ),
    SourceView(
        number=2,
        anchor="source-2",
        title="Sympathetic nerve blocks: what patients ask",
        publisher="Example Society of Pain Medicine",
        href="https://www.example.org/a/very/long/address/that/does/not/break/anywhere/and-goes-on-and-on-for-ever",
        accessed=day("2026-11-03", "Tuesday 3 November 2026"),
    ),
)
TRUST = Trust(
    author="Website team",
    author_href="",
    author_role="Writes the pages of this site",
    review=Review(state="awaits"),
    sources=SOURCES,
    changes=(
        Change(date=day("2026-11-05", "Thursday 5 November 2026"), what="Says how long to wait before driving."),
        Change(date=day("2026-10-01", "Thursday 1 October 2026"), what="First version."),
    ),
)
REVIEWED = replace(
    TRUST,
    author="Dr. Example",
    author_href="/clinicians/example/",
    review=Review(
        state="reviewed",
        by=LinkTo(text="Dr. Example", href="/clinicians/example/", note="Pain physician"),
        on=day("2026-09-01", "Tuesday 1 September 2026"),
        next=day("2028-09-01", "Friday 1 September 2028"),
    ),
)

TABLE = (
    '<table><thead><tr><th scope="col">Medicine</th>'
    "<th>Name you may know</th><th>Ask us how long before</th><th>Who decides</th></tr></thead><tbody>"
    "<tr><td>Warfarin</td><td>Coumadin</td><td>At least 7 days</td><td>Its prescriber, with us</td></tr>"
    "<tr><td>Clopidogrel</td><td>Plavix</td><td>At least 10 days</td><td>Its prescriber, with us</td></tr>"
    "</tbody></table>"
)

PROCEDURE = pages.ProcedurePage(
    frame=frame("Lumbar sympathetic block", ("Procedures", "/procedures/"), emergency=True),
    title="Lumbar sympathetic block",
    also_called=("sympathetic nerve block", "LSB"),
    summary="An injection beside the spine that quiets the nerves which keep pain in a leg going.",
    emergency=(EMERGENCY,),
    at_a_glance=(
        Fact(label="How long", value="About 30 minutes, and 1 hour of rest"),
        Fact(label="Awake or not", value="Awake, with numbing medicine"),
        Fact(label="A driver", value="You need somebody to drive you home"),
        Fact(label="Eating and drinking", value="Nothing to eat for 6 hours before"),
        Fact(label="Time off", value="The rest of the day"),
        Fact(
            label="Who does it",
            value="",
            links=(
                LinkTo(text="Dr. Balog", href="/clinicians/dr-balog/"),
                LinkTo(text="Example Clinician A", href="/clinicians/example-clinician-a/"),
            ),
        ),
        Fact(label="Where", value="", links=(LinkTo(text="Washington building", href="/locations/main/"),)),
    ),
    lead=(Markup("<p>Read this page before you come. Bring your questions.</p>"), NOTE),
    sections=(
        section(
            "what-it-is",
            "What is it?",
            "<p>A doctor puts numbing medicine beside the spine in your lower back."
            '<sup><a href="#source-1">1</a></sup> '
            "There run the <dfn>sympathetic nerves</dfn>, which can keep pain in a leg going.</p>\n"
            "<h3>How likely it is to help</h3>\n<p>Of 100 people who have it, 50 have less pain after a week.</p>",
        ),
        section("why", "Why is it done?", "<p>For pain in a leg that does not go away.</p>"),
        section("who-should-not", "Who should not have it?", "<p>Tell us first about these.</p>", IMPORTANT, TABLE),
        section("preparing", "Getting ready", "<p>Read both lists.</p>", DO, DONT),
        section(
            "what-happens",
            "What happens?",
            "<ol>\n<li>You lie on your belly.</li>\n<li>We numb the skin.</li>\n"
            "<li>The doctor guides a thin needle with X-ray pictures.</li>\n</ol>",
        ),
        section("when-to-call", "When to call", CALL_US),
        section("after", "After the injection", "<p>Your leg may feel warm for a few hours.</p>"),
        section("", "Other choices", "<p>Physical therapy helps many people.</p>"),
        section("risks", "Risks", "<p>Of 100 people, about 2 have a bruise that hurts for a week.</p>"),
    ),
    treats=(
        LinkTo(
            text="Complex regional pain syndrome",
            href="/conditions/complex-regional-pain-syndrome/",
            note="Pain in an arm or a leg that lasts long after an injury.",
        ),
    ),
    body_parts=(LinkTo(text="Leg and foot", href="/conditions/by-body-part/#leg"),),
    footnotes=Markup('<div class="footnote"><ol><li id="fn-1"><p>In the words of our nurses.</p></li></ol></div>'),
    appointment=LinkTo(text="Ask for an appointment", href="/appointment/"),
    trust=TRUST,
    related=(LinkTo(text="Sciatica", href="/conditions/sciatica/", note="Pain that runs down a leg."),),
)

CONDITION = pages.ConditionPage(
    frame=frame("Complex regional pain syndrome", ("Conditions", "/conditions/"), emergency=True),
    title="Complex regional pain syndrome",
    also_called=("CRPS", "reflex sympathetic dystrophy", "causalgia"),
    summary="Pain in an arm or a leg that is stronger and lasts longer than the injury before it.",
    emergency=(
        replace(EMERGENCY, title=Markup("Call 911 now if")),
        URGENT,
    ),
    lead=(Markup("<p>It is rare, and it is nobody's fault.</p>"),),
    sections=(
        section("what-it-is", "What is it?", "<p>The nerves of the arm or leg send pain signals too strongly.</p>"),
        section("symptoms", "Symptoms", "<p>They differ from person to person, and from day to day.</p>"),
        section("when-to-get-help", "When to get help", CALL_US),
        section("causes", "Causes", "<p>Most often it follows a broken bone or surgery.</p>"),
        section("diagnosis", "How we find out", "<p>There is no single test for it.</p>"),
        section("treatment", "Treatment", "<p>Moving the limb is the most important part.</p>"),
        section("what-you-can-do", "What you can do", DO, DONT),
    ),
    symptoms=("burning pain", "skin that changes color or is colder", "swelling", "stiff joints"),
    treatments=(
        LinkTo(text="Lumbar sympathetic block", href="/procedures/lumbar-sympathetic-block/", note="An injection."),
        LinkTo(text="Physical therapy", href="/procedures/physical-therapy/"),
    ),
    body_parts=(
        LinkTo(text="Arm and hand", href="/conditions/by-body-part/#arm"),
        LinkTo(text="Leg and foot", href="/conditions/by-body-part/#leg"),
    ),
    footnotes=Markup(""),
    appointment=LinkTo(text="Ask for an appointment", href="/appointment/", note="We answer on the next working day."),
    trust=REVIEWED,
    related=(LinkTo(text="Low back pain", href="/conditions/low-back-pain/"),),
)

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

CLINICIAN = pages.ClinicianPage(
    frame=frame("Example Clinician A", ("Clinicians", "/clinicians/")),
    name="Example Clinician A, MD",
    role="Pain physician",
    summary="Sees people with pain of the back and the nerves.",
    photo=Markup('<img src="/images/example.360.0a.jpg" alt="Example Clinician A" width="360" height="240">'),
    boards=("American Board of Example Medicine", "American Board of Further Examples"),
    specialties=("pain of the back", "nerve pain"),
    languages=("English", "Spanish"),
    places=(LinkTo(text="Washington building", href="/locations/main/"),),
    npi="0000000000",
    left=day("2026-10-31", "Saturday 31 October 2026"),
    performs=(
        LinkTo(text="Lumbar sympathetic block", href="/procedures/lumbar-sympathetic-block/", note="An injection."),
    ),
    lead=(Markup("<p>This is an example, not a person.</p>"),),
    sections=(section("", "How I work", "<p>We talk first.</p>"),),
    footnotes=Markup(""),
    appointment=LinkTo(text="Ask for an appointment", href="/appointment/"),
)

PLAIN = pages.PlainPage(
    frame=replace(frame("Medical records"), changed=day("2026-11-01", "Sunday 1 November 2026")),
    title="Medical records",
    summary="How to get a copy of your records, and how long it takes.",
    lead=(Markup("<p>Asking for your records costs nothing.</p>"),),
    sections=(
        section(
            "",
            "How to ask",
            '<p><a href="/files/records-request.pdf">Records request form</a> (PDF, 120 kB)</p>\n'
            "<dl><dt>By mail</dt><dd>About a week</dd></dl>\n<pre><code>REF-2026</code></pre>",
            NOTE,
        ),
    ),
    footnotes=Markup('<div class="footnote"><ol><li id="fn-1"><p>Most requests take less.</p></li></ol></div>'),
    contact=pages.Contact(
        who="Morgan Records Management",
        text="Morgan Records Management handles requests for medical records for us.",
        phone=Phone(label="Morgan Records Management", number="503-555-0130", href="tel:+15035550130"),
        email=Email(label="Medical records", address="records@example.com", href="mailto:records@example.com"),
    ),
)

LOCATION = pages.LocationPage(
    frame=frame("Washington building", ("Locations", "/locations/")),
    title="Washington building",
    place=MAIN,
    access="The front door has no step and opens with a button. The elevator goes to every floor.",
    directions="Come in by the front door and take the elevator to the second floor.",
    map=LinkTo(text="See it on a map", href="https://www.openstreetmap.org/?mlat=45.5152", note="Opens another site."),
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
        indexes.Year(anchor="year-2023", heading="2023", items=(ENDED,)),
    ),
)

LOCATIONS = indexes.LocationsPage(
    frame=frame("Locations"), title="Locations", summary="Where we are, and when we are open.", places=(MAIN, EAST)
)

SEARCH = indexes.SearchPage(
    frame=replace(frame("Search"), indexable=False),
    title="Find a page",
    summary="Every page, under every name that people know it by.",
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
