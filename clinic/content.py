"""The left end of the line: the content folder, read and typed. Every file is accounted for."""

import dataclasses
import functools
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from PIL import __version__ as pillow_version

from clinic.bodies import Bodies
from clinic.cache import Cache, key_for
from clinic.crew import at_once
from clinic.library import downloads
from clinic.library import pictures as looking
from clinic.library.attachments import Attachment
from clinic.library.document import Document, read_document
from clinic.library.fingerprints import recall_fingerprints
from clinic.library.library import Material
from clinic.library.pictures import PictureFile
from clinic.library.unread import KINDS, refused_pages, slug_of, unread
from clinic.model.clinic import PATH, Clinic, read_clinic
from clinic.model.clock import zone
from clinic.model.reading import Reading
from clinic.owed import NOTHING, Debts, read_debts, unread_debts
from clinic.problems import Problem, spliced
from clinic.reader import Reader
from clinic.revised import revised_row
from clinic.salt import code_of, locked_versions
from clinic.shelf import Shelf
from clinic.signing.record import FOLDER as REVIEWS
from clinic.signing.record import ReviewRecord, page_of, read_review, unread_record
from clinic.source.digests import Seen
from clinic.source.folding import Texts
from clinic.source.header import read_source, read_yaml
from clinic.source.opening import Private, read_bytes, read_guarded
from clinic.source.places import DEBT
from clinic.source.plain import digest
from clinic.source.private import patient_data
from clinic.source.text import read_text
from clinic.source.tree import FoundFile, Tree, look_again, walk
from clinic.words import FOLDER as LISTS
from clinic.words import Headings, Lists, merged

_ReadClinic = tuple[Clinic | None, Reading | None, str, list[Problem]]
"""What clinic.yaml says, where; its text; what is wrong with it."""


@dataclass(frozen=True)
class Content:
    """All that the content folder holds. Without `material`, clinic.yaml can't be used, and so nothing can be built.

    `texts` are the texts of all files that could be decoded, for excerpts; `parsed` counts bodies that were parsed and
    did not come from the cache.
    """

    tree: Tree
    material: Material | None
    documents: Sequence[Document]
    problems: tuple[Problem, ...]
    texts: Texts = field(default_factory=lambda: Texts({}))
    parsed: int = 0

    @functools.cached_property
    def at(self) -> dict[str, int]:
        """Where each document stands in `documents`, by its path; `read_again` hands it on."""
        return {document.path: number for number, document in enumerate(self.documents)}


class Memory:
    """What a process that reads the same folder again and again still knows of it. It changes time, never outcomes.

    Documents of files that did not change are the same objects as before.
    """

    def __init__(self, clock: Callable[[], int]) -> None:
        """`clock` tells the time of day in nanoseconds, as the disk notes it: files just written are read again."""
        self.pages: Shelf[Document] = Shelf(clock)
        self.pictures: Shelf[PictureFile] = Shelf(clock)
        self.attachments: Shelf[Attachment] = Shelf(clock)
        self.clinic: Shelf[_ReadClinic] = Shelf(clock)
        self.reviews: Shelf[tuple[ReviewRecord, str]] = Shelf(clock)
        self.debts: Shelf[tuple[Debts, str]] = Shelf(clock)
        self.tree: Tree | None = None
        self._clock = clock
        self._headings: Headings | None = None

    def heed(self, headings: Headings) -> None:
        """Forgets the pages where other headings mean sections now: these shape every body."""
        if headings is not self._headings:
            self._headings, self.pages = headings, Shelf(self._clock)

    def unsure(self) -> bool:
        """Whether a file that is no page was read so shortly after a change that it must be read again."""
        shelves = (self.pictures, self.attachments, self.clinic, self.reviews, self.debts)
        return any(shelf.young for shelf in shelves)

    def look(self, folder: Path, touched: Collection[str] | None) -> Tree:
        """The folder's files; where it is known which paths were touched, only those are looked at if that is enough.

        Raises:
            ContentFolderError: there is no such folder, or it is empty.
        """
        tree = look_again(self.tree, touched) if self.tree is not None and touched is not None else None
        self.tree = tree or walk(folder)
        if tree is None:
            paths = {found.path for found in self.tree.files}
            self.pages.tidy(paths)
            self.pictures.tidy(paths)
            self.attachments.tidy(paths)
            self.reviews.tidy(paths)
            self.debts.tidy(paths)
        return self.tree


