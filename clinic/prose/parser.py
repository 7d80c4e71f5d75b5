"""`parse_body`: from the Markdown of one file to a frozen body. Its result depends on its arguments alone."""

import bisect
import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import replace

from markdown.util import AtomicString

from clinic.problems import Problem, Span
from clinic.problems.catalogue import body as rules
from clinic.prose.blocks import Blocks
from clinic.prose.body import EMPTY, Body, BodySection, Card, CardKind, Heading, Html, Named, Passage, Prose, Remark
from clinic.prose.definitions import footnote_item
from clinic.prose.finish import Finisher
from clinic.prose.inline import MAX_CHARACTERS, Engine, Tangled, engine
from clinic.prose.leaves import MAX_LEAVES, Leaf, LeafKind, Place, TooManyLeaves
from clinic.prose.lines import read_lines
from clinic.prose.marks import strip_marks, unmarkable
from clinic.prose.markup import checked, html_of, inner_html
from clinic.prose.reading import Reading
from clinic.prose.sections import meaning_of

MAX_BODY = 1_000_000
"""The longest body, in characters."""

_REMARK = re.compile(r"<!--\s*check\b\s*(?::|(?=allow\b))(?P<text>[^\0]*?)-->", re.IGNORECASE)
_FACT_AS_WRITTEN = re.compile(r"\{\{[^{}]*\}\}")


def parse_body(
    text: str,
    *,
    path: str,
    first_line: int,
    kind: str,
    sources: tuple[str, ...] = (),
    meanings: Mapping[str, str] | None = None,
) -> Body:
    """The body that `text` makes, with every problem found in it. Raises nothing, whatever the text.

    Args:
        text: what follows the header, with LF line ends.
        path: the file, for problems.
        first_line: the line of the file on which `text` begins.
        kind: condition, procedure, announcement, clinician, page or location: what its headings mean.
        sources: the ids of the sources in the header, which `[^id]` may cite.
        meanings: the sections that a clinic's own headings mean (`clinic.prose.sections.meanings_added`).
    """
    if len(text) > MAX_BODY:
        span = Span.at(first_line, 1)
        return replace(EMPTY, problems=(rules.BODY_TOO_LONG(path, span, found=len(text), limit=MAX_BODY),))
    text, bad = unmarkable(text)
    reading = Reading(text, path, first_line, sources)
    for offset in bad[:20]:
        reading.report(rules.CHARACTER_NOT_ALLOWED, offset, offset + 1, name="a control or private character")
    try:
        return _BodyOf(reading, kind, engine(), meanings or {}).build()
    except TooManyLeaves:
        many, things = f"more than {MAX_LEAVES}", "paragraphs and list items"
        reading.report(rules.TOO_MUCH, 0, reading.line_end(0), found=many, things=things, limit=MAX_LEAVES)
        return replace(EMPTY, problems=_sorted(reading.problems))
    except Exception:  # noqa: BLE001 - a page must never take the others down with it; the problem holds it back
        reading.report(rules.PARAGRAPH_NOT_READ, 0, reading.line_end(0), limit=MAX_CHARACTERS)
        return replace(EMPTY, problems=_sorted(reading.problems))


def _sorted(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda one: one.order))


