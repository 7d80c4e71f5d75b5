"""IMG001 and on: pictures and their descriptions, where pages use them and as files."""

import posixpath
import re
from collections.abc import Callable, Iterator

from clinic.library.document import Document
from clinic.library.library import Library
from clinic.library.links import leaves
from clinic.library.pictures import PictureFile, is_drawing
from clinic.model.clinic import PATH
from clinic.model.kinds import Clinician
from clinic.problems import NOWHERE, Problem, Severity, Span, nearest
from clinic.problems.catalogue.files import LEAVES_FOLDER
from clinic.problems.catalogue.pictures import (
    FROM_ELSEWHERE,
    MOVES,
    NO_DESCRIPTION,
    NO_SUCH_PICTURE,
    NOT_A_PICTURE,
    POOR_DESCRIPTION,
    SAYS_WHERE,
    TOO_LARGE,
    UNSAFE_DRAWING,
    UNUSED,
)
from clinic.rules.brackets import brackets
from clinic.rules.passages import english, judged, pages_of

MOST_BYTES = 2_000_000
"""A larger picture is a warning (editors.md)."""

MOST_PIXELS = 4000
"""A wider or higher picture is a warning (editors.md)."""

_OUTSIDE = re.compile(r"https?:", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_SORT = r"(?:image|picture|pic|photo|photograph|graphic|icon|drawing|diagram|illustration|figure|screenshot|chart)"
_STARTS_WITH = re.compile(
    rf"(?:an? |the |this )?{_SORT}(?: (?:of|showing|depicting)\b| ?:)|"
    rf"(?:this|that) {_SORT} (?:shows|depicts)\b(?: how\b)?",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(
    r"\S+[. ](?:jpe?g|png|gif|webp|svg|heic|tiff?|bmp)|"
    r"(?:img|dsc|dscn|pxl|image|photo|picture|screen ?shot|untitled|scan)[-_ ]?(?:[\d_ .:-]|at\b|[ap]m\b)*|"
    r"[^\W_]+(?:[_-][^\W_]+)*[_-](?:final|copy|draft|v\d+|\d{2,})(?:[_-][^\W_]+)*",
    re.IGNORECASE,
)


def check(library: Library) -> Iterator[Problem]:
    """The problems of this family."""
    for document in judged(library):
        if document.body.pictures or isinstance(document.header, Clinician):
            yield from _of(library, document)


def of_files(library: Library) -> Iterator[Problem]:
    """The logo, and every picture by itself."""
    if logo := library.clinic.logo:
        span = library.material.clinic_places.get(("logo",), NOWHERE)
        yield from _of_header(library, PATH, span, logo)
    named = set(_named(library))
    sure = named <= {*library.pictures, ""}  # where a name leads nowhere, a file that none leads to may be meant
    sure = sure and all(document.digest for document in library.material.documents)  # and so where a page can't be had
    for path, picture in sorted(library.pictures.items()):
        used = path in named
        yield from of_file(picture, used=used)
        if sure and not used and picture.readable:
            yield UNUSED(path, NOWHERE)


def _named(library: Library) -> Iterator[str]:
    """The paths of the pictures that some page or clinic.yaml names, drafts included, whether they are there or not."""
    for document in library.each(library.material.documents):
        folder = posixpath.dirname(document.path)
        for picture in document.body.pictures:
            target = picture.target.strip()
            if not _SCHEME.match(target):
                yield library.picture_path(document, target) or posixpath.normpath(posixpath.join(folder, target))
        if isinstance(document.header, Clinician) and document.header.photo is not None:
            yield library.photo_path(document.header.photo.file)
    yield library.photo_path(library.clinic.logo) if library.clinic.logo else ""


def _of(library: Library, document: Document) -> Iterator[Problem]:
    said = english(document, library)
    pages = pages_of(document)
    for picture in document.body.pictures:
        if not picture.decorative:
            place = brackets(pages, picture.span, picture.alt)
            yield from _described(document.path, place, picture.alt, picture.target, said=said)
        yield from _used(library, document, picture.target, picture.span)
    header = document.header
    if isinstance(header, Clinician) and header.photo is not None:
        file, alt = header.photo.file, header.photo.alt
        yield from _of_header(library, document.path, document.at("photo", "file"), file)
        if alt:
            yield from _described(document.path, document.at("photo", "alt"), alt, file, said=said)


def of_file(picture: PictureFile, *, used: bool) -> Iterator[Problem]:
    """What the file of a picture alone tells; where a page names it, what keeps it from being shown is said there."""
    path = picture.path
    if not picture.readable:
        if not used:
            span = Span.at(picture.line, 1) if picture.line > 1 else NOWHERE
            yield _unshown(picture, path, span, severity=Severity.WARNING)
        return
    if picture.size > MOST_BYTES:
        found, limit = f"{picture.size / 1_000_000:.1f} MB", f"{MOST_BYTES // 1_000_000} MB"
        yield TOO_LARGE(path, NOWHERE, found=found, limit=limit)
    elif max(picture.width, picture.height) > MOST_PIXELS:
        found, limit = f"{picture.width} by {picture.height} pixels", f"{MOST_PIXELS} pixels on its longer side"
        yield TOO_LARGE(path, NOWHERE, found=found, limit=limit)
    if picture.located:
        yield SAYS_WHERE(path, NOWHERE)
    if picture.moves:
        yield MOVES(path, NOWHERE)


def _unshown(picture: PictureFile, where: str, span: Span, *, severity: Severity | None = None) -> Problem:
    rule = UNSAFE_DRAWING if is_drawing(picture.path) else NOT_A_PICTURE
    return rule(where, span, severity=severity, name=posixpath.basename(picture.path), reason=picture.flaw)


def _described(where: str, span: Span, alt: str, target: str, *, said: bool) -> Iterator[Problem]:
    words = " ".join(alt.split())
    if not words:
        yield NO_DESCRIPTION(where, span)
        return
    stem = posixpath.splitext(posixpath.basename(target))[0]
    if _FILE_NAME.fullmatch(words) or (words == stem and not words.isalpha()):  # one plain word may be fair
        yield POOR_DESCRIPTION(where, span, words=words, flaw="is the name of a file")
    elif said and (found := _STARTS_WITH.match(words)):
        flaw = f'begins with "{found[0]}", which everybody knows of a picture'
        yield POOR_DESCRIPTION(where, span, words=words, flaw=flaw)


def _used(library: Library, document: Document, target: str, span: Span) -> Iterator[Problem]:
    target = target.strip()
    if _OUTSIDE.match(target):
        yield FROM_ELSEWHERE(document.path, span)
    elif not _SCHEME.match(target):
        folder = posixpath.dirname(document.path)
        path = library.picture_path(document, target) or posixpath.normpath(posixpath.join(folder, target))
        if leaves(path):
            alike = [known for known in library.pictures if posixpath.basename(known) == posixpath.basename(path)]
            meant = posixpath.relpath(alike[0], folder) if len(alike) == 1 else None
            hint = f'Did you mean "{meant}"?' if meant else None
            yield LEAVES_FOLDER(document.path, span, replacement=meant, hint=hint)
            return
        yield from _shown(library, document.path, span, path, lambda found: posixpath.relpath(found, folder))


def _of_header(library: Library, where: str, span: Span, written: str) -> Iterator[Problem]:
    """Of a picture that a header names: below content/images, with or without that folder's name."""
    path = library.photo_path(written)
    if leaves(path) or written.removeprefix("../").startswith("../"):
        yield LEAVES_FOLDER(where, span)
        return
    prefix = written[: written.rfind("images/") + len("images/")] if "images/" in written else ""
    yield from _shown(library, where, span, path, lambda found: prefix + found.removeprefix("images/"))


def _shown(library: Library, where: str, span: Span, path: str, written: Callable[[str], str]) -> Iterator[Problem]:
    """What keeps the picture at `path` from being shown; `written` is how another path would be written there."""
    picture = library.pictures.get(path)
    if picture is None:
        yield _missing(library, where, span, path, written)
    elif not picture.readable:
        yield _unshown(picture, where, span)


def _missing(library: Library, where: str, span: Span, path: str, written: Callable[[str], str]) -> Problem:
    alike = [known for known in library.pictures if known.casefold() == path.casefold()]
    moved = [known for known in library.pictures if posixpath.basename(known) == posixpath.basename(path)]
    sure = next((only[0] for only in (alike, moved) if len(only) == 1), None)
    close = sure or nearest(path, library.pictures)
    if sure in alike:
        advice = f'Write "{written(sure)}": capital and small letters must be those of the file.' if sure else ""
    elif close:
        advice = f'Did you mean "{written(close)}"?'
    else:
        advice = "Put the file into content/images. Its name must be written as it is there, capitals too."
    return NO_SUCH_PICTURE(
        where, span, replacement=written(sure) if sure else None, name=posixpath.basename(path), advice=advice
    )
