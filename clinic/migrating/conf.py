"""The settings of the earlier site: pelicanconf.py read as text, never run; Pelican's own defaults for the rest.

The defaults are those of Pelican 4.12 (pelican/settings.py, DEFAULT_CONFIG), as far as addresses and headers go.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from clinic.migrating.notes import Note

DEFAULTS: dict[str, Any] = {
    "PATH": "",
    "ARTICLE_PATHS": [""],
    "ARTICLE_EXCLUDES": [],
    "PAGE_PATHS": ["pages"],
    "PAGE_EXCLUDES": [],
    "STATIC_PATHS": ["images"],
    "STATIC_EXCLUDES": [],
    "STATIC_URL": "{path}",
    "STATIC_SAVE_AS": "{path}",
    "EXTRA_PATH_METADATA": {},
    "FEED_ALL_ATOM": "feeds/all.atom.xml",
    "FEED_ALL_RSS": None,
    "FEED_ATOM": None,
    "FEED_RSS": None,
    "TRANSLATION_FEED_ATOM": "feeds/all-{lang}.atom.xml",
    "TRANSLATION_FEED_RSS": None,
    "CATEGORY_FEED_ATOM": "feeds/{slug}.atom.xml",
    "CATEGORY_FEED_RSS": None,
    "TAG_FEED_ATOM": None,
    "TAG_FEED_RSS": None,
    "AUTHOR_FEED_ATOM": "feeds/{slug}.atom.xml",
    "AUTHOR_FEED_RSS": "feeds/{slug}.rss.xml",
    "SITEURL": "",
    "AUTHOR": "",
    "USE_FOLDER_AS_CATEGORY": True,
    "DEFAULT_CATEGORY": "misc",
    "DEFAULT_METADATA": {},
    "DEFAULT_DATE": None,
    "DEFAULT_LANG": "en",
    "WITH_FUTURE_DATES": True,
    "INDEX_SAVE_AS": "index.html",
    "ARTICLE_URL": "{slug}.html",
    "ARTICLE_SAVE_AS": "{slug}.html",
    "ARTICLE_LANG_URL": "{slug}-{lang}.html",
    "ARTICLE_LANG_SAVE_AS": "{slug}-{lang}.html",
    "DRAFT_URL": "drafts/{slug}.html",
    "DRAFT_SAVE_AS": "drafts/{slug}.html",
    "DRAFT_LANG_URL": "drafts/{slug}-{lang}.html",
    "DRAFT_LANG_SAVE_AS": "drafts/{slug}-{lang}.html",
    "PAGE_URL": "pages/{slug}.html",
    "PAGE_SAVE_AS": "pages/{slug}.html",
    "PAGE_LANG_URL": "pages/{slug}-{lang}.html",
    "PAGE_LANG_SAVE_AS": "pages/{slug}-{lang}.html",
    "DRAFT_PAGE_URL": "drafts/pages/{slug}.html",
    "DRAFT_PAGE_SAVE_AS": "drafts/pages/{slug}.html",
    "DRAFT_PAGE_LANG_URL": "drafts/pages/{slug}-{lang}.html",
    "DRAFT_PAGE_LANG_SAVE_AS": "drafts/pages/{slug}-{lang}.html",
    "CATEGORY_URL": "category/{slug}.html",
    "CATEGORY_SAVE_AS": "category/{slug}.html",
    "TAG_URL": "tag/{slug}.html",
    "TAG_SAVE_AS": "tag/{slug}.html",
    "AUTHOR_URL": "author/{slug}.html",
    "AUTHOR_SAVE_AS": "author/{slug}.html",
    "YEAR_ARCHIVE_SAVE_AS": "",
    "MONTH_ARCHIVE_SAVE_AS": "",
    "DAY_ARCHIVE_SAVE_AS": "",
    "DIRECT_TEMPLATES": ["index", "tags", "categories", "authors", "archives"],
    "PAGINATED_TEMPLATES": {"index": None, "tag": None, "category": None, "author": None},
    "DEFAULT_PAGINATION": False,
    "DEFAULT_ORPHANS": 0,
    "PAGINATION_PATTERNS": [
        (1, "{name}{extension}", "{name}{extension}"),
        (2, "{name}{number}{extension}", "{name}{number}{extension}"),
    ],
    "FILENAME_METADATA": r"(?P<date>\d{4}-\d{2}-\d{2}).*",
    "PATH_METADATA": "",
    "SLUG_REGEX_SUBSTITUTIONS": [
        (r"[^\w\s-]", ""),
        (r"(?u)\A\s*", ""),
        (r"(?u)\s*\Z", ""),
        (r"[-\s]+", "-"),
    ],
    "SLUGIFY_SOURCE": "title",
    "SLUGIFY_USE_UNICODE": False,
    "SLUGIFY_PRESERVE_CASE": False,
    "IGNORE_FILES": ["**/.*"],
}
"""What Pelican does where its settings say nothing, for every setting that counts here."""

_SUBSTITUTIONS = ("CATEGORY_REGEX_SUBSTITUTIONS", "TAG_REGEX_SUBSTITUTIONS", "AUTHOR_REGEX_SUBSTITUTIONS")
_COUNTS = (*DEFAULTS, *_SUBSTITUTIONS, "ARTICLE_DIR", "PAGE_DIR", "PLUGINS", "READERS")


@dataclass(frozen=True)
class Conf:
    """The settings of a site, and what could not be read of them."""

    said: dict[str, Any]
    notes: tuple[Note, ...] = ()

    def __getitem__(self, name: str) -> Any:
        """A setting, as it was said or by default; the default too where it is of a sort that Pelican can't use."""
        default = DEFAULTS.get(name)
        value = self.said.get(name, default)
        if isinstance(default, list) and not isinstance(value, list | tuple):
            return default
        if isinstance(default, dict) and not isinstance(value, dict):
            return default
        return value

    def text(self, name: str) -> str:
        """A setting that is a text; empty where it is none, or is switched off."""
        value = self[name]
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """A setting that is a list of texts; other things in it are left out."""
        return tuple(each for each in self[name] if isinstance(each, str))


