"""Views of articles, made by hand: a procedure, a condition, a clinician, a page."""

from dataclasses import replace

from markupsafe import Markup

from clinic.views import pages
from clinic.views.parts import Email, Fact, LinkTo, Phone
from tests.theme.clinic_by_hand import (
    CALL_US,
    DO,
    DONT,
    EMERGENCY,
    IMPORTANT,
    NOTE,
    REVIEWED,
    TABLE,
    TRUST,
    URGENT,
    day,
    frame,
    section,
)

PROCEDURE = pages.ProcedurePage(
    frame=frame("Lumbar sympathetic block", ("Procedures", "/procedures/"), emergency=True),
    title="Lumbar sympathetic block",
    also_called=("sympathetic nerve block", "LSB"),
    summary="An injection beside the spine that quiets the nerves which keep pain in a leg going.",
    emergency=(EMERGENCY,),
    imaging=False,
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
        LinkTo(text="Bone scan", href="/procedures/bone-scan/", imaging=True),
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
    physician=True,
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
