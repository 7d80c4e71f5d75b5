"""STR020-STR049 and SEC010-SEC039: what is found while a body is read: its structure, its facts and its safety."""

from clinic.problems.problem import Example, Rule, Severity

_PAGE = "conditions/low-back-pain.md"
_LINE = "Low back pain is pain between the ribs and the hips.\n"


def _after(mistake: str, line: int = 3) -> Example:
    """The mistake in a paragraph of its own below the good line."""
    return Example(_PAGE, f"{_LINE}\n{mistake}\n", _LINE, line)


def _instead(mistake: str) -> Example:
    """The good line with the mistake at its end."""
    return Example(_PAGE, f"{_LINE.rstrip()} {mistake}\n", _LINE)


LIST_NESTED_TOO_LITTLE = Rule(
    "STR020",
    Severity.ERROR,
    "body",
    "This line is indented, but not far enough to belong to the list item above it.",
    "Put {spaces} spaces before it, so that it stands below the first letter of that item.",
    _after("1. Rest\n  - on your back", 4),
    fixable=True,
    why="Programs disagree about such a line: a step could land in the wrong list, or leave the list.",
)
LIST_NUMBER_IN_SENTENCE = Rule(
    "STR021",
    Severity.ERROR,
    "body",
    'This line begins with "{number}" and follows a sentence directly, so it does not become a list.',
    "If it is a list, put an empty line above it. If it belongs to the sentence, write both on one line.",
    _after("Take these steps:\n2. Call us.", 4),
    why="It would be shown as part of the sentence, numbers and all.",
)
UNKNOWN_CARD = Rule(
    "STR022",
    Severity.ERROR,
    "body",
    'There is no care card called "{card}".',
    "Use one of: {known}.",
    _after("> [!emergencie] Call 911 if\n> - you can't feel your legs"),
    fixable=True,
    why="A card that is not known would be shown as an ordinary quotation, and an urgent warning would be lost.",
)
CARD_WITHOUT_TITLE = Rule(
    "STR023",
    Severity.ERROR,
    "body",
    "This care card has no title.",
    "Write the title on the first line, for example: > [!{card}] {example}",
    _after("> [!call-us]\n> - the pain gets worse"),
    why="The title says in words who should act, and how fast; colour alone does not.",
)
CARD_EMPTY = Rule(
    "STR024",
    Severity.ERROR,
    "body",
    "This care card has a title but nothing below it.",
    'Write what it is about on the lines below, each beginning with ">".',
    _after("> [!call-us] Call us if"),
)
CARD_NOT_ALONE = Rule(
    "STR025",
    Severity.ERROR,
    "body",
    "This care card does not stand on its own: {reason}.",
    "{mend}",
    _after("- Rest\n  > [!note] Rest\n  > A day or two.", 4),
    fixable=True,
    why="Care cards are moved to where a patient needs them; half a card, or one inside a list, can't be.",
)
LEVEL_ONE_HEADING = Rule(
    "STR026",
    Severity.ERROR,
    "body",
    "This is a heading of the first level. The page's title is the only one.",
    'Begin the line with "##".',
    _after("# Kinds of back pain\n\nThere are many."),
    fixable=True,
    why="Screen readers take the one first-level heading for the name of the page.",
)
ATTRIBUTE_NOT_ALLOWED = Rule(
    "STR027",
    Severity.ERROR,
    "body",
    '"{attribute}" in curly brackets is not something that can be set {place}.',
    "Only {{#name}} (an address within the page) and {{.decorative}} (right after a picture) are known.",
    _instead("*Rest*{.big}"),
)
DUPLICATE_ID = Rule(
    "STR028",
    Severity.ERROR,
    "body",
    'The name "#{name}" is used twice on this page.',
    "Give one of the two another name, or take it out.",
    _after("### Kinds {#kinds}\n\nTwo kinds.\n\n### More kinds {#kinds}\n\nOne more.", 7),
    why="A link to that name could only lead to the first.",
)
TOO_DEEP = Rule(
    "STR029",
    Severity.ERROR,
    "body",
    "Too many things stand inside one another here (more than {limit}).",
    "Take some of the levels out: no reader can follow so many.",
    _after("> " * 14 + "Rest."),
)
UNKNOWN_FOOTNOTE = Rule(
    "STR030",
    Severity.ERROR,
    "body",
    'There is no source and no footnote called "{name}".',
    'Add it to "sources" at the top of the file, or write the footnote itself: [^{name}]: the text',
    _instead("It is common.[^no-such-source]"),
    why="The number would lead nowhere, and the sentence would have no source.",
)
RAGGED_ROW = Rule(
    "STR031",
    Severity.WARNING,
    "body",
    "This row has {found} cells; the table has {expected}.",
    "Add or take out bars (|) until the row has {expected} cells. Cells too many are not shown.",
    _after("| Kind | How long |\n|---|---|\n| acute | weeks | rest |", 5),
)
TABLE_NOT_READ = Rule(
    "STR032",
    Severity.ERROR,
    "body",
    "This looks like a table, but {reason}.",
    "Below the row of headings, write a row of dashes with as many cells: {example}",
    _after("| Kind | How long |\n| acute | weeks |"),
    why="Without that row the table is shown as a sentence full of bars.",
)
BARE_ADDRESS = Rule(
    "STR033",
    Severity.WARNING,
    "body",
    '"{address}" is plain text, so nobody can tap it.',
    "Put angle brackets round it, <{address}>, or better make a link of words: [what is there](address)",
    _instead("See https://www.example.com/spine for more."),
    fixable=True,
)
FACT_NOT_READ = Rule(
    "STR034",
    Severity.ERROR,
    "body or summary",
    '"{fact}" is not a fact of the clinic that can be named here.',
    "{known}",
    _instead("Call {{ phones.main }}."),
    why="Patients would see the curly brackets instead of a number to call.",
)
FACT_OUT_OF_PLACE = Rule(
    "STR035",
    Severity.ERROR,
    "body",
    "A fact of the clinic, {{{{ {fact} }}}}, can't stand in {place}.",
    "{mend}",
    _instead("Call [reception](tel:{{ phone.main }})."),
    why="Facts are filled in as words and links of their own; in such a place they would stay as they are written.",
)
COMMENT_NOT_CLOSED = Rule(
    "STR036",
    Severity.ERROR,
    "body",
    "This comment has no end.",
    "Write --> where it ends.",
    _after("<!-- ask the doctor about this"),
)
HEADING_WITHOUT_SPACE = Rule(
    "STR037",
    Severity.ERROR,
    "body",
    'This looks like a heading, but there is no space after "{marks}".',
    "Put a space between the # and the words.",
    _after("###Kinds of back pain\n\nThere are two."),
    fixable=True,
)
HEADING_INSIDE = Rule(
    "STR038",
    Severity.ERROR,
    "body",
    "A heading can't stand in {place}.",
    "Move it out, or take the # away and leave the words.",
    _after("> [!note] Rest\n> ### How long\n> A day or two.", 4),
    why="Screen readers list the headings of a page; one inside a card or list breaks that list.",
)
TOO_MUCH = Rule(
    "STR039",
    Severity.ERROR,
    "body",
    "This page has {found} {things}; at most {limit} can be read.",
    "Make several pages of it.",
)
BODY_TOO_LONG = Rule(
    "STR040",
    Severity.ERROR,
    "body",
    "The text of this page has {found} characters; at most {limit} can be read.",
    "Make several pages of it, or look whether something was pasted in by mistake.",
)
PARAGRAPH_NOT_READ = Rule(
    "STR041",
    Severity.ERROR,
    "body",
    "This paragraph is too long or too tangled to be read.",
    "Make shorter paragraphs of it (at most {limit} characters), and look for signs such as * or [ without a partner.",
)
CODE_BY_INDENTATION = Rule(
    "STR042",
    Severity.WARNING,
    "body",
    "This text is indented by four spaces or more, so it is shown as computer code.",
    "Take the spaces at the start of the line out. For real code, put ``` above and below it.",
    _after("    Rest for a day."),
)
LINE_MAKES_HEADING = Rule(
    "STR043",
    Severity.ERROR,
    "body",
    "The line of {mark} makes a heading of the text above it.",
    'For a heading, write ## and the words instead. For a dividing line, put an empty line above the "{mark}".',
    _after("Rest for a day.\n---", 4),
    why="A sentence would turn into a heading, which nobody wants.",
)
REFERENCE_UNKNOWN = Rule(
    "STR044",
    Severity.ERROR,
    "body",
    'The second pair of square brackets names "{name}", which is nowhere explained.',
    "Write the address in round brackets, [words](address), or add a line [{name}]: address",
    _instead("Read [about nerves][nerves]."),
    why="Patients would see the square brackets and have nothing to tap.",
)
DEFINITION_TROUBLE = Rule(
    "STR045",
    Severity.WARNING,
    "body",
    "{what}",
    "{mend}",
    _after("[^spare]: A footnote that nothing names."),
)
CHARACTER_NOT_ALLOWED = Rule(
    "STR046",
    Severity.ERROR,
    "body",
    "Here stands a character that no screen can show ({name}).",
    "Delete it and type the words around it again.",
)
CODE_NOT_CLOSED = Rule(
    "STR047",
    Severity.ERROR,
    "body",
    "The code that starts here has no end.",
    "Write {fence} on a line of its own where it ends.",
    _after("```\nprint(1)"),
    why="All that follows, care cards too, would be shown as code.",
)
DETAILS_TROUBLE = Rule(
    "STR048",
    Severity.ERROR,
    "body",
    "{what}",
    "Write <details> on a line of its own, below it <summary>the words to tap</summary>, the text, then </details>.",
    _after("<details>\n<summary>More</summary>\n\nRest."),
)
HEADING_EMPTY = Rule(
    "STR049",
    Severity.ERROR,
    "body",
    "This heading has no words.",
    "Write the words, or take the line out.",
    _after("###"),
)

