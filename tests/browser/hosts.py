"""Hosts of the web on this computer: one server with a certificate of its own, which a browser asks for them all.

Chromium maps the names below example.com and example.net to it (`--host-resolver-rules`), so pages keep their real
addresses, and what leaves a site is seen where it arrives.
"""

import http.server
import ssl
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from clinic.library.addresses import key_of
from clinic.manifest import read_manifest
from clinic.output import MANIFEST
from tests.servers.hosted import hosted


@dataclass(frozen=True)
class Asked:
    """A request as it arrived."""

    host: str
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True)
class Answer:
    """What is sent back."""

    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


Answers = Callable[[Asked], Answer]


@dataclass
class Hosts:
    """The server: who answers for which host, and all that was asked. Hosts without an answer say 404."""

    port: int = 0
    answers: dict[str, Answers] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    called: list[str] = field(default_factory=list)
    """The hosts that connections were opened to, by the name that each said first (TLS, server name)."""

    @property
    def flags(self) -> list[str]:
        """What Chromium must be started with besides."""
        here = f"127.0.0.1:{self.port}"
        return [
            # What Chromium asks of its maker goes nowhere; a page that asks for such a host is seen all the same.
            f"--host-resolver-rules=MAP *.example.com {here}, MAP *.example.net {here}, MAP * ~NOTFOUND",
        ]

    def of(self, host: str) -> list[Asked]:
        """What a host was asked."""
        return [each for each in self.asked if each.host == host]


def _nobody(_: Asked) -> Answer:
    """What a host says that nobody answers for."""
    return Answer(b"Nobody is here.", {"Content-Type": "text/plain"}, 404)


class _Server(http.server.ThreadingHTTPServer):
    """Connections that a browser gives up are no news: it opens some before it knows that it may trust the server."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Says nothing."""


@contextmanager
def all_hosts(folder: Path) -> Iterator[Hosts]:
    """The server on a free port, for as long as the block runs; its certificate is made in `folder`."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=example.com"]
    subprocess.run([*made, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    hosts = Hosts()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer()

        do_POST = do_HEAD = do_GET  # noqa: N815 - the library's names

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            host = self.headers.get("Host", "").partition(":")[0]
            asked = Asked(host, self.command, self.path, dict(self.headers.items()), body)
            hosts.asked.append(asked)
            answer = hosts.answers.get(host, _nobody)(asked)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """Says nothing."""

    server = _Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    context.sni_callback = lambda _, name, __: hosts.called.append(name or "")
    # Each connection shakes hands in its own thread, so that one that says nothing holds up no other.
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    hosts.port = server.server_port
    with hosted(server):
        yield hosts


def site_in(folder: Path, headers: Mapping[str, str]) -> Answers:
    """The files of a built site, each sent with `headers` too."""
    manifest = read_manifest((folder / MANIFEST).read_bytes())

    def answer(asked: Asked) -> Answer:
        key = key_of(unquote(urlsplit(asked.path).path))
        file = manifest.files.get(key)
        if file is None:
            return Answer((folder / "404.html").read_bytes(), {"Content-Type": "text/html", **headers}, 404)
        return Answer((folder / key).read_bytes(), {"Content-Type": file.content_type, **headers})

    return answer
