"""From all content to an output: the middle of the line, with effects only at its two ends."""

import dataclasses
import functools
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from markupsafe import Markup

from clinic.assets import CONTENT_TYPES, SCRIPT, Asset, BuiltAssets, build_assets
from clinic.cache import Cache
from clinic.faces import Faces
from clinic.interface import interface
from clinic.library.addresses import key_of
from clinic.library.attachments import DOWNLOADS
from clinic.library.audience import Audience
from clinic.library.fingerprints import recall_fingerprints
from clinic.library.library import Library
from clinic.manifest import ASSET_CACHE, PAGE_CACHE, Role
from clinic.output import Output, Written
from clinic.problems import Problem
from clinic.projections.branding import FALLBACK, Brand, brand
from clinic.projections.feed import feed
from clinic.projections.pictures import Pictures, PublishedPicture, publish_pictures, shown_by
from clinic.projections.record import build_record
from clinic.projections.search import SearchFile, search_files
from clinic.projections.sitemap import robots, sitemaps
from clinic.prose.highlight import stylesheet
from clinic.render import Renderer, cards_of, links_of
from clinic.revised import keys_replaced
from clinic.salt import salt, shown_versions
from clinic.staging import Made, Renders, Wanted
from clinic.views.frame import Assets
from clinic.views.framing import OTHER_PAGES, built_titles
from clinic.views.indexes import Finder
from clinic.views.maker import Maker
from clinic.views.pictures import logo_html
from clinic.views.site import Planned, planned_redirects

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Site:
    """A site ready to be written: every file that it wants, and what is known of it."""

    library: Library
    maker: Maker
    wanted: tuple[Wanted, ...]
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Its public address."""
        return self.maker.url


class Kit:
    """What is made of a theme alone, as the theme is when it is first asked for: builds that come again share it."""

    def __init__(self, theme: Path, cache: Cache | None = None) -> None:
        """Reads the templates below `theme`; a cache remembers what they name.

        Raises:
            TemplateProblem: a template is not UTF-8.
            OSError: a template can't be read.
        """
        self.theme = theme
        self._cache = cache
        self.interfaces = functools.cache(lambda lang: interface(lang, theme / "locale", cache))
        self.renderer = Renderer(theme, self.interfaces, salt(), cache)
        self._assets: tuple[object, BuiltAssets] | None = None

    def assets(self, *, accent: str, prefix: str, site: str, extra: Mapping[str, bytes]) -> BuiltAssets:
        """The theme's static files with the clinic's colour and pictures; it raises what `build_assets` raises."""
        asked = (accent, prefix, site, dict(extra))
        if self._assets is None or self._assets[0] != asked:
            made = build_assets(
                self.theme / "static",
                accent=accent,
                prefix=prefix,
                site=site,
                code_css=stylesheet(),
                extra=extra,
                cache=self._cache,
            )
            self._assets = (asked, made)
        return self._assets[1]


@dataclass(frozen=True)
class Workshop:
    """All that the files of one site are made with."""

    maker: Maker
    renderer: Renderer
    content: Path
    assets: BuiltAssets
    pictures: Pictures
    brand: Brand
    left_out: frozenset[str]

    @property
    def library(self) -> Library:
        """The content."""
        return self.maker.library


def plan_site(
    library: Library,
    *,
    theme: Path,
    content: Path,
    cache: Cache,
    url: str | None = None,
    problems: Mapping[str, tuple[Problem, ...]] | None = None,
    left_out: Iterable[str] = (),
) -> Site:
    """Every file of a site, none of them made yet.

    Args:
        library: the content.
        theme: its templates, static files and catalogues.
        content: where pictures and downloads are read from.
        cache: remembers renditions of pictures.
        url: the site's address where it is not the clinic's own.
        problems: for editors, the problems of each file.
        left_out: ids of pages that are held back: they are linked to, but not built.

    Raises:
        AssetProblem, CatalogueProblem, TemplateProblem: the theme can't be used.
        OSError: a file can't be read.
    """
    workshop = equip(
        library, Kit(theme, cache), content=content, cache=cache, url=url, problems=problems or {}, left_out=left_out
    )
    return planned(workshop, cache)


def equip(
    library: Library,
    kit: Kit,
    *,
    content: Path,
    cache: Cache,
    url: str | None,
    problems: Mapping[str, tuple[Problem, ...]],
    left_out: Iterable[str] = (),
) -> Workshop:
    """What the files of a site are made with; pictures are made here. Arguments and errors are those of `plan_site`."""
    address = (url or library.clinic.url).rstrip("/") + "/"
    parts = urlsplit(address)
    prefix = parts.path.rstrip("/")
    left_out = frozenset(left_out)
    pictures = publish_pictures(library, content, cache, left_out)
    titles = built_titles(kit.interfaces(library.clinic.language))
    kinds = {OTHER_PAGES: "", **{name: title for name, title in titles.items() if name != "search"}}
    shown = brand(library, static=kit.theme / "static", content=content, cache=cache, kinds=kinds)
    assets = kit.assets(
        accent=library.clinic.accent,
        prefix=f"{prefix}/",
        site=f"{parts.scheme}://{parts.netloc}",
        extra=shown.assets,
    )
    if library.audience is Audience.EDITORS:
        recall_fingerprints(library.material.documents, library.lists.headings, cache)
    maker = Maker(
        library=library,
        interfaces=kit.interfaces,
        url=address,
        assets=Assets(
            stylesheet=assets.address("style.css"),
            icon=assets.address("tab-icon.png" if "tab-icon.png" in shown.assets else "icon.svg"),
            touch_icon=assets.address("touch-icon.png"),
            logo=logo_html(pictures.logo, href=lambda key: f"{prefix}/{key}") if pictures.logo else Markup(""),
            logo_file=f"{prefix}/{pictures.logo.kinds[-1].sizes[-1][2]}" if pictures.logo else "",
        ),
        pictures=pictures.shown,
        cards={kind: assets.address(f"card-{kind}.png") for kind in kinds},
        problems=problems,
    )
    return Workshop(maker, kit.renderer, content, assets, pictures, shown, left_out)


def fitted(workshop: Workshop, library: Library, problems: Mapping[str, tuple[Problem, ...]]) -> Workshop | None:
    """The workshop for content in which only documents changed, none of which shows other pictures; None for any other.

    The theme, the address and what is left out are those that it was equipped with.
    """
    before = workshop.library
    if before.clinic is not library.clinic or before.pictures != library.pictures:
        return None
    if before.audience is not library.audience:
        return None
    for slug in keys_replaced(before.items, library.items):
        was, item = before.items.get(slug), library.items.get(slug)
        if was is None or item is None or before.shown(slug) != library.shown(slug):
            return None
        if shown_by(before, was) != shown_by(library, item):
            return None
    return dataclasses.replace(workshop, maker=dataclasses.replace(workshop.maker, library=library, problems=problems))


def planned(workshop: Workshop, cache: Cache) -> Site:
    """Every file of the site that a workshop was equipped for, none of them made yet.

    `cache` remembers what pages showed of themselves.

    Raises:
        TemplateProblem: a template can't be used.
    """
    library, maker, renderer, left_out = workshop.library, workshop.maker, workshop.renderer, workshop.left_out
    faces = Faces(maker, cache)
    items = faces.items()
    finder: Finder | None = None
    found: tuple[SearchFile, ...] = ()
    if SCRIPT in workshop.assets.addresses:
        finder, found = search_files(maker, items, workshop.assets.address(SCRIPT), left_out=left_out)
    indexes = faces.indexes(finder)
    faces.note()
    pages = [page for page in items if not _left_out(library, page, left_out)] + indexes
    wanted = [
        *_asset_files(workshop.assets.files),
        *_picture_files(workshop.pictures.files),
        *_downloads(library, workshop.content),
    ]
    wanted += _search_files(found)
    if not maker.prefix:
        wanted.append(_fixed(FALLBACK, workshop.brand.fallback, "image/x-icon", role="projection", title=FALLBACK))
    wanted += [_page_file(page, key_of(page.address), renderer, maker.url) for page in pages]
    wanted += [
        _page_file(page, key, renderer, maker.url)
        for key, page in planned_redirects(maker)
        if not _left_out(library, page, left_out)
    ]
    wanted += _projections(maker, [*items, *indexes])  # what is held back is live as it was, and stays in the sitemap
    counts = {
        "files": len(library.material.documents),
        "pages": len(pages),
        "redirects": sum(file.role == "redirect" for file in wanted),
        "pictures": len(workshop.pictures.shown),
    }
    return Site(library, maker, tuple(sorted(wanted, key=lambda file: file.key)), counts)


def write_site(site: Site, output: Output, *, anew: bool = False, kept: Cache | None = None) -> Written:
    """Makes an output hold exactly the site, touching only what differs. Call it while the output is held.

    Args:
        site: the site.
        output: the output.
        anew: render everything.
        kept: a cache that keeps what is rendered, for when the output is gone: in CI it is at every run.

    Raises:
        OutputFault: the machine failed; what was there before is whole.
        TemplateProblem: a template can't be rendered; nothing was changed.
    """

    def record(digest: str) -> bytes:
        return build_record(site.library, site.url, digest, shown_versions(), site.counts)

    renders = Renders(kept, site.url) if kept is not None else None
    return output.write(site.wanted, site=site.url, build=record, anew=anew, renders=renders)


def _left_out(library: Library, page: Planned, left_out: frozenset[str]) -> bool:
    document = library.by_path.get(page.source)
    return document is not None and document.id in left_out


def _page_file(page: Planned, key: str, renderer: Renderer, site: str) -> Wanted:
    parts = urlsplit(site)

    def make() -> Made:
        body = renderer.render(page.make())
        addresses = [each.removeprefix(f"{parts.scheme}://{parts.netloc}") for each in cards_of(body)]
        return Made(body, *_named([*links_of(body), *addresses], key, parts.path.rstrip("/")))

    return Wanted(
        key=key,
        fingerprint=renderer.key_of(page.face.template, page.face.lang, page.face.digest),
        content_type=HTML,
        cache_control=PAGE_CACHE,
        role=page.role,
        make=make,
        source=page.source,
        title=page.title,
        front=page.front,
    )


def _named(addresses: Iterable[str], own: str, prefix: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys that a page links to, and those that it shows: addresses of the site, without fragments."""
    links: set[str] = set()
    assets: set[str] = set()
    for address in addresses:
        key = _key_named(address, prefix)
        if key is not None and key != own:
            (assets if key.startswith(("a/", "images/")) else links).add(key)
    return tuple(sorted(links)), tuple(sorted(assets))


