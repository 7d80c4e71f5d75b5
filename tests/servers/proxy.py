"""A proxy between a release and a server: it notes every request in the order in which they were answered, and does to
them what networks and servers do.

It is the tests' own witness: what it counts and sees does not come from the code under test.
"""

import http.client
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass(frozen=True)
class Asked:
    """One request as it came by. `path` is the key below the bucket; `source` where a copy comes from."""

    number: int
    method: str
    path: str
    query: str
    body: bytes
    headers: dict[str, str]

    @property
    def verb(self) -> str:
        if self.method == "PUT":
            return "copy" if self.source else "put"
        if self.method in {"GET", "HEAD"}:
            return "list" if re.search(r"(^|&)(list-type=|comp=list)", self.query) else "get"
        return self.method.lower()

    @property
    def source(self) -> str:
        """The key that a copy comes from, empty for anything else."""
        told = self.headers.get("x-amz-copy-source") or self.headers.get("x-ms-copy-source", "")
        plain = unquote(urlsplit(told).path if "://" in told else told).lstrip("/")
        return plain.partition("/")[2] if told else ""

    @property
    def prefix(self) -> str:
        return parse_qs(self.query).get("prefix", [""])[0]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


Fault = Callable[[Asked, Callable[[], Answer]], Answer | None]
"""What is done to a request; None cuts the line without an answer."""


def honest(_asked: Asked, forward: Callable[[], Answer]) -> Answer | None:
    return forward()


@dataclass
class Proxy:
    """A running proxy. `fault` may be changed at any time; `seen` is called after each answer, one at a time."""

    endpoint: str
    fault: Fault = honest
    log: list[tuple[Asked, int]] = field(default_factory=list)
    seen: Callable[[Asked, int], None] = lambda _asked, _status: None
    under_way: int = 0
    """Requests that are not answered yet."""
    mistakes: list[Exception] = field(default_factory=list)
    """What `seen` raised: a fault of the test, not of a network."""

    def clear(self) -> None:
        self.log.clear()

    def asked(self, verb: str = "") -> list[Asked]:
        """The requests so far, or those of one verb."""
        return [asked for asked, _ in self.log if not verb or asked.verb == verb]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one packet for head and body
    disable_nagle_algorithm = True
    proxy: Proxy
    upstream: tuple[str, int]
    numbers: Iterator[int]
    lock: threading.Lock
    onward: http.client.HTTPConnection | None = None

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Says nothing."""

    def do(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        with self.lock:
            number = next(self.numbers)
            self.proxy.under_way += 1
        headers = {name.lower(): value for name, value in self.headers.items()}
        path = unquote(parts.path).lstrip("/").partition("/")[2]
        if headers.get("x-ms-version"):
            path = path.partition("/")[2]  # Azure's paths on one computer start with the account
        asked = Asked(number, self.command, path, parts.query, body, headers)
        try:
            answer = self.proxy.fault(asked, lambda changed=body: self.forward(changed))  # type: ignore[misc]
        finally:
            with self.lock:
                self.proxy.under_way -= 1
        with self.lock:
            status = answer.status if answer else 0
            self.proxy.log.append((asked, status))
            try:
                self.proxy.seen(asked, status)
            except Exception as why:
                self.proxy.mistakes.append(why)
                raise
        if answer is None:
            self.close_connection = True
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # a reset, not an end
            return
        self.send_response_only(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    do_GET = do_PUT = do_DELETE = do_POST = do_HEAD = do  # noqa: N815 - the library's names

    def forward(self, body: bytes) -> Answer:
        for fresh in (self.onward is None, True):
            if fresh:
                self._close_onward()
                self.onward = http.client.HTTPConnection(*self.upstream, timeout=5)
            connection = self.onward
            assert connection is not None
            try:
                connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
                for name, value in self.headers.items():
                    if name.lower() not in {"connection", "transfer-encoding", "content-length"}:
                        connection.putheader(name, value)
                if body or "Content-Length" in self.headers:
                    connection.putheader("Content-Length", str(len(body)))
                connection.endheaders(body or None)
                got = connection.getresponse()
                read = got.read()
            except (http.client.HTTPException, OSError):
                self._close_onward()
                if fresh:
                    raise
                continue
            headers = {
                name: value
                for name, value in got.getheaders()
                if name.lower() not in {"connection", "transfer-encoding", "content-length"}
            }
            length = got.getheader("Content-Length") if self.command == "HEAD" else str(len(read))
            if got.status not in {204, 304} and length is not None:
                headers["Content-Length"] = length
            return Answer(got.status, headers, read)
        raise AssertionError("unreachable: a fresh connection answers or raises")

    def _close_onward(self) -> None:
        if self.onward is not None:
            self.onward.close()
            self.onward = None

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()
        self._close_onward()


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # those that still run when the tests end are waited for, and leave nothing open
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], handler: type[_Handler]) -> None:
        self.lines: set[socket.socket] = set()
        super().__init__(address, handler)

    def process_request(self, request: socket.socket, client_address: object) -> None:  # type: ignore[override]
        self.lines.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket) -> None:  # type: ignore[override]
        self.lines.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        for line in list(self.lines):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is what some tests are about."""


@contextmanager
def between(endpoint: str) -> Iterator[Proxy]:
    """A proxy in front of that server until the block ends."""
    parts = urlsplit(endpoint)
    assert parts.hostname is not None
    assert parts.port is not None
    handler = type("Handler", (_Handler,), {})
    server = _Server(("127.0.0.1", 0), handler)
    proxy = Proxy(f"http://127.0.0.1:{server.server_port}")
    handler.proxy = proxy  # type: ignore[attr-defined]
    handler.upstream = (parts.hostname, parts.port)  # type: ignore[attr-defined]
    handler.numbers = iter(range(1, 1 << 40))  # type: ignore[attr-defined]
    handler.lock = threading.Lock()  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        thread.join()
        server.hang_up()
        server.server_close()
        if proxy.mistakes:
            raise proxy.mistakes[0]
