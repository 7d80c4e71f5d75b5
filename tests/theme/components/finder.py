"""The search before its script runs: nothing is seen or heard of it yet, and the A to Z stands below it."""

from tests.theme.component import shows
from tests.theme.views import SEARCH

FIXTURES = {"hidden until its script runs": shows("finder", SEARCH)}
