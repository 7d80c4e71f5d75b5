"""One browser a worker and module, and the two sites of a run, each served with its real headers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.server import serving
from tests.browser.sites import BuiltSite
from tests.browser.visit import PHONE
from tests.chromium import started


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The machine's browser."""
    with started() as opened:
        yield opened


@pytest.fixture(scope="module")
def tab(chromium: Browser) -> Iterator[Page]:
    """One tab of it, on a device that is touched, for page after page."""
    context = chromium.new_context(has_touch=True, viewport={"width": PHONE[0], "height": PHONE[1]})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def bases(sites: dict[str, BuiltSite]) -> Iterator[dict[str, str]]:
    """Where each site is served."""
    with serving(sites["sample"]) as sample, serving(sites["generated"]) as generated:
        yield {"sample": sample, "generated": generated}


@pytest.fixture(scope="session")
def before(request: pytest.FixtureRequest) -> Path | None:
    """With `--changed`, the sites as the last commit builds them; nothing otherwise, or where it can't build them."""
    if not request.config.getoption("--changed"):
        return None
    from tests.browser.changed import last_commit  # noqa: PLC0415 - only where it is asked for

    return last_commit()
