"""The QR code of a page's address, as it is printed at the end of the page (ISO/IEC 18004, made by segno)."""

import re

from markupsafe import Markup

QUIET = 4
"""The empty border that a reader needs round the code, in modules (ISO/IEC 18004, 9.1)."""

MASK = 2
"""The one mask of all our codes. A reader finds it in the code itself. Trying all eight for the evenest picture costs
13 ms a page instead of 1, and addresses, which are text, come out even with any of them."""

_DARK = re.compile(rb"\x01+")


def qr_code(address: str) -> Markup:
    """The QR code of an address as an inline SVG: inline, so that paper has it offline and without another request.

    It can be read with 15 % of it damaged (level M). People who can't see it have the address beside it.

    Raises:
        ValueError: the address is longer than a code can hold (2,331 bytes).
    """
    from segno import make_qr  # noqa: PLC0415 - 60 ms that only a build with pages to render needs

    code = make_qr(address, error="m", mask=MASK, boost_error=False)
    size = len(code.matrix) + 2 * QUIET
    return Markup(
        '<svg class="qr" width="150" height="150" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">'
        '<path stroke="#000" d="{}"/></svg>'
    ).format(size, size, _path(code.matrix))


def _path(rows: tuple[bytearray, ...]) -> str:
    """The dark modules as strokes of width 1, row by row; relative moves repeat, so they compress well."""
    steps, x, y = [], 0.0, 0.0
    for number, row in enumerate(rows):
        for run in _DARK.finditer(row):
            start, end, middle = run.start() + QUIET, run.end() + QUIET, number + QUIET + 0.5
            steps.append(f"m{start - x:g} {middle - y:g}h{end - start}")
            x, y = end, middle
    return "".join(steps)
