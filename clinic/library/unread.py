"""Pages whose text nobody may or can have, and what stands for them: their addresses stay their own."""

import dataclasses
from collections.abc import Iterator

from clinic.library.document import Document, read_document
from clinic.model.kinds import Kind
from clinic.problems import Problem
from clinic.prose.body import EMPTY
from clinic.source.header import read_source
from clinic.source.names import SLUG
from clinic.source.opening import Private
from clinic.source.tree import Tree

KINDS = {kind.folder: kind for kind in Kind}
"""Every kind by its folder."""


def slug_of(path: str) -> str:
    """The name by which content refers to a page."""
    return path.rpartition("/")[2][: -len(".md")]


def unread(path: str, why: Problem | Private) -> Document:
    """A page whose file is there and can't be had, so that its last version can stay.

    Of one that seems to hold a patient's details nothing goes further, so nothing can tell them. But withdrawing it
    must work, or the version that patients see could never be taken back: then its header counts.
    """
    document = Document(
        id=slug_of(path),
        kind=KINDS[path.partition("/")[0]],
        path=path,
        digest="",
        written="",
        front="",
        header=None,
        places={},
        body=EMPTY,
        problems=why.problems if isinstance(why, Private) else (why,),
    )
    if isinstance(why, Private):
        masked = read_document(read_source(path, why.masked), document.kind, document.id, lambda *_: EMPTY)
        if masked.header is not None and masked.header.withdrawn:
            return dataclasses.replace(document, header=masked.header, places=masked.places)
    return document


def refused_pages(tree: Tree, known: set[str]) -> Iterator[Document]:
    """Pages among what was refused: a link, a device, a name in capitals; but for names that another file has."""
    reasons = {problem.path: problem for problem in tree.problems}
    for path in tree.refused:
        reason = reasons.get(path)
        page = path.lower().endswith(".md") and path.partition("/")[0] in KINDS and SLUG.match(slug_of(path))
        if reason is not None and page and slug_of(path) not in known:
            known.add(slug_of(path))
            yield unread(path, reason)


def stand_in(document: Document, front: str) -> Document:
    """A document as lists shall tell of it while its page is held back: with the header of its last released version.

    The document itself, where that header can't be read either.
    """
    source = read_source(document.path, f"{front}\n".encode())
    released = read_document(source, document.kind, document.id, lambda *_: EMPTY)
    if released.header is None:
        return document
    return dataclasses.replace(document, header=released.header, places=released.places, front=front)
