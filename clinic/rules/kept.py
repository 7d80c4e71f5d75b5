"""What depends on one document alone is found once for as long as that document lives."""

import functools
import weakref
from collections.abc import Callable, Hashable, Iterator
from typing import Any, TypeVar

from clinic.library.document import Document

Of = TypeVar("Of", bound=Callable[..., Iterator[Any]])


def kept(of: Of) -> Of:
    """A function of one document, and of values that never change, whose findings are kept with the document.

    Documents are frozen, so the same object gives the same findings. A process that looks at the same content again and
    again (the preview) asks each rule about the documents that changed only; for one that looks once nothing changes.
    """
    found: dict[int, dict[Hashable, tuple[Any, ...]]] = {}

    @functools.wraps(of)
    def once(document: Document, *said: Hashable, **named: Hashable) -> Iterator[Any]:
        own = found.get(id(document))
        if own is None:
            own = found[id(document)] = {}
            weakref.finalize(document, found.pop, id(document), None).atexit = False
        values = (*said, *named.values())
        if values not in own:
            own[values] = tuple(of(document, *said, **named))
        yield from own[values]

    return once  # type: ignore[return-value] # the same arguments, the same findings
