"""How indexes are made: A to Z, by part of the body, by symptom; everybody; everything."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clinic.library.library import Item
from clinic.library.states import State
from clinic.model.kinds import RESERVED, Clinical, Clinician, Condition, Kind
from clinic.views.facts import summary_of
from clinic.views.framing import frame, index_titles
from clinic.views.indexes import IndexPage, LocationsPage, SearchPage
from clinic.views.maker import Maker
from clinic.views.parts import Entry, Group, LinkTo
from clinic.views.places import all_places

SPLIT_OVER = 200
"""An A to Z with more entries than this has a page for each letter (patients.md)."""


@dataclass(frozen=True)
class Index:
    """An index with its address."""

    address: str
    page: IndexPage


def body_part_anchor(part: str) -> str:
    """The id of a part of the body in its index."""
    return f"part-{part}"


def _letter_anchor(letter: str) -> str:
    return "letter-" + (letter.lower() if letter.isascii() and letter.isalpha() else f"{ord(letter[0]):x}")


def indexes(maker: Maker) -> Iterator[Index]:
    """The indexes of conditions, procedures and clinicians."""
    words = maker.words()
    yield from _a_to_z(
        maker,
        Kind.CONDITION,
        words.gettext("Conditions A to Z"),
        words.gettext("Illnesses and pains that we treat, under all the names that people know them by."),
    )
    yield from _a_to_z(
        maker,
        Kind.PROCEDURE,
        words.gettext("Procedures A to Z"),
        words.gettext("Treatments and tests that we do, under all the names that people know them by."),
    )
    yield _by_body_part(maker)
    yield _by_symptom(maker)
    yield _clinicians(maker)


def _listed(maker: Maker, kind: Kind) -> list[Item]:
    return [item for item in maker.library.of_kind(kind) if item.state is not State.WITHDRAWN]


def _entries(maker: Maker, items: Iterable[Item]) -> list[Entry]:
    """Every page under its title and under each other name that patients use, in the language's order."""
    found: list[Entry] = []
    for item in items:
        title, href, summary = maker.title(item), maker.href(item.address), summary_of(maker, item)
        found.append(Entry(title=title, href=href, summary=summary))
        header = item.document.header
        if isinstance(header, Clinical):
            found += [
                Entry(title=_capital(name), href=href, summary="", see=title)
                for name in header.also_called
                if name.casefold() != title.casefold()
            ]
    key = maker.words().sort_key
    return sorted(found, key=lambda entry: (key(entry.title), entry.href))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _by_letter(maker: Maker, entries: Iterable[Entry]) -> tuple[Group, ...]:
    letters: dict[str, list[Entry]] = {}
    for entry in entries:
        letters.setdefault(maker.words().letter(entry.title), []).append(entry)
    return tuple(
        Group(anchor=_letter_anchor(letter), heading=letter, entries=tuple(listed))
        for letter, listed in letters.items()
    )


def _other_ways(maker: Maker, own: str) -> tuple[LinkTo, ...]:
    words = maker.words()
    ways = {
        "/conditions/": words.gettext("Conditions A to Z"),
        "/procedures/": words.gettext("Procedures A to Z"),
        "/conditions/by-body-part/": words.gettext("By part of the body"),
        "/conditions/by-symptom/": words.gettext("By symptom"),
    }
    return tuple(LinkTo(text=text, href=maker.href(address)) for address, text in ways.items() if address != own)


def _a_to_z(maker: Maker, kind: Kind, title: str, summary: str) -> Iterator[Index]:
    address = f"/{kind.folder}/"
    entries = _entries(maker, _listed(maker, kind))
    groups = _by_letter(maker, entries)
    split = len(entries) > SPLIT_OVER

    def letter_address(group: Group) -> str:
        return f"{address}a-to-z/{group.anchor.removeprefix('letter-')}/"

    letters = tuple(
        LinkTo(text=group.heading, href=maker.href(letter_address(group)) if split else f"#{group.anchor}")
        for group in groups
    )
    yield Index(
        address,
        IndexPage(
            frame=frame(maker, address=address, title=title, description=summary),
            title=title,
            summary=summary,
            letters=letters,
            groups=() if split else groups,
            other_ways=_other_ways(maker, address),
            empty=maker.words().gettext("There is nothing here yet.") if not entries else "",
        ),
    )
    for group in groups if split else ():
        own = letter_address(group)
        named = f"{title}: {group.heading}"
        trail = (index_titles(maker)[kind.folder],)
        here = tuple(LinkTo(text=link.text, href=link.href, current=link.href == maker.href(own)) for link in letters)
        yield Index(
            own,
            IndexPage(
                frame=frame(maker, address=own, title=named, description=summary, trail=trail),
                title=named,
                summary="",
                letters=here,
                groups=(group,),
                other_ways=_other_ways(maker, address),
                empty="",
            ),
        )


