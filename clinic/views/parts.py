"""The parts that views are made of: all that a component may show. HTML is `Markup`, the rest is text."""

import datetime as dt
from typing import Literal

from markupsafe import Markup

from clinic.views.view import part


@part
class LinkTo:
    """A link to a page of this site, or out of it."""

    text: str
    """What people read."""
    href: str
    """Where it leads: an address within the site begins with the path of the site's url."""
    note: str = ""
    """A few words beside it: a summary, a date, the type and size of a file."""
    current: bool = False
    """Whether it leads to the page that it stands on, or to the part of the site that the page belongs to."""
    imaging: bool = False
    """Whether it leads to an imaging procedure: a test, and no treatment."""


@part
class Language:
    """A language in which the clinic says how to get an interpreter."""

    name: str
    """In itself: "Español", "العربية"."""
    lang: str
    """Its tag, BCP 47."""
    direction: Literal["ltr", "rtl"]
    """Which way it is written."""
    href: str
    """Where it is said."""


@part
class DateText:
    """A date or a moment, for machines and for people."""

    iso: str
    """ISO 8601, with the offset from UTC where it is a moment: the `datetime` of a `<time>`."""
    text: str
    """The same in words of the page's language."""


@part
class Phone:
    """A number to call."""

    label: str
    """Whose it is."""
    number: str
    """As people write it in their country."""
    href: str
    """The `tel:` address."""
    hours: str = ""
    """When somebody answers, in words."""


@part
class Email:
    """An e-mail address of the clinic."""

    label: str
    """Whose it is."""
    address: str
    """The address itself."""
    href: str
    """The `mailto:` address."""


@part
class CareCardView:
    """A care card. Its urgency is said in words, so that no reader depends on its colour."""

    kind: Literal["emergency", "urgent", "call-us", "do", "dont", "important", "note"]
    """Which of the closed vocabulary."""
    urgency: str
    """What goes before the title for everybody: "Emergency", "Get help today", "Call us", "Do", "Do not", "Important",
    "Note". Empty where the title says it already."""
    title: Markup
    """Its first line."""
    body: Markup
    """The rest of it."""
    phones: tuple[Phone, ...] = ()
    """Whom to call now, in urgent and call-us cards."""
    after_hours: Phone | None = None
    """Whom to call when the clinic is closed, in urgent and call-us cards."""
    after_hours_text: str = ""
    """The clinic's own words about that."""


@part
class SectionView:
    """A level-2 heading with what stands under it."""

    anchor: str
    """The id of the heading."""
    heading: str
    """The heading, as its author wrote it."""
    meaning: str
    """What the section is by meaning ("symptoms", "risks", …), or empty: a template may treat some differently."""
    parts: tuple[Markup | CareCardView, ...]
    """Prose and care cards, in their order."""
    alias: str = ""
    """The other id by which links may name the section, whatever its heading says: its meaning."""
    lang: str = ""
    """Its language, where it is another than the page's: on the page about help in other languages."""
    direction: Literal["", "ltr", "rtl"] = ""
    """Which way that language is written."""


@part
class Fact:
    """One row of the at-a-glance table."""

    label: str
    """What it is about."""
    value: str
    """What holds, where it is text."""
    links: tuple[LinkTo, ...] = ()
    """What holds, where it is people or places with pages of their own."""


@part
class SourceView:
    """A source that the page cites."""

    number: int
    """Its number in the list, as the marks in the text show it."""
    anchor: str
    """The id of its line."""
    title: str
    """The title of the page or paper."""
    publisher: str
    """Who stands behind it."""
    href: str
    """Its address."""
    accessed: DateText
    """When the author looked at it."""


@part
class Change:
    """One line of "What changed"."""

    date: DateText
    """When."""
    what: str
    """What changed, in a patient's words."""


