"""With other names and a number; a title alone that has no space."""

from tests.theme.clinic_by_hand import RECEPTION
from tests.theme.component import shows

FIXTURES = {
    "title, names, summary": shows(
        "page_head",
        "Sciatica",
        "Pain in a leg. Call 503-555-0100.",
        (RECEPTION,),
        ("nerve pain", "a pinched nerve"),
    ),
    "90 characters without a space": shows("page_head", "Pneumonoultramicroscopic" * 4, "", (), ()),
    "from right to left within": shows("page_head", "Help: مساعدة لغوية (24/7)", "العربية and English.", (), ()),
}
