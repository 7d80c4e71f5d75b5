"""Lighthouse on one page of every template, on a slow phone: what must be perfect, and what is only reported."""

import json
import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clinic.commands.developing import BROWSER_FLAGS
from clinic.commands.providing import browser
from tests.browser.server import serving
from tests.browser.sites import BuiltSite, SitePage

SLOW_3G = (
    "--throttling.rttMs=400",
    "--throttling.requestLatencyMs=400",
    "--throttling.throughputKbps=400",
    "--throttling.cpuSlowdownMultiplier=4",
)
"""400 ms there and back, 400 kbit a second, a processor of a quarter of this one's speed (simulated)."""

PERFECT = ("accessibility", "best-practices")
"""Categories that must have 100 points on each page; SEO too, on pages that search engines may list."""

LISTED = "seo"
REPORTED = "performance"


@dataclass(frozen=True)
class Report:
    """What Lighthouse says of a page: points of 100 by category, seconds to the largest paint, what cost points."""

    page: str
    points: dict[str, int]
    largest_paint: float
    lost: tuple[str, ...]
    listed: bool

    @property
    def faults(self) -> list[str]:
        """Points that must not be missing."""
        wanted = (*PERFECT, LISTED) if self.listed else PERFECT
        return [
            f"{self.page}:1: {self.points.get(name, 0)} of 100 points for {name}: {'; '.join(self.lost)}"
            for name in wanted
            if self.points.get(name, 0) < 100
        ]


def one_of_each(pages: Iterable[SitePage]) -> list[SitePage]:
    """The first page of every template that people stay on."""
    first: dict[str, SitePage] = {}
    for page in sorted(pages, key=lambda page: page.key):
        first.setdefault(page.template, page)
    first.pop("redirect.html", None)
    return sorted(first.values(), key=lambda page: page.template)


def reports(site: BuiltSite, pages: Iterable[SitePage], modules: Path) -> list[Report]:
    """What Lighthouse says of some pages of a site.

    Raises:
        RuntimeError: it could not be run.
    """
    with serving(site) as base:
        return [_report(base, site.folder, page, modules) for page in pages]


def _report(base: str, folder: Path, page: SitePage, modules: Path) -> Report:
    flags = f"--chrome-flags=--headless=new {' '.join(BROWSER_FLAGS)}"
    command = [str(modules / ".bin" / "lighthouse"), base + page.address, "--output=json", "--quiet", flags, *SLOW_3G]
    ran = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "CHROME_PATH": browser() or ""},
    )
    try:
        told = json.loads(ran.stdout)
    except ValueError as error:
        raise RuntimeError(f"Lighthouse ended with {ran.returncode}: {ran.stderr[-800:]}") from error
    return Report(
        page=page.name,
        points={name: round((category["score"] or 0) * 100) for name, category in told["categories"].items()},
        largest_paint=(told["audits"]["largest-contentful-paint"].get("numericValue") or 0) / 1000,
        lost=tuple(_lost(told)),
        listed='name="robots" content="noindex"' not in (folder / page.key).read_text(encoding="utf-8"),
    )


def _lost(told: dict[str, Any]) -> Iterable[str]:
    for name, category in told["categories"].items():
        if name == REPORTED:
            continue
        for audit in category["auditRefs"]:
            score = told["audits"][audit["id"]]["score"]
            if audit["weight"] and score is not None and score < 1:
                yield audit["id"]
