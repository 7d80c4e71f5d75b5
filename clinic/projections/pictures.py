"""Pictures as pages show them: a few widths, no hidden data, named by what they hold; the original is not published.

Only what a page of the build shows is made. It is made once: what is remembered is under a key of the original's bytes
and of how pictures are made, and of nothing else, so an edit elsewhere in the generator encodes no picture again.
"""

import functools
import hashlib
import sysconfig
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import msgspec
from PIL import __version__ as pillow_version
from PIL import features

from clinic.cache import Cache, key_for
from clinic.crew import at_once
from clinic.library import pictures as looking
from clinic.library.library import Item, Library
from clinic.library.pictures import PictureFile
from clinic.library.states import State
from clinic.model.kinds import Clinician
from clinic.output import OutputFault
from clinic.projections import encoding
from clinic.projections.encoding import MEDIA_TYPES, Encoded, encode
from clinic.salt import code_of
from clinic.views.pictures import PictureKind, PictureSet, logo_size

WIDTHS = (360, 720, 1080)
"""The widths, in pixels, that phones and desktops ask for; a picture is never made larger than it is."""

CODECS = ("avif", "jpg", "libjpeg_turbo", "littlecms2", "webp", "zlib", "zlib_ng")
"""The libraries below Pillow that shape a picture's bytes."""


class _Made(msgspec.Struct, array_like=True):
    """One file of a picture, as it is remembered."""

    ending: str
    width: int
    height: int
    sha256: str


@dataclass(frozen=True)
class PublishedPicture:
    """One file of a picture, ready to publish; its bytes come from the cache when they are asked for."""

    key: str
    sha256: str
    content_type: str
    body: Callable[[], bytes]
    """Raises OutputFault where they can't be had."""


@dataclass(frozen=True)
class Pictures:
    """The pictures of a build: how pages show them, and their files."""

    shown: Mapping[str, PictureSet]
    """By the path of the original."""
    logo: PictureSet | None
    files: tuple[PublishedPicture, ...]


@dataclass(frozen=True)
class _Task:
    """One original, and the widths to make of it."""

    picture: PictureFile
    widths: tuple[int, ...]
    key: bytes


def publish_pictures(library: Library, content: Path, cache: Cache, left_out: Collection[str] = ()) -> Pictures:
    """All pictures that pages of this build show.

    Args:
        library: the content.
        content: its folder.
        cache: remembers what was made.
        left_out: ids of pages that are not built.

    Raises:
        OSError: a file can't be read, or changed while the site was built.
    """
    made_by, known = recipe(), library.pictures
    wanted = {path: _task(known[path], _widths(known[path]), made_by) for path in shown(library, left_out)}
    name = library.photo_path(library.clinic.logo) if library.clinic.logo else ""
    drawn = known.get(name)
    mark = _task(drawn, _logo_widths(drawn), made_by) if drawn is not None and drawn.readable else None
    workshop = _Workshop(content, cache)
    workshop.make([*(task for _, task in sorted(wanted.items())), *((mark,) if mark else ())])
    sets = {path: workshop.publish(task) for path, task in sorted(wanted.items())}
    logo = workshop.publish(mark) if mark else None
    return Pictures(sets, logo, tuple(file for _, file in sorted(workshop.files.items())))


def shown(library: Library, left_out: Collection[str] = ()) -> frozenset[str]:
    """The paths of the pictures that pages of this build show, the logo apart."""
    found: set[str] = set()
    for slug, item in library.items.items():
        if slug not in left_out and library.shown(slug):
            found |= shown_by(library, item)
    return frozenset(found)


def shown_by(library: Library, item: Item) -> frozenset[str]:
    """The paths of the pictures that the page of an item shows where it is built."""
    if item.state is State.WITHDRAWN:
        return frozenset()
    document = item.document
    named = [library.picture_path(document, picture.target) for picture in document.body.pictures]
    if isinstance(document.header, Clinician) and document.header.photo is not None:
        named.append(library.photo_path(document.header.photo.file))
    return frozenset(path for path in named if path and path in library.pictures and library.pictures[path].readable)


def recipe() -> str:
    """All that shapes a picture beside its original: how it is made, and by which libraries on which platform."""
    versions = " ".join(f"{name}={features.version(name)}" for name in CODECS)
    code = code_of(Path(encoding.__file__), *looking.FILES)
    return f"{code} pillow={pillow_version} {versions} {sysconfig.get_platform()}"