def read_content(
    folder: Path,
    cache: Cache,
    memory: Memory | None = None,
    touched: Collection[str] | None = None,
    seen: Seen | None = None,
) -> Content:
    """Everything in a content folder: all problems gathered, nothing dropped.

    Args:
        folder: the folder.
        cache: remembers parsed bodies.
        memory: what this process still knows of the folder.
        touched: the paths below the folder that can have changed since; None where any can.
        seen: the folder, where it was just looked at: files that it knows the digest of need not be opened for that.

    Raises:
        ContentFolderError: there is no such folder, or it is empty.
    """
    memory = memory or Memory(lambda: 0)
    tree = seen.tree if seen is not None else memory.look(folder, touched)
    texts: dict[str, str | bytes] = {}
    lists, list_problems = _lists(tree, texts)
    reader = Reader(tree, cache, lists.headings, seen.digests if seen is not None else {})
    memory.heed(lists.headings)
    problems: list[Problem] = [*tree.problems, *list_problems]
    pages = reader.read(tree.pages, memory.pages)
    documents = [pages[found.path] for found in tree.pages]
    texts.update((one.path, one.written) for one in documents if one.digest)
    documents += refused_pages(tree, {document.id for document in documents})
    clinic, reading, text, clinic_problems = _clinic(tree, memory.clinic)
    problems += clinic_problems
    texts[PATH] = text
    pictures, picture_problems = _pictures(tree, cache, memory.pictures)
    attachments, attachment_problems = _attachments(tree, cache, memory.attachments)
    problems += [*picture_problems, *attachment_problems, *_beside(tree)]
    reviews = _reviews(tree, texts, memory.reviews)
    recall_fingerprints((one for one in documents if one.id in reviews), lists.headings, cache)
    debts = _debts(tree, texts, memory.debts)
    problems += debts.problems
    clock = zone(clinic.timezone) if clinic else None
    material = None
    if clinic is not None and clock is not None and reading is not None:
        material = Material(
            clinic=clinic,
            clock=clock,
            documents=tuple(documents),
            pictures=pictures,
            attachments=attachments,
            reviews=reviews,
            clinic_places=reading.places,
            lists=lists,
            debts=debts,
            problems=tuple(problems),
        )
    found_all = {*problems, *(problem for document in documents for problem in document.problems)}
    return Content(
        tree=tree,
        material=material,
        documents=tuple(documents),
        problems=tuple(sorted(found_all, key=lambda problem: problem.order)),
        texts=Texts(texts),
        parsed=reader.parsed,
    )


def read_again(before: Content, cache: Cache, memory: Memory, touched: Collection[str]) -> Content | None:
    """The same content where nothing but the text of some pages can have changed since; None where more can have.

    Files that were read so shortly after a change that their time can't be believed are read again too.
    """
    material, last = before.material, memory.tree
    if material is None or last is not before.tree:
        return None
    paths = {*touched, *memory.pages.young}
    tree = look_again(last, paths)
    if tree is None or not all(path.partition("/")[0] in KINDS for path in paths):
        return None
    if memory.unsure():
        return None
    memory.tree = tree
    files = [tree.files[tree.at[path]] for path in sorted(paths) if path in tree.at]
    reader = Reader(tree, cache, material.lists.headings, {})
    pages = reader.read(files, memory.pages)
    texts = before.texts.but(dict.fromkeys(paths) | {one.path: one.written for one in pages.values() if one.digest})
    problems = before.problems
    for path, document in pages.items():
        beside = (problem for problem in material.problems if problem.path == path)
        problems = spliced(problems, path, {*document.problems, *beside})
    now = revised_row(before.documents, {before.at[path]: document for path, document in pages.items()})
    again = dataclasses.replace(material, documents=now)
    content = Content(tree, again, now, problems, texts, reader.parsed)
    vars(content)["at"] = before.at  # where `cached_property` looks for it
    return content


def page_in(path: str, data: bytes, lists: Lists) -> Document:
    """The document that these bytes would be as a file of the content folder, read as every page is.

    Raises:
        KeyError: the path is in no folder of pages.
    """
    if problems := patient_data(path, data):
        return unread(path, Private(problems, b""))
    kind = KINDS[path.partition("/")[0]]
    return read_document(read_source(path, data), kind, slug_of(path), Bodies(lists.headings))


def _clinic(tree: Tree, shelf: Shelf[_ReadClinic]) -> _ReadClinic:
    if tree.clinic is None:
        return None, None, "", []
    known = shelf.recall(tree.clinic)
    if known is None:
        data = read_guarded(tree.root, tree.clinic.path)
        if isinstance(data, Problem | Private):
            return None, None, "", list(data.problems) if isinstance(data, Private) else [data]
        known = shelf.same(tree.clinic, digest(data)) or _clinic_in(data)
        shelf.note(tree.clinic, digest(data), known)
    return known


def _clinic_in(data: bytes) -> _ReadClinic:
    node, text, problems = read_yaml(PATH, data)
    if node is None:
        return None, None, text, list(problems)
    reading = Reading(PATH)
    clinic = read_clinic(node, reading)
    return clinic, reading, text, [*problems, *reading.problems]


def _lists(tree: Tree, texts: dict[str, str | bytes]) -> tuple[Lists, list[Problem]]:
    """All lists of words; puts the texts of the clinic's own into `texts`. One that can't be read is left out."""
    added: list[tuple[str, str]] = []
    problems: list[Problem] = []
    for found in tree.within(LISTS):
        data = read_bytes(tree.root, found.path)
        if isinstance(data, Problem):
            problems.append(data)
            continue
        read = read_text(found.path, data)
        problems += read.problems
        texts[found.path] = read.text
        if read.readable:
            added.append((found.path, read.text))
    lists, wrong = merged(tuple(added))
    return lists, [*problems, *wrong]


