"""The record of a page's sign-offs: `content/reviews/<page>.yaml`, written by `approve` and by nothing else.

It holds who signed, when, and the fingerprint of what was signed, oldest first; and the text that was signed last, so
that a later change can be shown to the one who signs next, wherever the content is without its Git history.
"""

import dataclasses
import datetime as dt
import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from clinic.model.clock import written
from clinic.model.groups import ListOf, RecordOf
from clinic.model.moments import DAY
from clinic.model.reading import ABSENT, Absent, Reader, Reading, Where, items_of, read_record, record, stated
from clinic.model.values import Id, name_of, one_text
from clinic.problems import NOWHERE, Problem, Severity, Span
from clinic.problems.catalogue.fields import NOT_A_LIST, NOT_TEXT
from clinic.problems.catalogue.governance import (
    DATES_IN_DISORDER,
    NO_FINGERPRINT,
    OTHER_FINGERPRINT,
    UNSIGNED_RECORD,
)
from clinic.signing.fingerprint import fingerprint
from clinic.source.header import read_yaml
from clinic.source.nodes import ListNode, Node, ScalarNode
from clinic.source.text import read_text

FOLDER = "reviews"
"""Where the records stand in the content folder."""

HEAD = """# The sign-offs of this page, oldest first, and the text that was signed last.
# Only `approve` writes here: a change by hand breaks the seal.
"""

_MARK = re.compile(r"[0-9a-f]{64}")
_TEXT = "text:"
_LINE = re.compile(r"  - '((?:[^']|'')*)'")
"""A line of the text as `approve` writes it."""


@dataclass(frozen=True)
class Mark:
    """Reads a fingerprint."""

    says = "64 digits and letters from a to f, as approve writes it"

    def read(self, node: Node, reading: Reading, where: Where) -> str | Absent:
        """The fingerprint."""
        text = one_text(node, reading, where, self.says)
        if text is ABSENT:
            return ABSENT
        if not _MARK.fullmatch(text):
            reading.found(NO_FINGERPRINT(reading.path, node.span, value=text[:80]))
            return ABSENT
        return text


@dataclass(frozen=True)
class Lines:
    """Reads lines of text, each in quotes."""

    says = "a list of lines, each in quotes after a dash"

    def read(self, node: Node, reading: Reading, where: Where) -> tuple[str, ...] | Absent:
        """The lines."""
        items = items_of(node)
        if items is None:
            reading.found(NOT_A_LIST(reading.path, node.span, key=name_of(where), value="…"))
            return ABSENT
        lines = []
        for item in items:
            if not isinstance(item, ScalarNode):
                reading.found(NOT_TEXT(reading.path, item.span, key=name_of(where), says=self.says))
                return ABSENT
            lines.append(item.text)
        return tuple(lines)


_MARKS: Reader[str] = Mark()
_LINES: Reader[tuple[str, ...]] = Lines()


@record
class SignOff:
    """One signature."""

    by: str = stated(Id(), "The clinician who signed.", example="by: dr-example")
    date: dt.date = stated(DAY, "The day of it.", example="date: 2026-11-22")
    fingerprint: str = stated(_MARKS, "The fingerprint of what was signed.")


@record
class Record:
    """What stands in the file."""

    signed: tuple[SignOff, ...] = stated(
        ListOf(RecordOf(SignOff, "a sign-off")), "The sign-offs, oldest first.", blank=(), example="signed: …"
    )
    text: tuple[str, ...] = stated(_LINES, "What was signed last.", blank=())


