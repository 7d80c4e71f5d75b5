"""Under letters, with another name, a letter with a page of its own; a list alone."""

from dataclasses import replace

from clinic.views.parts import LinkTo
from tests.theme.component import shows
from tests.theme.views import GROUPS

MORE = LinkTo(text="All under B", href="/conditions/b/", note="(120)")

FIXTURES = {
    "two letters": shows("group_list", GROUPS, (), 2),
    "a letter with a page of its own": shows("group_list", (replace(GROUPS[0], entries=(), more=MORE),), (), 3),
    "the way to the rest": shows("more_pages", MORE),
    "a list": shows("entries", GROUPS[0].entries, ()),
}
