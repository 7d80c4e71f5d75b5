"""Python-Markdown's inline patterns, set up once a process and used for one paragraph at a time.

The blocks of a body are read by clinic.prose.blocks as code hosts read them; all that stands inside a paragraph,
heading or cell is Python-Markdown's work: emphasis, links, pictures, references, code, line breaks, escapes.
"""

import html
import re
import string
import threading
import unicodedata
import xml.etree.ElementTree as ET

from markdown import Markdown
from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.extensions.tables import TableExtension, TableProcessor
from markdown.inlinepatterns import BacktickInlineProcessor, InlineProcessor
from markdown.treeprocessors import InlineProcessor as InlineTree
from markdown.treeprocessors import UnescapeTreeprocessor
from markdown.util import AtomicString

from clinic.problems import nearest
from clinic.problems.catalogue import body as rules
from clinic.prose.facts import FACT, advice
from clinic.prose.marks import MARK, first_mark, strip_marks
from clinic.prose.rawhtml import RAW_HTML, RawHtml
from clinic.prose.reading import Reading

MAX_CHARACTERS = 10_000
"""The longest paragraph, heading or cell: patterns that look for partners take time that grows with its square."""

MAX_DEPTH = 60
"""How deep emphasis, links and tags may stand in one another inside a paragraph."""

BUDGET = 4_000_000
"""Steps that the tangled paragraphs of one body may take together: about two seconds."""

_BRACKETS = re.compile(r"[\[\]]")
_SIGNS = re.compile(r"\*+|_+|`+|[\[<&{\\!]|://|@")
_FACT = rf"\{{\{{((?:{MARK})*)([^{{}}\n]{{0,200}})\}}\}}"
_FOOTNOTE = rf"\[\^((?:{MARK})*)([^\]\n]*)\]"
_ENTITY = rf"&((?:{MARK})*)(\#[0-9]{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}}|[a-zA-Z][a-zA-Z0-9]{{1,31}});"
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_LIVELY = re.compile(r"[\\`*_\[\]<&!{]|  \n")
"""What any pattern of Python-Markdown or ours begins with: text without it needs none of them."""

_SHOWN = frozenset({"\u00a0", "\u00ad", "\u2009", "\u202f", "\u200d"})


class Tangled(Exception):  # noqa: N818 - it says what the text is; nobody but parse_body sees it
    """A paragraph that cannot be read: too long, or too deep."""


class _Code(BacktickInlineProcessor):
    """Code, with its text as written: it is escaped once, where HTML is written."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element | str | None, int | None, int | None]:
        """The element with its plain text."""
        found, start, end = super().handleMatch(m, data)
        if isinstance(found, ET.Element):
            found.text = AtomicString(html.unescape(found.text or ""))
        return found, start, end


class _Pattern(InlineProcessor):
    """A pattern of ours, which reports to the reading of the day."""

    def __init__(self, pattern: str, engine: "Engine") -> None:
        super().__init__(pattern, engine.markdown)
        self.engine = engine


class _Fact(_Pattern):
    """`{{ phone.main }}`: an element `fact`, which becomes a slot."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name; ours never gives None
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element, int, int]:
        """The element, or the text as written where it is no fact."""
        reading = self.engine.reading
        name = strip_marks(m[2]).strip()
        at = first_mark(m[1]) or self.engine.fallback[0] + 2
        start, end = at - 2, at + len(strip_marks(m[2])) + 2
        element = ET.Element("fact", {"at": str(start), "to": str(end)})
        element.text = AtomicString(f"{{{{ {name} }}}}")
        opened = data.rfind("](", max(0, m.start() - 300), m.start())
        if opened >= 0 and ")" not in data[opened : m.start()]:
            reading.report(
                rules.FACT_OUT_OF_PLACE,
                start,
                end,
                fact=name,
                place="an address",
                mend="Write the fact as words of its own; a phone or e-mail becomes a link by itself.",
            )
        if FACT.fullmatch(name):
            element.set("name", name)
        else:
            element.tag = "plain"
            reading.report(rules.FACT_NOT_READ, start, end, fact=f"{{{{ {name} }}}}", known=advice(name))
        return element, m.start(0), m.end(0)


