"""One value of the header, judged as it is written: what is wrong with it, where, and what mends it.

A value that passes here is read by the YAML library in exactly one way. The rules are those of the strict subset
(docs: the header), which is smaller than YAML 1.1: no escapes but two, no nesting inside square brackets.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from clinic.problems import Rule, Severity
from clinic.problems.catalogue import header as rules
from clinic.problems.catalogue.fields import ADDRESS_WITH_QUERY

_COLON = re.compile(r":(?=[ \t\n]|\Z)")
_NOTE = re.compile(r"[ \t\n]#")
_DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_SINGLE = re.compile(r"'(?:[^']|'')*+'", re.DOTALL)
_ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.|\n|\Z)", re.DOTALL)
_SHORTHAND = re.compile(r"[&*]([\w-]+)")
_WITH_QUERY = re.compile(r"/[^\s?#\[\]{}]*\?[^\s\[\]{}]*")
"""An address of this site with a question mark: quotes around it would not make it work."""
_OPENING_CURLY = "“”„‟‘’‚"  # noqa: RUF001 they are what is looked for
_CLOSING_CURLY = "”“’‘"  # noqa: RUF001 the same
_MARKS = "%@`*&!|>[]{},?"


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a value breaks, from `start` to just before `end` in the value's own text."""

    rule: Rule
    start: int
    end: int
    replacement: str | None = None
    words: Mapping[str, object] = field(default_factory=dict)
    severity: Severity | None = None
    hint: str | None = None
    mark: int | None = None
    """The index of what the message names by its {column}."""

    @property
    def stops(self) -> bool:
        """Whether the value can't be read because of it."""
        return (self.severity or self.rule.severity) is Severity.ERROR

    def moved(self, by: int) -> "Finding":
        """The same in a text that has `by` characters more before it."""
        mark = None if self.mark is None else self.mark + by
        return replace(self, start=self.start + by, end=self.end + by, mark=mark)


def shortened(text: str, most: int = 60) -> str:
    """The beginning of a text, for a message."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def quoted(text: str) -> str:
    """The text in quotes that hold it as it is."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def closing(text: str, start: int = 0) -> int:
    """The index of the quote that closes the one at `start`, or -1."""
    match = (_DOUBLE if text[start] == '"' else _SINGLE).match(text, start)
    return match.end() - 1 if match else -1


def without_note(text: str) -> str:
    """The value without a note (`# …`) after it."""
    note = _NOTE.search(text)
    return (text[: note.start()] if note else text).rstrip(" \t\n")


def has_note(text: str) -> bool:
    """Whether a note (`# …`) follows a value without quotes, which then can't go on on the next line."""
    return _NOTE.search(text) is not None


def note_swallows(text: str, start: int) -> bool:
    """Whether the # at `start` is more likely a part of the text ("#1", "# 200") than the beginning of a note."""
    after = text[start + 1 : start + 3]
    return bool(after) and (not after[0].isspace() or after[1:].isdigit()) and after[0] != "#"


def swallowed(text: str) -> Finding | None:
    """The warning that a # takes away what follows it, where it looks as if it should not."""
    note = re.search(r"(?:^|(?<=[ \t]))#", text)
    if note is None or not note_swallows(text, note.start()):
        return None
    words = {"lost": shortened(text[note.start() + 1 :].strip()), "quoted": shortened(quoted(text))}
    return Finding(rules.HASH_SWALLOWS, note.start(), len(text), words=words)


def _requoted(rule: Rule, text: str, mark: int | None = None, **words: object) -> Finding:
    """A finding that is mended by quotes around the text."""
    mended = quoted(text) if "\n" not in text else None
    return Finding(rule, 0, len(text), mended, {"quoted": shortened(mended or quoted(text)), **words}, mark=mark)


def second_colon(text: str) -> Finding | None:
    """The finding that a text holds a colon which separates like that of a field."""
    colon = _COLON.search(text)
    return _requoted(rules.SECOND_COLON, text, colon.start()) if colon else None


def _leading(text: str) -> Finding:
    return _requoted(rules.LEADING_MARK, text, sign="{{" if text.startswith("{{") else text[0])


def _machinery(text: str, shared: frozenset[str]) -> Finding | None:
    """Whether a value is an anchor, an alias or a tag of YAML rather than text that begins with its mark."""
    match = _SHORTHAND.match(text)
    if match and (match[1] in shared or (text[0] == "&" and match.end() == len(text))):
        return Finding(rules.MACHINERY, 0, match.end(), words={"what": f"A shorthand ({match[0]})"})
    if text.startswith(("!!", "!<")):
        return Finding(rules.MACHINERY, 0, len(text.split(maxsplit=1)[0]), words={"what": "A label of type (with !!)"})
    return None


