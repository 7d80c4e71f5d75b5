"""Two steps deep."""

from tests.theme.articles_by_hand import PROCEDURE
from tests.theme.component import shows

FIXTURES = {
    "home, index, page": shows("breadcrumb", PROCEDURE.frame.breadcrumb),
}
