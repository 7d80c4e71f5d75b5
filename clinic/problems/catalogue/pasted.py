"""PST001 to PST009: what comes along when text is pasted from Word, a web page or an e-mail."""

from clinic.problems.problem import Example, Rule, Severity

_PAGE = "conditions/low-back-pain.md"
_LINE = "Low back pain is pain between the ribs and the hips.\n"


def _instead(mistake: str) -> Example:
    """The good line with the mistake after it."""
    return Example(_PAGE, f"{_LINE}{mistake}\n", _LINE, line=2)


FIXED_SPACES = Rule(
    "PST001",
    Severity.WARNING,
    "header and body",
    "Fixed spaces, as Word makes them, stand between these words.",
    "Replace them with ordinary spaces. Between a number and its unit, as in 10 mg, they are right.",
    _instead("It may come and go.\u00a0 It may stay."),
    fixable=True,
    why="They leave holes in the text, and lines that don't fit a phone.",
)
MANY_SPACES = Rule(
    "PST002",
    Severity.INFO,
    "header and body",
    "There are spaces too many here.",
    "One space between two words is enough, and none before a comma.",
    _instead("It may come  and go."),
    fixable=True,
)
DASHED_RANGE = Rule(
    "PST003",
    Severity.INFO,
    "header and body",
    '"{words}" is heard as two words with nothing between them.',
    'Write the range with words, such as "9 am to 4 pm", "Monday to Thursday" or "10 to 30 minutes".',
    _instead("It may last for 2\u20136 weeks."),
    why="Programs that read a page aloud leave a dash out.",
)
HTML_SIGN = Rule(
    "PST004",
    Severity.WARNING,
    "body",
    'Patients would see "{found}" here.',
    "Write {meant} instead. The sign was turned into code twice on its way here.",
    _instead("Rest&amp;nbsp;helps some people."),
    fixable=True,
)
WRAPPED_LINK = Rule(
    "PST005",
    Severity.WARNING,
    "body",
    "This address {what}.",
    "{mend}",
    _instead("Read [about the spine](https://www.google.com/url?q=https://www.example.com/spine&sa=D)."),
    fixable=True,
    why="Mail programs and websites wrap addresses to count who follows them, which nobody should about an illness.",
)
