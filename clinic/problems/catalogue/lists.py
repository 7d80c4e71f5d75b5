"""LST001 to LST009: the lists of words that a clinic adds to, in content/lists."""

from clinic.problems.problem import Example, Rule, Severity

_FILE = "lists/abbreviations.toml"

LIST_NOT_READ = Rule(
    "LST001",
    Severity.ERROR,
    "list",
    "{what} Nothing of this list is used until it is mended.",
    "{mend}",
    Example(_FILE, 'known = [\n  "OHSU,\n]\n', line=2),
    why="A word that you added would be missed without anybody knowing.",
)
UNKNOWN_LIST = Rule(
    "LST002",
    Severity.ERROR,
    "list",
    'There is no list called "{name}", so nothing of this file is used.',
    "{advice} The lists are: {known}.",
    Example("lists/abreviations.toml", 'known = ["OHSU"]\n'),
)
UNKNOWN_KEY = Rule(
    "LST003",
    Severity.ERROR,
    "list",
    '"{key}" is nothing that this list has.',
    "{advice} It has: {known}.",
    Example(_FILE, 'know = ["OHSU"]\n'),
)
WRONG_FORM = Rule(
    "LST004",
    Severity.ERROR,
    "list",
    '"{key}" must be {form}.',
    "Write it like this: {example}",
    Example(_FILE, 'known = "OHSU"\n'),
)
