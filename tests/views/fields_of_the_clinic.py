"""A row for every field of clinic.yaml."""

from clinic.model.clinic import NOTICES
from clinic.model.hours import WEEKDAYS
from tests.views.faces import CLINIC, Edit, add, both, change, line
from tests.views.fields_of_pages import SECOND
from tests.views.rows import ASK, BLOCK, PAIN, TOWN, Row, instead

RECORDS = add("pages/records.md", "---\ntitle: Your records\nsummary: How to get them.\n---\n\nAsk us.\n")
BILLING = both(
    add("pages/billing.md", "---\ntitle: Your bill\nsummary: Whom to ask.\n---\n\nAsk us.\n"),
    line(CLINIC, "billing:\n  who: Example Billing\n  phone: night\n  email: office\n  text: They answer at noon."),
)
FORM = change(
    CLINIC,
    "appointments:\n  phone: main",
    "appointments:\n  phone: main\n  portal: https://portal.example.com/\n  relay: Dial 711 first.\n"
    "  interpreter: We call one.\n  answered: By noon.\n  form:\n    action: https://forms.example.com/ask\n"
    "    redirects: [https://thanks.example.com/]\n    fields: [name, best-time]",
)


def week(day: str, shows: str) -> Row:
    """The hours of a day."""
    hours_of_all = change(CLINIC, "      monday: 08:00-17:00\n", f"      {day}: [06:10-07:20, 19:30-20:40]\n")
    return Row(f"Week.{day}", hours_of_all, TOWN, f"HoursRow(days='{shows}', times='6:10 am to 7:20 am and 7:30 pm")


def notice(name: str) -> Row:
    """A notice of clinic.yaml that leads to a page."""
    page = add("pages/the-notice.md", "---\ntitle: The notice itself\nsummary: What it is.\n---\n\nWords.\n")

    def named(text: str) -> Edit:
        return lambda world: world.write(CLINIC, _with_notice(world.page(CLINIC).read_text("utf-8"), name, text))

    return Row(f"Notices.{name}", both(page, named("the-notice")), "/", "LinkTo(text='The notice itself'")


def _with_notice(text: str, name: str, page: str) -> str:
    rows = text.split("\n")
    at = next(number for number, row in enumerate(rows) if row.startswith(f"  {name}:"))
    end = at + 2 if rows[at].endswith(":") else at + 1
    return "\n".join([*rows[:at], f"  {name}: {page}", *rows[end:]])


