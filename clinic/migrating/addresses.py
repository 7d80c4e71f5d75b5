"""Where Pelican put the pages of the earlier site: its patterns of addresses, its slugs, its lists.

A port of what Pelican 4.12 does (pelican/utils.py, pelican/contents.py, pelican/paginator.py), on plain values.
"""

import datetime as dt
import html
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from unidecode import unidecode

from clinic.library.addresses import address_of, key_of
from clinic.migrating.conf import Conf

_TAGS = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)


def slugified(text: str, conf: Conf, own: str = "") -> str:
    """The slug that Pelican makes of a text; `own` names a setting with substitutions of its own, as tags have."""
    value = " ".join(html.unescape(_TAGS.sub("", text)).split())
    value = unicodedata.normalize("NFKC", value)
    if not conf["SLUGIFY_USE_UNICODE"]:
        value = unidecode(value)
    substitutions = conf.said.get(own) or conf["SLUG_REGEX_SUBSTITUTIONS"]
    for each in substitutions:
        try:
            source, target = (unicodedata.normalize("NFKC", part) for part in each[:2])
            value = re.sub(source, target, value, flags=re.IGNORECASE)
        except (re.error, TypeError, ValueError):
            continue
    return (value if conf["SLUGIFY_PRESERVE_CASE"] else value.lower()).strip()


class _Named:
    """A category or an author in a pattern: its slug in `{category}`, and again in `{category.slug}`."""

    def __init__(self, slug: str) -> None:
        self.slug = slug

    def __str__(self) -> str:
        return self.slug

    def __format__(self, spec: str) -> str:
        return format(self.slug, spec)


def filled(pattern: str, values: Mapping[str, Any]) -> str | None:
    """A pattern with its names filled; None where it asks for what is not known."""
    try:
        return pattern.format(**values)
    except (KeyError, IndexError, ValueError, AttributeError, TypeError):
        return None


@dataclass(frozen=True)
class Known:
    """What the patterns of addresses ask of one page."""

    slug: str
    lang: str
    date: dt.datetime | None
    category: str
    author: str
    path: str
    extra: Mapping[str, str]

    def values(self) -> dict[str, Any]:
        """The names that a pattern may hold. Without a date there is no `date`."""
        made: dict[str, Any] = dict(self.extra)
        made |= {"slug": self.slug, "lang": self.lang, "path": self.path}
        made |= {"category": _Named(self.category), "author": _Named(self.author)}
        return made | ({"date": self.date} if self.date else {})


def addresses(conf: Conf, known: Known, sort: str, *, save_as: str, url: str) -> tuple[tuple[str, ...], bool]:
    """The addresses at which a page stood, and whether all of them are known.

    Args:
        conf: the settings.
        known: what the page is.
        sort: ARTICLE, PAGE, DRAFT or DRAFT_PAGE.
        save_as: the file that its own header names, empty for none.
        url: the address that its own header names.
    """
    middle = "" if known.lang.lower() == conf.text("DEFAULT_LANG").lower() else "LANG_"
    asked = [save_as or conf.text(f"{sort}_{middle}SAVE_AS"), url or conf.text(f"{sort}_{middle}URL")]
    made = [filled(pattern, known.values()) if number_of(pattern) else pattern for pattern in asked]
    keys: dict[str, str] = {}
    for each in made:
        if each and "://" not in each and ".." not in each.split("/"):
            plain = each.split("#")[0].split("?")[0].replace("\\", "/").lstrip("/")
            keys.setdefault(key_of(f"/{plain}"), f"/{plain}")
    return tuple(address_of(key) for key in keys), None not in made


def number_of(pattern: str) -> int:
    """How many names a pattern holds."""
    return pattern.count("{")


def listings(
    conf: Conf,
    groups: Mapping[str, Mapping[str, int]],
    dates: Iterable[dt.datetime],
    articles: int,
    languages: Iterable[str] = (),
) -> Iterator[tuple[str, str]]:
    """The addresses of all lists and feeds of the earlier site, each with the group that it was of ("tag pain").

    Args:
        conf: the settings.
        groups: how many articles each category, tag and author has, by `category`, `tag` and `author`.
        dates: those of all articles.
        articles: how many there are.
        languages: those in which articles were written.
    """
    for name in conf.texts("DIRECT_TEMPLATES"):
        save_as = conf.said.get(f"{name.upper()}_SAVE_AS", f"{name}.html")
        if isinstance(save_as, str) and save_as:
            yield from ((each, "") for each in _paged(conf, save_as, _pages(conf, articles, name)))
    for group, members in groups.items():
        for slug, count in members.items():
            yield from ((each, f"{group} {slug}") for each in _of_group(conf, group, slug, count))
    if articles:
        yield from ((feed, "") for name in _FEEDS if (feed := conf.text(name)))
    for language in languages:
        feeds = [conf.text(f"TRANSLATION_FEED_{form}").replace("%s", "{lang}") for form in ("ATOM", "RSS")]
        yield from ((made, "") for feed in feeds if feed and (made := filled(feed, {"lang": language})))
    for period in ("YEAR", "MONTH", "DAY"):
        if pattern := conf.text(f"{period}_ARCHIVE_SAVE_AS"):
            yield from ((made, "") for date in dates if (made := filled(pattern, {"date": date})))


def _of_group(conf: Conf, group: str, slug: str, count: int) -> Iterator[str]:
    """The list of one category, tag or author, and its feeds."""
    save_as = conf.text(f"{group.upper()}_SAVE_AS")
    if save_as and (made := filled(save_as, {"slug": slug})):
        yield from _paged(conf, made, _pages(conf, count, group))
    for form in ("ATOM", "RSS"):
        feed = conf.text(f"{group.upper()}_FEED_{form}")
        if feed and (made := filled(feed.replace("%s", "{slug}"), {"slug": slug})):
            yield made


_FEEDS = ("FEED_ALL_ATOM", "FEED_ALL_RSS", "FEED_ATOM", "FEED_RSS")


def _pages(conf: Conf, count: int, template: str) -> int:
    """On how many pages a list of so many articles stood."""
    paginated = conf["PAGINATED_TEMPLATES"]
    if template not in paginated:
        return 1
    most = paginated[template] or conf["DEFAULT_PAGINATION"]
    if not isinstance(most, int) or isinstance(most, bool) or most < 1:
        return 1
    orphans = conf["DEFAULT_ORPHANS"] if isinstance(conf["DEFAULT_ORPHANS"], int) else 0
    return max(1, math.ceil(max(0, count - orphans) / most))


def _paged(conf: Conf, save_as: str, pages: int) -> Iterator[str]:
    """The files of a list, the first and those that follow."""
    name, dot, ending = save_as.rpartition(".")
    name, ending = (name, dot + ending) if dot else (save_as, "")
    patterns = [each for each in conf["PAGINATION_PATTERNS"] if isinstance(each, list | tuple) and len(each) == 3]
    for number in range(1, pages + 1):
        fitting = [each for each in patterns if isinstance(each[0], int) and each[0] <= number]
        if number == 1 or not fitting:
            yield save_as
            continue
        pattern = max(fitting, key=lambda each: each[0])[2]
        base = name.removesuffix("index")
        values = {"name": name, "number": number, "extension": ending, "base_name": base.rstrip("/")}
        if made := filled(str(pattern), values):
            yield made
