"""FIL001 and on: files of content/files."""

from clinic.problems.problem import Example, Rule, Severity

FLAWED = Rule(
    "FIL001",
    Severity.ERROR,
    "body, file",
    'The file "{name}" can\'t be offered: {reason}.',
    "{remedy}",
    Example("files/consent.pdf", "This is not a PDF.\n"),
    why="A form is opened by a program that obeys it: scripts and files inside harm computers, and a lock "
    "keeps reading aloud from working. Where no page links to the file, this is a warning, and it is not published.",
)
