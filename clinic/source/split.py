"""Where the header of a file ends and its body begins."""

import re
from dataclasses import dataclass

from clinic.expressions import expression
from clinic.problems import Problem, Span
from clinic.problems.catalogue import header as rules
from clinic.source.characters import SPACES

_FENCE = expression(r"---[ \t]*\Z")
_LIKE_A_FENCE = expression(rf"[ \t{SPACES}]*(?:(?:[-‐‑‒–—―−][ \t]?){{1,80}}|\.\.\.)[ \t{SPACES}]*\Z")  # noqa: RUF001 dashes that Word and phones make of hyphens
_OTHER = expression(r"(\+\+\+|;;;|\{|```+ *ya?ml)\s*\Z")
_FIELD = expression(r"[A-Za-z_][\w-]*[ \t]*:(?:[ \t]|\Z)")
_IN_A_HEADER = expression(r"(?:[A-Za-z_][\w-]*[ \t]*:(?:[ \t]|\Z)|[ \t]+\S|- |-\Z|#)")
_SMALL = expression(r"[a-z][a-z_]*:")
_REMARK = expression(r"#|\s*\Z")
_HEADING = expression(r"#{1,6}[ \t]+\S")
_LONGEST_HEADER = 600
"""How many lines are looked through for the end of a header that was begun without ---."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A file, taken apart. `header` has the lines between the fences, the first of them being line `header_line`.

    `header` is None where there is none; `problems` then says why.
    """

    header: tuple[str, ...] | None
    header_line: int
    body: str
    body_line: int
    problems: tuple[Problem, ...] = ()


def split(path: str, text: str) -> Parts:
    """The header and the body of a text that holds something besides white space."""
    lines = text.split("\n")
    start = next(at for at, line in enumerate(lines) if line.strip())
    first = lines[start]
    if _FENCE.match(first):
        problems = _blank_before(path, start)
        return _closed(path, lines, start, problems)
    if _LIKE_A_FENCE.match(first) and _fields_follow(lines, start + 1):
        problems = (*_blank_before(path, start), _miswritten(path, lines, start, "opens"))
        return _closed(path, lines, start, problems)
    return _without_opening(path, lines, start)


def _blank_before(path: str, count: int) -> tuple[Problem, ...]:
    if not count:
        return ()
    return (rules.BLANK_BEFORE_HEADER(path, Span(1, 1, count + 1, 1), replacement=""),)


def _miswritten(path: str, lines: list[str], at: int, does: str) -> Problem:
    line = lines[at]
    found = f'"{line.strip()[:12]}"' if line.strip() != "---" else "spaces as well"
    return rules.FENCE_MISWRITTEN(path, Span.at(at + 1, 1, len(line)), replacement="---", does=does, found=found)


def _fields_follow(lines: list[str], start: int) -> bool:
    """Whether the next line that is not empty looks like a field."""
    line = next((line for line in lines[start : start + 5] if line.strip()), "")
    return _FIELD.match(line.strip()) is not None


def _closed(path: str, lines: list[str], start: int, problems: tuple[Problem, ...]) -> Parts:
    """The parts of a file whose header opens at line index `start`."""
    end = start + 1
    while end < len(lines) and not _FENCE.match(lines[end]):
        if _ends_instead(lines, end):
            problems = (*problems, _miswritten(path, lines, end, "closes"))
            break
        end += 1
    body_begins = _body_begins(lines, start + 1, end)
    if end == len(lines) or body_begins is not None:
        begins = end if body_begins is None else body_begins
        while begins == len(lines) and begins > start + 1 and not lines[begins - 1].strip():
            begins -= 1
        place = Span.at(start + 1, 1, len(lines[start]))
        return Parts(None, start + 2, "", 1, (*problems, rules.NOT_CLOSED(path, place, before=begins + 1)))
    header = lines[start + 1 : end]
    stray = _closed_again(lines, end)
    if stray is not None:
        problems = (*problems, rules.STRAY_FENCE(path, Span(end + 1, 1, end + 2, 1), replacement=""))
        header += ["", *lines[end + 1 : stray]]
        end = stray
    return Parts(tuple(header), start + 2, "\n".join(lines[end + 1 :]), end + 2, problems)


def _ends_instead(lines: list[str], at: int) -> bool:
    """Whether this line was meant to close the header: dashes alone, and no field goes on below them."""
    line = lines[at]
    if not _LIKE_A_FENCE.match(line) or (line.strip() == "-" and at + 1 < len(lines) and lines[at + 1].strip()):
        return False
    return at + 1 == len(lines) or not _FIELD.match(lines[at + 1])


def _body_begins(lines: list[str], start: int, end: int) -> int | None:
    """The index of the first line before `end` that must be text of the page, if a `---` was found too late.

    An empty line and then a heading, or a paragraph: neither is ever in a header.
    """
    for at in range(start + 1, end):
        line = lines[at]
        if lines[at - 1].strip() or not line.strip():
            continue
        paragraph = line[0].isalpha() and line.count(" ") >= 3 and not re.match(r"[\w-]+[ \t]*:", line)
        if (_HEADING.match(line) or paragraph) and not _goes_on(lines, at + 1, end):
            return at
    return None


def _goes_on(lines: list[str], start: int, end: int) -> bool:
    """Whether what follows up to `end` still looks like a header: what stood before was a note or lacks its colon."""
    line = next((line for line in lines[start:end] if line.strip() and not _HEADING.match(line)), None)
    return line is None or _FIELD.match(line) is not None or line.lstrip().startswith("- ")


def _closed_again(lines: list[str], end: int) -> int | None:
    """The index of a second closing `---`, where nothing but fields stands between it and the first."""
    begins = next((at for at in range(end + 1, len(lines)) if lines[at].strip()), len(lines))
    if begins == len(lines) or not _FIELD.match(lines[begins]):
        return None
    if begins > end + 1 and not _SMALL.match(lines[begins]):
        return None  # below an empty line it may be a sentence: "Note: bring your card."
    for at in range(begins, min(len(lines), end + _LONGEST_HEADER)):
        line = lines[at]
        if _FENCE.match(line):
            return at
        if not _IN_A_HEADER.match(line):
            return None
    return None


def _without_opening(path: str, lines: list[str], start: int) -> Parts:
    """What can be said of a file whose first line is no `---`."""
    first = lines[start]
    place = Span.at(start + 1, 1, len(first))
    other = _OTHER.match(first.strip())
    if other:
        return Parts(None, 1, "", 1, (rules.OTHER_HEADER(path, place, found=other[1]),))
    begins = next((at for at in range(start, len(lines)) if not _REMARK.match(lines[at])), start)
    if begins > start and not _SMALL.match(lines[begins]):
        begins = start
    if _FIELD.match(lines[begins]):
        for at in range(begins + 1, min(len(lines), start + _LONGEST_HEADER)):
            if _FENCE.match(lines[at]):
                problem = rules.NO_OPENING_FENCE(path, Span.at(start + 1, 1, 0), replacement="---\n")
                body = "\n".join(lines[at + 1 :])
                return Parts(tuple(lines[start:at]), start + 1, body, at + 2, (problem,))
            if not _IN_A_HEADER.match(lines[at]):
                break
        if begins == start:
            return Parts(None, 1, "", 1, (rules.OLD_HEADER(path, place),))
    return Parts(None, 1, "\n".join(lines), 1, (rules.NO_HEADER(path, place),))
