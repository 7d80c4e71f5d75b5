"""The browser of all tests, started in one place. A missing one is a failure, not a skip: the test task installs it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

from clinic.commands.developing import BROWSER_FLAGS
from clinic.commands.providing import browser


@contextmanager
def started(*more_flags: str) -> Iterator[Browser]:
    """The machine's Chromium, with these flags besides those that keep it from the internet."""
    executable = browser()
    if executable is None:
        pytest.fail("There is no Chromium on this computer: the test task says how to get it.")
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=executable, args=[*BROWSER_FLAGS, *more_flags])
        try:
            yield opened
        finally:
            opened.close()
