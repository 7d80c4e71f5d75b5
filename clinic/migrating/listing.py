"""The page that takes the place of the earlier site's lists: every article by category, tag and author."""

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping

from clinic.library.addresses import address_of, key_of
from clinic.migrating.addresses import listings, slugified
from clinic.migrating.links import between
from clinic.migrating.site import OldPage, OldSite
from clinic.source.names import suggestion

LISTING = "earlier-articles"
"""The name of that page."""


def anchor_of(group: str) -> str:
    """The anchor of a group of articles ("tag pain") on the page that lists them."""
    return suggestion(group, "")


def grouped(site: OldSite) -> dict[str, dict[str, tuple[str, list[OldPage]]]]:
    """The articles that the earlier site showed, by category, tag and author: the slug, its name, the articles."""
    groups: dict[str, dict[str, tuple[str, list[OldPage]]]] = {"category": {}, "tag": {}, "author": {}}
    for old in site.pages:
        if not (old.article and old.published):
            continue
        names = {"category": (old.category,), "tag": old.tags, "author": old.authors}
        for group, each in names.items():
            for name in each:
                slug = slugified(name, site.conf, f"{group.upper()}_REGEX_SUBSTITUTIONS")
                if slug:
                    groups[group].setdefault(slug, (name, []))[1].append(old)
    return groups


TITLE = "Articles from our earlier site"
SUMMARY = "Every article of our earlier site, by subject."
_PATH = f"pages/{LISTING}.md"
_NAMES = {"category": "Subject", "tag": "Keyword", "author": "Written by"}
_NOTHING = "These articles are not on this site yet."
_SIGNS = re.compile(r"([\\\[\]<>*_`#&{}|~!])")


def list_body(site: OldSite, places: Mapping[str, str], hidden: Collection[str]) -> str:
    """The text of that page: a heading for each category, tag and author, with the articles below it.

    Args:
        site: the earlier site.
        places: the new path of every article by its old one.
        hidden: new paths of articles that patients can't see: no link may lead there.
    """
    rows = ["Everything that our earlier site told, by subject."]
    for group, members in grouped(site).items():
        for slug, (name, articles) in sorted(members.items()):
            shown = [each for each in articles if places[each.path] not in hidden]
            links = [f"- [{_plain(each.title)}]({between(_PATH, places[each.path])})" for each in shown]
            rows.append(f"## {_NAMES[group]}: {_plain(name)} {{#{anchor_of(f'{group} {slug}')}}}")
            rows.append("\n".join(dict.fromkeys(links)) or _NOTHING)
    return "\n\n".join(rows) + "\n"


def list_aliases(site: OldSite, standing: Collection[str]) -> tuple[str, ...]:
    """The addresses of all lists and feeds of the earlier site, but for the keys that stand already."""
    counts = {group: {slug: len(each) for slug, (_, each) in all_.items()} for group, all_ in grouped(site).items()}
    articles = [page for page in site.pages if page.article and page.published]
    days = [page.date.read for page in articles if page.date and page.date.read]
    moments = [dt.datetime.combine(day, dt.time()) for day in days]
    languages = sorted({page.lang for page in articles if page.lang})
    stood = listings(site.conf, counts, moments, len(articles), languages)
    keys = dict.fromkeys(key_of(f"/{path.lstrip('/')}") for path, _ in stood)
    return tuple(_unlike(address_of(key) for key in keys if key.casefold() not in standing))


def _unlike(addresses: Iterator[str]) -> Iterator[str]:
    """Addresses, but for those that only differ in capitals from one before."""
    seen: set[str] = set()
    for each in addresses:
        if each.casefold() not in seen:
            seen.add(each.casefold())
            yield each


def _plain(text: str) -> str:
    """Words that Markdown shows as they are."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))
