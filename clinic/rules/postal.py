"""FCT005: postal addresses in texts that are not those of clinic.yaml, as they are written in the United States."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clinic.library.document import Document
from clinic.library.library import Library
from clinic.problems import Problem, Span
from clinic.problems.catalogue.contacts import OTHER_ADDRESS
from clinic.rules.kept import kept
from clinic.rules.passages import FIELDS, Pages, Stretch, judged, pages_of

_KINDS = {
    "street": "st",
    "avenue": "ave av",
    "boulevard": "blvd",
    "road": "rd",
    "drive": "dr",
    "lane": "ln",
    "court": "ct",
    "place": "pl",
    "parkway": "pkwy",
    "highway": "hwy",
    "terrace": "ter terr",
    "circle": "cir",
    "square": "sq",
    "plaza": "plz",
    "way": "",
    "loop": "",
    "trail": "trl",
}
_KIND_OF = {form: kind for kind, forms in _KINDS.items() for form in (kind, *forms.split())}
_SIDES = {
    "north": "n",
    "south": "s",
    "east": "e",
    "west": "w",
    "northeast": "ne",
    "northwest": "nw",
    "southeast": "se",
    "southwest": "sw",
}
_SIDE = (
    r"(?:(?:N|S|E|W|NE|NW|SE|SW|N\.E|N\.W|S\.E|S\.W|North|South|East|West|Northeast|Northwest|Southeast|Southwest)"
    r"\b\.?)"
)
_KIND = "|".join(sorted({form.capitalize() for form in _KIND_OF}, key=lambda form: (-len(form), form)))
_UNIT = (
    r"(?:(?:Suite|Ste\.?|Room|Rm\.?|Unit|Apt\.?|Floor) ?#?[\w-]+|\d+(?:st|nd|rd|th) [Ff]loor|"
    r"(?:First|Second|Third|Fourth|Fifth) floor|# ?\d+)"
)
_STREET = re.compile(
    rf"(?:(?P<before>{_UNIT}),? )?(?<![\w$.-])(?P<number>\d{{1,6}}) (?:(?P<side>{_SIDE}) )?"
    rf"(?P<name>(?:(?:[A-Z][\w'\u2019.-]*|\d{{1,3}}(?:st|nd|rd|th)) ){{1,4}}?)(?P<kind>{_KIND})\b(?P<dot>\.?)"
    rf"(?: (?P<after_side>{_SIDE})(?![a-z]))?(?:,? (?P<after>{_UNIT}))?"
)
_BOX = re.compile(r"\bP\.? ?O\.? ?[Bb]ox (?P<box>\d+)")
_POSTAL = re.compile(r"(?<![\d-])(?P<zip>\d{5})(?:-\d{4})?(?![\d-])")
_STATE = re.compile(r"\b[A-Z]{2}\.? $|\b(?:[A-Z][a-z]+ ){1,2}$")
_NAME_FOLLOWS = re.compile(r" [A-Z][a-z]")
_YEAR = re.compile(r"\b(?:in|since|by|of|until|from|for) (?:19|20)\d\d$", re.IGNORECASE)
_QUICK = re.compile(r"[\dx] (?:(?<=\d )(?:[A-Z]|\d+(?:st|nd|rd|th) )|(?<=[Bb]ox )\d)")
_NEAR = 80
"""How many characters behind the street its ZIP code stands at most."""


@dataclass(frozen=True, slots=True)
class Street:
    """A street with its number, to be compared: "1 example street", the room, the sides of the compass in short."""

    street: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """An address that may stand: its streets, boxes and ZIP codes."""

    streets: tuple[Street, ...]
    boxes: tuple[str, ...]
    codes: tuple[str, ...]
    shown: str


def known_addresses(library: Library) -> tuple[Known, ...]:
    """The addresses of the clinic's locations, of its contacts, and those that notices must name."""
    whole = [
        ", ".join([*place.address, place.city, f"{place.region} {place.postal_code}"])
        for _, place in library.clinic.locations
    ]
    whole += [outside.address for _, outside in library.clinic.contacts if outside.address]
    return tuple(_known(text) for text in (*whole, *library.lists.contacts.addresses))


