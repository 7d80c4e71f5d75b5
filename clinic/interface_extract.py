"""The catalogues of interface texts, kept current: what templates and code say is gathered into `messages.pot`.

`invoke docs` calls `write_texts`; a test says when it is needed. The files hold no moment and no line numbers, so that
they change only when a text does.
"""

import datetime as dt
import io
import tomllib
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

PROJECT = "clinic"
HEAD = "# The texts of the interface. `invoke docs` keeps this file current; a translator fills each msgstr."
SOME_MOMENT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""Stands in the header of every catalogue: the format asks for a moment, and the clock's would change the file."""

QUESTIONS = "clinic/lists/prompts.toml"
"""What `new` asks: texts too, though no code says them."""

FIELDS = "clinic/model/kinds.py"
"""What each field of a header is for: `new` says it above the field."""

JINJA_OPTIONS = {"trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true", "silent": "false"}
"""As clinic/render.py sets Jinja up: else the texts that it looks for differ from those gathered here."""

KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def gathered(root: Path) -> bytes:
    """The `messages.pot` of the project at `root`: every text of its templates and of `clinic/`, sorted."""
    catalogue = Catalog(project=PROJECT, charset="utf-8", creation_date=SOME_MOMENT, revision_date=SOME_MOMENT)
    for path, message, comments, context in _found(root):
        catalogue.add(message, locations=[(path, 1)], auto_comments=comments, context=context)
    return _written(catalogue)


def merged(pot: bytes, po: bytes, lang: str) -> bytes:
    """A language's catalogue with the texts of `pot`: translations kept, new texts empty, old ones gone."""
    template = read_po(io.BytesIO(pot))
    catalogue = read_po(io.BytesIO(po), locale=lang)
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    catalogue.creation_date = catalogue.revision_date = SOME_MOMENT
    return _written(catalogue)


def missing(po: bytes) -> tuple[str, ...]:
    """The texts of a catalogue that have no translation, and need one: what a field is for may be said in English."""
    return tuple(
        message.id if isinstance(message.id, str) else message.id[0]
        for message in read_po(io.BytesIO(po))
        if message.id
        and {path for path, _ in message.locations} != {FIELDS}
        and not (message.string if isinstance(message.string, str) else all(message.string or ()))
    )


def write_texts(root: Path) -> tuple[Path, ...]:
    """Brings `theme/locale` up to date with the texts of templates and code; gives the files that changed.

    Raises:
        OSError: a file cannot be read or written.
    """
    folder = root / "theme" / "locale"
    pot = gathered(root)
    wanted = {folder / "messages.pot": pot}
    for path in sorted(folder.glob("*/messages.po")):
        wanted[path] = merged(pot, path.read_bytes(), path.parent.name)
    changed = []
    for path, content in wanted.items():
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)
            changed.append(path)
    return tuple(changed)


def _found(root: Path) -> Iterator[tuple[str, str | tuple[str, ...], list[str], str | None]]:
    templates = (root / "theme" / "templates").rglob("*.html")
    sources = [(path, "jinja2.ext:babel_extract", JINJA_OPTIONS) for path in templates]
    sources += [(path, "python", {}) for path in (root / "clinic").rglob("*.py")]
    for path, method, options in sorted(sources, key=lambda source: source[0]):
        name = path.relative_to(root).as_posix()
        keywords = {**KEYWORDS, "stated": (2,)} if name == FIELDS else KEYWORDS
        with path.open("rb") as file:
            for _, message, comments, context in extract(method, file, keywords, ["For translators:"], options):
                yield name, message, comments, context
    questions = root / QUESTIONS
    if questions.is_file():
        for text in _texts_in(tomllib.loads(questions.read_text(encoding="utf-8"))):
            yield QUESTIONS, text, [], None


def _texts_in(value: object) -> Iterator[str]:
    """Every text of the list of questions but the names of sections in which cards stand."""
    if isinstance(value, str):
        yield from (value,) if value else ()
    elif isinstance(value, list):
        for one in value:
            yield from _texts_in(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _texts_in(one) if key != "cards" else ()


def _written(catalogue: Catalog) -> bytes:
    catalogue.fuzzy = False
    catalogue.header_comment = HEAD
    catalogue.version = "1"
    catalogue.msgid_bugs_address = catalogue.language_team = catalogue.last_translator = ""
    content = io.BytesIO()
    write_po(content, catalogue, width=118, sort_output=True, include_lineno=False)
    return content.getvalue()
