"""A server of built sites on this computer, as a CDN would send them: real headers, compressed, the site's own 404."""

import contextlib
import gzip
import http.server
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from clinic.library.addresses import key_of
from tests.browser.sites import BuiltSite
from tests.servers.hosted import hosted

COMPRESSED = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")
"""The content types that servers compress."""


@dataclass(frozen=True)
class Answer:
    """What one address gives: its bytes as they are, and as they travel."""

    body: bytes
    sent: bytes
    headers: Mapping[str, str]


@contextmanager
def serving(site: BuiltSite) -> Iterator[str]:
    """The address of a built site, on a free port of this computer, for as long as the block runs."""
    with answering(answers(site)) as address:
        yield address


def answers(site: BuiltSite) -> dict[str, Answer]:
    """What the server of a built site sends, by key.

    Old addresses send people on at once; here their pages stay, so that they can be looked at like all others.
    """
    found = {}
    for key, file in site.manifest.files.items():
        body = (site.folder / key).read_bytes()
        if file.role == "redirect":
            body = body.replace(b'<meta http-equiv="refresh"', b'<meta name="refresh"')
        headers = {"Content-Type": file.content_type, "Cache-Control": file.cache_control, **site.headers}
        found[key] = _packed(body, headers)
    return found


@contextmanager
def answering(files: Mapping[str, Answer]) -> Iterator[str]:
    """The same, for files in memory by their keys."""
    missing = files.get("404.html", Answer(b"", b"", {}))

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer()

        def do_HEAD(self) -> None:
            self._answer()

        def _answer(self) -> None:
            found = files.get(key_of(unquote(urlsplit(self.path).path)))
            answer = found or missing
            packed = answer.sent is not answer.body and "gzip" in self.headers.get("Accept-Encoding", "")
            body = answer.sent if packed else answer.body
            self.send_response(200 if found else 404)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if packed:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                with contextlib.suppress(ConnectionError):  # the browser has left for another page
                    self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """Says nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    with hosted(server) as address:
        yield address


def page_answer(html: str, headers: Mapping[str, str]) -> Answer:
    """A page in memory, sent as pages of a site are."""
    return _packed(html.encode(), {"Content-Type": "text/html; charset=utf-8", **headers})


def _packed(body: bytes, headers: Mapping[str, str]) -> Answer:
    sent = gzip.compress(body, 9, mtime=0) if headers["Content-Type"].startswith(COMPRESSED) else body
    return Answer(body, sent, headers)
