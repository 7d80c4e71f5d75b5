"""Settings for Pelican and for `build` and `check`: the site as editors see it.

What is true of the clinic (its name, address, time zone, language) stands in content/clinic.yaml and nowhere else.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))  # so that `pelican -s …` finds the plugin from any folder

from clinic import pelican_plugin

PLUGINS = [pelican_plugin]  # the module itself: a name that can't be imported would leave an empty site and exit 0

PATH = "content"
THEME = "theme"
OUTPUT_PATH = "output"
CLINIC_AUDIENCE = "editors"

# The plugin takes the place of Pelican's own generators: they are given nothing to do.
ARTICLE_PATHS: list[str] = []
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
THEME_STATIC_PATHS: list[str] = []
TEMPLATE_PAGES: dict[str, str] = {}
DIRECT_TEMPLATES: list[str] = []
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TIMEZONE = "UTC"  # Pelican asks for one; the clinic's own stands in clinic.yaml
