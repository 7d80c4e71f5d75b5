"""NOT001 to NOT019: announcements, their dates and what they replace."""

from clinic.problems.problem import Example, Rule, Severity

_NEWS = "announcements/office-hours.md"
_ENDS = "expires: 2026-12-31\n"
_SAYS = "We are open on Mondays from Monday, November 2, 2026.\n"
_OCTOBER = "announcements/october-hours.md"

ENDS_BEFORE_START = Rule(
    "NOT001",
    Severity.ERROR,
    "announcement",
    "This announcement ends ({ends}) before it starts ({starts}).",
    "Correct expires, date or publish, so that expires comes last.",
    Example(_NEWS, "expires: 2026-10-31\n", _ENDS),
    why="Nobody would ever see it.",
)
LONG_LIVED = Rule(
    "NOT002",
    Severity.WARNING,
    "announcement",
    "{says}",
    "Give it an earlier end, or move what stays true to a page and let the announcement end.",
    Example(_NEWS, "expires: 2027-04-30\n", _ENDS),
    why="News that stands for months is no longer read, and hides what is new.",
)
RELATIVE_DATE = Rule(
    "NOT003",
    Severity.WARNING,
    "header and body",
    '"{words}" means something else to somebody who reads this later.',
    "Write the date itself, such as {example}.",
    Example(_NEWS, "We are open on Mondays from next Monday.\n", _SAYS),
    why="Announcements are read for weeks and stay on the site after they have ended; other pages stay for years.",
)
WRONG_WEEKDAY = Rule(
    "NOT004",
    Severity.WARNING,
    "header and body",
    "{date} is a {right}, not a {wrong}.",
    "Look at the calendar and correct the day or the date.",
    Example(_NEWS, "We are open on Mondays from Tuesday, November 2, 2026.\n", _SAYS),
    why="Patients would come on the wrong day.",
)
REPLACES_UNSAID = Rule(
    "NOT005",
    Severity.WARNING,
    "announcement",
    'Line {line} says that this announcement replaces "{title}", but both are shown as if they held.',
    "Add this line to the header, and the older one ends when this one starts: supersedes: {id}",
    Example(_NEWS, "topic: hours\n", "topic: hours\nsupersedes: october-hours\n"),
    fixable=True,
)
REPLACES_IN_CIRCLE = Rule(
    "NOT006",
    Severity.ERROR,
    "announcement",
    "These announcements replace each other in a circle: {circle}.",
    "Take supersedes out of the one that is the newest of all, or name the right one there.",
    Example(
        _OCTOBER,
        "topic: hours\nsupersedes: office-hours\n",
        "topic: hours\n",
        line=2,
    ),
    why="Each would end the other, and neither would be shown.",
)
CLOSED_OUTSIDE = Rule(
    "NOT007",
    Severity.WARNING,
    "announcement",
    "{day} is named as a closed day, but this announcement {why}.",
    "Correct the day, or date and expires, so that the announcement holds on it.",
    Example("announcements/closed-in-december.md", "closed: [2027-12-25]\n", "closed: [2026-12-25]\n"),
)
NO_SUCH_DATE = Rule(
    "NOT008",
    Severity.WARNING,
    "header and body",
    "There is no {date}.",
    "Look at the calendar and correct the date.",
    Example(_NEWS, "We are open on Mondays from November 31, 2026.\n", _SAYS),
)
NEWS_ON_PAGE = Rule(
    "NOT009",
    Severity.WARNING,
    "condition, procedure",
    'The section "{heading}" tells news, but this page stays for years.',
    "Make an announcement of it, with a day on which it ends, and take it out here.",
    Example(
        "conditions/low-back-pain.md",
        "## Causes\n\nWe have moved across the hall, and apologize for any inconvenience.\n",
        "## Causes\n",
    ),
    why="Nobody takes old news off a page about an illness, and patients act on it.",
)
