"""FM010-FM023, SEC005 and SEC006: the bytes and characters of a file, before anything is made of them."""

from clinic.problems import Example, Rule, Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING
_PAGE = "conditions/low-back-pain.md"
_NEW = "conditions/neck-pain.md"
_TITLE = "title: Low back pain\n"
_LINE = "Low back pain is pain between the ribs and the hips.\n"

NOT_UTF8 = Rule(
    "FM010",
    ERROR,
    "file",
    "This file is not saved as UTF-8: a character on this line can't be read.",
    'Save the file again with the encoding UTF-8. Read the way older Windows programs write, the line says: "{line}"',
    why="The same bytes are other letters on other computers; a wrong ½ or µ in a dose can do harm.",
)
HALF_WRITTEN = Rule(
    "FM011",
    ERROR,
    "file",
    "This file ends in the middle of a character.",
    "It may be half saved: save it again. If this stays, save it with the encoding UTF-8.",
    why="A file that was cut off may lack more than its last letter.",
)
UTF16 = Rule(
    "FM012",
    ERROR,
    "file",
    "This file is saved as {what}, not as UTF-8.",
    "Save it again with the encoding UTF-8. In Notepad: Save as, then choose UTF-8 beside Encoding.",
    why="Notepad calls this encoding “Unicode”; the web, Git and every other tool here use UTF-8.",
)
CONTROL_CHARACTER = Rule(
    "FM013",
    ERROR,
    "text",
    "An invisible control character ({name}) stands here.",
    "Delete it: it comes from copying, or from a file that was damaged.",
    Example(_PAGE, "title: Low \x0bback pain\n", _TITLE),
    fixable=True,
    why="Control characters can't be shown, and some programs stop reading at them.",
)
EMPTY_FILE = Rule(
    "FM014",
    ERROR,
    "file",
    "This file is empty.",
    "Write the page, or delete the file. docs/editing.md has a whole example of each kind to copy.",
    Example(_NEW, "\n"),
    why="An empty file may be one that was lost while saving, so it is never skipped in silence.",
)
TOO_BIG = Rule(
    "FM015",
    ERROR,
    "file",
    "This file is too big to be a page: {size}, at most {limit} can be read.",
    "Split it into several pages. If something was pasted into it by mistake, take it out.",
    why="Ten times the longest page that anybody reads; more is an accident and slows everything down.",
)
BYTE_ORDER_MARK = Rule(
    "FM016",
    WARNING,
    "file",
    "The file begins with an invisible mark (a byte order mark).",
    "Save it as UTF-8 without BOM.",
    Example(_PAGE, "\ufeff---\ntitle: Low back pain\n", "---\ntitle: Low back pain\n"),
    fixable=True,
    why="Other tools read it as part of the first line and then find no header.",
)
MIXED_LINE_ENDS = Rule(
    "FM017",
    WARNING,
    "file",
    "Lines end in two different ways in this file (from Windows and from elsewhere), first on this line.",
    "Your editor can set one kind of line ending for the whole file.",
    Example(_PAGE, "title: Low back pain\r\n", _TITLE),
    fixable=True,
    why="Some editors show such a file as one long line, and Git shows every line as changed.",
)
LINE_SEPARATOR = Rule(
    "FM018",
    WARNING,
    "text",
    "An invisible line separator ({name}) stands here.",
    "Replace it with a space, or press Enter there.",
    Example(_PAGE, "title: Low\u2028back pain\n", _TITLE),
    fixable=True,
    why="Some programs begin a new line there and others don't.",
)
LOST_CHARACTER = Rule(
    "FM019",
    ERROR,
    "text",
    "A letter was lost here: the file holds the mark that stands for an unknown character.",
    "Look up what stood here and type it again.",
    Example(_PAGE, "title: Low back p\ufffdin\n", _TITLE),
    why="What was lost may be a letter, a fraction or a greater-than sign in front of a number.",
)
GARBLED = Rule(
    "FM020",
    WARNING,
    "text",
    'These characters look garbled: "{found}" probably was "{meant}".',
    'Write "{meant}". Another program once read this file in the wrong encoding.',
    Example(_PAGE, "title: Low back painâ€™s causes\n", _TITLE),
    fixable=True,
    why="Patients see the garbled characters.",
)
PRIVATE_CHARACTER = Rule(
    "FM021",
    ERROR,
    "text",
    "This symbol ({name}) exists only in one font, such as Word's Symbol font.",
    "Replace it with an ordinary character, for example - for a bullet.",
    Example(_PAGE, "title: \uf0b7 Low back pain\n", _TITLE),
    why="Patients see an empty box, or something else altogether.",
)
FIXED_SPACE = Rule(
    "FM022",
    WARNING,
    "body",
    "A non-breaking space stands where Markdown needs an ordinary one.",
    "Replace it with an ordinary space.",
    Example(_PAGE, _LINE + "\n-\u00a0rest\n", _LINE, line=3),
    fixable=True,
    why="With it, a list or heading is not seen as one.",
)
SOFT_HYPHEN = Rule(
    "FM023",
    WARNING,
    "text",
    "An invisible hyphen stands inside this word.",
    "Delete it: browsers break long words by themselves.",
    Example(_PAGE, "title: Low back pa\u00adin\n", _TITLE),
    fixable=True,
    why="Search does not find a word that hides a hyphen.",
)
HIDDEN_CHARACTER = Rule(
    "SEC005",
    ERROR,
    "text",
    "An invisible character ({name}) is hidden here.",
    "Delete it: it comes from copying out of a web page or a chat.",
    Example(_PAGE, "title: Low back\u200b pain\n", _TITLE),
    fixable=True,
    why="Words that look the same then differ for search, links and screen readers, and text can be hidden in them.",
)
DIRECTION_CHARACTER = Rule(
    "SEC006",
    ERROR,
    "text",
    "An invisible character that turns the direction of text ({name}) is hidden here.",
    "Delete it. Marks of direction are only for lines that hold Arabic, Hebrew or the like.",
    Example(_PAGE, "title: Low \u202eback pain\n", _TITLE),
    fixable=True,
    why="Such a character makes readers see other words, or other numbers, than the file holds.",
)
