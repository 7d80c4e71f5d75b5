"""Where the pictures and downloads of the earlier site go."""

import posixpath
from collections.abc import Mapping
from pathlib import Path

from clinic.library.attachments import DOWNLOADS
from clinic.migrating.notes import Note
from clinic.migrating.site import OldSite
from clinic.source.names import suggestion
from clinic.source.places import ENDINGS, ending_of

_OUR_OWN = frozenset({"robots.txt", "favicon.ico", "cname", "ads.txt"})


def files_of(site: OldSite, content: Path) -> tuple[dict[str, bytes], dict[str, str]]:
    """The pictures and downloads by their new path, and the new path of each by its old one.

    One that the content folder holds already, under this name or one that differs in capitals, is not brought again.
    """
    standing = {
        each.relative_to(content).as_posix().lower(): each.relative_to(content).as_posix()
        for top in ("images", "files")
        for each in sorted((content / top).rglob("*"))
    }
    files: dict[str, bytes] = {}
    paths: dict[str, str] = {}
    seen: dict[str, bytes] = {}
    for path, data in site.files.items():
        ending = ending_of(path)
        own = posixpath.basename(path).lower() in _OUR_OWN
        top = "images" if ending in ENDINGS["images"] else "files" if ending in DOWNLOADS else ""
        if not top or own:
            what = "the generator makes its own" if own else "it is of no known sort"
            site.notes.append(Note(path, 0, f"This file was left out: {what}."))
            continue
        steps = [step for step in path.split("/") if step not in {"", "."}]
        inner = steps[1:] if len(steps) > 1 and steps[0].lower() in {top, "static", "extra"} else steps
        folders = [suggestion(step, "", slug=False) for step in inner[:-1]]
        stem = suggestion(inner[-1][: len(inner[-1]) - len(ending)], "", slug=False)
        new = "/".join([top, *folders, stem + inner[-1][-len(ending) :]])
        number = 2
        while seen.get(new.lower(), data) != data or _taken(content, standing.get(new.lower()), data):
            new = "/".join([top, *folders, f"{stem}-{number}{ending}"])
            number += 1
        seen[new.lower()] = data
        new = standing.get(new.lower(), new)
        new = next((each for each in files if each.lower() == new.lower()), new)
        files[new], paths[path] = data, new
        if posixpath.basename(new) != steps[-1]:
            site.notes.append(Note(path, 0, f"It is called {new} now: its name works on every computer and is free."))
    return files, paths


def _taken(content: Path, path: str | None, data: bytes) -> bool:
    """Whether another file has a name already."""
    return path is not None and not ((content / path).is_file() and (content / path).read_bytes() == data)


def note_addresses(site: OldSite, paths: Mapping[str, str], attached: Mapping[str, str]) -> None:
    """Notes of each file where it stood and where it stands now; `attached` stood beside a page."""
    for path, new in paths.items():
        said = site.conf["EXTRA_PATH_METADATA"].get(path, {})
        stood = attached.get(path) or (said.get("path", path) if isinstance(said, dict) else path)
        if new.startswith("images/") or stood != new:
            there = "at an address of its own" if new.startswith("images/") else f"at /{new}"
            do = "If other sites link to it, ask whoever runs the web server or CDN to redirect that address."
            site.notes.append(Note(path, 0, f"It stood at /{stood}; now it stands {there}.", do))
