"""STR001 to STR019: whether a page has the parts that patients need, and whether they are finished."""

from clinic.problems.problem import Example, Rule, Severity

_PAGE = "conditions/low-back-pain.md"
_BLOCK = "procedures/nerve-block.md"
_LINE = "Low back pain is pain between the ribs and the hips.\n"
_LONG = "Your back may hurt or feel stiff on some days and be well on others.\n" * 9

SECTION_MISSING = Rule(
    "STR001",
    Severity.ERROR,
    "condition, procedure",
    'The section "{heading}" is missing.',
    'Add a line "## {heading}" and, below it, a few sentences. Other words with the same meaning will do too.',
    Example(_PAGE, "## Back pain in families\n", "## Causes\n"),
    why="Patients look for the same answers on every page, and a page that leaves one out may harm them.",
    debt="{heading}",
)
CARD_MISSING = Rule(
    "STR002",
    Severity.ERROR,
    "condition, procedure",
    "This page does not say {when} in a care card.",
    "Add a card of its own, such as: {example}",
    Example(
        _BLOCK, "> [!note] Call us within one working day if\n", "> [!call-us] Call us within one working day if\n"
    ),
    why="In an emergency nobody reads a page from the top. The card stands out, and is shown first.",
    debt="{when}",
)
SECTION_EMPTY = Rule(
    "STR003",
    Severity.ERROR,
    "body",
    'There is nothing below the heading "{heading}".',
    "Write what belongs there. If it does not apply, say so in one sentence, or take the heading out.",
    Example(_PAGE, "## Symptoms\n", "## Symptoms\n\nYour back may hurt or feel stiff.\n"),
    why="A heading without text looks like an answer that was lost.",
    debt="{heading}",
)
UNFINISHED = Rule(
    "STR004",
    Severity.ERROR,
    "header and body",
    '"{words}" shows that this text is not finished.',
    "Write what is meant to stand here, or take it out. To keep the page out of sight until then, add status: draft to "
    "its header.",
    Example(_PAGE, "TBD: ask the doctor.\n", _LINE),
    why="Patients would read a note that was meant for you.",
)
LEVEL_JUMP = Rule(
    "STR005",
    Severity.ERROR,
    "body",
    'The heading "{heading}" has {found} signs (#), which is too deep for this place.',
    "Write {right}. Below a heading with ## the next step down is ###.",
    Example(_PAGE, _LINE + "\n#### On one side\n\nIt may hurt on one side only.\n", _LINE, line=3),
    fixable=True,
    why="People who listen to a page jump from heading to heading; a missing step sounds as if a part were missing.",
)
SAME_HEADING = Rule(
    "STR006",
    Severity.ERROR,
    "body",
    'The heading "{heading}" stands on this page already, on line {first}.',
    "Give one of the two other words, or put both texts below one heading.",
    Example(_PAGE, _LINE + "\n### On one side\n\nLeft.\n\n### On one side\n\nRight.\n", _LINE, line=7),
    why="In the list of headings, and in links, nobody could tell the two apart.",
)
BOLD_HEADING = Rule(
    "STR007",
    Severity.WARNING,
    "body",
    'This bold line looks like a heading: "{words}".',
    "Make it one: write {right}",
    Example(_PAGE, _LINE + "\n**On one side**\n\nIt may hurt on one side only.\n", _LINE, line=3),
    fixable=True,
    why="Bold type tells the eye that a new part begins; only a heading tells it to everybody.",
)
TYPED_BULLET = Rule(
    "STR008",
    Severity.WARNING,
    "body",
    'This list is typed by hand, with "{bullet}" at the start of the line.',
    "Begin each line of the list with a dash and a space: - like this",
    Example(_PAGE, _LINE + "\n• a strain\n• a worn joint\n", _LINE, line=3),
    fixable=True,
    why="Only a real list is shown line by line, and read out as a list with its number of items.",
)
LONG_PARAGRAPH = Rule(
    "STR009",
    Severity.WARNING,
    "body",
    "This paragraph has {count} words; over {limit} it is hard to follow.",
    "Split it where a new thought begins, or make a list of it.",
    Example(_PAGE, _LONG, "Your back may hurt or feel stiff.\n"),
)
CUT_OFF = Rule(
    "STR010",
    Severity.ERROR,
    "header and body",
    'This sentence seems to be cut off: "{words}". Where to call, write or look is missing.',
    "Add it: a phone of the clinic as {{{{ phone.main }}}}, an e-mail as {{{{ email.office }}}}, a page as a link.",
    Example(_PAGE, _LINE + "With questions you can contact him at\n", _LINE, line=2),
    why="Texts that were pasted from elsewhere lose their links and numbers, and patients can't get any further.",
)
SECTION_ADVISED = Rule(
    "STR011",
    Severity.INFO,
    "condition, procedure",
    'Patients would also look for a section "{heading}".',
    'If you have something to say on it, add a line "## {heading}" and the text below it.',
    Example(_PAGE, "## Walks\n", "## What you can do\n"),
)
NO_TEXT = Rule(
    "STR012",
    Severity.WARNING,
    "announcement, page",
    "Below the header of this page there is no text.",
    "Say what patients should know and do, in a few sentences.",
    Example("announcements/summer-hours.md", "---\n", "---\n\nWe close at noon on each day in July 2026.\n"),
)
OTHER_DIRECTION = Rule(
    "STR013",
    Severity.WARNING,
    "body",
    "Most of this text is written from right to left, but the page is said to be in {language}.",
    "Add a line to the header that names its language, such as: lang: ar",
    Example("pages/plans.md", "نريد أن نفتح يوم الثلاثاء أيضا.\n", "We want to open on Tuesdays too.\n"),
    why="A browser lays such a text out wrongly, and a screen reader reads it with the wrong voice.",
)
