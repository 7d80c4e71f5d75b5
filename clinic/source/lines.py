"""One line of the header: whether it is a field, a dash of a list or neither, and then what is wrong with it."""

import re

from clinic.expressions import expression
from clinic.problems.catalogue import header as rules
from clinic.source.characters import SPACES, name_of
from clinic.source.values import Finding, quoted, shortened, unclosed

FIELD = expression(
    r"""(?:"(?P<double>[^"\\]+)"|'(?P<single>[^']+)'|"""
    r"""(?P<plain>[^\s\-?:,\[\]{}\#&*!|>'"%@`“”‘’][^:#]*+))[ \t]*:(?=[ \t]|\Z)""",  # noqa: RUF001 quotes that Word makes
)
"""A field's name and its colon, at the beginning of what is left of a line."""

NAME = expression(r"[a-z_][a-z0-9_-]*\Z")
"""What the names of fields look like: text with spaces or capitals before a colon is more likely a sentence."""

BLANKS = " \t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""What may stand before the first character of a line, rightly or wrongly."""

LITERAL = expression(r"[|>][+-]?(?:[ \t]+#.*)?\Z")
"""The mark after which a text of several lines follows, indented."""

_BULLET = expression(rf"(?P<mark>[*+•·◦‣▪●○■–—−‐‑])(?P<space>[ \t{SPACES}]+)\S")  # noqa: RUF001 bullets and dashes that Word makes
_CURLY_KEY = expression(r"[“”„‘’\"'](?P<key>[\w-]+)[“”‘’\"'](?=[ \t]*:)")  # noqa: RUF001
_WRONG_SIGN = expression(r"(?P<key>[A-Za-z_][\w-]*)[ \t]*(?P<sign>[=;：﹕∶꞉](?P<space>[ \t]*))(?P<value>.*)")  # noqa: RUF001
_SPACE_AFTER = expression(rf"[A-Za-z_][\w-]*[ \t]*:(?P<space>[ \t]*[{SPACES}][ \t{SPACES}]*)")
_TIGHT = expression(r"(?P<key>[A-Za-z_][\w-]*)(?P<colon>:)(?!//)(?P<value>\S.*)")
_TIGHT_DASH = expression(rf"-(?P<space>[{SPACES}]*)(?P<item>[^\s-].*)")
_SHORTHAND = expression(r"[&*!][\w!<-][^\s:]*")


def key_of(match: re.Match[str]) -> str:
    """The name that FIELD found."""
    return (match["double"] or match["single"] or match["plain"] or "").rstrip(" \t\n")


def is_item(text: str) -> bool:
    """Whether a line is one of a list: a dash, and then a space or nothing."""
    return text[0] == "-" and text[1:2] in {"", " ", "\t"}


def tight_dash(text: str) -> Finding | None:
    """A dash that should begin an item of a list but has no ordinary space after it."""
    match = _TIGHT_DASH.match(text)
    if match is None:
        return None
    if match["space"]:
        return wrong_space(*match.span("space"), match["space"], " ")
    return Finding(rules.DASH_NO_SPACE, 0, 1, "- ", {"item": shortened(match["item"])})


def wrong_bullet(text: str) -> Finding | None:
    """A bullet that is no dash."""
    match = _BULLET.match(text)
    if match is None:
        return None
    words: dict[str, object] = {"item": shortened(text[match.end() - 1 :])}
    return Finding(rules.MISSING_DASH, 0, match.end("space"), "- ", words)


def missing_dash(text: str) -> Finding:
    """A line of a list without any dash; mended where it is one word, which can't go on a text."""
    text = text.rstrip(" \t")
    mended = f"- {text}" if re.fullmatch(r"[\w-]+", text) else None
    return Finding(rules.MISSING_DASH, 0, len(text), mended, {"item": shortened(text)})


def wrong_indent(lead: str, width: int) -> Finding:
    """White space before a line that is not of plain spaces; `width` spaces are right."""
    if "\t" in lead:
        return Finding(rules.TAB_INDENT, 0, len(lead), " " * width)
    return wrong_space(0, len(lead), lead.strip(" "), " " * width)


def odd_indent(start: int, found: int, expected: int, *, sure: bool = True) -> Finding:
    """White space from `start` on that puts a line into a column where nothing begins."""
    words: dict[str, object] = {"found": _columns(found), "expected": _columns(expected)}
    mended = " " * expected if sure else None
    return Finding(rules.ODD_INDENT, start if sure else start + found, start + found, mended, words)


