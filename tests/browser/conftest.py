"""One browser a worker and module, and the two sites of a run, each served with its real headers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from clinic.commands.developing import BROWSER_FLAGS
from clinic.commands.providing import browser
from tests.browser.server import serving
from tests.browser.sites import BuiltSite
from tests.browser.visit import PHONE


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The machine's browser. A missing one is a failure: the test task installs it."""
    executable = browser()
    if executable is None:
        pytest.fail("There is no Chromium on this computer: the test task says how to get it.")
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=executable, args=list(BROWSER_FLAGS))
        yield opened
        opened.close()


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
