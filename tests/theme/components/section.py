"""With a meaning; in another language."""

from dataclasses import replace

from tests.theme.articles_by_hand import PROCEDURE
from tests.theme.clinic_by_hand import section
from tests.theme.component import shows

FIXTURES = {
    "getting ready": shows("section", replace(PROCEDURE.sections[3], alias="preparing")),
    "in Arabic": shows("section", replace(section("", "العربية", "<p>نساعدك.</p>"), lang="ar", direction="rtl")),
}
