"""The server of the preview: livereload's, with pages from memory, on this computer alone."""

import asyncio
import json
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from livereload import Server
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from clinic.preview.answers import Answers, Shown
from clinic.preview.building import Builder
from clinic.preview.overlay import RESERVED
from clinic.preview.state import State
from clinic.preview.watching import FileWatcher

HOST = "127.0.0.1"
_NAMES = frozenset({HOST, "localhost"})
_TRIES = 20
_LOG = logging.getLogger(__name__)


class PortTaken(Exception):  # noqa: N818 - what the machine has, no error of ours
    """Neither the port nor one of those behind it is free."""


def bound(port: int) -> tuple[list[Any], int]:
    """Sockets on the port or on the next free one, and which one that is; 0 asks for any.

    Raises:
        PortTaken: none of twenty is free, or there is no such port.
    """
    for tried in range(port, min(port + _TRIES, 65536)):
        try:
            sockets = bind_sockets(tried, HOST)
        except (OSError, OverflowError):
            continue
        return sockets, sockets[0].getsockname()[1]
    raise PortTaken(str(port))


class _Guarded(RequestHandler):
    """Answers only who calls this computer by its own name, and no page of another site (DNS rebinding, CSRF)."""

    def prepare(self) -> None:
        """Refuses other hosts and other origins."""
        port = self.application.settings["preview_port"]
        own = {f"{name}:{port}" for name in _NAMES} | (set(_NAMES) if port == 80 else set())
        if self.request.host.lower() not in own:
            raise HTTPError(403)
        origin = self.request.headers.get("Origin")
        if origin is not None and origin.lower() not in {f"http://{name}" for name in own}:
            raise HTTPError(403)

    def check_origin(self, origin: str) -> bool:
        """For sockets: their page is one of ours, by the very name that the socket asks for."""
        return origin.lower() == f"http://{self.request.host.lower()}"

    def set_default_headers(self) -> None:
        """Nothing is kept, nothing is guessed, nobody may frame or read it."""
        for name, value in {
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "same-origin",
            "Server": "preview",
        }.items():
            self.set_header(name, value)

    def write_error(self, status_code: int, **more: Any) -> None:
        """One line; what went wrong inside is nobody's business."""
        _ = more
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish("Not allowed.\n" if status_code == 403 else "That can't be answered.\n")


class _Pages(_Guarded):
    """Every address of the site."""

    async def get(self) -> None:
        """The page or file at an address."""
        answers, pool = self.application.settings["preview_answers"], self.application.settings["preview_pool"]
        target, host = "/" + (self.request.uri or "").lstrip("/"), self.request.host
        answer = await IOLoop.current().run_in_executor(pool, answers.answer, target, host)
        self.set_status(answer.status)
        self.set_header("Content-Type", answer.content_type)
        if answer.location:
            self.set_header("Location", answer.location)
        self.finish(answer.body)

    async def head(self) -> None:
        """The same without the body."""
        await self.get()


class _Script(_Guarded, LiveReloadJSHandler):  # type: ignore[misc] # livereload has no types
    """livereload's script."""


class _Live(_Guarded, LiveReloadHandler):  # type: ignore[misc] # livereload has no types
    """livereload's socket: it tells pages to reload. What a page says that it does not know is not answered."""

    page = ""

    def on_message(self, message: str | bytes) -> None:
        """The handshake of livereload's script; remembers which page it is on."""
        said = _decoded(message)
        if said.get("command") == "info":
            parts = urlsplit(str(said.get("url", "")))
            self.page = f"{parts.path}?{parts.query}" if parts.query else parts.path
        if said.get("command") in {"hello", "info"}:
            super().on_message(message)


class _Channel(_Guarded, WebSocketHandler):
    """Our own socket: livereload's script closes its own when it hears what it does not know."""

    page = ""
    digest = ""

    def on_message(self, message: str | bytes) -> None:
        """A page says which it is, and which bytes it was made from."""
        said = _decoded(message)
        self.page, self.digest = str(said.get("page", "")), str(said.get("digest", ""))
        live = self.application.settings["preview_live"]
        live.channels.add(self)
        IOLoop.current().add_callback(live.greet, self, said.get("number"))

    def on_close(self) -> None:
        """The page was left."""
        self.application.settings["preview_live"].channels.discard(self)

    def tell(self, **said: object) -> None:
        """Says something to the page, where it is still there."""
        try:
            self.write_message(json.dumps(said))
        except WebSocketClosedError:
            self.on_close()


def _decoded(message: str | bytes) -> dict[str, Any]:
    try:
        said = json.loads(message)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _interrupted() -> None:
    raise KeyboardInterrupt


@dataclass(frozen=True)
class _News:
    """What a new state means for the pages that are open: by page and the digest of what it shows."""

    state: State
    pages: dict[str, Shown]


