"""The manifest: every file of an output, with all that a release needs to know of it.

It is the seam between `output`, which writes it, and `release`, which reads nothing else of a build but the files that
it names. It holds no time and no path of the machine: the same build gives the same bytes anywhere.
"""

import hashlib
from typing import Literal

import msgspec

HEADER_POLICY = 1
"""The version of the header policy. Pages carry it in their bytes, so that new headers reach caches (release.md)."""

ASSET_CACHE = "public, max-age=31536000, immutable"
PAGE_CACHE = "public, max-age=60, must-revalidate"

Role = Literal["asset", "page", "index", "redirect", "file", "projection"]
"""asset: named by its hash, immutable · page: written by an editor · index: built from many · redirect: an old address
· file: a download · projection: feed, sitemap, robots.txt."""


class File(msgspec.Struct, frozen=True, omit_defaults=True):
    """One file of the site. `links` and `assets` are keys of this manifest that its bytes name; both are sorted."""

    sha256: str
    size: int
    content_type: str
    cache_control: str
    role: Role
    source: str = ""
    """The content file it was made from, where it was made from one."""
    title: str = ""
    """What people call it: said in messages."""
    front: str = ""
    """The header of that content file, as it was: what lists say of the page while it is held back."""
    links: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()


class Manifest(msgspec.Struct, frozen=True, omit_defaults=True):
    """All files of an output by key: the path below the site's own address, without a leading slash, NFC."""

    site: str
    """The site's public address: a target that holds another site is refused."""
    files: dict[str, File]
    version: Literal[1] = 1

    def to_bytes(self) -> bytes:
        """The manifest as JSON, keys sorted: equal manifests have equal bytes."""
        return msgspec.json.format(msgspec.json.encode(self, order="sorted"), indent=1) + b"\n"

    @property
    def digest(self) -> str:
        """The sha256 of its bytes: its name in the release's state."""
        return hashlib.sha256(self.to_bytes()).hexdigest()


class _Outline(msgspec.Struct):
    """A manifest whose files are not looked at."""

    site: str
    files: msgspec.Raw
    version: Literal[1] = 1


class _Key(msgspec.Struct):
    """A file of a manifest of which nothing but its key is read."""


class _Keys(msgspec.Struct):
    """A manifest of which nothing but its keys is read."""

    files: dict[str, _Key]
    version: Literal[1] = 1


def keys_in(data: bytes) -> set[str]:
    """The keys of the files of the manifest in `data`; none where it can't be read.

    What it says of ten thousand files takes more memory than all of their texts.
    """
    try:
        return set(msgspec.json.decode(data, type=_Keys).files)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return set()


def is_manifest(data: bytes) -> bool:
    """Whether `data` is a manifest, as far as that can be told without reading what it says of each file."""
    try:
        outline = msgspec.json.decode(data, type=_Outline)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    return bytes(memoryview(outline.files)[:1]) == b"{"


def read_manifest(data: bytes) -> Manifest:
    """The manifest in `data`.

    Raises:
        msgspec.DecodeError: it is no manifest, or one of another version (msgspec.ValidationError).
    """
    return msgspec.json.decode(data, type=Manifest)
