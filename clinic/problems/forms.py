"""The forms in which problems are told: text for a terminal, JSON, annotations for CI, excerpts for all of them."""

import datetime as dt
import json
import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from clinic.problems.problem import NOWHERE, Problem, Severity, Span

_TAB = 4
_WIDEST = 100
_ELLIPSIS = "…"
_COLOURS = {Severity.ERROR: "brightred", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}

_Paint = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One line of a file around a problem, made fit to be shown: `before`, `marked` and `after` are its parts.

    Tabs are spaces, characters that can't be seen or that turn the direction of text are shown as a sign, and a long
    line is cut on both sides (the cut shows as "…").
    """

    line: int
    before: str
    marked: str
    after: str

    @property
    def text(self) -> str:
        """The line as shown."""
        return f"{self.before}{self.marked}{self.after}"

    @property
    def caret(self) -> str:
        """Spaces and carets that, in type of one width, stand below the marked part."""
        return " " * columns(self.before) + "^" * max(columns(self.marked), 1)


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: two for East Asian wide ones, none for accents."""
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def _shown(text: str) -> str:
    """A text without characters that a terminal would act upon or that hide."""
    return "".join(
        "\N{WHITE SQUARE}" if unicodedata.category(sign) in {"Cc", "Cf", "Zl", "Zp"} else sign for sign in text
    )


def hidden(text: str) -> str:
    """A text with a dot for each letter and digit."""
    return re.sub(r"[^\W_]", "•", text)


