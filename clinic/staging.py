"""The bytes of files that an output lacks, made on all cores and put beside it (`clinic.output` moves them in)."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from clinic.crew import in_shares
from clinic.disk import content_of, store
from clinic.manifest import Role


@dataclass(frozen=True)
class Wanted:
    """A file that the output shall hold. `make` is called only where its bytes aren't there already.

    `fingerprint` tells all that shapes the bytes; `make` gives them, with the keys that they link to and the assets
    that they show.
    """

    key: str
    fingerprint: str
    content_type: str
    cache_control: str
    role: Role
    make: Callable[[], "Made"]
    source: str = ""
    title: str = ""
    front: str = ""


@dataclass(frozen=True)
class Made:
    """The bytes of a file and the keys that they name."""

    body: bytes
    links: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()


class Staged(msgspec.Struct, array_like=True):
    """What is known of a file that was made: of its bytes, and whether they differ from what is there."""

    sha256: str
    size: int
    links: tuple[str, ...]
    assets: tuple[str, ...]
    differs: bool


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Staged)


def stage(files: Sequence[Wanted], folder: Path, staging: Path) -> list[Staged]:
    """Makes these files and writes those that differ from what `folder` holds below `staging`.

    Raises:
        OSError: one can't be written.
        Exception: what `make` raises.
    """

    def made(file: Wanted) -> bytes:
        made = file.make()
        differs = content_of(folder / file.key) != made.body
        if differs:
            store(staging / file.key, made.body)
        sha256 = hashlib.sha256(made.body).hexdigest()
        return _ENCODER.encode(Staged(sha256, len(made.body), made.links, made.assets, differs))

    return [_DECODER.decode(each) for each in in_shares(made, files)]
