"""With gaps."""

from tests.theme.component import shows
from tests.theme.views import LETTERS

FIXTURES = {
    "most without pages": shows("letters", LETTERS),
}
