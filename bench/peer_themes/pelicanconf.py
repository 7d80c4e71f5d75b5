"""Settings of the stock Pelican that ours is measured beside: its own defaults, but for what a clinic's site needs."""

SITENAME = "Clinic"
SITEURL = "https://clinic.example"
AUTHOR = "Web team"
THEME = "theme"
TIMEZONE = "America/New_York"
DEFAULT_LANG = "en"
DEFAULT_DATE = (2026, 11, 2)
ARTICLE_URL = "{category}/{slug}/"
ARTICLE_SAVE_AS = "{category}/{slug}/index.html"
CATEGORY_URL = "{slug}/"
CATEGORY_SAVE_AS = "{slug}/index.html"
TAG_SAVE_AS = ""
AUTHOR_SAVE_AS = ""
STATIC_PATHS = ["images"]
FEED_DOMAIN = SITEURL
FEED_ALL_ATOM = "feed.atom"
FEED_MAX_ITEMS = 20
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
DEFAULT_PAGINATION = False
DIRECT_TEMPLATES = ["index", "sitemap", "titles"]
SITEMAP_SAVE_AS = "sitemap.xml"
TITLES_SAVE_AS = "titles.json"
MARKDOWN = {
    "extension_configs": {"markdown.extensions.extra": {}, "markdown.extensions.toc": {}},
    "output_format": "html5",
}
CACHE_PATH = "cache"
CONTENT_CACHING_LAYER = "reader"
