"""From the tree to a body's parts: words looked at, links, pictures and facts made slots, passages gathered."""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

from clinic.problems.catalogue import body as rules
from clinic.prose.addresses import decoded, place_of, refuse
from clinic.prose.attributes import ATTACHED, LIKE, Attributes, read_attributes, report_loose
from clinic.prose.body import Citation, FactUse, Link, Picture
from clinic.prose.containers import report_fact_in_code
from clinic.prose.elements import BLOCKS
from clinic.prose.facts import LIKE as LIKE_FACT
from clinic.prose.facts import advice
from clinic.prose.leaves import Leaf, LeafKind
from clinic.prose.marks import MARK, decode, first_mark, marks_in, offset_of, strip_marks
from clinic.prose.reading import Reading
from clinic.prose.slots import make_slot

_WEB = re.compile(r"(?:https?://|www\.)[^\s<>\"`*\[\]{}|\\^]+", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_UNKNOWN_REFERENCE = re.compile(rf"({MARK})(?:{MARK})*\]\[(?!\^)([^\]\[\n]*)\]")
_OPEN_FACT = re.compile(rf"\{{\{{((?:{MARK})+)([^\n]{{0,40}})")
_NAMELESS = frozenset({"plain", "br", "fact", "cite"})


@dataclass(slots=True)
class Finisher:
    """Looks at the leaves of one body, in order, and gathers what it finds."""

    reading: Reading
    links: list[Link] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    facts: list[FactUse] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    ids: dict[str, ET.Element] = field(default_factory=dict)
    named: dict[str, int] = field(default_factory=dict)
    """Where the ids stand that somebody wrote."""
    _leaf: Leaf | None = None

    def finish(self, leaf: Leaf) -> str:
        """Finish the words of a leaf: its element is ready for HTML. Gives its plain text on one line."""
        self._leaf = leaf
        element = leaf.element
        self._claim(element, leaf.start)
        text = " ".join("".join(self._inside(element, in_link=False)).split())
        if element.tag == "p" and leaf.kind is LeafKind.TEXT:
            self._make_block(element)
        return text

    def claim(self, element: ET.Element, name: str, start: int) -> bool:
        """Give an element an id, unless another has it (which is reported)."""
        if name in self.ids:
            self.reading.report(rules.DUPLICATE_ID, start, self.reading.line_end(start), name=name)
            element.attrib.pop("id", None)
            return False
        self.ids[name] = element
        self.named[name] = start
        element.set("id", name)
        return True

    def _claim(self, element: ET.Element, start: int) -> None:
        name = element.get("id")
        if name is not None and element.get("id-at") is not None:
            self.claim(element, name, start)

    def _inside(self, element: ET.Element, *, in_link: bool) -> list[str]:
        """Finish what stands in an element up to the first block; gives its plain text in pieces."""
        element.text = self._words(element.text or "", in_link=in_link)
        pieces = [element.text]
        for child in list(element):
            if child.tag in BLOCKS:
                break
            attributes = self._attached(child)
            pieces += self._element(child, attributes, in_link=in_link)
            child.tail = self._words(child.tail or "", in_link=in_link)
            pieces.append(child.tail)
        return pieces

    def _attached(self, child: ET.Element) -> Attributes | None:
        """The attribute list right behind an element, taken out of the text."""
        found = ATTACHED.match(child.tail or "") if child.tag not in _NAMELESS else None
        if found is None or not LIKE.match(strip_marks(found[2])):
            return None
        child.tail = (child.tail or "")[found.end() :]
        picture = child.tag == "img"
        place = "on a picture" if picture else "here"
        start = first_mark(found[1]) or 0
        attributes = read_attributes(self.reading, strip_marks(found[2]), start, place=place, picture=picture)
        if attributes.id:
            self.claim(child, attributes.id, start)
        return attributes

    def _element(  # noqa: PLR0911 - one line for each kind of element
        self, child: ET.Element, attributes: Attributes | None, *, in_link: bool
    ) -> list[str]:
        match child.tag:
            case "a":
                return self._link(child, in_link=in_link)
            case "img":
                return self._picture(child, attributes)
            case "fact":
                return self._fact(child, in_link=in_link)
            case "code":
                return self._code(child)
            case "br":
                return [" "]
            case "cite":
                at = self.reading.span(int(child.get("at", "0")), int(child.get("to", "0")))
                self.citations.append(Citation(child.get("name", ""), at))
            case "sup" if (child.get("id") or "").startswith("fnref-"):
                self.ids.setdefault(child.get("id", ""), child)
            case _:
                return self._inside(child, in_link=in_link)
        return []

    def _code(self, child: ET.Element) -> list[str]:
        marked = child.text or ""
        child.text = strip_marks(marked)
        if "{{" in child.text:
            report_fact_in_code(self.reading, child.text, self._offset_in_code(marked))
        return [child.text]

    def _offset_in_code(self, marked: str) -> int:
        """Where the text of code begins in the body, from any mark in it."""
        found = re.search(MARK, marked)
        fallback = self._leaf.start if self._leaf else 0
        return offset_of(found[0]) - len(strip_marks(marked[: found.start()])) if found else fallback

    def _link(self, child: ET.Element, *, in_link: bool) -> list[str]:
        if child.get("inner"):
            return []
        marked = child.attrib.pop("href", "")
        if child.get("at"):
            start, end = int(child.get("at", "0")), int(child.get("to", "0"))
        else:
            start, end = place_of(self.reading, marked, self._fallback())
        text = self._inside(child, in_link=True)
        target = decoded(marked)
        title = child.attrib.pop("title", None)
        if in_link:
            what = "A link can't stand inside another link; this one is shown as plain words."
            self.reading.report(rules.DEFINITION_TROUBLE, start, end, what=what, mend="Move it out of the other link.")
            child.tag = "plain"
        elif self._fact_in(target, "an address", start, end) or refuse(self.reading, target, start, end, "link"):
            child.tag = "plain"
        else:
            child.set("href", make_slot("link", str(len(self.links))))
            if title:
                child.set("title", decode(strip_marks(title)))
            shown = " ".join("".join(text).split())
            self.links.append(Link(target, shown, self.reading.span(start, end)))
        return text

    def _picture(self, child: ET.Element, attributes: Attributes | None) -> list[str]:
        marked = child.get("src", "")
        start, end = place_of(self.reading, marked, self._fallback())
        target = decoded(marked)
        alt = " ".join(decode(strip_marks(child.get("alt", ""))).split())
        if title := child.get("title"):
            what = f'The words in quotes, "{strip_marks(title)[:40]}", are not shown with a picture.'
            mend = "Put them into the square brackets, or into a sentence below the picture."
            self.reading.report(rules.DEFINITION_TROUBLE, start, end, what=what, mend=mend)
        self._fact_in(alt, "the description of a picture", start, end)
        name = child.get("id")
        child.attrib.clear()
        if self._fact_in(target, "an address", start, end) or refuse(self.reading, target, start, end, "picture"):
            child.tag, child.text = "plain", alt
            return []
        decorative = attributes is not None and attributes.decorative
        child.tag = "picture"
        child.set("name", str(len(self.pictures)))
        if name:
            child.set("id", name)
        self.pictures.append(Picture(target, alt, decorative, self.reading.span(start, end)))
        return []

    def _fact(self, child: ET.Element, *, in_link: bool) -> list[str]:
        name = child.get("name", "")
        written = child.text or ""
        start, end = int(child.get("at", "0")), int(child.get("to", "0"))
        heading = self._leaf is not None and self._leaf.kind is LeafKind.HEADING
        if in_link or heading:
            place, mend = "the words of a link", "Write it beside the link: a phone or e-mail becomes a link by itself."
            if heading:
                place, mend = "a heading", "Write it in the text below the heading."
            self.reading.report(rules.FACT_OUT_OF_PLACE, start, end, fact=name, place=place, mend=mend)
            child.tag = "plain"
            return [written]
        child.text = None
        child.set("fact", str(len(self.facts)))
        self.facts.append(FactUse(name, alone=False, span=self.reading.span(start, end)))
        return [written]

    def _fact_in(self, text: str, place: str, start: int, end: int) -> bool:
        found = LIKE_FACT.search(text)
        if found is None:
            return False
        mend = "Write the fact as words of its own; a phone or e-mail becomes a link by itself."
        self.reading.report(rules.FACT_OUT_OF_PLACE, start, end, fact=found["name"], place=place, mend=mend)
        return True

    def _make_block(self, element: ET.Element) -> None:
        """A fact that is all of a paragraph takes the paragraph's place."""
        if len(element) != 1 or (element.text or "").strip() or (element[0].tail or "").strip():
            return
        child = element[0]
        if child.tag == "fact":
            number = int(child.get("fact", "0"))
            use = self.facts[number]
            self.facts[number] = FactUse(use.name, alone=True, span=use.span)
            element.tag = "factblock"
            element.set("name", use.name)

    def _fallback(self) -> tuple[int, int]:
        return (self._leaf.start, self._leaf.end) if self._leaf else (0, 0)

    def _words(self, text: str, *, in_link: bool) -> str:
        """Text without its marks; what almost became something else is reported."""
        if not (marks := marks_in(text)):
            return strip_marks(text)
        report_loose(self.reading, text)
        for found in _UNKNOWN_REFERENCE.finditer(text):
            start = (first_mark(found[1]) or 0) + 2
            name = strip_marks(found[2])
            self.reading.report(rules.REFERENCE_UNKNOWN, start, start + len(name), name=name)
        for found in _OPEN_FACT.finditer(text):
            start = (first_mark(found[1]) or 2) - 2
            if self.reading.text[max(0, start - 1) : start] == "\\":
                continue  # written to be seen
            written = "{{" + strip_marks(found[2]).rstrip()
            known = "Write both pairs of curly brackets on one line. " + advice("")
            self.reading.report(rules.FACT_NOT_READ, start, start + len(written), fact=written, known=known)
        if not in_link:
            for start in marks:
                self._bare(start)
        return strip_marks(text)

    def _bare(self, start: int) -> None:
        """Report a web or e-mail address that is plain text."""
        source = self.reading.text
        web = _WEB.match(source, start)
        found = web or _MAIL.match(source, start)
        if found is None or (not web and start and re.match(r"[\w.+-]", source[start - 1])):
            return
        address = found[0].rstrip(".,;:!?_'*")
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1].rstrip(".,;:!?")
        full = f"https://{address}" if address.lower().startswith("www.") else address
        self.reading.report(rules.BARE_ADDRESS, start, start + len(address), replacement=f"<{full}>", address=full)
