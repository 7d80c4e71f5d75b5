"""The search page: what it finds pages by, and one long A to Z of everything for those without scripts."""

from collections.abc import Iterator

from markupsafe import Markup

from clinic.library.library import Item
from clinic.library.states import State
from clinic.model.kinds import RESERVED, Kind
from clinic.views.atoz import Index, in_order, listed, named_entries, of_names
from clinic.views.bodies import footnotes_view, lead_view, sections_view
from clinic.views.facts import summary_of
from clinic.views.framing import frame, index_titles
from clinic.views.indexes import Finder, SearchPage
from clinic.views.lists import other_ways
from clinic.views.maker import Maker
from clinic.views.parts import Entry, LinkTo

ADDRESS = "/search/"
KINDS = (Kind.CONDITION, Kind.PROCEDURE, Kind.CLINICIAN, Kind.PAGE)
"""Kinds whose pages stand in the A to Z of everything. Announcements come and go: they have a list of their own."""


def findable(maker: Maker, kind: Kind) -> list[Item]:
    """The pages of a kind that a search may lead to: of announcements, those that are not over.

    Never a page that asks search engines to leave it out, nor one that can't be read or was withdrawn.
    """
    return [
        item
        for item in listed(maker, kind)
        if item.document.header is not None
        and not item.document.header.noindex
        and item.state not in {State.ENDED, State.SUPERSEDED}
        and not (kind is Kind.PAGE and item.id in RESERVED and item.id != "appointment")
    ]


def search_pages(maker: Maker, finder: Finder | None) -> Iterator[Index]:
    """The search page, and the pages of its letters where there are many entries.

    Args:
        maker: what it is made with.
        finder: where its script and its files are; None where the theme has no script.
    """
    words, document = maker.words(), maker.library.documents.get("search")
    mine = document is not None and document.kind is Kind.PAGE and maker.library.shown("search")
    item = maker.library.items["search"] if mine else None
    title = (item.document.title if item and item.document.header else "") or words.gettext("Search")
    summary = summary_of(maker, item) if item else words.gettext("Everything on this site, by name.")
    entries = named_entries(maker, [item for kind in KINDS for item in findable(maker, kind)])
    places = [
        Entry(title=place.name, href=maker.href(f"/locations/{name}/"), summary=", ".join(place.address))
        for name, place in maker.library.clinic.locations
    ]
    ways = other_ways(maker, "")
    everything = words.gettext("Everything A to Z")
    made = of_names(
        maker,
        in_order(maker, [*entries, *places]),
        address=ADDRESS,
        title=everything,
        summary=words.gettext("Everything on this site, by name."),
        crumbs=(LinkTo(text=title, href=index_titles(maker)["search"].href),),
        other_ways=ways,
    )
    page = SearchPage(
        frame=frame(maker, address=ADDRESS, title=title, description=summary, item=item, script=finder is not None),
        title=title,
        summary=summary,
        finder=finder,
        lead=lead_view(maker, item) if item else (),
        sections=sections_view(maker, item) if item else (),
        footnotes=footnotes_view(maker, item) if item else Markup(""),
        phone=maker.main_phone,
        everything=everything,
        groups=made.groups,
        letters=made.links,
        other_ways=ways,
    )
    yield Index(ADDRESS, page)
    yield from made.pages
