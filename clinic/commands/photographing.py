"""`contact-sheet`: every page of the sample site in pictures, on screens and on paper, and the pictures of the docs."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from clinic.commands.building import build_for_patients
from clinic.commands.developing import BROWSER_FLAGS, served
from clinic.commands.ends import Exit, Misuse
from clinic.commands.manner import Manner
from clinic.commands.providing import browser, provide
from clinic.commands.saying import command, count, say
from clinic.commands.settings import ROOT, load
from clinic.library.addresses import address_of
from clinic.manifest import read_manifest
from clinic.output import MANIFEST

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")

PAGE_TYPES = {
    "home": "/",
    "condition": "/conditions/sciatica/",
    "procedure": "/procedures/lumbar-sympathetic-block/",
    "announcement": "/announcements/thanksgiving-2026/",
    "clinician": "/clinicians/example-clinician-a/",
    "page": "/records/",
    "appointment": "/appointment/",
    "location": "/locations/main/",
    "locations": "/locations/",
    "A to Z": "/conditions/",
    "by symptom": "/conditions/by-symptom/",
    "announcements": "/announcements/",
    "search": "/search/",
    "withdrawn": "/visits-during-renovation/",
    "not found": "/404.html",
}
"""A page of the sample site for each type."""

GUIDE = {
    "home": ("/", (1000, 703)),
    "procedure-phone": ("/procedures/lumbar-sympathetic-block/", (360, 1500)),
    "condition": ("/conditions/complex-regional-pain-syndrome/", (800, 880)),
    "appointment": ("/appointment/", (800, 800)),
    "announcement": ("/announcements/thanksgiving-2026/", (800, 640)),
}
"""The pictures of README.md and docs/editing.md: of which page, how wide the screen, how much of it."""

PRINTED = PAGE_TYPES["procedure"]
MOMENT = "2026-11-22T09:00:00"
"""When the pictures of the docs are taken: as the sample site's notices then stood."""

_READY = """() => Promise.all(Array.from(document.images, (image) => {
    image.loading = "eager";
    return image.decode().catch(() => null);
}))"""
"""Waits for the pictures that a reader would scroll to."""


def contact_sheet(output: str, *, docs: bool) -> Exit:
    """Photographs every page of the sample site, on screens and as the sheets that a printer gives, onto one page.

    Args:
        output: the folder for the pictures, where it is not in the cache.
        docs: whether the pictures in docs/pictures are taken anew instead.

    Raises:
        Misuse: there is no Chromium.
    """
    if browser() is None:
        raise Misuse(f"There is no Chromium on this computer: {command('test')} says how to get it.")
    if not provide("pdftoppm", lambda: shutil.which("pdftoppm") is not None, "poppler-utils"):
        return Exit.FAULT
    with _opened(MOMENT if docs else "") as (chromium, base, articles, addresses):
        if docs:
            _for_docs(chromium, base, ROOT / "docs" / "pictures")
            return Exit.DONE
        folder = Path(os.path.abspath(output or ROOT / ".cache" / "contact-sheet"))  # noqa: PTH100 - as the user named it
        folder.mkdir(parents=True, exist_ok=True)
        taken = [
            shot
            for width in WIDTHS
            for each in SCHEMES
            for shot in _all(chromium, base, addresses, folder, width, each)
        ]
        taken += [shot for address in articles for shot in _on_paper(chromium, base, address, folder)]
    rows = "".join(
        f'<figure><img src="{name}" loading="lazy" alt=""><figcaption>{address} · {what}</figcaption></figure>'
        for address, what, name in taken
    )
    sheet = folder / "index.html"
    style = "figure{display:inline-block;vertical-align:top;width:20rem;margin:.5rem}img{width:100%}"
    sheet.write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Contact sheet</title><style>{style}</style>'
        f"{rows}",
        encoding="utf-8",
    )
    say(f"{count(len(taken), 'picture')} of {count(len(addresses), 'page')}: open {sheet}")
    return Exit.DONE


