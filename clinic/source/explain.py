"""What is wrong with the lines of a header, each said at its own line and column.

The YAML library stops at the first error and often blames the line after it, so it is never asked: this room reads the
lines itself, goes on after each mistake as an editor would have meant it, and lets the library read only what passes.
What hangs on a broken line is not complained of again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from clinic.problems import Problem, Span
from clinic.problems.catalogue import header as rules
from clinic.source import lines as line
from clinic.source.place import Places
from clinic.source.reach import State, holds, indent_of, next_row, reach
from clinic.source.values import Finding, has_note, note_swallows, second_colon, swallowed

DEEPEST = 10
"""How many lists and groups of fields may stand inside each other."""

_MOST_PROBLEMS = 200
"""A header with more mistakes than this is something else: the rest of it is left alone."""

_ANCHOR = re.compile(r"(?:^|[\s\[,:-])[&]([\w-]+)", re.MULTILINE)
_ALIAS = re.compile(r"(?:^|[\s\[,:-])[*]([\w-]+)", re.MULTILINE)
_FENCE = re.compile(r"(?:-{2,}|\.\.\.)[ \t]*\Z")


@dataclass(slots=True)
class _Frame:
    """A list or a group of fields that is being read, and the column in which its entries begin (from 0)."""

    indent: int
    is_list: bool
    last: State = "start"
    seen: dict[str, int] = field(default_factory=dict)
    count: int = 0
    first_line: int = 0


@dataclass(frozen=True, slots=True)
class Explained:
    """The problems of a header, and where its fields are. `readable` says whether the library may read it."""

    problems: tuple[Problem, ...]
    names: frozenset[tuple[int, int]]
    readable: bool


def explain(path: str, lines: Sequence[str], first: int, most_fields: int) -> Explained:
    """What is wrong with these lines of a header or of clinic.yaml, the first of which is line `first` of the file."""
    scan = _Scan(path, lines, first, most_fields)
    scan.run()
    return Explained(tuple(scan.problems), frozenset(scan.names), not scan.broken)


class _Scan:
    """One reading of the lines. Indexes count lines from 0; indents and columns count characters from 0."""

    def __init__(self, path: str, lines: Sequence[str], first: int, most_fields: int) -> None:
        self.path, self.lines, self.first, self.most_fields = path, lines, first, most_fields
        self.problems: list[Problem] = []
        self.names: set[tuple[int, int]] = set()
        self.broken = False
        text = "\n".join(lines)
        anchors, aliases = set(_ANCHOR.findall(text)), set(_ALIAS.findall(text))
        self.shared = frozenset(anchors & aliases) if anchors else frozenset()
        root = min((indent_of(row) for row in lines if holds(row)), default=0)
        self.frames = [_Frame(root, is_list=False)]
        self.popped: _Frame | None = None

    def run(self) -> None:
        at = 0
        while at < len(self.lines) and len(self.problems) < _MOST_PROBLEMS:
            at = self.row(at)

    def report(self, finding: Finding, at: int, column: int, text: str = "") -> None:
        """Adds a finding about the text that begins at this line and column."""
        places = Places(text or " " * finding.end)

        def place(offset: int) -> tuple[int, int]:
            row, in_row = places.line_and_column(offset)
            return at + self.first + row - 1, in_row + (column if row == 1 else 0)

        words = dict(finding.words)
        if finding.mark is not None:
            words["column"] = place(finding.mark)[1]
        self.broken |= finding.stops
        self.problems.append(
            finding.rule(
                self.path,
                Span(*place(finding.start), *place(finding.end)),
                replacement=finding.replacement,
                hint=finding.hint,
                severity=finding.severity,
                **words,
            )
        )

    def row(self, at: int) -> int:
        """Reads the line at this index; the index of the next one to read."""
        row = self.lines[at]
        text = row.lstrip(line.BLANKS)
        if text.startswith("#") and self.frames[-1].last == "text":
            self.frames[-1].last = "done"
        if not text or text[0] == "#":
            return at + 1
        lead = row[: len(row) - len(text)]
        indent = len(lead)
        if lead.strip(" "):
            indent = self.width(lead)
            self.report(line.wrong_indent(lead, indent), at, 0)
        elif not lead and _FENCE.match(text):
            self.broken = True
            place = Span(at + self.first, 1, at + self.first + 1, 1)
            self.problems.append(rules.STRAY_FENCE(self.path, place, replacement=""))
            return at + 1
        elif not lead and line.ends_all(text):
            return self.no_field(at, 0, text)
        return self.content(at, indent, len(lead), text)

    def width(self, lead: str) -> int:
        """How many spaces were meant by white space that holds others than spaces."""
        tabs = lead.count("\t")
        if not tabs:
            return len(lead)
        if tabs < len(self.frames):
            return self.frames[tabs].indent
        return self.frames[-1].indent + 2 * (tabs - len(self.frames) + 1)

    def content(self, at: int, indent: int, column: int, text: str) -> int:
        """Reads what stands in a line, by how far it is indented."""
        self.popped = None
        while len(self.frames) > 1 and self.frames[-1].indent > indent:
            self.popped = self.frames.pop()
        top = self.frames[-1]
        is_item = line.is_item(text)
        if top.is_list and indent == top.indent and not is_item and self.frames[-2].indent == indent:
            tight = line.tight_dash(text) or line.wrong_bullet(text)
            if tight is None:
                self.frames.pop()
                top = self.frames[-1]
        if indent > top.indent:
            return self.deeper(at, indent, column, text)
        if top.is_list:
            return self.item(at, indent, column, text) if is_item else self.stray(at, indent, column, text)
        if is_item or (top.last == "open" and self.bullet(at, column, text)):
            return self.list_here(at, indent, column, text)
        return self.entry(at, indent, column, text)

    def bullet(self, at: int, column: int, text: str) -> bool:
        """Whether a line was meant as one of a list; says so if its dash is not right."""
        finding = line.tight_dash(text) or line.wrong_bullet(text)
        if finding:
            self.report(finding, at, column)
        return finding is not None

    def push(self, at: int, indent: int, *, is_list: bool) -> bool:
        """Begins a list or group; False where there are too many inside each other."""
        self.frames[-1].last = "block"
        self.frames.append(_Frame(indent, is_list, first_line=at))
        if len(self.frames) <= DEEPEST:
            return True
        words: dict[str, object] = {"what": "deeply nested", "limit": f"{DEEPEST} levels"}
        self.report(Finding(rules.TOO_MUCH, 0, 1, None, words), at, indent)
        return False

    def list_here(self, at: int, indent: int, column: int, text: str) -> int:
        """A first dash, which begins a list where one is awaited."""
        top = self.frames[-1]
        if top.last not in {"open", "broken"}:
            reason = "the field above already has a value"
            if top.last == "start":
                reason = "the header is made of fields, each with a name and a colon"
            if top.last == "block":
                reason = "the field above already holds other lines"
            self.report(Finding(rules.LIST_AFTER_VALUE, 0, 1, None, {"reason": reason}), at, column)
        if not self.push(at, indent, is_list=True):
            return len(self.lines)
        return self.item(at, indent, column, text) if line.is_item(text) else self.skipped_item(at)

    def skipped_item(self, at: int) -> int:
        """An item whose dash is not right, which was reported: lines under it are left alone."""
        self.frames[-1].last = "broken"
        self.frames[-1].count += 1
        return at + 1

    def item(self, at: int, indent: int, column: int, text: str) -> int:
        """A line that begins with a dash."""
        top = self.frames[-1]
        top.count += 1
        rest = text[1:].lstrip(" \t")
        inner = indent + len(text) - len(rest)
        column += len(text) - len(rest)
        if not rest or (rest[0] == "#" and not note_swallows(rest, 0)):
            top.last = "open"
            return at + 1
        if line.is_item(rest):
            return self.item(at, inner, column, rest) if self.push(at, inner, is_list=True) else len(self.lines)
        match = line.FIELD.match(rest)
        if match:
            sentence = line.sentence_in_list(rest, line.key_of(match))
            if sentence:
                self.report(sentence, at, column)
                top.last = "broken"
                return at + 1
        if match or self.tight_group(at, inner, rest):
            return self.entry(at, inner, column, rest) if self.push(at, inner, is_list=False) else len(self.lines)
        top.last, following = self.value(at, indent, column, rest)
        return following

    def tight_group(self, at: int, indent: int, text: str) -> bool:
        """Whether a line such as `id:nass` is a field without its space: a field follows in the same column."""
        following = next_row(self.lines, at)
        if indent_of(following) != indent or line.tight_colon(text) is None:
            return False
        return line.FIELD.match(following.lstrip(" ")) is not None

    def stray(self, at: int, indent: int, column: int, text: str) -> int:
        """A line in the column of a list's dashes that has none."""
        if self.bullet(at, column, text):
            return self.skipped_item(at)
        top = self.frames[-1]
        if not line.FIELD.match(text):
            self.report(line.missing_dash(text), at, column)
            top.last = "text"
            return at + 1
        if self.popped and not self.popped.is_list:
            expected = self.popped.indent
            self.frames.append(self.popped)
        else:
            self.frames.pop()
            expected = self.frames[-1].indent
        self.odd(at, indent, expected, sure=True)
        return self.entry(at, expected, column, text)

    def odd(self, at: int, indent: int, expected: int, *, sure: bool) -> None:
        """Says that a line is indented wrongly, unless its white space was complained of already."""
        lead = self.lines[at][:indent]
        if lead.strip(" ") or len(lead) < indent:
            return
        self.report(line.odd_indent(0, indent, expected, sure=sure), at, 0)

    def deeper(self, at: int, indent: int, column: int, text: str) -> int:  # noqa: PLR0911 one return for each case
        """A line that is indented further than the entries of the frame that it is in."""
        top = self.frames[-1]
        if top.last in {"open", "broken"}:
            return self.under(at, indent, column, text)
        is_item, is_field = line.is_item(text), line.FIELD.match(text)
        if top.last == "text" and not is_item:
            if is_field is None or not line.NAME.match(line.key_of(is_field)):
                return self.goes_on(at, column, text)
            self.odd(at, indent, top.indent, sure=not top.is_list and (indent - top.indent) % 2 == 1)
        elif top.is_list and is_item and top.last in {"text", "done"}:
            self.odd(at, indent, top.indent, sure=True)
        elif is_item and (self.popped is None or not self.popped.is_list):
            return self.list_here(at, indent, column, text)
        elif self.popped:
            return self.adopted(at, indent, column, text, self.popped)
        elif is_field or top.last == "start":
            self.odd(at, indent, top.indent, sure=True)
        else:
            self.report(line.keyless(text, in_list=False), at, column)
            return at + 1
        if top.is_list:
            return self.item(at, top.indent, column, text) if is_item else self.skipped_item(at)
        return self.entry(at, top.indent, column, text)

    def adopted(self, at: int, indent: int, column: int, text: str, popped: _Frame) -> int:
        """A line between two columns that are in use: it, or the only line before it, is indented wrongly."""
        lone = popped.count == 1 and popped.first_line == at - 1
        following = next_row(self.lines, at)
        if lone and indent_of(following) == indent:
            self.odd(at - 1, popped.indent, indent, sure=True)
            popped.indent = indent
        else:
            self.odd(at, indent, popped.indent, sure=True)
        self.frames.append(popped)
        return self.content(at, popped.indent, column, text)

    def under(self, at: int, indent: int, column: int, text: str) -> int:
        """The first line under a name that awaits its value."""
        top = self.frames[-1]
        if line.is_item(text) or self.bullet(at, column, text):
            return self.list_here(at, indent, column, text)
        if line.FIELD.match(text) or self.tight_group(at, indent, text):
            return self.entry(at, indent, column, text) if self.push(at, indent, is_list=False) else len(self.lines)
        if top.last == "broken":
            return at + 1
        rows = [text]
        for row in self.lines[at + 1 :]:
            if not holds(row) or indent_of(row) != indent:
                break
            rows.append(row.strip())
        if any((found := line.FIELD.match(row)) and line.NAME.match(line.key_of(found)) for row in rows[1:]):
            return self.entry(at, indent, column, text) if self.push(at, indent, is_list=False) else len(self.lines)
        words = [re.fullmatch(r"[\w-]+", row.rstrip(" \t\n")) is not None for row in rows]
        if (len(rows) > 1 and all(words)) or any(line.is_item(row) for row in rows[1:]):
            self.report(line.missing_dash(text), at, column)
            return self.skipped_item(at) if self.push(at, indent, is_list=True) else len(self.lines)
        top.last, following = self.value(at, top.indent, column, text)
        return following

    def goes_on(self, at: int, column: int, text: str) -> int:
        """A line that goes on a text of the line above."""
        for finding in (swallowed(text), second_colon(text.rstrip(" \t\n"))):
            if finding:
                sure = Finding(finding.rule, finding.start, finding.end, None, finding.words, mark=finding.mark)
                self.report(sure, at, column)
        if has_note(text):
            self.frames[-1].last = "done"
        return at + 1

    def entry(self, at: int, indent: int, column: int, text: str) -> int:
        """A line that should be a field."""
        top = self.frames[-1]
        top.count += 1
        match = line.FIELD.match(text)
        if match:
            key, start = line.key_of(match), match.end()
        else:
            tight = line.tight_colon(text)
            if tight is None or (top.last == "open" and re.fullmatch(r"[\w-]+", text.rstrip(" \t\n"))):
                return self.no_field(at, column, text)
            self.report(tight[0], at, column)
            key, start = text[: tight[0].start], tight[1]
        if key == "<<":
            self.report(line.merge(key), at, column)
            top.last = "broken"
            return at + 1
        self.name(at, column, key, match.end() if match else len(key))
        if len(self.names) > self.most_fields:
            words: dict[str, object] = {"what": "long", "limit": f"{self.most_fields} fields"}
            self.report(Finding(rules.TOO_MUCH, 0, len(key), None, words), at, column)
            return len(self.lines)
        value = text[start:].lstrip(" \t")
        top.last, following = self.value(at, indent, column + len(text) - len(value), value, named=True)
        return following

    def no_field(self, at: int, column: int, text: str) -> int:
        """A line that should be a field and has no name with a colon."""
        top = self.frames[-1]
        if top.last == "open" and re.fullmatch(r"[\w-]+", text.rstrip(" \t\n")):
            self.report(line.missing_dash(text), at, column)
            return at + 1
        self.report(line.keyless(text, in_list=top.last in {"open", "broken"}), at, column)
        top.last = "broken"
        return at + 1

    def name(self, at: int, column: int, key: str, length: int) -> None:
        """Remembers a field's name; says so if it is there already."""
        number = at + self.first
        self.names.add((number, column + 1))
        seen = self.frames[-1].seen
        if key in seen:
            place = Span.at(number, column + 1, length - 1 if length > len(key) else length)
            self.problems.append(rules.DUPLICATE_KEY(self.path, place, key=key, first=seen[key], second=number))
        else:
            seen[key] = number

    def value(self, at: int, indent: int, column: int, text: str, *, named: bool = False) -> tuple[State, int]:
        """Reads a value that begins here, in an entry with this indent: what it is, and the next line to read."""
        spaces = len(text) - len(text.lstrip(line.BLANKS))
        if spaces:
            self.report(line.wrong_space(0, spaces, text, ""), at, column)
            column, text = column + spaces, text[spaces:]
        found = reach(self.lines, at, indent, text, self.shared, named=named)
        for finding in found.findings:
            self.report(finding, at, column, found.text)
        return found.state, found.following
