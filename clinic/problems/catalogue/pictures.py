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
    debt="description",
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
    Example("images/notes.png", "This is not a picture.\n"),
    why="Readers would find an empty frame in its place. Where no page shows the file, this is a warning.",
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
UNSAFE_DRAWING = Rule(
    "IMG007",
    Severity.ERROR,
    "header and body",
    'The drawing "{name}" can\'t be shown: {reason}.',
    'Save it again as "plain SVG" or "optimized SVG" in the drawing program, or as PNG, twice as wide as it is shown.',
    Example(
        "images/spine.svg",
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20">\n'
        '<path d="M0 0h20v20z"/>\n<script>alert("!")</script>\n</svg>\n',
        line=3,
    ),
    why="A file of the kind SVG can hold programs, and fetch from other websites. One that only draws is taken. Where "
    "no page shows the file, this is a warning.",
)
FROM_ELSEWHERE = Rule(
    "IMG008",
    Severity.ERROR,
    "body",
    "This picture would be fetched from another website.",
    "If you may use it, put a copy into content/images and write ![description](../images/its-name.jpg).",
    Example(_PAGE, "![A person walks on a flat path.](https://www.example.com/walk.png)\n\n" + _PICTURE, _PICTURE),
    why="The other site would learn who reads this page, and could change the picture at any time.",
)
UNUSED = Rule(
    "IMG009",
    Severity.INFO,
    "picture",
    "No page shows this picture, so it is not published.",
    "Show it on a page, or delete the file if nobody needs it any more.",
    Example(
        "images/circle.svg",
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><circle cx="10" cy="10" r="9"/></svg>\n',
    ),
)
MOVES = Rule(
    "IMG010",
    Severity.WARNING,
    "picture",
    "This picture moves; pages show its first image only.",
    "Choose the one image that patients need and save it as JPEG or PNG. If the movement matters, describe it in "
    "words, step by step.",
    why="What moves by itself keeps people from reading, and some can't look at it at all (WCAG 2.2.2).",
)
