"""In each state of review."""

from dataclasses import replace

from tests.theme.clinic_by_hand import REVIEWED, TRUST
from tests.theme.component import shows

FIXTURES = {
    "awaits review": shows("trust", TRUST),
    "reviewed": shows("trust", REVIEWED),
    "late": shows("trust", replace(REVIEWED, review=replace(REVIEWED.review, state="overdue"))),
    "changed since": shows("trust", replace(REVIEWED, review=replace(REVIEWED.review, state="changed"))),
}
