"""The search page of a large site with its script and files, as a build makes them: nothing else of it is rendered."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from clinic.build import Site, plan_site
from clinic.cache import Cache
from clinic.content import read_content
from clinic.library.audience import Audience
from clinic.library.library import build_library
from clinic.library.timeline import Timeline
from clinic.staging import Wanted
from tests.harness import NOW, SITE
from tests.search.corpus import Named, many, write

THEME = Path(__file__).parents[2] / "theme"


@dataclass(frozen=True)
class Search:
    """The files of a site by their keys, and the pages that were written for it."""

    files: Mapping[str, Wanted]
    pages: tuple[Named, ...]

    def body(self, key: str) -> bytes:
        """What a file holds."""
        return self.files[key].make().body

    def key(self, begin: str, end: str) -> str:
        """The one key that begins and ends so, with nothing but a hash between."""
        fitting = [key for key in self.files if key.startswith(begin) and key.endswith(end)]
        exact = [key for key in fitting if "." not in key[len(begin) : -len(end)]]
        assert len(exact) == 1, fitting
        return exact[0]


def site_of(content: Path, *, audience: Audience = Audience.PATIENTS, url: str | None = None) -> Site:
    """The planned site of a content folder, with the theme that is shipped."""
    read = read_content(content, Cache(None))
    assert read.material is not None
    library = build_library(read.material, Timeline(NOW), audience)
    return plan_site(library, theme=THEME, content=content, cache=Cache(None), url=url)


def search_of(content: Path, *, audience: Audience = Audience.PATIENTS, url: str | None = None) -> Search:
    """The files of a content folder's site."""
    return Search({file.key: file for file in site_of(content, audience=audience, url=url).wanted}, ())


def large_search(folder: Path, count: int) -> Search:
    """The small good site with so many pages more."""
    content = Path(shutil.copytree(SITE, folder / "content"))
    pages = many(count)
    write(content, pages)
    return Search(search_of(content).files, pages)
