"""The clinic of the views made by hand: its phones, places, cards, sources."""

import datetime as dt
from dataclasses import replace

from markupsafe import Markup

from clinic.policy import policy
from clinic.views.frame import Assets, Frame, Preview
from clinic.views.parts import (
    Banner,
    CareCardView,
    Change,
    DateText,
    HoursRow,
    Language,
    LinkTo,
    Phone,
    Place,
    Review,
    SectionView,
    SourceView,
    Trust,
)

LOGO = Markup(
    '<picture><source type="image/avif" srcset="/images/logo.40.a.avif 40w, /images/logo.80.b.avif 80w" sizes="40px">'
    '<img src="/images/logo.80.d.png" srcset="/images/logo.40.c.png 40w, /images/logo.80.d.png 80w" sizes="40px" '
    'width="40" height="40" alt="" decoding="async"></picture>'
)

RECEPTION = Phone(
    label="Reception", number="503-555-0100", href="tel:+15035550100", hours="Monday to Friday, 8 am to 5 pm"
)
NURSE = Phone(
    label="Nurse line", number="503-555-0110", href="tel:+15035550110", hours="Monday to Friday, 8 am to 4 pm"
)
AFTER_HOURS = Phone(label="After-hours nurse", number="503-555-0199", href="tel:+15035550199")
EIGHT, NINE, NOON, ONE, FOUR, FIVE = (dt.time(hour) for hour in (8, 9, 12, 13, 16, 17))
AFTER_HOURS_TEXT = "At night, on weekends and on days when we are closed, a nurse answers this line."

MAIN = Place(
    name="Washington building",
    href="/locations/main/",
    address=("Suite 200, 1 Example Street", "Portland, OR 97201"),
    street=("Suite 200, 1 Example Street",),
    city="Portland",
    region="OR",
    postal_code="97201",
    phone=RECEPTION,
    hours=(
        HoursRow(
            days="Monday", times="8 am to noon and 1 pm to 5 pm", weekdays=(0,), spans=((EIGHT, NOON), (ONE, FIVE))
        ),
        HoursRow(days="Tuesday to Thursday", times="8 am to 5 pm", weekdays=(1, 2, 3), spans=((EIGHT, FIVE),)),
        HoursRow(
            days="Friday", times="8 am to noon and 1 pm to 4 pm", weekdays=(4,), spans=((EIGHT, NOON), (ONE, FOUR))
        ),
        HoursRow(days="Saturday and Sunday", times="Closed", weekdays=(5, 6)),
    ),
    special_days=(
        HoursRow(
            days="Thursday 24 December 2026",
            times="8 am to noon",
            special=True,
            why="Christmas Eve, a half day",
            date=dt.date(2026, 12, 24),
            spans=((EIGHT, NOON),),
        ),
        HoursRow(
            days="Friday 25 December 2026",
            times="Closed",
            special=True,
            why="Christmas Day",
            date=dt.date(2026, 12, 25),
        ),
    ),
)
EAST = Place(
    name="East side office",
    href="/locations/east/",
    address=("22 Sample Avenue", "Portland, OR 97215"),
    street=("22 Sample Avenue",),
    city="Portland",
    region="OR",
    postal_code="97215",
    phone=Phone(label="East side office", number="503-555-0140", href="tel:+15035550140"),
    hours=(HoursRow(days="Tuesday and Thursday", times="9 am to 4 pm", weekdays=(1, 3), spans=((NINE, FOUR),)),),
    special_days=(),
)


LANGUAGES = (
    Language(name="Español", lang="es", direction="ltr", href="/language-help/#es"),
    Language(name="العربية", lang="ar", direction="rtl", href="/language-help/#ar"),
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
        languages=LANGUAGES,
        numbers=(RECEPTION, NURSE, AFTER_HOURS),
        places=(MAIN, EAST),
        legal_name="Portland Pain and Spine (sample site)",
        feed="/announcements/feed.xml",
        search="/search/",
        assets=Assets(
            stylesheet="/a/style.css",
            icon="/a/icon.svg",
            touch_icon="/a/touch-icon.png",
            logo=LOGO,
            logo_file="/images/logo.80.d.png",
        ),
        policy=policy(),
        referrer="no-referrer",
        header_policy=1,
        changed=None,
        preview=Preview(
            title=title,
            sort="article",
            image="https://clinic.example.com/a/card-procedures.png",
            width=1200,
            height=630,
            alt="Portland Pain and Spine: Procedures",
        ),
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
    author_role="Web editing",
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
    '<th scope="col">Name you may know</th><th scope="col">Ask us how long before</th><th scope="col">Who decides</th>'
    "</tr></thead><tbody>"
    "<tr><td>Warfarin</td><td>Coumadin</td><td>At least 7 days</td><td>Its prescriber, with us</td></tr>"
    "<tr><td>Clopidogrel</td><td>Plavix</td><td>At least 10 days</td><td>Its prescriber, with us</td></tr>"
    "</tbody></table>"
)