class _Footnote(_Pattern):
    """`[^id]`: an element `cite` for a source of the header, else the mark of a footnote."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name; ours never gives None
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 - Python-Markdown's signature
    ) -> tuple[ET.Element, int, int]:
        """The element; nothing is left where there is neither source nor footnote of that name."""
        reading = self.engine.reading
        name = strip_marks(m[2]).strip()
        at = first_mark(m[1]) or self.engine.fallback[0] + 2
        start, end = at - 2, at + len(strip_marks(m[2])) + 1
        if name in reading.sources:
            return ET.Element("cite", {"name": name, "at": str(start), "to": str(end)}), m.start(0), m.end(0)
        note = reading.footnotes.get(name)
        if note is None:
            near = nearest(name, [*reading.sources, *reading.footnotes])
            reading.report(
                rules.UNKNOWN_FOOTNOTE,
                start,
                end,
                replacement=None,
                name=name,
                hint=f'Did you mean "{near}"? ' + rules.UNKNOWN_FOOTNOTE.hint if near else None,
            )
            return ET.Element("plain"), m.start(0), m.end(0)
        if not note.number:
            note.number = 1 + max((other.number for other in reading.footnotes.values()), default=0)
        note.uses += 1
        sup = ET.Element("sup", {"id": f"fnref-{name}" + (f"-{note.uses}" if note.uses > 1 else "")})
        anchor = ET.SubElement(sup, "a", {"class": "footnote-ref", "href": f"#fn-{name}", "inner": "yes"})
        anchor.text = AtomicString(str(note.number))
        return sup, m.start(0), m.end(0)


class _Entity(_Pattern):
    """`&amp;`: the character that it stands for."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 - Python-Markdown's signature
    ) -> tuple[ET.Element | None, int, int]:
        """The character in an element that leaves no trace; None (text as written) where there is no such entity."""
        written = f"&{m[2]};"
        char = html.unescape(written)
        if char == written:
            return None, m.start(0), m.end(0)
        element = ET.Element("plain")
        element.text = AtomicString(char)
        hidden = [
            one for one in char if one not in _SHOWN and (one == "\ufffd" or unicodedata.category(one) in _UNSEEN)
        ]
        if hidden or not char:
            element.text = AtomicString("")
            reading = self.engine.reading
            marked = first_mark(m[1])
            start = max(0, reading.text.find(written, self.engine.fallback[0])) if marked is None else marked - 1
            name = unicodedata.name(hidden[0], "no name") if hidden else "no character at all"
            reading.report(rules.HIDDEN_CHARACTER, start, start + len(written), written=written, name=name.lower())
        return element, m.start(0), m.end(0)


class Engine:
    """One Markdown instance with our patterns; `reading` and `fallback` are what it works on now."""

    reading: Reading
    fallback: tuple[int, int]
    _spent: int

    def __init__(self) -> None:
        self.markdown = Markdown(extensions=[TableExtension()])
        self.markdown.ESCAPED_CHARS = list(string.punctuation)
        patterns = self.markdown.inlinePatterns
        for name in ("html", "autolink", "automail", "entity"):
            patterns.deregister(name)
        patterns.register(_Code(patterns["backtick"].pattern), "backtick", 190)
        patterns.register(RawHtml(RAW_HTML, self), "rawhtml", 175)
        patterns.register(_Footnote(_FOOTNOTE, self), "footnote", 172)
        patterns.register(_Fact(_FACT, self), "fact", 122)
        patterns.register(_Entity(_ENTITY, self), "entity", 80)
        tree = self.markdown.treeprocessors
        inline, unescape = tree["inline"], tree["unescape"]
        table = self.markdown.parser.blockprocessors["table"]
        assert isinstance(inline, InlineTree)
        assert isinstance(unescape, UnescapeTreeprocessor)
        assert isinstance(table, TableProcessor)
        self._inline = inline
        self._unescape = unescape
        self._table = table

    def start(self, reading: Reading) -> None:
        """Forget the last body and take up another."""
        self.markdown.reset()
        self.markdown.references = reading.references  # type: ignore[assignment]  # a title may be None there
        self.reading = reading
        self.fallback = (0, 0)
        self._spent = 0

    def inline(self, text: str, fallback: tuple[int, int]) -> ET.Element:
        """The element `plain` that holds what stands in a paragraph's marked text.

        Raises:
            Tangled: it is too long, or too many things stand in one another.
        """
        if fallback[1] - fallback[0] > MAX_CHARACTERS:
            raise Tangled
        if not _LIVELY.search(text):
            words = ET.Element("plain")
            words.text = text
            return words
        self._spend(text)
        self.fallback = fallback
        holder = ET.Element("holder")
        element = ET.SubElement(holder, "plain")
        element.text = text
        self._inline.run(holder)
        self._check_depth(element)
        self._unescape.run(element)
        return element

    def table(self, block: str) -> ET.Element | None:
        """The table that a block of marked lines makes, its cells not read yet; None where it makes none."""
        parent = ET.Element("holder")
        if not self._table.test(parent, block):
            return None
        self._table.run(parent, [block])
        return parent[0]

    def abbreviate(self, root: ET.Element) -> None:
        """Put the body's abbreviations into elements `abbr` all over the tree."""
        if self.reading.abbreviations:
            AbbrTreeprocessor(self.markdown, self.reading.abbreviations).run(root)

    def _spend(self, text: str) -> None:
        """Reckon what a paragraph costs at worst.

        Python-Markdown looks for the partner of each bracket to the end of the paragraph, again for each of its
        patterns; so it does, if faster, for runs of * _ and `, and we for tags. Each sign costs its share as well.

        Raises:
            Tangled: the body has spent all that it may.
        """
        depth = deepest = 0
        for sign in _BRACKETS.findall(text):
            depth = depth + 1 if sign == "[" else max(0, depth - 1)
            deepest = max(deepest, depth)
        open_targets = text.count("](") if text.count("(") > text.count(")") else 0
        signs = len(_SIGNS.findall(text))
        searched = max(0, deepest - 3) + max(0, open_targets - 3) + max(0, signs - 100) // 20
        self._spent += len(text) * searched + signs * 80
        if self._spent > BUDGET:
            raise Tangled

    @staticmethod
    def _check_depth(element: ET.Element) -> None:
        level = [element]
        for _ in range(MAX_DEPTH):
            level = [child for parent in level for child in parent]
            if not level:
                return
        raise Tangled


_OF_THIS_THREAD = threading.local()


def engine() -> Engine:
    """The engine of this thread, made when it is first needed."""
    found: Engine | None = getattr(_OF_THIS_THREAD, "engine", None)
    if found is None:
        found = _OF_THIS_THREAD.engine = Engine()
    return found
