"""Details that a patient can be known by: record numbers, birth dates with a name, social security numbers.

What counts as such is the list of identifiers in 45 CFR 164.514(b)(2), as far as a text shows them by their form.
"""

import enum
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clinic.privacy.people import full_names
from clinic.privacy.plain import plain
from clinic.privacy.written import (
    BIRTH_WORDS,
    BORN,
    CELL,
    COLUMN,
    DATE,
    DAY_FIRST,
    DIGITS,
    LABELLED_BIRTH,
    LAST_FOUR,
    LIKELY,
    MEDICARE,
    NAME,
    NUMERIC,
    OF_A_LIFE,
    PHONE,
    RECORD_LABEL,
    RECORD_WORDS,
    RUN,
    SECURITY,
    SECURITY_LABEL,
    SEX,
    TURNED_NAME,
    YEAR,
)

MASK = "•"
"""Stands for every letter and digit that nobody shall read."""


class Sort(enum.Enum):
    """What a detail is."""

    RECORD = "record"
    """The number of a record, an account or a member."""
    BIRTH = "birth"
    """A birth date with a name."""
    SECURITY = "security"
    """A social security number."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One detail: its offsets in the text, and the text there with every letter and digit masked but for its label."""

    sort: Sort
    start: int
    end: int
    shown: str


