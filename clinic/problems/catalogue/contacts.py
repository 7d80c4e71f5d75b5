"""FCT002 to FCT005: phone numbers, e-mail and postal addresses in texts, held against clinic.yaml."""

from clinic.problems.problem import Example, Rule, Severity

_PAGE = "conditions/low-back-pain.md"
_LINE = "Low back pain is pain between the ribs and the hips.\n"

NEAR_MISS = Rule(
    "FCT002",
    Severity.ERROR,
    "header and body",
    "{found} is almost {known}, but not quite.",
    "If that is meant, write {write}. If {found} is right and belongs to somebody else, add it to contacts in "
    "clinic.yaml.",
    Example(_PAGE, _LINE + "Call us at 503-555-0101.\n", _LINE, line=2),
    why="A patient who calls a number with a digit wrong reaches a stranger, or nobody, perhaps at night.",
)
TYPED_BY_HAND = Rule(
    "FCT003",
    Severity.WARNING,
    "header and body",
    "{found} is {known}, typed by hand.",
    "Write {write} in its place: then it changes here too when it changes in clinic.yaml.",
    Example(_PAGE, _LINE + "Call us at 503-555-0100.\n", _LINE, line=2),
    fixable=True,
    why="A fact lives once, in clinic.yaml. What is typed elsewhere stays behind when it changes.",
)
UNKNOWN_CONTACT = Rule(
    "FCT004",
    Severity.WARNING,
    "header and body",
    "{found} is neither yours nor among the contacts in clinic.yaml.",
    "If it is right, add it below contacts in clinic.yaml, with a label that says whose it is.",
    Example(_PAGE, _LINE + "Call the state's help line at 800-555-0142.\n", _LINE, line=2),
    why="Nobody notices when somebody else's number changes, unless it is written down in one place.",
)
OTHER_ADDRESS = Rule(
    "FCT005",
    Severity.WARNING,
    "header and body",
    '"{found}" is not the address of one of your locations.',
    "{advice}If it belongs to somebody else, add it to contacts in clinic.yaml, with address: and its lines joined by "
    "commas.",
    Example(_PAGE, _LINE + "Come to 11 Example Street, Portland, OR 97201.\n", _LINE, line=2),
    why="With one wrong figure patients stand before a strange door, and mail goes astray.",
)
