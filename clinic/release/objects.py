"""A bucket as a target: S3 and its likes, Google Cloud Storage, Azure, all through one client library.

A request is made once: what may be asked again is said by `StoreBusy`, and asking again is the caller's, who knows
whether it still may (see `patience`). Each object carries the sha256 of its bytes, so that damage on the way back is
seen; where the cloud checks what arrives (S3), it is told the same.
"""

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import obstore
from obstore import exceptions
from obstore.store import AzureStore, GCSStore, S3Store

from clinic.release.answers import Place, fault, no_bucket, race, reply_of, unreadable
from clinic.release.expiring import InTime, Signer
from clinic.release.keys import check_keys, refusal
from clinic.release.stops import BadKey, Conflict, StoreBusy, StoreMissing
from clinic.release.store import ANY, NEW, STATE, Expected, Headers, Listed, Stored

Client = S3Store | GCSStore | AzureStore

_LONGEST: Final = 1000
"""Bytes of a whole name: S3 and Google allow 1024, Azure as many letters."""
_PAGE: Final = 1000
_LARGE: Final = 1 << 20
"""Bytes from which a body is given more time."""
_DIGEST: Final = "sha256"
_QUOTE: Final = '"'


@dataclass(frozen=True, slots=True)
class Clients:
    """One bucket asked in two ways: `quick` gives up soon, `slow` has the time that a large file takes."""

    quick: Client
    slow: Client


class ObjectStore:
    """The site below `prefix`, its notes below `notes`, both in one bucket. Prefixes are empty or end in a slash."""

    def __init__(self, clients: Clients, place: Place, prefix: str, notes: str) -> None:
        self.place = place
        self._clients = clients
        self._prefix = prefix
        self._notes = notes

    def check(self, keys: Iterable[str], live: Iterable[str] = ()) -> None:
        """As the interface says. What can't be a file in a folder is refused here too: a site can always move."""
        wanted = sorted(keys)
        check_keys(wanted, live)
        for key in wanted:
            if len(self._path(key).encode()) > _LONGEST:
                raise BadKey(f"The address {key} is too long for {self.place.where}. Give that page a shorter one.")

    def get(self, key: str) -> Stored | None:
        """The object at `key`. One that was damaged on the way may be asked for again (`StoreBusy`)."""
        path = self._path(key)
        try:
            with self._said("get", key):
                found = obstore.get(self._clients.quick, path)
                attributes, version = found.attributes, self._version(found.meta["e_tag"], found.meta["version"])
                size, body = found.meta["size"], bytes(found.bytes())
        except FileNotFoundError:
            return None
        told = attributes.get(_DIGEST)
        if len(body) != size or (told is not None and told != hashlib.sha256(body).hexdigest()):
            raise StoreBusy(
                f"{key} does not come back from {self.place.where} as it was sent: it is damaged there or on the way. "
                "The task verify says which files are."
            )
        headers = Headers(
            attributes.get("Content-Type", ""),
            attributes.get("Cache-Control", ""),
        )
        return Stored(body, headers, version)

    def put(self, key: str, body: bytes, headers: Headers, expect: Expected = ANY) -> str:
        """Stores `body` in one request, with its digest."""
        path = self._path(key)
        attributes = {_DIGEST: hashlib.sha256(body).hexdigest()}
        if headers.content_type:
            attributes["Content-Type"] = headers.content_type
        if headers.cache_control:
            attributes["Cache-Control"] = headers.cache_control
        mode: obstore.PutMode
        if expect is ANY:
            mode = "overwrite"
        elif expect is NEW:
            mode = "create"
        else:
            mode = _condition(str(expect))
        client = self._clients.slow if len(body) > _LARGE else self._clients.quick
        with self._said("put", key):
            made = obstore.put(client, path, body, attributes=attributes, mode=mode, use_multipart=False)
        return self._version(made["e_tag"], made["version"])

    def copy(self, source: str, target: str) -> None:
        """Copies inside the cloud: no byte comes through this computer."""
        paths = self._path(source), self._path(target)
        try:
            with self._said("copy", target):
                obstore.copy(self._clients.quick, *paths)
        except FileNotFoundError:
            raise StoreMissing(source) from None

    def delete(self, key: str) -> None:
        """Removes `key`; clouds differ in what they answer when it isn't there, and we don't."""
        path = self._path(key)
        with contextlib.suppress(FileNotFoundError), self._said("delete", key):
            obstore.delete(self._clients.quick, path)

    def list(self, prefix: str) -> Iterator[Listed]:
        """Every object below the prefix, page by page and then sorted. Where a listing can't tell it, no version."""
        inside = prefix.startswith(STATE)
        front = self._notes if inside else self._prefix
        base = front + prefix.removeprefix(STATE) if inside else front + prefix
        folder, _, _ = base.rpartition("/")  # the library asks for whole parts only
        found: list[Listed] = []
        with self._said("list", prefix):
            for page in obstore.list(self._clients.quick, folder or None, chunk_size=_PAGE):
                for one in page:
                    path = one["path"]
                    if not path.startswith(base) or (not inside and path.startswith(self._notes)):
                        continue
                    key = (STATE if inside else "") + path[len(front) :]
                    version = "" if self.place.scheme == "gs" else self._version(one["e_tag"], None)
                    found.append(Listed(key, one["size"], version))
        yield from sorted(found, key=lambda one: one.key)

    def shown_to(self, stranger: Client, key: str) -> bool:
        """Whether that client, which says no name, gets the object at `key`."""
        try:
            obstore.get(stranger, self._path(key)).bytes()
        except (FileNotFoundError, exceptions.BaseError, ValueError, OSError):
            return False
        return True

    def expiring(self, left: Callable[[], float]) -> InTime | None:
        """The same store, whose server refuses writes that come after `left` seconds; None where it can't.

        Google and Azure need none: there, a version has a number or a tag of its own, which never comes back.
        """
        client = self._clients.quick
        if not isinstance(client, S3Store):
            return None
        return InTime(self, Signer.of(client, self.place, self._path), left)

    def _path(self, key: str) -> str:
        if why := refusal(key.removeprefix(STATE)):
            raise BadKey(f"The address {key!r} can't be kept in {self.place.where}: {why}.")
        return self._notes + key.removeprefix(STATE) if key.startswith(STATE) else self._prefix + key

    def _version(self, e_tag: str | None, number: str | None) -> str:
        # Google replaces one version only by a number of its own, which its listings don't tell; others by the tag.
        # Azure's listings leave out the quotes that belong to a tag.
        tag = f'"{e_tag.strip(_QUOTE)}"' if e_tag else ""
        return f"{number or ''} {tag}" if self.place.scheme == "gs" else tag

    @contextlib.contextmanager
    def _said(self, verb: str, key: str) -> Iterator[None]:
        """What the library raises, as a stop of ours; a key that is missing goes on as FileNotFoundError."""
        try:
            yield
        except FileNotFoundError as why:
            if no_bucket(why):
                raise fault(why, verb, key, self.place) from None
            raise
        except (exceptions.AlreadyExistsError, exceptions.PreconditionError) as why:
            if no_bucket(why) or race(reply_of(why)) or verb != "put":
                raise fault(why, verb, key, self.place) from None
            raise Conflict(key) from None
        except exceptions.BaseError as why:
            raise fault(why, verb, key, self.place) from None
        except (ValueError, OSError):
            raise unreadable(self.place) from None


def _condition(expect: str) -> "obstore.UpdateVersion":
    number, _, tag = expect.rpartition(" ")
    return {"e_tag": tag, "version": number} if number else {"e_tag": tag}
