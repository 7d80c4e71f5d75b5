"""View + template -> bytes; and the key that says when those bytes are the same.

A renderer takes the templates as they are at one moment: what it has read is what it renders and what its keys tell of.
A template sees one view, as `page`, and the interface texts of the view's language. Nothing else is in reach: no
globals, no state, no clock.
"""

import hashlib
import re
from collections.abc import Callable
from functools import lru_cache
from html import unescape
from pathlib import Path
from types import TracebackType

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from markupsafe import Markup

from clinic.cache import Cache, key_for
from clinic.filters import FILTERS, Once
from clinic.interface import Interface
from clinic.views.view import digest_of, language_of, template_of

BROKEN = (TemplateError, TypeError, ValueError, LookupError, ArithmeticError, AttributeError)
"""What a template can raise while it renders a frozen view: each is the template's fault."""


class TemplateProblem(Exception):  # noqa: N818 - a problem, as everywhere in this project
    """A template cannot be used. A fault of the theme, so of the whole site: nothing is built."""

    def __init__(self, path: Path, line: int, sentence: str) -> None:
        """`path` and `line` (from 1) say where, `sentence` says what is wrong and how to mend it."""
        super().__init__(f"{path}:{line}: {sentence}")
        self.path = path
        self.line = line
        self.sentence = sentence


