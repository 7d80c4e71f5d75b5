"""Under letters, with another name, and with a page of their own; a list alone."""

from tests.theme.component import shows
from tests.theme.views import GROUPS

FIXTURES = {
    "two letters": shows("group_list", GROUPS, (), 2),
    "under another heading": shows("group_list", GROUPS[:1], (), 3),
    "a page of its own": shows("more_pages", GROUPS[1].more),
    "a list": shows("entries", GROUPS[0].entries, ()),
}
