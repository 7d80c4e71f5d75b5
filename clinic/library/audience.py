"""For whom a site is built."""

import enum


class Audience(enum.Enum):
    """For whom the site is built."""

    EDITORS = "editors"
    """Drafts and upcoming pages are shown and badged."""
    PATIENTS = "patients"
    """Only what is public."""
