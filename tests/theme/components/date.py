"""A day."""

from tests.theme.clinic_by_hand import day
from tests.theme.component import shows

FIXTURES = {
    "a day": shows("time", day("2026-11-26", "Thursday 26 November 2026")),
}
