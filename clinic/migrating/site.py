"""The earlier site as it is on the disk: its settings, every file of its content folder, every page with its header."""

import datetime as dt
import fnmatch
import os
import posixpath
import re
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clinic.library import downloads, pictures
from clinic.migrating.addresses import Known, addresses, slugified
from clinic.migrating.conf import Conf, read_conf
from clinic.migrating.header import Day, OldHeader, day_of, read_header
from clinic.migrating.notes import Note
from clinic.privacy import masked_path
from clinic.problems import Problem
from clinic.source.names import is_ignored, shown
from clinic.source.opening import Private, read_guarded
from clinic.source.places import ending_of
from clinic.source.private import private_name

_CONF = ("pelicanconf.py", "publishconf.py")
_MARKDOWN = frozenset({".md", ".markdown", ".mkd", ".mdown"})
_OTHER_PAGES = frozenset({".rst", ".html", ".htm", ".adoc", ".asciidoc", ".org", ".txt", ".docx", ".ipynb"})
_STATUSES = frozenset({"published", "draft", "hidden", "skip"})
_LARGEST = max(pictures.LARGEST, downloads.LARGEST)
_HEADING = re.compile(r"^#[ \t]+(?P<words>[^\n]{1,300}?)[ \t#]{0,20}$", re.MULTILINE)


@dataclass
class OldPage:
    """A page of the earlier site."""

    path: str
    article: bool
    header: OldHeader
    said: dict[str, str]
    """Its fields by key: those of its header, and those that its path and the settings give it."""
    title: str
    slug: str
    status: str
    published: bool
    """Whether Pelican showed it to the public."""
    date: Day | None
    lang: str
    category: str
    tags: tuple[str, ...]
    authors: tuple[str, ...]
    addresses: tuple[str, ...]
    notes: list[Note] = field(default_factory=list)

    @property
    def body(self) -> str:
        """Its text."""
        return self.header.body

    def note(self, key: str, says: str, do: str = "") -> None:
        """Notes something about a field, at its line."""
        self.notes.append(Note(self.path, self.header.line(key), says, do))


@dataclass
class OldSite:
    """All that was found. `files` are those that Pelican copied as they are, by path, with their bytes."""

    root: Path
    conf: Conf
    pages: list[OldPage] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    """Pages that could not be brought in, by their masked paths."""


class NoSiteError(Exception):
    """There is no earlier site in the folder. Its text is one sentence."""


def read_site(folder: Path) -> OldSite:
    """The earlier site in a folder: that of its pelicanconf.py, or its content folder itself.

    Raises:
        NoSiteError: there is none.
    """
    if not folder.is_dir():
        raise NoSiteError(f"There is no folder {folder}. Give the one that holds pelicanconf.py of the earlier site.")
    home = folder if (folder / _CONF[0]).is_file() else folder.parent
    texts, notes = [], []
    for name in _CONF:
        if (home / name).is_file():
            data = read_guarded(home, name)
            if isinstance(data, bytes):
                texts.append((name, data.decode("utf-8", "replace")))
            else:
                notes.append(Note(name, 0, "These settings can't be read, so Pelican's own defaults were taken."))
    if not texts:
        notes.append(Note(_CONF[0], 0, "There is no such file: Pelican's own addresses were taken."))
    conf = read_conf(texts)
    root = folder
    if home == folder and texts:
        root = _root(folder, conf.text("PATH"), notes)
    site = OldSite(root, conf, notes=[*notes, *conf.notes])
    for path in _walked(site, root, ""):
        _take(site, path)
    if not site.pages and not site.left_out:
        raise NoSiteError(f"There are no Markdown files in {root}. Give the folder that holds pelicanconf.py.")
    return site


def _root(folder: Path, path: str, notes: list[Note]) -> Path:
    """The content folder that the settings name: never one outside of the folder that was given."""
    if path and (folder / path).is_dir():
        if (folder / path).resolve().is_relative_to(folder.resolve()):
            return folder / path
        notes.append(Note(_CONF[0], 0, f"PATH leads out of this folder ({path}).", "Copy the pages into it first."))
    return folder / "content" if (folder / "content").is_dir() else folder


