"""Raw HTML and addresses in angle brackets inside a paragraph: the few tags that are allowed, and all the others."""

import html
import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from clinic.expressions import expression
from clinic.problems.catalogue import body as rules
from clinic.problems.catalogue.appointments import FORM_IN_TEXT
from clinic.prose.addresses import danger_of, refuse
from clinic.prose.elements import EMBEDS, FORMS, KNOWN, PAIRED
from clinic.prose.facts import LIKE
from clinic.prose.marks import MARK, decode, first_mark, strip_marks

if TYPE_CHECKING:
    from clinic.prose.inline import Engine

RAW_HTML = (
    rf"<((?:{MARK})+)"
    r"(?:([A-Za-z/!?](?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+)>|([A-Za-z/!?][^<>]*)>)?"
)
"""A bracket with its mark, and the tag, comment or address that it may open (quotes in it may hold `>`)."""

_SCHEME = expression(r"[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*$")
_EMAIL = expression(r"[^\s<>@/:]+@[^\s<>@/:]+\.[^\s<>@/:]+$")
_TAG = expression(r"(?P<close>/?)(?P<name>[A-Za-z][\w:-]*)(?P<rest>.*)$", re.DOTALL)
_ATTRIBUTE = expression(r"""([^\s"'=<>/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>]+))?""")
_AFTER_BRACKET = expression(r"\]\([ \t\n]*$")