def _known(text: str) -> Known:
    streets = tuple(_street(found) for found in _STREET.finditer(text))
    boxes = tuple(found["box"] for found in _BOX.finditer(text))
    units = [found[0] for found in re.finditer(_UNIT, text)]
    if units and streets:  # the line of the room may stand before or after that of the street
        streets = tuple(Street(each.street, each.unit or _unit(units[0])) for each in streets)
    return Known(streets, boxes, tuple(found["zip"] for found in _POSTAL.finditer(text)), text)


def _street(found: re.Match[str]) -> Street:
    sides = [_side(found[key]) for key in ("side", "after_side") if found[key]]
    name = re.sub(r"[^\w ]", "", found["name"]).strip().casefold()
    kind = _KIND_OF[found["kind"].casefold()]
    street = " ".join([found["number"], *sides, name, kind])
    return Street(street, _unit(found["before"] or found["after"] or ""))


def _side(text: str) -> str:
    low = re.sub(r"\W", "", text).casefold()
    return _SIDES.get(low, low)


_ORDER = {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5"}


def _unit(text: str) -> str:
    """The number of a room or floor: "Suite 200" and "Ste. 200" are the same."""
    low = text.casefold()
    if "floor" in low:
        said = next((digit for word, digit in _ORDER.items() if word in low), "")
        return f"floor {said or re.sub(r'[^0-9]', '', low)}"
    return re.sub(r"^(?:suite|ste|room|rm|unit|apt|#)\W*", "", low).strip(" #")


def check(library: Library) -> Iterator[Problem]:
    """The problems of this family, where addresses are written as in the United States."""
    if next((place.country for _, place in library.clinic.locations if place.country), "US") != "US":
        return
    known = known_addresses(library)
    for document in judged(library):
        yield from _of(document, known)


@kept
def _of(document: Document, known: tuple[Known, ...]) -> Iterator[Problem]:
    pages = pages_of(document)
    if not _QUICK.search(pages.whole) or not (_QUICK.search(document.text) or _BOX.search(document.text)):
        return
    stretches = [*pages.stretches(*FIELDS), *(Stretch(each.text, each.span) for each in document.body.headings)]
    for stretch in stretches:
        text = stretch.text
        if not _QUICK.search(text):
            continue
        for found in _STREET.finditer(text):
            if _YEAR.search(text[max(0, found.start() - 8) : found.end("number")]):
                continue
            if found["kind"] in {"Dr", "St", "Pl", "Way", "Loop"} and _NAME_FOLLOWS.match(text, found.end("dot")):
                continue
            if wrong := _wrong(text, found, known):
                start, end, advice = wrong
                yield _told(pages, stretch, start, end, advice)
        for found in _BOX.finditer(text):
            if not any(found["box"] in each.boxes for each in known):
                yield _told(pages, stretch, found.start(), found.end(), "")


def _wrong(text: str, found: re.Match[str], known: tuple[Known, ...]) -> tuple[int, int, str] | None:
    """The part of an address that is wrong, as offsets, with advice; None where it is one that is known."""
    street = _street(found)
    same = [each for each in known if any(one.street == street.street for one in each.streets)]
    if not same:
        return found.start(), found.end("kind"), _close(street.street, known)
    units = [one.unit for each in same for one in each.streets if one.street == street.street]
    if street.unit and all(units) and street.unit not in units:
        return found.start(), found.end(), f"It is: {same[0].shown}. "
    code = _POSTAL.search(text, found.end(), found.end() + _NEAR)
    following = _STREET.search(text, found.end())
    if (
        code is not None
        and not (following and following.start() < code.start())
        and _STATE.search(text[: code.start()])
    ):
        codes = [one for each in same for one in each.codes]
        if codes and code["zip"] not in codes:
            return code.start(), code.end(), f"It is: {same[0].shown}. "
    return None


def _close(street: str, known: tuple[Known, ...]) -> str:
    """What is meant, perhaps: an address of which the number or a word is the same."""
    words = set(street.split())
    for each in known[:20]:
        for one in each.streets:
            if len(words & set(one.street.split())) >= 2:  # the number or kind, and the name
                return f"Did you mean {each.shown}? "
    return ""


def _told(pages: Pages, stretch: Stretch, start: int, end: int, advice: str) -> Problem:
    advice = advice or "Write a location's own with {{ location.main.address }}. "
    place: Span = pages.place(stretch, start, end)
    return OTHER_ADDRESS(pages.document.path, place, found=stretch.text[start:end], advice=advice)
