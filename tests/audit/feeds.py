"""Feed, sitemap and robots.txt against their standards, by rules of our own: RFC 4287, sitemaps.org, RFC 9309."""

import datetime as dt
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")

_FEED = {
    "author": (1, None),
    "category": (0, None),
    "contributor": (0, None),
    "generator": (0, 1),
    "icon": (0, 1),
    "id": (1, 1),
    "link": (1, None),
    "logo": (0, 1),
    "rights": (0, 1),
    "subtitle": (0, 1),
    "title": (1, 1),
    "updated": (1, 1),
    "entry": (0, None),
}
"""How often each child of a feed may be there (RFC 4287, 4.1.1); the author, since no entry of ours has its own."""

_ENTRY = {
    "author": (0, None),
    "category": (0, None),
    "content": (0, 1),
    "contributor": (0, None),
    "id": (1, 1),
    "link": (1, None),
    "published": (0, 1),
    "rights": (0, 1),
    "source": (0, 1),
    "summary": (1, 1),
    "title": (1, 1),
    "updated": (1, 1),
}
"""The same for an entry (4.1.2); without content it needs an alternate link, and a summary says what it is about."""

_PERSON = {"name": (1, 1), "uri": (0, 1), "email": (0, 1)}
_ATTRIBUTES = {
    "feed": {LANG},
    "link": {"rel", "type", "href", "hreflang", "title", "length"},
    "category": {"term", "scheme", "label"},
    "generator": {"uri", "version"},
}
_TEXTS = {"title", "summary", "rights", "subtitle", "content"}


def faults(site: Path) -> list[str]:
    """What is wrong with feed, sitemap and robots.txt of a built site, a line for each fault; empty where all is well.

    Raises:
        OSError: one of them is missing.
    """
    maps = {path.name: path.read_bytes() for path in sorted(site.glob("sitemap*.xml"))}
    found = [f"feed.xml: {fault}" for fault in atom_faults((site / "feed.xml").read_bytes())]
    found += [f"sitemap: {fault}" for fault in sitemap_faults(maps)]
    rules = (site / "robots.txt").read_text(encoding="utf-8")
    return found + [f"robots.txt: {fault}" for fault in robots_faults(rules, maps)]


def atom_faults(feed: bytes) -> list[str]:
    """Where a feed is not what RFC 4287 asks for."""
    try:
        root = ET.fromstring(feed)
    except ET.ParseError as mistake:
        return [f"it is not well formed: {mistake}"]
    if root.tag != f"{ATOM}feed":
        return [f"its first element is {root.tag}"]
    found = [] if root.get(LANG) else ["it does not say its language"]
    found += _element(root, _FEED)
    entries = root.findall(f"{ATOM}entry")
    for entry in entries:
        found += _element(entry, _ENTRY)
        if not _alternate(entry):
            found.append(f"an entry without content and alternate link: {entry.findtext(f'{ATOM}title')}")
        published, updated = (entry.findtext(f"{ATOM}{name}") or "" for name in ("published", "updated"))
        if published > updated:
            found.append(f"an entry was updated before it was published: {published}")
    found += [f"two entries have the id {id_}" for id_, times in _count(entries, "id") if times > 1]
    if not [link for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]:
        found.append("it has no link to itself")
    newest = max((entry.findtext(f"{ATOM}updated") or "" for entry in entries), default="")
    if newest and newest != root.findtext(f"{ATOM}updated"):
        found.append("it is not as new as its newest entry")
    return found


def _element(element: ET.Element, allowed: Mapping[str, tuple[int, int | None]]) -> list[str]:
    """Faults of an element's children: which, how often, and what is in them."""
    name = element.tag.removeprefix(ATOM)
    counts = Counter(child.tag for child in element)
    found = [f"{tag} can't stand in {name}" for tag in counts if tag.removeprefix(ATOM) not in allowed]
    for part, (least, most) in allowed.items():
        there = counts[f"{ATOM}{part}"]
        if there < least or (most is not None and there > most):
            found.append(f"{name} has {there} {part}")
    for child in element:
        found += _content(child)
    alternates = Counter((link.get("type"), link.get("hreflang")) for link in _alternate(element))
    return found + [f"{name} has two alternate links of the same kind" for times in alternates.values() if times > 1]