class Renderer:
    """Makes pages out of views, with the templates of one theme as they are when it is made."""

    def __init__(
        self, theme: Path, interfaces: Callable[[str], Interface], salt: str, cache: Cache | None = None
    ) -> None:
        """Templates are read from `theme`/templates.

        Args:
            theme: the folder of the theme.
            interfaces: gives the interface in a language.
            salt: what else shapes every page: the generator's own code, the locked versions.
            cache: remembers which other templates each one names.

        Raises:
            TemplateProblem: a template is not UTF-8.
            OSError: a template cannot be read.
        """
        self._folder = theme / "templates"
        self._interfaces = interfaces
        self._salt = salt
        self._cache = cache or Cache(None)
        self._sources = {
            path.relative_to(self._folder).as_posix(): _read(path)
            for path in sorted(self._folder.rglob("*.html"))
            if not path.name.startswith(".")  # what some editors put beside a file that they have open
        }
        self._environments: dict[str, Environment] = {}
        self._uses: dict[str, list[str]] = {}
        self._closures: dict[str, tuple[str, ...]] = {}
        self._fingerprints: dict[tuple[str, str], str] = {}

    def key(self, page: object) -> str:
        """The fingerprint of all that shapes the page. Equal keys mean equal bytes.

        Raises:
            TemplateProblem: its template, or one that this one uses, cannot be used.
            LookupError: the object is no view.
        """
        return self.key_of(template_of(page), language_of(page), digest_of(page))

    def key_of(self, template: str, lang: str, digest: str) -> str:
        """The same for a page of which no more than this is known.

        Args:
            template: the name of its template.
            lang: its language.
            digest: its view's (`digest_of`).

        Raises:
            TemplateProblem: the template, or one that this one uses, cannot be used.
        """
        shaped_by = self._shaped_by(template, lang)
        return hashlib.blake2b(f"{shaped_by}\0{digest}".encode(), digest_size=20).hexdigest()

    def as_before(self, before: "Renderer", template: str, lang: str) -> bool:
        """Whether a page of a template looks as a renderer of the theme as it was shows it.

        Raises:
            TemplateProblem: the template, or one that it uses, cannot be used.
        """
        shaped_by = self._shaped_by(template, lang)
        try:
            return shaped_by == before._shaped_by(template, lang)  # noqa: SLF001 - its own kind
        except TemplateProblem:
            return False

    def learn(self, before: "Renderer") -> None:
        """Takes over which templates others use from a renderer of the theme as it was: of those with the same text."""
        for name, used in before._uses.items():  # noqa: SLF001 - its own kind
            same = before._sources.get(name) == self._sources.get(name)  # noqa: SLF001 - the same
            if same and all(each in self._sources for each in used):
                self._uses[name] = used

    def _shaped_by(self, template: str, lang: str) -> str:
        return self._fingerprints.get((template, lang)) or self._fingerprint(template, lang)

    def render(self, page: object) -> bytes:
        """The page as HTML in UTF-8; it ends with a newline.

        Raises:
            TemplateProblem: its template, or one that this one uses, cannot be used.
            LookupError: the object is no view.
        """
        name = template_of(page)
        self.closure(name)
        try:
            text = self._environment(language_of(page)).get_template(name).render(page=page)
        except TemplateSyntaxError as mistake:
            raise self._problem(mistake.name or name, mistake.lineno, _syntax(mistake)) from mistake
        except BROKEN as mistake:
            at, line = self._place(mistake.__traceback__) or (name, 1)
            raise self._problem(at, line, _broken(mistake)) from mistake
        return (text.strip("\n") + "\n").encode()

    def check(self) -> None:
        """Makes sure that every template of the theme can be read with all that it uses.

        Raises:
            TemplateProblem: one can't.
        """
        for name in self._sources:
            self.closure(name)

    def closure(self, name: str) -> tuple[str, ...]:
        """The template and all that it extends, includes or imports, however deep; sorted.

        Raises:
            TemplateProblem: one of them is missing, is not well formed, or is named by an expression.
        """
        if name not in self._closures:
            if name not in self._sources:
                raise self._problem(name, 1, "The theme has no such template: put it back.")
            found = {name}
            waiting = [name]
            while waiting:
                for used in self._used_by(waiting.pop()):
                    if used not in found:
                        found.add(used)
                        waiting.append(used)
            self._closures[name] = tuple(sorted(found))
        return self._closures[name]

    def _used_by(self, name: str) -> list[str]:
        """The templates that one template names itself; read once, since most pages share them."""
        if name not in self._uses:
            key = key_for("template uses", self._salt, name, self._sources[name])
            known = self._cache.get(key)
            # Line by line, as file names never hold the end of one here.
            used = self._named_by(name) if known is None else known.decode().splitlines()
            if any(each not in self._sources for each in used):
                used = self._named_by(name)  # which says where the one is named that is gone
            if known is None:
                self._cache.put(key, "\n".join(used).encode())
            self._uses[name] = used
        return self._uses[name]

    def _named_by(self, name: str) -> list[str]:
        try:
            tree = self._environment("en").parse(self._sources[name], name)
        except TemplateSyntaxError as mistake:
            raise self._problem(name, mistake.lineno, _syntax(mistake)) from mistake
        used = []
        for statement in tree.find_all((nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include)):
            named = getattr(statement, "template", None)
            if not isinstance(named, nodes.Const) or not isinstance(named.value, str):
                sentence = "Name the other template in quotes, and only one, so that a page knows what it depends on."
                raise self._problem(name, statement.lineno, sentence)
            if named.value not in self._sources:
                sentence = f'There is no template "{named.value}" in the theme. Is its name spelt right?'
                raise self._problem(name, statement.lineno, sentence)
            used.append(named.value)
        return used

    def _fingerprint(self, name: str, lang: str) -> str:
        mix = hashlib.blake2b(digest_size=20)
        for part in [
            self._salt,
            lang,
            self._interfaces(lang).digest,
            *(text for used in self.closure(name) for text in (used, self._sources[used])),
        ]:
            data = part.encode()
            mix.update(len(data).to_bytes(8, "big") + data)
        return self._fingerprints.setdefault((name, lang), mix.hexdigest())

    def _environment(self, lang: str) -> Environment:
        """Jinja in one language; imported macros see the environment's texts only, so each language has its own."""
        if lang not in self._environments:
            made = Environment(
                loader=FunctionLoader(self._source),
                autoescape=True,
                undefined=StrictUndefined,
                trim_blocks=True,
                lstrip_blocks=True,
                extensions=["jinja2.ext.i18n"],
                auto_reload=False,
                cache_size=-1,
            )
            for name in ("range", "dict", "lipsum", "cycler", "joiner", "namespace"):
                del made.globals[name]
            del made.filters["random"]
            made.filters.update(FILTERS)
            made.filters["once"] = Once()
            texts = self._interfaces(lang).texts
            made.install_gettext_callables(  # type: ignore[attr-defined]
                texts.gettext, texts.ngettext, newstyle=True, pgettext=texts.pgettext, npgettext=texts.npgettext
            )
            made.globals["_"] = _speaking(texts.gettext)
            self._environments[lang] = made
        return self._environments[lang]

    def _source(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        source = self._sources.get(name)
        return None if source is None else (source, str(self._folder / name), lambda: True)

    def _place(self, trace: TracebackType | None) -> tuple[str, int] | None:
        """The innermost place in a template that a traceback goes through."""
        place = None
        while trace:
            file = Path(trace.tb_frame.f_code.co_filename)
            if file.is_relative_to(self._folder):
                place = (file.relative_to(self._folder).as_posix(), trace.tb_lineno)
            trace = trace.tb_next
        return place

    def _problem(self, name: str, line: int, sentence: str) -> TemplateProblem:
        return TemplateProblem(self._folder / name, line, sentence)


def _speaking(gettext: Callable[[str], str]) -> Callable[..., Markup]:
    """`_` of templates: as Jinja's own, which looks up a text and fills it in anew each time."""
    known = lru_cache(maxsize=_TEXTS)(lambda text: Markup(gettext(text)))  # noqa: S704 - of the catalogue or a template
    alone = lru_cache(maxsize=_TEXTS)(lambda text: known(text) % {})

    def said(text: str, /, **words: object) -> Markup:
        return known(text) % words if words else alone(text)

    return said


_TEXTS = 1000
"""Texts that are at hand: more than the theme has."""

_TAG = re.compile(rb'<[a-z][^">]*"[^"]*"[^">]*(?:"[^"]*"[^">]*)*>')
"""A tag with an attribute that has a value: most have none, and are passed over without being looked into."""
_ADDRESS = re.compile(rb'\s(href|src|srcset|action|data-names|data-more)="([^"]*)"')


def links_of(html: bytes) -> tuple[str, ...]:
    """Every address that a page of ours names (`href`, `src`, `srcset`, `action`), each once, in the page's order.

    What the search page's script fetches stands in `data-names` and, several with spaces between, in `data-more`.
    For our own output only: lower-case tags, double quotes, no comments.
    """
    found: dict[str, None] = {}
    for tag in _TAG.findall(html):
        for name, raw in _ADDRESS.findall(tag):
            value = unescape(raw.decode())
            if name == b"srcset":
                found.update(dict.fromkeys(each.split()[0] for each in value.split(",") if each.strip()))
            elif name == b"data-more":
                found.update(dict.fromkeys(value.split()))
            else:
                found[value] = None
    return tuple(found)


_CARD = re.compile(rb'<meta property="og:image" content="([^"]*)">')


def cards_of(html: bytes) -> tuple[str, ...]:
    """The full address of the card that a page of ours names for whoever passes it on; nothing where it names none."""
    return tuple(unescape(raw.decode()) for raw in _CARD.findall(html))


def _read(path: Path) -> str:
    content = path.read_bytes()
    try:
        return content.decode()
    except UnicodeDecodeError as mistake:
        line = content.count(b"\n", 0, mistake.start) + 1
        raise TemplateProblem(path, line, "The template is not UTF-8. Save it again as UTF-8.") from mistake


def _syntax(mistake: TemplateSyntaxError) -> str:
    return f"The template is not well formed: {mistake.message or 'it cannot be read'}"


def _broken(mistake: Exception) -> str:
    said = str(mistake).rstrip(".")
    return f"The template asks for something that its page does not have, or uses it wrongly: {said}."
