"""How all tests run: laws are searched in a fixed order, whole on request, and nothing of the machine leaks in."""

import signal
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from tests.browser.sites import BuiltSite

SUMS = ("pages", "pages in a mode")
"""Of what tests hand over as `measured`, what is summed up; of all else the most is told."""

# The same examples on every machine and in every run: what failed once fails again, and no run writes a database.
settings.register_profile(
    "laws",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("whole laws", settings.get_profile("laws"), max_examples=300)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="every case of every law, not a seeded tenth")
    parser.addoption("--changed", action="store_true", help="of pages in the browser, only those that changed")


def pytest_configure(config: pytest.Config) -> None:
    # Whoever starts this in the background of a script leaves Ctrl+C ignored, for all that tests start, too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    settings.load_profile("whole laws" if config.getoption("--full") else "laws")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without `--full`, the cases that are marked slow are no part of the run: they are left out, not skipped."""
    if config.getoption("--full"):
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    if slow:
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if not item.get_closest_marker("slow")]


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """What CI or a developer's shell says of the moment or of the caller must not shape a test."""
    for name in ("CLINIC_NOW", "CLINIC_CALLED", "CLINIC_DEBUG", "GITHUB_SHA"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> "dict[str, BuiltSite]":
    """The sample site and the generated one, each built once a run by whichever worker comes first."""
    from tests.browser import sites as built_sites  # noqa: PLC0415 - most runs build no site

    base = tmp_path_factory.getbasetemp()
    root = (base if worker_id == "master" else base.parent) / "sites"
    built_sites.make(root)
    return built_sites.read(root)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the browser counted: tests hand it over as `measured`, whichever worker ran them."""
    sites: dict[str, Counter[str]] = {}
    for report in (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")):
        measured = dict(report.user_properties).get("measured") if report.when == "call" else None
        if isinstance(measured, dict):
            told = sites.setdefault(str(measured["site"]), Counter())
            for what, number in measured.items():
                if what in SUMS:
                    told[what] += number
                elif what != "site":
                    told[what] = max(told[what], number)
    for site, told in sorted(sites.items()):
        counted = ", ".join(f"{told[what]:,.0f} {what}" for what in SUMS)
        most = ", ".join(f"{number:,.4g} {what}" for what, number in sorted(told.items()) if what not in SUMS)
        terminalreporter.write_line(f"{site}: {counted}; at most {most}")
