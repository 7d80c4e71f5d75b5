"""Bodies of pages, parsed on all cores where that was not done before."""

from collections.abc import Sequence

import msgspec

from clinic.cache import Cache, key_for
from clinic.crew import in_shares
from clinic.model.kinds import Kind
from clinic.prose.body import Body
from clinic.prose.parser import parse_body
from clinic.prose.sections import meanings_added
from clinic.salt import salt
from clinic.source.nodes import Source
from clinic.words import Headings

Wanted = tuple[Source, Kind, tuple[str, ...]]
"""A source whose body is wanted, the kind of its page, and the ids of the sources that it may cite."""

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Body)


class Bodies:
    """Parses bodies, or takes them from the cache: each depends on its file, the clinic's headings and the code."""

    def __init__(self, cache: Cache, headings: Headings) -> None:
        """Takes the headings that the clinic added to those that open sections."""
        self._cache = cache
        self._meanings = {kind: meanings_added(headings, kind.value) for kind in Kind}
        self._shaping = {kind: key_for(salt(), kind.value, repr(self._meanings[kind])) for kind in Kind}
        self.parsed = 0

    def __call__(self, source: Source, kind: Kind, cited: tuple[str, ...]) -> Body:
        """The body of one page."""
        return self.of_all([(source, kind, cited)])[0]

    def of_all(self, wanted: Sequence[Wanted]) -> list[Body]:
        """The body of each page, in their order."""
        keys = [self._key(*one) for one in wanted]
        bodies = [_decoded(known) for known in self._cache.get_all(keys)]
        missing = [number for number, body in enumerate(bodies) if body is None]
        self.parsed += len(missing)
        encoded = in_shares(lambda number: _ENCODER.encode(self._parse(*wanted[number]).folded()), missing)
        made = [_DECODER.decode(one) for one in encoded]
        for number, body, data in zip(missing, made, encoded, strict=True):
            self._cache.put(keys[number], data)
            bodies[number] = body
        return [body for body in bodies if body is not None]

    def _key(self, source: Source, kind: Kind, cited: tuple[str, ...]) -> bytes:
        shaped = (source.path, str(source.body_line), repr(cited), source.body)
        return key_for("body", self._shaping[kind], *shaped)

    def _parse(self, source: Source, kind: Kind, cited: tuple[str, ...]) -> Body:
        return parse_body(
            source.body,
            path=source.path,
            first_line=source.body_line,
            kind=kind.value,
            sources=cited,
            meanings=self._meanings[kind],
        )


def _decoded(data: bytes | None) -> Body | None:
    try:
        return _DECODER.decode(data) if data is not None else None
    except msgspec.MsgspecError:
        return None