@functools.lru_cache(maxsize=1 << 16)
def _key_named(address: str, prefix: str) -> str | None:
    """The key that an address of the site leads to; None elsewhere. Pages have most of their addresses in common."""
    if not address.startswith(prefix + "/") or address.startswith("//"):
        return None
    return key_of(unquote(urlsplit(address).path).removeprefix(prefix))


def _fixed(
    key: str, body: bytes, content_type: str, *, role: Role, title: str = "", links: Iterable[str] = ()
) -> Wanted:
    """A file whose bytes are at hand."""
    named = tuple(links)
    return Wanted(
        key=key,
        fingerprint=hashlib.blake2b(body, digest_size=16).hexdigest(),
        content_type=content_type,
        cache_control=ASSET_CACHE if role == "asset" else PAGE_CACHE,
        role=role,
        make=lambda: Made(body, links=named),
        title=title,
    )


def _projections(maker: Maker, pages: list[Planned]) -> Iterator[Wanted]:
    words = maker.words()
    yield _fixed(
        "feed.xml", feed(maker), "application/atom+xml; charset=utf-8", role="projection", title=words.gettext("Feed")
    )
    for key, body in sitemaps(maker, pages).items():
        yield _fixed(key, body, "application/xml; charset=utf-8", role="projection", title=key)
    yield _fixed("robots.txt", robots(maker), "text/plain; charset=utf-8", role="projection", title="robots.txt")


def _asset_files(files: Iterable[Asset]) -> Iterator[Wanted]:
    for asset in files:
        yield _fixed(asset.key, asset.body, asset.content_type, role="asset")


def _search_files(files: Iterable[SearchFile]) -> Iterator[Wanted]:
    for file in files:
        yield _fixed(file.key, file.body, CONTENT_TYPES[".json"], role="asset", links=file.links)


def _picture_files(published: Iterable[PublishedPicture]) -> Iterator[Wanted]:
    for picture in published:

        def make(picture: PublishedPicture = picture) -> Made:
            return Made(picture.body())

        yield Wanted(picture.key, picture.sha256, picture.content_type, ASSET_CACHE, "asset", make)


def _downloads(library: Library, content: Path) -> Iterator[Wanted]:
    for path, attachment in sorted(library.attachments.items()):
        if attachment.flaw:
            continue
        kind = DOWNLOADS[attachment.suffix]
        file = content / path

        def make(file: Path = file) -> Made:
            return Made(file.read_bytes())

        yield Wanted(
            key=path,
            fingerprint=attachment.digest,
            content_type=kind,
            cache_control=PAGE_CACHE,
            role="file",
            make=make,
            source=path,
            title=attachment.name,
        )
