"""Some."""

from tests.theme.articles_by_hand import CONDITION
from tests.theme.component import shows

FIXTURES = {
    "four": shows("symptom_list", CONDITION.symptoms),
}
