"""Every control, needed or not."""

from tests.theme.component import shows
from tests.theme.views import FORM

FIXTURES = {field.label: shows("form_field", field) for field in FORM.fields}
