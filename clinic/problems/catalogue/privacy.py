"""PRV001 to PRV007: what looks like a patient's own details, and what tells others about a patient.

Nothing here repeats what was found: the words of a message are masked before it is made.
"""

from clinic.problems.problem import Example, Rule, Severity

_PAGE = "conditions/low-back-pain.md"
_LINE = "Low back pain is pain between the ribs and the hips.\n"
_NEITHER = (
    "If it is about a real person, take it out, and tell the person who looks after privacy at your clinic: older "
    "versions of this file may hold it too. "
)

RECORD_NUMBER = Rule(
    "PRV001",
    Severity.ERROR,
    "every file of text",
    "This looks like the number of a patient's record or account: {shown}",
    _NEITHER + "If it is made up, write what such a number looks like in words.",
    Example(_PAGE, _LINE + "Jane's chart is MRN 00482913.\n", _LINE, line=2),
    why="Whoever knows the number knows that this person was here. A file with such a number is not read any further: "
    "it is neither kept nor shown, and its value is hidden in every message.",
)
BIRTH_DATE = Rule(
    "PRV002",
    Severity.ERROR,
    "every file of text",
    "This looks like a person's birth date: {shown}",
    _NEITHER + "In an example, write MM/DD/YYYY in place of the date.",
    Example(_PAGE, _LINE + "Jane Example, DOB 03/14/1961, was here.\n", _LINE, line=2),
    why="A name and a birth date are enough to pass for somebody else.",
)
SECURITY_NUMBER = Rule(
    "PRV003",
    Severity.ERROR,
    "every file of text",
    "This looks like a social security number: {shown}",
    _NEITHER + "In an example, write xxx-xx-xxxx in place of the digits.",
    Example(_PAGE, _LINE + "Write it like this: 900-12-3456.\n", _LINE, line=2),
    why="With it, others can borrow money in a patient's name.",
)
PRIVATE_NAME = Rule(
    "PRV004",
    Severity.ERROR,
    "file",
    "The name of this {what} looks as if it held a patient's details, which are hidden here.",
    "Give it a name that says what it is about, without names of people, numbers of records and birth dates.",
    why="The name becomes part of a public address.",
)
NAMED_PATIENT = Rule(
    "PRV005",
    Severity.WARNING,
    "header and body",
    "This names a person together with something about their health.",
    "Leave out the name, and whatever else a person can be known by. Where they agreed in writing, say so in the text: "
    "shared with permission.",
    Example(_PAGE, _LINE + "Jane Example came to us with a herniated disc.\n", _LINE, line=2),
    hides=True,
    why="Neighbors and employers can read it. Without a written yes it breaks the law on health privacy.",
)
FOLLOWS_READER = Rule(
    "PRV006",
    Severity.WARNING,
    "header and body",
    "This address follows its reader ({names}).",
    "Write it without that: {clean}",
    Example(
        _PAGE,
        _LINE + "See [back pain](https://medlineplus.gov/backpain.html?utm_source=news).\n",
        _LINE,
        line=2,
    ),
    fixable=True,
    why="Others learn from it that somebody came from your site, and sometimes who.",
)
PERSONAL_MAILBOX = Rule(
    "PRV007",
    Severity.WARNING,
    "header, body and clinic.yaml",
    "This is a mailbox of one person, not of the clinic.",
    "Use an address of the clinic's own, kept in clinic.yaml under emails, and write its name: {{{{ email.office }}}}",
    Example(_PAGE, _LINE + "Write to <example-nurse@gmail.com>.\n", _LINE, line=2),
    hides=True,
    why="What patients write about their health would lie where the clinic can neither protect nor find it.",
)
