"""In a row, in a list, as ways, as a section; to the appointment."""

from dataclasses import replace

from tests.theme.articles_by_hand import CONDITION
from tests.theme.clinic_by_hand import RECEPTION
from tests.theme.component import shows
from tests.theme.views import WAYS

FIXTURES = {
    "in a row": shows("inline_links", CONDITION.body_parts),
    "in a list": shows("link_list", CONDITION.treatments),
    "ways": shows("ways", WAYS, ()),
    "a way with a number": shows("ways", (replace(WAYS[0], note="Call 503-555-0100."),), (RECEPTION,)),
    "a section": shows("link_section", "Related pages", CONDITION.related, "related"),
    "to the appointment": shows("appointment_link", CONDITION.appointment),
}
