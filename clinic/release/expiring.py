"""Writes by addresses that expire with the lease: a server refuses what a deployer that slept sends too late.

A version of S3 is the fingerprint of its bytes, so a late write of an old page can look like a good one to it: "replace
that version" is not enough there. A signed address (Signature Version 4, in the query) bears its own end, which the
server looks at. Such a request can carry Content-MD5 and the conditions of a write; it can't carry what S3 wants signed
as a header, the sha256 among them: what comes back is compared with the manifest.
"""

import base64
import email.utils
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from typing import Final, Literal
from urllib.parse import parse_qsl, urlsplit

import obstore
from obstore.store import S3Store

from clinic.release.answers import Place, Reply, race, refused
from clinic.release.stops import Conflict, TooLate
from clinic.release.store import ANY, NEW, Expected, Headers, Store
from clinic.release.wire import Wire
from clinic.release.wrapping import Wrapping

_OVER: Final = 2.5
"""Seconds after which an address that was good for one is not good any more: clouds count whole seconds."""

Verb = Literal["put", "delete"]


@dataclass(frozen=True, slots=True)
class Signer:
    """Makes addresses of one bucket and sends requests to them.

    `path` gives the whole name of a key in the bucket, and raises BadKey for one that can't be kept there.
    """

    client: S3Store
    place: Place
    path: Callable[[str], str]
    wire: Wire

    @classmethod
    def of(cls, client: S3Store, place: Place, path: Callable[[str], str]) -> "Signer":
        """One with connections of its own; none is made before the first request."""
        return cls(client, place, path, Wire(obstore.sign(client, "PUT", "somewhere", timedelta(seconds=1))))

    def address(self, verb: Verb, key: str, seconds: float) -> str:
        """An address for this request, good for `seconds`, one at least."""
        span = timedelta(seconds=max(1, int(seconds)))
        return obstore.sign(self.client, "PUT" if verb == "put" else "DELETE", self.path(key), span)

    def put(self, address: str, key: str, body: bytes, headers: Headers, expect: Expected) -> str:
        """Stores `body` and gives its version.

        Raises:
            TooLate: the address had expired.
            Conflict: as the interface of stores says, and what else that lets a put raise.
        """
        told = {"Content-MD5": base64.b64encode(hashlib.md5(body, usedforsecurity=False).digest()).decode()}
        if headers.content_type:
            told["Content-Type"] = headers.content_type
        if headers.cache_control:
            told["Cache-Control"] = headers.cache_control
        if expect is NEW:
            told["If-None-Match"] = "*"
        elif expect is not ANY:
            told["If-Match"] = str(expect)
        return self._ask("put", address, key, body, told).get("etag", "")

    def delete(self, address: str, key: str) -> None:
        """Removes `key`.

        Raises:
            TooLate: the address had expired.
            StoreFault: as the interface of stores says.
        """
        self._ask("delete", address, key, None, {})

    def _ask(
        self, verb: Verb, address: str, key: str, body: bytes | None, headers: Mapping[str, str]
    ) -> Mapping[str, str]:
        try:
            answer = self.wire.ask(verb.upper(), _target(address), body, headers)
        except (OSError, HTTPException):
            # What it says names the address, and so the signature: it is not shown.
            raise refused(Reply("", 0), verb, key, self.place) from None
        if answer.status < 300 or (verb == "delete" and answer.status == 404):
            return answer.headers
        reply = Reply(answer.body.decode(errors="replace"), answer.status)
        if answer.status == 412 and not race(reply):
            raise Conflict(key)
        if reply.expired:
            raise TooLate(self.place.host, _minutes_slow(address, answer.headers.get("date", "")))
        raise refused(reply, verb, key, self.place)


def _target(address: str) -> str:
    """Path and query of an address: its host is that of all others."""
    return "/" + address.split("/", 3)[3]


def _minutes_slow(address: str, date: str) -> int:
    """How far this computer's clock is behind the server's, by when the address says it was made; 0 where unknown."""
    made = dict(parse_qsl(urlsplit(address).query)).get("X-Amz-Date", "")
    try:
        here = datetime.strptime(made, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        there = email.utils.parsedate_to_datetime(date)
        return max(0, round((there - here).total_seconds() / 60))
    except (ValueError, TypeError):
        return 0


class InTime(Wrapping):
    """A store whose puts and deletes of the site's files are refused by the server once the lease has ended.

    `left` says how many seconds of it are left. Copies can't be signed so: what they do late is found by a listing.
    """

    def __init__(self, inner: Store, signer: Signer, left: Callable[[], float]) -> None:
        super().__init__(inner)
        self._signer = signer
        self._left = left

    def put(self, key: str, body: bytes, headers: Headers, expect: Expected = ANY) -> str:
        """As the store inside, in time only."""
        return self._signer.put(self._signer.address("put", key, self._left()), key, body, headers, expect)

    def delete(self, key: str) -> None:
        """As the store inside, in time only."""
        self._signer.delete(self._signer.address("delete", key, self._left()), key)

    def refuses_late(self, key: str, sleep: Callable[[float], None]) -> bool:
        """As the interface says."""
        address = self._signer.address("put", key, 1)
        sleep(_OVER)
        try:
            self._signer.put(address, key, b"late", Headers(), ANY)
        except TooLate:
            return True
        self.inner.delete(key)
        return False