_WIDE = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def decoded(data: bytes) -> str:
    """The text of a file's bytes, whatever its encoding: good enough to look for details in, LF line ends.

    Where the bytes are UTF-8, lines and columns are those of the file.
    """
    for mark, encoding in _WIDE:
        if data.startswith(mark):
            return _unix(data.decode(encoding, "replace").removeprefix("\ufeff"))
    if b"\0" in data[:400]:
        return _unix(data.replace(b"\0", b"").decode("cp1252", "replace"))
    try:
        return _unix(data.removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
    except UnicodeDecodeError:
        return _unix(data.decode("cp1252", "replace"))


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def find(text: str) -> tuple[Detail, ...]:
    """Every detail in a text (a whole file, or a path), in order; of two that overlap the first."""
    if not DIGITS.search(text):
        return ()
    bare = plain(text)
    found = sorted(
        {*_records(bare.text), *_securities(bare.text), *_births(bare.text), *_columns(bare.text)}, key=_order
    )
    details: list[Detail] = []
    for sort, start, end, label in found:
        begins, ends = bare.origin(start), bare.origin(end - 1) + 1
        if not details or begins >= details[-1].end:
            details.append(Detail(sort, begins, ends, _shown(bare.text[start:end], label)))
    return tuple(details)


def _holds(text: str, words: Iterable[str]) -> bool:
    lower = text.lower()
    return any(word in lower for word in words)


_Found = tuple[Sort, int, int, str]
"""A detail in plain text: what, from where to where, and the words in it that are its label."""


def _order(found: _Found) -> tuple[int, int, str]:
    return found[1], -found[2], found[0].value


def masked(text: str) -> str:
    """The text with a dot for each letter and digit."""
    return re.sub(r"[^\W_]", MASK, text)


def _shown(text: str, label: str) -> str:
    before, label, after = text.partition(label) if label else (text, "", "")
    return " ".join(f"{masked(before)}{label}{masked(after)}".split())


def masked_path(path: str) -> str:
    """A path as it can be shown: the names of files and folders in it that hold a detail are masked."""
    if not DIGITS.search(path) or not find(path):
        return path
    parts = path.split("/")
    return "/".join(_masked_name(part) if find(part) or len(parts) == 1 else part for part in parts)


def _masked_name(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{masked(stem)}.{ending}" if dot and stem and ending.isalpha() else masked(name)


def _records(text: str) -> Iterator[_Found]:
    for one in MEDICARE.finditer(text):
        yield Sort.RECORD, *one.span(), ""
    for run in RUN.finditer(text):  # few texts have many, so each is asked what stands before it
        start, end = run.span()
        if PHONE.fullmatch(run[0]) or DAY_FIRST.fullmatch(run[0]) or text[end : end + 1] == "%":
            continue
        begins = max(0, start - 70)
        label = RECORD_LABEL.search(text, begins, start) if _holds(text[begins:start], RECORD_WORDS) else None
        if label is not None:
            digits = sum(sign.isdigit() for sign in run[0])
            if not (YEAR.fullmatch(run[0]) or (label["bare"] and digits < 5)):
                yield Sort.RECORD, label.start(), end, label["label"] or label["bare"]


def _securities(text: str) -> Iterator[_Found]:
    labels = None
    for one in SECURITY.finditer(text):
        if set(re.sub(r"\D", "", one[0])) == {"0"}:
            continue
        if one["sign"] not in {"-", "_"}:
            if labels is None:
                labels = [found.start() for found in SECURITY_LABEL.finditer(text)]
            if not any(one.start() - 80 <= label <= one.end() + 30 for label in labels):
                continue
        yield Sort.SECURITY, *one.span(), ""
    for one in LAST_FOUR.finditer(text) if _holds(text, ("ssn", "security")) else ():
        yield Sort.SECURITY, *one.span("number"), ""


def _births(text: str) -> Iterator[_Found]:
    lower = text.lower()
    near = sorted(
        found.start() for word in BIRTH_WORDS if word in lower for found in re.finditer(re.escape(word), lower)
    )
    seen = 0
    for place in near:
        begins, ends = max(seen, place - 50), place + 90
        for one in LABELLED_BIRTH.finditer(text, begins, ends):
            seen = one.end()
            yield Sort.BIRTH, _with_name(text, one.start()), one.end(), one["label"] or one["label2"]
        for one in BORN.finditer(text, begins, ends):
            if one["label"].lower() == "birthday" and not OF_A_LIFE.search(one["date"]):
                continue
            around = _sentence(text, one.start(), one.end())
            if any(not one.start() <= around[0] + name.start() < one.end() for name in NAME.finditer(around[1])):
                yield Sort.BIRTH, _with_name(text, one.start()), one.end(), one["label"]
    for one in NUMERIC.finditer(text):
        if not LIKELY.fullmatch(one[0]):
            continue
        before = text[max(0, one.start() - 60) : one.start()].rpartition("\n")[2]
        name = before.rstrip(" ,;:/|(")
        beside = len(before) - len(name) <= 4 and before != name
        known = any(end == len(name) for _, end in full_names(name))
        sexed = TURNED_NAME.search(name) and SEX.match(text, one.end())
        if beside and (known or sexed):
            yield Sort.BIRTH, _with_name(text, one.start()), one.end(), ""


def _with_name(text: str, start: int) -> int:
    """Where the name begins that stands right before a birth date; `start` where there is none."""
    before = text[max(0, start - 60) : start].rpartition("\n")[2]
    rest = before.rstrip(" ,;:/|(-")
    turned = TURNED_NAME.search(rest)
    for found in [*([turned] if turned else []), *NAME.finditer(rest)]:
        if found.end() == len(rest):
            return start - len(before) + found.start()
    return start


def _sentence(text: str, start: int, end: int) -> tuple[int, str]:
    """The sentence around a place, with the offset of its start; a title's dot ends none."""
    begins = max(
        (
            found.end()
            for found in re.finditer(r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)[.!?]\s|\n\s*\n", text[max(0, start - 200) : start])
        ),
        default=0,
    )
    begins += max(0, start - 200)
    stop = re.search(r"[.!?](?:\s|$)|\n\s*\n", text[end : end + 80])
    return begins, text[begins : end + (stop.start() if stop else 80)]


def _columns(text: str) -> Iterator[_Found]:
    """Details in the columns of a table whose head names them."""
    if "|" not in text:
        return
    offset = 0
    heads: dict[int, Sort] = {}
    for line in text.split("\n"):
        if line.count("|") < 1:
            heads = {}
        else:
            cells = _cells(line)
            named = {
                number: _sort(found) for number, (_, cell) in enumerate(cells) if (found := COLUMN.fullmatch(cell))
            }
            if named:
                heads = named
            else:
                for number, sort in heads.items():
                    at, cell = cells[number] if number < len(cells) else (0, "")
                    digits = sum(sign.isdigit() for sign in cell)
                    if digits >= 4 and (sort is not Sort.BIRTH or re.search(DATE, cell, re.IGNORECASE)):
                        lead = len(cell) - len(cell.lstrip())
                        yield sort, offset + at + lead, offset + at + lead + len(cell.strip()), ""
        offset += len(line) + 1


def _sort(found: re.Match[str]) -> Sort:
    return Sort.RECORD if found["record"] else Sort.SECURITY if found["security"] else Sort.BIRTH


def _cells(line: str) -> list[tuple[int, str]]:
    bounds = [-1, *(found.start() for found in CELL.finditer(line)), len(line)]
    return [(start + 1, line[start + 1 : end]) for start, end in itertools.pairwise(bounds)]
