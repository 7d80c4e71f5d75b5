"""IMG001 to IMG019: pictures of a page, and the files of content/images."""

from clinic.problems.problem import Example, Rule, Severity

_PAGE = "conditions/low-back-pain.md"
_PICTURE = "![A person walks on a flat path.](../images/walk.png)\n"

NO_DESCRIPTION = Rule(
    "IMG001",
    Severity.ERROR,
    "body, clinician",
    "This picture has no description.",
    "Write between the square brackets what a patient needs to know from it. If it is decoration only, write "
    "{{.decorative}} right after it: ![](../images/x.jpg){{.decorative}}",
    Example(_PAGE, "![](../images/walk.png)\n", _PICTURE),
    why="People who can't see the picture hear its description instead (WCAG 1.1.1).",
)
NO_SUCH_PICTURE = Rule(
    "IMG002",
    Severity.ERROR,
    "header and body",
    'There is no picture "{name}" in the content folder.',
    "{advice}",
    Example(_PAGE, "![A person walks on a flat path.](../images/Walk.png)\n", _PICTURE),
    fixable=True,
    why="On the web a capital letter makes another name, though on Windows and Mac computers it does not.",
)
NOT_A_PICTURE = Rule(
    "IMG003",
    Severity.ERROR,
    "header and body",
    'The file "{name}" can\'t be shown as a picture: {reason}.',
    "Save it again as JPEG (photos) or PNG (drawings) and put that file in its place.",
)
TOO_LARGE = Rule(
    "IMG004",
    Severity.WARNING,
    "picture",
    "This picture is larger than any screen needs: {found}.",
    "Make it at most {limit} and save it again. Programs call this resize, or image size.",
    why="Large pictures make the preview and the building of the site slow, and can't be undone in its history.",
)
SAYS_WHERE = Rule(
    "IMG005",
    Severity.WARNING,
    "picture",
    "This picture says where it was taken.",
    "Save it again without location data (in the phone's or computer's photo program: remove location).",
    why="Published pictures are stripped of it, but the file itself may be passed on, and show where somebody lives.",
)
POOR_DESCRIPTION = Rule(
    "IMG006",
    Severity.WARNING,
    "body, clinician",
    'The description "{words}" {flaw}.',
    "Say in one sentence what a patient needs to know from the picture.",
    Example(_PAGE, "![Image of a person who walks](../images/walk.png)\n", _PICTURE),
)
DRAWN_IN_CODE = Rule(
    "IMG007",
    Severity.ERROR,
    "header and body",
    'Pictures of the kind SVG, such as "{name}", are not taken.',
    "Open it in a browser or drawing program, save it as PNG, twice as wide as it is shown, and use that file.",
    Example(_PAGE, "![A person walks on a flat path.](../images/walk.svg)\n", _PICTURE),
    why="Such a file can hold programs that would run in the patient's browser.",
)
FROM_ELSEWHERE = Rule(
    "IMG008",
    Severity.ERROR,
    "body",
    "This picture would be fetched from another website.",
    "If you may use it, put a copy into content/images and write ![description](../images/its-name.jpg).",
    Example(_PAGE, "![A person walks on a flat path.](https://www.example.com/walk.png)\n", _PICTURE),
    why="The other site would learn who reads this page, and could change the picture at any time.",
)