def _reviews(
    tree: Tree, texts: dict[str, str | bytes], shelf: Shelf[tuple[ReviewRecord, str]]
) -> dict[str, ReviewRecord]:
    """The record of each page's sign-offs, by the page; what is wrong with it, it says itself (clinic.rules)."""
    reviews: dict[str, ReviewRecord] = {}
    for found in tree.within(REVIEWS):
        known = shelf.recall(found)
        if known is None:
            data = read_bytes(tree.root, found.path)
            if isinstance(data, Problem):
                reviews[page_of(found.path)] = unread_record(found.path, data)
                continue
            known = shelf.same(found, digest(data)) or read_review(found.path, data)
            shelf.note(found, digest(data), known)
        reviews[page_of(found.path)], texts[found.path] = known
    return reviews


def _debts(tree: Tree, texts: dict[str, str | bytes], shelf: Shelf[tuple[Debts, str]]) -> Debts:
    """What pages that were brought in still lack, with what is wrong with the file that says so."""
    found = next((file for file in tree.files if file.path == DEBT), None)
    if found is None:
        return NOTHING
    known = shelf.recall(found)
    if known is None:
        data = read_guarded(tree.root, DEBT)
        if isinstance(data, Problem | Private):
            return unread_debts(data.problems if isinstance(data, Private) else (data,))
        known = shelf.same(found, digest(data)) or read_debts(data)
        shelf.note(found, digest(data), known)
    texts[DEBT] = known[1]
    return known[0]


def _pictures(tree: Tree, cache: Cache, shelf: Shelf[PictureFile]) -> tuple[dict[str, PictureFile], list[Problem]]:
    """Every picture, looked at on all cores where that was not done before."""
    pictures: dict[str, PictureFile] = {}
    problems: list[Problem] = []
    unknown: dict[FoundFile, int] = {}
    recipe = f"{code_of(*looking.FILES)} {pillow_version}"

    def key(path: str, digest: str) -> bytes:
        return key_for("picture looked at", recipe, looking.ending(path), digest)

    for found in tree.within("images"):
        remembered = shelf.recall(found)
        if remembered is not None:
            pictures[found.path] = remembered
            continue
        data = read_bytes(tree.root, found.path, looking.LARGEST)
        if isinstance(data, Problem):
            if found.size > looking.LARGEST:
                pictures[found.path] = PictureFile(found.path, "", found.size, flaw=looking.HEAVY)
            else:
                problems.append(data)
        elif known := _looked_at(cache.get(key(found.path, digest(data))), found.path):
            pictures[found.path] = known
            shelf.note(found, digest(data), known)
        else:
            unknown[found] = looking.pixels(data)

    def look(found: FoundFile) -> PictureFile | Problem:
        data = read_bytes(tree.root, found.path, looking.LARGEST)
        return data if isinstance(data, Problem) else looking.look_at(found.path, digest(data), data)

    looked = at_once(look, list(unknown), weight=unknown.__getitem__, most=looking.AT_ONCE)
    for found, picture in zip(unknown, looked, strict=True):
        if isinstance(picture, Problem):
            problems.append(picture)
            continue
        pictures[found.path] = picture
        cache.put(key(found.path, picture.digest), msgspec.msgpack.encode(picture))
    return pictures, problems


def _beside(tree: Tree) -> Iterator[Problem]:
    """Patients' details in word lists and sign-offs, whoever else reads those."""
    for found in tree.within("lists", "reviews"):
        data = read_guarded(tree.root, found.path)
        if isinstance(data, Private):
            yield from data.problems


def _looked_at(known: bytes | None, path: str) -> PictureFile | None:
    try:
        picture = msgspec.msgpack.decode(known, type=PictureFile) if known else None
    except msgspec.MsgspecError:
        return None
    return dataclasses.replace(picture, path=path) if picture else None


def _attachments(tree: Tree, cache: Cache, shelf: Shelf[Attachment]) -> tuple[dict[str, Attachment], list[Problem]]:
    attachments: dict[str, Attachment] = {}
    problems: list[Problem] = []
    recipe = f"{code_of(*downloads.FILES)} {locked_versions().get('pypdf')}"
    for found in tree.within("files"):
        remembered = shelf.recall(found)
        if remembered is not None:
            attachments[found.path] = remembered
            continue
        data = read_bytes(tree.root, found.path, downloads.LARGEST)
        if isinstance(data, Problem):
            if found.size > downloads.LARGEST:
                attachments[found.path] = Attachment(found.path, "", found.size, downloads.HEAVY)
            else:
                problems.append(data)
            continue
        attachment = Attachment(found.path, digest(data), len(data))
        key = key_for("download looked at", recipe, attachment.suffix, attachment.digest)
        known = cache.get(key)
        if known is None:
            known = downloads.flaw_of(found.path, data).encode()
            cache.put(key, known)
        attachments[found.path] = dataclasses.replace(attachment, flaw=known.decode())
        shelf.note(found, digest(data), attachments[found.path])
    return attachments, problems
