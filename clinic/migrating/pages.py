"""What becomes of every page of the earlier site: its new place, its header, its text with links that lead there."""

import datetime as dt
import posixpath
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from clinic.library.addresses import KEPT, address_of, key_of
from clinic.migrating.addresses import slugified
from clinic.migrating.files import files_of, note_addresses
from clinic.migrating.header import day_of
from clinic.migrating.kinds import clinical_kind, like_a_clinician, topic_of
from clinic.migrating.links import relinked
from clinic.migrating.listing import LISTING, SUMMARY, TITLE, list_aliases, list_body
from clinic.migrating.notes import Note
from clinic.migrating.site import OldPage, OldSite
from clinic.migrating.ways import Ways
from clinic.model.clinic import Clinic
from clinic.model.kinds import RESERVED, Kind
from clinic.source.names import suggestion

HELD = dt.timedelta(days=90)
"""How long an announcement stands whose last day nobody wrote down: the longest that `check` takes without a word."""

_PLAIN = re.compile(r"[^\W_](?:[\w ,.()/&+'\u2019-]*[\w.)])?")
_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|<[^>]*>|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?")
_SUMMARY = 300


@dataclass
class NewPage:
    """A page to be written. `old` is None for the list of earlier articles."""

    kind: Kind
    slug: str
    old: OldPage | None
    fields: dict[str, str | tuple[str, ...]] = field(default_factory=dict)
    body: str = ""

    @property
    def path(self) -> str:
        """Its file in the content folder."""
        return f"{self.kind.folder}/{self.slug}.md"

    @property
    def address(self) -> str:
        """Its address."""
        return (
            RESERVED.get(self.slug, self.kind.address(self.slug))
            if self.kind is Kind.PAGE
            else self.kind.address(self.slug)
        )

    @property
    def text(self) -> str:
        """The whole file."""
        return f"---\n{self.front}---\n\n{self.body}"

    @property
    def front(self) -> str:
        """The lines of its header, without those that open and close it."""
        rows = []
        for key, value in self.fields.items():
            if isinstance(value, str):
                rows.append(f"{key}: {_quoted(value)}")
            elif value:
                rows += [f"{key}:", *(f"  - {each}" for each in value)]
        return "\n".join(rows) + "\n"

    @property
    def body_line(self) -> int:
        """The line of the file on which its text begins."""
        return self.front.count("\n") + 4


@dataclass
class Moved:
    """Everything that is to be written, by its path in the content folder."""

    site: OldSite
    pages: list[NewPage]
    files: dict[str, bytes]
    brought: list[tuple[str, str]]
    """The old and the new path of every file."""
    notes: list[Note]
    refused: set[str] = field(default_factory=set)
    """Old addresses that can't be kept, in small letters: something else stands there."""


def move(site: OldSite, clinic: Clinic | None, taken: Collection[str], today: dt.date, content: Path) -> Moved:
    """Decides where everything goes, and writes headers and links.

    Args:
        site: the earlier site.
        clinic: that of the content folder, where it has one.
        taken: names of built pages that the content folder has already.
        today: the clinic's day.
        content: the content folder as it is.
    """
    files, paths = files_of(site, content)
    slugs: set[str] = set(taken)
    pages = [_page(site, old, clinic, slugs, today) for old in site.pages]
    moved = Moved(site, pages, files, [], site.notes)
    moved.brought += paths.items()
    moved.brought += [(page.old.path, page.path) for page in pages if page.old]
    _alias(pages)
    note_addresses(site, paths, _link(moved, paths))
    return moved


def _page(site: OldSite, old: OldPage, clinic: Clinic | None, slugs: set[str], today: dt.date) -> NewPage:
    category = slugified(old.category, site.conf, "CATEGORY_REGEX_SUBSTITUTIONS")
    tags = [slugified(tag, site.conf, "TAG_REGEX_SUBSTITUTIONS") for tag in old.tags]
    folders = posixpath.dirname(old.path).split("/")
    places = [*reversed(folders), category]
    kind = _kind(old, places)
    fields: dict[str, str | tuple[str, ...]] = {"title": " ".join(old.title.split())}
    page = NewPage(kind, _slug(old, kind, slugs), old, fields)
    _summary(old, fields)
    if not old.published:
        fields["status"] = "draft"
    if kind is Kind.ANNOUNCEMENT:
        _dated(site, old, fields, topic_of([category, *tags]), today)
    fields["aliases"] = ()
    if old.lang and old.lang.lower() != site.conf.text("DEFAULT_LANG").lower():
        if _LANGUAGE.fullmatch(old.lang):
            fields["lang"] = old.lang
        else:
            old.note("lang", f'"{old.lang}" is not the code of a language: left out.', "Write a code such as es.")
    if old.status == "hidden" and old.published:
        fields["noindex"] = "yes"
        old.note("status", "It was hidden from menus, so search engines are asked to leave it out: noindex: yes.")
    if kind.clinical:
        _clinical(old, fields, clinic, tags)
    _dropped(old, kind)
    return page


