"""CLM001 to CLM019: what a page promises and claims."""

from clinic.problems.problem import Example, Rule, Severity

_PAGE = "conditions/low-back-pain.md"
_LINE = "Low back pain is pain between the ribs and the hips.\n"


def _instead(mistake: str) -> Example:
    """The good line with the mistake after it."""
    return Example(_PAGE, f"{_LINE}{mistake}\n", _LINE, line=2)


PROMISE = Rule(
    "CLM001",
    Severity.ERROR,
    "header and body",
    '"{words}" promises what nobody can promise of our care.',
    "Say what is likely, for whom, and where that is known from; or take it out.",
    _instead("We guarantee relief."),
    why="The next patient may fare otherwise. Boards of medicine and the FTC forbid promises of a result.",
)
BARE_CLAIM = Rule(
    "CLM002",
    Severity.WARNING,
    "header and body",
    '"{words}" says more than anybody can know, or tells a patient nothing.',
    "Say what is known instead, such as how many people it helps and for how long; or take the words out.",
    _instead("A firm bed is no miracle cure, but a walk is a painless way to start."),
)
BOARD_UNNAMED = Rule(
    "CLM003",
    Severity.ERROR,
    "header and body",
    '"{words}" does not say by which board.',
    "Write the full name in the same paragraph, such as: certified by the American Board of Anesthesiology.",
    _instead("Dr. Example is board certified."),
    why="Anybody can call a club a board. Boards of medicine ask for the full name.",
)
UNSOURCED = Rule(
    "CLM004",
    Severity.WARNING,
    "header and body",
    '"{words}" needs a source, and this paragraph has none.',
    "Name one after the sentence, such as [^nhs]: the id of a source in the header. Or say less.",
    _instead("A special pillow is safe and effective."),
    why="Readers, boards and the FTC ask how it is known.",
)
TESTIMONIAL = Rule(
    "CLM005",
    Severity.WARNING,
    "header and body",
    "These words of a patient stand here without a word on what they mean for others.",
    "Say that the patient agreed and was not paid, and that results may differ; or take the words out.",
    _instead('A patient wrote: "My pain is gone, and I sleep again."'),
    why="Readers take one happy story for what will happen to them.",
)
