"""`test`, `lint`, `docs`, `lock`: what those who change the generator run."""

import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from clinic.commands.ends import Exit
from clinic.commands.providing import (
    AXE,
    AZURITE,
    NPM_LOCKS,
    lock_npm,
    provide_browser,
    provide_checkers,
    provide_from_npm,
)
from clinic.commands.saying import complain, say
from clinic.commands.settings import ROOT

LOCKS = ("requirements", "requirements-dev")

BROWSER_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""How the tests' browser starts: it asks nobody on the internet for anything."""


def _run(arguments: Sequence[str]) -> int:
    return subprocess.run(arguments, cwd=ROOT, check=False).returncode


def test(*, full: bool, only: str, changed: bool) -> Exit:
    """Runs all tests in parallel. A missing part is a failure, not a skip.

    Args:
        full: every case of every law, every page in every mode.
        only: what pytest's `-k` takes.
        changed: only the pages in the browser that differ from what the last commit builds.
    """
    there = (
        provide_browser()
        and provide_from_npm(AXE)
        and (changed or provide_from_npm(AZURITE))
        and (not full or provide_checkers())
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
    from clinic.schemas import render_schemas, write_files  # noqa: PLC0415
    from clinic.snippets import PATH, render_snippets  # noqa: PLC0415
    from clinic.theme_docs import render_theme_docs  # noqa: PLC0415

    made = {
        "docs/errors.md": render_errors_docs(),
        "docs/theme.md": render_theme_docs(ROOT),
        **render_schemas(),
        PATH: render_snippets(),
    }
    written = (*write_texts(ROOT), *write_tables(ROOT), *write_files(ROOT, made))
    changed = [path.relative_to(ROOT).as_posix() for path in written]
    say(f"Written: {', '.join(changed)}." if changed else "All generated documents are current.")
    return Exit.DONE


def bench(*, pages: str, rounds: int, only: str) -> Exit:
    """Measures how fast all of it is, beside other tools, and writes docs/performance.md."""
    arguments = [sys.executable, "-m", "bench", "--pages", pages, "--rounds", str(rounds), "--only", only]
    return Exit.FAULT if _run(arguments) else Exit.DONE


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
