"""All benchmarks, one after the other, and the page that tells their results: docs/performance.md.

    python3 run.py bench [--pages 1000,10000] [--rounds 3] [--only building,growth,stages,check,preview,search,release]

Each part is a program of its own (`python -m bench.check`, …) and is run as such; what it printed stands in the page.
Results of parts that are left out stay as they were. Nothing here fails because something is slow.
"""

import argparse
import datetime as dt
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.building import Result, told
from bench.generators import DAY
from bench.plot import bars
from clinic.salt import locked_versions

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "performance.md"
PLOT = ROOT / "docs" / "pictures" / "builds.svg"
PARTS = {
    "building": ("Builds", "a site built whole, and again after each kind of change, beside stock Pelican and Hugo"),
    "growth": ("Growth", "the same of ours at fifty thousand pages, once, its memory looked at meanwhile"),
    "stages": ("Where the time goes", "each step of a cold build, and of one after an edit of a text"),
    "check": ("Check", "the first look at all content, the second, and one after an edit"),
    "preview": ("Preview", "from a save to the page that a browser gets"),
    "search": ("Search", "bytes and slips found, beside MiniSearch and Pagefind"),
    "release": ("Releases", "objects sent to a bucket, beside `aws s3 sync` and `hugo deploy`"),
}
PEERS = re.compile(r"(?m)^(hugo|awscli)==([^\s;\\]+)")
INTRODUCTION = """# How fast it is

Measured by `python3 run.py bench`, which wrote this page: whole processes with the start of their interpreters,
medians, tools taking turns. The texts are made up and the same for all (`bench/corpus.py`): 60 % procedures, 25 %
conditions, 15 % announcements, 600 to 1,500 words each. Everything that a clinic's site has is on in ours: every
rule, structured data, search, feed, sitemap, pictures; the others do what their themes in `bench/peer_themes` say, and
check nothing.

A cold build of ours takes longer than either of the others, since it does what they don't: it reads every header
strictly, asks every text all rules, draws pictures and cards. After that it makes only what changed, where Hugo makes
all of it and Pelican's caches spare it the parsing. What is left after an edit of one text is Python loading the
generator, half of it at a thousand pages, and reading again what is known of every page; `preview`, which stays loaded,
shows the page in a small part of that. A page at 10,000 costs no more than one at 1,000.
"""
_PART = "<!-- {name} -->\n{text}<!-- end of {name} -->"


def main() -> None:
    """Measures as the arguments say."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--pages", default="1000,10000", help="numbers of pages with commas between them")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help=f"of {', '.join(PARTS)}")
    asked = parser.parse_args()
    names = [name for name in asked.only.split(",") if name] or list(PARTS)
    if unknown := [name for name in names if name not in PARTS]:
        parser.error(f"there is no part called {', '.join(unknown)}: choose of {', '.join(PARTS)}")
    pages = [str(int(number)) for number in asked.pages.split(",")]
    texts = parts_of(PAGE.read_text(encoding="utf-8") if PAGE.exists() else "")
    for name in names:
        texts[name] = _building(pages, asked.rounds) if name == "building" else _part(name, pages, asked.rounds)
        PAGE.write_text(page_of(texts), encoding="utf-8")


def _part(name: str, pages: Sequence[str], rounds: int) -> str:
    """A program's own report, as it printed it."""
    options = {
        "stages": ["--pages", pages[0]],
        "growth": ["--alone", "--pages", "50000", "--rounds", "1"],
        "check": ["--pages", pages[0], "--rounds", str(rounds)],
        "preview": ["--pages", *pages, "--saves", str(20 * rounds)],
        "release": ["--rounds", str(rounds)],
    }
    program = "building" if name == "growth" else name
    command = ["-m", f"bench.{program}", *options.get(name, [])]
    said = _run(command)
    return f"{_when()}\n\n```\npython {' '.join(command)}\n\n{said.strip()}\n```\n"


def _building(pages: Sequence[str], rounds: int) -> str:
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "results.json"
        _run(["-m", "bench.building", "--pages", *pages, "--rounds", str(rounds), "--json", str(file)])
        results = [Result(**each) for each in json.loads(file.read_text(encoding="utf-8"))]
    lines = [_when(), ""]
    for number in dict.fromkeys(result.pages for result in results):
        these = [result for result in results if result.pages == number]
        lines += [f"{number:,} pages:", "", *told(these), ""]
    most = [result for result in results if result.pages == max(each.pages for each in results)]
    PLOT.write_text(bars(most, DAY), encoding="utf-8")
    commands = dict.fromkeys(result.command for result in results)
    lines += [f"![Seconds of each build of {most[0].pages:,} pages](pictures/{PLOT.name})", ""]
    lines += ["```", *commands, "```", ""]
    return "\n".join(lines)


def _run(command: Sequence[str]) -> str:
    """Runs a part; what it prints is shown as it comes."""
    process = subprocess.Popen([sys.executable, "-u", *command], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        print(line, end="", flush=True)
        said.append(line)
    if process.wait():
        sys.exit(f"{' '.join(command)} ended with {process.returncode}.")
    return "".join(said)


def _when() -> str:
    """The day, the machine and the versions."""
    cpu = re.search(r"(?m)^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    load = os.getloadavg()[0]
    peers = PEERS.findall((ROOT / "bench" / "peers.txt").read_text(encoding="utf-8"))
    versions = [("Python", platform.python_version()), ("Pelican", locked_versions()["pelican"]), *sorted(peers)]
    machine = f"{os.cpu_count()} processors ({cpu[1] if cpu else platform.machine()}), load {load:.1f} at the start"
    return f"On {dt.datetime.now(dt.UTC):%d %B %Y}, {machine}; {', '.join(map(' '.join, versions))}."


def parts_of(page: str) -> dict[str, str]:
    """What an earlier page says of each part."""
    return {found[1]: found[2] for found in re.finditer(r"<!-- (\w+) -->\n(.*?)<!-- end of \1 -->", page, re.DOTALL)}


def page_of(texts: dict[str, str]) -> str:
    """The page with what is known of each part."""
    lines = [INTRODUCTION]
    for name, (title, what) in PARTS.items():
        if name in texts:
            lines += [
                f"## {title}",
                "",
                f"{what[0].upper()}{what[1:]}.",
                "",
                _PART.format(name=name, text=texts[name]),
                "",
            ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