def _kind(old: OldPage, places: list[str]) -> Kind:
    """The kind of a page, with a note where that is not sure."""
    kind, why = clinical_kind(places, old.body)
    if kind is not None:
        if not any(why == f'"{place}"' for place in places):
            old.notes.append(Note(old.path, 0, f"It was taken for a {kind} by {why}.", "If it is none, move its file."))
        return kind
    if old.article:
        if old.date is not None and old.date.sure and old.date.read:
            return Kind.ANNOUNCEMENT
        said = old.said.get("date", "")
        two = f" ({old.date.read} or {old.date.other})" if old.date and old.date.other else ""
        what = f'The date "{said}" can\'t be read with certainty{two}' if said else "It has no date"
        do = "If it is news, move the file to announcements and add date:, expires: and topic: to its header."
        old.note("date", f"{what}, so this article is a page now.", do)
        return Kind.PAGE
    if like_a_clinician(places):
        old.notes.append(
            Note(
                old.path,
                0,
                "It seems to be about somebody of the clinic; it is a page now.",
                "See docs/editing.md, clinician.",
            )
        )
    return Kind.PAGE


def _slug(old: OldPage, kind: Kind, slugs: set[str]) -> str:
    """A name for the page's file, unlike all others: its old slug as far as that will do."""
    keys = [key_of(address) for address in old.addresses]
    if "index.html" in keys or "404.html" in keys:
        plain = "home" if "index.html" in keys else "not-found"
    else:
        plain = suggestion(old.slug or posixpath.basename(old.path).rpartition(".")[0], "")
    built = kind is Kind.PAGE and (
        plain in KEPT or plain in {"conditions", "procedures", "announcements", "clinicians"}
    )
    slug = f"earlier-{plain}" if built or (plain in RESERVED and plain in slugs) else plain
    number = 2
    while slug in slugs or slug == LISTING:
        slug = f"{plain}-{number}"
        number += 1
    if slug != plain:
        why = "is one that the site needs itself" if slug.startswith("earlier-") else "belongs to another page too"
        old.note("slug", f'It is called "{slug}" now, because the name "{plain}" {why}.')
    slugs.add(slug)
    return slug


def _summary(old: OldPage, fields: dict[str, str | tuple[str, ...]]) -> None:
    summary = " ".join(_MARKUP.sub(lambda found: found[1] or "", old.said.get("summary", "")).split())
    if len(summary) > _SUMMARY:
        do = f"It may have {_SUMMARY}: write one sentence. It was: {summary[:120]}…"
        old.note("summary", f"The summary has {len(summary)} letters: left out.", do)
    elif summary:
        fields["summary"] = summary
    if "{filename}" in old.said.get("summary", ""):
        old.note("summary", "The summary held links, of which only the words stay.")


def _dated(site: OldSite, old: OldPage, fields: dict[str, str | tuple[str, ...]], topic: str, today: dt.date) -> None:
    """The dates and the topic of an announcement."""
    day = old.date.read if old.date else None
    if day is None:  # `_kind` has seen to it
        return
    if day > today and old.published:
        if site.conf["WITH_FUTURE_DATES"]:
            fields["publish"] = today.isoformat()
            do = "If it should wait for that day, take out the line publish."
            old.note(
                "date", f"Its date, {day}, is still to come, but the earlier site showed it: so does this one.", do
            )
        else:
            if old.date and old.date.clock:
                fields["publish"] = f"{day} {old.date.clock}"
            old.note("date", f"Its date, {day}, is still to come: it goes public then.")
    fields["date"] = day.isoformat()
    end = "expires" if "expires" in old.said else "expiry"
    last = _last_day(old, end) if end in old.said else None
    if last is None or last < day:
        last = max(day, today if "publish" in fields else day) + HELD
        do = "Write the true last day to expires, or never with a reason; or move the file to pages."
        old.note(
            end, f"Nothing says until when this announcement holds: it ends on {last} now, and its page stays.", do
        )
    fields["expires"] = last.isoformat()
    fields["topic"] = topic or "general"
    if not topic:
        old.note(
            "category", "Its topic is general.", "Choose one: closure, hours, move, staff, service, billing, safety."
        )


def _last_day(old: OldPage, key: str) -> dt.date | None:
    """The last day that a header names, where it can be read in one way only."""
    found = day_of(old.said[key])
    return found.read if found.sure else None


