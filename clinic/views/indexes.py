"""The views of pages that are built from many others."""

from clinic.views.frame import Frame
from clinic.views.parts import Entry, Group, LinkTo, NoticeItem, Place
from clinic.views.view import part, view


@view("index.html")
class IndexPage:
    """Conditions or procedures A to Z, by part of the body or by symptom; clinicians."""

    frame: Frame
    """What every page shows."""
    title: str
    """Its title."""
    summary: str
    """One sentence."""
    letters: tuple[LinkTo, ...]
    """A way to each letter, where it is an A to Z; a letter without pages has no address."""
    groups: tuple[Group, ...]
    """The pages, grouped."""
    other_ways: tuple[LinkTo, ...]
    """Other ways into the same pages."""
    empty: str
    """What it says when there is nothing to list."""


@part
class Year:
    """The announcements of one year."""

    anchor: str
    """The id of the heading."""
    heading: str
    """The year."""
    items: tuple[NoticeItem, ...]
    """Newest first."""


@view("announcements.html")
class AnnouncementsPage:
    """All announcements, by year, newest first."""

    frame: Frame
    """What every page shows."""
    title: str
    """Its title."""
    summary: str
    """One sentence."""
    live: tuple[NoticeItem, ...]
    """Those that are live."""
    years: tuple[Year, ...]
    """All of them."""


@view("locations.html")
class LocationsPage:
    """All locations."""

    frame: Frame
    """What every page shows."""
    title: str
    """Its title."""
    summary: str
    """One sentence."""
    places: tuple[Place, ...]
    """The locations, in the order of clinic.yaml."""


@view("search.html")
class SearchPage:
    """The search page: it finds pages by the names that people know, and works without scripts as one long A to Z."""

    frame: Frame
    """What every page shows."""
    title: str
    """Its title."""
    summary: str
    """One sentence."""
    groups: tuple[Group, ...]
    """Every condition, procedure, clinician and page, under all their names, by letter."""
    letters: tuple[LinkTo, ...]
    """A way to each letter."""
    other_ways: tuple[LinkTo, ...]
    """The other indexes."""


@view("not-found.html")
class NotFoundPage:
    """What people get at an address that is not there."""

    frame: Frame
    """What every page shows."""
    title: str
    """Its title."""
    summary: str
    """One sentence."""
    ways: tuple[LinkTo, ...]
    """Where to go from here."""
    entries: tuple[Entry, ...] = ()
    """The most looked-for pages."""


@view("redirect.html")
class RedirectPage:
    """An old address: sends people on without a script, and says where to."""

    lang: str
    """The language of the page."""
    title: str
    """The title of the page that it leads to."""
    href: str
    """Where it leads."""
    canonical: str
    """The full address of that page."""
    icon: str
    """The icon of the site: without it, a browser asks for one that is not there."""
    policy: str
    """The Content-Security-Policy."""
    header_policy: int
    """The version of the headers that the page is served with."""