def _content(child: ET.Element) -> list[str]:
    """Faults of one child by its name."""
    name = child.tag.removeprefix(ATOM)
    text = child.text or ""
    odd = set(child.attrib) - _ATTRIBUTES.get(name, set()) - {LANG} - ({"type"} if name in _TEXTS else set())
    found = [f"{name} has an attribute {each}" for each in sorted(odd)]
    if name in {"updated", "published"} and not (_INSTANT.fullmatch(text) and _is_moment(text)):
        found.append(f"{name} is no moment: {text}")
    if name == "id" and not (_IRI.fullmatch(text) and urlsplit(text).netloc):
        found.append(f"id is no full address: {text}")
    if name == "link" and not _IRI.fullmatch(child.get("href", "")):
        found.append(f"a link leads to no full address: {child.get('href')}")
    if name == "category" and not child.get("term"):
        found.append("a category without a term")
    if name in {"author", "contributor"}:
        found += _element(child, _PERSON)
    if name in {"title", "summary", "name"} and not text.strip():
        found.append(f"{name} is empty")
    if name in _TEXTS and (len(child) or child.get("type", "text") not in {"text", "html"}):
        found.append(f"{name} is no text")
    return found


def _alternate(element: ET.Element) -> list[ET.Element]:
    return [link for link in element.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]


def _count(entries: Iterable[ET.Element], name: str) -> Iterable[tuple[str | None, int]]:
    return Counter(entry.findtext(f"{ATOM}{name}") for entry in entries).items()


def _is_moment(text: str) -> bool:
    try:
        return dt.datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def sitemap_faults(files: Mapping[str, bytes], most: int = 50_000, largest: int = 52_428_800) -> list[str]:
    """Where a sitemap (sitemap.xml, and its parts by their names) is not what sitemaps.org asks for."""
    if "sitemap.xml" not in files:
        return ["there is no sitemap.xml"]
    found = [f"{name} has {len(body)} bytes" for name, body in files.items() if len(body) > largest]
    try:
        roots = {name: ET.fromstring(body) for name, body in files.items()}
    except ET.ParseError as mistake:
        return [*found, f"it is not well formed: {mistake}"]
    seen: Counter[str] = Counter()
    for name, root in roots.items():
        index = name == "sitemap.xml" and len(files) > 1
        found += _sitemap(name, root, most, seen, *(("sitemapindex", "sitemap") if index else ("urlset", "url")))
    parts = set(files) - {"sitemap.xml"}
    named = {(loc.text or "").rpartition("/")[2] for loc in roots["sitemap.xml"].iter(f"{MAP}loc")}
    if parts and named != parts:
        found.append(f"the index names {sorted(named)}, and there are {sorted(parts)}")
    found += [f"{address} is there {times} times" for address, times in seen.items() if times > 1]
    if len({urlsplit(address).netloc for address in seen}) > 1:
        found.append("it names several hosts")
    return found


def _sitemap(name: str, root: ET.Element, most: int, seen: Counter[str], outer: str, inner: str) -> list[str]:
    if root.tag != f"{MAP}{outer}":
        return [f"{name} begins with {root.tag}"]
    found = [f"{name} has {len(root)} addresses"] if len(root) > most else []
    for entry in root:
        names = [child.tag.removeprefix(MAP) for child in entry]
        loc, changed = entry.findtext(f"{MAP}loc") or "", entry.findtext(f"{MAP}lastmod")
        if entry.tag != f"{MAP}{inner}" or names not in (["loc"], ["loc", "lastmod"]):
            found.append(f"{name} has an entry of {names}")
        if not _IRI.fullmatch(loc) or not urlsplit(loc).netloc or len(loc) > 2047 or not loc.isascii():
            found.append(f"{name} has no full address: {loc}")
        if changed is not None and not _is_day(changed):
            found.append(f"{name}: {loc} changed at no day: {changed}")
        seen[loc] += 1
    return found


def _is_day(text: str) -> bool:
    """Whether a text is a date or a moment of the W3C's profile of ISO 8601."""
    read: Callable[[str], object] = dt.date.fromisoformat if len(text) == 10 else dt.datetime.fromisoformat
    try:
        read(text)
    except ValueError:
        return False
    return len(text) == 10 or bool(_INSTANT.fullmatch(text))


def robots_faults(text: str, maps: Mapping[str, bytes]) -> list[str]:
    """Where robots.txt is not what RFC 9309 asks for, or keeps search engines from what the sitemap names."""
    found, rules = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        key, colon, value = (part.strip() for part in line.partition(":"))
        if line.strip() and (not colon or key.lower() not in {"user-agent", "allow", "disallow", "sitemap"}):
            found.append(f"line {number} is no rule: {line}")
        rules.append((key.lower(), value))
    if not rules or rules[0] != ("user-agent", "*"):
        found.append("it does not begin with rules for everybody")
    named = [value for key, value in rules if key == "sitemap"]
    if not any(key == "disallow" and value == "/" for key, value in rules):
        locs = [loc.text or "" for body in maps.values() for loc in ET.fromstring(body).iter(f"{MAP}loc")]
        hosts = {urlsplit(loc).netloc for loc in locs}
        if [urlsplit(address).netloc for address in named] != [*hosts] or not named[0].endswith("/sitemap.xml"):
            found.append(f"it names the sitemaps {named}")
    return found
