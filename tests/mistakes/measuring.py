"""How many of the listed mistakes `check` finds: `python -m tests.mistakes.measuring [words of a subject]`.

Each entry becomes a good page of the sample clinic with the slip set in. All pages stand in one folder, so one check
reads them all. A slip is caught when a problem with one of the subject's codes (codes.toml) overlaps its `where`; an
innocent form is reported when such a problem stands anywhere on its page.
"""

import datetime as dt
import re
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from clinic.problems import Problem, Span
from clinic.signing.record import ReviewRecord, SignOff, read_review, record_path, with_sign_off
from tests.harness import NOW, checked
from tests.harness import page as page_of_text

HERE = Path(__file__).parent
CLINIC = HERE.parents[1] / "content"
"""The clinic whose pages they are."""

MISTAKES = tomllib.loads((HERE / "mistakes.toml").read_text(encoding="utf-8"))
CODES = tomllib.loads((HERE / "codes.toml").read_text(encoding="utf-8"))

FOLDERS = {"condition": "conditions", "procedure": "procedures", "announcement": "announcements", "page": "pages"}

FEWEST = 3
"""Slips of a subject that must be caught, whatever their share."""

LEAST = 0.9
"""The share of a subject's slips that must be caught, unless codes.toml says another and why."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A line of codes.toml: what catches the slips of a subject, and how many of them it must catch."""

    about: str
    codes: frozenset[str]
    least: float = LEAST
    why: str = ""


