"""OWE001 and on: content/debt.yaml, in which `migrate` writes what the pages that it brings in still lack."""

from clinic.problems.problem import Example, Rule, Severity

_FILE = "debt.yaml"
_PAGE = "pages:\n  - page: conditions/low-back-pain.md\n    text: 8d1e5c0f9b7a4236a1c2d3e4f5061728\n    lacks:\n"

PAID = Rule(
    "OWE001",
    Severity.WARNING,
    "debt.yaml",
    "{page} does not lack this any more: {lacks}.",
    "Take these lines out, so that nobody can forget it again without a word.",
    Example(_FILE, _PAGE + "      - FM050 author\n", line=2),
    fixable=True,
    why="The list of what old pages lack can only grow shorter.",
)
NO_DEBT = Rule(
    "OWE002",
    Severity.ERROR,
    "debt.yaml",
    '"{lacks}" is nothing that a page may owe.',
    "{advice}",
    Example(_FILE, _PAGE + "      - LNK001 sciatica\n", line=5),
    why="Only what is missing may wait. What is wrong, or would harm the site or its readers, holds its page back.",
)
NO_PAGE = Rule(
    "OWE003",
    Severity.ERROR,
    "debt.yaml",
    'There is no page "{page}".',
    "{advice}",
    Example(_FILE, _PAGE.replace("conditions/low-back-pain", "pages/old-forms") + "      - FM050 author\n", line=2),
    fixable=True,
    why="A page that was renamed is one that somebody has in hand: the time to add what it lacks.",
)
LISTED_TWICE = Rule(
    "OWE004",
    Severity.ERROR,
    "debt.yaml",
    "{page} is listed twice here, first in line {first}.",
    "Take one of the two out.",
    Example(
        _FILE,
        _PAGE + "      - FM050 author\n" + _PAGE.removeprefix("pages:\n") + "      - FM050 author\n",
        line=6,
    ),
    why="Nobody could tell which of the two holds.",
)
