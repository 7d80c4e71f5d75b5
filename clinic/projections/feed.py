"""The Atom feed of announcements (RFC 4287), ended ones too."""

import datetime as dt
import xml.etree.ElementTree as ET

from clinic.library.library import Item
from clinic.library.states import State
from clinic.model.kinds import Announcement
from clinic.views.facts import summary_of
from clinic.views.maker import Maker
from clinic.views.news import topic_words

ATOM = "http://www.w3.org/2005/Atom"
BEFORE_ALL = "1970-01-01T00:00:00Z"
"""What a feed without entries says of its last change: it must say something, and never now."""


def feed(maker: Maker) -> bytes:
    """The feed, newest first: every announcement that patients can see."""
    clinic, words = maker.library.clinic, maker.words()
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": clinic.language})
    _text(root, "id", maker.full("/feed.xml"))
    _text(root, "title", words.gettext("%(clinic)s: announcements", clinic=clinic.name))
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": maker.full("/feed.xml")})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": maker.full("/announcements/")})
    author = ET.SubElement(root, "author")
    _text(author, "name", clinic.name)
    entries = [_entry(maker, item) for item in _listed(maker)]
    _text(root, "updated", max((updated for updated, _ in entries), default=BEFORE_ALL))
    root.extend(entry for _, entry in entries)
    ET.indent(root, " ")
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _listed(maker: Maker) -> list[Item]:
    library = maker.library
    return [item for item in library.announcements() if library.public(item.id) and item.state is not State.WITHDRAWN]


def _entry(maker: Maker, item: Item) -> tuple[str, ET.Element]:
    header = item.document.header
    entry = ET.Element("entry")
    address = maker.full(item.address)
    published, updated = _instant(item.term.starts), _instant(maker.updated(item))
    over = item.state in {State.ENDED, State.SUPERSEDED} and item.term.ends is not None
    _text(entry, "id", address)
    _text(entry, "title", item.document.title)
    ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": address})
    _text(entry, "published", published)
    _text(entry, "updated", updated)
    if isinstance(header, Announcement):
        ET.SubElement(entry, "category", {"term": header.topic, "label": topic_words(maker.words(), header.topic)})
    summary = summary_of(maker, item)
    holds = maker.holds(item)
    if over:
        holds = maker.words().gettext("This notice has ended. %(holds)s", holds=holds)
    _text(entry, "summary", f"{summary} ({holds})" if holds else summary)
    return updated, entry


def _instant(moment: dt.datetime | None) -> str:
    """A moment as RFC 3339 has it, in UTC."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else BEFORE_ALL


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text
