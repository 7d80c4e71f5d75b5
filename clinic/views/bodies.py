"""Bodies as views show them: every slot filled, care cards complete, sections in the patient's order."""

import functools
import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from clinic.interface import Interface, direction_of
from clinic.library.library import Item
from clinic.model.kinds import Clinical, Clinician, Kind
from clinic.prose.body import SLOT_CLOSE, SLOT_OPEN, Body, BodySection, Card, CardKind, Html
from clinic.prose.slots import fill
from clinic.views.facts import fact_html
from clinic.views.maker import Maker
from clinic.views.parts import CareCardView, SectionView
from clinic.views.pictures import BODY_SIZES, picture_html

ORDER = {
    Kind.CONDITION: (
        "what-it-is",
        "symptoms",
        "when-to-get-help",
        "causes",
        "diagnosis",
        "treatment",
        "what-you-can-do",
    ),
    Kind.PROCEDURE: ("what-it-is", "why", "who-should-not", "preparing", "what-happens", "when-to-call", "after"),
}
"""The patient's order of sections by meaning (patients.md); what is not named follows in the file's order."""

LAST = {Kind.CONDITION: (), Kind.PROCEDURE: ("risks",)}
"""What stands at the end, after the sections that the order does not name."""

ON_TOP = {Kind.CONDITION: {CardKind.EMERGENCY, CardKind.URGENT}, Kind.PROCEDURE: {CardKind.EMERGENCY}}
"""Care cards that stand right under the title, wherever they were written."""

_LINK = re.compile(
    rf'(?P<open><a href="{SLOT_OPEN}link:(?P<number>\d+){SLOT_CLOSE}"[^>]*>)(?P<text>.*?)</a>', re.DOTALL
)
"""A link of a body, as prose writes it."""


LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")
"""An id that names a language (BCP 47), as the page about language help gives its sections."""

_ALIAS = re.compile(r'<span id="([^"]+)" class="anchor"></span>\n?')
"""The other id of a section, at the beginning of what stands in it (clinic/prose/parser.py)."""

_PICTURE = re.compile(rf"{SLOT_OPEN}picture:(\d+){SLOT_CLOSE}")
"""The place of a picture in a body."""


class Filler:
    """Fills the slots of one document's body."""

    def __init__(self, maker: Maker, item: Item) -> None:
        """Starts with the document's links, pictures and sources at hand."""
        document = item.document
        self._item = item
        self._maker = maker
        self._document = document
        self._words = maker.words(document.header.lang if document.header else None)
        self._destinations = maker.library.destinations.get(document.path, ())
        sources = document.header.sources if isinstance(document.header, Clinical) else ()
        self._cited = {source.id: number for number, source in enumerate(sources, start=1)}

    @functools.cached_property
    def _first(self) -> int | None:
        return first_picture(self._item)

    def html(self, html: str) -> Markup:
        """The HTML with every slot filled; after the text of a download stand its type and size."""
        noted = _LINK.sub(self._noted, html) if SLOT_OPEN in html else html
        return Markup(fill(noted, self._resolve))  # noqa: S704 - prose made it, sanitised; the slots are escaped below

    def _noted(self, link: re.Match[str]) -> str:
        number = int(link["number"])
        destination = self._destinations[number] if number < len(self._destinations) else None
        if destination is None or not destination.download:
            return link[0]
        file = self._maker.library.attachments[destination.download]
        note = f"{file.type_name}, {self._words.file_size(file.size)}"
        return f"{link['open']}{link['text']} ({escape(note)})</a>"

    def _resolve(self, kind: str, value: str) -> str:
        if kind == "link":
            return str(escape(self._address(int(value))))
        if kind == "picture":
            return str(self._picture(int(value)))
        if kind == "cite":
            return str(self._citation(value))
        return str(fact_html(self._maker, value, alone=kind == "factblock"))

    def _address(self, number: int) -> str:
        destination = self._destinations[number] if number < len(self._destinations) else None
        if destination is None:
            return "#"
        if destination.outside or destination.address.startswith("#"):
            return destination.address
        return self._maker.href(destination.address)

    def _citation(self, source: str) -> Markup:
        number = self._cited.get(source)
        if number is None:
            return Markup("")
        label = self._words.gettext("Source %(number)s", number=number)
        return Markup('<sup class="cite"><a href="#source-{}" aria-label="{}">{}</a></sup>').format(
            source, label, number
        )

    def _picture(self, number: int) -> Markup:
        picture = self._document.body.pictures[number]
        path = self._maker.library.picture_path(self._document, picture.target)
        published = self._maker.pictures.get(path) if path else None
        if published is None:
            return Markup('<span class="missing-picture">{}</span>').format(picture.alt)
        alt = "" if picture.decorative else picture.alt
        return picture_html(published, alt, href=self._maker.file, sizes=BODY_SIZES, first=number == self._first)