OF_THE_CLINIC = [
    # The clinic.
    instead(
        "Clinic.name",
        CLINIC,
        "name: Example Clinic\n",
        "name: Other Clinic\n",
        PAIN,
        "clinic='Other Clinic', document_title='Low",
    ),
    instead(
        "Clinic.legal_name",
        CLINIC,
        "legal_name: Example Clinic LLC",
        "legal_name: Other Inc.",
        PAIN,
        "legal_name='Other Inc.'",
    ),
    instead(
        "Clinic.url",
        CLINIC,
        "https://clinic.example.com/",
        "https://new.example.com/sub/",
        PAIN,
        "'https://new.example.com/sub/conditions/low-",
    ),
    instead(
        "Clinic.timezone", CLINIC, "America/Los_Angeles", "Asia/Tokyo", "feed.xml", "<published>2026-11-15T15:00:00Z"
    ),
    instead("Clinic.language", CLINIC, "language: en", "language: es", PAIN, "Frame(lang='es'"),
    instead(
        "Clinic.emergency", CLINIC, "emergency: If this is", "emergency: When it is", PAIN, "emergency='When it is"
    ),
    instead(
        "Clinic.after_hours", CLINIC, "text: A nurse answers.", "text: A robot answers.", BLOCK, "A robot answers."
    ),
    instead(
        "Clinic.phones",
        CLINIC,
        "  night:\n",
        "  fax:\n    label: Fax\n    number: '+15035550123'\n  night:\n",
        "/",
        "label='Fax'",
    ),
    instead("Clinic.emails", CLINIC, "address: office@", "address: desk@", "/privacy-practices/", "desk@example.com"),
    instead("Clinic.contacts", CLINIC, "label: Poison Control", "label: Poison Help", "typed", "Poison Help"),
    Row("Clinic.locations", SECOND, "/locations/west/", "title='West office'"),
    instead(
        "Clinic.staff", CLINIC, "name: Front desk team\n    role", "name: The desk\n    role", PAIN, "author='The desk'"
    ),
    Row("Clinic.appointments", FORM, ASK, "relay='Dial 711 first.'"),
    Row("Clinic.records", RECORDS, "/records/", "contact=Contact(who='Front desk team'"),
    Row("Clinic.billing", BILLING, "/billing/", "contact=Contact(who='Example Billing'"),
    instead(
        "Clinic.body_parts",
        CLINIC,
        "lower-back: Lower back",
        "lower-back: Small of the back",
        "/conditions/by-body-part/",
        "Small of the back",
    ),
    instead(
        "Clinic.navigation",
        CLINIC,
        "[conditions, procedures,",
        "[accessibility, procedures,",
        "/",
        "navigation=(LinkTo(text='Accessibility'",
    ),
    Row(
        "Clinic.notices",
        change(CLINIC, "accessibility: accessibility", "accessibility: plans"),
        "/",
        "LinkTo(text='Our plans'",
    ),
    instead(
        "Clinic.clinical_review",
        CLINIC,
        "clinical_review: shown",
        "clinical_review: required",
        PAIN,
        "until it is approved",
    ),
    instead("Clinic.accent", CLINIC, 'accent: "#0b5f6b"', 'accent: "#6b0b5f"', "style", "#6b0b5f"),
    Row("Clinic.logo", line(CLINIC, "logo: walk.png"), "/", 'sizes="64px"><img src="/images/walk.'),
    Row(
        "Clinic.organization",
        line(CLINIC, "organization:\n  profiles: [https://x.example.org/us]"),
        "/",
        "href='https://x.example.org/us'",
    ),
    Row(
        "Organization.profiles",
        line(CLINIC, "organization:\n  profiles: [https://x.example.org/us]"),
        "/",
        "href='https://x.example.org/us'",
    ),
    instead("PhoneLine.label", CLINIC, "label: Reception", "label: Front desk line", "/", "label='Front desk line'"),
    instead("PhoneLine.number", CLINIC, "+15035550100", "+15035550177", "/", "(503) 555-0177"),
    instead("PhoneLine.hours", CLINIC, "hours: Monday, 8 am to 5 pm", "hours: All day", "/", "hours='All day'"),
    Row(
        "EmailBox.label",
        both(RECORDS, change(CLINIC, "label: Front desk\n", "label: Mailbox\n")),
        "/records/",
        "label='Mailbox'",
    ),
    Row(
        "EmailBox.address",
        change(CLINIC, "office@example.com", "desk@example.com"),
        "/privacy-practices/",
        "mailto:desk@",
    ),
    instead("Outside.label", CLINIC, "label: Poison Control", "label: Poison Help", "typed", "label='Poison Help'"),
    instead("Outside.number", CLINIC, "+18002221222", "+18002221223", "typed", "+18002221223"),
    instead("AfterHours.phone", CLINIC, "phone: night\n", "phone: main\n", "/", "after_hours=Phone(label='Reception'"),
    instead(
        "AfterHours.text", CLINIC, "text: A nurse answers.", "text: Leave word.", "/", "after_hours_text='Leave word.'"
    ),
    instead("Location.name", CLINIC, "name: Main office", "name: East office", TOWN, "title='East office'"),
    instead(
        "Location.address",
        CLINIC,
        "[1 Example Street]",
        "[9 Example Road, Floor 2]",
        TOWN,
        "'9 Example Road', 'Floor 2'",
    ),
    instead("Location.city", CLINIC, "city: Portland", "city: Bend", TOWN, "Bend, OR 97201"),
    instead("Location.region", CLINIC, "region: OR", "region: WA", TOWN, "Portland, WA 97201"),
    instead("Location.postal_code", CLINIC, '"97201"', '"01234"', TOWN, "Portland, OR 01234"),
    instead("Location.country", CLINIC, "country: US", "country: CA", "typed", "country='CA'"),
    instead("Location.geo", CLINIC, "[45.5152, -122.6784]", "[44.1, -121.2]", TOWN, "mlat=44.1&mlon=-121.2"),
    instead("Location.hours", CLINIC, "monday: 08:00-17:00", "monday: 09:30-17:00", TOWN, "9:30 am to 5 pm"),
    instead("Location.special_days", CLINIC, "date: 2026-12-28", "date: 2026-12-29", TOWN, "Tuesday 29 December 2026"),
    instead("Location.access", CLINIC, "There is no step", "There is a ramp", TOWN, "access='There is a ramp"),
    Row(
        "Location.directions",
        change(CLINIC, "    access:", "    directions: Take bus 9.\n    access:"),
        TOWN,
        "directions='Take bus 9.'",
    ),
    instead(
        "Location.phone",
        CLINIC,
        "front door.\n    phone: main",
        "front door.\n    phone: night",
        TOWN,
        "phone=Phone(label='Night nurse'",
    ),
    instead(
        "StaffMember.name",
        CLINIC,
        "name: Front desk team\n    role",
        "name: The desk\n    role",
        PAIN,
        "author='The desk'",
    ),
    instead(
        "StaffMember.role", CLINIC, "role: Reception\n", "role: Greets people\n", PAIN, "author_role='Greets people'"
    ),
    Row(
        "Appointments.phone",
        change(CLINIC, "appointments:\n  phone: main", "appointments:\n  phone: night"),
        ASK,
        "phone=Phone(label='Night nurse'",
    ),
    Row("Appointments.portal", FORM, ASK, "href='https://portal.example.com/'"),
    Row("Appointments.form", FORM, ASK, "form=AppointmentForm("),
    Row("Appointments.relay", FORM, ASK, "relay='Dial 711 first.'"),
    Row("Appointments.interpreter", FORM, ASK, "interpreter='We call one.'"),
    Row("Appointments.answered", FORM, ASK, "answered='By noon.'"),
    Row("Form.action", FORM, ASK, "action='https://forms.example.com/ask'"),
    Row("Form.redirects", FORM, ASK, "form-action https://forms.example.com https://thanks.example.com"),
    Row("Form.fields", FORM, ASK, "name='best-time'"),
    Row("Handler.who", BILLING, "/billing/", "who='Example Billing'"),
    Row("Handler.phone", BILLING, "/billing/", "phone=Phone(label='Night nurse'"),
    Row("Handler.email", BILLING, "/billing/", "email=Email(label='Front desk'"),
    Row("Handler.text", BILLING, "/billing/", "text='They answer at noon.'"),
    Row(
        "NotApplicable.not_applicable",
        change(CLINIC, "accessibility: accessibility", "accessibility:\n    not_applicable: We have none."),
        "/",
        "LinkTo(text='Accessibility'",
        goes=True,
    ),
    *(notice(name) for name in NOTICES),
    *(week(day, day.capitalize()) for day in WEEKDAYS),
    instead(
        "SpecialDay.date", CLINIC, "date: 2026-12-28", "date: 2026-12-29", "/locations/", "Tuesday 29 December 2026"
    ),
    instead("SpecialDay.hours", CLINIC, "hours: 08:00-12:00", "hours: 10:00-11:00", TOWN, "10 am to 11 am"),
    instead("SpecialDay.why", CLINIC, "why: A half day", "why: We train", TOWN, "why='We train'"),
]
"""The clinic, and what it is made of."""