class _BodyOf:
    """Puts one body together."""

    def __init__(self, reading: Reading, kind: str, engine: Engine, meanings: Mapping[str, str]) -> None:
        self.reading = reading
        self.kind = kind
        self.meanings = meanings
        self.engine = engine
        self.blocks = Blocks(reading, engine)
        self.finisher = Finisher(reading)
        self.root = ET.Element("div")
        self.notes = ET.Element("ol", {"class": "footnotes"})
        self.texts: list[tuple[Leaf, str]] = []
        self.headings: dict[ET.Element, tuple[str, Leaf]] = {}

    def build(self) -> Body:
        """The whole way."""
        self.engine.start(self.reading)
        self.blocks.read(self.root, read_lines(self.reading), Place())
        self._read_words()
        self.engine.abbreviate(self.root)
        self.engine.abbreviate(self.notes)
        for leaf in self.blocks.leaves.all:
            text = self.finisher.finish(leaf)
            self.texts.append((leaf, text))
            if leaf.kind is LeafKind.HEADING:
                self.headings[leaf.element] = (text, leaf)
        self._report_unused()
        self._anchor_headings()
        self._back_links()
        return self._body()

    def _remarks(self) -> Iterator[Remark]:
        """The comments that speak to `check`."""
        for start, end in self.reading.comments:
            said = _REMARK.fullmatch(self.reading.text, start, end)
            if said is not None:
                yield Remark(said["text"].strip(), self.reading.span(start, end))

    def _read_words(self) -> None:
        """Read the words of every leaf; footnotes that they name add leaves."""
        done = 0
        leaves = self.blocks.leaves.all
        built: set[str] = set()
        while True:
            while done < len(leaves):
                self._read_leaf(leaves[done])
                done += 1
            named = [note for note in self.reading.footnotes.values() if note.number and note.name not in built]
            if not named:
                return
            note = min(named, key=lambda one: one.number)
            built.add(note.name)
            self.notes.append(footnote_item(self.blocks, note))
            self.finisher.ids[f"fn-{note.name}"] = self.notes[-1]

    def _read_leaf(self, leaf: Leaf) -> None:
        try:
            words = self.engine.inline(leaf.text, (leaf.start, leaf.end))
        except (Tangled, RecursionError, IndexError, KeyError, ValueError, AttributeError, TypeError):
            # Python-Markdown is not ours: whatever it trips over is this paragraph's problem alone.
            self.reading.report(rules.PARAGRAPH_NOT_READ, leaf.start, leaf.end, limit=MAX_CHARACTERS)
            words = ET.Element("plain")
            words.text = AtomicString(strip_marks(leaf.text))
        leaf.element.text = words.text
        for position, child in enumerate(list(words)):
            leaf.element.insert(position, child)

    def _report_unused(self) -> None:
        for note in self.reading.footnotes.values():
            if not note.number:
                what = f'Nothing in the text names the footnote "{note.name}", so it is not shown.'
                mend = f"Write [^{note.name}] where it belongs, or take the footnote out."
                self.reading.report(rules.DEFINITION_TROUBLE, note.start, note.end, what=what, mend=mend)
        for label, place in self.reading.reference_places.items():
            if label not in self.reading.references.used:
                what = f'This line gives an address to "{label}", which no link uses, so nobody sees it.'
                mend = "Take the line out. If it is a sentence, do not begin it with square brackets and a colon."
                self.reading.report(rules.DEFINITION_TROUBLE, *place, what=what, mend=mend)

    def _anchor_headings(self) -> None:
        """Give every heading an id: the one that was written, or one made from its words."""
        taken: dict[str, int] = {}
        for element, (text, _) in self.headings.items():
            if element.get("id") is not None:
                continue
            base = anchor_from(text)
            name = base
            if base in self.finisher.named:  # links that were made before somebody wrote it lead elsewhere now
                start = self.finisher.named[base]
                self.reading.report(rules.DUPLICATE_ID, start, self.reading.line_end(start), name=base)
            while name in self.finisher.ids:
                taken[base] = taken.get(base, 1) + 1
                name = f"{base}-{taken[base]}"
            self.finisher.ids[name] = element
            element.set("id", name)

    def _back_links(self) -> None:
        """Let every footnote lead back to its first mark; a sign and its number, so that no language is needed."""
        order = [item.get("id", "")[3:] for item in self.notes]
        for item, name in zip(self.notes, order, strict=True):
            last = item[-1] if len(item) and item[-1].tag == "p" else ET.SubElement(item, "p")
            link = ET.SubElement(last, "a", {"class": "footnote-back", "href": f"#fnref-{name}"})
            link.text = f"\u21a9\u00a0{self.reading.footnotes[name].number}"
            if link is not last[0] or last.text:
                previous = last[-2] if len(last) > 1 else None
                if previous is None:
                    last.text = f"{last.text} "
                else:
                    previous.tail = f"{previous.tail or ''} "

    def _body(self) -> Body:
        starts = [leaf.start for element, (_, leaf) in self.headings.items() if self._opens(element)]
        openers = [element for element in self.headings if self._opens(element)]
        meanings = [meaning_of(self.kind, self.headings[element][0], self.meanings) for element in openers]
        passages = self._passages(
            starts, [meaning or self.headings[element][0] for element, meaning in zip(openers, meanings, strict=True)]
        )
        counts = [0] * (len(openers) + 1)
        for leaf, text in self.texts:
            if leaf.kind is not LeafKind.HEADING and not leaf.footnote:
                counts[bisect.bisect_right(starts, leaf.start)] += len(_FACT_AS_WRITTEN.sub("fact", text).split())
        runs = self._runs(openers)
        lead = self._parts(runs[0])
        sections = []
        for number, element in enumerate(openers):
            text, leaf = self.headings[element]
            meaning = meanings[number]
            parts = self._parts(runs[number + 1], self._alias(meaning))
            span = self.reading.span(leaf.start, leaf.end)
            anchor = element.get("id", "")
            sections.append(BodySection(meaning, text, anchor, parts, counts[number + 1], span))
        notes = self._checked(html_of(self.notes), self.root) if len(self.notes) else ""
        return Body.of(
            Named(
                headings=tuple(self._headings()),
                links=tuple(self.finisher.links),
                citations=tuple(sorted(self.finisher.citations, key=lambda one: one.span)),
                anchors=tuple(sorted(self.finisher.ids)),
            ),
            Prose(lead, tuple(sections), passages, notes),
            pictures=tuple(self.finisher.pictures),
            facts=tuple(self.finisher.facts),
            problems=_sorted(self.reading.problems),
            remarks=tuple(self._remarks()),
        )

    def _opens(self, element: ET.Element) -> bool:
        return element.tag == "h2"

    def _passages(self, starts: list[int], names: list[str]) -> tuple[Passage, ...]:
        passages = []
        for leaf, text in self.texts:
            if leaf.kind is LeafKind.HEADING or not text:
                continue
            section = bisect.bisect_right(starts, leaf.start)
            within = names[section - 1] if section and not leaf.footnote else None
            passages.append(Passage(text, self.reading.span(leaf.start, leaf.end), within, leaf.card))
        return tuple(passages)

    def _headings(self) -> list[Heading]:
        found = []
        for element, (text, leaf) in self.headings.items():
            html = self._checked(inner_html(element), element)
            level = int(element.get("level", "2"))
            found.append(Heading(level, text, html, element.get("id", ""), self.reading.span(leaf.start, leaf.end)))
        return found

    def _runs(self, openers: list[ET.Element]) -> list[list[ET.Element]]:
        """The elements before the first level-2 heading, and below each of them."""
        opening = set(openers)
        runs: list[list[ET.Element]] = [[]]
        for element in self.root:
            if element in opening:
                runs.append([])
            else:
                runs[-1].append(element)
        return runs

    def _alias(self, meaning: str | None) -> ET.Element | None:
        """An empty element that carries the canonical name of a section, where that is still free."""
        if meaning is None or meaning in self.finisher.ids:
            return None
        alias = ET.Element("span", {"id": meaning, "class": "anchor"})
        self.finisher.ids[meaning] = alias
        return alias

    def _parts(self, elements: list[ET.Element], alias: ET.Element | None = None) -> tuple[Html | Card, ...]:
        parts: list[Html | Card] = []
        pending: list[ET.Element] = [] if alias is None else [alias]
        for element in elements:
            if element.tag == "aside":
                self._flush(pending, parts)
                parts.append(self._card(element))
            else:
                pending.append(element)
        self._flush(pending, parts)
        return tuple(parts)

    def _flush(self, pending: list[ET.Element], parts: list[Html | Card]) -> None:
        html = "\n".join(piece for piece in map(html_of, pending) if piece != "<p></p>")
        if html:
            parts.append(Html(self._checked(html, pending[0])))
        pending.clear()

    def _card(self, element: ET.Element) -> Card:
        title = element.find("title")
        html = "\n".join(html_of(child) for child in element if child is not title)
        span = self.reading.span(int(element.get("at", "0")), int(element.get("to", "0")))
        shown = self._checked(inner_html(title), element) if title is not None else ""
        return Card(CardKind(element.get("card", "note")), shown, self._checked(html, element), span)

    def _checked(self, html: str, element: ET.Element) -> str:
        """HTML after the last check; what that changes is a problem at the first words of the element."""
        clean, changed = checked(html)
        if changed:
            inside = set(element.iter())
            start = next((leaf.start for leaf, _ in self.texts if leaf.element in inside), 0)
            self.reading.report(rules.MARKUP_REMOVED, start, self.reading.line_end(start))
        return clean


def anchor_from(text: str) -> str:
    """The id that a heading's words make: lower case, words joined by `-`; "section" where no letter is left."""
    text = unicodedata.normalize("NFC", text).lower().replace("'", "").replace("\u2019", "")
    return "-".join(re.findall(r"\w+", text)) or "section"
