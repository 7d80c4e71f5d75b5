"""What the preview shows on a page besides the page: a bar, and a panel with problems. HTML in which files are text.

Both stand in a shadow root, so that the site's stylesheet does not reach them and theirs does not reach the site. All
that comes from a file, a message or an address is escaped by MarkupSafe; links lead to addresses of our own making.
"""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from clinic.preview.given import Fault
from clinic.preview.state import Elsewhere, State
from clinic.problems import NOWHERE, Problem, Severity, Span
from clinic.problems.forms import count, excerpt

RESERVED = "/.preview/"
"""Where the preview's own files are: no page of a site has such an address."""

_NAMES = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.INFO: "Advice"}
_MOST_FILES = 40


@dataclass(frozen=True)
class Reader:
    """Who looks at which page: what shapes the bar and the panel besides the state."""

    source: str
    """The content file of the page, or nothing."""
    editor: str
    """The form of links that open a file, with {path}, {line} and {column}."""
    content: Path
    on: str = ""
    """The moment that is shown, as in the address; empty for now."""
    said: str = ""
    """What the bar says of that moment, or of a page that is not there then."""
    asked: str = ""
    """The path of the page, for the way back to now."""
    wrong: bool = False
    """Whether the page has errors: at whatever moment, they stand on it. Otherwise another moment is shown bare."""


def bar_and_panel(state: State, reader: Reader) -> Markup:
    """The inside of the shadow root: the panel where there is something to say, then the bar."""
    own = state.of_page(reader.source) if reader.wrong or not reader.on else ()
    todo = state.to_do(reader.source)
    faults = state.looked.faults
    elsewhere = None if reader.on else state.elsewhere(reader.source)
    panel = _panel(state, reader, own, faults, todo=todo) if own or faults else Markup("")
    return Markup('<link rel="stylesheet" href="{at}preview.css">{panel}{bar}').format(
        at=RESERVED, panel=panel, bar=_bar(state, reader, own, faults, elsewhere, todo=todo)
    )


def _panel(state: State, reader: Reader, own: tuple[Problem, ...], faults: tuple[Fault, ...], *, todo: bool) -> Markup:
    entries = [_fault(fault, reader) for fault in faults]
    entries += [_problem(problem, state, reader, todo=todo) for problem in _worst_first(own)]
    title = "To do before this page goes live" if todo and not faults else "Problems on this page"
    if faults and not own:
        title = "The site can't be built"
    return Markup(
        '<section class="panel{quiet}" role="dialog" aria-labelledby="title" tabindex="-1">'
        '<div class="top"><h2 id="title">{title}</h2>'
        '<button type="button" class="close">Close <kbd>Esc</kbd></button></div>'
        '<ol tabindex="0" aria-label="{title}">{entries}</ol></section>'
    ).format(quiet="" if faults or not todo else " todo", title=title, entries=Markup("").join(entries))


def _worst_first(problems: Iterable[Problem]) -> list[Problem]:
    order = list(_NAMES)
    return sorted(problems, key=lambda each: (order.index(each.severity), each.order))


def _problem(problem: Problem, state: State, reader: Reader, *, todo: bool) -> Markup:
    name = "To do" if todo else _NAMES[problem.severity]
    return _entry(
        name,
        problem.code,
        "todo" if todo else problem.severity.value,
        where=problem.path,
        file=reader.content / problem.path,
        span=problem.span,
        text=state.looked.texts.get(problem.path),
        message=problem.message,
        hint=problem.hint,
        editor=reader.editor,
        hides=problem.hides,
    )


def _fault(fault: Fault, reader: Reader) -> Markup:
    return _entry(
        "Error",
        "",
        "error",
        where=_short(fault.file, reader.content),
        file=fault.file,
        span=Span.at(fault.line, fault.column) if fault.file else NOWHERE,
        text=fault.text or None,
        message=fault.message,
        hint=fault.hint,
        editor=reader.editor,
    )


def _short(file: Path | None, content: Path) -> str:
    if file is None:
        return "the site"
    for base in (content, content.parent):
        if file.is_relative_to(base):
            return file.relative_to(base).as_posix()
    return file.as_posix()


