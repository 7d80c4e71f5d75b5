"""The frame: what every page shows around its own content."""

from typing import Literal

from markupsafe import Markup

from clinic.views.parts import Badge, Banner, DateText, Language, LinkTo, Phone, Place, ProblemView
from clinic.views.view import part


@part
class Assets:
    """The addresses of what the theme brings along: hashed and immutable."""

    stylesheet: str
    """The one stylesheet, the accent colour and the code colours included."""
    icon: str
    """The icon of the site: the theme's drawing, or a picture of the clinic's logo."""
    touch_icon: str = ""
    """The icon for a phone's home screen, or empty."""
    logo: Markup = Markup("")
    """The clinic's logo, ready made, or empty. It has no description: the name stands beside it."""
    logo_file: str = ""
    """The address of its largest picture in the format that everything reads, or empty."""


@part
class Preview:
    """What others see of a page that somebody passes on (the Open Graph protocol, ogp.me)."""

    title: str
    """The page's title, without the clinic's name."""
    sort: Literal["article", "profile", "website"]
    """Which sort of thing it is."""
    image: str
    """The full address of its picture."""
    width: int
    """In pixels."""
    height: int
    """In pixels."""
    alt: str
    """What the picture says."""


@part
class Frame:
    """What every page shows, whatever it is about."""

    lang: str
    """The language of the page, BCP 47."""
    direction: str
    """`ltr` or `rtl`."""
    clinic: str
    """The clinic's name."""
    document_title: str
    """The `<title>`: the page's title, then the clinic's name."""
    description: str
    """One sentence for search results and link previews."""
    canonical: str
    """The page's own full address."""
    indexable: bool
    """Whether search engines may keep it."""
    home: LinkTo
    """The way home."""
    navigation: tuple[LinkTo, ...]
    """The main ways in."""
    breadcrumb: tuple[LinkTo, ...]
    """The way from home to here, this page last; empty on the home page."""
    phone: Phone | None
    """The number to call, on every page."""
    emergency: str
    """What to do in an emergency: on clinical pages and wherever people ask for an appointment; else empty."""
    banners: tuple[Banner, ...]
    """Live announcements that every page shows."""
    notices: tuple[LinkTo, ...]
    """The notices that must be one click away."""
    languages: tuple[Language, ...]
    """The languages that the page about language help speaks, each by its own name: ways to it for those who read only
    that one."""
    numbers: tuple[Phone, ...]
    """Every number that the clinic names: looked up, so that they are links where they stand in plain words
    (`call_links`)."""
    places: tuple[Place, ...]
    """The clinic's locations, for the footer."""
    legal_name: str
    """Who publishes the site."""
    feed: str
    """The address of the feed of announcements."""
    search: str
    """The address of the search page."""
    assets: Assets
    """The addresses of stylesheet, icon and logo."""
    policy: str
    """The Content-Security-Policy, as the page itself states it."""
    referrer: str
    """The Referrer-Policy."""
    header_policy: int
    """The version of the headers that the page is served with: new headers change the page's bytes (release.md)."""
    changed: DateText | None
    """When the page's content last changed by its own account, where it says so."""
    preview: Preview | None = None
    """What others see of it: of pages that search engines may keep, and of no other."""
    badges: tuple[Badge, ...] = ()
    """For editors only: the page's state."""
    problems: tuple[ProblemView, ...] = ()
    """For editors only: what is wrong with the page."""
    problems_elsewhere: int = 0
    """For editors only: how many problems other pages have."""
