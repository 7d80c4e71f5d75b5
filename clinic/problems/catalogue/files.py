"""SITE001-SITE012 and SEC001-SEC007: files that are in the wrong place, badly named, or no plain files at all."""

from clinic.problems import Example, Rule, Severity

ERROR = Severity.ERROR
_PAGE = "---\ntitle: Neck pain\nsummary: What neck pain is.\n---\n\n## What it is\n\nPain in the neck.\n"

NO_CLINIC_FILE = Rule(
    "SITE001",
    ERROR,
    "site",
    "The file about the clinic itself is missing.",
    "Make a file called clinic.yaml at the top of the content folder, with the clinic's name, phones and locations.",
    why="Every page shows the clinic's name and whom to call.",
)
WRONG_ENDING = Rule(
    "SITE002",
    ERROR,
    "file",
    "A file of this sort ({ending}) can't be used here.",
    "{remedy}",
    Example("conditions/neck-pain.txt", _PAGE),
    why="A file that is left out without a word is a page that patients miss.",
)
WRONG_PLACE = Rule(
    "SITE003",
    ERROR,
    "file",
    "This file is in a place where nothing is made of it.",
    "{remedy}",
    Example("neck-pain.md", _PAGE),
    why="The folder says what a page is: a condition, a procedure, an announcement, a clinician or a page.",
)
UNKNOWN_FOLDER = Rule(
    "SITE004",
    ERROR,
    "folder",
    'There is no use for a folder called "{folder}" here; it holds {files}.',
    "{remedy}",
    Example("condition/neck-pain.md", _PAGE),
    why="Files in a misspelt folder would be left out without a word.",
)
TRANSLATION_FOLDER = Rule(
    "SITE005",
    ERROR,
    "folder",
    'The folder "{folder}" is kept for translations, which this version does not build yet; it holds {files}.',
    "Move these files out of the content folder until translations are built. Until then, a page in another language "
    "is a page of its own with lang: {folder} in its header.",
    Example("es/conditions/neck-pain.md", _PAGE),
    why="A translation that is not shown must not look as if it were.",
)
BAD_NAME = Rule(
    "SITE006",
    ERROR,
    "file",
    "This {what}'s name has {flaw}.",
    "Rename it, for example to {suggestion}. {allowed}",
    Example("conditions/Neck Pain.md", _PAGE),
    why="The name becomes part of the web address, which must work everywhere and never change.",
)
RESERVED_NAME = Rule(
    "SITE007",
    ERROR,
    "file",
    '"{name}" can\'t be a name on Windows.',
    "Rename it, for example to {suggestion}.",
    Example("conditions/con.md", _PAGE),
    why="On Windows such a file can't be made, opened or deleted, and copying the folder fails.",
)
NAME_TOO_LONG = Rule(
    "SITE008",
    ERROR,
    "file",
    "This {what} is {length} characters long; at most {limit} work everywhere.",
    "Give it a shorter one, for example {suggestion}.",
    Example(f"conditions/neck-{'very-' * 20}long.md", _PAGE),
    why="Windows and some programs that copy files stop at long names.",
)
UNREADABLE = Rule(
    "SITE009",
    ERROR,
    "file",
    "This {what} can't be read: {reason}.",
    "{remedy}",
    why="What can't be read can't be checked; leaving it out in silence would lose a page.",
)
VANISHED = Rule(
    "SITE010",
    ERROR,
    "file",
    "This file was here a moment ago and is gone.",
    "If it was moved or saved just now, run the command again.",
    why="Some editors delete a file for a moment while they save it.",
)
FOLDER_AS_FILE = Rule(
    "SITE011",
    ERROR,
    "folder",
    "This is a folder, though its name is one of a file.",
    "Rename the folder, or move the file that is in it one level up and delete the folder.",
    Example("conditions/neck-pain.md/text.md", _PAGE),
    why="Unpacking an archive sometimes makes a folder where a file was meant.",
)
SAME_BUT_CAPITALS = Rule(
    "SITE012",
    ERROR,
    "file",
    "This file's name differs from that of {other} in capital letters only.",
    "Delete one of the two, or give it another name.",
    why="On Windows and on a Mac the two are one file, and one of them would be lost.",
)

LINK_OUT = Rule(
    "SEC001",
    ERROR,
    "file",
    "This is a link to a place outside the content folder.",
    "Delete the link and copy the file itself here.",
    why="What is published must be in the content folder: a link can lead to anything on the computer.",
)
LINK_LOOP = Rule(
    "SEC002",
    ERROR,
    "file",
    "This is a link that leads back to itself or to a folder that it is in.",
    "Delete the link.",
    why="Following it would never end.",
)
LINK_INSIDE = Rule(
    "SEC003",
    ERROR,
    "file",
    "This is a link to another place in the content folder.",
    "Delete the link and copy the file itself here. If an old address must keep working, use aliases: in the header.",
    why="The same page at two addresses confuses patients and search engines, and links break when folders are copied.",
)
DEVICE = Rule(
    "SEC004",
    ERROR,
    "file",
    "This is not a file but {what}.",
    "Delete it, or move it out of the content folder.",
    why="Reading it could wait forever, or never end.",
)
LEAVES_FOLDER = Rule(
    "SEC007",
    ERROR,
    "file, header and body",
    "This path leads out of the content folder.",
    "Name a file inside the content folder.",
    Example(
        "conditions/low-back-pain.md",
        "between the ribs and the hips. See [heel pain](../../conditions/heel-pain.md).",
        "between the ribs and the hips.",
    ),
    fixable=True,
    why="What is published must be in the content folder, where it is checked.",
)
