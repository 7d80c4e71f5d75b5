"""What the last build left in an output: where nothing that shapes it has changed since, there is nothing to do."""

import hashlib
from typing import TYPE_CHECKING

import msgspec

from clinic.cache import Cache, key_for
from clinic.commands.answers import Answer, Span, answer_of, lasting, look, shaping, span_of
from clinic.commands.manner import Built, Manner
from clinic.commands.settings import Settings
from clinic.disk import content_of, files_below
from clinic.output import Output
from clinic.source.digests import Seen

if TYPE_CHECKING:
    from clinic.commands.gathering import Gathered


class Left(msgspec.Struct, frozen=True):
    """What a build left and said: what shaped it, the digest of the output, its span, its problems, the clinic."""

    shaped: str
    output: str
    span: Span
    answer: Answer
    built: Built


_DECODER = msgspec.msgpack.Decoder(Left)


class Standing:
    """Asks before a build whether it is needed, and notes after it what it left.

    A build follows from the content, the theme, the generator, the settings, and on which side of the moments that
    were compared with `now` that is (clinic/library/timeline.py). Where these and every file of the output are as the
    last build left them, another would write the same again.
    """

    def __init__(self, settings: Settings, how: Manner, output: Output, cache: Cache) -> None:
        """Looks at what shapes the build. Call it while the output is held.

        Raises:
            Misuse: there is no content folder.
        """
        self._settings = settings
        self._how = how
        self._output = output
        self._cache = cache
        self._key = key_for("left", str(output.folder), settings.audience.value)
        self.seen = look(settings)
        """The content folder as it was looked at."""
        self._shaped = self._shaping(self.seen)

    def found(self) -> Left | None:
        """What the last build left, if a build now would leave the same.

        Raises:
            Misuse: `--now` is no moment.
        """
        if self._how.anew or self._how.verbose:
            return None
        try:
            left = _DECODER.decode(self._cache.get(self._key) or b"")
        except msgspec.MsgspecError:
            return None
        same = left.shaped == self._shaped and left.span.holds(self._settings)
        return left if same and left.output and left.output == self._output.untouched() else None

    def note(self, gathered: "Gathered") -> None:
        """Remembers what a build left that has just ended well; not if something changed while it was at work."""
        if gathered.library is None or not lasting(gathered.problems):
            return
        if self._shaped != self._shaping(look(self._settings, self.seen)):
            return
        left = Left(
            self._shaped,
            self._output.told_apart(),
            span_of(gathered),
            answer_of(gathered),
            Built.of(gathered.library.clinic),
        )
        self._cache.put(self._key, msgspec.msgpack.encode(left))

    def _shaping(self, seen: Seen) -> str:
        settings, digest = self._settings, hashlib.blake2b(digest_size=16)
        for path in files_below(settings.theme):
            body = content_of(settings.theme / path)  # None for what some editors leave there: links to nowhere
            digest.update(f"{path}\0{body is None}\0".encode("utf-8", "surrogatepass") + (body or b"") + b"\0")
        return f"{shaping(settings, seen)} {digest.hexdigest()} {settings.url} {self._how.strict}"
