"""A row for every field of a header."""

from tests.views.faces import CLINIC, CONDITION, DOCTOR, PROCEDURE, add, both, change, line
from tests.views.rows import BLOCK, CLOSED, DECEMBER, PAIN, TOWN, Row, instead, written

KNEE = add("conditions/knee-pain.md", "---\ntitle: Knee pain\nsummary: Sore knees.\n---\n\nWords.\n")
SECOND = change(
    CLINIC, "staff:\n", "  west:\n    name: West office\n    address: [2 Example Street]\n    city: Salem\nstaff:\n"
)


OF_PAGES = [
    # What all kinds have.
    instead("Common.title", CONDITION, "title: Low back pain", "title: Sore back", PAIN, "title='Sore back'"),
    instead("Common.summary", CONDITION, "and when to call us", "and who helps", PAIN, "and who helps"),
    written(
        "Common.status", "pages/accessibility.md", "status: withdrawn\nwhy: x", "/accessibility/", "WithdrawnPage("
    ),
    written(
        "Common.why", "pages/accessibility.md", "status: withdrawn\nwhy: We wrote it anew.", "/accessibility/", "anew"
    ),
    written(
        "Common.publish", "pages/accessibility.md", "publish: 2027-01-02", "/accessibility/", "Saturday 2 January 2027"
    ),
    written(
        "Common.aliases", CONDITION, "aliases: [/old-back.html]", "redirects", "('old-back.html', '/conditions/low"
    ),
    written("Common.lang", CONDITION, "lang: es", PAIN, "Frame(lang='es'"),
    Row(
        "Common.noindex",
        line(CONDITION, "noindex: yes"),
        "sitemap.xml",
        "https://clinic.example.com/conditions/low-",
        goes=True,
    ),
    # What conditions and procedures share.
    instead("Clinical.also_called", CONDITION, "[lumbago]", "[sore spine]", PAIN, "sore spine"),
    instead("Clinical.body_parts", CONDITION, "[lower-back]", "[]", PAIN, "body_parts=()"),
    instead("Clinical.author", CONDITION, "author: front-desk", "author: dr-example", PAIN, "author='Dr. Example'"),
    instead(
        "Clinical.sources",
        CONDITION,
        "sources:\n",
        "sources:\n  - id: two\n    title: B\n    publisher: C\n    url: https://a.example\n    accessed: 2026-01-02\n",
        PAIN,
        "number=2",
    ),
    instead(
        "Clinical.related",
        CONDITION,
        "related: [nerve-block]",
        "related: [accessibility]",
        PAIN,
        "related=(LinkTo(text='Accessibility'",
    ),
    written("Clinical.changes", CONDITION, "changes:\n  - date: 2026-03-04\n    what: New words.", PAIN, "New words."),
    written("Clinical.review_every", CONDITION, "review_every: 12 months", "typed", "review_every=12"),
    instead("Cited.id", CONDITION, "id: medlineplus", "id: another", PAIN, "anchor='source-another'"),
    instead("Cited.title", CONDITION, "title: Back Pain", "title: On backs", PAIN, "title='On backs'"),
    instead("Cited.publisher", CONDITION, "publisher: MedlinePlus", "publisher: NIAMS", PAIN, "publisher='NIAMS'"),
    instead(
        "Cited.url",
        CONDITION,
        "https://medlineplus.gov/backpain.html",
        "https://x.example.org/a",
        PAIN,
        "href='https://x.example.org/a'",
    ),
    instead("Cited.accessed", CONDITION, "accessed: 2026-11-02", "accessed: 2026-05-06", PAIN, "iso='2026-05-06'"),
    written(
        "Changed.date",
        CONDITION,
        "changes:\n  - date: 2026-03-04\n    what: New words.",
        "sitemap.xml",
        "<lastmod>2026-03-04",
    ),
    written("Changed.what", PROCEDURE, "changes:\n  - date: 2026-03-04\n    what: Shorter.", BLOCK, "what='Shorter.'"),
    # Condition.
    written(
        "Condition.symptoms",
        CONDITION,
        "symptoms: [stiff in the morning]",
        "/conditions/by-symptom/",
        "Stiff in the morning",
    ),
    instead("Condition.treatments", CONDITION, "treatments: [nerve-block]", "treatments: []", PAIN, "treatments=()"),
    # Procedure.
    Row("Procedure.treats", both(KNEE, line(PROCEDURE, "treats: [knee-pain]")), BLOCK, "LinkTo(text='Knee pain'"),
    instead("Procedure.type", PROCEDURE, "type: injection", "type: therapy", BLOCK, "value='Therapy'"),
    instead("Procedure.duration", PROCEDURE, "20 minutes", "half an hour", BLOCK, "value='half an hour'"),
    written("Procedure.anesthesia", PROCEDURE, "anesthesia: Numbing cream", BLOCK, "value='Numbing cream'"),
    instead(
        "Procedure.driver_needed",
        PROCEDURE,
        "driver_needed: yes",
        "driver_needed: if-sedated",
        BLOCK,
        "if you get medicine",
    ),
    written("Procedure.fasting", PROCEDURE, "fasting: Nothing after midnight", BLOCK, "value='Nothing after midnight'"),
    written("Procedure.time_off", PROCEDURE, "time_off: One day", BLOCK, "value='One day'"),
    written("Procedure.cost_note", PROCEDURE, "cost_note: Ask your insurer", BLOCK, "value='Ask your insurer'"),
    instead(
        "Procedure.performed_by",
        PROCEDURE,
        "performed_by: [dr-example]",
        "performed_by: []",
        "/clinicians/dr-example/",
        "performs=()",
    ),
    instead("Procedure.at", PROCEDURE, "at: [main]", "at: []", TOWN, "procedures=()"),
    # Announcement.
    instead("Announcement.date", DECEMBER, "date: 2026-11-16", "date: 2026-11-17", CLOSED, "DateText(iso='2026-11-17'"),
    instead(
        "Announcement.expires",
        DECEMBER,
        "expires: 2026-12-25",
        "expires: 2026-12-27",
        CLOSED,
        "Through Sunday 27 December",
    ),
    instead("Announcement.topic", DECEMBER, "topic: closure", "topic: safety", CLOSED, "topic='Safety'"),
    instead("Announcement.level", DECEMBER, "level: banner", "level: notice", "/accessibility/", "banners=()"),
    Row(
        "Announcement.locations",
        both(SECOND, line(DECEMBER, "locations: [west]")),
        CLOSED,
        "places=(LinkTo(text='West office'",
    ),
    instead(
        "Announcement.closed",
        DECEMBER,
        "closed: [2026-12-25]",
        "closed: [2026-12-24]",
        TOWN,
        "Thursday 24 December 2026",
    ),
    instead(
        "Announcement.supersedes",
        "announcements/office-hours.md",
        "supersedes: october-hours\n",
        "",
        "/announcements/october-hours/",
        "state='live'",
    ),
    # Clinician.
    instead("Clinician.name", DOCTOR, "\nname: Dr. Example", "\nname: Dr. Other", "/clinicians/", "Dr. Other"),
    written("Clinician.credentials", DOCTOR, "credentials: MD", "/clinicians/dr-example/", "name='Dr. Example, MD'"),
    instead("Clinician.role", DOCTOR, "role: Physician", "role: Nurse", "/clinicians/dr-example/", "role='Nurse'"),
    written(
        "Clinician.boards",
        DOCTOR,
        "boards: [American Board of Examples]",
        "/clinicians/dr-example/",
        "American Board of Examples",
    ),
    written(
        "Clinician.specialties", DOCTOR, "specialties: [nerves]", "/clinicians/dr-example/", "specialties=('nerves',)"
    ),
    written("Clinician.languages", DOCTOR, "languages: [en, es]", "/clinicians/dr-example/", "'Spanish'"),
    instead("Clinician.locations", DOCTOR, "locations: [main]", "locations: []", TOWN, "clinicians=()"),
    written(
        "Clinician.photo",
        DOCTOR,
        "photo:\n  file: walk.png\n  alt: Dr. Example smiles",
        "/clinicians/dr-example/",
        "photo=Markup('<picture>",
    ),
    written("Clinician.npi", DOCTOR, 'npi: "1234567893"', "/clinicians/dr-example/", "npi='1234567893'"),
    written("Clinician.left", DOCTOR, "left: 2026-09-30", "/clinicians/dr-example/", "left=DateText(iso='2026-09-30'"),
    written(
        "Photo.file", DOCTOR, "photo:\n  file: walk.png\n  alt: Smiling", "/clinicians/dr-example/", "/images/walk."
    ),
    written(
        "Photo.alt", DOCTOR, "photo:\n  file: walk.png\n  alt: Smiling", "/clinicians/dr-example/", 'alt="Smiling"'
    ),
]
"""What all kinds have, then each kind."""
