"""With hours and special days; short."""

from tests.theme.clinic_by_hand import EAST, MAIN
from tests.theme.component import shows

WITH_HOURS, WITHOUT = True, False

FIXTURES = {
    "all of it": shows("place_block", MAIN, 2, WITH_HOURS),
    "without hours": shows("place_block", EAST, 3, WITHOUT),
    "without a heading": shows("place_facts", EAST, WITH_HOURS),
}
