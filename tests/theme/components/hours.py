"""A week, and days that differ."""

from tests.theme.clinic_by_hand import EAST, MAIN
from tests.theme.component import shows

FIXTURES = {
    "a week and special days": shows("hours", MAIN.name, MAIN.hours, MAIN.special_days),
    "a week": shows("hours", EAST.name, EAST.hours, ()),
}