def _task(picture: PictureFile, widths: tuple[int, ...], made_by: str) -> _Task:
    return _Task(picture, widths, key_for("picture", made_by, picture.digest, repr(widths)))


def _widths(picture: PictureFile) -> tuple[int, ...]:
    """The widths to make: one that is hardly smaller than the picture itself would be made for nothing."""
    own = min(picture.width, WIDTHS[-1])
    return (*(width for width in WIDTHS if width * 6 < own * 5), own)


def _logo_widths(picture: PictureFile) -> tuple[int, ...]:
    """For screens with one, two and three pixels to a CSS pixel."""
    width, _ = logo_size(picture.width, picture.height)
    return tuple(sorted({min(width * density, picture.width) for density in (1, 2, 3)}))


class _Workshop:
    """Makes pictures, or finds that they were made before."""

    def __init__(self, content: Path, cache: Cache) -> None:
        self._content, self._cache = content, cache
        self._made: dict[bytes, tuple[_Made, ...]] = {}
        self._unkept: dict[str, bytes] = {}  # bodies that the cache would not take
        self.files: dict[str, PublishedPicture] = {}

    def make(self, tasks: Iterable[_Task]) -> None:
        """Makes whatever is not remembered, on all cores."""
        todo: dict[bytes, _Task] = {}
        for task in tasks:
            if known := self._remembered(task.key):
                self._made[task.key] = known
            else:
                todo.setdefault(task.key, task)
        results = at_once(
            self._make,
            list(todo.values()),
            weight=_pixels,
            most=looking.AT_ONCE,
        )
        for key, made in zip(todo, results, strict=True):
            self._made[key] = made
            self._cache.put(key, msgspec.msgpack.encode(made))
            self._cache.keep()  # a long first build that is stopped goes on where it was

    def publish(self, task: _Task) -> PictureSet:
        """A picture that was made, as pages show it; its files are added to `files`."""
        stem = PurePosixPath(task.picture.path).relative_to("images").with_suffix("")
        kinds: dict[str, list[tuple[int, int, str]]] = {}
        for one in self._made[task.key]:
            key = f"images/{stem}.{one.width}.{one.sha256[:12]}.{one.ending}"
            kinds.setdefault(one.ending, []).append((one.width, one.height, key))
            body = functools.partial(self._body, task, one)
            self.files[key] = PublishedPicture(key, one.sha256, MEDIA_TYPES[one.ending], body)
        return PictureSet(
            tuple(PictureKind(MEDIA_TYPES[ending].partition(";")[0], tuple(sizes)) for ending, sizes in kinds.items())
        )

    def _remembered(self, key: bytes) -> tuple[_Made, ...]:
        known = self._cache.get(key)
        try:
            return msgspec.msgpack.decode(known, type=tuple[_Made, ...]) if known else ()
        except msgspec.MsgspecError:
            return ()

    def _make(self, task: _Task) -> tuple[_Made, ...]:
        return tuple(
            _Made(one.ending, one.width, one.height, self._keep(one.body)) for one in _encoded(task, self._content)
        )

    def _keep(self, body: bytes) -> str:
        sha256 = hashlib.sha256(body).hexdigest()
        if not self._cache.put_body(body):
            self._unkept[sha256] = body
        return sha256

    def _body(self, task: _Task, wanted: _Made) -> bytes:
        found = self._unkept.get(wanted.sha256) or self._cache.body(wanted.sha256)
        if found is None:
            again = {self._keep(one.body): one.body for one in _encoded(task, self._content)}
            found = again.get(wanted.sha256)
        if found is None:
            self._cache.put(task.key, b"")  # another machine made what is remembered: forget it
            raise OutputFault(f"What was remembered of {task.picture.path} can't be used. Run the same command again.")
        return found


def _pixels(task: _Task) -> int:
    return task.picture.width * task.picture.height


def _encoded(task: _Task, content: Path) -> tuple[Encoded, ...]:
    """The files of a picture, made anew.

    Raises:
        OSError: the original is not what it was when the content was read.
    """
    data = (content / task.picture.path).read_bytes()
    if hashlib.blake2b(data, digest_size=16).hexdigest() != task.picture.digest:
        raise OSError(f"{task.picture.path} changed while the site was built")
    return encode(data, task.picture.width, task.picture.height, task.widths)
