"""All of it, and a name alone."""

from clinic.views.pages import Contact
from tests.theme.articles_by_hand import PLAIN
from tests.theme.component import shows

FIXTURES = {
    "name, text, phone, e-mail": shows("contact", PLAIN.contact, ()),
    "a name alone": shows("contact", Contact(who="Front desk", text="", phone=None, email=None), ()),
}
