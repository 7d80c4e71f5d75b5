"""Under letters, with another name; a list alone."""

from tests.theme.component import shows
from tests.theme.views import GROUPS

FIXTURES = {
    "two letters": shows("group_list", GROUPS, ()),
    "a list": shows("entries", GROUPS[0].entries, ()),
}
