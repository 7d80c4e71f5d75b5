"""WAV001 and on: what a page sets aside for itself, `<!-- check: allow CLM001 reason="…" until=2027-01-31 -->`.

An exception holds for the paragraph, list or card right below it (or the one that it stands in); at the top of the
text for the header too. Nothing that makes a page unsafe can be set aside. One whose day is over becomes a warning that
says what it lets through: time alone holds no page back.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clinic.expressions import expression
from clinic.library.document import Document
from clinic.library.library import Library
from clinic.model.clock import end_of, written
from clinic.problems import Problem, Rule, Severity, Span, nearest
from clinic.problems.catalogue import all_rules
from clinic.problems.catalogue.contacts import NEAR_MISS
from clinic.problems.catalogue.structure import CUT_OFF
from clinic.problems.catalogue.waivers import NOT_ALLOWED, NOT_NEEDED, RUN_OUT, UNREADABLE
from clinic.prose.body import Remark
from clinic.rules.passages import judged

ERRORS = frozenset({"CLM", "LNG", "MED"})
"""Families whose errors are a matter of judgement."""
OTHER_ERRORS = frozenset({CUT_OFF.code, NEAR_MISS.code})
"""Such errors of other families. Of what else there is only warnings and advice can be set aside."""

_NEVER = frozenset({"SEC", "SITE", "WAV"})
_ALLOW = expression(r"allow\b(?P<codes>(?:[\s,]+[A-Za-z]{2,4}\d{3}\b)*)", re.IGNORECASE)
_SAID = expression(
    r"(?P<name>[A-Za-z]+)\s*=\s*(?:[\"\u201c\u201d](?P<quoted>[^\"\u201c\u201d]*)[\"\u201c\u201d]|(?P<bare>[^\s\"]+))"
)
_COMMENT = expression(r"\s*<!--[^\n]*-->\s*")


@dataclass(frozen=True)
class Waiver:
    """One exception: `lines` are the first and the last line of the file that it covers; `top`: the header too."""

    codes: tuple[str, ...]
    reason: str
    until: dt.date
    span: Span
    lines: tuple[int, int]
    top: bool
    before: int
    """The line on which the text begins: what is above it is the header."""

    def covers(self, problem: Problem) -> bool:
        """Whether a problem of the same file is one that it sets aside."""
        if problem.code not in self.codes or not _may_be_set_aside(problem):
            return False
        first, last = self.lines
        within = problem.span.line <= last and problem.span.end_line >= first
        return within or (self.top and problem.span.line < self.before)


def settled(found: Iterable[Problem], library: Library) -> set[Problem]:
    """The problems without those that a page sets aside, and with what is wrong with its exceptions."""
    left = set(found)
    excusing = {document.path: document for document in judged(library) if document.body.remarks}
    own: dict[str, set[Problem]] = {path: set() for path in excusing}
    for problem in left:
        if problem.path in excusing:
            own[problem.path].add(problem)
    for path, document in excusing.items():
        left -= own[path]
        left.update(_settled(document, own[path], library))
    return left


def waivers_of(document: Document) -> tuple[Waiver, ...]:
    """The exceptions of a page that can be read, in the order of the text."""
    return tuple(one for remark in document.body.remarks if isinstance(one := _read(document, remark), Waiver))


def _settled(document: Document, own: set[Problem], library: Library) -> Iterator[Problem]:
    """The problems of one document: those that nothing sets aside, and what is to be said of its exceptions."""
    read = [_read(document, remark) for remark in document.body.remarks]
    yield from (one for one in read if isinstance(one, Problem))
    waivers = [one for one in read if isinstance(one, Waiver)]
    covered = {waiver: sorted(filter(waiver.covers, own), key=lambda one: one.order) for waiver in waivers}
    yield from own.difference(*covered.values())
    for waiver, findings in covered.items():
        over = library.timeline.reached(end_of(waiver.until, library.clock))
        for code in waiver.codes:
            yield from _judged(document.path, waiver, code, [one for one in findings if one.code == code], over=over)


def _judged(path: str, waiver: Waiver, code: str, findings: list[Problem], *, over: bool) -> Iterator[Problem]:
    """What is to be said of one code of an exception."""
    rule = all_rules().get(code)
    if rule is None:
        meant = nearest(code, [one.lower() for one in all_rules()])
        mend = f"Did you mean {meant.upper()}?" if meant else "The codes are those that check shows."
        yield NOT_ALLOWED(path, waiver.span, code=code, why="there is no such code", mend=mend)
    elif rule.family in _NEVER or (rule.severity is Severity.ERROR and not _of_judgement(rule)):
        why = "what it finds would harm the site or its readers"
        yield NOT_ALLOWED(path, waiver.span, code=code, why=why, mend="Mend what it shows, then take this out.")
    elif not findings:
        yield NOT_NEEDED(path, waiver.span, code=code)
    elif over:
        ended, finding = written(waiver.until), findings[0].message
        yield RUN_OUT(path, waiver.span, code=code, reason=waiver.reason, until=ended, finding=finding)


def _read(document: Document, remark: Remark) -> Waiver | Problem:
    """The exception in a comment, or why it is none."""
    allowed = _ALLOW.match(remark.text)
    said = {one["name"].lower(): (one["quoted"] or one["bare"] or "").strip() for one in _SAID.finditer(remark.text)}
    codes = tuple(dict.fromkeys(re.findall(r"[A-Z]{2,4}\d{3}", allowed["codes"].upper()))) if allowed else ()
    until = _day(said.get("until", ""))
    odd = sorted(said.keys() - {"reason", "until"})
    flaws = (
        (allowed is None, 'after "check:" comes the word "allow"'),
        (not codes, "it does not say for which code"),
        (bool(odd), f'it can\'t say "{"".join(odd[:1])}"'),
        (not said.get("reason"), "it gives no reason"),
        ("until" not in said, "it has no last day"),
        (until is None, f'"{said.get("until")}" is no day of the calendar'),
    )
    flaw = next((words for flawed, words in flaws if flawed), None)
    if flaw is not None or until is None:
        return UNREADABLE(document.path, remark.span, flaw=flaw)
    lines, top = _covered(document, remark.span)
    return Waiver(codes, said["reason"], until, remark.span, lines, top, _first_line(document))


def _day(text: str) -> dt.date | None:
    """A day as it is written everywhere here, 2027-01-31; None for anything else."""
    try:
        return dt.date.fromisoformat(text) if len(text) == len("2027-01-31") else None
    except ValueError:
        return None


def _covered(document: Document, span: Span) -> tuple[tuple[int, int], bool]:
    """The lines of the block that a comment stands in or above, and whether nothing comes before it."""
    rows = document.text.split("\n")
    first = _first_line(document)
    top = all(not row.strip() or _COMMENT.fullmatch(row) for row in rows[first - 1 : span.line - 1])
    begin = span.line
    while begin > first and not _alone(rows, span) and rows[begin - 2].strip():
        begin -= 1
    last = span.end_line
    if _alone(rows, span):
        while last < len(rows) and (not rows[last].strip() or _COMMENT.fullmatch(rows[last])):
            last += 1
    while last < len(rows) and rows[last].strip():
        last += 1
    return (begin, last), top and _alone(rows, span)


def _alone(rows: list[str], span: Span) -> bool:
    """Whether a comment shares its lines with nothing else."""
    before, after = rows[span.line - 1][: span.column - 1], rows[span.end_line - 1][span.end_column - 1 :]
    return not before.strip(" \t>") and not after.strip()


def _first_line(document: Document) -> int:
    """The line of the file on which the text begins."""
    return document.front.count("\n") + 2 if document.front else 1


def _may_be_set_aside(problem: Problem) -> bool:
    family = all_rules()[problem.code].family
    return family not in _NEVER and (problem.severity is not Severity.ERROR or _of_judgement(all_rules()[problem.code]))


def _of_judgement(rule: Rule) -> bool:
    return rule.family in ERRORS or rule.code in OTHER_ERRORS
