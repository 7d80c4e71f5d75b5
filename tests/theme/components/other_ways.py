"""Three, the first one here."""

from tests.theme.component import shows
from tests.theme.views import OTHER_WAYS

FIXTURES = {
    "three ways": shows("other_ways", OTHER_WAYS),
}