def _curly(text: str) -> Finding | None:
    """Curly quotes that stand around a whole value."""
    if len(text) < 3 or text[0] not in _OPENING_CURLY or text[-1] not in _CLOSING_CURLY + "\"'":
        return None
    inner = text[1:-1]
    if any(mark in inner for mark in '“”„"'):
        return None
    severity = Severity.ERROR if _COLON.search(inner) or _NOTE.search(inner) else Severity.WARNING
    mended = quoted(inner)
    return Finding(rules.CURLY_QUOTES, 0, len(text), mended, {"quoted": shortened(mended)}, severity)


def judge_plain(text: str, shared: frozenset[str]) -> list[Finding]:  # noqa: C901 one branch for each mistake
    """What is wrong with a value on one line that begins with neither a straight quote nor a square bracket."""
    whole_curly = _curly(text)
    if whole_curly:
        return [whole_curly]
    found: list[Finding] = []
    note = swallowed(text)
    if note:
        found.append(note)
    value = without_note(text)
    machinery = _machinery(value, shared)
    if machinery:
        return [machinery]
    colon = second_colon(value)
    if value.startswith("{") and not value.startswith("{{"):
        found.append(Finding(rules.CURLY_BRACKETS, 0, len(value)))
    elif value[0] in _MARKS and (value[0] != "?" or value[1:2] in {"", " "}):
        found.append(_leading(value))
    elif colon:
        found.append(colon)
    elif value == "-":
        found.append(_leading(value))
    elif value.endswith("]") and "[" not in value:
        items = [item.strip() for item in value[:-1].split(",")]
        if all(re.fullmatch(r"\w[\w-]{2,}", item) for item in items):
            found.append(Finding(rules.UNCLOSED_BRACKET, len(value) - 1, len(value)))
    elif value.endswith('"') and value.count('"') == 1 and not value[-2:-1].isdigit():
        end = len(value)
        found.append(Finding(rules.UNCLOSED_QUOTE, end - 1, end, "", {"quote": '"'}, severity=Severity.WARNING))
    return found


def unclosed(line: str) -> Finding:
    """The finding of a value that begins with a quote which nothing closes."""
    quote, value = line[0], line.rstrip(" \t\n")
    if len(value) > 2 and value[-1] in _CLOSING_CURLY and not any(mark in value[1:-1] for mark in '“”„"'):
        mended = quoted(value[1:-1])
        return Finding(rules.CURLY_QUOTES, 0, len(value), mended, {"quoted": shortened(mended)})
    sure = quote == '"' and len(value) > 1 and "\\" not in value and value[-1] not in "'’”" and not _NOTE.search(value)  # noqa: RUF001
    return Finding(rules.UNCLOSED_QUOTE, 0, len(value), value + quote if sure else None, {"quote": quote})


def judge_quoted(text: str) -> list[Finding]:
    """What is wrong with a value that begins with a straight quote and closes it, on this line or a later one."""
    end = closing(text)
    after = text[end + 1 :]
    if not after.strip() or _NOTE.match(after):
        return list(_escapes(text[: end + 1]))
    value = text.rstrip(" \t\n")
    inside = after[0].isalnum()
    if text[0] == "'" and inside and value.endswith("'"):
        shown = shortened(quoted(value[1:-1].replace("''", "'")))
        marks = (mark for mark in re.finditer("''|'", value[1:-1]) if len(mark[0]) == 1)
        return [
            Finding(rules.APOSTROPHE_IN_QUOTES, mark.start() + 1, mark.end() + 1, "''", {"quoted": shown})
            for mark in marks
        ]
    inner = value[1:-1] if inside and value.endswith(text[0]) else without_note(value)
    mended = quoted(inner) if "\n" not in text and inner else None
    words = {"quoted": shortened(mended or value)}
    return [Finding(rules.TEXT_AFTER_QUOTE, 0, len(value), mended, words, mark=end)]


def _escapes(text: str) -> Iterator[Finding]:
    """Backslashes in double quotes that would change the text."""
    if text[0] != '"' or "\\" not in text:
        return
    for match in _ESCAPE.finditer(text):
        code = match[1]
        if code in {'"', "\\"}:
            continue
        mended: str | None = None
        if len(code) > 1:
            character = chr(min(int(code[1:], 16), 0x10FFFF))
            plain = unicodedata.category(character)[0] in "LNPS" and character not in '"\\'
            mended = character if plain else None
        elif code not in {"n", "t", "r", "\n", "", "x", "u", "U"}:
            mended = "\\\\" + code
        yield Finding(rules.BACKSLASH, match.start(), match.end(), mended)


_UP_TO_ITEM_END = re.compile(r"[^,\]]*")


def _end_of_item(text: str, at: int) -> int:
    match = _UP_TO_ITEM_END.match(text, at)
    return match.end() if match else at


