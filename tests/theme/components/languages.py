"""Both directions."""

from tests.theme.clinic_by_hand import LANGUAGES
from tests.theme.component import shows

FIXTURES = {
    "from left and from right": shows("languages", LANGUAGES),
}