def read_conf(files: list[tuple[str, str]]) -> Conf:
    """The settings in these files, each with its name; what a later one says counts. Their code is never run."""
    said: dict[str, Any] = {}
    notes: list[Note] = []
    for path, text in files:
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            line = getattr(error, "lineno", 0) or 0
            notes.append(Note(path, line, "These settings can't be read.", _LOOK))
            continue
        for node in tree.body:
            for name, value in _assigned(node):
                if name not in _COUNTS:
                    continue
                try:
                    said[name] = ast.literal_eval(value) if value is not None else _fail()
                except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
                    said.pop(name, None)
                    what = f"{name} is worked out by code here, which is not run, so Pelican's own default was taken."
                    notes.append(Note(path, node.lineno, what, _LOOK))
        if "PLUGINS" in said and said.pop("PLUGINS"):
            notes.append(Note(path, 0, "This site used plugins. What they added to pages is not brought in.", _LOOK))
    return Conf(said, tuple(notes))


_LOOK = "Compare a few old addresses with the new site, and add what is missing to aliases in the pages' headers."


def _fail() -> object:
    raise ValueError


def _assigned(node: ast.stmt) -> Iterator[tuple[str, ast.expr | None]]:
    """The names that a statement sets, with their values; None for a value that depends on what code does."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            if isinstance(target, ast.Name):
                yield target.id, node.value
            elif isinstance(target, ast.Tuple):
                yield from ((each.id, None) for each in target.elts if isinstance(each, ast.Name))
            elif isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
                yield target.value.id, None
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield node.target.id, node.value
    elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        yield node.target.id, None
    elif isinstance(node, ast.If | ast.Try | ast.For | ast.While | ast.With):
        inner = [each for each in ast.walk(node) if isinstance(each, ast.Assign | ast.AugAssign | ast.AnnAssign)]
        for each in inner:
            yield from ((name, None) for name, _ in _assigned(each))
