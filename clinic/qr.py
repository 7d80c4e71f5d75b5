"""The QR code of a page's address, as it is printed at the end of the page (ISO/IEC 18004, made by zxing-cpp)."""

import re
from functools import lru_cache

from markupsafe import Markup

QUIET = 4
"""The empty border that a reader needs round the code, in modules (ISO/IEC 18004, 9.1)."""

_DARK = re.compile(rb"\x00+")


def qr_code(address: str) -> Markup:
    """The QR code of an address as an inline SVG: inline, so that paper has it offline and without another request.

    It can be read with 15 % of it damaged (level M). People who can't see it have the address beside it.

    Raises:
        ValueError: the address is longer than a code can hold (2,331 bytes).
    """
    import zxingcpp  # noqa: PLC0415 - 10 ms that only a build with pages to render needs

    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image = code.to_image(scale=1, add_quiet_zones=False)
    modules = bytes(memoryview(image))  # type: ignore[arg-type] # it is a buffer, and its types don't say so
    side = image.shape[0]
    return Markup(
        '<svg class="qr" width="150" height="150" viewBox="0 0 {0} {0}" aria-hidden="true" focusable="false">'
        '<path stroke="#000" d="{1}"/></svg>'
    ).format(side + 2 * QUIET, _path(modules, side))


def _path(modules: bytes, side: int) -> str:
    """The dark modules as strokes of width 1, row by row; relative moves repeat, so they compress well."""
    steps = [f"m0 {QUIET}.5"]
    x, y = -QUIET, 0
    for row in range(side):
        for run in _DARK.finditer(modules[row * side : (row + 1) * side]):
            start, end = run.span()
            steps.append(_step(start - x, row - y, end - start))
            x, y = end, row
    return "".join(steps)


@lru_cache(maxsize=1 << 14)
def _step(right: int, down: int, length: int) -> str:
    """A move and a stroke: there are few, and each code has hundreds."""
    return f"m{right} {down}h{length}"
