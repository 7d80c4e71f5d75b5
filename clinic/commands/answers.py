"""What looking at the very same content told before, so that a second look costs no more than making sure of that."""

import datetime as dt
from collections.abc import Mapping
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
from clinic.source.digests import digest_of_tree
from clinic.source.tree import ContentFolderError, walk

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


class _Kept(msgspec.Struct, frozen=True):
    """An answer, the content that it is about, and from when until when time alone changes nothing of it."""

    content: str
    since: dt.datetime | None
    until: dt.datetime | None
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
    shaped = f"{salt()} {settings.stated!r} {_content(settings)}"
    kept = _kept(cache.get(key))
    if kept is not None and kept.content == shaped and _holds(settings, kept):
        return kept.answer
    from clinic.commands.gathering import gather  # noqa: PLC0415 - all that reads and checks: where it is needed only

    gathered = gather(settings, cache, audience=audience)
    answer = _answer(gathered)
    # What was changed while it was read may or may not be in the answer; and a fault of ours may not come again.
    sound = all(problem.code != CHECK_STOPPED.code for problem in answer.problems)
    if sound and shaped == f"{salt()} {settings.stated!r} {_content(settings)}":
        timeline = gathered.library.timeline if gathered.library else None
        since = timeline.last if timeline else None
        until = next(iter(timeline.coming), None) if timeline else None
        cache.put(key, msgspec.msgpack.encode(_Kept(shaped, since, until, answer)))
    return answer


def _content(settings: Settings) -> str:
    """The digest of all that is in the content folder.

    Raises:
        Misuse: there is none.
    """
    try:
        return digest_of_tree(walk(settings.content), settings.cache)
    except ContentFolderError as error:
        raise Misuse(str(error)) from error


def _kept(data: bytes | None) -> _Kept | None:
    try:
        return _DECODER.decode(data) if data else None
    except msgspec.MsgspecError:
        return None


def _holds(settings: Settings, kept: _Kept) -> bool:
    """Whether no moment lies between then and now.

    Raises:
        Misuse: `--now` is no moment.
    """
    if not kept.answer.clock:
        return True
    now = settings.instant(kept.answer.zone)
    return (kept.since is None or kept.since <= now) and (kept.until is None or now < kept.until)


def _answer(gathered: "Gathered") -> Answer:
    content = gathered.content
    shown = {problem.path for problem in gathered.problems}
    return Answer(
        files=len(content.tree.files) + len(content.tree.refused),
        pages=len(content.documents),
        clock=gathered.library.clock.key if gathered.library else "",
        problems=gathered.problems,
        texts={path: text for path, text in sorted(content.texts.items()) if path in shown},
    )
