"""Bodies of pages, parsed as the clinic's headings say, and what tells one from any other."""

from clinic.cache import key_for
from clinic.model.kinds import Kind
from clinic.prose.body import Body
from clinic.prose.parser import parse_body
from clinic.prose.sections import meanings_added
from clinic.source.nodes import Source
from clinic.words import Headings


class Bodies:
    """Parses bodies: each depends on its file, on the headings that open sections, and on the code."""

    def __init__(self, headings: Headings) -> None:
        """Takes the headings that the clinic added to those that open sections."""
        self._meanings = {kind: meanings_added(headings, kind.value) for kind in Kind}

    def __call__(self, source: Source, kind: Kind, cited: tuple[str, ...]) -> Body:
        """The body of a page of this kind, which may cite the sources with these ids."""
        return parse_body(
            source.body,
            path=source.path,
            first_line=source.body_line,
            kind=kind.value,
            sources=cited,
            meanings=self._meanings[kind],
        )

    @staticmethod
    def shape(source: Source, cited: tuple[str, ...]) -> bytes:
        """What shapes the body of a page, beside its path, the headings and the code: where it is the same, it is."""
        return key_for(str(source.body_line), repr(cited), source.body)
