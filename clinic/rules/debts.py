"""OWE001 and on: what pages that were brought in may lack for a while (content/debt.yaml).

What a page owes is told as a warning for as long as its text is the one that was brought in. Once that changes it is an
error again, and says why. Nothing but what is missing can be owed, and only by a page whose header can be read.
"""

import dataclasses
import re
from collections.abc import Iterable, Iterator

from clinic.library.document import Document
from clinic.library.library import Library
from clinic.owed import Debt, mark
from clinic.problems import Problem, Rule, Severity, nearest
from clinic.problems.catalogue import all_rules
from clinic.problems.catalogue.fields import MISSING_FIELD
from clinic.problems.catalogue.owed import LISTED_TWICE, NO_DEBT, NO_PAGE, PAID
from clinic.source.places import DEBT

FIELDS = frozenset({"author", "sources", "summary", "type"})
"""The fields of a header that a page may owe. Without any other it is no page, or nobody knows when it holds."""

_WAITS = " It is owed since the page was brought in: it holds nothing back until the page's text changes."
_NOW = " It was owed since the page was brought in. The page's text has changed since, so now it is asked for."
_STRANGE = re.compile(r"[^\w ,.?()/&-]+")
_LACK = re.compile(r"(?P<code>[A-Z]{2,4}\d{3}) (?P<what>\S.*)")


def lack_of(problem: Problem) -> str:
    """How debt.yaml names what a problem finds missing; empty for what can't be owed."""
    if not problem.lacks or problem.severity is not Severity.ERROR:
        return ""
    what = _STRANGE.sub(" ", problem.lacks)
    lack = f"{problem.code} {' '.join(what.split())}"
    return "" if _flaw(lack) else lack


def body_mark(document: Document) -> str:
    """The mark of a page's text below its header."""
    return mark(document.text[len(document.front) :])


def owed(found: Iterable[Problem], library: Library) -> set[Problem]:
    """The problems, those that are owed as warnings; with what is wrong with debt.yaml, and what is there by now."""
    problems = set(found)
    debts = library.material.debts
    if not debts.pages:
        return problems
    by_path = {document.path: document for document in library.material.documents}
    lines: dict[str, int] = {}
    twice: set[str] = set()
    owing: dict[str, tuple[int, Debt]] = {}
    for number, debt in enumerate(debts.pages):
        place = debts.at(number, "page")
        first = lines.setdefault(debt.page, place.line)
        if first != place.line:
            problems.add(LISTED_TWICE(DEBT, place, page=debt.page, first=first))
            twice.add(debt.page)
        elif debt.page in by_path:
            owing[debt.page] = (number, debt)
        else:
            problems.add(_no_page(library, number, debt, by_path))
        problems.update(_no_debts(library, number, debt))
    mine: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.path in owing and problem.lacks:
            mine.setdefault(problem.path, []).append(problem)
    for path, (number, debt) in owing.items():
        own = mine.get(path, [])
        problems.difference_update(own)
        problems.update(_waiting(by_path[path], debt, own))
        if by_path[path].header is not None and path not in twice:
            problems.update(_paid(library, number, debt, {lack_of(problem) for problem in own}))
    return problems


def _waiting(document: Document, debt: Debt, own: list[Problem]) -> Iterator[Problem]:
    """The problems of a page, what it owes as a warning, or with why it is asked for now."""
    same = document.header is not None and debt.text == body_mark(document)
    for problem in own:
        if lack_of(problem) not in debt.lacks:
            yield problem
        elif same:
            yield dataclasses.replace(problem, severity=Severity.WARNING, message=problem.message + _WAITS)
        else:
            yield dataclasses.replace(problem, message=problem.message + _NOW)


def _paid(library: Library, number: int, debt: Debt, lacking: set[str]) -> Iterator[Problem]:
    """What a page is said to lack and does not."""
    debts = library.material.debts
    done = [place for place, lack in enumerate(debt.lacks) if lack not in lacking and not _flaw(lack)]
    if not done:
        return
    if len(done) == len(debt.lacks):
        lines = debts.lines_of(number)
        gone = None if lines is None else ""
        yield PAID(DEBT, lines or debts.at(number, "page"), replacement=gone, page=debt.page, lacks=_said(debt.lacks))
        return
    for place in done:
        lines = debts.lines_of(number, place)
        gone = None if lines is None else ""
        span = lines or debts.at(number, "lacks", place)
        yield PAID(DEBT, span, replacement=gone, page=debt.page, lacks=debt.lacks[place])


def _said(lacks: tuple[str, ...]) -> str:
    return ", ".join(lacks[:5]) + (f" and {len(lacks) - 5} more" if len(lacks) > 5 else "")


def _no_page(library: Library, number: int, debt: Debt, known: Iterable[str]) -> Problem:
    debts = library.material.debts
    lines = debts.lines_of(number)
    close = nearest(debt.page, known, cutoff=0.85)
    advice = "If the page was deleted or renamed, take these lines out."
    if close:
        advice = f"Is {close} meant? {advice}"
    return NO_PAGE(
        DEBT,
        lines or debts.at(number, "page"),
        replacement=None if lines is None or close else "",
        page=debt.page,
        advice=advice,
    )


def _no_debts(library: Library, number: int, debt: Debt) -> Iterator[Problem]:
    """What a page is said to owe that none may."""
    for place, lack in enumerate(debt.lacks):
        if advice := _flaw(lack):
            yield NO_DEBT(DEBT, library.material.debts.at(number, "lacks", place), lacks=lack, advice=advice)


def _flaw(lack: str) -> str:
    """Why a page can't owe this, and what to do; empty where it can."""
    form = _LACK.fullmatch(lack)
    if form is None:
        return "Write a code that check shows and what is missing, or take this line out."
    rule = all_rules().get(form["code"])
    if rule is None:
        return f"There is no code {form['code']}. Take this line out."
    may = [each for each in all_rules().values() if each.debt]
    if rule not in may:
        return f"Take this line out and mend the page. Only these may be owed: {_codes(may)}."
    if rule is MISSING_FIELD and form["what"] not in FIELDS:
        return f"Take this line out. Of the header, only these may be owed: {', '.join(sorted(FIELDS))}."
    return ""


def _codes(rules: Iterable[Rule]) -> str:
    return ", ".join(rule.code for rule in rules)
