"""Bodies of pages, parsed on all cores where that was not done before."""

from collections.abc import Sequence

import msgspec

from clinic.cache import Cache, key_for
from clinic.crew import hands, in_processes
from clinic.model.kinds import Kind
from clinic.prose.body import Body
from clinic.prose.parser import parse_body
from clinic.prose.sections import meanings_added
from clinic.salt import salt
from clinic.source.nodes import Source
from clinic.words import Headings

Wanted = tuple[Source, Kind, tuple[str, ...]]
"""A source whose body is wanted, the kind of its page, and the ids of the sources that it may cite."""

_MANY = 60
"""Bodies from which on a second process is worth its start."""

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Body)
_SEVERAL = msgspec.msgpack.Decoder(list[bytes])


class Bodies:
    """Parses bodies, or takes them from the cache: each depends on its file, the clinic's headings and the code."""

    def __init__(self, cache: Cache, headings: Headings) -> None:
        """Takes the headings that the clinic added to those that open sections."""
        self._cache = cache
        self._meanings = {kind: meanings_added(headings, kind.value) for kind in Kind}
        self.parsed = 0

    def __call__(self, source: Source, kind: Kind, cited: tuple[str, ...]) -> Body:
        """The body of one page."""
        return self.of_all([(source, kind, cited)])[0]

    def of_all(self, wanted: Sequence[Wanted]) -> list[Body]:
        """The body of each page, in their order."""
        keys = [self._key(*one) for one in wanted]
        found = [self._cache.get(key) for key in keys]
        bodies = [_decoded(known) for known in found]
        missing = [number for number, body in enumerate(bodies) if body is None]
        self.parsed += len(missing)
        if len(missing) < _MANY:
            made = [self._parse(*wanted[number]) for number in missing]
            encoded = [_ENCODER.encode(body) for body in made]
        else:
            encoded = self._parse_all([wanted[number] for number in missing])
            made = [_DECODER.decode(one) for one in encoded]
        for number, body, data in zip(missing, made, encoded, strict=True):
            self._cache.put(keys[number], data)
            bodies[number] = body
        return [body for body in bodies if body is not None]

    def _key(self, source: Source, kind: Kind, cited: tuple[str, ...]) -> bytes:
        shaped = (source.path, kind.value, str(source.body_line), repr(cited), repr(self._meanings[kind]), source.body)
        return key_for("body", salt(), *shaped)

    def _parse(self, source: Source, kind: Kind, cited: tuple[str, ...]) -> Body:
        return parse_body(
            source.body,
            path=source.path,
            first_line=source.body_line,
            kind=kind.value,
            sources=cited,
            meanings=self._meanings[kind],
        )

    def _parse_all(self, wanted: Sequence[Wanted]) -> list[bytes]:
        """Their bodies as the cache has them, parsed by as many processes as there are cores."""
        count = hands()
        shares = [wanted[number::count] for number in range(count)]

        def parse(number: int) -> bytes:
            return _ENCODER.encode([_ENCODER.encode(self._parse(*one)) for one in shares[number]])

        encoded = [b""] * len(wanted)
        for number, made in enumerate(in_processes(parse, count)):
            encoded[number::count] = _SEVERAL.decode(made)
        return encoded


def _decoded(data: bytes | None) -> Body | None:
    try:
        return _DECODER.decode(data) if data is not None else None
    except msgspec.MsgspecError:
        return None
