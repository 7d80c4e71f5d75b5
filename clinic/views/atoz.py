"""An A to Z: names under their letters, on one page or, where there are many, on a page for each letter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clinic.library.library import Item
from clinic.library.states import State
from clinic.model.kinds import Clinical, Kind
from clinic.views.facts import summary_of
from clinic.views.framing import frame
from clinic.views.indexes import AnnouncementsPage, IndexPage, SearchPage
from clinic.views.maker import Maker
from clinic.views.parts import Entry, Group, LinkTo

SPLIT_OVER = 200
"""An index with more entries than this has pages of its own for its letters, parts or years (patients.md)."""


@dataclass(frozen=True)
class Index:
    """An index with its address."""

    address: str
    page: IndexPage | AnnouncementsPage | SearchPage


@dataclass(frozen=True)
class Letters:
    """An A to Z as a page shows it."""

    links: tuple[LinkTo, ...]
    """A way to each letter; one without entries has no address."""
    groups: tuple[Group, ...]
    """What stands on the page itself: nothing where each letter has a page of its own."""
    pages: tuple[Index, ...]
    """Those pages."""


def listed(maker: Maker, kind: Kind) -> list[Item]:
    """The pages of a kind that indexes show: all of this build but withdrawn ones."""
    return [item for item in maker.library.of_kind(kind) if item.state is not State.WITHDRAWN]


def capital(text: str) -> str:
    """A phrase as a heading begins it."""
    return text[:1].upper() + text[1:]


def named_entries(maker: Maker, items: Iterable[Item]) -> list[Entry]:
    """Every page under its title and under each other name that patients use, in the language's order."""
    found: list[Entry] = []
    for item in items:
        title, href, summary = maker.title(item), maker.href(item.address), summary_of(maker, item)
        found.append(Entry(title=title, href=href, summary=summary))
        header = item.document.header
        if isinstance(header, Clinical):
            found += [
                Entry(title=capital(name), href=href, summary="", see=title)
                for name in header.also_called
                if name.casefold() != title.casefold()
            ]
    return in_order(maker, found)


def title_entries(maker: Maker, items: Iterable[Item]) -> tuple[Entry, ...]:
    """Every page under its title alone, in the language's order."""
    return tuple(
        in_order(
            maker,
            [
                Entry(title=maker.title(item), href=maker.href(item.address), summary=summary_of(maker, item))
                for item in items
            ],
        )
    )


def in_order(maker: Maker, entries: Iterable[Entry]) -> list[Entry]:
    """Entries in the language's order."""
    key = maker.words().sort_key
    return sorted(entries, key=lambda entry: (key(entry.title), entry.href))


def by_letter(maker: Maker, entries: Iterable[Entry]) -> tuple[Group, ...]:
    """Entries under the letters that they begin with."""
    letters: dict[str, list[Entry]] = {}
    for entry in entries:
        letters.setdefault(maker.words().letter(entry.title), []).append(entry)
    return tuple(
        Group(anchor=_anchor(letter), heading=letter, entries=tuple(together)) for letter, together in letters.items()
    )


def letters(
    maker: Maker,
    *,
    address: str,
    title: str,
    summary: str,
    crumbs: tuple[LinkTo, ...],
    groups: Sequence[tuple[str, tuple[Group, ...]]],
    other_ways: tuple[LinkTo, ...],
) -> Letters:
    """The A to Z of groups, each with its letter, in their order.

    Args:
        maker: what it is made with.
        address: the address of the index; a letter's page has `a-to-z/<letter>/` behind it.
        title: the title of the index.
        summary: its one sentence.
        crumbs: the way from home to a letter's page.
        groups: what stands under each letter.
        other_ways: other ways into the same pages.
    """
    split = sum(len(group.entries) for _, under in groups for group in under) > SPLIT_OVER
    there = dict(groups)

    def target(letter: str) -> str:
        if letter not in there:
            return ""
        anchor = _anchor(letter)
        if split:
            return maker.href(f"{address}a-to-z/{anchor.removeprefix('letter-')}/")
        return f"#{there[letter][0].anchor}"

    links = tuple(LinkTo(text=letter, href=target(letter)) for letter in maker.words().letters(there))
    if not split:
        return Letters(links, tuple(group for _, under in groups for group in under), ())
    pages = []
    for letter, under in groups:
        own, named = f"{address}a-to-z/{_anchor(letter).removeprefix('letter-')}/", f"{title}: {letter}"
        page = IndexPage(
            frame=frame(maker, address=own, title=named, description=summary, trail=crumbs),
            title=named,
            summary="",
            letters=tuple(
                LinkTo(text=link.text, href=link.href, current=link.href == maker.href(own)) for link in links
            ),
            groups=under,
            other_ways=other_ways,
            empty="",
        )
        pages.append(Index(own, page))
    return Letters(links, (), tuple(pages))


def of_names(
    maker: Maker,
    entries: Iterable[Entry],
    *,
    address: str,
    title: str,
    summary: str,
    crumbs: tuple[LinkTo, ...],
    other_ways: tuple[LinkTo, ...],
) -> Letters:
    """The A to Z of entries; see `letters`."""
    groups = [(group.heading, (group,)) for group in by_letter(maker, entries)]
    return letters(
        maker,
        address=address,
        title=title,
        summary=summary,
        crumbs=crumbs,
        groups=groups,
        other_ways=other_ways,
    )


def _anchor(letter: str) -> str:
    return "letter-" + (letter.lower() if letter.isascii() and letter.isalpha() else f"{ord(letter[0]):x}")
