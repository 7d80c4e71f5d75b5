"""ASK001 and on: the ways to ask for an appointment, which carry names and phone numbers and so must be safe."""

from clinic.problems.problem import Example, Rule, Severity

_CLINIC = "clinic.yaml"
_GOOD = "appointments:\n  phone: main\n"


def _form(action: str = "https://forms.example.com/ask", fields: str = "[name, phone]", more: str = "") -> str:
    answered = "  answered: We answer on the next day that we are open.\n"
    return f"{_GOOD}{answered}  form:\n    action: {action}\n    fields: {fields}\n{more}"


NOT_ENCRYPTED = Rule(
    "ASK001",
    Severity.ERROR,
    "clinic.yaml",
    '"{value}" is not encrypted: on the way, others could read what patients write.',
    "Ask those who run it for its address that begins with https://, and write that.",
    Example(_CLINIC, _form("http://forms.example.com/ask"), _GOOD, line=5),
    why="A name beside the name of a pain clinic says something about a person's health.",
)
MORE_THAN_AN_ENDPOINT = Rule(
    "ASK002",
    Severity.ERROR,
    "clinic.yaml",
    "The address of the form holds {what}, which does not belong there.",
    "Ask those who run the form for its plain address, such as {right}",
    Example(_CLINIC, _form("https://clinic:secret@forms.example.com/ask"), _GOOD, line=5),
    why="Everybody can read the address in the page, and it is written into the logs of servers.",
)
MORE_THAN_AN_ORIGIN = Rule(
    "ASK003",
    Severity.ERROR,
    "clinic.yaml",
    '"{value}" holds more than where a site begins.',
    'Write only "{right}": that is all that browsers compare when the form sends people on.',
    Example(
        _CLINIC,
        _form(more="    redirects: [https://forms.example.com/thank-you]\n"),
        _GOOD,
        line=7,
    ),
    fixable=True,
    why="Patients could be sent on to any page of that site, whatever stands behind the name.",
)
NO_WAY_BACK = Rule(
    "ASK004",
    Severity.ERROR,
    "clinic.yaml",
    "The form asks for no phone number and no e-mail address, so you could answer nobody.",
    'Add phone or email to "fields".',
    Example(_CLINIC, _form(fields="[name, best-time]"), _GOOD, line=6),
)
NOT_SAID_WHEN = Rule(
    "ASK005",
    Severity.WARNING,
    "clinic.yaml",
    "Patients can send a form, but nothing tells them when you answer.",
    'Add a line to "appointments", such as: answered: We answer on the next day that we are open.',
    Example(
        _CLINIC,
        _form().replace("  answered: We answer on the next day that we are open.\n", ""),
        _GOOD,
        line=3,
    ),
    why="Somebody who does not know when to expect an answer waits too long, or sends the form again.",
)
FORM_IN_TEXT = Rule(
    "ASK006",
    Severity.ERROR,
    "body",
    "{tag} makes a form, and a form can't stand in a text{how}.",
    'Take it out. The one form of the site is made from clinic.yaml: see "appointments" there, and link to that page.',
    Example(
        "conditions/low-back-pain.md",
        "Low back pain is pain between the ribs and the hips.\n\n"
        '<form action="mailto:office@example.com">Write to us.</form>\n',
        "Low back pain is pain between the ribs and the hips.\n",
        line=3,
    ),
    why="What people write into a form about their health may go nowhere but to the one place that the clinic chose.",
)