def _plain_entries(maker: Maker, items: Iterable[Item]) -> tuple[Entry, ...]:
    key = maker.words().sort_key
    entries = [
        Entry(title=maker.title(item), href=maker.href(item.address), summary=summary_of(maker, item)) for item in items
    ]
    return tuple(sorted(entries, key=lambda entry: (key(entry.title), entry.href)))


def _by_body_part(maker: Maker) -> Index:
    words = maker.words()
    address, title = "/conditions/by-body-part/", words.gettext("By part of the body")
    summary = words.gettext("Conditions and procedures by the part of the body that they are about.")
    items = [*_listed(maker, Kind.CONDITION), *_listed(maker, Kind.PROCEDURE)]
    groups = []
    for part, name in maker.library.clinic.body_parts:
        here = [item for item in items if part in getattr(item.document.header, "body_parts", ())]
        if here:
            groups.append(Group(anchor=body_part_anchor(part), heading=name, entries=_plain_entries(maker, here)))
    return Index(address, _grouped(maker, address, title, summary, tuple(groups)))


def _by_symptom(maker: Maker) -> Index:
    words = maker.words()
    address, title = "/conditions/by-symptom/", words.gettext("By symptom")
    summary = words.gettext("Conditions by what you may feel.")
    symptoms: dict[str, list[Item]] = {}
    names: dict[str, str] = {}
    for item in _listed(maker, Kind.CONDITION):
        header = item.document.header
        for symptom in header.symptoms if isinstance(header, Condition) else ():
            folded = symptom.casefold()
            names.setdefault(folded, _capital(symptom))
            symptoms.setdefault(folded, []).append(item)
    ordered = sorted(symptoms, key=lambda folded: (words.sort_key(names[folded]), folded))
    groups = tuple(
        Group(anchor=f"symptom-{number}", heading=names[folded], entries=_plain_entries(maker, symptoms[folded]))
        for number, folded in enumerate(ordered, start=1)
    )
    return Index(address, _grouped(maker, address, title, summary, groups))


def _grouped(maker: Maker, address: str, title: str, summary: str, groups: tuple[Group, ...]) -> IndexPage:
    return IndexPage(
        frame=frame(
            maker, address=address, title=title, description=summary, trail=(index_titles(maker)["conditions"],)
        ),
        title=title,
        summary=summary,
        letters=(),
        groups=groups,
        other_ways=_other_ways(maker, address),
        empty=maker.words().gettext("There is nothing here yet.") if not groups else "",
    )


def _clinicians(maker: Maker) -> Index:
    words = maker.words()
    address, title = "/clinicians/", words.gettext("Clinicians")
    summary = words.gettext("The people who treat you.")
    here = [
        item
        for item in _listed(maker, Kind.CLINICIAN)
        if not (isinstance(header := item.document.header, Clinician) and maker.has_left(header))
    ]
    entries = tuple(
        Entry(
            title=entry.title,
            href=entry.href,
            summary=entry.summary,
        )
        for entry in _plain_entries(maker, here)
    )
    groups = (Group(anchor="all", heading=title, entries=entries),) if entries else ()
    return Index(
        address,
        IndexPage(
            frame=frame(maker, address=address, title=title, description=summary),
            title=title,
            summary=summary,
            letters=(),
            groups=groups,
            other_ways=(),
            empty=words.gettext("There is nothing here yet.") if not entries else "",
        ),
    )


def locations_page(maker: Maker) -> LocationsPage:
    """All locations."""
    words = maker.words()
    title, summary = words.gettext("Locations"), words.gettext("Where we are, when we are open and how to get there.")
    return LocationsPage(
        frame=frame(maker, address="/locations/", title=title, description=summary),
        title=title,
        summary=summary,
        places=all_places(maker),
    )


def search_page(maker: Maker) -> SearchPage:
    """The search page: without scripts, one long A to Z of everything."""
    words, document = maker.words(), maker.library.documents.get("search")
    named = document.header if document and document.kind is Kind.PAGE else None
    title = (named.title if named else "") or words.gettext("Search")
    item = maker.library.items["search"] if named else None
    summary = summary_of(maker, item) if item else words.gettext("Everything on this site, by name.")
    kinds = (Kind.CONDITION, Kind.PROCEDURE, Kind.CLINICIAN, Kind.PAGE)
    items = [
        item
        for kind in kinds
        for item in _listed(maker, kind)
        if not (kind is Kind.PAGE and item.id in RESERVED and item.id != "appointment")
        and not (item.document.header and item.document.header.noindex)
    ]
    groups = _by_letter(maker, _entries(maker, items))
    return SearchPage(
        frame=frame(maker, address="/search/", title=title, description=summary, item=item),
        title=title,
        summary=summary,
        groups=groups,
        letters=tuple(LinkTo(text=group.heading, href=f"#{group.anchor}") for group in groups),
        other_ways=_other_ways(maker, ""),
    )
