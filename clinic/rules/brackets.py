"""Where the words of a link or picture stand: its place in a body is that of its address, `[words](address)`."""

import re

from clinic.problems import Span
from clinic.rules.passages import Pages

_OPENED = re.compile(r"\]\([ \t]*<?$")
_EXPLAINED = re.compile(r"[ \t>]*\[(?P<label>[^\[\]]+)\]:[ \t]*<?$")


def brackets(pages: Pages, address: Span, words: str) -> Span:
    """The square brackets with the words of a link, or with the description of a picture and its exclamation mark.

    An address may also stand where a reference is explained, `[label]: address`; then it is the first use of that label
    with these words, or the first of all. Where no brackets are found, as where a line ends within them, it is the
    address.
    """
    before = pages.line(address.line)[: address.column - 1]
    if opened := _OPENED.search(before):
        return _span(before, address.line, opened.start()) or address
    if explained := _EXPLAINED.fullmatch(before):
        return _use(pages, explained["label"], words) or address
    return address


def _span(line: str, number: int, end: int) -> Span | None:
    """The brackets that close at `end`."""
    depth = 0
    for start in range(end, -1, -1):
        if start and line[start - 1] == "\\":
            continue
        depth += {"]": 1, "[": -1}.get(line[start], 0)
        if depth == 0:
            first = start - 1 if line[:start].endswith("!") else start
            return Span.at(number, first + 1, end + 1 - first)
    return None


def _use(pages: Pages, label: str, words: str) -> Span | None:
    """The first use of a reference: `[words][label]`, `[label][]` or `[label]`."""
    name = re.escape(label)
    written = re.compile(
        rf"!?\[(?P<words>[^\[\]]*)\]\[{name}\]|!?\[(?P<label>{name})\](?:\[\])?(?![\[(:])", re.IGNORECASE
    )
    first: Span | None = None
    for number in range(1, pages.count + 1):
        for found in written.finditer(pages.line(number)):
            place = Span.at(number, found.start() + 1, len(found[0]))
            if " ".join((found["words"] or found["label"] or "").split()) == words:
                return place
            first = first or place
    return first
