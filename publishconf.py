"""Settings for Pelican and for `publish` and `plan`: the site as patients get it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from pelicanconf import *  # noqa: F403 - Pelican's own way to say "as there, but for"

OUTPUT_PATH = "output-live"
CLINIC_AUDIENCE = "patients"

# Where `publish` releases to. Empty is the folder public/ on this computer: nobody on the internet sees it.
PUBLISH_TARGET = ""
