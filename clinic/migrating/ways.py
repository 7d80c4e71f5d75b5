"""Where the links of earlier pages lead now."""

import posixpath
from collections.abc import Mapping

from clinic.library.addresses import key_of
from clinic.migrating.addresses import slugified
from clinic.migrating.links import Resolve, between, parted, source_of
from clinic.migrating.listing import LISTING, anchor_of, grouped
from clinic.migrating.site import OldPage, OldSite

_HOME = "pages/home.md"


class Ways:
    """The new places of everything that a link of the earlier site can name."""

    def __init__(self, site: OldSite, pages: Mapping[str, str], files: Mapping[str, str]) -> None:
        """`pages` and `files` are the new paths by the old ones."""
        self._conf = site.conf
        self._new = {**files, **pages}
        self._files = files
        self._stood = {**files}
        for page in site.pages:
            self._stood |= {key_of(address): pages[page.path] for address in page.addresses}
        self._groups = {f"{group} {slug}" for group, members in grouped(site).items() for slug in members}
        self._host = site.conf.text("SITEURL").rstrip("/")
        self.attached: dict[str, str] = {}
        """Where files stood that Pelican put beside the first page that attached them."""

    def from_page(self, old: OldPage) -> Resolve:
        """What to write for the links of one page."""

        def resolve(what: str, value: str) -> str | None:
            path, rest = parted(value)
            target, anchor = self._target(old, what, path)
            if target is None:
                return None
            rest = anchor or rest
            if target == self._new[old.path] and rest.startswith("#"):
                return rest
            return between(self._new[old.path], target) + rest

        return resolve

    def _target(self, old: OldPage, what: str, path: str) -> tuple[str | None, str]:
        """The new file that a link leads to, and the place on it where that is another."""
        if what in {"filename", "static", "attach"}:
            source = source_of(path, old.path)
            if what == "attach" and source in self._files and old.addresses:
                beside = posixpath.dirname(key_of(old.addresses[0]))
                self.attached.setdefault(source, posixpath.join(beside, posixpath.basename(source)))
            return self._new.get(source), ""
        if what == "index":
            return _HOME, ""
        if what:
            group = f"{what} {slugified(path, self._conf, f'{what.upper()}_REGEX_SUBSTITUTIONS')}"
            return f"pages/{LISTING}.md", f"#{anchor_of(group)}" if group in self._groups else ""
        if self._host and path.startswith(f"{self._host}/"):
            path = path.removeprefix(self._host)
        return (self._stood.get(key_of(path)) if path.startswith("/") else None), ""
