"""`test`, `lint`, `docs`, `lock`, `contact-sheet`: what those who change the generator run."""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from clinic.commands.ends import Exit, Misuse
from clinic.commands.providing import AXE, AZURITE, NPM_LOCKS, lock_npm, provide, provide_from_npm
from clinic.commands.saying import command, complain, count, say
from clinic.commands.settings import ROOT, load

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
LOCKS = ("requirements", "requirements-dev")
CHECKED = ("clinic", "tests", "tasks.py", "run.py", "pelicanconf.py", "publishconf.py")

BROWSER_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""How the tests' browser starts: it asks nobody on the internet for anything."""

_LOAD_ALL = """() => Promise.all(Array.from(document.images, (image) => {
    image.loading = "eager";
    return image.decode().catch(() => null);
}))"""
"""Waits for the pictures that a reader would scroll to."""

WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")


def _run(arguments: Sequence[str]) -> int:
    return subprocess.run(arguments, cwd=ROOT, check=False).returncode


def browser() -> str | None:
    """The Chromium of this machine, or None."""
    return next((found for name in CHROMIUM if (found := shutil.which(name))), None)


def test(*, full: bool, only: str, changed: bool) -> Exit:
    """Runs all tests in parallel. A missing part is a failure, not a skip.

    Args:
        full: every case of every law, every page in every mode.
        only: what pytest's `-k` takes.
        changed: only the pages in the browser that differ from what the last commit builds.
    """
    there = (
        provide("Chromium", lambda: browser() is not None, "chromium", "fonts-dejavu-core")
        and provide_from_npm(AXE)
        and (changed or provide_from_npm(AZURITE))
    )
    if not there:
        return Exit.FAULT
    os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(ROOT / ".cache/hypothesis"))
    arguments = [sys.executable, "-m", "pytest", "-n", str(os.cpu_count() or 1), "--dist", "worksteal"]
    arguments += ["tests/browser/test_every_page.py", "--changed"] if changed else []
    arguments += ["--full"] if full else []
    arguments += ["-k", only] if only else []
    return Exit.DONE if _run(arguments) == 0 else Exit.PROBLEMS


def lint() -> Exit:
    """Style, types, and whether the generated documents are current."""
    steps = {
        "style": ["ruff", "check", "."],
        "format": ["ruff", "format", "--check", "."],
        "types": ["mypy"],
    }
    failed = [name for name, arguments in steps.items() if _run([sys.executable, "-m", *arguments])]
    if failed:
        complain(f"To be mended: {', '.join(failed)}.")
        return Exit.PROBLEMS
    say("Style and types are as they should be.")
    return Exit.DONE


def write_documents() -> Exit:
    """Writes the generated documents anew."""
    from clinic.interface_extract import write_texts  # noqa: PLC0415 - developers only
    from clinic.model.field_docs import write_tables  # noqa: PLC0415
    from clinic.problems.errors_docs import render_errors_docs  # noqa: PLC0415
    from clinic.theme_docs import render_theme_docs  # noqa: PLC0415

    changed = [path.relative_to(ROOT).as_posix() for path in (*write_texts(ROOT), *write_tables(ROOT))]
    for name, text in (("docs/errors.md", render_errors_docs()), ("docs/theme.md", render_theme_docs(ROOT))):
        path = ROOT / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            changed.append(name)
    say(f"Written: {', '.join(changed)}." if changed else "All generated documents are current.")
    return Exit.DONE


def lock(*, upgrade: bool) -> Exit:
    """Compiles the locks: versions and hashes, no addresses."""
    for name in LOCKS:
        arguments = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
        arguments += ["--generate-hashes", "--override", "overrides.txt"]
        arguments += ["--custom-compile-command", "python3 run.py lock", f"{name}.in", "-o", f"{name}.txt"]
        if _run([*arguments, *(["--upgrade"] if upgrade else [])]):
            complain(f"{name}.in could not be locked: see the lines above.")
            return Exit.FAULT
    for packages in NPM_LOCKS:
        if not lock_npm(packages):
            complain(f"The lock of {packages.called} could not be written: see the lines above.")
            return Exit.FAULT
    say("Locked: requirements.txt, requirements-dev.txt, and npm's packages of the tests.")
    return Exit.DONE


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served on this computer, on a free port, for as long as the block runs."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """Says nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def contact_sheet(output: str) -> Exit:
    """Photographs every page of the sample site, and puts all pictures on one page.

    Raises:
        Misuse: there is no Chromium.
    """
    from clinic.commands.building import build  # noqa: PLC0415
    from clinic.commands.manner import Manner  # noqa: PLC0415
    from clinic.library.addresses import address_of  # noqa: PLC0415
    from clinic.manifest import read_manifest  # noqa: PLC0415
    from clinic.output import MANIFEST  # noqa: PLC0415

    executable = browser()
    if executable is None:
        raise Misuse(f"There is no Chromium on this computer: {command('test')} says how to get it.")
    folder = Path(os.path.abspath(output or ROOT / ".cache" / "contact-sheet"))  # noqa: PTH100 - as the user named it
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        site = Path(scratch) / "site"
        build(load("pelicanconf.py", output=str(site), cache=str(Path(scratch) / "cache")), Manner(quiet=True))
        manifest = read_manifest((site / MANIFEST).read_bytes())
        addresses = [address_of(key) for key, file in manifest.files.items() if file.role in {"page", "index"}]
        with served(site) as base:
            pictures = _photograph(executable, base, addresses, folder)
    rows = "".join(
        f'<figure><img src="{name}" loading="lazy" alt=""><figcaption>{address} · {what}</figcaption></figure>'
        for address, what, name in pictures
    )
    sheet = folder / "index.html"
    style = "figure{display:inline-block;vertical-align:top;width:20rem;margin:.5rem}img{width:100%}"
    sheet.write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Contact sheet</title><style>{style}</style>'
        f"{rows}",
        encoding="utf-8",
    )
    say(f"{count(len(pictures), 'picture')} of {count(len(addresses), 'page')}: open {sheet}")
    return Exit.DONE


def _photograph(executable: str, base: str, addresses: Sequence[str], folder: Path) -> list[tuple[str, str, str]]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - developers only

    taken = []
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=executable, args=list(BROWSER_FLAGS))
        for width in WIDTHS:
            for scheme in SCHEMES:
                page = chromium.new_page(
                    viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
                )
                for address in addresses:
                    name = f"{address.strip('/').replace('/', '_') or 'home'}.{width}.{scheme}.png"
                    page.goto(base + address)
                    page.evaluate(_LOAD_ALL)
                    page.screenshot(path=folder / name, full_page=True)
                    taken.append((address, f"{width} px, {scheme}", name))
                page.close()
        chromium.close()
    return taken
