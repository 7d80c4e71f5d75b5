"""Live and ended."""

from tests.theme.clinic_by_hand import RECEPTION
from tests.theme.component import shows
from tests.theme.views import ENDED, NOTICES

FIXTURES = {
    "live": shows("notice_list", NOTICES, (RECEPTION,)),
    "ended": shows("notice_list", (ENDED,), ()),
}
