"""Requests over connections that are kept: by many at once, past a host that ends them, and never twice."""

import http.server
import socket
import threading
from http.client import HTTPException

import pytest

from clinic.release.crowd import each
from clinic.release.wire import Wire
from tests.servers.hosted import hosted


class Host(http.server.ThreadingHTTPServer):
    """Answers a PUT with what was sent. `ends` says after which answers it hangs up without a word."""

    daemon_threads = True

    def __init__(self, ends: int = 0) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.ends = ends
        self.connections = 0
        self.asked: list[str] = []

    def process_request(self, request: object, client_address: object) -> None:
        self.connections += 1
        super().process_request(request, client_address)  # type: ignore[arg-type]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Host

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(self.path)
        self.send_response(200)
        self.send_header("ETag", f'"{len(body)}"')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()
        self.close_connection = bool(self.server.ends) and len(self.server.asked) % self.server.ends == 0

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Says nothing."""


def test_many_at_once_share_few_connections() -> None:
    host = Host()
    with hosted(host) as address:
        wire = Wire(address)
        bodies = [b"x" * number for number in range(200)]
        found = each(lambda body: wire.ask("PUT", f"/{len(body)}?a=b", body, {}), bodies, workers=8)
    assert [one.body for one in found] == bodies
    assert [one.headers["etag"] for one in found] == [f'"{number}"' for number in range(200)]
    assert sorted(host.asked) == sorted(f"/{number}?a=b" for number in range(200))
    assert host.connections <= 8


def test_a_connection_that_the_host_has_ended_is_not_used_again() -> None:
    host = Host(ends=1)
    with hosted(host) as address:
        wire = Wire(address)
        for number in range(5):
            assert wire.ask("PUT", f"/{number}", b"", {}).status == 200
            for waited in wire._idle:
                assert waited.recv(1, socket.MSG_PEEK) == b""  # the end has arrived
    assert host.asked == [f"/{number}" for number in range(5)], "each once"
    assert host.connections == 5


def test_nobody_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        with pytest.raises(OSError, match="refused"):
            Wire(f"http://127.0.0.1:{free.getsockname()[1]}").ask("PUT", "/", b"", {})


def test_what_is_no_answer_is_said_so_and_the_connection_is_not_kept() -> None:
    with socket.create_server(("127.0.0.1", 0)) as odd:

        def answer() -> None:
            line, _ = odd.accept()
            with line:
                line.recv(65536)
                line.sendall(b"what?\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        wire = Wire(f"http://127.0.0.1:{odd.getsockname()[1]}")
        with pytest.raises(HTTPException):
            wire.ask("PUT", "/", b"", {})
        thread.join()
    assert not wire._idle


def test_an_encrypted_host_must_show_who_it_is() -> None:
    """Certificates are checked: an address that begins with https and answers in the open is no host of ours."""
    host = Host()
    with hosted(host) as address, pytest.raises(OSError, match=r"SSL|ssl"):
        Wire(address.replace("http:", "https:")).ask("PUT", "/", b"", {})
    assert host.asked == []


@pytest.mark.parametrize(
    ("target", "headers"),
    [
        ("/a b", {}),
        ("/a\r\nX-Evil: 1", {}),
        ("/é", {}),
        ("/a", {"Cache-Control": "max-age=1\r\nX-Evil: 1"}),
        ("/a", {"Content-Type": "text/html\nX-Evil: 1"}),
        ("/a", {"Content-Type": "text/\x00html"}),
    ],
)
def test_nothing_can_be_slipped_into_a_request(target: str, headers: dict[str, str]) -> None:
    host = Host()
    with hosted(host) as address, pytest.raises(ValueError, match="can't hold"):
        Wire(address).ask("PUT", target, b"", headers)
    assert host.connections == 0


def test_a_long_answer_in_pieces_and_one_without_a_body() -> None:
    answers = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
        b"HTTP/1.1 204 No Content\r\nETag: x\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
    )
    with socket.create_server(("127.0.0.1", 0)) as host:

        def answer() -> None:
            line, _ = host.accept()
            with line:
                for one in answers:
                    line.recv(65536)
                    line.sendall(one)

        thread = threading.Thread(target=answer)
        thread.start()
        wire = Wire(f"http://127.0.0.1:{host.getsockname()[1]}")
        found = [wire.ask("DELETE", f"/{number}", None, {}) for number in range(len(answers))]
        thread.join()
    assert [(one.status, one.body) for one in found] == [(200, b"abcde"), (204, b""), (200, b"ok")]
