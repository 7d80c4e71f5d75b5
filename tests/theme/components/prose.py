"""Text, a card, a wide table, code."""

from markupsafe import Markup

from tests.theme.clinic_by_hand import NOTE, TABLE
from tests.theme.component import shows

FIXTURES = {
    "text and a card": shows("prose", (Markup("<p>Read this.</p>"), NOTE), 3),
    "a wide table": shows("prose", (Markup(TABLE),), 3),
    "a long line of code": shows("prose", (Markup("<pre><code>{}</code></pre>").format("REF-2026-" * 12),), 3),
}
