"""States, and problems elsewhere."""

from tests.theme.component import shows
from tests.theme.views import UNREADABLE

FIXTURES = {
    "states and problems": shows("badges", UNREADABLE.frame.badges, 3),
    "one problem elsewhere": shows("badges", (), 1),
}
