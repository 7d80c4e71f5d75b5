"""A site served from memory: every page made when it is first asked for, from one frozen state of all content."""

import functools
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from clinic.assets import STYLE
from clinic.build import HTML, Workshop, planned
from clinic.cache import Cache
from clinic.library.addresses import BUILT, key_of
from clinic.library.library import Item
from clinic.model.kinds import RESERVED
from clinic.render import Renderer
from clinic.staging import Wanted
from clinic.views.finding import ADDRESS as SEARCH
from clinic.views.site import Planned, item_view, planned_indexes, samples_of_indexes
from clinic.views.view import language_of, template_of

_MOST = 400
"""Pages that are remembered as they were last rendered."""


@dataclass(frozen=True)
class Served:
    """One file of the site. `body` are the bytes that `build` would write."""

    key: str
    body: bytes
    content_type: str
    source: str = ""
    """The content file that it was made from."""

    @property
    def digest(self) -> str:
        """What tells these bytes from others."""
        return hashlib.blake2b(self.body, digest_size=12).hexdigest()


class Renders:
    """Pages as they were last rendered, by their keys: a page whose view is the same is not rendered again."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[str, bytes]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str, fingerprint: str) -> bytes | None:
        """The page, where it was rendered from the same view."""
        with self._lock:
            found = self._kept.get(key)
        return found[1] if found and found[0] == fingerprint else None

    def last(self, key: str) -> bytes | None:
        """The page as it could last be rendered, from whatever view."""
        with self._lock:
            found = self._kept.get(key)
        return found[1] if found else None

    def put(self, key: str, fingerprint: str, body: bytes) -> None:
        """Remembers a page."""
        with self._lock:
            self._kept[key] = (fingerprint, body)
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)


class LiveSite:
    """All files of a site by key, none made before it is asked for. The same workshop gives the same bytes for ever."""

    def __init__(self, workshop: Workshop, renders: Renders) -> None:
        """`renders` is shared by the sites of a preview that follow each other."""
        self.workshop = workshop
        self._renders = renders
        self._lock = threading.RLock()
        self._lists = planned_indexes(workshop.maker)
        self._listed: dict[str, Planned] = {}

    @property
    def prefix(self) -> str:
        """The path of the site's address, without a slash at its end."""
        return self.workshop.maker.prefix

    @functools.cached_property
    def stylesheet(self) -> str:
        """The key of the stylesheet."""
        return self.workshop.assets.address(STYLE).removeprefix(f"{self.prefix}/")

    def served(self, key: str) -> Served | None:
        """The file under a key; None where the site has none.

        Raises:
            TemplateProblem: its template can't be used.
            OSError, OutputFault: a file can't be had.
        """
        asset = self._assets.get(key)
        if asset is not None:
            return Served(key, asset.body, asset.content_type)
        with self._lock:
            page = self._page(key)
            if page is not None:
                return Served(key, self._rendered(key, page.view), HTML, page.source)
            wanted = self._whole.get(key) if self._may_have(key) else None
        return None if wanted is None else Served(key, wanted.make().body, wanted.content_type, wanted.source)

    def asset(self, key: str) -> Served | None:
        """The file under a key, where it is no page that can be made alone.

        Raises:
            TemplateProblem: a template can't be used.
            OSError, OutputFault: the file can't be had.
        """
        return self.served(key) if key in self._assets or not key.endswith(".html") else None

    def has_page(self, key: str) -> bool:
        """Whether the site has a page under a key."""
        if self.item(key) is not None:
            return True
        with self._lock:
            return (self._page(key) is not None) or (self._may_have(key) and key in self._whole)

    def item(self, key: str) -> Item | None:
        """The document behind a page."""
        library, found = self.workshop.library, None
        for slug in library.ids_at.get(key, ()):
            item = library.items[slug]
            if library.shown(slug) and item.address not in self._taken and slug not in self.workshop.left_out:
                found = item
        return found

    def last(self, key: str) -> bytes | None:
        """A page as it could last be rendered."""
        return self._renders.last(key)

    def address_of_file(self, path: str) -> str:
        """The address of the page made from a content file, with the site's prefix; nothing where there is none."""
        document = self.workshop.library.by_path.get(path)
        item = self.workshop.library.items.get(document.id) if document is not None else None
        shown = item is not None and item.document is document and self.workshop.library.shown(item.id)
        return self.workshop.maker.href(item.address) if item is not None and shown else ""

    def keys(self) -> frozenset[str]:
        """Every key of the site."""
        with self._lock:
            return frozenset(self._whole)

    def _rendered(self, key: str, view: object) -> bytes:
        fingerprint = self.workshop.renderer.key(view)
        body = self._renders.get(key, fingerprint)
        if body is None:
            body = self.workshop.renderer.render(view)
            self._renders.put(key, fingerprint, body)
        return body

    def _page(self, key: str) -> Planned | None:
        """A page that needs no other page to be made: all but the search page, whose files tell of every page."""
        item = self.item(key)
        if item is not None:
            make = functools.partial(item_view, self.workshop.maker, item)
            return Planned(item.address, make, "page", item.document.path)
        return None if key.startswith("search/") else self._index(key)

    def _may_have(self, key: str) -> bool:
        """Whether a file that is no page made alone can be there: looking for it in all files takes a while."""
        if not key.endswith(".html"):
            return not key.startswith((".", "a/")) or key.startswith("a/search.")
        return key.startswith("search/") or key in self.workshop.library.aliases

    @functools.cached_property
    def _assets(self) -> Mapping[str, "_Asset"]:
        return {asset.key: _Asset(asset.body, asset.content_type) for asset in self.workshop.assets.files}

    @functools.cached_property
    def _taken(self) -> frozenset[str]:
        """Addresses at which no document's page is, whatever its name."""
        places = {f"/locations/{name}/" for name, _ in self.workshop.library.clinic.locations}
        # The search page is a document, but it is made with the files of the search.
        return frozenset({*({*BUILT} - {*RESERVED.values()}), *places, SEARCH})

    def _index(self, key: str) -> Planned | None:
        """A list or a location; the lists that come before it are made with it, those behind it are not."""
        while key not in self._listed:
            page = next(self._lists, None)
            if page is None:
                return None
            self._listed[key_of(page.address)] = page
        return self._listed[key]

    @functools.cached_property
    def _whole(self) -> Mapping[str, Wanted]:
        """Every file, as `build` plans it: a second or so for a thousand pages, so for what nothing else answers."""
        return {file.key: file for file in planned(self.workshop, Cache(None)).wanted}


def try_templates(workshop: Workshop, before: Renderer | None = None) -> None:
    """Renders a page of each sort, so that a template that fails only while it renders is known before it is used.

    Those that `before` could render from the same templates are not rendered again.

    Raises:
        TemplateProblem: one can't be rendered.
    """
    maker, renderer = workshop.maker, workshop.renderer
    samples = {(item.kind, item.state, item.document.header is None): item for item in workshop.library.items.values()}
    reserved = [item for slug, item in workshop.library.items.items() if slug in RESERVED]
    for item in (*samples.values(), *reserved):
        page = item_view(maker, item)
        if before is None or not renderer.as_before(before, template_of(page), language_of(page)):
            renderer.render(page)
    for template, make in samples_of_indexes(maker).items():
        if before is None or not renderer.as_before(before, template, maker.library.clinic.language):
            renderer.render(make())


@dataclass(frozen=True)
class _Asset:
    body: bytes
    content_type: str
