"""FIL001: files to download that are not what their name says, or that do more than be read."""

import posixpath
from collections.abc import Iterator

from clinic.library.attachments import Attachment
from clinic.library.library import Library
from clinic.problems import NOWHERE, Problem, Severity, Span
from clinic.problems.catalogue.downloads import FLAWED
from clinic.rules.passages import judged

_PDF = (
    'Open it and print it to PDF ("Print", then "Save as PDF"): that leaves out what is wrong. Put that file in its '
    "place. If it is damaged, ask whoever made it for another copy."
)
_OTHER = "Open it and save it again in the same form, without macros, passwords or other files inside; better, as PDF."


def check(library: Library) -> Iterator[Problem]:
    """The problems of this family: at each link to such a file, or at the file itself where no page links to it."""
    if not any(attachment.flaw for attachment in library.attachments.values()):
        return
    for document in judged(library):
        places = library.destinations.get(document.path, ())
        for link, place in zip(document.body.links, places, strict=False):  # a page that can't be read has none
            attachment = library.attachments.get(place.download) if place and place.download else None
            if attachment is not None and attachment.flaw:
                yield _problem(attachment, document.path, link.span)
    if library.asked is not None:
        return
    linked: set[str] = set()
    for document in library.each(library.material.documents):
        linked.update(place.download for place in library.destinations.get(document.path, ()) if place)
    for path, attachment in sorted(library.attachments.items()):
        if attachment.flaw and path not in linked:
            yield _problem(attachment, path, NOWHERE, severity=Severity.WARNING)


def _problem(attachment: Attachment, where: str, span: Span, *, severity: Severity | None = None) -> Problem:
    remedy = _PDF if attachment.suffix == ".pdf" else _OTHER
    name = posixpath.basename(attachment.path)
    return FLAWED(where, span, severity=severity, name=name, reason=attachment.flaw, remedy=remedy)
