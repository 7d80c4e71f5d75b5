"""Every page of the sample site and of the generated one, in a real browser: each proof of tests/browser/proofs.py.

By default all pages of the sample site are looked at, and of the generated one every hard case, every built page and a
seeded share of the others; `--full` looks at all of them, `--changed` at what differs from the last commit.
"""

import random
import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import changed
from tests.browser.proofs import PROOFS, faults
from tests.browser.sites import BuiltSite, SitePage
from tests.browser.visit import MODES, open_page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

PARTS = {"sample": 12, "generated": 28}
"""The pages of a site are looked at in so many parts, which run side by side."""

SEED = 20261122
SHARE = 6
"""How many of the ordinary pages of the generated site belong to every run."""

ORDINARY = re.compile(
    r"/(?:condition-(?:01[2-9]|0[2-9]\d|\d{3,})|procedure-(?:00[6-9]|0[1-9]\d)|news-(?:0[6-9]|1\d)|clinician-0[1-8])/"
    r"|^/search/a-to-z/[d-z]/"
)
"""Pages of the generated site that are like others; all else in it is there for a reason of its own."""


def looked_at(site: BuiltSite, *, full: bool) -> list[SitePage]:
    """The pages of a site that a run looks at."""
    ordinary = [page for page in site.pages if ORDINARY.search(page.address)]
    if full or site.name == "sample":
        return list(site.pages)
    kept = set(random.Random(SEED).sample(range(len(ordinary)), SHARE))
    left_out = {page for at, page in enumerate(ordinary) if at not in kept}
    return [page for page in site.pages if page not in left_out]


@pytest.mark.parametrize(("name", "part"), [(name, part) for name, parts in PARTS.items() for part in range(parts)])
def test_every_page_holds(
    name: str,
    part: int,
    sites: dict[str, BuiltSite],
    bases: dict[str, str],
    tab: Page,
    before: Path | None,
    request: pytest.FixtureRequest,
    record_property: Callable[[str, object], None],
) -> None:
    if request.config.getoption("--changed"):
        pages = [page for page in changed.chosen(sites.values(), before) if page.site == name]
    else:
        pages = looked_at(sites[name], full=request.config.getoption("--full"))
    found: list[str] = []
    most: dict[str, float] = defaultdict(float)
    for at in sorted(pages, key=lambda page: page.key)[part :: PARTS[name]]:
        visit = open_page(tab, bases[name], at)
        found += [f"{at.name}  {fault}" for fault in faults(PROOFS, visit)]
        for what, number in visit.measured.items():
            most[what] = max(most[what], number)
        most["pages"] += 1
        most["pages in a mode"] += len(MODES)
    record_property("measured", {"site": name, **most})
    assert not found, "\n" + "\n".join(found)
