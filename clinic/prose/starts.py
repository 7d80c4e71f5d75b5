"""How blocks begin: the patterns of their first lines, without white space before them (CommonMark 0.31, 4 and 5)."""

import re

from clinic.expressions import expression

HEADING = expression(r"(#{1,6})(?=[ \t]|$)(.*)$")
"""A heading with hashes; its words in the second group."""

UNDERLINE = expression(r"(?:=+|-+)[ \t]*$")
"""The line below a heading that is written with an underline."""

RULE = expression(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
"""A dividing line."""

ITEM = expression(r"(?P<marker>[-*+]|(?P<number>\d{1,9}[.)]))(?P<space>[ \t]+|$)")
"""The first line of a list item."""

DETAILS = expression(r"</?(?:details|summary)(?![\w:-])", re.IGNORECASE)
"""A line that begins with a tag of a fold-out."""

CARD = expression(r"\[!(?P<kind>[^\]]*)\](?P<title>.*)$")
"""The first line of a care card, without the sign of quotations."""

FOOTNOTE = expression(r"\[\^(?P<name>[^\]\s]+)\]:[ \t]*")
"""The first line of a footnote."""

_OTHER = expression(r"#{1,6}(?:[ \t]|$)|>|`{3}|~{3}|</?details\b", re.IGNORECASE)


def begins_item(text: str, *, in_paragraph: bool) -> bool:
    """Whether a line begins a list item; inside a paragraph only one with words, and only number 1, can."""
    found = ITEM.match(text)
    if found is None or RULE.match(text):
        return False
    if not in_paragraph:
        return True
    return bool(text[found.end() :].strip()) and (not found["number"] or found["number"][:-1] == "1")


def begins_block(text: str) -> bool:
    """Whether a line begins a block of its own even right below a paragraph."""
    return bool(begins_item(text, in_paragraph=True) or _OTHER.match(text) or RULE.match(text) or FOOTNOTE.match(text))
