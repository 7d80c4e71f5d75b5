"""LNG001 to LNG019: whether people understand a text, and how it speaks of them."""

from clinic.problems.problem import Example, Rule, Severity

_PAGE = "conditions/low-back-pain.md"
_LINE = "Low back pain is pain between the ribs and the hips.\n"

_HARD = (
    "Back pain has many possible explanations. Specialists identify a particular explanation only occasionally. "
    "Repetitive activities at work, uncomfortable furniture and insufficient exercise contribute considerably. "
    "Unsatisfactory relationships at work and psychological difficulties influence recovery significantly. Pictures "
    "of the back regularly show ordinary alterations without any connection to the pain. Additional examinations "
    "become necessary only occasionally. Everybody's experience is different, and recommendations are "
    "individual.[^medlineplus]\n"
)

HARD_SECTION = Rule(
    "LNG001",
    Severity.WARNING,
    "body",
    "{where} is hard to read: it takes {grade} years of school. Most people need a text that takes 8 or fewer.",
    "{mend}",
    Example(_PAGE, "## Causes\n\n" + _HARD, "## Causes\n\nOften there is no one cause.[^medlineplus]\n"),
    why="People who are in pain or afraid read worse than they usually do.",
)
LONG_SENTENCE = Rule(
    "LNG002",
    Severity.WARNING,
    "header and body",
    "This sentence has {count} words; over {limit} it is hard to follow.",
    "Make two sentences of it, or a list.",
    Example(
        _PAGE,
        "Low back pain is pain between the ribs and the hips that may come on all at once when you lift something or "
        "may build up over weeks and then stay for a long time.\n",
        _LINE,
    ),
)
MEDICAL_WORD = Rule(
    "LNG003",
    Severity.INFO,
    "header and body",
    '"{words}" is a word of the trade; a plain one may do: {plain}.',
    "Write the plain one, or explain the word where it stands, such as: {words} ({plain}). Say the same, not less.",
    Example(_PAGE, "Low back pain is sometimes bilateral.\n", _LINE),
)
ABBREVIATION = Rule(
    "LNG004",
    Severity.WARNING,
    "header and body",
    '"{words}" is not explained on this page.',
    "Write it out the first time, with the short form in brackets after it.",
    Example(_PAGE, "Low back pain may show on an EMG.\n", _LINE),
    why="The same letters mean different things in different places, and nobody likes to ask.",
)
LABEL = Rule(
    "LNG005",
    Severity.WARNING,
    "header and body",
    '"{words}" speaks of people as if they were their illness, or blames or pities them.',
    "Write instead: {instead}.",
    Example(_PAGE, "Many people suffer from low back pain.\n", _LINE),
    why="People who feel judged come late or not at all.",
)
DOUBLED = Rule(
    "LNG006",
    Severity.WARNING,
    "header and body",
    'A word stands here twice: "{words}".',
    "Take one of the two out.",
    Example(_PAGE, "Low back pain is pain between the the ribs and the hips.\n", _LINE),
    fixable=True,
)
