"""FM050 and on: what is wrong with a key or a value of the header or of clinic.yaml, once it can be read."""

from clinic.problems.problem import Example, Rule, Severity

_PAGE = "conditions/low-back-pain.md"
_TITLE = "title: Low back pain\n"
_SUMMARY = "summary: What low back pain is, what helps, and when to call us.\n"
_NEWS = "announcements/office-hours.md"

MISSING_FIELD = Rule(
    "FM050",
    Severity.ERROR,
    "header",
    '"{key}" is missing in {called}.',
    "{help} Add a line such as: {example}",
    Example(_PAGE, _TITLE, _TITLE + _SUMMARY),
    why="Lists, search results and link previews are made from these lines.",
    debt="{key}",
)
UNKNOWN_FIELD = Rule(
    "FM051",
    Severity.ERROR,
    "header",
    '"{key}" is not a field of {called}.',
    "Known here: {known}.",
    Example(_PAGE, "also_caled: [lumbago]\n", "also_called: [lumbago]\n"),
    fixable=True,
    why="A misspelt key would silently do nothing.",
)
EMPTY_VALUE = Rule(
    "FM052",
    Severity.ERROR,
    "header",
    '"{key}" has no value.',
    "Write {says} after the colon, or take the line out if the field may be left out.",
    Example(_PAGE, "title:\n", _TITLE),
)
NOT_FIELDS = Rule(
    "FM053",
    Severity.ERROR,
    "header",
    "Here {called} is expected, with a line for each of its fields.",
    "Write each field on a line of its own, indented by two spaces: {fields}.",
    Example("clinic.yaml", "after_hours: call the nurse\n", "after_hours:\n  phone: night\n  text: A nurse answers.\n"),
)
NOT_TEXT = Rule(
    "FM054",
    Severity.ERROR,
    "header",
    '"{key}" holds several values where one is expected.',
    "Write {says} on the same line, after the colon.",
    Example(_PAGE, "title: [Low back pain, Lumbago]\n", _TITLE),
)
NOT_A_LIST = Rule(
    "FM055",
    Severity.ERROR,
    "header",
    '"{key}" is a list, but here stands one value.',
    "Put square brackets round it: {key}: [{value}]",
    Example(_PAGE, "also_called: lumbago\n", "also_called: [lumbago]\n"),
    fixable=True,
)
NOT_A_CHOICE = Rule(
    "FM056",
    Severity.ERROR,
    "header",
    '"{value}" is not one of the values of "{key}".',
    "Choose one of: {choices}.",
    Example(_PAGE, _TITLE + "status: publised\n", _TITLE, line=2),
    fixable=True,
)
NOT_YES_NO = Rule(
    "FM057",
    Severity.ERROR,
    "header",
    '"{key}" can be yes or no; here stands "{value}".',
    "Write yes or no.",
    Example(_PAGE, _TITLE + "noindex: true\n", _TITLE, line=2),
    fixable=True,
)
NOT_A_DATE = Rule(
    "FM058",
    Severity.ERROR,
    "header",
    '"{value}" is not a date that can be read with certainty.',
    "Write {says}: year, month and day with dashes.",
    Example(_NEWS, "date: last Monday\n", "date: 2026-11-02\n"),
)
AMBIGUOUS_DATE = Rule(
    "FM059",
    Severity.ERROR,
    "header",
    '"{value}" can be read as two different days.',
    "Write {first} or {second}, whichever you mean.",
    Example(_NEWS, "date: 03/04/2026\n", "date: 2026-11-02\n"),
)
DATE_FORM = Rule(
    "FM060",
    Severity.ERROR,
    "header",
    '"{value}" is not written as dates are here.',
    "Write {right}.",
    Example(_NEWS, "date: 2026-11-2\n", "date: 2026-11-02\n"),
    fixable=True,
)
NO_SUCH_DAY = Rule(
    "FM061",
    Severity.ERROR,
    "header",
    'There is no such day or time as "{value}".',
    "Look at the calendar: months go from 01 to 12, hours from 00 to 23. Midnight is 00:00 of the next day.",
    Example(_NEWS, "date: 2026-11-31\n", "date: 2026-11-02\n"),
)
ZONE_IN_TIME = Rule(
    "FM062",
    Severity.ERROR,
    "header",
    '"{value}" names a time zone.',
    "Times are always the clinic's own. Write only the date and the time: {right}",
    Example(_NEWS, "expires: 2026-12-31 17:00 PST\n", "expires: 2026-12-31\n"),
)
ONLY_A_DAY = Rule(
    "FM063",
    Severity.ERROR,
    "header",
    '"{key}" is a day; the time of day in "{value}" has no place in it.',
    "Write {right}.",
    Example(_NEWS, "date: 2026-11-02 08:00\n", "date: 2026-11-02\n"),
    fixable=True,
)
LONG_TEXT = Rule(
    "FM064",
    Severity.WARNING,
    "header",
    '"{key}" is {length} characters long; over {limit} it is cut off in lists and search results.',
    "Say the same in fewer words.",
    Example(_PAGE, "title: Low back pain" + ", and all that comes with it" * 3 + "\n", _TITLE),
)
TOO_LONG = Rule(
    "FM065",
    Severity.ERROR,
    "header",
    '"{key}" is {length} characters long; {limit} is the most.',
    "Keep one short sentence here and move the rest into the text below the header.",
    Example(_PAGE, "title: Low back pain" + ", and all that comes with it" * 11 + "\n", _TITLE),
)
LINE_BREAK = Rule(
    "FM066",
    Severity.ERROR,
    "header",
    '"{key}" runs over several lines.',
    "Write it on one line.",
    Example(_PAGE, "title: |\n  Low back\n  pain\n", _TITLE),
)
NOT_A_URL = Rule(
    "FM068",
    Severity.ERROR,
    "header",
    '"{value}" is not a web address that can be used for "{key}".',
    "Write the whole address, beginning with https://",
    Example(_PAGE, "    url: medlineplus.gov/backpain.html\n", "    url: https://medlineplus.gov/backpain.html\n"),
)
NOT_AN_EMAIL = Rule(
    "FM069",
    Severity.ERROR,
    "clinic.yaml",
    '"{value}" is not an e-mail address.',
    "Write it like office@example.com.",
    Example("clinic.yaml", "    address: office at example.com\n", "    address: office@example.com\n"),
)
NOT_A_PHONE = Rule(
    "FM070",
    Severity.ERROR,
    "clinic.yaml",
    '"{value}" is not a complete phone number.',
    'Write it with a plus sign and the country code, in quotes: "+15035550100".',
    Example("clinic.yaml", '    number: "503-555-0100"\n', '    number: "+15035550100"\n'),
)
NOT_AN_ADDRESS = Rule(
    "FM071",
    Severity.ERROR,
    "header",
    '"{value}" is not an old address of this site.',
    "Write only the part after the clinic's name, beginning with a slash: /old-page/ or /old-page.html",
    Example(_PAGE, _TITLE + "aliases: [old page]\n", _TITLE, line=2),
)
ADDRESS_WITH_QUERY = Rule(
    "FM072",
    Severity.ERROR,
    "header",
    'The old address "{value}" has a question mark or a # in it.',
    "A plain site can't tell such addresses apart. Ask whoever runs the web server or CDN to redirect it; "
    "docs/publishing.md says how.",
    Example(_PAGE, _TITLE + 'aliases: ["/index.php?page=7"]\n', _TITLE, line=2),
)
NOT_MONTHS = Rule(
    "FM073",
    Severity.ERROR,
    "header",
    '"{value}" is not a span of 1 to 36 months.',
    "Write it like this: review_every: 24 months",
    Example(_PAGE, _TITLE + "review_every: 5 years\n", _TITLE, line=2),
)
NOT_A_LANGUAGE = Rule(
    "FM074",
    Severity.ERROR,
    "header",
    '"{value}" is not the code of a language.',
    "Write a code such as en, es or zh-Hans.",
    Example(_PAGE, _TITLE + "lang: english please\n", _TITLE, line=2),
)
NOT_HOURS = Rule(
    "FM075",
    Severity.ERROR,
    "clinic.yaml",
    '"{value}" are not opening hours.',
    "Write closed, one span (08:00-17:00), or several in brackets: [08:00-12:00, 13:00-17:00]. They may not overlap.",
    Example("clinic.yaml", "      monday: 8-5\n", "      monday: 08:00-17:00\n"),
)
SAME_TWICE = Rule(
    "FM076",
    Severity.ERROR,
    "header",
    '"{value}" stands twice in "{key}".',
    "Keep it once.",
    Example(_PAGE, "also_called: [lumbago, lumbago]\n", "also_called: [lumbago]\n"),
)
NO_REASON = Rule(
    "FM077",
    Severity.ERROR,
    "header",
    '"{key}: {value}" needs a reason.',
    "Add a line that says why: {example}",
    Example(_PAGE, _TITLE + "status: withdrawn\n", _TITLE, line=2),
)
TIME_SKIPPED = Rule(
    "FM078",
    Severity.ERROR,
    "header",
    "{value} does not exist: the clocks are put forward then.",
    "Write {before} or {after}.",
    Example(_NEWS, "expires: 2027-03-14 02:30\ndate: 2027-01-11\n", "expires: 2026-12-31\ndate: 2026-11-02\n"),
)
TIME_TWICE = Rule(
    "FM079",
    Severity.ERROR,
    "header",
    "{value} happens twice: the clocks are put back then.",
    "Write a time before {before} or from {after} on, which happen once.",
    Example(_NEWS, "expires: 2026-11-01 01:30\ndate: 2026-10-30\n", "expires: 2026-12-31\ndate: 2026-11-02\n"),
)
NOT_AN_ID = Rule(
    "FM080",
    Severity.ERROR,
    "header",
    '"{value}" can\'t be a name here.',
    'Use small letters a to z, digits and dashes: "{right}".',
    Example("clinic.yaml", "  Poison Control:\n", "  poison-control:\n"),
)
NOT_IN_CLINIC = Rule(
    "FM081",
    Severity.ERROR,
    "header",
    'clinic.yaml has no {what} called "{value}".',
    "{advice}",
    Example(_PAGE, "body_parts: [lower-bak]\n", "body_parts: [lower-back]\n"),
    fixable=True,
)
NOT_A_COLOUR = Rule(
    "FM082",
    Severity.ERROR,
    "clinic.yaml",
    '"{value}" is not a colour that can be used.',
    'Write it as # and six digits or letters a to f, in quotes: "#0b5f6b".',
    Example("clinic.yaml", "accent: teal\n", 'accent: "#0b5f6b"\n'),
)
NOT_A_ZONE = Rule(
    "FM083",
    Severity.ERROR,
    "clinic.yaml",
    '"{value}" is not the name of a time zone.',
    "Write a name such as America/Los_Angeles. {advice}",
    Example("clinic.yaml", "timezone: PST\n", "timezone: America/Los_Angeles\n"),
)
NOT_NUMBERS = Rule(
    "FM084",
    Severity.ERROR,
    "clinic.yaml",
    '"{key}" needs two numbers: how far north, how far east.',
    "Write them like this: geo: [45.5152, -122.6784]",
    Example("clinic.yaml", "    geo: [north, west]\n", "    geo: [45.5152, -122.6784]\n"),
)
NOT_NPI = Rule(
    "FM085",
    Severity.ERROR,
    "clinician",
    '"{value}" is not a National Provider Identifier.',
    "It has ten digits, and the last one checks the others. Look it up again.",
    Example("clinicians/dr-example.md", "role: Physician\nnpi: 1234567890\n", "role: Physician\n", line=2),
)
NO_WAY_TO_ASK = Rule(
    "FM086",
    Severity.ERROR,
    "clinic.yaml",
    '"appointments" gives no way to ask for one.',
    "Add at least one of phone, portal or form.",
    Example("clinic.yaml", "appointments:\n  relay: Call 711 first.\n", "appointments:\n  phone: main\n"),
)
MARKUP_IN_TEXT = Rule(
    "SEC040",
    Severity.ERROR,
    "header",
    '"{key}" has web code in it: {value}',
    "Values are plain text. Take the part in angle brackets out.",
    Example(_PAGE, "title: Low back pain <script>alert(1)</script>\n", _TITLE),
    why="Code in a value could run on every page that shows it.",
)
UNSAFE_ADDRESS = Rule(
    "SEC041",
    Severity.ERROR,
    "header",
    '"{value}" is not a safe address.',
    "Use an address that begins with https://",
    Example(_PAGE, "    url: javascript:alert(1)\n", "    url: https://medlineplus.gov/backpain.html\n"),
)
