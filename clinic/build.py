"""From all content to an output: the middle of the line, with effects only at its two ends."""

import functools
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from clinic.assets import CONTENT_TYPES, SCRIPT, Asset, build_assets
from clinic.cache import Cache
from clinic.interface import interface
from clinic.library.addresses import key_of
from clinic.library.attachments import DOWNLOADS
from clinic.library.library import Library
from clinic.manifest import ASSET_CACHE, PAGE_CACHE, Manifest, Role
from clinic.output import Made, Output, Wanted, Written
from clinic.problems import Problem
from clinic.projections.feed import feed
from clinic.projections.pictures import PublishedPicture, publish_picture
from clinic.projections.record import build_record
from clinic.projections.search import SearchFile, search_files
from clinic.projections.sitemap import robots, sitemaps
from clinic.prose.highlight import stylesheet
from clinic.render import Renderer, links_of
from clinic.salt import salt, shown_versions
from clinic.views.frame import Assets
from clinic.views.indexes import Finder
from clinic.views.maker import Maker, PictureSet
from clinic.views.site import Planned, planned_indexes, planned_items, planned_redirects

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
    address = (url or library.clinic.url).rstrip("/") + "/"
    parts = urlsplit(address)
    prefix = parts.path.rstrip("/")
    pictures, published = _pictures(library, content, cache)
    logo = pictures.get(library.photo_path(library.clinic.logo)) if library.clinic.logo else None
    assets = build_assets(
        theme / "static",
        accent=library.clinic.accent,
        prefix=f"{prefix}/",
        site=f"{parts.scheme}://{parts.netloc}",
        code_css=stylesheet(),
    )
    maker = Maker(
        library=library,
        interfaces=functools.cache(lambda lang: interface(lang, theme / "locale")),
        url=address,
        assets=Assets(
            stylesheet=assets.address("style.css"),
            icon=assets.address("icon.svg"),
            logo=f"{prefix}/{logo.sizes[0][2]}" if logo else "",
        ),
        pictures=pictures,
        problems=problems or {},
    )
    renderer = Renderer(theme, maker.interfaces, salt())
    left_out = set(left_out)
    items = list(planned_items(maker))
    finder: Finder | None = None
    found: tuple[SearchFile, ...] = ()
    if SCRIPT in assets.addresses:
        finder, found = search_files(maker, items, assets.address(SCRIPT), left_out=left_out)
    indexes = list(planned_indexes(maker, finder))
    pages = [page for page in items if not _left_out(library, page, left_out)] + indexes
    wanted = [*_asset_files(assets.files), *_picture_files(published), *_downloads(library, content)]
    wanted += _search_files(found)
    wanted += [_page_file(page, key_of(page.address), renderer, prefix) for page in pages]
    wanted += [
        _page_file(page, key, renderer, prefix)
        for key, page in planned_redirects(maker)
        if not _left_out(library, page, left_out)
    ]
    wanted += _projections(maker, [*items, *indexes])  # what is held back is live as it was, and stays in the sitemap
    counts = {
        "files": len(library.material.documents),
        "pages": len(pages),
        "redirects": sum(file.role == "redirect" for file in wanted),
        "pictures": len(pictures),
    }
    return Site(library, maker, tuple(sorted(wanted, key=lambda file: file.key)), counts)


def write_site(site: Site, output: Output, *, anew: bool = False) -> Written:
    """Makes an output hold exactly the site, touching only what differs. Call it while the output is held.

    Raises:
        OutputFault: the machine failed; what was there before is whole.
        TemplateProblem: a template can't be rendered; nothing was changed.
    """

    def record(manifest: Manifest) -> bytes:
        return build_record(site.library, manifest, shown_versions(), site.counts)

    return output.write(site.wanted, site=site.url, build=record, anew=anew)


def _left_out(library: Library, page: Planned, left_out: set[str]) -> bool:
    document = library.by_path.get(page.source)
    return document is not None and document.id in left_out


def _page_file(page: Planned, key: str, renderer: Renderer, prefix: str) -> Wanted:
    def make() -> Made:
        body = renderer.render(page.view)
        return Made(body, *_named(links_of(body), key, prefix))

    return Wanted(
        key=key,
        fingerprint=renderer.key(page.view),
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
        path = unquote(urlsplit(address).path)
        if not address.startswith(prefix + "/") or address.startswith("//"):
            continue
        key = key_of(path.removeprefix(prefix))
        if key != own:
            (assets if key.startswith(("a/", "images/")) else links).add(key)
    return tuple(sorted(links)), tuple(sorted(assets))


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


def _pictures(library: Library, content: Path, cache: Cache) -> tuple[dict[str, PictureSet], list[PublishedPicture]]:
    """The pictures that can be read, in the widths that pages show."""
    sets: dict[str, PictureSet] = {}
    files: list[PublishedPicture] = []
    for path, picture in sorted(library.pictures.items()):
        if picture.readable:
            sets[path], published = publish_picture(picture, (content / path).read_bytes(), cache)
            files += published
    return sets, files


def _picture_files(published: Iterable[PublishedPicture]) -> Iterator[Wanted]:
    for picture in published:
        yield _fixed(picture.key, picture.body, picture.content_type, role="asset")


def _downloads(library: Library, content: Path) -> Iterator[Wanted]:
    for path, attachment in sorted(library.attachments.items()):
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
