"""A long page."""

from tests.theme.articles_by_hand import PROCEDURE
from tests.theme.component import shows

FIXTURES = {
    "of nine sections": shows("contents", PROCEDURE.sections),
}
