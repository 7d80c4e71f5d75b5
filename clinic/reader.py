"""The pages of a content folder: their bytes read, their headers typed, their bodies parsed, a few at a time."""

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from clinic.bodies import Bodies
from clinic.heads import Heads
from clinic.library.document import Document, finish_document
from clinic.library.unread import unread
from clinic.problems import Problem
from clinic.shelf import Shelf
from clinic.source.opening import Opened, Private, read_all_guarded
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
        kept = {found.path: known for found in some if (known := shelf.recall(found)) is not None}
        others = [found for found in some if found.path not in kept]
        unknown: list[tuple[FoundFile, Opened]] = []
        for found, opened in zip(others, _read(root, others, heads), strict=True):
            if isinstance(opened, Problem | Private):
                documents[found.path] = unread(found.path, opened)
            elif (known := shelf.same(found, opened.digest)) is not None:
                kept[found.path] = known
            else:
                unknown.append((found, opened))
        for path, known in kept.items():
            documents[path], texts[path] = known
        begun = heads.of_all([opened for _, opened in unknown])
        parsed = bodies.of_all([(one.source, one.kind, one.cited) for one in begun])
        for (found, opened), one, body in zip(unknown, begun, parsed, strict=True):
            document = finish_document(one, body)
            shelf.note(found, opened.digest, (document, one.source.text))
            documents[found.path], texts[found.path] = document, one.source.text
    return documents


def _read(root: Path, files: Sequence[FoundFile], heads: Heads) -> list[Opened | Problem | Private]:
    """Their bytes, looked through for patients' details: not again where these very bytes were."""
    return read_all_guarded(root, [found.path for found in files], clean=heads.know)
