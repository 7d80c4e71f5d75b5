"""Silent until its script runs: what it says then is tried in tests/search."""

from tests.theme.component import shows
from tests.theme.views import SEARCH

FIXTURES = {
    "before its script runs": shows(
        "finder", SEARCH.finder, SEARCH.phone, SEARCH.lead, SEARCH.sections, SEARCH.footnotes
    )
}
