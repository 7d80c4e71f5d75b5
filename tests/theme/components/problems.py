"""Three severities."""

from tests.theme.component import shows
from tests.theme.views import UNREADABLE

FIXTURES = {
    "three problems": shows("problems", UNREADABLE.frame.problems),
}
