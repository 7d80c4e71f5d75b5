"""`serve` and `clean`: showing the last build, and tidying up."""

import functools
import http.server
import shutil
from collections.abc import Iterable
from pathlib import Path

from clinic.commands.ends import Exit, Misuse
from clinic.commands.saying import command, say
from clinic.commands.settings import ROOT, Settings
from clinic.output import MANIFEST, Output


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves one folder: no listings, our own page for what is not there, nothing kept by the browser."""

    def list_directory(self, path: str) -> None:  # type: ignore[override]
        """Refuses to list: an address without a page is not found."""
        _ = path
        self.send_error(404)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own page for addresses that are not there."""
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self) -> None:
        """Nothing is kept: the next look shows the next build."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Says nothing: what somebody reads is nobody's business."""


def serve(settings: Settings, port: int, *, released: bool) -> Exit:
    """Shows the last build on this computer until it is stopped.

    Raises:
        Misuse: there is nothing to show, or the port is taken.
    """
    folder = Path(settings.target or ROOT / "public") if released else settings.output
    if not folder.is_dir() or (not released and not (folder / MANIFEST).is_file()):
        raise Misuse(f"There is nothing to show in {folder} yet: {command('publish' if released else 'build')} first.")
    handler = functools.partial(_Handler, directory=str(folder))
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except (OSError, OverflowError) as error:
        raise Misuse(f"Port {port} can't be used on this computer: choose another with --port.") from error
    with server:
        say(f"The site is at http://127.0.0.1:{server.server_port}/ until you press Ctrl and C.")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            say("Stopped.")
    return Exit.DONE


def clean(every: Iterable[Settings]) -> Exit:
    """Removes builds and caches; only folders that were built here.

    Raises:
        OutputError: a folder holds files that were not built here.
    """
    removed: list[str] = []
    for settings in every:
        output = Output(settings.output, settings.cache)
        if settings.output.is_dir():
            output.check(settings.content)
            shutil.rmtree(settings.output)
            removed.append(f"{settings.output.name}/")
        if settings.cache.is_dir():
            shutil.rmtree(settings.cache)
            removed.append(f"{settings.cache.name}/")
    say(f"Removed: {', '.join(removed)}." if removed else "There was nothing to remove.")
    return Exit.DONE
