"""The views of pages that are built from many others."""

from markupsafe import Markup

from clinic.views.frame import Frame
from clinic.views.parts import CareCardView, Entry, Group, LinkTo, NoticeItem, Phone, Place, SectionView
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
    """Newest first; none where the year has a page of its own."""
    more: LinkTo | None = None
    """That page."""


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


@part
class Finder:
    """What the search of the search page needs: addresses of hashed files."""

    script: str
    """The script."""
    names: str
    """The file with the titles and other names of all pages in the page's language."""
    more: tuple[str, ...]
    """What is fetched where those find fewer than three: symptoms, parts of the body and headings of the same pages,
    then names and the rest for each other language."""


@view("search.html")
class SearchPage:
    """The search page: it finds pages by the names that people know, and works without scripts as an A to Z."""

    frame: Frame
    """What every page shows."""
    title: str
    """Its title."""
    summary: str
    """One sentence."""
    finder: Finder | None
    """The search itself; None where the theme has no script for it."""
    lead: tuple[Markup | CareCardView, ...]
    """How to search, in the editor's words: shown beside the field, so only where scripts run."""
    sections: tuple[SectionView, ...]
    """More of these words."""
    footnotes: Markup
    """The author's own footnotes, or nothing."""
    phone: Phone | None
    """Whom to call when nothing is found."""
    everything: str
    """The heading of the A to Z."""
    groups: tuple[Group, ...]
    """Every condition, procedure, clinician, location and page, under all their names, by letter; none where each
    letter has a page of its own."""
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
    stylesheet: str
    """The stylesheet: who stays on the page reads it in the site's colours."""
    icon: str
    """The icon of the site: without it, a browser asks for one that is not there."""
    policy: str
    """The Content-Security-Policy."""
    header_policy: int
    """The version of the headers that the page is served with."""