class LiveServer(Server):  # type: ignore[misc] # livereload has no types
    """livereload's server with our watcher, our pages and our locks on its doors."""

    def __init__(self, builder: Builder, watcher: FileWatcher, answers: Answers, sockets: list[Any], port: int) -> None:
        """Serves on sockets that are bound already."""
        super().__init__(watcher=watcher)
        self.channels: set[_Channel] = set()
        self._builder = builder
        self._answers = answers
        self._sockets = sockets
        self._port = port
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="preview pages")
        self._loop: asyncio.AbstractEventLoop | None = None
        self._told: Callable[[], None] = lambda: None

    def run(self, ready: Callable[[], None]) -> None:
        """Serves until it is interrupted; `ready` is called once, when it does."""
        self._told = ready
        LiveReloadHandler.waiters.clear()
        LiveReloadHandler._last_reload_time = None  # noqa: SLF001 - set once a process, or the watcher would not start
        try:
            self.serve(port=self._port, host=HOST)
        finally:
            self.watcher.stop()
            self._builder.stop()
            self._pool.shutdown(wait=False, cancel_futures=True)

    def interrupt(self, *_: object) -> None:
        """Ends serving at the next turn of the loop, for a signal.

        Raised wherever its thread is then, it could be lost: what happens in a finalizer is told to nobody.

        Raises:
            KeyboardInterrupt: nothing is served yet.
        """
        if self._loop is None or not self._loop.is_running():
            raise KeyboardInterrupt
        self._loop.call_soon_threadsafe(_interrupted)

    def application(self, port: int, host: str, *_: object, **__: object) -> None:
        """Livereload's own two addresses and all pages; not its door that lets anyone reload every page."""
        _ = port, host
        LiveReloadHandler.watcher = self.watcher
        LiveReloadHandler.live_css = True
        application = Application(
            [
                (r"/livereload", _Live),
                (r"/livereload\.js", _Script),
                (rf"{RESERVED}channel", _Channel),
                (r".*", _Pages),
            ],
            log_function=lambda _: None,
            preview_port=self._port,
            preview_answers=self._answers,
            preview_pool=self._pool,
            preview_live=self,
            websocket_max_message_size=65536,
        )
        HTTPServer(application).add_sockets(self._sockets)
        self._loop = asyncio.get_event_loop_policy().get_event_loop()
        self._builder.start()
        self._loop.call_soon(self._told)

    def _setup_logging(self) -> None:
        """Says nothing: what is worth saying is said by the command, in an editor's words."""
        for name in ("livereload", "tornado.access", "tornado.general"):
            logging.getLogger(name).setLevel(logging.ERROR)

    def publish(self, state: State) -> None:
        """Takes a new state: called by the builder's thread. Pages that are open are made before they are told."""
        self._answers.follow(state)
        loop = self._loop
        if loop is None:
            return
        pages: dict[str, Shown] = {}
        for page in self._open():
            try:
                pages[page] = self._answers.shown(state, page)
            except Exception:  # noqa: BLE001 - one page that can't be made must not keep the others from reloading
                _LOG.exception("an open page could not be made")
        try:
            loop.call_soon_threadsafe(self._deliver, _News(state, pages))
        except RuntimeError:
            _LOG.debug("the server was stopped meanwhile")

    def _open(self) -> Iterable[str]:
        """The pages that are open; a copy, since tabs come and go in the server's thread."""
        return {channel.page for channel in self.channels.copy() if channel.page}

    def _deliver(self, news: _News) -> None:
        stale: dict[str, str] = {}
        for channel in self.channels.copy():
            shown = news.pages.get(channel.page)
            if shown is None or shown.digest == channel.digest:
                if shown is not None:
                    channel.tell(do="say", number=news.state.number, html=str(shown.inner))
                continue
            sheet = self._answers.style_of(channel.digest, shown)
            stale[channel.page] = sheet or "*"
            if sheet:
                channel.digest = shown.digest
                channel.tell(do="say", number=news.state.number, html=str(shown.inner), digest=shown.digest)
            else:
                channel.tell(do="reload")
        for waiter in LiveReloadHandler.waiters.copy():
            path = stale.get(getattr(waiter, "page", ""))
            if path is not None:
                waiter.send_message({"command": "reload", "path": path, "liveCSS": True, "liveImg": False})

    async def greet(self, channel: _Channel, number: object) -> None:
        """Answers a page that has just come: what it was made from may be past already."""
        state = self._answers.state
        page = channel.page
        shown = await IOLoop.current().run_in_executor(self._pool, self._answers.shown, state, page)
        if shown.digest != channel.digest:
            channel.tell(do="reload")
        elif number != state.number:
            channel.tell(do="say", number=state.number, html=str(shown.inner))
