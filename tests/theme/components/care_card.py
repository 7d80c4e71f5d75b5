"""Every kind of the vocabulary, at both levels."""

from dataclasses import replace

from markupsafe import Markup

from tests.theme.clinic_by_hand import CALL_US, DO, DONT, EMERGENCY, IMPORTANT, NOTE, TABLE, URGENT
from tests.theme.component import shows

FIXTURES = {
    "emergency": shows("care_card", EMERGENCY, 2),
    "urgent": shows("care_card", URGENT, 2),
    "call us": shows("care_card", CALL_US, 3),
    "do": shows("care_card", DO, 3),
    "do not": shows("care_card", DONT, 3),
    "important": shows("care_card", IMPORTANT, 3),
    "note": shows("care_card", NOTE, 3),
    "its title says the urgency already": shows("care_card", replace(CALL_US, urgency=""), 3),
    "with a wide table": shows("care_card", replace(NOTE, body=Markup(TABLE)), 3),
}
