"""WAV001 to WAV004: what a page allows itself, in a comment that `check` reads."""

from clinic.problems.problem import Example, Rule, Severity

_NEWS = "announcements/office-hours.md"
_SAYS = "We are open on Mondays from Monday, November 2, 2026.\n"
_LATER = "We are open on Mondays from next Monday.\n"
_FORM = '<!-- check: allow CLM001 reason="a quotation" until=2027-01-31 -->'


def _with(comment: str, text: str) -> Example:
    return Example(_NEWS, f"<!-- check: {comment} -->\n\n{text}", _SAYS)


UNREADABLE = Rule(
    "WAV001",
    Severity.WARNING,
    "body",
    "This note to check can't be used: {flaw}.",
    f"Write it like this, with a code that check shows, your reason and a last day: {_FORM}",
    _with('allow NOT003 reason="we say it each week"', _SAYS),
    why="A note without a reason and an end would outlive whoever knew why it is there.",
)
NOT_ALLOWED = Rule(
    "WAV002",
    Severity.WARNING,
    "body",
    "{code} can't be allowed: {why}.",
    "{mend}",
    _with('allow LNK001 reason="it comes soon" until=2027-01-31', _SAYS),
    why="What would break the site or show what is a patient's own is held back, whatever the reason.",
)
RUN_OUT = Rule(
    "WAV003",
    Severity.WARNING,
    "body",
    '{code} was allowed here until {until} ("{reason}"). What that lets through: {finding}',
    "If that still holds, write a new last day. If not, mend the text and take this note out.",
    _with('allow NOT003 reason="we say it each week" until=2026-01-31', _LATER),
    why="Somebody meant to look at this again on that day.",
)
NOT_NEEDED = Rule(
    "WAV004",
    Severity.WARNING,
    "body",
    "{code} is allowed here and need not be: check has nothing to say there.",
    "Take this note out. It holds for what stands right below it; at the top of the text, for the header too.",
    _with('allow NOT003 reason="we say it each week" until=2027-01-31', _SAYS),
    why="It would let through the next mistake of that sort, which nobody meant to allow.",
)
