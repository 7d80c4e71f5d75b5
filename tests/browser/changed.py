"""Which pages a change touches: those whose bytes differ from what the last commit builds.

What changes on all pages alike (a stylesheet's address, the frame) would make every page a changed one. Then it is
enough to look at one page of every template, and at as many more as a minute allows, chosen by a fixed throw of dice.
"""

import io
import random
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterable
from pathlib import Path

from filelock import FileLock

from tests.browser import sites as built_sites
from tests.browser.sites import ROOT, BuiltSite, SitePage

MOST = 24
"""How many pages of both sites a run of `--changed` looks at."""

SEED = 20261122
KEPT = ROOT / ".cache" / "proofs"
_ASSET = re.compile(rb"/a/[\w.-]+")


def last_commit(root: Path = ROOT, kept: Path = KEPT) -> Path | None:
    """The sites as the last commit builds them, kept until there is another; None where they can't be built."""
    commit = _git(root, "rev-parse", "HEAD").decode().strip()
    if not commit:
        return None
    built = kept / commit
    kept.mkdir(parents=True, exist_ok=True)
    with FileLock(kept / "lock"):
        if not built.exists():
            for old in kept.iterdir():
                if old.is_dir():
                    shutil.rmtree(old)
            source = kept / "source"
            with tarfile.open(fileobj=io.BytesIO(_git(root, "archive", "HEAD"))) as archive:
                archive.extractall(source, filter="data")
            begun = kept / "begun"
            made = subprocess.run(
                [sys.executable, "-m", "tests.browser.sites", str(begun)], cwd=source, check=False, capture_output=True
            )
            if made.returncode:
                return None
            begun.rename(built)
    return built


def chosen(now: Iterable[BuiltSite], before: Path | None, most: int = MOST) -> list[SitePage]:
    """The pages to look at: all that changed, or one of every template and more up to `most`, if too many did."""
    touched: list[SitePage] = []
    everything: list[SitePage] = []
    styles_changed = False
    earlier = built_sites.read(before) if before else {}
    for site in now:
        old = earlier.get(site.name)
        everything += site.pages
        touched += [page for page in site.pages if old is None or _bytes(site, page) != _bytes(old, page)]
        styles_changed |= old is None or _assets(site) != _assets(old)
    if len(touched) <= most and not styles_changed:
        return touched
    dice = random.Random(SEED)
    pool = sorted(touched, key=lambda page: page.name)
    dice.shuffle(pool)
    first = {page.template: page for page in [*reversed(everything), *reversed(pool)]}
    rest = [page for page in pool if page not in first.values()]
    return [*first.values(), *rest][: max(most, len(first))]


def _bytes(site: BuiltSite, page: SitePage) -> bytes:
    file = site.folder / page.key
    return _ASSET.sub(b"/a/", file.read_bytes()) if file.is_file() else b""


def _assets(site: BuiltSite) -> set[str]:
    return {key for key in site.manifest.files if key.startswith("a/")}


def _git(root: Path, *arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=root, check=False, capture_output=True).stdout
