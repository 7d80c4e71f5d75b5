"""With logo and phone; without either."""

from dataclasses import replace

from tests.theme.articles_by_hand import PLAIN
from tests.theme.component import shows

FIXTURES = {
    "logo, phone, ways": shows("header", PLAIN.frame),
    "a long name and nothing else": shows(
        "header", replace(PLAIN.frame, clinic="Pneumonoultramicroscopicsilicovolcanoconiosis " * 2, phone=None)
    ),
}
