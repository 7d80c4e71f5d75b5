"""LNK001 to LNK009, DUP001 to DUP009 and FCT001: what is found when all content is linked to each other."""

from clinic.problems.problem import Example, Rule, Severity

_PAGE = "conditions/low-back-pain.md"
_TREATMENTS = "treatments: [nerve-block]\n"
_LINE = "Low back pain is pain between the ribs and the hips.\n"

NO_SUCH_PAGE = Rule(
    "LNK001",
    Severity.ERROR,
    "header and body",
    'There is no {what} called "{name}".',
    "{advice}",
    Example(_PAGE, "treatments: [nerve-blok]\n", _TREATMENTS),
    fixable=True,
    why="Patients who follow the link would find nothing.",
)
WRONG_KIND = Rule(
    "LNK002",
    Severity.ERROR,
    "header",
    '"{name}" is {is_a}, not {wanted}.',
    "Name {wanted} here, or take it out.",
    Example(_PAGE, "treatments: [dr-example]\n", _TREATMENTS),
)
NO_SUCH_ANCHOR = Rule(
    "LNK003",
    Severity.ERROR,
    "body",
    'The page "{title}" has no place called "{anchor}".',
    "{advice}",
    Example(_PAGE, _LINE + "See [causes](#cause).\n", _LINE, line=2),
    fixable=True,
)
NOT_PUBLIC = Rule(
    "LNK004",
    Severity.ERROR,
    "body",
    'Patients can\'t see "{title}" when this page goes out: it is {state}.',
    "Take the link out until then, or publish that page first.",
    Example(_PAGE, _LINE + "See [our plans](../pages/plans.md).\n", _LINE, line=2),
    why="A link to a page that is not public leads patients to a page that is not there.",
)
LEFT_OUT = Rule(
    "LNK005",
    Severity.INFO,
    "header",
    '"{title}" is left out of this page for now: it is {state}.',
    "Nothing to do: it appears by itself once patients can see it.",
    Example(_PAGE, "related: [plans]\n", "related: [nerve-block]\n"),
)
TO_ITSELF = Rule(
    "LNK006",
    Severity.WARNING,
    "header",
    "The page names itself here.",
    "Take it out.",
    Example(_PAGE, "related: [low-back-pain]\n", "related: [nerve-block]\n"),
)
NO_SUCH_FILE = Rule(
    "LNK007",
    Severity.ERROR,
    "body",
    'There is no file "{name}" in the content folder.',
    "{advice}",
    Example(_PAGE, _LINE + "Print [the form](../files/form.pdf).\n", _LINE, line=2),
    fixable=True,
)
NO_SUCH_ADDRESS = Rule(
    "LNK008",
    Severity.ERROR,
    "body",
    '"{target}" is no address of this site.',
    "{advice}",
    Example(_PAGE, _LINE + "See [prices](/prices/).\n", _LINE, line=2),
)
TO_GONE = Rule(
    "LNK009",
    Severity.WARNING,
    "body",
    '"{title}" is {state}: patients who follow this link find only a short notice.',
    "Take the link out, or link to the page that has taken its place.",
    Example(_PAGE, _LINE + "See [old news](../announcements/summer-hours.md).\n", _LINE, line=2),
)
SAME_NAME = Rule(
    "DUP001",
    Severity.ERROR,
    "file",
    'Two files are called "{name}": this one and {other}.',
    "Names are used in links, so each may stand for one page only. Rename one of them, and add its old address under "
    "aliases.",
    Example("pages/low-back-pain.md", "---\ntitle: Low back pain\nsummary: The same name again.\n---\n\nText.\n"),
)
TAKEN_ADDRESS = Rule(
    "DUP002",
    Severity.ERROR,
    "file",
    "The address {address} is kept for {holder}.",
    "Give the file another name.",
    Example("pages/conditions.md", "---\ntitle: Conditions\nsummary: A page of our own.\n---\n\nText.\n"),
)
ALIAS_IS_PAGE = Rule(
    "DUP003",
    Severity.ERROR,
    "header",
    "The old address {address} is in use by {holder}.",
    "Take it out of aliases: an address leads to one page only.",
    Example(_PAGE, "title: Low back pain\naliases: [/search/]\n", "title: Low back pain\n", line=2),
)
ALIAS_TWICE = Rule(
    "DUP004",
    Severity.ERROR,
    "header",
    "The old address {address} is claimed by {other} too.",
    "Keep it in one of the two files.",
    Example(_PAGE, "title: Low back pain\naliases: [/old/, /old]\n", "title: Low back pain\n", line=2),
)
NO_SUCH_FACT = Rule(
    "FCT001",
    Severity.ERROR,
    "header and body",
    'clinic.yaml has no fact called "{name}".',
    "{advice}",
    Example(_PAGE, _LINE + "Call {{ phone.mian }}.\n", _LINE, line=2),
    fixable=True,
)