def judge_list(text: str, shared: frozenset[str]) -> list[Finding]:
    """What is wrong with a list in square brackets; `text` begins with `[` and holds all its lines."""
    found: list[Finding] = []
    at, wanted = 1, True
    while True:
        at = _skipped(text, at)
        if at >= len(text):
            one_line = (
                "\n" not in text.rstrip(" \t\n")
                and not _NOTE.search(text)
                and not any(finding.stops for finding in found)
            )
            mended = _closed(text.rstrip(" \t\n")) if one_line else None
            return [
                *found,
                Finding(rules.UNCLOSED_BRACKET, 0, 1 if mended is None else len(text.rstrip(" \t\n")), mended),
            ]
        character = text[at]
        if character == "]":
            return [*found, *_after_list(text, at)]
        if character == ",":
            if wanted:
                reason = "nothing stands before this comma"
                found.append(Finding(rules.BROKEN_LIST, at, at + 1, "", {"reason": reason}))
            at, wanted = at + 1, True
            continue
        end, findings = _item(text, at, shared)
        found += findings
        if end < 0:
            return found
        at, wanted = end, False


def _closed(text: str) -> str:
    """A list on one line with the bracket that it lacks; another that was typed for it is taken out."""
    for begins, ends in ("()", "{}"):
        if text.endswith(ends) and text.count(ends) > text.count(begins):
            text = text[:-1]
    return text.rstrip(",") + "]"


def _skipped(text: str, at: int) -> int:
    """The index of the next character that is neither space nor in a note."""
    while at < len(text) and (text[at].isspace() or (text[at] == "#" and text[at - 1].isspace())):
        if text[at] == "#":
            line_end = text.find("\n", at)
            at = line_end if line_end >= 0 else len(text)
        else:
            at += 1
    return at


def _after_list(text: str, end: int) -> list[Finding]:
    """What is wrong with what follows the closing bracket at `end`."""
    after = text[end + 1 :]
    if not after.strip() or _NOTE.match(after):
        return []
    if after.strip() == "]":
        at = text.rindex("]")
        return [Finding(rules.UNCLOSED_BRACKET, at, at + 1, "")]
    return [_leading(without_note(text))]


def _item(text: str, at: int, shared: frozenset[str]) -> tuple[int, list[Finding]]:  # noqa: C901, PLR0911 one return for each case
    """Where the item at `at` ends (-1: nothing more can be said of the list) and what is wrong with it."""
    character = text[at]
    if character in "\"'":
        return _quoted_item(text, at)
    if character == "[":
        return -1, [Finding(rules.BROKEN_LIST, at, at + 1, None, {"reason": "it has another list in it"})]
    if character == "{" and not text.startswith("{{", at):
        return -1, [Finding(rules.CURLY_BRACKETS, at, at + 1)]
    end = _end_of_item(text, at)
    item = text[at:end].rstrip(" \t\n")
    if character in _OPENING_CURLY:
        close = next((i for i in range(at + 1, len(text)) if text[i] in "”“" + "\n"), -1)
        if close >= end and text[close] != "\n":
            mended = quoted(text[at + 1 : close])
            return close + 1, [Finding(rules.CURLY_QUOTES, at, close + 1, mended, {"quoted": shortened(mended)})]
        curly = _curly(item)
        if curly:
            return end, [curly.moved(at)]
    note = _NOTE.search(item)
    if note:
        words = {"lost": shortened(text[at + note.end() :]), "quoted": shortened(quoted(item))}
        start = at + note.end() - 1
        return -1, [Finding(rules.HASH_SWALLOWS, start, at + len(item), None, words, severity=Severity.ERROR)]
    if item.startswith("- "):
        hint = "Leave the dash out: inside square brackets commas separate the texts."
        return end, [Finding(rules.LEADING_MARK, at, at + 2, "", {"sign": "-"}, hint=hint)]
    finding = _machinery(item, shared)
    if finding is None and (item[0] in _MARKS or item == "-"):
        finding = _leading(item)
    if finding is None:
        finding = second_colon(item)
    mark = next((mark for mark in item if mark in "?[{}"), None)
    if finding is None and _WITH_QUERY.fullmatch(item):
        finding = Finding(ADDRESS_WITH_QUERY, 0, len(item), None, {"value": item})
    if finding is None and mark:
        finding = _requoted(rules.BROKEN_LIST, item, reason=f"a text with {mark} in it needs quotes around it")
    return end, [finding.moved(at)] if finding else []


def _quoted_item(text: str, at: int) -> tuple[int, list[Finding]]:
    close = closing(text, at)
    if close < 0:
        line = text[at:].split("\n", 1)[0]
        return -1, [Finding(rules.UNCLOSED_QUOTE, at, at + len(line.rstrip(" \t\n")), None, {"quote": text[at]})]
    found = [finding.moved(at) for finding in _escapes(text[at : close + 1])]
    after = _skipped(text, close + 1)
    if after >= len(text) or text[after] in ",]":
        return after, found
    end = _end_of_item(text, close + 1)
    item = text[at:end].rstrip(" \t\n")
    if _COLON.match(item, close + 1 - at):
        return end, [Finding(rules.BROKEN_LIST, at, at + len(item), None, {"reason": "it has fields in it"})]
    return end, [finding.moved(at) for finding in judge_quoted(item)]
