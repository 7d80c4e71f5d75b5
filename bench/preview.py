"""The preview: from a save to the page that a browser gets, as a browser would ask for it.

    .venv/bin/python -m bench.preview [--pages 1000 10000] [--saves 60] [--pause 1.2]

Starts the preview of a copy of the project in a process of its own on a generated corpus and saves: words in a text, a
title that lists and relations show, what else a header says, whom a page is related to, a template, the frame of all
pages, clinic.yaml. A client of the preview's own socket stands for the browser: it has the page open, and asks for it
as soon as it is told to reload. Measured is the time from the last byte written to the last byte of a page that holds
the change, and what the process holds in memory at the end (PSS). Nothing here fails: it reports medians and the
slowest of twenty.

Between two saves lies a pause, in which the rules are asked about the whole site. With one of more than three seconds
the output folder is brought up to date in it too, and the next save may meet the build that does it.
"""

import argparse
import asyncio
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tornado.websocket import WebSocketClientConnection, websocket_connect

from bench.corpus import write_corpus
from bench.measuring import Failed, megabytes

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
        self.folder = folder
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

    async def saved(self, name: str, path: str, change: Callable[[str], str], mark: str) -> float:
        """Seconds from a save of a file to the page at `path` with the mark in it."""
        socket, file = await self.opened(path), self.folder / name
        text = change(file.read_text(encoding="utf-8"))
        await asyncio.sleep(self.pause)  # an editor reads what she wrote
        began = time.perf_counter()
        file.write_text(text, encoding="utf-8")
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


@dataclass(frozen=True)
class Kind:
    """A kind of save: which file, which page shows it, what is written there for a number, and how that is seen."""

    what: str
    file: str
    page: str
    pattern: str
    """What is replaced, once."""
    by: str
    """What stands there then; `{}` is the number of the save."""
    mark: str
    often: bool = True
    """Whether editors do it all the time: others are measured less often."""

    def change(self, number: int) -> Callable[[str], str]:
        """What a save does to the text of the file."""
        by = self.by.format(number)
        return lambda text: re.sub(self.pattern, lambda _: by, text, count=1)


PAGE = f"content/{TEXT}"
KINDS = (
    Kind("text edited", PAGE, ADDRESS, r"(?:The count is \w+\. )?(?=See \[)", "The count is c{}c. ", "c{}c"),
    Kind("title edited", PAGE, ADDRESS, r"(?m)^title: .*$", "title: Lantern valley number t{}t", "t{}t"),
    Kind("title edited: a page that names it", PAGE, LIST, r"(?m)^title: .*$", "title: Lantern number l{}l", "l{}l"),
    Kind("summary edited", PAGE, ADDRESS, r"(?m)^summary: .*$", "summary: The lantern finds s{}s.", "s{}s"),
    Kind(
        "relation edited",
        PAGE,
        ADDRESS,
        r"(?m)^treats: .*$",
        "treats: [condition-00003, condition-{:05}]",
        'href="/conditions/condition-{:05}/"',
    ),
    Kind(
        "template of its kind edited",
        "theme/templates/procedure.html",
        ADDRESS,
        r"<article class=\"clinical\">(?:<!-- \w+ -->)?",
        '<article class="clinical"><!-- p{}p -->',
        "p{}p",
        often=False,
    ),
    Kind(
        "template of all pages edited",
        "theme/templates/components/base.html",
        ADDRESS,
        r"(?:<!-- \w+ -->)?</body>",
        "<!-- b{}b --></body>",
        "b{}b",
        often=False,
    ),
    Kind(
        "clinic.yaml edited",
        "content/clinic.yaml",
        ADDRESS,
        r"(?m)^name: .*$",
        "name: Clinic y{}y",
        "y{}y",
        often=False,
    ),
)


async def measure(running: Measured, saves: int) -> None:
    """Prints what each kind of save takes."""
    number = 30  # the first conditions are named in the text of the page
    for kind in KINDS:
        times = []
        for _ in range(saves if kind.often else max(3, saves // 5)):
            number += 1
            times.append(await running.saved(kind.file, kind.page, kind.change(number), kind.mark.format(number)))
        print(told(kind.what, times), flush=True)


def copied(folder: Path) -> Path:
    """A copy of the project whose templates may be saved; gives its program."""
    for name in ("clinic", "theme"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("tasks.py", "pelicanconf.py", "publishconf.py", "requirements.txt"):
        shutil.copy(ROOT / name, folder / name)
    return folder / "tasks.py"


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
                [sys.executable, "-u", str(copied(folder)), *arguments],
                cwd=folder,
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
                    if not line:
                        raise Failed(f"the preview ended with {process.wait()} before it served anything")
                    found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
                    port = int(found[1]) if found else 0
                print(f"{pages} pages, first look {time.perf_counter() - began:.1f} s")
                output = folder / "output" / "manifest.json"
                while not output.exists():
                    time.sleep(0.2)
                asyncio.run(measure(Measured(folder, port, asked.pause), asked.saves))
                print(f"memory at the end {megabytes(process.pid):.0f} MB")
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait()


if __name__ == "__main__":
    main()
