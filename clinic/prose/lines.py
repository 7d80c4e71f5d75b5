"""The lines of a body, without what never reaches a page: comments, and embeds with all that is in them."""

import bisect
import re
from collections import defaultdict

from clinic.expressions import expression
from clinic.problems.catalogue import body as rules
from clinic.problems.catalogue.appointments import FORM_IN_TEXT
from clinic.prose.elements import CONTAINED, FORMS
from clinic.prose.marks import FILLER
from clinic.prose.reading import Line, Reading, make_line

FENCE = expression(r"(?P<fence>`{3,}(?=[^`]*$)|~{3,})[ \t]*(?P<language>[^\s`{]*)")
"""The first line of fenced code, without the white space before it."""

_PREFIX = expression(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*[ \t>]*")
_HIDDEN = expression(
    r"(?P<ticks>`+)|(?P<comment><!--)|<(?P<name>" + "|".join(sorted(CONTAINED)) + r")(?![\w:-])", re.IGNORECASE
)
_BLOCKISH = expression(r"[ \t]*(?:[-*+][ \t]|\d{1,9}[.)][ \t])|[ \t]{2,}\S")


def read_lines(reading: Reading) -> list[Line]:
    """The lines of the body, comments and embeds taken out; what was taken out but comments is a problem."""
    text = _without_hidden(reading)
    lines: list[Line] = []
    offset = 0
    rows = text.split("\n")
    for number, row in enumerate(rows):
        line = make_line(row, offset, 0)
        offset += len(row) + 1
        vanished = not line.text and FILLER in row
        if vanished and _between_items(rows, number):
            continue
        lines.append(line)
    return lines


def _between_items(rows: list[str], number: int) -> bool:
    """Whether a line that held only a comment stands inside a list, which an empty line would pull apart."""
    before = rows[number - 1] if number else ""
    after = rows[number + 1] if number + 1 < len(rows) else ""
    return bool(before.strip() and _BLOCKISH.match(before) and after.strip())


def _without_hidden(reading: Reading) -> str:
    """The text with fillers in place of comments and embeds that stand outside code."""
    text = reading.text
    if "<" not in text:
        return text
    pieces: list[str] = []
    done = 0
    lowered = text.lower() if len(text.lower()) == len(text) else text
    closers: dict[str, bool] = {}
    for start, end in _prose_stretches(text):
        ticks = _tick_runs(text, start, end)
        position = max(start, done)
        while position < end and (found := _HIDDEN.search(text, position, end)):
            if found.start() < done or _escaped(text, found.start()):
                position = found.start() + 1
                continue
            if found["ticks"]:
                position = _after_code(ticks, found.start(), found.end())
                continue
            stop = _hidden_end(reading, lowered, found, closers)
            if stop is None:
                position = found.end()
                continue
            pieces += (text[done : found.start()], re.sub(r"[^\n]", FILLER, text[found.start() : stop]))
            done = position = stop
    pieces.append(text[done:])
    return "".join(pieces)


def _hidden_end(reading: Reading, lowered: str, found: re.Match[str], closers: dict[str, bool]) -> int | None:
    """Where a comment or embed ends; None where it has no end (then it stays, escaped, and is a problem)."""
    name = "-->" if found["comment"] else f"</{found['name'].lower()}"
    # "<!-->" is a whole comment (HTML standard, comment start state).
    searched_from = found.start() + 2 if found["comment"] else found.end()
    close = lowered.find(name, searched_from) if closers.get(name, True) else -1
    closers[name] = close >= 0
    if found["comment"]:
        if close < 0:
            reading.report(rules.COMMENT_NOT_CLOSED, found.start(), found.end())
            return None
        reading.comments.append((found.start(), close + 3))
        return close + 3
    tag_end = lowered.find(">", found.end())
    if close < 0:
        return None
    stop = lowered.find(">", close)
    tag = lowered[found.start() : min(tag_end + 1 if tag_end >= 0 else close, found.start() + 60)]
    end = found.start() + len(tag.split("\n")[0])
    if found["name"].lower() in FORMS:
        reading.report(FORM_IN_TEXT, found.start(), end, tag=f"<{found['name'].lower()}>", how="")
    else:
        reading.report(rules.EMBED_NOT_ALLOWED, found.start(), end, tag=tag.strip())
    return stop + 1 if stop >= 0 else len(lowered)


def _prose_stretches(text: str) -> list[tuple[int, int]]:
    """The paragraphs of the text, fenced code left out, as offsets."""
    stretches: list[tuple[int, int]] = []
    fence = ""
    start: int | None = None
    offset = 0
    for row in text.split("\n"):
        prefix = _PREFIX.match(row)
        rest = row[prefix.end() :] if prefix else row
        opened = FENCE.match(rest)
        if fence:
            if rest.startswith(fence) and not rest.strip(fence[0] + " \t"):
                fence = ""
        elif opened or not rest.strip():
            if start is not None:
                stretches.append((start, offset))
                start = None
            fence = opened["fence"] if opened else ""
        elif start is None:
            start = offset
        offset += len(row) + 1
    if start is not None:
        stretches.append((start, len(text)))
    return stretches


def _tick_runs(text: str, start: int, end: int) -> dict[int, list[int]]:
    """The places of runs of backticks in a paragraph, by the length of the run."""
    runs: dict[int, list[int]] = defaultdict(list)
    for found in re.finditer(r"`+", text[start:end]):
        runs[len(found[0])].append(start + found.start())
    return runs


def _after_code(runs: dict[int, list[int]], start: int, end: int) -> int:
    """The place after the code that a run of backticks opens, or after the run where nothing closes it."""
    same = runs.get(end - start, [])
    index = bisect.bisect_right(same, start)
    return same[index] + (end - start) if index < len(same) else end


def _escaped(text: str, position: int) -> bool:
    slashes = 0
    while position > slashes and text[position - slashes - 1] == "\\":
        slashes += 1
    return slashes % 2 == 1
