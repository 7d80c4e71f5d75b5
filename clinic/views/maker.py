"""What every view is made with: the library, the words of its language, and the addresses of built files."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit

import phonenumbers

from clinic.interface import Interface
from clinic.library.audience import Audience
from clinic.library.library import Item, Library
from clinic.library.states import State
from clinic.model.clinic import Outside, PhoneLine
from clinic.model.clock import When, end_of
from clinic.model.kinds import Announcement, Clinician, Kind, Procedure
from clinic.model.moments import OpenEnd
from clinic.problems import Problem, more_than_advice
from clinic.views.frame import Assets
from clinic.views.parts import DateText, Email, LinkTo, Phone
from clinic.views.pictures import PictureSet


@dataclass(frozen=True, eq=False)
class Maker:
    """Makes the parts of views. Pure: the same library, words and files make the same views.

    Makers are equal only to themselves, so what every page shows is made once for each (`functools.lru_cache`).
    """

    library: Library
    interfaces: Callable[[str], Interface]
    url: str
    """The site's public address: the clinic's, or what `--url` says."""
    assets: Assets
    pictures: Mapping[str, PictureSet]
    """Published pictures by the path of their file."""
    cards: Mapping[str, str] = field(default_factory=dict)
    """The address of the card of each page type, by its name."""
    problems: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    """For editors: the problems of each file."""
    problems_counted: int | None = None
    """How many of them there are but for advice, where that is known already."""

    @cached_property
    def told(self) -> int:
        """How many problems there are, but for advice."""
        known = self.problems_counted
        return sum(map(more_than_advice, self.problems.values())) if known is None else known

    @cached_property
    def prefix(self) -> str:
        """The path of the site's address, without a slash at its end."""
        return urlsplit(self.url).path.rstrip("/")

    def words(self, lang: str | None = None) -> Interface:
        """The interface in a language; the clinic's where none is named."""
        return self.interfaces(lang or self.library.clinic.language)

    def href(self, address: str) -> str:
        """An address of the site as links give it."""
        return self.prefix + address

    def file(self, key: str) -> str:
        """The address of a file of the site by its key."""
        return f"{self.prefix}/{key}"

    @cached_property
    def origin(self) -> str:
        """The scheme and host of the site's address."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    def full(self, address: str) -> str:
        """An address of the site with scheme and host."""
        return f"{self.origin}{self.prefix}{address}"

    @property
    def for_editors(self) -> bool:
        """Whether the build is a preview."""
        return self.library.audience is Audience.EDITORS

    # Links to pages

    def title(self, item: Item) -> str:
        """What a page is called in links: a clinician by name."""
        header = item.document.header
        if isinstance(header, Clinician) and header.name:
            return f"{header.name}, {header.credentials}" if header.credentials else header.name
        return item.document.title

    def link(self, item: Item) -> LinkTo:
        """A link to a page."""
        header = item.document.header
        imaging = isinstance(header, Procedure) and header.imaging
        return LinkTo(text=self.title(item), href=self.href(item.address), imaging=imaging)

    def links(self, ids: Collection[str]) -> tuple[LinkTo, ...]:
        """Links to those of the pages that this build shows: in the given order, or by title where there is none."""
        items = [self.library.items[slug] for slug in ids if self.library.shown(slug)]
        if not isinstance(ids, tuple):
            items.sort(key=lambda item: (self.words().sort_key(self.title(item)), item.id))
        return tuple(self.link(item) for item in items if item.state is not State.WITHDRAWN)

    def page(self, slug: str) -> LinkTo | None:
        """A link to a page by its id; None where this build does not show it, or only that it is withdrawn."""
        if not self.library.shown(slug) or self.library.items[slug].state is State.WITHDRAWN:
            return None
        return self.link(self.library.items[slug])

    def location_link(self, name: str) -> LinkTo:
        """A link to a location's page."""
        place = dict(self.library.clinic.locations)[name]
        return LinkTo(text=place.name, href=self.href(f"/locations/{name}/"))

    def appointment(self) -> LinkTo | None:
        """The way to ask for an appointment."""
        document = self.library.documents.get("appointment")
        return self.page("appointment") if document is not None and document.kind is Kind.PAGE else None

    # Facts

    def phone(self, name: str, *, label: str = "") -> Phone | None:
        """A number of the clinic, or None where there is no such name or number."""
        line: PhoneLine | None = dict(self.library.clinic.phones).get(name)
        if line is None or not line.number:
            return None
        return Phone(
            label=label or line.label,
            number=shown_number(line.number, self.country),
            href=f"tel:{line.number}",
            hours=line.hours,
        )

    @cached_property
    def country(self) -> str:
        """The country whose way of writing numbers the clinic's own follow: that of its first location."""
        return next((place.country for _, place in self.library.clinic.locations), "US")

    @cached_property
    def main_phone(self) -> Phone | None:
        """The number to call: the one for appointments, else the first."""
        clinic = self.library.clinic
        return self.phone(clinic.appointments.phone) or next(
            (found for name, _ in clinic.phones if (found := self.phone(name))), None
        )

    @cached_property
    def numbers(self) -> tuple[Phone, ...]:
        """Every number that clinic.yaml names, without when it is answered."""
        clinic = self.library.clinic
        lines: list[PhoneLine | Outside] = [line for _, line in clinic.phones]
        lines += [line for _, line in clinic.contacts]
        return tuple(
            Phone(label=line.label, number=shown_number(line.number, self.country), href=f"tel:{line.number}")
            for line in lines
            if line.number
        )

    @cached_property
    def after_hours(self) -> Phone | None:
        """Whom to call when the clinic is closed."""
        after = self.library.clinic.after_hours
        return self.phone(after.phone) if after else None

    @cached_property
    def after_hours_text(self) -> str:
        """The clinic's own words about that."""
        after = self.library.clinic.after_hours
        return after.text if after else ""

    def email(self, name: str) -> Email | None:
        """An e-mail address of the clinic, or None where there is no such name."""
        box = dict(self.library.clinic.emails).get(name)
        if box is None or not box.address:
            return None
        return Email(label=box.label, address=box.address, href=f"mailto:{box.address}")

    # Dates

    def has_left(self, header: Clinician) -> bool:
        """Whether a clinician's last day here is over."""
        return header.left is not None and self.library.timeline.reached(end_of(header.left, self.library.clock))

    def day(self, day: dt.date, lang: str | None = None) -> DateText:
        """A day."""
        return DateText(iso=day.isoformat(), text=self.words(lang).date(day))

    def past_day(self, day: dt.date, lang: str | None = None) -> DateText:
        """A day on which nobody has to be anywhere: without its weekday."""
        return DateText(iso=day.isoformat(), text=self.words(lang).long_date(day))

    def moment(self, instant: dt.datetime, lang: str | None = None) -> DateText:
        """A moment, on the clinic's clock."""
        local = instant.astimezone(self.library.clock)
        return DateText(iso=local.isoformat(timespec="minutes"), text=self.words(lang).moment(local))

    def holds(self, item: Item) -> str:
        """Until when an announcement holds, or held, in words that stay true whenever they are read."""
        header, words = item.document.header, self.words()
        if not isinstance(header, Announcement):
            return ""
        if item.term.replaced and item.term.ends is not None:
            ends = item.term.ends.astimezone(self.library.clock)
            over = words.gettext("Replaced on %(date)s", date=words.date(ends.date()))
            return (
                over if item.state is State.SUPERSEDED else words.gettext("Until %(moment)s", moment=words.moment(ends))
            )
        return self._expires(header.expires, header.date)

    def holds_until(self, item: Item) -> str:
        """The same for machines (ISO 8601), as exactly as `holds` says it: a day or a moment; empty without an end."""
        header, ends = item.document.header, item.term.ends
        if not isinstance(header, Announcement) or ends is None:
            return ""
        local = ends.astimezone(self.library.clock)
        if item.term.replaced:
            return local.date().isoformat() if item.state is State.SUPERSEDED else local.isoformat(timespec="minutes")
        # `datetime` is a `date` too, so it is asked for first.
        if isinstance(header.expires, dt.datetime):
            return local.isoformat(timespec="minutes")
        return header.expires.isoformat() if isinstance(header.expires, dt.date) else ""

    @staticmethod
    def updated(item: Item) -> dt.datetime | None:
        """When an announcement last became another one: it started, or it ended. None where it has no start."""
        over = item.state in {State.ENDED, State.SUPERSEDED} and item.term.ends is not None
        return item.term.ends if over else item.term.starts

    def _expires(self, expires: When | OpenEnd, announced: dt.date) -> str:
        """What the end that an editor wrote means, in words."""
        words = self.words()
        if expires is OpenEnd.UNKNOWN:
            return words.gettext("Until further notice")
        if expires is OpenEnd.NEVER:
            return words.gettext("From %(date)s on", date=words.date(announced))
        if isinstance(expires, dt.datetime):
            return words.gettext("Until %(moment)s", moment=words.moment(expires))
        return words.gettext("Through %(date)s", date=words.date(expires))


def shown_number(number: str, country: str) -> str:
    """A number of ITU-T E.164 as people of that country write it; from another country, with its code."""
    parsed = phonenumbers.parse(number)
    own = parsed.country_code == phonenumbers.country_code_for_region(country)
    style = phonenumbers.PhoneNumberFormat.NATIONAL if own else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(parsed, style))
