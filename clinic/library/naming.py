"""Documents by the names that content knows them by: the name of a file, and its path."""

from collections.abc import Iterable

from clinic.library.document import Document
from clinic.problems import NOWHERE, Problem
from clinic.problems.catalogue.relations import SAME_NAME


def by_id(documents: Iterable[Document]) -> tuple[dict[str, Document], list[Problem]]:
    """The documents by the name of their file, and that two have the same: the first one stands for both."""
    found: dict[str, Document] = {}
    problems: list[Problem] = []
    for document in documents:
        first = found.setdefault(document.id, document)
        if first is not document:
            problems.append(SAME_NAME(document.path, NOWHERE, name=document.id, other=first.path))
            problems.append(SAME_NAME(first.path, NOWHERE, name=document.id, other=document.path))
    return found, problems


def by_path(documents: Iterable[Document]) -> dict[str, Document]:
    """The documents by their file."""
    found = {document.path: document for document in documents}
    for document in documents:
        # A file that ends in .MD is not read (SITE002), but links to it mean what they say.
        found.setdefault(f"{document.path[: -len('.md')]}.md", document)
    return found
