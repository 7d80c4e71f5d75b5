"""How the pages are made that an editor gives the words for: home, appointment, records and others."""

from dataclasses import replace
from urllib.parse import urlsplit

from clinic.library.library import Item
from clinic.library.states import State
from clinic.manifest import HEADER_POLICY
from clinic.model.clinic import Handler
from clinic.model.kinds import Common, Kind
from clinic.policy import policy
from clinic.views.bodies import footnotes_view, lead_view, sections_view
from clinic.views.facts import summary_of
from clinic.views.forms import appointment_form
from clinic.views.framing import frame, index_titles, item_frame
from clinic.views.indexes import NotFoundPage, RedirectPage
from clinic.views.maker import Maker
from clinic.views.news import all_announcements, notice_item
from clinic.views.pages import (
    AppointmentPage,
    Contact,
    HomePage,
    PlainPage,
    UnreadablePage,
    WithdrawnPage,
)
from clinic.views.parts import LinkTo


def home_page(maker: Maker, item: Item) -> HomePage:
    """The home page. With no live announcement it says nothing about announcements."""
    clinic = maker.library.clinic
    return HomePage(
        frame=item_frame(maker, item),
        title=item.document.title,
        summary=summary_of(maker, item),
        announcements=tuple(notice_item(maker, notice) for notice in maker.library.live()),
        lead=lead_view(maker, item),
        sections=sections_view(maker, item),
        footnotes=footnotes_view(maker, item),
        ways=_ways(maker),
        phones=tuple(
            phone
            for name, _ in clinic.phones
            if not (clinic.after_hours and clinic.after_hours.phone == name) and (phone := maker.phone(name))
        ),
        after_hours=maker.after_hours,
        after_hours_text=maker.after_hours_text,
        all_announcements=all_announcements(maker),
        profiles=tuple(LinkTo(text=_place_of(address), href=address) for address in clinic.organization.profiles),
    )


def _place_of(address: str) -> str:
    """Where an address leads, as people say it: the host."""
    return (urlsplit(address).hostname or address).removeprefix("www.")


def _ways(maker: Maker) -> tuple[LinkTo, ...]:
    """The ways in from home: conditions, procedures, appointment, records, people, places."""
    words, titles, library = maker.words(), index_titles(maker), maker.library
    notes = {
        "conditions": words.gettext("What you have, and what helps"),
        "procedures": words.gettext("What we do, and how to prepare"),
        "clinicians": words.gettext("The people who treat you"),
        "locations": words.gettext("Addresses, hours, how to get here"),
    }
    shown = {
        "conditions": bool(library.of_kind(Kind.CONDITION)),
        "procedures": bool(library.of_kind(Kind.PROCEDURE)),
        "clinicians": bool(library.of_kind(Kind.CLINICIAN)),
        "locations": bool(library.clinic.locations),
    }
    built = {
        name: LinkTo(text=titles[name].text, href=titles[name].href, note=note)
        for name, note in notes.items()
        if shown[name]
    }
    pages = {
        slug: LinkTo(text=link.text, href=link.href, note=summary_of(maker, library.items[slug]))
        for slug in ("appointment", "records", "billing")
        if (link := maker.page(slug)) and library.items[slug].state is not State.WITHDRAWN
    }
    order = ("conditions", "procedures", "appointment", "records", "clinicians", "locations", "billing")
    return tuple(way for name in order if (way := built.get(name) or pages.get(name)))


def appointment_page(maker: Maker, item: Item) -> AppointmentPage:
    """How to ask for an appointment."""
    asks, words = maker.library.clinic.appointments, maker.words()
    form = asks.form
    return AppointmentPage(
        frame=item_frame(maker, item, posts_to=form.action if form else "", redirects=form.redirects if form else ()),
        title=item.document.title,
        summary=summary_of(maker, item),
        phone=maker.phone(asks.phone),
        after_hours=maker.after_hours,
        after_hours_text=maker.after_hours_text,
        portal=LinkTo(text=words.gettext("Patient portal"), href=asks.portal) if asks.portal else None,
        form=appointment_form(words, form) if form and form.action else None,
        relay=asks.relay or relay_service(maker),
        interpreter=asks.interpreter,
        answered=asks.answered,
        lead=lead_view(maker, item),
        sections=sections_view(maker, item),
        footnotes=footnotes_view(maker, item),
    )


def relay_service(maker: Maker) -> str:
    """How people who can't hear or speak reach a number: 711 anywhere in the United States (47 CFR 64.603)."""
    if maker.country != "US":
        return ""
    return maker.words().gettext(
        "If you are deaf, hard of hearing or find it hard to speak, "
        "dial 711 for the relay service. Then give our number."
    )


def plain_page(maker: Maker, item: Item) -> PlainPage:
    """A page of its own. Those on records and billing say who handles them."""
    clinic = maker.library.clinic
    handlers = {"records": clinic.records, "billing": clinic.billing}
    return PlainPage(
        frame=item_frame(maker, item),
        title=item.document.title,
        summary=summary_of(maker, item),
        lead=lead_view(maker, item),
        sections=sections_view(maker, item),
        footnotes=footnotes_view(maker, item),
        contact=_contact(maker, handlers.get(item.id)),
    )


def _contact(maker: Maker, handler: Handler | None) -> Contact | None:
    if handler is None:
        return None
    return Contact(
        who=handler.who,
        text=handler.text,
        phone=maker.phone(handler.phone) if handler.phone else None,
        email=maker.email(handler.email) if handler.email else None,
    )


def withdrawn_page(maker: Maker, item: Item, header: Common) -> WithdrawnPage:
    """The notice in place of a withdrawn page: none of the old text, its title neither."""
    words = maker.words(header.lang)
    title = words.gettext("This page was withdrawn")
    return WithdrawnPage(
        frame=frame(
            maker,
            address=item.address,
            title=title,
            description=words.gettext("This page is no longer part of our site."),
            lang=header.lang,
            indexable=False,
            clinical=item.kind.clinical,
            item=item,
        ),
        title=title,
        why=header.why,
        phone=maker.main_phone,
        after_hours=maker.after_hours,
    )


def unreadable_page(maker: Maker, item: Item) -> UnreadablePage:
    """A file that can't be read as a page: for editors, its problems in its place."""
    title = item.document.path
    return UnreadablePage(
        frame=frame(
            maker,
            address=item.address,
            title=title,
            description=maker.words().gettext("This file can't be shown yet."),
            indexable=False,
            item=item,
        ),
        title=title,
    )


def not_found_page(maker: Maker, item: Item) -> NotFoundPage:
    """What people get at an address that is not there."""
    return NotFoundPage(
        frame=replace(item_frame(maker, item), canonical=""),  # it stands at any address, and none is its own
        title=item.document.title,
        summary=summary_of(maker, item),
        ways=_ways(maker),
    )


def redirect_page(maker: Maker, item: Item) -> RedirectPage:
    """An old address that leads to a page."""
    header = item.document.header
    return RedirectPage(
        lang=(header.lang if header else None) or maker.library.clinic.language,
        title=maker.title(item) if item.state is not State.WITHDRAWN else maker.words().gettext("Page"),
        href=maker.href(item.address),
        canonical=maker.full(item.address),
        stylesheet=maker.assets.stylesheet,
        icon=maker.assets.icon,
        policy=policy(),
        header_policy=HEADER_POLICY,
    )