def _columns(count: int) -> str:
    return "no space" if not count else "1 space" if count == 1 else f"{count} spaces"


def tight_colon(text: str) -> tuple[Finding, int] | None:
    """A field without the space after its colon, and where its value begins."""
    match = _TIGHT.match(text)
    if match is None:
        return None
    words: dict[str, object] = {"key": match["key"], "value": shortened(match["value"])}
    return Finding(rules.NO_SPACE_AFTER_COLON, *match.span("colon"), ": ", words), match.start("value")


def keyless(text: str, *, in_list: bool) -> Finding:  # noqa: PLR0911 one return for each case
    """Why a line that should be a field is none."""
    bullet = wrong_bullet(text) if in_list else None
    if bullet:
        return bullet
    machinery = _machinery(text)
    if machinery:
        return machinery
    if text[0] == "{":
        return Finding(rules.CURLY_BRACKETS, 0, len(text.rstrip(" \t\n")))
    curly = _CURLY_KEY.match(text)
    if curly:
        return Finding(rules.CURLY_QUOTES, 0, curly.end(), curly["key"], {"quoted": curly["key"]})
    if text[0] in "\"'":
        return unclosed(text) if text.count(text[0]) == 1 else _no_colon(text)
    space = _SPACE_AFTER.match(text)
    if space:
        return wrong_space(*space.span("space"), space["space"].strip(" \t"), " ")
    sign = _WRONG_SIGN.match(text)
    if sign:
        words: dict[str, object] = {"sign": sign["sign"][0], "key": sign["key"], "value": shortened(sign["value"])}
        return Finding(rules.WRONG_SIGN, *sign.span("sign"), ": ", words)
    return _no_colon(text)


def _no_colon(text: str) -> Finding:
    return Finding(rules.NO_COLON, 0, len(text.rstrip(" \t\n")), None, {"line": shortened(text)})


def wrong_space(start: int, end: int, spaces: str, mended: str) -> Finding:
    """A space that is not the ordinary one, where it separates things."""
    return Finding(rules.WRONG_SPACE, start, end, mended, {"name": name_of(spaces[0])})


def _machinery(text: str) -> Finding | None:
    """The marks with which YAML does more than this header may."""
    if text[0] == "?" and text[1:2] in {"", " ", "\t"}:
        return Finding(rules.MACHINERY, 0, 1, None, {"what": "A question mark before a field's name"})
    if text[0] == "%" or ends_all(text):
        sign = text[: 1 if text[0] == "%" else 3]
        return Finding(rules.MACHINERY, 0, len(text.rstrip(" \t\n")), None, {"what": f"A line that begins with {sign}"})
    shorthand = _SHORTHAND.match(text)
    if shorthand:
        return Finding(rules.MACHINERY, 0, shorthand.end(), None, {"what": f"A shorthand ({shortened(shorthand[0])})"})
    return None


def ends_all(text: str) -> bool:
    """Whether a line without indentation begins as the end of all fields does, with text after it."""
    return text.startswith(("... ", "...\t", "--- ", "---\t"))


def merge(key: str) -> Finding:
    """The key with which YAML copies one group of fields into another."""
    return Finding(rules.MACHINERY, 0, len(key), None, {"what": "<< (copying fields from elsewhere)"})


def list_on_the_line(value: str, indent: int) -> Finding:
    """A dash right after a field's colon."""
    item = value[1:].strip()
    mended = "\n" + " " * indent + f"- {item}" if item else None
    reason = "its first dash must be on a line of its own"
    return Finding(rules.LIST_AFTER_VALUE, 0, len(value.rstrip(" \t\n")), mended, {"reason": reason})


def sentence_in_list(text: str, key: str) -> Finding | None:
    """A sentence with a colon as the item of a list ("Pain: at night"), which would be read as a field."""
    if NAME.match(key) or text[0] in "\"'":
        return None
    colon = re.search(r":(?=[ \t]|\Z)", text)
    mended = quoted(text.rstrip(" \t\n"))
    words: dict[str, object] = {"quoted": shortened(mended)}
    return Finding(
        rules.SECOND_COLON, 0, len(text.rstrip(" \t\n")), mended, words, mark=colon.start() if colon else None
    )