@dataclass(frozen=True)
class ReviewRecord:
    """The sign-offs of one page, oldest first, and the text that was signed last."""

    path: str
    signed: tuple[SignOff, ...]
    text: tuple[str, ...]
    places: Mapping[Where, Span]
    problems: tuple[Problem, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether it says by itself who signed what."""
        return bool(self.signed) and not any(problem.severity is Severity.ERROR for problem in self.problems)

    def at(self, number: int, field: str) -> Span:
        """The place of a field of one sign-off."""
        return self.places.get(("signed", number, field), NOWHERE)


def record_path(page: str) -> str:
    """Where the record of a page stands in the content folder."""
    return f"{FOLDER}/{page}.yaml"


def page_of(path: str) -> str:
    """The id of the page that the record at a path is about; empty where the path is none of a record."""
    folder, _, name = path.partition("/")
    return name.removesuffix(".yaml") if folder == FOLDER and name.endswith(".yaml") else ""


def unread_record(path: str, problem: Problem) -> ReviewRecord:
    """A record whose file is there and can't be had: its page is not one that nobody has signed."""
    return ReviewRecord(path, (), (), {}, (problem,))


def read_review(path: str, data: bytes) -> tuple[ReviewRecord, str]:
    """The record in a file, with its problems, and the file's text for excerpts. Raises nothing."""
    source = read_text(path, data)
    head, lines = _parted(source.text)
    if lines is None or source.problems:
        node, _, found = read_yaml(path, data)
    else:
        node, _, found = read_yaml(path, head.encode())
    reading = Reading(path)
    made: Record | Absent = ABSENT
    if node is not None:
        made = read_record(Record, node, reading, called="a record of sign-offs")
    signed = () if made is ABSENT else made.signed
    text = lines if lines is not None else () if made is ABSENT else made.text
    # `check --fix` mends no record: only approve writes one.
    problems = [dataclasses.replace(problem, replacement=None) for problem in (*found, *reading.problems)]
    listed = node.get("signed") if node is not None else None
    if isinstance(listed, ListNode) and not listed.items:
        problems = [UNSIGNED_RECORD(path, listed.span)]  # whatever else it lacks: nobody has signed
    elif not problems:
        problems += _judged(path, signed, text, reading.places)
    return ReviewRecord(path, signed, text, reading.places, tuple(problems)), source.text


def _parted(text: str) -> tuple[str, tuple[str, ...] | None]:
    """The fields of a record and its lines of text, which are read a hundred times faster than by the YAML library.

    None for the lines where they don't stand as `approve` writes them: then the strict reader says what is wrong.
    """
    head, found, rest = text.partition(f"\n{_TEXT}\n")
    if not found:
        return text, None
    lines = []
    for row in rest.rstrip("\n").split("\n"):
        line = _LINE.fullmatch(row)
        if line is None:
            return text, None
        lines.append(line[1].replace("''", "'"))
    return f"{head}\n{_TEXT} []\n", tuple(lines)


def _judged(
    path: str, signed: tuple[SignOff, ...], text: tuple[str, ...], places: Mapping[Where, Span]
) -> list[Problem]:
    """What can be said of a record without looking at its page."""
    if not signed:
        return [UNSIGNED_RECORD(path, places.get(("signed",), NOWHERE))]
    problems = [
        DATES_IN_DISORDER(
            path, places.get(("signed", number, "date"), NOWHERE), day=written(later.date), before=written(earlier.date)
        )
        for number, (earlier, later) in enumerate(itertools.pairwise(signed), start=1)
        if later.date < earlier.date
    ]
    last = len(signed) - 1
    if fingerprint(text) != signed[last].fingerprint:
        place = places.get(("signed", last, "fingerprint"), NOWHERE)
        problems.append(OTHER_FINGERPRINT(path, place))
    return problems


def with_sign_off(before: ReviewRecord | None, sign_off: SignOff, text: tuple[str, ...]) -> bytes:
    """The file of a page's record with one more sign-off, which is of this text."""
    rows = [HEAD + "signed:"]
    for each in (*(before.signed if before else ()), sign_off):
        rows += [f"  - by: {each.by}", f"    date: {written(each.date)}", f"    fingerprint: {each.fingerprint}"]
    quote = "'"
    rows += [_TEXT, *(f"  - '{line.replace(quote, quote * 2)}'" for line in text)]
    return ("\n".join(rows) + "\n").encode()
