"""One page of a site open in the browser, and the ways in which people see it."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page

from tests.browser.sites import ROOT, SitePage

PROBES = Path(__file__).parent / "probes"
AXE = ROOT / ".cache" / "axe" / "node_modules" / "axe-core" / "axe.min.js"

PHONE = (360, 640)
"""A small phone of the clinic's patients: two of its screens are 1,280 px."""
DESK = (1280, 900)
NARROW = (320, 640)
"""What a page must fit into without scrolling in two directions (WCAG 2.2, 1.4.10)."""
ZOOMED = (320, 256)
"""A window of 1280 x 1024 px at 400 % zoom."""

_PLAIN: dict[str, Any] = {
    "media": "screen",
    "color_scheme": "light",
    "forced_colors": "none",
    "contrast": "no-preference",
    "reduced_motion": "reduce",
}
MODES: Mapping[str, tuple[tuple[int, int], Mapping[str, Any]]] = {
    "light": (DESK, _PLAIN),
    "dark": (DESK, {**_PLAIN, "color_scheme": "dark"}),
    "forced colours": (DESK, {**_PLAIN, "forced_colors": "active"}),
    "more contrast": (DESK, {**_PLAIN, "contrast": "more"}),
    "320 px": (NARROW, _PLAIN),
    "print": (DESK, {**_PLAIN, "media": "print"}),
}
"""How a page is shown in each mode: the window, and what the browser tells the stylesheet."""


@cache
def probe(name: str) -> str:
    """The text of a probe: JavaScript that measures a page and changes nothing that stays."""
    return (PROBES / f"{name}.js").read_text(encoding="utf-8")


@cache
def axe() -> str:
    """The accessibility rules.

    Raises:
        FileNotFoundError: the test task has not installed them.
    """
    return AXE.read_text(encoding="utf-8")


class Visit:
    """A page that is open. Proofs ask it; what they change of it they put back."""

    def __init__(self, page: Page, at: SitePage) -> None:
        """`page` shows `at` already. `shape` is where everything stood in the first mode in which that was asked."""
        self.page = page
        self.at = at
        self._session: CDPSession | None = None
        self.shape = ""
        self.measured: dict[str, float] = {}
        self.printed: dict[str, bytes] = {}

    @property
    def session(self) -> CDPSession:
        """The browser's own protocol, for what Playwright has no name for."""
        if self._session is None:
            self._session = self.page.context.new_cdp_session(self.page)
        return self._session

    def enter(self, mode: str) -> None:
        """Shows the page in one of the modes."""
        window, media = MODES[mode]
        self.page.emulate_media(**media)
        self.window(window)

    def window(self, size: tuple[int, int]) -> None:
        """Makes the window so large, in CSS pixels."""
        if self.page.viewport_size != {"width": size[0], "height": size[1]}:
            self.page.set_viewport_size({"width": size[0], "height": size[1]})

    def zoom(self) -> None:
        """A window of 1280 x 1024 px at 400 %; ended by the next `window`."""
        self.window(NARROW)
        metrics = {"width": ZOOMED[0], "height": ZOOMED[1], "deviceScaleFactor": 4, "mobile": False}
        self.session.send("Emulation.setDeviceMetricsOverride", metrics)

    def unzoom(self) -> None:
        """As it was before `zoom`."""
        metrics = {"width": NARROW[0], "height": NARROW[1], "deviceScaleFactor": 1, "mobile": False}
        self.session.send("Emulation.setDeviceMetricsOverride", metrics)

    def text_size(self, percent: int) -> None:
        """The size of text that a reader has chosen in the browser's settings."""
        self.session.send("Page.setFontSizes", {"fontSizes": {"standard": 16 * percent // 100}})

    def ask(self, name: str) -> Any:
        """What a probe finds."""
        return self.page.evaluate(probe(name))

    def tab(self) -> None:
        """Presses the Tab key, and lets the next press let go of it: pages hear of presses only."""
        key = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
        self.session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key})


def open_page(page: Page, base: str, at: SitePage) -> Visit:
    """Opens a page of a site as a phone first does, with nothing in the browser's cache that matters."""
    visit = Visit(page, at)
    page.emulate_media(**_PLAIN)
    visit.window(PHONE)
    page.goto(base + at.address, wait_until="load")
    page.evaluate(probe("tools"))
    return visit
