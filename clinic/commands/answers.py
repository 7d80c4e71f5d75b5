"""What looking at the very same content told before, so that a second look costs no more than making sure of that."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from clinic.cache import Cache, key_for
from clinic.commands.ends import Misuse
from clinic.commands.settings import Settings
from clinic.library.audience import Audience
from clinic.problems import Problem
from clinic.problems.catalogue.whole import CHECK_STOPPED
from clinic.salt import salt
from clinic.source.digests import Seen, see
from clinic.source.tree import ContentFolderError

if TYPE_CHECKING:
    from clinic.commands.gathering import Gathered


class Answer(msgspec.Struct, frozen=True):
    """All that `check` shows: how many files and pages there are, every problem, the texts that excerpts come from.

    `clock` is the key of the clinic's time zone; without it, clinic.yaml can't be used.
    """

    files: int
    pages: int
    clock: str
    problems: tuple[Problem, ...]
    texts: Mapping[str, str]

    @property
    def zone(self) -> ZoneInfo:
        """The clinic's time zone, or that of the world where none is known."""
        return ZoneInfo(self.clock or "UTC")


class Span(msgspec.Struct, frozen=True):
    """From when until when time alone changes nothing. `clock` is the key of the clinic's time zone, if it is known."""

    clock: str
    since: dt.datetime | None
    until: dt.datetime | None

    def holds(self, settings: Settings) -> bool:
        """Whether no moment lies between then and now.

        Raises:
            Misuse: `--now` is no moment.
        """
        if not self.clock:
            return True
        now = settings.instant(ZoneInfo(self.clock))
        return (self.since is None or self.since <= now) and (self.until is None or now < self.until)


class _Kept(msgspec.Struct, frozen=True):
    """An answer, the content that it is about, and its span."""

    content: str
    span: Span
    answer: Answer


_DECODER = msgspec.msgpack.Decoder(_Kept)


def ask(settings: Settings, cache: Cache, audience: Audience) -> Answer:
    """What is to be said of the content now. The last answer is remembered for each folder.

    An answer follows from the bytes in the folder, the generator, the settings and on which side of the moments that it
    was compared with `now` is (clinic/library/timeline.py): where all of these are as before, so is the answer.

    Raises:
        Misuse: there is no content folder, or the settings say of the clinic what clinic.yaml does not.
    """
    key = key_for("answer", str(settings.content.resolve()), audience.value)
    seen = look(settings)
    shaped = shaping(settings, seen)
    kept = _kept(cache.get(key))
    if kept is not None and kept.content == shaped and kept.span.holds(settings):
        return kept.answer
    from clinic.commands.gathering import gather  # noqa: PLC0415 - all that reads and checks: where it is needed only

    gathered = gather(settings, cache, audience=audience, seen=seen)
    answer = answer_of(gathered)
    if lasting(gathered.problems) and shaped == shaping(settings, look(settings, seen)):
        cache.put(key, msgspec.msgpack.encode(_Kept(shaped, span_of(gathered), answer)))
    return answer


def look(settings: Settings, before: Seen | None = None) -> Seen:
    """The content folder now; `before` is how it was a moment ago.

    Raises:
        Misuse: there is no content folder.
    """
    try:
        return see(settings.content, settings.cache, before)
    except ContentFolderError as error:
        raise Misuse(str(error)) from error


def shaping(settings: Settings, seen: Seen) -> str:
    """All that shapes what is said of content, but for the clock: the generator, the settings, every byte of it.

    What changed while content was read may or may not be in what was read: compare this before and after.
    """
    return f"{salt()} {settings.stated!r} {seen.digest}"


def lasting(problems: Iterable[Problem]) -> bool:
    """Whether the same content would have the same problems again: a fault of ours may not come a second time."""
    return all(problem.code != CHECK_STOPPED.code for problem in problems)


def span_of(gathered: "Gathered") -> Span:
    """For how long what was gathered stays as it is."""
    if gathered.library is None:
        return Span("", None, None)
    timeline = gathered.library.timeline
    return Span(gathered.library.clock.key, timeline.last, next(iter(timeline.coming), None))


def _kept(data: bytes | None) -> _Kept | None:
    try:
        return _DECODER.decode(data) if data else None
    except msgspec.MsgspecError:
        return None


def answer_of(gathered: "Gathered") -> Answer:
    """What is to be said of what was gathered."""
    content = gathered.content
    shown = {problem.path for problem in gathered.problems}
    return Answer(
        files=len(content.tree.files) + len(content.tree.refused),
        pages=len(content.documents),
        clock=gathered.library.clock.key if gathered.library else "",
        problems=gathered.problems,
        texts={path: content.texts[path] for path in sorted(shown) if path in content.texts},
    )
