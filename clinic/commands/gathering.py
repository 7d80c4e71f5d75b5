"""What every command that looks at content begins with: the folder read, linked, checked."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from clinic.cache import Cache
from clinic.commands.ends import Exit, Misuse, Stopped
from clinic.commands.saying import complain, show_problems
from clinic.commands.settings import Settings
from clinic.content import Content, read_content
from clinic.library.audience import Audience
from clinic.library.library import Library, build_library
from clinic.library.timeline import Timeline
from clinic.problems import Problem
from clinic.rules import problems_of
from clinic.source.digests import Seen
from clinic.source.tree import ContentFolderError


@dataclass(frozen=True)
class Gathered:
    """Content with its library and every problem. Without a library, clinic.yaml can't be used."""

    content: Content
    library: Library | None
    problems: tuple[Problem, ...]


@contextmanager
def open_cache(settings: Settings) -> Iterator[Cache]:
    """The cache of the settings."""
    with Cache(settings.cache) as cache:
        yield cache


def gather(
    settings: Settings,
    cache: Cache,
    *,
    audience: Audience | None = None,
    absent: Iterable[str] = (),
    seen: Seen | None = None,
) -> Gathered:
    """Reads, links and checks all content. `seen` is the content folder where that was just looked at.

    Raises:
        Misuse: there is no content folder, or the settings say of the clinic what clinic.yaml does not.
    """
    try:
        content = read_content(settings.content, cache, seen=seen)
    except ContentFolderError as error:
        raise Misuse(str(error)) from error
    return link(settings, content, audience=audience, absent=absent, rules=lambda library: problems_of(library, cache))


def link(
    settings: Settings,
    content: Content,
    *,
    audience: Audience | None = None,
    absent: Iterable[str] = (),
    before: Library | None = None,
    rules: Callable[[Library], tuple[Problem, ...]] = problems_of,
) -> Gathered:
    """Links and checks content that was read.

    `before` is the library of a moment ago, which spares some of that; `rules` says what problems it has.

    Raises:
        Misuse: the settings say of the clinic what clinic.yaml does not.
    """
    if content.material is None:
        return Gathered(content, None, content.problems)
    settings.check_clinic(content.material.clinic)
    timeline = Timeline(settings.instant(content.material.clock))
    library = build_library(content.material, timeline, audience or settings.audience, absent=absent, before=before)
    return Gathered(content, library, rules(library))


def whole(gathered: Gathered, *, doing: str) -> Library:
    """The library, or the end of the command where clinic.yaml can't be used.

    Raises:
        Stopped: it can't; its problems are shown.
    """
    if gathered.library is None:
        show_problems(gathered.problems, gathered.content.texts)
        complain(f"clinic.yaml can't be used, so nothing was {doing}. Mend it first; see above.")
        raise Stopped(Exit.PROBLEMS)
    return gathered.library
