"""Requests to one host over connections that are kept: each sent in one piece, its answer read by Python's own client.

A release makes thousands of small ones. Of the libraries at hand, urllib3 took three times the processor time for each,
and `http.client` sends head and body apart, which is one more turn of the interpreter's lock for every worker.
"""

import contextlib
import http.client
import re
import select
import socket
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
_PORTS: Final = {"http": http.client.HTTP_PORT, "https": http.client.HTTPS_PORT}
_BREAKS: Final = re.compile(r"[^\t\x20-\x7e]|\r|\n")
"""What would end a line of a request, or what no line of it can hold (RFC 9112, sections 3 and 5)."""


class Wire:
    """Sends requests to the host of one address; any number of threads may do so at once."""

    def __init__(self, address: str) -> None:
        """`address` names scheme, host and port; no request is made."""
        parts = urlsplit(address)
        self._named = parts.netloc
        self._host = parts.hostname or ""
        self._port = parts.port or _PORTS[parts.scheme]
        self._encrypted = ssl.create_default_context() if parts.scheme == "https" else None
        self._idle: deque[socket.socket] = deque()
        weakref.finalize(self, _hang_up, self._idle)

    def ask(self, verb: str, target: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        """One request, made once; `target` is path and query.

        Raises:
            OSError: the host can't be reached, or ends the connection.
            http.client.HTTPException: what it says is no answer.
            ValueError: the target or a header holds what can't be sent.
        """
        request = self._written(verb, target, body or b"", headers)
        line = self._free()
        try:
            line.sendall(request)
            with contextlib.closing(http.client.HTTPResponse(line, method=verb)) as answer:
                answer.begin()
                headers = {name.lower(): value for name, value in answer.getheaders()}
                told = Answer(answer.status, headers, answer.read())
        except BaseException:
            line.close()
            raise
        if answer.will_close:
            line.close()
        else:
            self._idle.append(line)
        return told

    def _written(self, verb: str, target: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        """The request as it is sent: head and body in one piece (RFC 9112, section 2.1)."""
        lines = (f"{verb} {target} HTTP/1.1", f"Host: {self._named}", "Accept-Encoding: identity")
        named = (f"{name}: {value}" for name, value in headers.items())
        told = (*lines, *named, f"Content-Length: {len(body)}")
        if " " in target or any(_BREAKS.search(one) for one in told):
            raise ValueError("a request can't hold a line break, a space in its address or a sign beyond ASCII")
        return "\r\n".join((*told, "", "")).encode("ascii") + body

    def _free(self) -> socket.socket:
        """A connection that nobody uses, and that the host has not ended meanwhile; or a new one."""
        while self._idle:
            try:
                line = self._idle.pop()
            except IndexError:  # another thread was quicker
                break
            if not _ended(line):
                return line
            line.close()
        return self._connected()

    def _connected(self) -> socket.socket:
        line = socket.create_connection((self._host, self._port), timeout=_CONNECT)
        try:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._encrypted:
                line = self._encrypted.wrap_socket(line, server_hostname=self._host)
        except BaseException:
            line.close()
            raise
        line.settimeout(_ANSWER)
        return line


def _hang_up(lines: deque[socket.socket]) -> None:
    while lines:
        lines.pop().close()


def _ended(line: socket.socket) -> bool:
    """Whether there is something to read where nothing was asked: the end of it, most often."""
    try:
        return bool(select.select([line], [], [], 0)[0])
    except ValueError:  # a process with very many open files, which `select` can't ask about
        return True
