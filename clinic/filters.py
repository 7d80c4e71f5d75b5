"""What templates may do to a text: pure functions, named in `FILTERS`. They read nothing but what they are given."""

import re
from collections.abc import Callable
from functools import lru_cache

from markupsafe import Markup

from clinic.qr import qr_code
from clinic.structured.script import structured_data
from clinic.views.parts import Phone

EMERGENCY_NUMBER = re.compile(r"(?<![\w.,/$€£-])(?:911|112|999|988)(?![\w/%-]|[.,]\d)")
"""Emergency numbers that nobody writes for anything else in a sentence about an emergency (988: the U.S. lifeline)."""


def call_links(text: str, numbers: tuple[Phone, ...] = (), relay: str = "") -> Markup:
    """A text or HTML with every number to call in it as a `tel:` link (RFC 3966), but inside other links.

    Emergency numbers always are, `numbers` however they are written (503-555-0100), and `relay`, a short number such as
    711, which elsewhere may be a room.
    """
    html = str(text) if isinstance(text, Markup) else str(Markup.escape(text))
    if not _DIGIT.search(html):
        return Markup(html)  # noqa: S704 - HTML already
    addresses = _addresses(numbers, relay)
    digits = _NO_DIGIT.sub("", html)
    known = _written(tuple(number for number in addresses if number in digits))
    linked: list[str] = []
    inside = 0
    for piece in re.split(r"(<[^>]*>)", html):
        if piece.startswith("<"):
            inside += piece.startswith(("<a ", "<a>")) - piece.startswith("</a")
        elif not inside:
            piece = EMERGENCY_NUMBER.sub(r'<a href="tel:\g<0>">\g<0></a>', piece)  # noqa: PLW2901 - rewritten on purpose
            if known:
                piece = known.sub(lambda found: _linked(found[0], addresses), piece)  # noqa: PLW2901
        linked.append(piece)
    return Markup("".join(linked))  # noqa: S704 - HTML already, and only links were added


@lru_cache(maxsize=8)
def _addresses(numbers: tuple[Phone, ...], relay: str) -> dict[str, str]:
    """The address of each number by its digits."""
    addresses = {relay: f"tel:{relay}"} if relay else {}
    for phone in numbers:
        for form in (phone.number, phone.href):
            addresses[_NO_DIGIT.sub("", form)] = str(Markup.escape(phone.href))
    return {digits: address for digits, address in addresses.items() if len(digits) >= 3}


@lru_cache(maxsize=256)
def _written(numbers: tuple[str, ...]) -> re.Pattern[str] | None:
    """What finds numbers in a text by their digits: only those are given whose digits it holds, which are few."""
    forms = "|".join(r"[\s().\u2011-]{0,2}".join(digits) for digits in sorted(numbers, key=len, reverse=True))
    return re.compile(rf"(?<![\w+.-])[+(]?(?:{forms})(?![\w-])") if numbers else None


def _linked(found: str, addresses: dict[str, str]) -> str:
    return f'<a href="{addresses[_NO_DIGIT.sub("", found)]}">{found}</a>'


_DIGIT = re.compile(r"\d")
_NO_DIGIT = re.compile(r"\D")


def boxed_tables(html: Markup, label: str) -> Markup:
    """HTML with every table of a page's prose in a box of its own, which scrolls where the table is too wide.

    The box can be focused, so that it can be scrolled by keyboard (WCAG 2.2, 2.1.1); `label` is its name.
    """
    if "<table>" not in html:
        return html
    box = Markup('<div class="table" role="group" tabindex="0" aria-label="{}">').format(label)
    opened = str(html).replace("<table>", f"{box}<table>")
    return Markup(_PLAIN_TABLE.sub(r"\g<0></div>", opened))  # noqa: S704 - HTML already, and only boxes were added


_PLAIN_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)


def only_links(html: Markup) -> Markup:
    """HTML in which an item, a cell or a paragraph that holds a link and nothing else says so: `class="only-link"`.

    Such a link is no part of a sentence, so a finger must find it by itself (WCAG 2.2, 2.5.5).
    """
    return Markup(_ONLY_LINK.sub(r'<\1 class="only-link">\2</\1>', str(html)))  # noqa: S704 - only classes were added


_ONLY_LINK = re.compile(r"<(li|td|dd|p)>\s*(<a [^>]*>(?:(?!</a>|<(?:li|td|dd|p)>).)*</a>)\s*</\1>", re.DOTALL)


class Once:
    """What a component makes of a part of a view, made once: `{{ place|once(place_block, 3) }}`.

    Many pages show the very same part, and what a component makes of it follows from nothing else. For components that
    another template has: those of a page's own template are new for every page.
    """

    def __init__(self) -> None:
        """Remembers nothing yet; each language needs one of its own."""
        self._made: dict[tuple[object, ...], tuple[object, object, Markup]] = {}

    def __call__(self, thing: object, component: Callable[..., Markup], *said: str | int) -> Markup:
        """The part as the component shows it, which is told `said` besides."""
        # By identity, as long as both live: parts that are equal may hold text where the other holds HTML.
        key = (id(thing), id(component), *said)
        if key not in self._made:
            made = component(thing, *said)
            if len(self._made) >= _MOST_PARTS:
                self._made.clear()
            self._made[key] = (thing, component, made)
        return self._made[key][2]


_MOST_PARTS = 100

FILTERS: dict[str, Callable[..., Markup]] = {
    "boxed_tables": boxed_tables,
    "call_links": call_links,
    "only_links": only_links,
    "qr_code": qr_code,
    "structured_data": structured_data,
}
"""All filters that the theme has beside Jinja's own."""
