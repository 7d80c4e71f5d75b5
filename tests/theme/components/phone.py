"""With hours; after hours; the number alone."""

from tests.theme.clinic_by_hand import AFTER_HOURS, AFTER_HOURS_TEXT, RECEPTION
from tests.theme.component import shows

FIXTURES = {
    "with hours": shows("phone_line", RECEPTION),
    "when we are closed": shows("after_hours_line", AFTER_HOURS, AFTER_HOURS_TEXT),
    "words alone when we are closed": shows("after_hours_line", None, AFTER_HOURS_TEXT),
    "the number": shows("phone_link", RECEPTION),
}