HTML_NOT_ALLOWED = Rule(
    "SEC010",
    Severity.ERROR,
    "body",
    "The HTML code {tag} is not allowed.",
    "Take it out. Allowed are sup, sub, br, abbr, dfn, kbd, details and summary. To show the sign itself, write &lt;",
    _instead('<font color="red">Rest.</font>'),
    why="Raw HTML can change or break the page, hide text from screen readers, or run scripts.",
)
DANGEROUS_ADDRESS = Rule(
    "SEC011",
    Severity.ERROR,
    "body",
    "The address of this {thing} is dangerous: {reason}.",
    "Write an ordinary address that begins with https:// or the way to a file of this site.",
    _instead("[Read more](javascript:alert(1))"),
    why="Such an address can run a program in the patient's browser or lead to a site that is not what it seems.",
)
EVENT_ATTRIBUTE = Rule(
    "SEC012",
    Severity.ERROR,
    "body",
    '"{attribute}" would run a program in the patient\'s browser.',
    "Take it out.",
    _instead('H<sub onclick="alert(1)">2</sub>O'),
)
EMBED_NOT_ALLOWED = Rule(
    "SEC013",
    Severity.ERROR,
    "body",
    "{tag} brings in something from outside the text, which is not allowed.",
    "Take it out. For a video or a map, make a link to its page.",
    _after('<iframe src="https://video.example.com/1"></iframe>'),
    why="Embeds let other companies see who reads about which illness.",
)
MARKUP_REMOVED = Rule(
    "SEC014",
    Severity.ERROR,
    "body",
    "The last safety check took something out of the text of this part of the page.",
    "Look for unusual HTML code or addresses here and take them out. Please tell those who look after the generator.",
)
HTML_ATTRIBUTE = Rule(
    "SEC015",
    Severity.ERROR,
    "body",
    '"{attribute}" can\'t be set on <{tag}>.',
    "Take it out. Only abbr and dfn may have a title, and details the word open.",
    _instead('H<sub class="low">2</sub>O'),
)
HTML_NOT_CLOSED = Rule(
    "SEC016",
    Severity.ERROR,
    "body",
    "{tag} has no partner.",
    "Write both, <{name}> before the words and </{name}> after them, in the same paragraph.",
    _instead("H<sub>2O"),
)
UNKNOWN_ADDRESS_KIND = Rule(
    "SEC017",
    Severity.ERROR,
    "body",
    'The address of this {thing} begins with "{scheme}:", which is not allowed.',
    "Addresses begin with https://, mailto: or tel:, or they are the way to a file of this site.",
    _instead("[Read more](ftp://files.example.com/spine)"),
)
HIDDEN_CHARACTER = Rule(
    "SEC018",
    Severity.ERROR,
    "body",
    "{written} stands for a character that can't be seen ({name}).",
    "Take it out.",
    _instead("Rest&#8238;."),
    why="Hidden characters can make a text or an address read differently from what it is.",
)
