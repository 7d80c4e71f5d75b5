"""The pages of a content folder: their bytes read, their headers typed, their bodies parsed, a few at a time."""

import functools
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from clinic.bodies import Bodies
from clinic.heads import Heads
from clinic.library.document import Document, finish_document
from clinic.library.unread import unread
from clinic.problems import Problem
from clinic.shelf import Shelf
from clinic.source.opening import Private, read_guarded
from clinic.source.tree import FoundFile

_AT_ONCE = 1000
"""Pages that are on their way at once: enough for all cores, and few enough that memory does not grow with the site."""


def read_pages(
    root: Path,
    files: Iterable[FoundFile],
    shelf: Shelf[tuple[Document, str]],
    heads: Heads,
    bodies: Bodies,
    texts: dict[str, str],
) -> dict[str, Document]:
    """The documents in these files, by path.

    Args:
        root: the content folder.
        files: the files.
        shelf: what this process still knows of them.
        heads: types headers.
        bodies: parses bodies.
        texts: takes the texts of those that may be shown.
    """
    documents: dict[str, Document] = {}
    rest = iter(files)
    while some := tuple(islice(rest, _AT_ONCE)):
        unknown: list[tuple[FoundFile, bytes]] = []
        for found in some:
            known = shelf.recall(found)
            if known is None:
                data = read_guarded(root, found.path, clean=functools.partial(heads.knows, found.path))
                if isinstance(data, Problem | Private):
                    documents[found.path] = unread(found.path, data)
                    continue
                known = shelf.same(found, data)
                if known is None:
                    unknown.append((found, data))
                    continue
            documents[found.path], texts[found.path] = known
        begun = heads.of_all([(found.path, data) for found, data in unknown])
        parsed = bodies.of_all([(one.source, one.kind, one.cited) for one in begun])
        for (found, data), one, body in zip(unknown, begun, parsed, strict=True):
            document = finish_document(one, body)
            shelf.note(found, data, (document, one.source.text))
            documents[found.path], texts[found.path] = document, one.source.text
    return documents
