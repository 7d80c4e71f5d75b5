"""How indexes are made: A to Z, by part of the body, by symptom; everybody; every place."""

import re
from collections.abc import Iterator

from clinic.library.library import Item
from clinic.model.kinds import Clinician, Condition, Kind
from clinic.views.atoz import SPLIT_OVER, Index, capital, letters, listed, named_entries, of_names, title_entries
from clinic.views.framing import frame, index_titles
from clinic.views.indexes import IndexPage, LocationsPage
from clinic.views.maker import Maker
from clinic.views.parts import Group, LinkTo
from clinic.views.places import all_places


def body_part_anchor(part: str) -> str:
    """The id of a part of the body in its index: it stays, however long the index grows."""
    return f"part-{part}"


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
    yield from _by_body_part(maker)
    yield from _by_symptom(maker)
    yield _clinicians(maker)


def other_ways(maker: Maker, own: str) -> tuple[LinkTo, ...]:
    """The other indexes into the same pages."""
    words = maker.words()
    ways = {
        "/conditions/": words.gettext("Conditions A to Z"),
        "/procedures/": words.gettext("Procedures A to Z"),
        "/conditions/by-body-part/": words.gettext("By part of the body"),
        "/conditions/by-symptom/": words.gettext("By symptom"),
    }
    return tuple(LinkTo(text=text, href=maker.href(address)) for address, text in ways.items() if address != own)


def _a_to_z(maker: Maker, kind: Kind, title: str, summary: str) -> Iterator[Index]:
    address, ways = f"/{kind.folder}/", other_ways(maker, f"/{kind.folder}/")
    entries = named_entries(maker, listed(maker, kind))
    made = of_names(
        maker,
        entries,
        address=address,
        title=title,
        summary=summary,
        crumbs=(index_titles(maker)[kind.folder],),
        other_ways=ways,
    )
    page = IndexPage(
        frame=frame(maker, address=address, title=title, description=summary),
        title=title,
        summary=summary,
        letters=made.links if entries else (),
        groups=made.groups,
        other_ways=ways,
        empty=maker.words().gettext("There is nothing here yet.") if not entries else "",
    )
    yield Index(address, page)
    yield from made.pages


def _by_body_part(maker: Maker) -> Iterator[Index]:
    words = maker.words()
    address, title = "/conditions/by-body-part/", words.gettext("By part of the body")
    summary = words.gettext("Conditions and procedures by the part of the body that they are about.")
    items = [*listed(maker, Kind.CONDITION), *listed(maker, Kind.PROCEDURE)]
    groups = []
    for part, name in maker.library.clinic.body_parts:
        here = [item for item in items if part in getattr(item.document.header, "body_parts", ())]
        if here:
            entries = title_entries(maker, here)
            groups.append((part, Group(anchor=body_part_anchor(part), heading=name, entries=entries)))
    if sum(len(group.entries) for _, group in groups) <= SPLIT_OVER:
        yield Index(address, _grouped(maker, address, title, summary, tuple(group for _, group in groups)))
        return
    # The headings stay where they were, so that every link to a part still leads to it.
    overview = []
    for part, group in groups:
        text = words.ngettext("%(num)s page", "%(num)s pages", len(group.entries))
        way = LinkTo(text=group.heading, href=maker.href(f"{address}{part}/"), note=text)
        overview.append(Group(anchor=group.anchor, heading=group.heading, entries=(), more=way))
    yield Index(address, _grouped(maker, address, title, summary, tuple(overview)))
    for part, group in groups:
        own, crumb = f"{address}{part}/", LinkTo(text=title, href=maker.href(address))
        named = f"{title}: {group.heading}"
        yield Index(own, _grouped(maker, own, named, "", (group,), crumbs=(crumb,)))


def _by_symptom(maker: Maker) -> Iterator[Index]:
    words = maker.words()
    address, title = "/conditions/by-symptom/", words.gettext("By symptom")
    summary = words.gettext("Conditions by what you may feel.")
    symptoms: dict[str, list[Item]] = {}
    names: dict[str, str] = {}
    for item in listed(maker, Kind.CONDITION):
        header = item.document.header
        for symptom in header.symptoms if isinstance(header, Condition) else ():
            anchor = _symptom_anchor(symptom)
            names.setdefault(anchor, capital(symptom))
            together = symptoms.setdefault(anchor, [])
            if not together or together[-1] is not item:  # one that names it twice is there already, and last
                together.append(item)
    under: dict[str, list[Group]] = {}
    for anchor in sorted(symptoms, key=lambda anchor: (words.sort_key(names[anchor]), anchor)):
        group = Group(anchor=anchor, heading=names[anchor], entries=title_entries(maker, symptoms[anchor]))
        under.setdefault(words.letter(group.heading), []).append(group)
    crumbs = (index_titles(maker)["conditions"], LinkTo(text=title, href=maker.href(address)))
    ways = other_ways(maker, address)
    made = letters(
        maker,
        address=address,
        title=title,
        summary=summary,
        crumbs=crumbs,
        groups=[(letter, tuple(groups)) for letter, groups in under.items()],
        other_ways=ways,
    )
    yield Index(
        address, _grouped(maker, address, title, summary, made.groups, letters=made.links if made.pages else ())
    )
    yield from made.pages


def _symptom_anchor(symptom: str) -> str:
    """The id of a symptom in its index: its words, so it stays; symptoms that differ in signs alone are one."""
    return "symptom-" + "-".join(re.findall(r"\w+", symptom.casefold()))


def _grouped(
    maker: Maker,
    address: str,
    title: str,
    summary: str,
    groups: tuple[Group, ...],
    *,
    letters: tuple[LinkTo, ...] = (),
    crumbs: tuple[LinkTo, ...] = (),
) -> IndexPage:
    trail = (index_titles(maker)["conditions"], *crumbs)
    return IndexPage(
        frame=frame(maker, address=address, title=title, description=summary or title, trail=trail),
        title=title,
        summary=summary,
        letters=letters,
        groups=groups,
        other_ways=other_ways(maker, address),
        empty=maker.words().gettext("There is nothing here yet.") if not groups and not letters else "",
    )


def _clinicians(maker: Maker) -> Index:
    words = maker.words()
    address, title = "/clinicians/", words.gettext("Clinicians")
    summary = words.gettext("The people who treat you.")
    here = [
        item
        for item in listed(maker, Kind.CLINICIAN)
        if not (isinstance(header := item.document.header, Clinician) and maker.has_left(header))
    ]
    entries = title_entries(maker, here)
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
