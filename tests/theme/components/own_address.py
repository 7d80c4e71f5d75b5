"""A long address, and none."""

from tests.theme.component import shows

FIXTURES = {
    "a long address": shows("own_address", "https://clinic.example.com/procedures/lumbar-sympathetic-block/"),
}
