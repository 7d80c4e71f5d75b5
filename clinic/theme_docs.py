"""docs/theme.md, made from the views and the templates: what every template gets, in the words of its own fields."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from clinic.filters import FILTERS, Once
from clinic.interface import Interface, interface
from clinic.render import Renderer

VIEWS = ("pages.py", "indexes.py", "frame.py", "parts.py")
"""The modules of `clinic/views/` that state views and their parts, in the order of the page."""

OPENING = """# The theme: what each template gets

Made from `clinic/views/` and `theme/templates/` by `clinic/theme_docs.py`: change those, then run `invoke docs`.

A template sees one frozen view, as `page`, and nothing else. Everything that a page can show is a field of its view,
or of a part of it, and listed here. A name that is not listed is an error, with the file and the line. Text is escaped;
HTML comes as `Markup` and is shown as it is.

- `theme/templates/` has one file for each view, `theme/templates/components/` the pieces that they share, as macros.
- Interface texts go through `_("...")` or `ngettext("%(num)s page", "%(num)s pages", number)`. `invoke docs` gathers
  them into `theme/locale/`, where a language is one catalogue. Never join two texts to make a sentence: translators
  need it whole, with `%(names)s` for what is filled in.
- A template names every other template that it uses in quotes: a page is made again when one of them changes.
- `theme/static/` holds the icon and, in `style/`, the files that are joined to the one stylesheet. They are published
  under names that hold their hash. An address in the stylesheet may only lead to a file of the same folder tree.
- Styles and scripts inside a page are refused by browsers: the Content-Security-Policy allows only the site's files.
"""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a view, as its source states it."""

    name: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A view or a part, as its source states it; `template` is empty for a part."""

    name: str
    template: str
    words: str
    fields: tuple[Field, ...]


def render_theme_docs(root: Path) -> str:
    """The text of docs/theme.md for the project at `root`.

    Raises:
        TemplateProblem: a template cannot be used.
        OSError: a file cannot be read.
    """
    stated = [each for name in VIEWS for each in stated_in(root / "clinic" / "views" / name)]
    known = {each.name for each in stated}
    renderer = Renderer(root / "theme", lambda lang: _texts(root, lang), "")
    adding = (root / "theme" / "adding-a-component.md").read_text(encoding="utf-8")
    parts = [OPENING, adding, "## Filters\n\nBeside Jinja's own, without `random`:\n\n" + _filters()]
    parts.append("## Templates\n")
    for view in sorted((each for each in stated if each.template), key=lambda each: each.template):
        used = [name for name in renderer.closure(view.template) if name != view.template]
        shown = ", ".join(f"`{Path(name).stem}`" for name in used) or "none"
        parts.append(
            f"### `{view.template}`: {view.name}\n\n{view.words}\n\n{_table(view, known)}\nComponents: {shown}.\n"
        )
    parts.append("## Parts of views\n")
    parts += [
        f"### {part.name}\n\n{part.words}\n\n{_table(part, known)}"
        for part in sorted((each for each in stated if not each.template), key=lambda each: each.name)
    ]
    parts.append("## Components\n\n" + _components(root / "theme" / "templates" / "components", known))
    return "\n".join(parts)


def stated_in(path: Path) -> Iterator[Stated]:
    """The views and parts that a module states, in its order."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if not isinstance(node, ast.ClassDef):
            continue
        for mark in node.decorator_list:
            if isinstance(mark, ast.Call) and isinstance(mark.args[0], ast.Constant):
                template = str(mark.args[0].value)
            elif isinstance(mark, ast.Name) and mark.id == "part":
                template = ""
            else:
                continue
            yield Stated(node.name, template, ast.get_docstring(node) or "", tuple(_fields(node)))


def _fields(node: ast.ClassDef) -> Iterator[Field]:
    for statement, after in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            words = ""
            if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
                words = " ".join(str(after.value.value).split())
            yield Field(statement.target.id, ast.unparse(statement.annotation), words)


def _table(stated: Stated, known: set[str]) -> str:
    rows = "\n".join(
        f"| `{field.name}` | {_kind(field.kind, known)} | {field.words.replace('|', chr(92) + '|')} |"
        for field in stated.fields
    )
    return f"| field | kind | what it is |\n|---|---|---|\n{rows}\n"


def _kind(annotation: str, known: set[str]) -> str:
    """A type in words: "several Fact", "Phone or nothing"."""
    kind = annotation.strip("'\"")
    several = re.fullmatch(r"tuple\[(.+), \.\.\.\]", kind)
    if several:
        return f"several {_kind(several[1], known)}"
    if kind.startswith("tuple["):
        inner, _, rest = kind[6:].partition("]")
        return " and ".join(_kind(each, known) for each in inner.split(", ")) + rest.replace(" | None", " or nothing")
    if kind.startswith("Literal["):
        return " or ".join(f"`{each.strip(chr(39))}`" for each in kind[8:-1].split(", "))
    if " | " in kind:
        return " or ".join(_kind(each, known) for each in kind.split(" | "))
    return f"[{kind}](#{kind.lower()})" if kind in known else _PLAIN[kind]


_PLAIN = {
    "str": "text",
    "int": "number",
    "float": "number",
    "bool": "yes or no",
    "Markup": "HTML",
    "None": "nothing",
    "dt.date": "day",
    "dt.time": "time of day",
}


def _filters() -> str:
    lines = [
        f"- `{name}`: {(made.__doc__ or '').splitlines()[0]}"
        for name, made in sorted({**FILTERS, "once": Once}.items())
    ]
    return "\n".join(lines) + "\n"


_CONTRACT = re.compile(r"\{# ([^#]+) #\}\n\{% macro (\w+)\(")
_ARGUMENT = re.compile(r"(\w+): ((?:[^,\[]|\[[^\]]*\])+)")


def _components(folder: Path, known: set[str]) -> str:
    """Each component with its macros: what they take stands in the comment above them, with types as in Python."""
    lines = []
    for path in sorted(folder.glob("*.html")):
        text = path.read_text(encoding="utf-8")
        said = re.match(r"\{#\s*(.*?)\s*#\}", text, re.DOTALL)
        lines.append(f"- `{path.stem}`: {' '.join(said[1].split()) if said else ''}")
        for contract, macro in _CONTRACT.findall(text):
            arguments = [f"{name}: {_kind(kind.strip(), known)}" for name, kind in _ARGUMENT.findall(contract)]
            lines.append(f"  - `{macro}` takes {'; '.join(arguments)}")
    return "\n".join(lines) + "\n"


def _texts(root: Path, lang: str) -> Interface:
    return interface(lang, root / "theme" / "locale")
