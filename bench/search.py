"""Our search beside MiniSearch and Pagefind: what the first search costs, and how many slips are forgiven.

    .venv/bin/python -m bench.search [--pages 200 2000] [--slips 200]

The others are installed with npm from a lock of their own. All get the same pages and the same misspelt titles, and
count as right where the page is among the first three. Bytes are those that a browser fetches for the first search
besides the page itself, compressed (gzip -9; what Pagefind has compressed itself counts as it is). Nothing here fails:
it reports.
"""

import argparse
import gzip
import html
import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Response

from clinic.commands.providing import SEARCHES, provide_from_npm
from tests.chromium import started
from tests.search.corpus import HEADINGS, SHARED, Named, many, slips
from tests.search.made import large_search
from tests.search.visitor import Visitor

SEED = 7
"""Other slips than those of the tests."""

ASK_PAGEFIND = """async (queries) => {
  const pagefind = await import('/pagefind/pagefind.js');
  await pagefind.init();
  const found = [];
  for (const query of queries) {
    const hits = (await pagefind.search(query)).results.slice(0, 3);
    found.push((await Promise.all(hits.map((hit) => hit.data()))).map((page) => page.url));
  }
  return found;
}"""


@dataclass(frozen=True)
class Row:
    """What one search did."""

    name: str
    pages: int
    size: int
    """Bytes for the first search."""
    found: float
    """The share of misspelt titles whose page is among the first three."""
    named: float
    """The share of other names whose page is the first."""


@dataclass(frozen=True)
class Task:
    """What every search is asked: misspelt titles, and other names as they are."""

    pages: tuple[Named, ...]
    typed: tuple[tuple[str, Named], ...]
    names: tuple[tuple[str, Named], ...]

    @property
    def queries(self) -> list[str]:
        """All that is typed, the slips first."""
        return [text for text, _ in (*self.typed, *self.names)]

    def row(self, name: str, size: int, found: Sequence[Sequence[str]]) -> Row:
        """How well the answers fit: the addresses that each query found."""
        slipped, named = found[: len(self.typed)], found[len(self.typed) :]
        right = sum(page.address in hits[:3] for (_, page), hits in zip(self.typed, slipped, strict=True))
        first = sum(page.address in hits[:1] for (_, page), hits in zip(self.names, named, strict=True))
        return Row(name, len(self.pages), size, right / len(self.typed), first / len(self.names))


def squeezed(body: bytes) -> int:
    """The size of a file as it is sent."""
    return min(len(body), len(gzip.compress(body, 9, mtime=0)))


def ours(browser: Browser, task: Task, folder: Path) -> Row:
    """Our own search, as a build makes it."""
    search = large_search(folder, len(task.pages))
    visitor = Visitor(browser.new_page(), search)
    visitor.open()
    visitor.asked.clear()
    visitor.ask(task.queries[0])
    fetched = {address.split("/", 3)[3] for address in visitor.asked} | {search.key("a/search.", ".js")}
    size = sum(squeezed(search.body(key)) for key in fetched if key in search.files)
    return task.row("ours", size, [answer["hrefs"] for answer in visitor.ask(*task.queries)])


def minisearch(task: Task, fields: Sequence[str], name: str) -> Row:
    """MiniSearch with an index of some fields, minified with esbuild."""
    modules = SEARCHES.place / "node_modules"
    library = modules / "minisearch/dist/es/index.js"
    pages = [
        {"id": page.address, "title": page.title, "names": " ; ".join(page.others), "headings": " ; ".join(HEADINGS)}
        for page in task.pages
    ]
    asked = json.dumps({"pages": pages, "queries": task.queries, "fields": list(fields)})
    command = ["node", str(SEARCHES.lock / "minisearch.mjs"), str(library)]
    told = json.loads(subprocess.run(command, input=asked.encode(), capture_output=True, check=True).stdout)
    small = [str(modules / ".bin/esbuild"), "--minify", "--format=esm", str(library)]
    script = subprocess.run(small, capture_output=True, check=True).stdout
    return task.row(name, squeezed(script) + squeezed(told["index"].encode()), told["found"])


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served on this computer."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def pagefind(browser: Browser, task: Task, folder: Path) -> Row:
    """Pagefind over pages with the same titles, other names and headings."""
    for page in task.pages:
        file = folder / page.address.strip("/") / "index.html"
        file.parent.mkdir(parents=True)
        others = html.escape(", ".join(page.others))
        sections = "".join(f"<h2>{heading}</h2><p>Words.</p>" for heading in HEADINGS)
        title = html.escape(page.title)
        text = f"<title>{title}</title><main><h1>{title}</h1><p>Also called: {others}</p>{sections}</main>"
        file.write_text(f'<!doctype html><html lang="en">{text}</html>', encoding="utf-8")
    (folder / "index.html").write_text('<!doctype html><html lang="en"><title>Home</title></html>', encoding="utf-8")
    program = SEARCHES.place / "node_modules/.bin/pagefind"
    subprocess.run([str(program), "--site", str(folder), "--silent"], check=True, stdout=subprocess.DEVNULL)
    sizes: dict[str, int] = {}
    with served(folder) as address:
        tab = browser.new_page()
        tab.goto(address)

        def weigh(answer: Response) -> None:
            sizes[answer.url] = squeezed(answer.body())

        tab.on("response", weigh)
        tab.evaluate(ASK_PAGEFIND, task.queries[:1])
        tab.wait_for_load_state("networkidle")
        first = sum(size for url, size in sizes.items() if "/pagefind/" in url)
        tab.remove_listener("response", weigh)
        found = tab.evaluate(ASK_PAGEFIND, task.queries)
        tab.close()
    return task.row("Pagefind", first, found)


def versions() -> str:
    """The versions of the others, as they are installed."""
    locked = json.loads((SEARCHES.lock / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return ", ".join(f"{name} {locked[f'node_modules/{name}']['version']}" for name in ("minisearch", "pagefind"))


def main() -> None:
    """Measures and prints a table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--pages", type=int, nargs="+", default=[200, 2000])
    asked.add_argument("--slips", type=int, default=200)
    options = asked.parse_args()
    if not provide_from_npm(SEARCHES):
        sys.exit(3)
    rows = []
    with started() as browser:
        for count in options.pages:
            with tempfile.TemporaryDirectory() as scratch:
                folder = Path(scratch)
                (folder / "ours").mkdir()
                (folder / "pagefind").mkdir()
                pages = many(count)
                typed = slips(pages, options.slips, SEED)
                names = tuple((other, page) for page in pages for other in page.others if other not in SHARED)
                task = Task(pages, typed, names[: options.slips])
                rows.append(ours(browser, task, folder / "ours"))
                rows.append(minisearch(task, ["title", "names"], "MiniSearch, names"))
                rows.append(minisearch(task, ["title", "names", "headings"], "MiniSearch, names and headings"))
                rows.append(pagefind(browser, task, folder / "pagefind"))
    print(f"{versions()}; {options.slips} slips, {options.slips} other names\n")
    print("| pages | search | first search | slips found in the first three | other names found first |")
    print("|---|---|---|---|---|")
    for row in rows:
        print(f"| {row.pages:,} | {row.name} | {row.size / 1000:.1f} KB | {row.found:.1%} | {row.named:.1%} |")


if __name__ == "__main__":
    main()
