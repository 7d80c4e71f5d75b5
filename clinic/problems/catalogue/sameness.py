"""DUP010 to DUP019: pages that patients could take for one another."""

from clinic.problems.problem import Example, Rule, Severity

NEARLY_SAME_TITLE = Rule(
    "DUP010",
    Severity.WARNING,
    "header",
    'The title "{title}" is nearly the same as "{other}" ({file}).',
    "If both are about the same thing, make one page of them and keep the old address under aliases. If not, say in "
    "the titles what makes them different.",
    Example("pages/website-privacy.md", "title: Low-back pains\n", "title: Privacy on this website\n"),
    why="In lists and search results patients could not tell which one to read.",
)
