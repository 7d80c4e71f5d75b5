"""How announcements are made: their pages, and how lists show them."""

import datetime as dt
from collections.abc import Iterator
from typing import Literal

from clinic.interface import Interface
from clinic.library.library import Item
from clinic.library.states import State
from clinic.model.clock import start_of
from clinic.model.kinds import Announcement, Kind
from clinic.views.atoz import SPLIT_OVER, Index
from clinic.views.bodies import footnotes_view, lead_view, sections_view
from clinic.views.facts import summary_of
from clinic.views.framing import frame, index_titles, item_frame, place_names
from clinic.views.indexes import AnnouncementsPage, Year
from clinic.views.maker import Maker
from clinic.views.pages import AnnouncementPage
from clinic.views.parts import DateText, LinkTo, NoticeItem


def topic_words(words: Interface, topic: str) -> str:
    """What an announcement is about, in words."""
    return {
        "closure": words.gettext("Closure"),
        "hours": words.gettext("Opening hours"),
        "move": words.gettext("Move"),
        "staff": words.gettext("Our team"),
        "service": words.gettext("Services"),
        "billing": words.gettext("Billing"),
        "safety": words.gettext("Safety"),
        "general": words.gettext("News"),
    }[topic]


def announcement_page(maker: Maker, item: Item, header: Announcement) -> AnnouncementPage:
    """The page of an announcement."""
    locations = dict(maker.library.clinic.locations)
    replaced = maker.library.documents.get(header.supersedes)
    follower = maker.library.relations.superseded_by.get(item.id)
    return AnnouncementPage(
        frame=item_frame(maker, item),
        title=item.document.title,
        summary=summary_of(maker, item),
        date=maker.day(header.date, header.lang),
        topic=topic_words(maker.words(header.lang), header.topic),
        holds=maker.holds(item),
        until=maker.holds_until(item),
        state=_STATES.get(item.state, "live"),
        ended=_ended(maker, item),
        places=tuple(maker.location_link(name) for name in header.locations if name in locations),
        closed=tuple(maker.day(day, header.lang) for day in sorted(header.closed)),
        supersedes=maker.page(header.supersedes) if replaced and replaced.kind is Kind.ANNOUNCEMENT else None,
        superseded_by=maker.page(follower) if follower and item.state is State.SUPERSEDED else None,
        lead=lead_view(maker, item),
        sections=sections_view(maker, item),
        footnotes=footnotes_view(maker, item),
        phone=maker.main_phone,
    )


_STATES: dict[State, Literal["upcoming", "live", "ended", "superseded"]] = {
    State.DRAFT: "upcoming",
    State.UPCOMING: "upcoming",
    State.ENDED: "ended",
    State.SUPERSEDED: "superseded",
}


def _ended(maker: Maker, item: Item) -> DateText | None:
    if item.state not in {State.ENDED, State.SUPERSEDED} or item.term.ends is None:
        return None
    header = item.document.header
    # The last day that it held: an end at the first instant of a day is the end of the day before.
    last = item.term.ends.astimezone(maker.library.clock)
    day = last.date()
    if not item.term.replaced and item.term.ends == start_of(day, maker.library.clock):
        day -= dt.timedelta(days=1)
    return maker.day(day, header.lang if header else None)


def notice_item(maker: Maker, item: Item) -> NoticeItem:
    """An announcement in a list."""
    header = item.document.header
    if not isinstance(header, Announcement):
        raise TypeError(item.id)
    return NoticeItem(
        title=item.document.title,
        summary=summary_of(maker, item),
        href=maker.href(item.address),
        date=maker.day(header.date),
        holds=maker.holds(item),
        ended=item.state in {State.ENDED, State.SUPERSEDED},
        topic=topic_words(maker.words(), header.topic),
        places=place_names(maker, header),
    )


def announcements_pages(maker: Maker) -> Iterator[Index]:
    """All announcements by year, newest first; where there are many, a page for each year."""
    words, address = maker.words(), "/announcements/"
    listed = [item for item in maker.library.announcements() if item.state is not State.WITHDRAWN]
    years: dict[int, list[NoticeItem]] = {}
    for item in listed:
        header = item.document.header
        if isinstance(header, Announcement):
            years.setdefault(header.date.year, []).append(notice_item(maker, item))
    title = words.gettext("Announcements")
    summary = words.gettext("News of the clinic: closures, hours, people and services.")
    split = len(listed) > SPLIT_OVER
    made = []
    for year, items in years.items():
        way = None
        if split:
            number = words.ngettext("%(num)s announcement", "%(num)s announcements", len(items))
            way = LinkTo(text=str(year), href=maker.href(f"{address}by-year/{year}/"), note=number)
        shown = () if split else tuple(items)
        made.append(Year(anchor=f"year-{year}", heading=str(year), items=shown, more=way))
    page = AnnouncementsPage(
        frame=frame(maker, address=address, title=title, description=summary),
        title=title,
        summary=summary,
        live=tuple(notice_item(maker, item) for item in maker.library.live()),
        years=tuple(made),
    )
    yield Index(address, page)
    for year, items in years.items() if split else ():
        own, named = f"{address}by-year/{year}/", words.gettext("Announcements of %(year)s", year=year)
        trail = (index_titles(maker)["announcements"],)
        page = AnnouncementsPage(
            frame=frame(maker, address=own, title=named, description=summary, trail=trail),
            title=named,
            summary="",
            live=(),
            years=(Year(anchor=f"year-{year}", heading=str(year), items=tuple(items)),),
        )
        yield Index(own, page)


def all_announcements(maker: Maker) -> LinkTo | None:
    """The way to all announcements, where there are any."""
    if not maker.library.announcements():
        return None
    return LinkTo(text=maker.words().gettext("All announcements"), href=maker.href("/announcements/"))