@contextmanager
def _opened(now: str) -> "Iterator[tuple[Browser, str, list[str], list[str]]]":
    """A browser; where the sample site is served; the addresses of its articles and of all its pages."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - developers only

    with tempfile.TemporaryDirectory() as scratch:
        site = Path(scratch) / "site"
        settings = load("publishconf.py", output=str(site), cache=str(Path(scratch) / "cache"), now=now)
        build_for_patients(settings, Manner(quiet=True))
        files = read_manifest((site / MANIFEST).read_bytes()).files.items()
        articles = [address_of(key) for key, file in files if file.role == "page"]
        addresses = [address_of(key) for key, file in files if file.role in {"page", "index"}]
        with served(site) as base, sync_playwright() as driver:
            chromium = driver.chromium.launch(executable_path=browser(), args=list(BROWSER_FLAGS))
            yield chromium, base, articles, addresses
            chromium.close()


def _screen(chromium: "Browser", width: int, scheme: str) -> "Page":
    return chromium.new_page(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    )


def _take(page: "Page", address: str, path: Path) -> None:
    page.goto(address)
    page.evaluate(_READY)
    page.screenshot(path=path, full_page=True)


def _all(
    chromium: "Browser", base: str, addresses: Sequence[str], folder: Path, width: int, scheme: str
) -> Iterator[tuple[str, str, str]]:
    page = _screen(chromium, width, scheme)
    for address in addresses:
        name = f"{_named(address)}.{width}.{scheme}.png"
        _take(page, base + address, folder / name)
        yield address, f"{width} px, {scheme}", name
    page.close()


def _named(address: str) -> str:
    return address.strip("/").replace("/", "_") or "home"


def _on_paper(chromium: "Browser", base: str, address: str, folder: Path) -> Iterator[tuple[str, str, str]]:
    """The sheets that a printer gives of an article, on Letter, with the PDF itself beside them."""
    page, stem = chromium.new_page(), folder / f"{_named(address)}.printed"
    page.goto(base + address)
    page.evaluate(_READY)
    page.pdf(path=f"{stem}.pdf", format="Letter")
    page.close()
    subprocess.run(["pdftoppm", "-png", "-r", "72", f"{stem}.pdf", str(stem)], check=True)  # noqa: S607 - found by `provide`
    for sheet in sorted(folder.glob(f"{stem.name}-*.png")):
        yield address, f"printed, {sheet.stem.rpartition('-')[2]}", sheet.name


def _for_docs(chromium: "Browser", base: str, folder: Path) -> None:
    """The pictures of the guides, and three small contact sheets: phone, desktop, paper."""
    with tempfile.TemporaryDirectory() as scratch:
        shot = Path(scratch) / "shot.png"
        for name, (address, size) in GUIDE.items():
            page = _screen(chromium, size[0], "light")
            _take(page, base + address, shot)
            _kept(Image.open(shot).convert("RGB").crop((0, 0, *size)), folder / f"{name}.webp", 75)
            page.close()
        for width, tile, columns in ((360, (168, 350), 5), (1280, (288, 320), 5)):
            tiles = []
            for scheme in SCHEMES:
                page = _screen(chromium, width, scheme)
                for address in PAGE_TYPES.values():
                    _take(page, base + address, shot)
                    tiles.append(_tile(shot, tile))
                page.close()
            _kept(_sheet(tiles, columns), folder / f"sheet-{width}.webp", 45)
        sheets = [
            _tile(Path(scratch) / name, (459, 594)) for _, _, name in _on_paper(chromium, base, PRINTED, Path(scratch))
        ]
        _kept(_sheet(sheets, len(sheets)), folder / "sheet-printed.webp", 50)
    sizes = sum(path.stat().st_size for path in folder.glob("*.webp"))
    say(f"docs/pictures holds {sizes // 1024} kB.")


def _tile(path: Path, size: tuple[int, int]) -> Image.Image:
    """The top of a picture, as wide as the tile."""
    shot = Image.open(path).convert("RGB")
    high = min(shot.height, size[1] * shot.width // size[0])
    whole = Image.new("RGB", size, "#888")
    whole.paste(
        shot.crop((0, 0, shot.width, high)).resize((size[0], high * size[0] // shot.width), Image.Resampling.LANCZOS)
    )
    return whole


def _sheet(tiles: Sequence[Image.Image], columns: int, gap: int = 8) -> Image.Image:
    """Tiles of one size in rows."""
    wide, high = tiles[0].size
    rows = -(-len(tiles) // columns)
    sheet = Image.new("RGB", (columns * (wide + gap) + gap, rows * (high + gap) + gap), "#888")
    for at, tile in enumerate(tiles):
        sheet.paste(tile, (gap + at % columns * (wide + gap), gap + at // columns * (high + gap)))
    return sheet


def _kept(picture: Image.Image, path: Path, quality: int) -> None:
    picture.save(path, "WEBP", quality=quality, method=6)
