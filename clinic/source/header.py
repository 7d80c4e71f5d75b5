"""A file's bytes to its header, with the place of every key and value, and its body.

Strict: what the lines mean is settled by `clinic.source.explain` before PyYAML reads them (YAML 1.1, of which no more
than plain and quoted text, lists and groups of fields pass). Every value stays text: the model decides what it means.
"""

import html
import re
from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from clinic.problems import Problem, Span
from clinic.problems.catalogue import header as rules
from clinic.source.characters import LOST, fixed_spaces
from clinic.source.explain import explain
from clinic.source.nodes import ListNode, MapNode, Node, ScalarNode, Source
from clinic.source.plain import digest
from clinic.source.split import split
from clinic.source.text import read_text

MOST_FIELDS = 500
"""How many fields the header of a page may have."""

LARGEST_HEADER = 64 * 1024
"""How many characters the header of a page may have."""

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""libyaml where PyYAML was built with it: thirty times faster, and the same result for all that passes `explain`."""

_CODE = re.compile(r"&(?:[A-Za-z]{2,8}\d{0,2}|#\d{1,6}|#[xX][0-9A-Fa-f]{1,6});")


def read_source(path: str, data: bytes) -> Source:
    """One Markdown file, read. Whatever the bytes are, this raises nothing: `problems` says what is wrong with them."""
    read = read_text(path, data)
    if not read.readable:
        return Source(
            path, digest(data), read.text, None, "", 1, tuple(sorted(read.problems, key=lambda found: found.order))
        )
    parts = split(path, read.text)
    problems = [*read.problems, *parts.problems]
    header = None
    if parts.header is not None:
        rows = list(parts.header)
        header, found = _header(path, rows, parts.header_line, "header", MOST_FIELDS, LARGEST_HEADER)
        problems += found
    problems += fixed_spaces(path, parts.body, parts.body_line)
    problems.sort(key=lambda problem: problem.order)
    return Source(path, digest(data), read.text, header, parts.body, parts.body_line, tuple(problems))


def read_yaml(path: str, data: bytes) -> tuple[MapNode | None, str, tuple[Problem, ...]]:
    """A file that is one group of fields, such as clinic.yaml: its fields, its text and its problems.

    The fields are None where they can't be read; the text has LF line ends. Raises nothing.
    """
    read = read_text(path, data)
    if not read.readable:
        return None, read.text, tuple(sorted(read.problems, key=lambda found: found.order))
    rows = read.text.split("\n")
    if rows[0].rstrip() == "---":  # the one line that may stand before the fields, as in a page
        rows[0] = ""
    header, found = _header(path, rows, 1, "file", 10 * MOST_FIELDS, 10 * LARGEST_HEADER)
    problems = sorted((*read.problems, *found), key=lambda problem: problem.order)
    return header, read.text, tuple(problems)


def _header(
    path: str, rows: list[str], first: int, where: str, most_fields: int, most_characters: int
) -> tuple[MapNode | None, list[Problem]]:
    """The fields that these lines hold, the first of which is line `first` of the file, and what is wrong with them."""
    text = "\n".join(rows)
    if len(text) > most_characters:
        limit = f"{most_characters // 1024} KB"
        return None, [rules.TOO_MUCH(path, Span.at(first, 1, 0), what="long", limit=limit)]
    if not any(row.strip() and row.lstrip()[0] != "#" for row in rows):
        line = first if where == "file" else first - 1
        return None, [rules.EMPTY_HEADER(path, Span.at(line, 1, 3 if where == "header" else 0), where=where)]
    explained = explain(path, rows, first, most_fields)
    problems = list(explained.problems)
    if not explained.readable:
        return None, problems
    node, wrong = _composed(rows, first, explained.names)
    if node is None:
        row = rows[wrong]
        place = Span.at(wrong + first, len(row) - len(row.lstrip()) + 1, len(row.strip()))
        return None, [*problems, rules.UNREADABLE(path, place)]
    return node, [*problems, *_codes(path, node, rows, first)]


def _composed(rows: list[str], first: int, expected: frozenset[tuple[int, int]]) -> tuple[MapNode | None, int]:
    """What the library reads, or the index of the line at which it reads otherwise than the lines were understood.

    A tab is a space to it: the two loaders don't agree on where they allow one.
    """
    last = len(rows) - 1
    try:
        text = "\n".join(row.replace("\t", " ") if row.strip() else "" for row in rows)
        found = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return None, min(mark.line, last) if mark else 0
    except (yaml.YAMLError, ValueError, RecursionError):
        return None, 0
    reader = _Reader(rows, first)
    node = reader.node(found) if isinstance(found, yaml.MappingNode) else None
    differs = min(reader.names ^ expected, default=None)
    if differs is not None or not isinstance(node, MapNode):
        return None, min(differs[0] - first, last) if differs else 0
    return node, 0


class _Reader:
    """Turns what the library read into nodes whose places are those of the file."""

    def __init__(self, rows: list[str], first: int) -> None:
        self._rows = rows
        self._first = first
        self.names: set[tuple[int, int]] = set()

    def node(self, found: yaml.Node) -> Node:
        """The node of one value, and of all in it."""
        if isinstance(found, yaml.ScalarNode):
            text = found.value.replace(LOST, "") if LOST in found.value else found.value
            return ScalarNode(text, self._span(found), quoted=bool(found.style))
        if isinstance(found, yaml.SequenceNode):
            items = tuple(self.node(item) for item in found.value)
            return ListNode(items, self._span(found, () if found.flow_style else items))
        entries: dict[str, tuple[ScalarNode, Node]] = {}
        values: list[Node] = []
        for key, value in found.value:
            name = self.node(key)
            values.append(self.node(value))
            self.names.add((name.span.line, name.span.column))
            if isinstance(name, ScalarNode):
                entries.setdefault(name.text, (name, values[-1]))
        return MapNode(tuple(entries.values()), self._span(found, values))

    def _span(self, found: yaml.Node, within: Sequence[Node] = ()) -> Span:
        """The place of a value. It ends where the last of what is `within` ends: the library may say the next line."""
        start, end = found.start_mark, found.end_mark
        if within:
            last = within[-1].span
            return Span(start.line + self._first, start.column + 1, last.end_line, last.end_column)
        line, column = end.line, end.column
        while line > start.line and (line >= len(self._rows) or not self._rows[line][:column].strip()):
            line -= 1
            column = len(self._rows[line].rstrip())
        return Span(start.line + self._first, start.column + 1, line + self._first, column + 1)


def _scalars(node: Node) -> Iterator[ScalarNode]:
    if isinstance(node, ScalarNode):
        yield node
    elif isinstance(node, ListNode):
        for item in node.items:
            yield from _scalars(item)
    else:
        for _, value in node:
            yield from _scalars(value)


def _codes(path: str, header: MapNode, rows: list[str], first: int) -> Iterator[Problem]:
    """Values that hold a code of HTML, which patients would see as it stands."""
    if not any("&" in row for row in rows):
        return
    for node in _scalars(header):
        if "&" not in node.text:
            continue
        for number in range(node.span.line, node.span.end_line + 1):
            row = rows[number - first]
            start = node.span.column - 1 if number == node.span.line else 0
            end = node.span.end_column - 1 if number == node.span.end_line else len(row)
            for match in _CODE.finditer(row, start, end):
                meant = html.unescape(match[0]).replace("\u00a0", " ")
                if meant != match[0]:
                    risky = set("\"'\\:#<>{}[]") | (set("&") if match.start() == start else set())
                    sure = meant.isprintable() and not set(meant) & risky
                    place = Span.at(number, match.start() + 1, len(match[0]))
                    replacement = meant if sure else None
                    yield rules.ENTITY(path, place, replacement=replacement, found=match[0], meant=meant)