def _clinical(old: OldPage, fields: dict[str, str | tuple[str, ...]], clinic: Clinic | None, tags: list[str]) -> None:
    """The author of a clinical page and the parts of the body, where the clinic knows them."""
    staff = {suggestion(person.name, ""): name for name, person in clinic.staff} if clinic else {}
    known = staff | {name: name for name in staff.values()}
    author = next((known[name] for each in old.authors if (name := suggestion(each, "")) in known), "")
    if author:
        fields["author"] = author
    elif old.authors:
        who = ", ".join(old.authors)
        do = "Add them to staff in clinic.yaml, or make their page, and write that name to author."
        old.note("author" if "author" in old.header.fields else "authors", f"The clinic knows no {who}: left out.", do)
    parts = tuple(tag for tag in tags if clinic and tag in dict(clinic.body_parts))
    if parts:
        fields["body_parts"] = parts


def _dropped(old: OldPage, kind: Kind) -> None:
    """Notes every field that has no place here."""
    placed = {"title", "date", "slug", "summary", "status", "lang", "save_as", "url", "category", "expires", "expiry"}
    if old.tags:
        do = f"The page {LISTING} lists it below them." if old.article and old.published else "They are left out."
        old.note("tags", f"Pages have no tags here: {', '.join(old.tags)}.", do)
    if "category" in old.header.fields and not (old.article and old.published):
        old.note("category", f"Pages have no category here: {old.category}.", "It is left out.")
    if not kind.clinical and old.authors and {"author", "authors"} & old.header.fields.keys():
        key = "author" if "author" in old.header.fields else "authors"
        old.note(key, f"Pages of this kind name no author: {', '.join(old.authors)}.")
    if old.date and kind is not Kind.ANNOUNCEMENT and old.date.sure:
        old.note("date", f"Pages of this kind have no date: {old.said['date']}.", "Patients see none.")
    for key in old.header.fields:
        value = old.header.text(key)
        if key in placed | {"tags", "author", "authors"} or not value:
            continue
        modified = _early(old, value) if key == "modified" else ""
        old.note(key, f'"{key}: {value[:120]}" has no place here: left out.{modified}')


def _early(old: OldPage, value: str) -> str:
    """A word on a day of change that lies before the day of the page itself."""
    changed = day_of(value).read
    first = old.date.read if old.date else None
    return " It lies before the page's own date." if changed and first and changed < first else ""


def list_page(moved: Moved, hidden: Collection[str]) -> NewPage | None:
    """The page of all earlier articles; None where the earlier site had none. `hidden` are paths that it can't name."""
    site = moved.site
    places = {page.old.path: page.path for page in moved.pages if page.old}
    if not any(old.article and old.published for old in site.pages):
        return None
    brought = [page for page in moved.pages if page.old]
    standing = {key_of(page.address).casefold() for page in brought} | {"index.html", "404.html"}
    standing |= {key_of(address).casefold() for address in moved.refused}
    standing |= {key_of(alias).casefold() for page in brought for alias in page.fields["aliases"]}
    made = NewPage(Kind.PAGE, LISTING, None, {"title": TITLE, "summary": SUMMARY})
    made.fields["aliases"] = list_aliases(site, standing)
    made.body = list_body(site, places, hidden)
    return made


def _alias(pages: list[NewPage]) -> None:
    """Writes the old addresses into the headers, each into that of the first page that had it."""
    held: dict[str, NewPage] = {}
    standing = {key_of(page.address) for page in pages}
    for page in pages:
        old = page.old
        if old is None:
            continue
        own = []
        for address in old.addresses:
            key = key_of(address).casefold()
            first = held.setdefault(key, page)
            if first is not page:
                other = first.old.path if first.old else first.path
                old.note("slug", f"Its old address {address} belongs to {other} too, which keeps it.")
            elif key not in standing:
                own.append(address_of(key_of(address)))
        page.fields["aliases"] = tuple(own)


def _link(moved: Moved, paths: Mapping[str, str]) -> dict[str, str]:
    """Writes the text of every page, its links led to the new files; says which files Pelican put beside a page."""
    brought = {page.old.path: page.path for page in moved.pages if page.old}
    ways = Ways(moved.site, brought, paths)
    for page in moved.pages:
        old = page.old
        if old is None:
            continue
        page.body, lost = relinked(old.body, ways.from_page(old))
        for at, link in lost:
            line = old.header.body_line + old.body.count("\n", 0, at)
            do = "Until it is mended, the page is held back."
            moved.notes.append(Note(old.path, line, f"The link {link} leads to no file that was brought in.", do))
    return ways.attached


def _quoted(text: str) -> str:
    """A value of a header that is read as this text."""
    if _PLAIN.fullmatch(text):
        return text
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"
