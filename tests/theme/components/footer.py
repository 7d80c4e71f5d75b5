"""With hours and without."""

from tests.theme.articles_by_hand import PLAIN
from tests.theme.component import shows

WITH_HOURS, WITHOUT = True, False

FIXTURES = {
    "with hours": shows("footer", PLAIN.frame, WITH_HOURS),
    "without hours, at home": shows("footer", PLAIN.frame, WITHOUT),
}