@part
class Review:
    """Whether a clinician has signed the text, and until when that holds."""

    state: Literal["awaits", "reviewed", "overdue", "changed"]
    """awaits: nobody has reviewed it; changed: its text is newer than its review."""
    by: LinkTo | None = None
    """The clinician who signed."""
    on: DateText | None = None
    """When."""
    next: DateText | None = None
    """When it is due again."""
    code: str = ""
    """For editors only: the code that says which text was read, such as 7K-Q2F."""


@part
class Trust:
    """The end of a clinical page: who wrote it, who reviewed it, from which sources, and what changed."""

    author: str
    """Who wrote it."""
    author_href: str
    """The page of the author, or empty."""
    author_role: str
    """What the author is at the clinic."""
    review: Review
    """Whether it is reviewed."""
    sources: tuple[SourceView, ...]
    """What it is drawn from."""
    changes: tuple[Change, ...]
    """What changed, newest first."""


@part
class HoursRow:
    """One line of opening hours."""

    days: str
    """A day or a run of days, in words."""
    times: str
    """When it is open, in words; "Closed" where it is not."""
    special: bool = False
    """Whether it is a special day."""
    why: str = ""
    """Why the day is special."""
    weekdays: tuple[int, ...] = ()
    """The days of an ordinary week that it is about, 0 for Monday."""
    date: dt.date | None = None
    """The special day."""
    spans: tuple[tuple[dt.time, dt.time], ...] = ()
    """When it is open, from and to; none where it is closed."""


@part
class Place:
    """A location, as lists, the footer and its own page show it."""

    name: str
    """What people call it."""
    href: str
    """Its page."""
    address: tuple[str, ...]
    """The lines of its postal address."""
    street: tuple[str, ...]
    """Those of them that stand before the town."""
    city: str
    """The town."""
    region: str
    """The state, or empty."""
    postal_code: str
    """The postal code, or empty."""
    phone: Phone | None
    """The number to call there."""
    hours: tuple[HoursRow, ...]
    """When it is open in an ordinary week."""
    special_days: tuple[HoursRow, ...]
    """Days to come on which that differs."""


@part
class Banner:
    """An announcement that stands at the top of every page while it is live."""

    title: str
    """What it says."""
    summary: str
    """One sentence more."""
    href: str
    """Its page."""
    holds: str
    """When it holds, in words: a build that never came misleads nobody."""
    places: tuple[str, ...]
    """Which locations it is about, where there are several."""


@part
class NoticeItem:
    """An announcement in a list."""

    title: str
    """What it says."""
    summary: str
    """One sentence."""
    href: str
    """Its page."""
    date: DateText
    """When it was announced."""
    holds: str
    """Until when it holds, in words; or that it has ended."""
    ended: bool
    """Whether it has ended."""
    topic: str
    """What it is about, in words."""
    places: tuple[str, ...]
    """Which locations it is about, where it is not about all."""


@part
class Badge:
    """What editors see on a page that patients do not see, or not so: never in a published site."""

    kind: Literal["draft", "upcoming", "ended", "withdrawn", "awaits", "overdue", "changed", "left", "problems"]
    """Which sort."""
    text: str
    """In words, with the moment where there is one."""


@part
class ProblemView:
    """A problem shown on the page that it belongs to: never in a published site."""

    code: str
    """The code of the rule."""
    severity: Literal["error", "warning", "info"]
    """How much it matters."""
    where: str
    """The file and line, as an editor says it."""
    message: str
    """What is wrong."""
    hint: str
    """How to mend it."""
    excerpt: str
    """The line with a caret below the place, or empty."""


@part
class Entry:
    """A page in an index."""

    title: str
    """Its title, or the other name under which it is listed here."""
    href: str
    """Its address."""
    summary: str
    """One sentence."""
    see: str = ""
    """The page's own title, where it is listed under another name."""


@part
class Group:
    """Entries under one heading: a letter, a part of the body, a symptom, a year."""

    anchor: str
    """The id of the heading."""
    heading: str
    """What they share."""
    entries: tuple[Entry, ...]
    """The pages, in the language's order; none where they have a page of their own."""
    more: LinkTo | None = None
    """That page."""
