"""A look at the site as anybody has it: without a name, without a key, from the internet."""

import email.utils
import http.client
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from typing import Final

TIMEOUT: Final = 10.0
"""Seconds for one answer."""
_MOST: Final = 4_000_000
"""Bytes of an answer that are read: no page is larger."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent. The names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def moment(self) -> datetime | None:
        """The server's time when it answered, None where it doesn't say."""
        try:
            said = email.utils.parsedate_to_datetime(self.headers.get("date", ""))
        except ValueError:
            return None
        return said if said.tzinfo is not None else None


Visit = Callable[[str], Answer | None]
"""Asks for an address; None is no answer at all."""


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows nothing: where a visitor is sent is an answer too."""

    def redirect_request(
        self, req: object, fp: object, code: object, msg: object, headers: object, newurl: object
    ) -> None:
        """None: the answer is taken as it is."""


def visit(address: str) -> Answer | None:
    """Asks as a stranger would. None when nobody answers in time, or when what answers is no web server."""
    if not address.startswith(("https://", "http://")):
        return None
    asked = urllib.request.Request(address, headers={"User-Agent": "clinic-doctor", "Cache-Control": "no-cache"})  # noqa: S310 - see above
    opener = urllib.request.build_opener(_Stay)
    try:
        try:
            with opener.open(asked, timeout=TIMEOUT) as found:
                return Answer(found.status, _small(found.headers), found.read(_MOST))
        except urllib.error.HTTPError as refused:
            with refused:
                return Answer(refused.code, _small(refused.headers), refused.read(_MOST))
    except (OSError, ValueError, http.client.HTTPException):
        return None


def _small(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
