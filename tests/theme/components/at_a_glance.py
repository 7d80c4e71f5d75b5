"""Text, people and places; one row."""

from clinic.views.parts import Fact
from tests.theme.articles_by_hand import PROCEDURE
from tests.theme.clinic_by_hand import RECEPTION
from tests.theme.component import shows

FIXTURES = {
    "a whole table": shows("at_a_glance", PROCEDURE.at_a_glance, (RECEPTION,)),
    "a row with a number": shows("at_a_glance", (Fact(label="Cost", value="Ask 503-555-0100"),), (RECEPTION,)),
}
