"""FM001-FM009, FM025-FM049: whether a header can be read, said at the place where the cause is."""

from clinic.problems import Example, Rule, Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING
_PAGE = "conditions/low-back-pain.md"
_NEW = "conditions/neck-pain.md"
_TITLE = "title: Low back pain\n"
_SUMMARY = "summary: What low back pain is, what helps, and when to call us.\n"
_HEADER = "---\ntitle: Neck pain\n"

NO_HEADER = Rule(
    "FM001",
    ERROR,
    "file",
    "This file has no header.",
    "Begin the file with a line that holds only ---, then the fields (title: …), then another line ---. "
    "docs/editing.md has a whole example of each kind to copy.",
    Example(_NEW, "## What it is\n\nPain in the neck.\n"),
    why="The header says what the page is called and who wrote it; without it there is no page.",
)
OLD_HEADER = Rule(
    "FM002",
    ERROR,
    "header",
    "This header is written in an older form, without lines of --- around it.",
    "Put --- on a line of its own before the first field and after the last. Then write the fields as docs/editing.md "
    "shows them. To bring in a whole site of that form, run: migrate FOLDER",
    Example(_NEW, "Title: Neck pain\nDate: 2026-03-02\n\nPain in the neck.\n"),
    why="Pelican's own Key: value header can't hold lists of sources and ends at the first blank line.",
)
NOT_CLOSED = Rule(
    "FM003",
    ERROR,
    "header",
    "The header that begins here is never closed.",
    "Put a line that holds only --- after the last field of the header, before line {before}.",
    Example(_NEW, "---\ntitle: Neck pain\n\n## What it is\n\nPain in the neck.\n"),
    why="Nobody but the editor knows where the header should end.",
)
FENCE_MISWRITTEN = Rule(
    "FM004",
    ERROR,
    "header",
    "The line that {does} the header must hold exactly three hyphens, not {found}.",
    "Write --- alone on the line, without spaces before it.",
    Example(_PAGE, "-----\ntitle: Low back pain\n", "---\ntitle: Low back pain\n"),
    fixable=True,
    why="Word turns hyphens into a dash, and four hyphens are a drawn line in Markdown.",
)
BLANK_BEFORE_HEADER = Rule(
    "FM005",
    WARNING,
    "header",
    "There is an empty line before the header.",
    "Delete it: the first line of the file must be ---.",
    Example(_PAGE, "\n---\ntitle: Low back pain\n", "---\ntitle: Low back pain\n"),
    fixable=True,
    why="Other tools, and code hosts, only see a header on the first line.",
)
EMPTY_HEADER = Rule(
    "FM006",
    ERROR,
    "header",
    "There is nothing in the {where} but empty lines or notes.",
    "Write at least title: and summary: between the two lines of --- (or, in the clinic's own file, name:).",
    Example(_NEW, "---\n# title comes later\n---\n\nPain in the neck.\n"),
    why="A header without fields makes no page.",
)
STRAY_FENCE = Rule(
    "FM007",
    ERROR,
    "header",
    "This line of --- ends the header too early: more fields follow it.",
    "Delete this line. The header has one line of --- before it and one after it.",
    Example(_PAGE, "title: Low back pain\n---\n", _TITLE, line=2),
    fixable=True,
    why="What follows the second --- is the page's text, so these fields would be shown to patients.",
)
NO_OPENING_FENCE = Rule(
    "FM008",
    ERROR,
    "header",
    "The line of --- before the first field is missing.",
    "Put a line that holds only --- at the very top of the file.",
    Example(_PAGE, _TITLE, "---\ntitle: Low back pain\n"),
    fixable=True,
    why="Without it the fields are text of the page.",
)
OTHER_HEADER = Rule(
    "FM009",
    ERROR,
    "header",
    "This header begins with {found}, as another program writes it.",
    "Use lines of --- and fields such as title: Neck pain.",
    Example(_NEW, '+++\ntitle = "Neck pain"\n+++\n\nPain in the neck.\n'),
    why="One form of header only, so that everybody can read every file.",
)
TAB_INDENT = Rule(
    "FM025",
    ERROR,
    "header",
    "This line is indented with a tab.",
    "Use spaces, two for each step.",
    Example(_PAGE, _TITLE + "symptoms:\n\t- sciatica\n", _TITLE, line=3),
    fixable=True,
    why="A tab is two, four or eight columns wide, depending on the program.",
)
SECOND_COLON = Rule(
    "FM026",
    ERROR,
    "header",
    "There is a second colon in this text (column {column}).",
    "Put quotes around the text: {quoted}",
    Example(_PAGE, "title: Low back pain: causes\n", _TITLE),
    fixable=True,
    why="A colon followed by a space separates a field's name from its value.",
)
NO_SPACE_AFTER_COLON = Rule(
    "FM027",
    ERROR,
    "header",
    'A space is missing after "{key}:".',
    "Write {key}: {value}",
    Example(_PAGE, "title:Low back pain\n", _TITLE),
    fixable=True,
    why="Only a colon followed by a space separates a field's name from its value.",
)
UNCLOSED_QUOTE = Rule(
    "FM028",
    ERROR,
    "header",
    "This quote ({quote}) has no partner on the line.",
    "Add the one that is missing, or take this one out.",
    Example(_PAGE, 'title: "Low back pain\n', _TITLE),
    fixable=True,
    why="Everything up to the next quote, fields included, would become one long text.",
)
TEXT_AFTER_QUOTE = Rule(
    "FM029",
    ERROR,
    "header",
    "There is more text after the closing quote (column {column}).",
    "Put the quotes around the whole text: {quoted}",
    Example(_PAGE, 'title: "Low" back pain\n', _TITLE),
    fixable=True,
    why="Quotes at the start of a value must hold all of it.",
)
APOSTROPHE_IN_QUOTES = Rule(
    "FM030",
    ERROR,
    "header",
    "This apostrophe ends the text, which is in single quotes.",
    "Use double quotes around the text: {quoted}",
    Example(_PAGE, "title: 'Don't ignore back pain'\n", _TITLE),
    fixable=True,
    why="An apostrophe and a closing single quote are the same character.",
)
CURLY_QUOTES = Rule(
    "FM031",
    ERROR,
    "header",
    "Curly quotes stand around this.",
    "Use straight quotes, or none: {quoted}",
    Example(_PAGE, "title: “Low back pain”\n", _TITLE),
    fixable=True,
    why="Word turns straight quotes into curly ones, which patients then see as part of the text.",
)
HASH_SWALLOWS = Rule(
    "FM032",
    WARNING,
    "header",
    'Everything from this # on is left out: "{lost}".',
    "If it belongs to the text, put quotes around the text: {quoted}",
    Example(_PAGE, "title: Low back pain #1\n", _TITLE),
    why="A # after a space begins a note that nobody sees.",
)
LEADING_MARK = Rule(
    "FM033",
    ERROR,
    "header",
    "A text can't begin with {sign} here.",
    "Put quotes around the text: {quoted}",
    Example(_PAGE, "title: @home with low back pain\n", _TITLE),
    fixable=True,
    why="Some characters at the start of a value have a meaning of their own.",
)
ODD_INDENT = Rule(
    "FM034",
    ERROR,
    "header",
    "This line is indented by {found}, which fits no line above it.",
    "Fields and dashes that belong together begin in the same column: {expected} here.",
    Example(_PAGE, "title: Low back pain\n summary: What it is.\n", _TITLE + _SUMMARY, line=2),
    fixable=True,
    why="How far a line is indented says what it belongs to.",
)
MISSING_DASH = Rule(
    "FM035",
    ERROR,
    "header",
    "A dash is missing at the start of this line of a list.",
    "Begin each line of the list with a dash and a space: - {item}",
    Example(_PAGE, _TITLE + "symptoms:\n  sciatica\n  home\n", _TITLE, line=3),
    fixable=True,
    why="Without dashes the lines become one text.",
)
DASH_NO_SPACE = Rule(
    "FM036",
    ERROR,
    "header",
    "A space is missing after the dash.",
    "Write - {item}",
    Example(_PAGE, _TITLE + "symptoms:\n  -sciatica\n", _TITLE, line=3),
    fixable=True,
    why="Without the space the dash is part of the text.",
)
LIST_AFTER_VALUE = Rule(
    "FM037",
    ERROR,
    "header",
    "A list can't begin here: {reason}.",
    "Begin the list on the line after the field's name, each line with a dash and a space.",
    Example(_PAGE, _TITLE + "symptoms: sciatica\n  - home\n", _TITLE, line=3),
    fixable=True,
    why="A field holds either one text or a list.",
)
NO_COLON = Rule(
    "FM038",
    ERROR,
    "header",
    'There is no colon in this line: "{line}".',
    "Write the field's name, a colon, a space and the value. If this line goes on from the one above, indent it by two "
    "spaces.",
    Example(_PAGE, _TITLE + "lang en\n", _TITLE, line=2),
    why="Each line of the header is name: value.",
)
WRONG_SIGN = Rule(
    "FM039",
    ERROR,
    "header",
    'After a field\'s name stands a colon, not "{sign}".',
    "Write {key}: {value}",
    Example(_PAGE, "title = Low back pain\n", _TITLE),
    fixable=True,
    why="Each line of the header is name: value.",
)
UNCLOSED_BRACKET = Rule(
    "FM040",
    ERROR,
    "header",
    "This square bracket has no partner.",
    "Put a list on one line between [ and ], or write it with dashes.",
    Example(_PAGE, _TITLE + "symptoms: [sciatica, home\n", _TITLE, line=2),
    fixable=True,
    why="Everything up to the next bracket would become part of the list.",
)
BROKEN_LIST = Rule(
    "FM041",
    ERROR,
    "header",
    "This list in square brackets can't be read: {reason}.",
    "Write simple texts with commas between them: [a, b]. Anything richer goes on lines of its own, with dashes.",
    Example(_PAGE, _TITLE + "symptoms: [sciatica,, home]\n", _TITLE, line=2),
    fixable=True,
    why="Short lists only: that is what can be read at a glance.",
)
CURLY_BRACKETS = Rule(
    "FM042",
    ERROR,
    "header",
    "Fields can't be written in curly brackets.",
    "Write each on a line of its own, indented by two spaces, without the brackets.",
    Example(_NEW, _HEADER + "photo: {file: neck.jpg, alt: A neck}\n---\n", line=3),
    why="One way to write a thing, so that everybody can read every file.",
)
MACHINERY = Rule(
    "FM043",
    ERROR,
    "header",
    "{what} can't be used here.",
    "Write the value itself, in each place. If it is meant as text, put quotes around it.",
    Example(_NEW, _HEADER + "related: &both\n  - sciatica\nalso_called: *both\n---\n", line=3),
    why="Such shorthand hides what a field holds, and a few lines of it can fill a computer's memory.",
)
DUPLICATE_KEY = Rule(
    "FM044",
    ERROR,
    "header",
    '"{key}" is written twice, on lines {first} and {second}.',
    "Keep one of them.",
    Example(_PAGE, _TITLE + _TITLE, _TITLE, line=2),
    why="Nobody can tell which of the two is meant.",
)
TOO_MUCH = Rule(
    "FM045",
    ERROR,
    "header",
    "This header is too {what}: at most {limit}.",
    "Take out what does not belong to the header. If the page's text is in it, a line of --- is missing before it.",
    why="No page needs more, and what does is a mistake or an attack.",
)
BACKSLASH = Rule(
    "FM046",
    ERROR,
    "header",
    "A backslash in double quotes has a meaning of its own.",
    "Write the character itself, or two backslashes for one.",
    Example(_PAGE, 'title: "Low back\\pain"\n', _TITLE),
    fixable=True,
    why="It can write invisible characters, or eat the letter after it.",
)
ENTITY = Rule(
    "FM047",
    WARNING,
    "header",
    'Patients would see "{found}" as it stands here.',
    'Write "{meant}". The header holds plain text, not HTML.',
    Example(_PAGE, "title: Low back &mdash; and pain\n", _TITLE),
    fixable=True,
    why="Codes such as &amp; are for HTML, and values of the header are plain text.",
)
WRONG_SPACE = Rule(
    "FM048",
    ERROR,
    "header",
    "This space is not an ordinary one ({name}).",
    "Replace it with the space bar's.",
    Example(_PAGE, "title:\u00a0Low back pain\n", _TITLE),
    fixable=True,
    why="It comes from copying out of Word or a web page, and looks the same but separates nothing.",
)
UNREADABLE = Rule(
    "FM049",
    ERROR,
    "header",
    "The header can't be read from this line on.",
    "Compare it with the header of a page that works. Text with unusual characters is best put in double quotes.",
    why="What is not understood is never guessed at.",
)