def first_picture(item: Item) -> int | None:
    """The number of the picture that a reader of the page comes to first; None where there is none, or a photo is."""
    document = item.document
    if not document.body.pictures or (isinstance(document.header, Clinician) and document.header.photo is not None):
        return None
    body, lifted = document.body, ON_TOP.get(item.kind, set())
    below = (*body.lead, *(part for section in _in_order(item.kind, body) for part in section.parts))
    parts = [*_on_top(item), *(part for part in below if isinstance(part, Html) or part.kind not in lifted)]
    html = "".join(part.html for part in parts) + body.footnotes
    found = _PICTURE.search(html)
    return int(found[1]) if found else None


def card_view(maker: Maker, filler: Filler, card: Card, words: Interface) -> CareCardView:
    """A care card with its urgency in words, and whom to call."""
    urgency = {
        CardKind.EMERGENCY: words.gettext("Emergency"),
        CardKind.URGENT: words.gettext("Get help today"),
        CardKind.CALL_US: words.gettext("Call us"),
        CardKind.DO: words.gettext("Do"),
        CardKind.DONT: words.gettext("Do not"),
        CardKind.IMPORTANT: words.gettext("Important"),
        CardKind.NOTE: words.gettext("Note"),
    }[card.kind]
    title = filler.html(card.title)
    said = title.striptags().casefold()
    calls = card.kind in {CardKind.URGENT, CardKind.CALL_US}
    return CareCardView(
        kind=card.kind.value,
        urgency="" if said.startswith(urgency.casefold()) else urgency,
        title=title,
        body=filler.html(card.html),
        phones=(maker.main_phone,) if calls and maker.main_phone else (),
        after_hours=maker.after_hours if calls else None,
        after_hours_text=maker.after_hours_text if calls else "",
    )


def parts_view(
    maker: Maker, item: Item, parts: Iterable[Html | Card], *, lifted: Iterable[CardKind] = ()
) -> tuple[Markup | CareCardView, ...]:
    """Prose and care cards, but for the cards that stand on top of the page."""
    filler, words = Filler(maker, item), maker.words(item.document.header.lang if item.document.header else None)
    lifted = set(lifted)
    return tuple(
        filler.html(part.html) if isinstance(part, Html) else card_view(maker, filler, part, words)
        for part in parts
        if isinstance(part, Html) or part.kind not in lifted
    )


def cards_on_top(maker: Maker, item: Item) -> tuple[CareCardView, ...]:
    """The cards that stand right under the title, the most urgent first."""
    filler, words = Filler(maker, item), maker.words(item.document.header.lang if item.document.header else None)
    return tuple(card_view(maker, filler, card, words) for card in _on_top(item))


def _on_top(item: Item) -> list[Card]:
    rank = list(CardKind)
    lifted = ON_TOP.get(item.kind, set())
    return sorted(
        (card for card in item.document.body.cards if card.kind in lifted), key=lambda card: rank.index(card.kind)
    )


def lead_view(maker: Maker, item: Item) -> tuple[Markup | CareCardView, ...]:
    """What stands before the first section."""
    return parts_view(maker, item, item.document.body.lead, lifted=ON_TOP.get(item.kind, set()))


def sections_view(maker: Maker, item: Item) -> tuple[SectionView, ...]:
    """The sections in the patient's order, whatever the order in the file."""
    lifted = ON_TOP.get(item.kind, set())
    words = maker.words(item.document.header.lang if item.document.header else None)
    filler = Filler(maker, item)
    speaks = item.id == maker.library.clinic.notices.page("language_help")
    made = []
    for section in _in_order(item.kind, item.document.body):
        alias, written = _without_alias(section.parts)
        parts = parts_view(maker, item, written, lifted=lifted)
        if not parts and written:
            said = words.gettext("The signs that need help at once are at the top of this page.")
            parts = (Markup("<p>{}</p>").format(said),)
        made.append(
            SectionView(
                anchor=section.anchor,
                heading=filler.html(str(escape(section.heading))).striptags(),
                meaning=section.meaning or "",
                parts=parts,
                alias=alias,
                lang=section.anchor if speaks and LANGUAGE_TAG.fullmatch(section.anchor) else "",
                direction=direction_of(section.anchor) if speaks and LANGUAGE_TAG.fullmatch(section.anchor) else "",
            )
        )
    return tuple(made)


def _without_alias(parts: tuple[Html | Card, ...]) -> tuple[str, tuple[Html | Card, ...]]:
    """The other id of a section, which prose carries in an empty element of its own, and the parts without that."""
    first = parts[0] if parts else None
    found = _ALIAS.match(first.html) if isinstance(first, Html) else None
    if found is None or not isinstance(first, Html):
        return "", parts
    rest = first.html[found.end() :]
    return found[1], (Html(rest), *parts[1:]) if rest else parts[1:]


def _in_order(kind: Kind, body: Body) -> tuple[BodySection, ...]:
    first, last = ORDER.get(kind, ()), LAST.get(kind, ())

    def place(section: BodySection) -> int:
        if section.meaning in first:
            return first.index(section.meaning)
        return len(first) + 1 if section.meaning in last else len(first)

    return tuple(sorted(body.sections, key=place))


def footnotes_view(maker: Maker, item: Item) -> Markup:
    """The author's own footnotes, or nothing."""
    return Filler(maker, item).html(item.document.body.footnotes)
