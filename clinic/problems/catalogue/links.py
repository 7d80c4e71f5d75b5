"""LNK010 to LNK019: links that lead somewhere, but not as they should."""

from clinic.problems.problem import Example, Rule, Severity

_PAGE = "conditions/low-back-pain.md"
_LINE = "Low back pain is pain between the ribs and the hips.\n"


def _below(mistake: str) -> Example:
    """The mistake on the line below the good one."""
    return Example(_PAGE, f"{_LINE}{mistake}\n", _LINE, line=2)


NOT_SECURE = Rule(
    "LNK010",
    Severity.WARNING,
    "header and body",
    'The address "{target}" begins with http:, so what is read there can be seen and changed on the way.',
    "Write {right}, and try whether it works.",
    _below("Read more at [MedlinePlus](http://medlineplus.gov/backpain.html)."),
    fixable=True,
    why="Nearly every site can be reached by https: today, and browsers warn of those that can't.",
)
MALFORMED = Rule(
    "LNK011",
    Severity.WARNING,
    "body",
    'The address "{target}" can\'t be right: {flaw}.',
    "{mend}",
    _below("Read more at [MedlinePlus](https:/medlineplus.gov/backpain.html)."),
    fixable=True,
    why="Patients who follow the link would get nowhere.",
)
SAYS_NOTHING = Rule(
    "LNK012",
    Severity.WARNING,
    "body",
    'The words of this link, "{words}", do not say where it leads.',
    "Put the link on words that name the page, such as: See [how to ask for an appointment](../pages/appointment.md).",
    _below("To see us, [click here](../pages/appointment.md)."),
    why="People who listen to a page often hear a list of its links, and nothing else (WCAG 2.4.4).",
)
NOTHING_LINKS_HERE = Rule(
    "LNK013",
    Severity.WARNING,
    "page",
    "Nothing links to this page, so patients can't find it except by searching.",
    "Link to it from another page, or name it under navigation or notices in clinic.yaml. If that is on purpose, add "
    "noindex: yes to its header.",
    Example("pages/parking.md", "---\ntitle: Parking\nsummary: Where to park.\n---\n\nPark behind the house.\n"),
)
WITHOUT_WORDS = Rule(
    "LNK014",
    Severity.ERROR,
    "body",
    "This link has no words, so nobody can see or tap it.",
    "Write between the square brackets what is there: [how to ask for an appointment](../pages/appointment.md)",
    _below("See [](../pages/appointment.md)."),
)
