"""A small stock Pelican site with every trap of one, written anew for each test: bytes in a repository get mended."""

import shutil
from pathlib import Path

from tests.harness import SITE

CONF = """
AUTHOR = 'Front desk team'
SITENAME = 'Example Clinic'
SITEURL = 'https://old.example.com'
PATH = 'content'
TIMEZONE = 'America/Los_Angeles'
STATIC_PATHS = ['images', 'pdfs', 'extra']
EXTRA_PATH_METADATA = {'extra/robots.txt': {'path': 'robots.txt'}}
ARTICLE_URL = '{date:%Y}/{slug}.html'
ARTICLE_SAVE_AS = '{date:%Y}/{slug}.html'
TAG_FEED_ATOM = 'feeds/tag-{slug}.atom.xml'
DEFAULT_PAGINATION = 2
LINKS = (('Pelican', 'https://getpelican.com/'),)
"""

PAGES: dict[str, str | bytes] = {
    # A byte order mark, keys in capitals, a category from the folder, links of every sort.
    "conditions/knee-pain.md": "\ufeffTITLE: Knee pain\nDATE: 2024-03-05 10:00\nMODIFIED: 2023-01-01\n"
    "Tags: knee, pain\n"
    "Mood: calm\nSummary: What a sore *knee* is.\n\n## Symptoms\n\nThe knee hurts on the stairs.\n\n"
    "![]({static}/images/Walk.PNG)\n\nRead [about the block]({filename}../procedures/nerve.md#part), "
    "[all on pain]({tag}pain), [our forms]({attach}/pdfs/intake%20form.pdf) and [the start]({index}).\n"
    "In code `{filename}x.md` stays.\n",
    "procedures/nerve.md": "Title: Old nerve block\nDate: 5 May 2023\nAuthor: Front desk team\n\n"
    "The block numbs a nerve. [Knee](|filename|../conditions/knee-pain.md) and |filename| in a table stays.\n",
    "news/moved.md": "Title: The desk has moved\nDate: 2026-11-02\nCategory: Move\nTags: Front Desk\n"
    "Authors: Ann Example; Bo Example\n\nThe desk is on the left. See [about us](/pages/about.html) and "
    "[the site](https://old.example.com/2023/old-nerve-block.html).\n",
    "news/latin.md": "Title: Caf\xe9 open\nDate: 2024-01-02\n\nThe caf\xe9 is open.\n".encode("latin-1"),
    "news/may.md": "Title: In May\nDate: May\n\nWe plan for the spring.\n",
    "news/slashes.md": "Title: Two readings\nDate: 03/04/2024\nSlug: two-readings\n\nWe were closed.\n",
    "news/same.md": "Title: Same name\nDate: 2024-02-01\nSlug: hours-2024\n\nThe first text of two.\n",
    "news/jinja.md": "Title: Jinja\nDate: 2024-02-03\n\nCall {{ SITENAME }} now. {% if x %}No{% endif %}\n",
    "news/html.md": 'Title: Raw\nDate: 2024-02-04\n\n<div onclick="x()">Hello</div>\n\n[Back]({filename}may.md)\n',
    "news/later.md": "Title: In the new year\nDate: 2027-01-15\n\nWe open at 9 am on January 15, 2027.\n",
    "news/quoted.md": "\u201cTitle\u201d: Smart\nDate: 2024-02-05\n\nThe header has smart quotes.\n",
    "news/draft.md": "Title: Not yet\nDate: 2024-02-06\nStatus: draft\n\nNot yet told.\n",
    "news/blank.md": "Title: With a gap\nDate: 2024-02-07\n\nTags: gap\n\nThe header has a gap.\n",
    "news/rest.rst": "A reST file\n###########\n\n:date: 2024-02-08\n\nText.\n",
    "news/patient.md": "Title: Thanks\nDate: 2024-02-09\n\nThanks to our patient, MRN 00482913.\n",
    "pages/about.md": "Title: About us\nSlug: about\n\nWe are a clinic. [Gone]({filename}/news/gone.md)\n",
    "pages/hidden.md": "Title: For referrals\nStatus: hidden\nSave_as: refer/us.html\nURL: refer/us.html\n\n"
    "Send us a letter.\n",
    "images/Walk.PNG": (SITE / "images" / "walk.png").read_bytes(),
    "images/walk.png": (SITE / "images" / "walk.png").read_bytes(),
    "pdfs/intake form.pdf": (SITE / "files" / "language-card.pdf").read_bytes(),
    "extra/robots.txt": "User-agent: *\n",
}

SAME_SLUG = "Title: Same name again\nDate: 2024-02-02\nSlug: hours-2024\n\nThe second text of two.\n"


def old_site(folder: Path, **more: str | bytes) -> Path:
    """Writes the site into a folder; `more` are further files by path, `__` for each slash."""
    (folder / "content").mkdir(parents=True)
    (folder / "pelicanconf.py").write_text(CONF, encoding="utf-8")
    named = {path.replace("__", "/"): data for path, data in more.items()}
    for path, data in {**PAGES, **named}.items():
        file = folder / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder


def clinic_folder(folder: Path) -> Path:
    """A copy of the small good site, to bring the old one into."""
    return Path(shutil.copytree(SITE, folder / "content"))
