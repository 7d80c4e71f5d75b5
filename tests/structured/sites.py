"""A site as patients get it, built from a content folder with the real theme."""

from pathlib import Path

from clinic.build import plan_site, write_site
from clinic.cache import Cache
from clinic.commands.gathering import gather
from clinic.commands.settings import Settings
from clinic.library.audience import Audience
from clinic.output import Output
from tests.theme.making import THEME


def built(content: Path, folder: Path) -> Path:
    """The site that patients see, built from a content folder with the real theme."""
    settings = Settings(
        content=content,
        output=folder / "output",
        cache=folder / "cache",
        theme=THEME,
        audience=Audience.PATIENTS,
        now="2026-11-22T09:00:00",
    )
    output = Output(settings.output, settings.cache)
    with Cache(settings.cache) as cache, output.held():
        library = gather(settings, cache).library
        assert library is not None
        write_site(plan_site(library, theme=settings.theme, content=content, cache=cache), output)
    return settings.output
