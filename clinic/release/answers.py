"""What a cloud answers when it will not do what it was asked, as one of our stops with a sentence for people.

The client library gives the answer as text only, with the status and the body of the response in it. What a code means
is documented by each cloud: the error responses of S3, the XML interface of Google Cloud Storage, the common error
codes of Azure's storage. The library's own words are never shown: an address in them could carry a signature.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from clinic.release.stops import (
    NoBucket,
    NoCredentials,
    StoreBusy,
    StoreFault,
    StoreForbidden,
    StoreFull,
    StoreUnreachable,
    WrongClock,
    WrongRegion,
)

AGAIN: Final = "The site that is live is whole. Run the same command again: it goes on where this run stopped."
_WHOLE: Final = "The site that is live is whole."

_STATUS = re.compile(r"status code: (\d{3})")
_CODE = re.compile(r"<Code>(\w+)</Code>")

_MANGLED = frozenset(
    {
        "BadDigest",
        "XAmzContentSHA256Mismatch",
        "XAmzContentChecksumMismatch",
        "ContentSHA256Mismatch",
        "IncompleteBody",
        "Md5Mismatch",
        "InvalidDigest",
    }
)
"""What arrived is not what was sent: the line is to blame."""
_LATER = frozenset(
    {
        "SlowDown",
        "ServiceUnavailable",
        "ServerBusy",
        "TooManyRequests",
        "Throttling",
        "ThrottlingException",
        "RequestLimitExceeded",
        "InternalError",
        "OperationTimedOut",
        "RequestTimeout",
        "ConditionalRequestConflict",
        "OperationAborted",
    }
)
_RACES = frozenset({"ConditionalRequestConflict", "OperationAborted"})
_STATUSES_LATER = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_NO_BUCKET = frozenset({"NoSuchBucket", "ContainerNotFound", "ContainerBeingDeleted", "InvalidBucketName"})
_REGION = frozenset(
    {"PermanentRedirect", "TemporaryRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException"}
)
_STRANGER = frozenset(
    {
        "InvalidAccessKeyId",
        "SignatureDoesNotMatch",
        "InvalidToken",
        "ExpiredToken",
        "TokenRefreshRequired",
        "ExpiredTokenException",
        "InvalidIdentityToken",
        "AuthenticationFailed",
        "InvalidAuthenticationInfo",
        "NoAuthenticationInformation",
        "AuthenticationRequired",
        "InvalidSecurity",
    }
)
_SLOW = frozenset({"SlowDown", "ServerBusy", "TooManyRequests", "Throttling", "ThrottlingException"})
_ASKING_WHO = ("169.254.169.254", "169.254.170.2", "token request", "metadata.google.internal", "/latest/api/token")
"""Where the library looks for an identity when nothing in the environment says one."""
_FULL = frozenset(
    {"QuotaExceeded", "XMinioStorageFull", "InsufficientStorage", "EntityTooLarge", "AccountBeingCreated"}
)
_SERVER = re.compile(r"<ServerTime>([^<]+)</ServerTime>")
_ASKED = re.compile(r"<RequestTime>([^<]+)</RequestTime>")
_PLACE = re.compile(r"<Region>([\w-]+)</Region>")

_PERMISSIONS: Final = {
    "s3": {"get": "s3:GetObject", "list": "s3:ListBucket", "put": "s3:PutObject", "delete": "s3:DeleteObject",
           "copy": "s3:GetObject and s3:PutObject"},
    "gs": {"get": "storage.objects.get", "list": "storage.objects.list", "put": "storage.objects.create",
           "delete": "storage.objects.delete", "copy": "storage.objects.get and storage.objects.create"},
    "az": dict.fromkeys(("get", "list", "put", "delete", "copy"), "Storage Blob Data Contributor"),
}  # fmt: skip

HOW: Final = {
    "s3": "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE; in CI, let the job take a role.",
    "gs": "Set GOOGLE_APPLICATION_CREDENTIALS to the file of a service account; in CI, let the job take an identity.",
    "az": "Set AZURE_STORAGE_ACCOUNT_KEY, or AZURE_CLIENT_ID with its tenant and secret; in CI, let the job take an "
    "identity.",
}
"""How to say who asks, for each cloud."""


@dataclass(frozen=True, slots=True)
class Place:
    """A bucket as messages name it."""

    scheme: str
    bucket: str
    where: str
    """As the user wrote it, without what follows the question mark: "s3://clinic-site/"."""
    host: str
    """Who is asked: the endpoint, or the name of the cloud."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered: the text with the code in it, and the status, 0 where there was no answer."""

    text: str
    status: int

    @property
    def code(self) -> str:
        """The code that the answer bears, empty where it has none."""
        found = _CODE.search(self.text)
        return found[1] if found else ""

    @property
    def expired(self) -> bool:
        """Whether it says that a signed address came after its end."""
        return self.status == 403 and ("request has expired" in self.text.lower() or self.code == "ExpiredRequest")


def reply_of(why: BaseException) -> Reply:
    """The answer that the client library wrapped up in what it raised."""
    found = _STATUS.search(str(why))
    return Reply(str(why), int(found[1]) if found else 0)


def no_bucket(why: BaseException) -> bool:
    """Whether it is the bucket that is missing, and not only a key in it."""
    return reply_of(why).code in _NO_BUCKET


