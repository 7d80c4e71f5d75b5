"""With places, and with a number to call."""

from dataclasses import replace

from tests.theme.clinic_by_hand import BANNER, RECEPTION
from tests.theme.component import shows

FIXTURES = {
    "of two places": shows("banner_list", (BANNER,), ()),
    "two, one with a number": shows(
        "banner_list", (BANNER, replace(BANNER, places=(), summary="Call 503-555-0100 first.")), (RECEPTION,)
    ),
}
