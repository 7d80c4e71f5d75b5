"""The preview: from a save to the page that a browser gets, as a browser would ask for it.

    .venv/bin/python -m bench.preview [--pages 1000 10000] [--saves 60] [--pause 1.2]

Starts the preview in a process of its own on a generated corpus and saves: words in a text, then a title that lists and
relations show. A client of the preview's own socket stands for the browser: it has the page open, and asks for it as
soon as it is told to reload. Measured is the time from the last byte written to the last byte of a page that holds the
change. Nothing here fails: it reports medians and the slowest of twenty.

Between two saves lies a pause, in which the rules are asked about the whole site. With one of more than three seconds
the output folder is brought up to date in it too, and the next save may meet the build that does it.
"""

import argparse
import asyncio
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

from tornado.websocket import WebSocketClientConnection, websocket_connect

from bench.corpus import write_corpus

ROOT = Path(__file__).resolve().parents[1]
TEXT = "procedures/procedure-00003.md"
ADDRESS = "/procedures/procedure-00003/"
LIST = "/conditions/condition-00003/"
PATIENCE = 30


class Measured:
    """A running preview of a corpus."""

    def __init__(self, folder: Path, port: int, pause: float) -> None:
        """`folder` holds the content; `pause` are the seconds between two saves."""
        self.pause = pause
        self.file = folder / "content" / TEXT
        self.base = f"http://127.0.0.1:{port}"
        self.host = f"127.0.0.1:{port}"

    def get(self, path: str) -> str:
        """A page."""
        with urllib.request.urlopen(self.base + path, timeout=PATIENCE) as answer:
            return str(answer.read().decode())

    async def opened(self, path: str) -> WebSocketClientConnection:
        """A socket of the page at a path, which is up to date."""
        page = self.get(path)
        found = re.search(r'<clinic-preview data-page="([^"]+)"', page)
        digest = found[1] if found else ""
        from tornado.httpclient import HTTPRequest  # noqa: PLC0415 - for its header alone

        socket = await websocket_connect(
            HTTPRequest(f"ws://{self.host}/.preview/channel", headers={"Origin": self.base})
        )
        await socket.write_message(f'{{"page": "{path}", "digest": "{digest}", "number": 0}}')
        await socket.read_message()
        return socket

    async def saved(self, path: str, change: Callable[[str], str], mark: str) -> float:
        """Seconds from a save to the page at `path` with the mark in it."""
        socket = await self.opened(path)
        text = change(self.file.read_text(encoding="utf-8"))
        await asyncio.sleep(self.pause)  # an editor reads what she wrote
        began = time.perf_counter()
        self.file.write_text(text, encoding="utf-8")
        while True:
            said = await asyncio.wait_for(socket.read_message(), PATIENCE)
            if said is not None and '"reload"' in str(said) and mark in self.get(path):
                took = time.perf_counter() - began
                socket.close()
                return took


def told(what: str, times: Sequence[float]) -> str:
    """A line of the report."""
    ordered = sorted(times)
    slow = ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)]
    return f"{what:<46} median {1000 * statistics.median(ordered):6.0f} ms   p95 {1000 * slow:6.0f} ms"


async def measure(running: Measured, saves: int) -> None:
    """Prints what each kind of save takes."""

    def words(number: int) -> Callable[[str], str]:
        return lambda text: re.sub(r"(?:The count is \w+\. )?(?=See \[)", f"The count is c{number}c. ", text, count=1)

    def title(number: int) -> Callable[[str], str]:
        return lambda text: re.sub(r"(?m)^title: .*$", f"title: Lantern valley number t{number}t", text)

    kinds: tuple[tuple[str, str, Callable[[int], Callable[[str], str]], str], ...] = (
        ("text edited: its page", ADDRESS, words, "c{}c"),
        ("title edited: its page", ADDRESS, title, "t{}t"),
        ("title edited: the list that shows it", LIST, title, "t{}t"),
    )
    number = 0
    for what, path, change, mark in kinds:
        times = []
        for _ in range(saves):
            number += 1
            times.append(await running.saved(path, change(number), mark.format(number)))
        print(told(what, times), flush=True)


def main() -> None:
    """Measures as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="+", default=[1000])
    parser.add_argument("--saves", type=int, default=40)
    parser.add_argument("--pause", type=float, default=1.2)
    asked = parser.parse_args()
    for pages in asked.pages:
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            write_corpus(folder / "content", pages)
            arguments = ["preview", "--no-open", "--port", "0", "--now", "2026-11-22T09:00:00"]
            arguments += [f"--{name}={folder / name}" for name in ("content", "output", "cache")]
            process = subprocess.Popen(
                [sys.executable, "-u", "tasks.py", *arguments],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                text=True,
                env=os.environ,
            )
            assert process.stdout is not None
            began = time.perf_counter()
            try:
                port = 0
                while not port:
                    line = process.stdout.readline()
                    found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
                    port = int(found[1]) if found else 0
                print(f"{pages} pages, first look {time.perf_counter() - began:.1f} s")
                output = folder / "output" / "manifest.json"
                while not output.exists():
                    time.sleep(0.2)
                asyncio.run(measure(Measured(folder, port, asked.pause), asked.saves))
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait()


if __name__ == "__main__":
    main()