def race(reply: Reply) -> bool:
    """Whether two conditional writes met, so that neither the one nor the other was refused for good."""
    return reply.code in _RACES


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer taken apart, with what was asked."""

    text: str
    code: str
    status: int
    verb: str
    key: str
    place: Place


def fault(why: BaseException, verb: str, key: str, place: Place) -> StoreFault:
    """The stop that tells what the client library met: see `refused`."""
    return refused(reply_of(why), verb, key, place)


def refused(reply: Reply, verb: str, key: str, place: Place) -> StoreFault:
    """The stop that tells what happened. A `StoreBusy` may be asked again; nothing else may."""
    answer = _Answer(reply.text, reply.code, reply.status, verb, key, place)
    for reading in _READINGS:
        if (stop := reading(answer)) is not None:
            return stop
    said = answer.code or answer.status
    return StoreFault(f"{place.host} refused to {verb} {key} (it answered {said}). {AGAIN}")


def unreadable(place: Place) -> StoreFault:
    """The stop for an answer that is no answer of an object store."""
    return StoreUnreachable(
        f"{place.host} answers, but not as an object store does. Look whether the target is right. {_WHOLE}"
    )


def _mangled(answer: _Answer) -> StoreFault | None:
    if answer.code not in _MANGLED:
        return None
    return StoreBusy(
        f"{answer.key} did not arrive at {answer.place.where} as it was sent: something on the way damages it. {AGAIN}"
    )


def _clock(answer: _Answer) -> StoreFault | None:
    if answer.code != "RequestTimeTooSkewed" and "date header too old" not in answer.text.lower():
        return None
    asked, server = _ASKED.search(answer.text), _SERVER.search(answer.text)
    here = _moment(asked[1]) if asked else None
    there = _moment(server[1]) if server else None
    off = ""
    if here is not None and there is not None:
        minutes = round(abs((here - there).total_seconds()) / 60)
        off = f" It is {minutes} minutes {'fast' if here > there else 'slow'}."
    return WrongClock(
        f"The clock of this computer is wrong, and {answer.place.host} believes no request that is far from its own "
        f"time.{off} Set the clock, or let the system set it from the network, and run the same command again. {_WHOLE}"
    )


def _moment(text: str) -> datetime | None:
    for form in ("%Y%m%dT%H%M%SZ", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S.%fZ"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def _bucket(answer: _Answer) -> StoreFault | None:
    if answer.code not in _NO_BUCKET:
        return None
    what = "container" if answer.place.scheme == "az" else "bucket"
    return NoBucket(
        f"There is no {what} named {answer.place.bucket} at {answer.place.host}. Nothing was changed. Make it, or mend "
        "the name in the target."
    )


def _region(answer: _Answer) -> StoreFault | None:
    if answer.code not in _REGION and "incorrectly configured region" not in answer.text:
        return None
    found = _PLACE.search(answer.text)
    add = f"region={found[1]}" if found else "region= and the name of its region"
    return WrongRegion(
        f"The bucket {answer.place.bucket} is in another region than was asked. Nothing was changed. Add ?{add} to the "
        "target."
    )


def _who(answer: _Answer) -> StoreFault | None:
    asking = any(mark in answer.text for mark in _ASKING_WHO)
    if answer.code not in _STRANGER and answer.status != 401 and not asking:
        return None
    if asking:
        what = "Nobody told this computer who asks"
    elif "Expired" in answer.code or answer.code == "TokenRefreshRequired":
        what = "The permission to ask has run out"
    else:
        what = "The name or the secret with which this computer asks is not accepted"
    place = answer.place
    return NoCredentials(f"{what} at {place.host}, so nothing can be read or written. {HOW[place.scheme]} {_WHOLE}")


def _full(answer: _Answer) -> StoreFault | None:
    if answer.code not in _FULL and answer.status != 507:
        return None
    where = answer.place.where
    return StoreFull(
        f"{where} takes no more: its room is used up. {_WHOLE} Make room, then run the same command again."
    )


def _forbidden(answer: _Answer) -> StoreFault | None:
    if answer.status != 403:
        return None
    verb, key, place = answer.verb, answer.key, answer.place
    needed = _PERMISSIONS[place.scheme][verb]
    also = " or s3:ListBucket (without it, a file that is missing is answered in the same way)"
    kind = "role" if place.scheme == "az" else "permission"
    what = f"list {place.where}" if verb == "list" else f"{verb} {key} in {place.where}"
    return StoreForbidden(
        f"This computer may not {what}: the {kind} {needed}"
        f"{also if (place.scheme, verb) == ('s3', 'get') else ''} is missing. {_WHOLE} "
        "docs/publishing.md has the smallest policy that works."
    )


def _later(answer: _Answer) -> StoreFault | None:
    host = answer.place.host
    if answer.status == 0:
        look = " and the endpoint of the target is right" if "://" in host else ""
        return StoreBusy(
            f"{host} can't be reached, or stopped answering in the middle. Look whether this computer is online{look}. "
            f"{AGAIN}"
        )
    if answer.code not in _LATER and answer.status not in _STATUSES_LATER:
        return None
    slow = answer.status in {429, 503} or answer.code in _SLOW
    said = "asks to be asked more slowly" if slow else "has trouble of its own at the moment"
    return StoreBusy(f"{host} {said}, and still does after several tries. {AGAIN}")


_READINGS: Final[tuple[Callable[[_Answer], StoreFault | None], ...]] = (
    _mangled,
    _clock,
    _bucket,
    _region,
    _who,
    _full,
    _forbidden,
    _later,
)
"""In this order: what an answer says in particular counts before its status, which says it in general."""