def _walked(site: OldSite, folder: Path, below: str) -> Iterator[str]:
    """The plain files of a folder, sorted; what is none is noted. No link is followed."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        name = masked_path(shown(below.rstrip("/")))
        site.notes.append(Note(name, 0, "This folder can't be opened: left out with all that is in it."))
        site.left_out.append(name)
        return
    for entry in entries:
        path = f"{below}{entry.name}"
        mode = entry.stat(follow_symlinks=False).st_mode
        if is_ignored(entry.name, folder=stat.S_ISDIR(mode)) or entry.name.startswith("."):
            continue
        if private_name(path, "file"):
            name = masked_path(path)
            site.notes.append(
                Note(name, 0, "Its name seems to hold a patient's details: left out.", "Rename it first.")
            )
            site.left_out.append(name)
        elif stat.S_ISDIR(mode):
            if entry.name not in {"output", "__pycache__", "cache"} or below:
                yield from _walked(site, Path(entry.path), f"{path}/")
        elif stat.S_ISREG(mode):
            yield path
        else:
            what = "a link" if stat.S_ISLNK(mode) else "no plain file"
            site.notes.append(
                Note(shown(path), 0, f"This is {what}: left out.", "Put a copy of the file itself there.")
            )


def _take(site: OldSite, path: str) -> None:
    """Reads one file, if it belongs to the site at all."""
    sort = _sort(site.conf, path)
    ending = ending_of(path)
    name = shown(path)
    if sort == "static" and ending not in _MARKDOWN:
        if (data := _bytes(site, path, page=False)) is not None:
            site.files[path] = data
    elif ending in _MARKDOWN and sort in {"article", "page"}:
        if (data := _bytes(site, path, page=True)) is not None:
            _page(site, path, data, article=sort == "article")
    elif ending in _OTHER_PAGES and sort in {"article", "page"}:
        site.notes.append(Note(name, 0, f"This is no Markdown ({ending}): left out.", "Copy its text into a new page."))
        site.left_out.append(name)
    elif path not in _CONF and ending not in {".py", ".pyc"}:
        site.notes.append(
            Note(name, 0, "Pelican made nothing of this file: left out.", "Bring it in by hand if it is needed.")
        )


def _sort(conf: Conf, path: str) -> str:
    """What Pelican takes a file for: page, article, static or nothing."""

    def within(folders: tuple[str, ...]) -> bool:
        plain = (each.strip("/") for each in folders)
        return any(each in {"", "."} or path == each or path.startswith(f"{each}/") for each in plain)

    if any(fnmatch.fnmatch(posixpath.basename(path), each) for each in conf.texts("IGNORE_FILES") if "/" not in each):
        return ""
    source = ending_of(path) in _MARKDOWN or ending_of(path) in {".rst", ".html", ".htm"}
    if within(conf.texts("STATIC_PATHS")) and not within_or_none(conf, "STATIC_EXCLUDES", path) and not source:
        return "static"
    if within(conf.texts("PAGE_PATHS")) and not within_or_none(conf, "PAGE_EXCLUDES", path):
        return "page"
    if within(conf.texts("ARTICLE_PATHS")) and not within_or_none(conf, "ARTICLE_EXCLUDES", path):
        return "article"
    return ""


def within_or_none(conf: Conf, name: str, path: str) -> bool:
    """Whether a path lies in one of the folders that a setting names."""
    return any(path == each or path.startswith(f"{each.strip('/')}/") for each in conf.texts(name) if each)


def _bytes(site: OldSite, path: str, *, page: bool) -> bytes | None:
    """What a file holds; None where it is left out, which is noted. Nothing that seems a patient's goes further."""
    data = read_guarded(site.root, path) if page else read_guarded(site.root, path, _LARGEST)
    name = masked_path(shown(path))
    if isinstance(data, Private):
        for problem in data.problems:
            site.notes.append(Note(name, problem.span.line, f"{problem.message} The file is left out.", problem.hint))
        site.left_out.append(name)
        return None
    if isinstance(data, Problem):
        site.notes.append(Note(name, 0, f"{data.message} The file is left out.", data.hint))
        site.left_out.append(name)
        return None
    if page and (b"\0" in data or not data.strip()):
        site.notes.append(
            Note(name, 0, "There is no text in this file that can be read: left out.", "Save it as UTF-8.")
        )
        site.left_out.append(name)
        return None
    return data


def _text(data: bytes) -> tuple[str, bool]:
    """A file's text with LF line ends, and whether it was UTF-8."""
    try:
        text, plain = data.decode("utf-8-sig"), True
    except UnicodeDecodeError:
        text, plain = data.decode("cp1252", "replace"), False
    return text.replace("\r\n", "\n").replace("\r", "\n"), plain


def _page(site: OldSite, path: str, data: bytes, *, article: bool) -> None:
    """Adds a page, with all that is odd about its header."""
    conf = site.conf
    text, plain = _text(data)
    header = read_header(text)
    said = _from_path(conf, path) | {key: header.text(key) for key in header.fields if header.text(key)}
    title = said.get("title", "")
    date = day_of(said["date"]) if said.get("date") else None
    status = said.get("status", "published").lower() if "status" in header.seen or "status" not in header.fields else ""
    status = status or "published"
    given = header.seen | _from_path(conf, path).keys()
    reasons = [] if plain else [(0, _NOT_UTF8)]
    reasons += _unseen(path, header, status, given | ({"date"} if not article or conf["DEFAULT_DATE"] else set()))
    lang = said.get("lang", conf.text("DEFAULT_LANG")).strip()
    page = OldPage(
        path=path,
        article=article,
        header=header,
        said=said,
        title=title or _title(header.body, path),
        slug="",
        status=status,
        published=not reasons,
        date=date,
        lang=lang,
        category=said.get("category", ""),
        tags=_listed(said.get("tags", "")),
        authors=_listed(said.get("authors", said.get("author", conf.text("AUTHOR")))),
        addresses=(),
    )
    page.slug = said.get("slug", "").strip() or _slug(conf, page)
    for line, why in (*header.lost, *reasons):
        page.notes.append(Note(path, line, f"{why[:1].upper()}{why[1:]}."))
    if reasons:
        do = "It is a draft now. If patients should see it, take out the line status: draft and look at it."
        page.notes.append(Note(path, 0, "The earlier site did not show this page.", do))
    twice = [(line, key) for line, key in header.twice if key not in {"tags", "authors"}]
    page.notes += [Note(path, line, f'"{key}" stands twice.', "The first was taken.") for line, key in twice]
    _addressed(conf, page)
    site.pages.append(page)


