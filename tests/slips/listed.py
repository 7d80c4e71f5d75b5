"""The lists of slips about form (`*.toml` beside this file), and how one is set into a copy of the small good site."""

import base64
import datetime as dt
import os
import random
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from clinic.problems import NOWHERE, Problem, Span
from tests.harness import NOW, checked, good_site
from tests.mistakes.measuring import overlap

HERE = Path(__file__).parent

LISTS = {file.stem.upper(): tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(HERE.glob("*.toml"))}
"""What each list holds, by family."""

COVERED = frozenset(
    code
    for sort in tomllib.loads((HERE.parent / "mistakes" / "codes.toml").read_text(encoding="utf-8")).values()
    for entry in sort
    for code in entry["codes"]
)
"""Codes that the frozen list of mistakes measures."""

FEWEST = 3
"""Slips of a code that must be caught."""


@dataclass(frozen=True)
class Entry:
    """A slip or an innocent form, as its list writes it. README.md says what each key means."""

    id: str
    code: str
    said: Mapping[str, Any]

    @property
    def file(self) -> str:
        """The file that the problem speaks of, below the content folder."""
        return str(self.said.get("at", self.said["file"]))

    @property
    def missed(self) -> str:
        """Why no rule can find it; empty for a slip that must be found."""
        return str(self.said.get("missed", ""))


def entries(sort: str) -> tuple[Entry, ...]:
    """All entries of a sort ("slip" or "innocent"), list after list."""
    return tuple(Entry(said["id"], said["code"], said) for each in LISTS.values() for said in each.get(sort, ()))


def left_out() -> dict[str, str]:
    """Codes that have no slips here, and why; `[left_out]` of a list."""
    return {code: why for each in LISTS.values() for code, why in each.get("left_out", {}).items()}


def told(entry: Entry, folder: Path) -> tuple[Path, tuple[Problem, ...]]:
    """The content folder of a copy of the good site with an entry set in, and every problem that is told of it."""
    site = set_in(entry, folder)
    return site, checked(site, moment(entry)).problems


def set_in(entry: Entry, folder: Path) -> Path:
    """A copy of the good site with all changes of an entry in it; gives its content folder."""
    site = good_site(folder)
    for change in (entry.said, *entry.said.get("also", ())):
        _change(site, change, entry.id)
    for gone in entry.said.get("gone", ()):
        (site / gone).unlink()
    return site


def moment(entry: Entry) -> dt.datetime:
    """The moment at which an entry is looked at."""
    if "now" not in entry.said:
        return NOW
    return dt.datetime.fromisoformat(entry.said["now"]).replace(tzinfo=NOW.tzinfo)


def caught(entry: Entry, site: Path, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The problems that have caught a slip: of its code, in its file, at its place, with the words that it asks for."""
    wanted = _span(entry, site) if "where" in entry.said else None
    return tuple(
        each
        for each in problems
        if each.code == entry.code
        and entry.said.get("says", "") in f"{each.message} {each.hint}"
        and _at_its_place(entry, wanted, each)
    )


def _at_its_place(entry: Entry, wanted: Span | None, problem: Problem) -> bool:
    if wanted is not None:
        near = problem.span.line == wanted.line and _empty(problem.span)
        return problem.path == entry.file and (near or overlap(problem.span, wanted))
    if "line" in entry.said:
        return problem.path == entry.file and problem.span.line == entry.said["line"]
    return problem.span == NOWHERE and (problem.path == entry.file or entry.file.startswith(f"{problem.path}/"))


def _span(entry: Entry, site: Path) -> Span:
    """Where the piece stands that a slip names."""
    text = (site / entry.file).read_bytes().decode(entry.said.get("encoding", "utf-8"), errors="replace")
    piece = entry.said["where"]
    assert text.count(piece) == 1, f"{entry.id}: {piece!r} stands {text.count(piece)} times in {entry.file}"
    start = text.index(piece)
    return Span(*_point(text, start), *_point(text, start + len(piece)))


def _point(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _empty(span: Span) -> bool:
    return (span.line, span.column) == (span.end_line, span.end_column)


def _change(site: Path, change: Mapping[str, Any], slip: str) -> None:
    file = site / change["file"]
    file.parent.mkdir(parents=True, exist_ok=True)
    if "make" in change:
        MAKERS[change["make"]](file, str(change.get("to", "")))
    elif "bytes" in change:
        file.write_bytes(_bytes(change["bytes"]))
    else:
        text = change["new"]
        if "old" in change:
            whole = file.read_bytes().decode()
            assert whole.count(change["old"]) == 1, f"{slip}: {change['old']!r} must stand in {file.name} exactly once"
            text = whole.replace(change["old"], text)
        file.write_bytes(text.encode(change.get("encoding", "utf-8")))


def _bytes(written: str) -> bytes:
    """Bytes as a list writes them: hexadecimal, or base64 where they aren't that."""
    try:
        return bytes.fromhex(written)
    except ValueError:
        return base64.b64decode(written, validate=True)


def _deep(file: Path, levels: str) -> None:
    """Fields within fields, so many levels down: at the end of a file that is there, or in a page of their own."""
    lines = "".join(f"{'  ' * level}level-{level}:\n" for level in range(int(levels)))
    if file.exists():
        file.write_text(file.read_text(encoding="utf-8") + lines, encoding="utf-8")
    else:
        file.write_text(f"---\ntitle: Walking\nsummary: Walk a little.\n{lines}---\n\nWalk.\n", encoding="utf-8")


def _padded(file: Path, size: str) -> None:
    """Remarks below a file that is there, as long as this many characters."""
    line = "# Take this out in January.\n"
    file.write_text(file.read_text(encoding="utf-8") + line * (int(size) // len(line)), encoding="utf-8")


def _pasted(file: Path, size: str) -> None:
    """A picture pasted into the text of a page that is there: one line of so many letters."""
    file.write_text(file.read_text(encoding="utf-8") + "iVBORw0K" * (int(size) // 8) + "\n", encoding="utf-8")


def _link(file: Path, to: str) -> None:
    file.symlink_to(to)


def _pipe(file: Path, _: str) -> None:
    os.mkfifo(file)


def _folder(file: Path, _: str) -> None:
    file.mkdir()


def _long(file: Path, size: str) -> None:
    """A page of so many characters: what is pasted again and again."""
    head = "---\ntitle: Walking\nsummary: Walk a little each day.\n---\n\n"
    line = "Walk a little each day.\n\n"
    file.write_text(head + line * (int(size) // len(line)), encoding="utf-8")


def _fields(file: Path, count: str) -> None:
    """A header of so many fields."""
    lines = "".join(f"field-{number}: a value\n" for number in range(int(count)))
    file.write_text(f"---\ntitle: Walking\nsummary: Walk a little.\n{lines}---\n\nWalk.\n", encoding="utf-8")


def _heavy(file: Path, size: str) -> None:
    """A picture of so many bytes at least: what a scanner gives."""
    side = int((int(size) / 3) ** 0.5) + 1
    dots = random.Random(0).randbytes(side * side * 3)
    Image.frombytes("RGB", (side, side), dots).save(file, compress_level=0)


MAKERS: dict[str, Callable[[Path, str], None]] = {
    "deep": _deep,
    "padded": _padded,
    "pasted": _pasted,
    "link": _link,
    "pipe": _pipe,
    "folder": _folder,
    "long": _long,
    "fields": _fields,
    "heavy": _heavy,
}
"""What makes a file that a list can't write down: given the file, and what the entry says as `to`."""
