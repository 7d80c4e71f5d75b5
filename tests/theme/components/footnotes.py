"""The author's own."""

from tests.theme.articles_by_hand import PLAIN
from tests.theme.component import shows

FIXTURES = {
    "one note": shows("footnotes", PLAIN.footnotes),
}