_NOT_UTF8 = "this file is not saved as UTF-8; it was read as Windows text, so look at its special letters"


def _unseen(path: str, header: OldHeader, status: str, given: Collection[str]) -> list[tuple[int, str]]:
    """Why Pelican did not show a page, each with a line, by the fields that it saw; nothing for one that it showed."""
    found: list[tuple[int, str]] = []
    if not path.endswith(tuple(_MARKDOWN)):
        found.append((0, "its ending is in capitals, which Pelican passes over"))
    if "title" not in given:
        found.append((header.line("title"), "Pelican saw no title"))
    if "date" not in given:
        found.append((header.line("date"), "it has no date, so Pelican passed it over"))
    if status not in _STATUSES:
        found.append((header.line("status"), f'there is no status "{status}"'))
    elif status in {"draft", "skip"}:
        found.append((header.line("status"), f"its status is {status}"))
    return found


def _title(body: str, path: str) -> str:
    found = _HEADING.search(body)
    return found["words"] if found else posixpath.basename(path).rpartition(".")[0].replace("-", " ").capitalize()


def _listed(text: str) -> tuple[str, ...]:
    """Names with commas, or with semicolons where there is one, between them."""
    parts = text.split(";" if ";" in text else ",")
    return tuple(dict.fromkeys(each.strip() for each in parts if each.strip()))


def _slug(conf: Conf, page: OldPage) -> str:
    base = posixpath.basename(page.path).rpartition(".")[0]
    return slugified(base if conf["SLUGIFY_SOURCE"] == "basename" else page.title, conf)


def _from_path(conf: Conf, path: str) -> dict[str, str]:
    """What the settings say of a file by its path."""
    said: dict[str, Any] = {str(key).lower(): value for key, value in conf["DEFAULT_METADATA"].items()}
    if conf.text("CATEGORY_SAVE_AS"):
        said.setdefault("category", conf.text("DEFAULT_CATEGORY"))
    for each, fields in sorted(conf["EXTRA_PATH_METADATA"].items(), key=lambda pair: str(pair[0])):
        if isinstance(fields, dict) and (path == each or path.startswith(f"{str(each).rstrip('/')}/")):
            said |= {str(key).lower(): value for key, value in fields.items()}
    folder, base = posixpath.split(path)
    own: dict[str, str] = {}
    checks = [(conf.text("FILENAME_METADATA"), base.rpartition(".")[0]), (conf.text("PATH_METADATA"), path)]
    if conf["USE_FOLDER_AS_CATEGORY"] and conf.text("CATEGORY_SAVE_AS"):
        checks.append((r"(?P<category>.*)", posixpath.basename(folder)))
    for pattern, text in checks:
        try:
            found = re.match(pattern, text) if pattern and text else None
        except re.error:
            continue
        for key, value in found.groupdict().items() if found else ():
            if value is not None:
                own.setdefault(key.lower(), value)
    return {key: str(value) for key, value in (said | own).items()}


def _addressed(conf: Conf, page: OldPage) -> None:
    """Works out at which addresses a page stood."""
    sort = ("ARTICLE" if page.article else "PAGE") if page.status != "draft" else "DRAFT"
    sort = "DRAFT_PAGE" if sort == "DRAFT" and not page.article else sort
    read = page.date.read if page.date else None
    moment = dt.datetime.combine(read, dt.time()) if read else None
    known = Known(
        page.slug,
        page.lang,
        moment,
        slugified(page.category, conf, "CATEGORY_REGEX_SUBSTITUTIONS"),
        slugified(page.authors[0], conf, "AUTHOR_REGEX_SUBSTITUTIONS") if page.authors else "",
        posixpath.splitext(page.path)[0],
        {key: value for key, value in page.said.items() if key.isidentifier()},
    )
    found, whole = addresses(conf, known, sort, save_as=page.said.get("save_as", ""), url=page.said.get("url", ""))
    page.addresses = found if page.published or page.status == "draft" else ()
    if page.published and not whole:
        page.note(
            "date",
            "Its old address can't be worked out, because it holds something that the file does not say.",
            "Look it up on the earlier site and add it to aliases in the header.",
        )