@dataclass(slots=True)
class Measured:
    """What was found of a subject: ids of slips caught and missed, and of innocent forms that were reported."""

    subject: Subject
    caught: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    innocents: int = 0
    alarmed: list[str] = field(default_factory=list)

    @property
    def enough(self) -> bool:
        """Whether it is what the list asks for."""
        share = len(self.caught) / (len(self.caught) + len(self.missed))
        return len(self.caught) >= FEWEST and share >= self.subject.least and not self.alarmed

    def __str__(self) -> str:
        """The line of the summary."""
        of = len(self.caught) + len(self.missed)
        told = (
            f"{len(self.caught):3} of {of:2}   {len(self.alarmed)} of {self.innocents} reported   {self.subject.about}"
        )
        notes = [f"missed: {', '.join(self.missed)}"] if self.missed else []
        notes += [f"false alarm: {', '.join(self.alarmed)}"] if self.alarmed else []
        return "\n".join([told, *(f"{' ' * 13}{note}" for note in notes)])


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry of the list, set into a page: the file, and where in it the slip stands (None in an innocent form).

    `record` is the file of its sign-offs, where it has some; a slip that stands there has no place on the page.
    """

    id: str
    about: str
    path: str
    where: Span | None
    record: str = ""


def subjects() -> tuple[Subject, ...]:
    """The subjects whose rules exist."""
    return tuple(
        Subject(each["about"], frozenset(each["codes"]), each.get("least", LEAST), each.get("why", ""))
        for each in CODES["subject"]
    )


def measure(folder: Path, only: str = "") -> tuple[Measured, ...]:
    """Checks all entries of the subjects whose name holds `only`, in a copy of the clinic made in `folder`."""
    wanted = {subject.about: Measured(subject) for subject in subjects() if only.casefold() in subject.about.casefold()}
    content = Path(shutil.copytree(CLINIC, folder / "content"))
    entries = [entry for sort in ("mistake", "innocent") for entry in MISTAKES[sort] if entry["about"] in wanted]
    placed = [place(content, entry, number) for number, entry in enumerate(entries, start=1)]
    found: dict[str, list[Problem]] = {}
    for problem in checked(content, at(MISTAKES["today"])).problems:
        found.setdefault(problem.path, []).append(problem)
    for one in placed:
        measured = wanted[one.about]
        files = (one.record or one.path,) if one.where else (one.path, one.record)
        told = [each for path in files for each in found.get(path, ()) if each.code in measured.subject.codes]
        if one.where is None:
            measured.innocents += 1
            measured.alarmed += [one.id] if told else []
        elif any(overlap(each.span, one.where) for each in told):
            measured.caught.append(one.id)
        else:
            measured.missed.append(one.id)
    return tuple(wanted.values())


def at(day: dt.date) -> dt.datetime:
    """The moment of a day at which content is checked."""
    return NOW.replace(year=day.year, month=day.month, day=day.day)


def place(content: Path, entry: Mapping[str, str], number: int) -> Placed:
    """Writes the page of an entry into the content folder."""
    good = (HERE / "good" / f"{entry['kind']}.md").read_text(encoding="utf-8").replace("%TITLE%", f"Example {number}")
    _, header, body = good.split("---\n", 2)
    written = "".join(_with(header, entry.get("header", "")))
    page = f"---\n{written}---\n{body.replace('%HERE%', entry.get('text', ''))}"
    path = f"{FOLDERS[entry['kind']]}/{entry['id'].lower()}.md"
    (content / path).write_text(page, encoding="utf-8")
    if "review" not in entry:
        return Placed(entry["id"], entry["about"], path, _where(page, entry) if "where" in entry else None)
    signed = [line.split(" on ") for line in entry["review"].strip().split("\n")]
    record = sign(content, path, [(by, dt.date.fromisoformat(day)) for by, day in signed])
    return Placed(entry["id"], entry["about"], path, _in_record(record, entry), record.path)


def sign(content: Path, path: str, signed: Iterable[tuple[str, dt.date]]) -> ReviewRecord:
    """Writes the record of a page that was signed as it stands, by clinicians on days; the oldest first."""
    document = page_of_text((content / path).read_text(encoding="utf-8"), path)
    file, record = content / record_path(document.id), None
    file.parent.mkdir(exist_ok=True)
    for by, day in signed:
        sign_off = SignOff(by=by, date=day, fingerprint=document.fingerprint)
        file.write_bytes(with_sign_off(record, sign_off, document.signed_text))
        record, _ = read_review(record_path(document.id), file.read_bytes())
    assert record is not None
    return record


def _in_record(record: ReviewRecord, entry: Mapping[str, str]) -> Span | None:
    """The span of a slip in a record: the clinician, the day, or from one to the other."""
    where = entry.get("where", "")
    if not where:
        return None
    number = next(n for n, line in enumerate(entry["review"].strip().split("\n")) if where in line)
    by, day = record.at(number, "by"), record.at(number, "date")
    starts = day if re.match(r"\d", where) else by
    ends = day if re.search(r"\d$", where) else by
    return Span(starts.line, starts.column, ends.end_line, ends.end_column)


def _with(header: str, lines: str) -> Iterator[str]:
    """A header with other lines in place of those with the same key, and with those that it lacks."""
    wanted = dict(_fields(lines))
    for key, text in _fields(header):
        yield wanted.pop(key, text)
    yield from wanted.values()


def _fields(header: str) -> Iterator[tuple[str, str]]:
    """The fields of a header: each key, and its lines with those that are indented below it."""
    for found in re.finditer(r"^([\w-]+):.*\n?(?:^[ \t-].*\n?)*", header, re.MULTILINE):
        yield found[1], found[0].rstrip("\n") + "\n"


def _where(page: str, entry: Mapping[str, str]) -> Span:
    """The span of a slip on its page, looked for within what was set in."""
    for piece in (entry.get("text", ""), *(text.rstrip("\n") for _, text in _fields(entry.get("header", "")))):
        if entry["where"] in piece:
            start = page.index(piece) + piece.index(entry["where"])
            return Span(*_point(page, start), *_point(page, start + len(entry["where"])))
    raise ValueError(f"{entry['id']}: its place is neither in its text nor in one line of its header")


def _point(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a character; an empty one lies within the other or at its edge."""
    starts, ends = max(_start(one), _start(other)), min(_end(one), _end(other))
    return starts < ends or (starts == ends and (_start(one) == _end(one) or _start(other) == _end(other)))


def _start(span: Span) -> tuple[int, int]:
    return span.line, span.column


def _end(span: Span) -> tuple[int, int]:
    return span.end_line, span.end_column


def summary(measured: Iterable[Measured]) -> str:
    """The table that is printed, with a line for the sum."""
    every = tuple(measured)
    caught = sum(len(each.caught) for each in every)
    of = caught + sum(len(each.missed) for each in every)
    alarms, innocents = sum(len(each.alarmed) for each in every), sum(each.innocents for each in every)
    lines = [f"{'' if each.enough else '(!)':4}{each}" for each in sorted(every, key=lambda one: one.subject.about)]
    return "\n".join([*lines, f"{caught} of {of} slips caught, {alarms} of {innocents} innocent forms reported"])


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        print(summary(measure(Path(scratch), " ".join(sys.argv[1:]))))