def _entry(
    name: str,
    code: str,
    tone: str,
    *,
    where: str,
    file: Path | None,
    span: Span,
    text: str | None,
    message: str,
    hint: str,
    editor: str,
    hides: bool = False,
) -> Markup:
    place = where if span == NOWHERE else f"{where}, line {span.line}, column {span.column}"
    shown = excerpt(text, span, hides=hides) if text is not None else None
    cut = Markup("")
    if shown is not None:
        cut = Markup('<pre><span class="number">{line}</span> {before}<mark>{marked}</mark>{after}</pre>').format(
            line=shown.line, before=shown.before, marked=shown.marked or " ", after=shown.after
        )
    opens = Markup('<span class="place">{place}</span>').format(place=place)
    if file is not None:
        opens = Markup('<a class="place" href="{link}" title="Open in the editor">{place}</a>').format(
            link=editor_link(editor, file, span), place=place
        )
    lines = Markup("<br>").join(hint.split("\n")) if hint else Markup("")
    return Markup(
        '<li class="{tone}"><p><strong>{name}</strong> {opens} <code>{code}</code></p>{cut}<p>{message}</p>{hint}</li>'
    ).format(
        tone=tone,
        name=name,
        opens=opens,
        code=code,
        cut=cut,
        message=message,
        hint=Markup('<p class="hint">{}</p>').format(lines) if hint else "",
    )


def editor_link(editor: str, file: Path, span: Span) -> str:
    """The link that opens a file at a place. The path is percent-encoded; a drive's letter keeps its colon."""
    path = quote(file.absolute().as_posix().lstrip("/"), safe="/:")
    return editor.replace("{path}", path).replace("{line}", str(span.line)).replace("{column}", str(span.column))


def _bar(
    state: State,
    reader: Reader,
    own: tuple[Problem, ...],
    faults: tuple[Fault, ...],
    elsewhere: Elsewhere | None,
    *,
    todo: bool,
) -> Markup:
    parts = [Markup('<p class="save" role="status">{}</p>').format(_save(state))]
    if reader.said:
        parts.append(Markup('<p class="on">{}</p>').format(reader.said))
    if own or faults:
        told = f"{len(own)} to do" if todo and not faults else _told(own, faults)
        parts.append(Markup('<button type="button" class="open">{} on this page</button>').format(told))
    if elsewhere:
        parts.append(_others(state, elsewhere, reader))
    if reader.on:
        parts.append(Markup('<a class="now" href="{}">Back to now</a>').format(reader.asked))
    parts.append(
        Markup(
            '<form method="get" action="{action}"><label>As of <input type="datetime-local" name="on" value="{on}" '
            "required></label> <button>Show</button></form>"
        ).format(action=reader.asked, on=reader.on)
    )
    return Markup('<aside class="bar" aria-label="Preview">{}</aside>').format(Markup("").join(parts))


def _save(state: State) -> str:
    took = f"{state.took} ms" if state.took < 1000 else f"{state.took / 1000:.1f} s"
    return f"Your save of {state.saved}, built in {took}" if state.saved else f"Built in {took}"


def _told(own: tuple[Problem, ...], faults: tuple[Fault, ...]) -> str:
    if not faults:
        return count(own)
    stops = "1 fault of the site" if len(faults) == 1 else f"{len(faults)} faults of the site"
    return f"{stops} and {count(own)}" if own else stops


def _others(state: State, elsewhere: Elsewhere, reader: Reader) -> Markup:
    number = elsewhere.number
    rows = []
    for path, problems in itertools.islice(elsewhere.files(), _MOST_FILES):
        address = state.site.address_of_file(path) if state.site else ""
        link = address or editor_link(reader.editor, reader.content / path, problems[0].span)
        rows.append(Markup('<li><a href="{}">{}</a>: {}</li>').format(link, path, count(problems)))
    if len(elsewhere) > _MOST_FILES:
        rows.append(Markup("<li>and {} more files</li>").format(len(elsewhere) - _MOST_FILES))
    noun = "problem" if number == 1 else "problems"
    return Markup(
        '<details><summary>{} {} on other pages</summary><ul tabindex="0" aria-label="Other pages">{}</ul></details>'
    ).format(number, noun, Markup("").join(rows))
