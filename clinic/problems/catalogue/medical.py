"""MED001 to MED008: what is said about danger, doses and medicines."""

from clinic.problems.problem import Example, Rule, Severity

_PAGE = "conditions/low-back-pain.md"
_LINE = "Low back pain is pain between the ribs and the hips.\n"

RED_FLAG = Rule(
    "MED001",
    Severity.ERROR,
    "header and body",
    '"{words}" is a sign of danger, and no emergency or urgent card on this page names it.',
    "Name it in the card that says when to call 911 or you: write a line there such as: > - {words}",
    Example(_PAGE, _LINE + "Some people also have chest pain.\n", _LINE, line=2),
    why="In the middle of a text a sign of danger reads like one more symptom. In a card it comes with what to do.",
)
CALLED_NORMAL = Rule(
    "MED002",
    Severity.ERROR,
    "body",
    'A sign of danger is called "{words}" here.',
    "Say for how long it may last at most, and name the sign in an emergency or urgent card: when it must be seen to.",
    Example(
        _PAGE,
        _LINE + "A weak leg is normal.\n",
        _LINE,
        line=2,
    ),
    why="Whoever reads that it is normal does not call for help.",
)
CRISIS = Rule(
    "MED003",
    Severity.ERROR,
    "header and body",
    '"{words}" stands here without {numbers}.',
    "Say in the same paragraph whom to call: {say}",
    Example(_PAGE, _LINE + "An overdose makes the breath slow.\n", _LINE, line=2),
    why="Somebody who reads this may need help in this minute, and will not look for the number.",
)
MISREAD_DOSE = Rule(
    "MED004",
    Severity.ERROR,
    "header and body",
    '"{words}" is easily misread: {how}.',
    "Write {write}. Check the dose with the one who gave it to you: no program should change it.",
    Example(_PAGE, _LINE + "Take .5 mg at night.\n", _LINE, line=2),
    why="Doses written like this have been read as ten times as much, or more. They are on the lists of the Joint "
    "Commission and of the Institute for Safe Medication Practices.",
)
NO_SPACE = Rule(
    "MED005",
    Severity.WARNING,
    "header and body",
    'There is no space between number and unit in "{words}".',
    "Write {right}",
    Example(_PAGE, _LINE + "Take 10mg at night.\n", _LINE, line=2),
    fixable=True,
    why="The m of mg has been read as zeros.",
)
STOP = Rule(
    "MED006",
    Severity.WARNING,
    "header and body",
    '"{words}" tells people to go without a medicine, and not to ask first.',
    "Add in the same paragraph: Ask the one who prescribed it.",
    Example(_PAGE, _LINE + "Stop ibuprofen a week before.\n", _LINE, line=2),
    why="Some must not be missed for a day, and people don't know which.",
)
STOP_RISKY = Rule(
    "MED007",
    Severity.ERROR,
    "header and body",
    '"{words}" tells people to go without a medicine that is dangerous to stop, and not to ask first.',
    "Write that they must not stop it on their own, and add in the same paragraph: Ask the one who prescribed it.",
    Example(_PAGE, _LINE + "Stop your blood thinner a week before.\n", _LINE, line=2),
    why="Without a blood thinner, an opioid, a steroid, insulin, or a seizure or mood medicine, people have had "
    "strokes, withdrawal and seizures.",
)
BRAND_ALONE = Rule(
    "MED008",
    Severity.WARNING,
    "header and body",
    "{brand} is a brand. People know the medicine by other names too.",
    "Write the medicine's own name first: {generic} ({brand})",
    Example(_PAGE, _LINE + "Tylenol may help.\n", _LINE, line=2),
    why="Who takes the same medicine under another name says no when you ask for the brand, or takes it twice.",
)
