"""The report as one HTML file: no script, and nothing that a browser would have to fetch."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from clinic.health.report import Place, Report
from clinic.health.saying import masking

MARK = '<meta name="generator" content="clinic health">'
"""What the file says of itself, so that no other file is ever written over."""

_FOLDER = Path(__file__).parent


def page(report: Report, opens: Callable[[Place], str] | None = None) -> str:
    """The whole file.

    Args:
        report: what it says.
        opens: the link that opens a place in an editor; none where the file is meant for other computers.
    """
    mask = masking(report.hidden)
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=functools.partial(_shown, mask),
    )
    style = Markup((_FOLDER / "report.css").read_text(encoding="utf-8"))  # noqa: S704 - a file of ours
    return environment.get_template("report.html").render(
        report=report,
        opens=opens,
        style=style,
        mark=Markup(MARK),  # noqa: S704 - a constant
    )


def _shown(mask: Callable[[str], str], value: Any) -> Any:
    """What the template shows of a value: words that are somebody's own as dots."""
    return mask(value) if isinstance(value, str) and not isinstance(value, Markup) else value