def excerpt(text: str, span: Span, *, widest: int = _WIDEST, hides: bool = False) -> Excerpt | None:
    """The line on which a span begins, with the part of it that the span covers.

    Args:
        text: the whole file, with LF line ends.
        span: the place.
        widest: how many columns the excerpt may take.
        hides: whether what is marked is somebody's own: dots stand in its place.

    Returns:
        None where the span means a whole file, or lies behind its end.
    """
    lines = text.split("\n")
    if span == NOWHERE or not 1 <= span.line <= len(lines):
        return None
    line = lines[span.line - 1]
    start = min(span.column - 1, len(line))
    end = len(line) if span.end_line > span.line else min(max(span.end_column - 1, start), len(line))
    before, marked, after = (_shown(part) for part in _untabbed(line[:start], line[start:end], line[end:]))
    if hides:
        marked = hidden(marked)
    # What is marked comes first, then what stands before it, but a long mark leaves a third of the room to its left.
    before = _cut_start(before, max(widest // 3, widest - columns(marked) - columns(after)))
    room = widest - columns(before)
    if columns(marked) > room - bool(after):
        return Excerpt(span.line, before, _cut_end(marked + after[:1], room), "")
    return Excerpt(span.line, before, marked, _cut_end(after, room - columns(marked)))


def _untabbed(*parts: str) -> tuple[str, ...]:
    """The parts of a line with spaces for tabs, each tab reaching to the next stop."""
    at = 0
    made: list[str] = []
    for part in parts:
        signs: list[str] = []
        for sign in part:
            signs.append(" " * (_TAB - at % _TAB) if sign == "\t" else sign)
            at += columns(signs[-1])
        made.append("".join(signs))
    return tuple(made)


def _cut_end(text: str, room: int) -> str:
    if columns(text) <= room:
        return text
    taken, width = 0, 1
    for sign in text:
        width += _width(sign)
        if width > room:
            break
        taken += 1
    return text[:taken] + _ELLIPSIS


def _cut_start(text: str, room: int) -> str:
    if columns(text) <= room:
        return text
    taken, width = len(text), 1
    for sign in reversed(text):
        width += _width(sign)
        if width > room:
            break
        taken -= 1
    return _ELLIPSIS + text[taken:]


def as_text(problems: Iterable[Problem], texts: Mapping[str, str], *, colour: bool) -> str:
    """The problems for a terminal, file by file: place, severity and code, the line with a caret, message and hint.

    Args:
        problems: in any order.
        texts: the text of each file by its path; a problem of a file that is not there has no excerpt.
        colour: whether to paint it, as on a terminal.
    """
    paint = _painter(colour=colour)
    return "".join(
        f"{_entry(problem, texts.get(problem.path), paint)}\n"
        for problem in sorted(problems, key=lambda one: one.order)
    )


def _entry(problem: Problem, text: str | None, paint: _Paint) -> str:
    tone = _COLOURS[problem.severity]
    place = f"{problem.path}:{problem.span.line}:{problem.span.column}"
    lines = [f"{paint('bold', _shown(place))}  {paint(tone, problem.severity.value)}  {problem.code}"]
    shown = excerpt(text, problem.span, hides=problem.hides) if text is not None else None
    if shown is not None:
        number = str(shown.line)
        code = _lexed(problem, shown.text, text or "") if paint is _ansi else shown.text
        lines.append(f"  {number} | {code}".rstrip())
        lines.append(f"  {' ' * len(number)} | {paint(tone, shown.caret)}")
    lines.append(f"  {_shown(problem.message)}")
    if problem.hint:
        lines += [f"  {_shown(line)}" for line in problem.hint.split("\n")]
    return "\n".join(lines) + "\n"


def _painter(*, colour: bool) -> _Paint:
    return _ansi if colour else _plain


def _plain(tone: str, text: str) -> str:
    _ = tone
    return text


def _ansi(tone: str, text: str) -> str:
    from pygments.console import colorize  # noqa: PLC0415 - only a terminal needs it

    return str(colorize(tone, text))


def _lexed(problem: Problem, line: str, text: str) -> str:
    """A line of a file in the colours of its language, by Pygments."""
    from pygments import highlight  # noqa: PLC0415 - the lexers take longer to load than a check of one page
    from pygments.formatters import TerminalFormatter  # noqa: PLC0415
    from pygments.lexers import MarkdownLexer, YamlLexer  # noqa: PLC0415

    header_ends = text.find("\n---", 3)
    in_header = text.startswith("---") and text.count("\n", 0, header_ends) + 1 >= problem.span.line
    lexer = YamlLexer if problem.path.endswith((".yaml", ".toml")) or in_header else MarkdownLexer
    return str(highlight(line, lexer(stripnl=False, ensurenl=False), TerminalFormatter())).rstrip("\n")


def as_json(problems: Iterable[Problem], *, now: dt.datetime, files: int, pages: int) -> str:
    """The problems as one JSON object, as commands.md states it, with a line end.

    Args:
        problems: in any order.
        now: the moment that was checked, told as ISO 8601.
        files: how many files were read.
        pages: how many pages they make.
    """
    listed = [
        {
            "code": problem.code,
            "severity": problem.severity.value,
            "path": problem.path,
            "line": problem.span.line,
            "column": problem.span.column,
            "end_line": problem.span.end_line,
            "end_column": problem.span.end_column,
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in sorted(
            problems, key=lambda one: (one.path, one.span.line, one.span.column, one.code, one.message)
        )
    ]
    whole = {"version": 1, "now": now.isoformat(), "files": files, "pages": pages, "problems": listed}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def as_github(problems: Iterable[Problem], root: str) -> str:
    """The problems as workflow commands that GitHub shows beside the lines of a change.

    Args:
        problems: in any order.
        root: the content folder as seen from the top of the repository.
    """
    return "".join(_annotation(problem, root) for problem in sorted(problems, key=lambda one: one.order))


def _annotation(problem: Problem, root: str) -> str:
    words = {
        "file": posixpath.normpath(posixpath.join(root.replace("\\", "/"), problem.path)),
        "line": problem.span.line,
        "col": problem.span.column,
        "endLine": problem.span.end_line,
        "title": problem.code,
    }
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in words.items())
    said = "\n".join(part for part in (problem.message, problem.hint) if part)
    return f"::{_GITHUB[problem.severity]} {properties}::{_command_text(said)}\n"


def _command_text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _command_text(text).replace(":", "%3A").replace(",", "%2C")


def count(problems: Iterable[Problem]) -> str:
    """How many problems there are, in words: "2 errors and 1 warning", "no problems"."""
    listed = list(problems)
    names = (
        (Severity.ERROR, "error", "errors"),
        (Severity.WARNING, "warning", "warnings"),
        (Severity.INFO, "piece of advice", "pieces of advice"),
    )
    parts: list[str] = []
    for severity, one, several in names:
        number = sum(problem.severity is severity for problem in listed)
        if number:
            parts.append(f"{number} {one if number == 1 else several}")
    if not parts:
        return "no problems"
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
