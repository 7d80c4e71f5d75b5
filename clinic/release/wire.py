"""Requests to one host over connections that are kept, with Python's own client: nothing but status, headers and body.

Of the libraries at hand, urllib3 took twice the processor time for each small request, and a release makes thousands.
"""

import http.client
import select
import ssl
import weakref
from collections import deque
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from clinic.release.visitor import Answer

_CONNECT: Final = 5.0
_ANSWER: Final = 28.0
"""Seconds without a sign from the server: as for all other requests to a store."""


class Wire:
    """Sends requests to the host of one address; any number of threads may do so at once."""

    def __init__(self, address: str) -> None:
        """`address` names scheme, host and port; no request is made."""
        parts = urlsplit(address)
        self._host = parts.netloc
        self._encrypted = ssl.create_default_context() if parts.scheme == "https" else None
        self._idle: deque[http.client.HTTPConnection] = deque()
        weakref.finalize(self, _hang_up, self._idle)

    def ask(self, verb: str, target: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        """One request, made once; `target` is path and query.

        Raises:
            OSError: the host can't be reached, or ends the connection.
            http.client.HTTPException: what it says is no answer.
        """
        line = self._free()
        try:
            line.request(verb, target, body, dict(headers))
            answer = line.getresponse()
            told = Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        except BaseException:
            line.close()
            raise
        if answer.will_close:
            line.close()
        else:
            self._idle.append(line)
        return told

    def _free(self) -> http.client.HTTPConnection:
        """A connection that nobody uses, and that the host has not ended meanwhile; or a new one."""
        while self._idle:
            try:
                line = self._idle.pop()
            except IndexError:  # another thread was quicker
                break
            if not _ended(line):
                return line
            line.close()
        line = (
            http.client.HTTPSConnection(self._host, timeout=_CONNECT, context=self._encrypted)
            if self._encrypted
            else http.client.HTTPConnection(self._host, timeout=_CONNECT)
        )
        line.connect()
        line.sock.settimeout(_ANSWER)
        return line


def _hang_up(lines: deque[http.client.HTTPConnection]) -> None:
    while lines:
        lines.pop().close()


def _ended(line: http.client.HTTPConnection) -> bool:
    """Whether there is something to read where nothing was asked: the end of it, most often."""
    try:
        return line.sock is None or bool(select.select([line.sock], [], [], 0)[0])
    except ValueError:  # a process with very many open files, which `select` can't ask about
        return True