class RawHtml(InlineProcessor):
    """Everything that stands in angle brackets."""

    def __init__(self, pattern: str, engine: "Engine") -> None:
        super().__init__(pattern, engine.markdown)
        self.engine = engine

    def handleMatch(  # type: ignore[override]  # noqa: N802, PLR0911 - Python-Markdown's name; a line for each case
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element | None, int | None, int | None]:
        """The element that stands for it."""
        if _AFTER_BRACKET.search(data, max(0, m.start() - 8), m.start()):
            return None, None, None  # the target of a link
        inner = strip_marks(m[2] or m[3] or "")
        start = (first_mark(m[1]) or self.engine.fallback[0] + 1) - 1
        if not inner:
            return self._lonely(m, data, start)
        if _SCHEME.match(inner) or _EMAIL.match(inner):
            return self._autolink(inner, start), m.start(0), m.end(0)
        tag = _TAG.match(inner)
        if tag is None or tag["name"].lower() not in KNOWN:
            return self._unknown(inner, start), m.start(0), m.end(0)
        name = tag["name"].lower()
        at = (start, start + len(inner) + 2)
        if tag["close"]:
            self._closing(name, *at)
            return _words(""), m.start(0), m.end(0)
        attributes = self._attributes(name, tag["rest"], start + 1 + tag.start("rest"))
        if name in PAIRED:
            return self._paired(name, attributes, m, data, at)
        if name != "br":
            self._not_allowed(inner, *at, name)
        return ET.Element("br") if name == "br" else _words(""), m.start(0), m.end(0)

    def _unknown(self, inner: str, start: int) -> ET.Element:
        """Something in angle brackets that is no element of HTML: words stay to be seen."""
        danger = danger_of(inner)
        if danger and danger[0] == "dangerous" and ":" in html.unescape(inner):
            refuse(self.engine.reading, inner, start + 1, start + 1 + len(inner), "link")
        else:
            self._not_allowed(inner, start, start + 2 + len(inner))
        return _words("" if inner[0] in "!?" else f"<{inner}>")

    def _lonely(self, m: re.Match[str], data: str, start: int) -> tuple[ET.Element | None, int | None, int | None]:
        """A bracket that nothing closes: text, but a problem where it begins a tag."""
        name = re.match(r"/?([A-Za-z][A-Za-z0-9]*)(?=[\s/]|$)", strip_marks(data[m.end() : m.end() + 80]))
        if name and name[1].lower() in KNOWN - {"a", "b", "i", "p", "q", "s", "u"}:
            self._not_allowed(name[0], start, start + 1 + len(name[0]), name[1].lower())
        return _words("<"), m.start(0), m.end(1)

    def _autolink(self, inner: str, start: int) -> ET.Element:
        """A link to the address itself; text where the address is refused (the finisher looks at it like at any)."""
        mail = not _SCHEME.match(inner)
        element = ET.Element("a", {"href": ("mailto:" if mail else "") + inner, "at": f"{start + 1}"})
        element.set("to", f"{start + 1 + len(inner)}")
        element.text = AtomicString(decode(inner))
        return element

    def _closing(self, name: str, start: int, end: int) -> None:
        if name in PAIRED:
            self.engine.reading.report(rules.HTML_NOT_CLOSED, start, end, tag=f"</{name}>", name=name)
        else:
            self._not_allowed(f"/{name}", start, end, name)

    def _not_allowed(self, inner: str, start: int, end: int, name: str = "") -> None:
        reading = self.engine.reading
        shown = f"<{inner if len(inner) <= 40 else inner[:37] + '...'}>"
        if name in {"details", "summary"}:
            what = f"{shown} does not stand where it can be used"
            reading.report(
                rules.DETAILS_TROUBLE, start, end, what=what + ": at the start of a line, and in the right order."
            )
        elif name in FORMS:
            if not inner.startswith("/"):  # its first tag has said it
                reading.report(FORM_IN_TEXT, start, end, tag=f"<{name}>", how=how_sent(inner))
        elif name in EMBEDS:
            mend = "Take it out. A picture is written ![what it shows](../images/its-name.png)"
            hint = mend if name in {"img", "picture", "image"} else None
            reading.report(rules.EMBED_NOT_ALLOWED, start, end, tag=shown, hint=hint)
        else:
            reading.report(rules.HTML_NOT_ALLOWED, start, end, tag=shown)

    def _attributes(self, name: str, rest: str, start: int) -> dict[str, str]:
        """The allowed attributes of a tag; others are reported and left out."""
        reading = self.engine.reading
        kept: dict[str, str] = {}
        for found in _ATTRIBUTE.finditer(rest):
            key = found[1].lower()
            value = decode((found[2] or "").strip("\"'"))
            at = (start + found.start(), start + found.end())
            if key.startswith("on"):
                reading.report(rules.EVENT_ATTRIBUTE, *at, attribute=found[1])
            elif name in {"abbr", "dfn"} and key == "title":
                if fact := LIKE.search(value):
                    mend = "Take it out of the title."
                    reading.report(rules.FACT_OUT_OF_PLACE, *at, fact=fact["name"], place="HTML code", mend=mend)
                kept[key] = value
            elif name in PAIRED or name == "br":
                reading.report(rules.HTML_ATTRIBUTE, *at, attribute=found[1], tag=name)
            elif key in {"href", "src", "action", "formaction", "data", "srcset", "poster", "background", "xlink:href"}:
                refuse(reading, (found[2] or "").strip("\"'"), *at, "tag")
        return kept

    def _paired(
        self, name: str, attributes: dict[str, str], m: re.Match[str], data: str, at: tuple[int, int]
    ) -> tuple[ET.Element, int, int]:
        """An allowed element with its words, in which more of its kind may stand."""
        close = _closing_tag(name, data, m.end(0))
        if close is None:
            self.engine.reading.report(rules.HTML_NOT_CLOSED, *at, tag=f"<{name}>", name=name)
            return _words(""), m.start(0), m.end(0)
        element = ET.Element(name, attributes)
        self._fill(element, data[m.end(0) : close.start()])
        return element, m.start(0), close.end()

    def _fill(self, element: ET.Element, text: str) -> None:
        """Put marked text into an element; Python-Markdown uses each pattern once a level, so tags are read here."""
        last: ET.Element | None = None
        position = 0
        while found := self.compiled_re.search(text, position):
            child, start, end = self.handleMatch(found, text)
            if child is None or start is None or end is None:
                self._append(element, last, text[position : found.end()])
                position = found.end()
                continue
            self._append(element, last, text[position:start])
            element.append(child)
            last = child
            position = end
        self._append(element, last, text[position:])

    @staticmethod
    def _append(element: ET.Element, last: ET.Element | None, text: str) -> None:
        if last is None:
            element.text = (element.text or "") + text
        else:
            last.tail = (last.tail or "") + text


def how_sent(tag: str) -> str:
    """What would become of what people write into a form, in words that follow "a form", from its tag."""
    said = {
        found[1].lower(): (found[2] or "").strip("\"' ").lower() for found in _ATTRIBUTE.finditer(html.unescape(tag))
    }
    if said.get("action", "").startswith("mailto:") or said.get("formaction", "").startswith("mailto:"):
        return ": it would open a mail program, and send what patients write unencrypted"
    if re.match(r"form\b", tag, re.IGNORECASE) and said.get("method", "get") != "post":
        return ": it would put what patients write into an address, which is kept in logs"
    return ""


def _words(text: str) -> ET.Element:
    element = ET.Element("plain")
    element.text = AtomicString(text)
    return element


def _closing_tag(name: str, data: str, position: int) -> re.Match[str] | None:
    """The tag that closes one which ends at `position`, tags of the same name inside it skipped."""
    depth = 0
    for found in re.compile(rf"<(?:{MARK})+(/?){name}(?![\w:-])[^<>]*>", re.IGNORECASE).finditer(data, position):
        if not found[1]:
            depth += 1
        elif depth:
            depth -= 1
        else:
            return found
    return None
