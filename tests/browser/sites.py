"""The two sites that the proofs look at, as patients get them: the sample clinic, and the generated one of hard cases.

python -m tests.browser.sites FOLDER
"""

import contextlib
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from clinic.build import plan_site, write_site
from clinic.cache import Cache
from clinic.commands.gathering import gather
from clinic.commands.settings import Settings
from clinic.library.addresses import address_of
from clinic.library.audience import Audience
from clinic.manifest import Manifest, read_manifest
from clinic.output import MANIFEST, Output
from clinic.problems import Severity
from clinic.release.served_headers import security_headers
from clinic.views.site import planned_indexes, planned_items
from clinic.views.view import template_of
from tests.browser.corpus import write_corpus

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-11-22T09:00:00"
"""The moment that both are built for."""

NAMES = ("sample", "generated")
PAGES = "pages.json"
_CARD = re.compile(r"^> \[!(?:emergency|urgent|call-us)\]", re.MULTILINE)


class SitePage(msgspec.Struct, frozen=True):
    """One page of a site.

    `kind` is the procedure's type where it is a procedure, `source` its file where it has one, `cards` how many
    emergency, urgent and call-us cards that file holds.
    """

    site: str
    key: str
    address: str
    template: str
    sha256: str
    source: str = ""
    kind: str = ""
    cards: int = 0

    @property
    def name(self) -> str:
        """What it is called in a list of faults."""
        return f"{self.site}{self.address}"


class _Noted(msgspec.Struct, frozen=True):
    """What is kept beside a built site."""

    headers: dict[str, str]
    pages: list[SitePage]


@dataclass(frozen=True)
class BuiltSite:
    """A built site in a folder, with the headers that its server should send, and its content beside it."""

    name: str
    folder: Path
    content: Path
    headers: dict[str, str]
    pages: tuple[SitePage, ...]

    @property
    def manifest(self) -> Manifest:
        """Its list of files."""
        return read_manifest((self.folder / MANIFEST).read_bytes())


def make(root: Path) -> None:
    """Builds what is missing of both sites below a folder. Whoever does so at the same time shares the work."""
    root.mkdir(parents=True, exist_ok=True)
    for patience in (0, -1):  # first what nobody is at; then wait for what others are at
        for name in NAMES:
            with contextlib.suppress(Timeout), FileLock(root / f"{name}.lock", timeout=patience):
                if not (root / name).exists():
                    _make(root, name)


def _make(root: Path, name: str) -> None:
    """Builds one site; it does not appear at its name before it is whole."""
    content, scratch = ROOT / "content", root / f"{name}.unfinished"
    if name == "generated":
        content = root / f"{name}.content"
        write_corpus(content)
    noted = _build(name, content, scratch, root / f"{name}.cache")
    (root / f"{name}.{PAGES}").write_bytes(msgspec.json.encode(noted))
    scratch.rename(root / name)


def read(root: Path) -> dict[str, BuiltSite]:
    """The sites that `make` built, by name."""
    sites = {}
    for name in NAMES:
        noted = msgspec.json.decode((root / f"{name}.{PAGES}").read_bytes(), type=_Noted)
        content = ROOT / "content" if name == "sample" else root / "generated.content"
        sites[name] = BuiltSite(name, root / name, content, noted.headers, tuple(noted.pages))
    return sites


def _build(name: str, content: Path, folder: Path, cache_folder: Path) -> _Noted:
    settings = Settings(
        content=content, output=folder, cache=cache_folder, theme=ROOT / "theme", audience=Audience.PATIENTS, now=NOW
    )
    output = Output(settings.output, settings.cache)
    with Cache(settings.cache) as cache, output.held():
        gathered = gather(settings, cache)
        errors = [
            f"{each.path}:{each.span.line} {each.code} {each.message}"
            for each in gathered.problems
            if each.severity is Severity.ERROR
        ]
        library = gathered.library
        if errors or library is None:
            raise ValueError("\n".join(errors))
        site = plan_site(library, theme=settings.theme, content=content, cache=cache)
        manifest = write_site(site, output).manifest
    views = {page.address: page.view for page in (*planned_items(site.maker), *planned_indexes(site.maker))}
    headers = {item.id: item.document.header for item in library.items.values()}
    pages = []
    for key, file in manifest.files.items():
        address = address_of(key)
        if file.role in {"page", "index"}:
            kind = getattr(headers.get(Path(file.source).stem), "type", "")
            template = template_of(views[address])
            text = (content / file.source).read_text(encoding="utf-8") if file.source.endswith(".md") else ""
            cards = len(_CARD.findall(text)) if template != "withdrawn.html" else 0
            pages.append(SitePage(name, key, address, template, file.sha256, file.source, kind, cards))
        elif file.role == "redirect":
            pages.append(SitePage(name, key, address, "redirect.html", file.sha256, file.source))
    form = library.clinic.appointments.form
    sent = security_headers(form=form.action if form else "", redirects=form.redirects if form else ())
    return _Noted(sent, pages)


if __name__ == "__main__":
    make(Path(sys.argv[1]).resolve())
