"""The tables of fields in docs/editing.md, made from what the model states of each field.

A table stands between `<!-- fields of Condition -->` and `<!-- end of fields -->`: everything around it is written by
hand, everything between is made here, and a test says when it is old.
"""

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

from clinic.model.clinic import Clinic
from clinic.model.groups import ListOf, RecordOf, TableOf
from clinic.model.kinds import HEADERS
from clinic.model.reading import Reader, Stated, fields_of

_TABLE = re.compile(r"(<!-- fields of (?P<name>\w+) -->\n).*?(<!-- end of fields -->)", re.DOTALL)
_HEAD = (
    "| field | needed | what it is for | what to write | where patients see it | searched | signed |\n"
    "|---|---|---|---|---|---|---|\n"
)


def records() -> dict[str, type]:
    """Every record that an editor can write, by the name of its class: those of headers, of clinic.yaml, and inside."""
    found: dict[str, type] = {}
    waiting: list[type] = [*HEADERS.values(), Clinic]
    while waiting:
        cls = waiting.pop(0)
        if cls.__name__ in found:
            continue
        found[cls.__name__] = cls
        waiting += [base for base in cls.__bases__ if dataclasses.is_dataclass(base)]
        waiting += [inner for about in fields_of(cls).values() for inner in _inside(about.reader)]
    return found


def with_tables(page: str) -> str:
    """A page with every table of fields made anew; a page without marks comes back as it is.

    Raises:
        KeyError: a mark names something that an editor cannot write.
    """
    known = records()

    def made(mark: re.Match[str]) -> str:
        return f"{mark[1]}\n{table(known[mark['name']])}\n{mark[3]}"

    return _TABLE.sub(made, page)


def tables_in(page: str) -> tuple[str, ...]:
    """The names of the records whose tables a page holds."""
    return tuple(mark["name"] for mark in _TABLE.finditer(page))


def table(cls: type) -> str:
    """The fields of one record as a Markdown table: its own, without those of the records that it builds on."""
    return _HEAD + "".join(f"{row}\n" for row in _rows(cls))


def _rows(cls: type) -> Iterator[str]:
    inherited = {name for base in cls.__bases__ if dataclasses.is_dataclass(base) for name in fields_of(base)}
    for name, about in fields_of(cls).items():
        if name not in inherited:
            yield _row(name, about)


def _row(name: str, about: Stated[object]) -> str:
    cells = (
        f"`{name}`",
        "**yes**" if about.required else "",
        about.help,
        _what_to_write(about.reader),
        about.shows,
        "yes" if about.searched else "",
        "yes" if about.clinical else "",
    )
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _what_to_write(reader: Reader[object]) -> str:
    if isinstance(reader, ListOf) and isinstance(reader.item, RecordOf):
        return f"a list: for each, the fields of {reader.item.called} after a dash"
    if isinstance(reader, TableOf) and isinstance(reader.item, RecordOf):
        return f"names that you choose, each with the fields of {reader.item.called} below it"
    if isinstance(reader, TableOf):
        return "names that you choose, each with its words"
    if isinstance(reader, RecordOf):
        return "its fields, indented below it"
    return reader.says


def _inside(reader: Reader[object]) -> Iterator[type]:
    """The records that a field holds."""
    if isinstance(reader, RecordOf):
        yield reader.cls
    elif isinstance(reader, (ListOf, TableOf)):
        yield from _inside(reader.item)


def write_tables(root: Path) -> tuple[Path, ...]:
    """Brings the tables of docs/editing.md up to date; gives the files that changed.

    Raises:
        OSError: the page cannot be read or written.
    """
    path = root / "docs" / "editing.md"
    page = path.read_text(encoding="utf-8")
    made = with_tables(page)
    if made == page:
        return ()
    path.write_text(made, encoding="utf-8", newline="\n")
    return (path,)
