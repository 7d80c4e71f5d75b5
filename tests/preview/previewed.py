"""A preview that runs as people run it, in a process of its own, and what a test asks of it."""

import http.client
import json
import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from clinic.build import plan_site
from clinic.cache import Cache
from clinic.commands.building import by_path
from clinic.commands.gathering import gather
from clinic.commands.settings import load

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "tests" / "site"
NOW = "2026-11-22T09:00:00"
PATIENCE = 60
"""Seconds that a test waits for what comes at once: only a preview that never does it fails for this."""

_BESIDE = re.compile(  # what `inject` adds
    r'<clinic-preview .*?</clinic-preview>|<link rel="stylesheet" href="/.preview/page.css">|'
    r'<script src="/(?:livereload\.js|\.preview/)[^>]*></script>'
)
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


@dataclass
class Previewed:
    """A running preview of a copy of the project's parts in a folder."""

    folder: Path
    process: "subprocess.Popen[str]"
    said: list[str]
    port: int = 0

    @property
    def content(self) -> Path:
        """Its content."""
        return self.folder / "content"

    @property
    def base(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, str]:
        """The status and the text at a path; headers are written with underscores."""
        status, body, _ = self.get_all(path, method, **headers)
        return status, body

    def get_all(self, path: str, method: str = "GET", **headers: str) -> tuple[int, str, dict[str, str]]:
        """The same, with the headers of the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, headers=named)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace"), dict(answer.getheaders())
        finally:
            connection.close()

    def page(self, path: str) -> str:
        """The page at a path as `build` would write it: without what the preview puts in."""
        return plain(self.get(path)[1])

    def save(self, path: str, text: str) -> None:
        """Writes a file of the content."""
        file = self.content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def change(self, path: str, old: str, new: str) -> None:
        """Puts one text in another's place."""
        file = self.folder / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def until(self, true: Callable[[], bool]) -> None:
        """Waits until something is so."""
        end = time.monotonic() + PATIENCE
        while not true():
            assert self.process.poll() is None, "the preview has ended:\n" + "".join(self.said)
            assert time.monotonic() < end, "it never came to be:\n" + "".join(self.said[-20:])
            time.sleep(0.02)

    def shows(self, path: str, text: str) -> None:
        """Waits until a page holds a text."""
        self.until(lambda: text in self.get(path)[1])

    def builds(self) -> int:
        """How many builds there were."""
        return sum(" in " in line and "uilt in" in line for line in self.said)


def plain(page: str) -> str:
    """A served page without what the preview adds, but for the policy."""
    return _POLICY.sub("", _BESIDE.sub("", page))


def expected(previewed: Previewed, theme: Path) -> dict[str, str]:
    """Every page of a clean build of the content as it is now, by key, without its policy."""
    settings = load("pelicanconf.py", content=str(previewed.content), now=NOW)
    with Cache(None) as cache:
        gathered = gather(settings, cache)
        assert gathered.library is not None
        site = plan_site(
            gathered.library,
            theme=theme,
            content=settings.content,
            cache=cache,
            problems=by_path(gathered.problems),
        )
        return {
            file.key: _POLICY.sub("", file.make().body.decode(errors="replace"))
            for file in site.wanted
            if file.content_type.startswith(("text/", "application/"))
        }


@contextmanager
def previewed(
    folder: Path, *options: str, port: int = 0, project: bool = False, site: Path = SITE, again: bool = False
) -> Iterator[Previewed]:
    """A preview of a copy of a small site.

    With `project`, of a copy of the whole generator, theme and settings too; with `again`, of one that is there.
    """
    if not again:
        shutil.copytree(site, folder / "content")
    root = ROOT
    if project:
        for name in ("clinic", "theme"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("tasks.py", "pelicanconf.py", "publishconf.py", "requirements.txt"):
            shutil.copy(ROOT / name, folder / name)
        root = folder
    arguments = [sys.executable, str(root / "tasks.py"), "preview", "--no-open", "--port", str(port), "--now", NOW]
    arguments += ["--content", str(folder / "content"), "--output", str(folder / "output")]
    arguments += ["--cache", str(folder / "cache"), *options]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=root, env=environment
    )
    lines: queue.Queue[str] = queue.Queue()
    running = Previewed(folder, process, [])

    def read() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            running.said.append(line)
            lines.put(line)
        lines.put("")

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        while not running.port:
            line = lines.get(timeout=PATIENCE)
            assert line, "the preview did not start:\n" + "".join(running.said)
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
            running.port = int(found[1]) if found else 0
        yield running
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        reader.join(timeout=PATIENCE)
        assert process.stdout is not None
        process.stdout.close()


def problems_in(page: str) -> str:
    """The panel of a served page; nothing where it has none."""
    found = re.search(r'<section class="panel.*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def bar_of(page: str) -> str:
    """The bar of a served page."""
    found = re.search(r'<aside class="bar".*?</aside>', page, re.DOTALL)
    assert found
    return found[0]


def told(message: str) -> dict[str, object]:
    """What a socket said."""
    said = json.loads(message)
    assert isinstance(said, dict)
    return said
