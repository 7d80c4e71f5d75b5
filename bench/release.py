"""Releases beside what others use for them: time, processor time, requests, and instants at which a page was broken.

    .venv/bin/python -m bench.release [--objects 2000] [--rounds 3]

A SeaweedFS is started for it, and the AWS command line and Hugo are installed from a lock of their own. The tools take
turns, and medians count. Every command is printed as it was run. Nothing here fails: it reports.
"""

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.measuring import Cost, measured
from bench.peers import peer
from tests.release.world import Site
from tests.servers.proxy import Asked, Proxy, between
from tests.servers.running import BUCKET, REGION, Server, seaweed

ROOT = Path(__file__).parents[1]
HOME = "index.html"


@dataclass(frozen=True)
class Tool:
    """One way to release a folder to `prefix` of the bucket at `endpoint`."""

    name: str
    command: Callable[[Path, str, str], list[str]]
    folder: Callable[[Path, str, str], Path] = lambda _build, _prefix, _endpoint: ROOT


@dataclass
class Watch:
    """What visitors meet while a new version arrives, by the account of a proxy: the bytes are known by their keys."""

    old: Site
    new: Site
    prefix: str
    there: dict[str, bytes] = field(default_factory=dict)
    mutations: int = 0
    broken: int = 0
    worst: int = 0

    def start(self) -> None:
        """The old version is live."""
        self.there = dict(self.old.bodies)

    def seen(self, asked: Asked, status: int) -> None:
        """Counts an instant, after an answer to something that changed what visitors get."""
        key = asked.path.removeprefix(self.prefix)
        if status >= 300 or key.startswith(".state/"):
            return
        if asked.method == "POST" and "delete" in asked.query:
            for gone in self.old.bodies.keys() - self.new.bodies.keys():
                self.there.pop(gone, None)
        elif asked.verb == "put":
            self.there[key] = self.new.bodies[key]
        elif asked.verb == "delete":
            self.there.pop(key, None)
        else:
            return
        self.mutations += 1
        pages = [json.loads(body) for name, body in self.there.items() if name.endswith(".html")]
        bad = sum(any(name not in self.there for name in (*page["links"], *page["assets"])) for page in pages)
        self.broken += bad > 0
        self.worst = max(self.worst, bad)


def pages(count: int, size: int, version: str, assets: int) -> Site:
    """A home and pages, all with the same styles, whose names change with the version."""
    site = Site()
    styles = [f"theme/part{number}.{version}.css" for number in range(assets)]
    for style in styles:
        site.add(style, version, role="asset")
    keys = [f"conditions/c{number}/index.html" for number in range(count - 1 - assets)]
    for key in keys:
        site.add(key, f"{version}{key}".ljust(size, "o"), links=[HOME], assets=styles, title=key)
    return site.add(HOME, version, links=keys, assets=styles, role="index")


def tools(work: Path) -> list[Tool]:
    """Ours first."""
    aws, hugo = peer("aws"), peer("hugo")

    def ours(build: Path, prefix: str, endpoint: str) -> list[str]:
        target = f"s3://{BUCKET}/{prefix}?endpoint={endpoint}&region={REGION}"
        return [sys.executable, "-m", "tests.release.killed", str(build.parent), build.name, target]

    def sync(build: Path, prefix: str, endpoint: str) -> list[str]:
        where = f"s3://{BUCKET}/{prefix}"
        return [str(aws), "--endpoint-url", endpoint, "s3", "sync", str(build), where, "--delete", "--quiet"]

    def project(build: Path, prefix: str, endpoint: str) -> Path:
        folder = work / "hugo"
        folder.mkdir(exist_ok=True)
        url = f"s3://{BUCKET}?region={REGION}&endpoint={endpoint}&use_path_style=true&prefix={prefix}/"
        (folder / "hugo.toml").write_text(
            f'baseURL = "https://clinic.example/"\npublishDir = "{build}"\n[[deployment.targets]]\nname = "t"\n'
            f'URL = "{url}"\n'
        )
        return folder

    return [
        Tool("ours", ours),
        Tool("aws s3 sync --delete", sync),
        Tool("hugo deploy", lambda *_: [str(hugo), "deploy", "--maxDeletes", "-1"], project),
    ]


def write(work: Path, name: str, site: Site) -> Path:
    """Builds of the same name replace each other, as a fresh checkout does: all files are new by their times."""
    folder = work / name
    shutil.rmtree(folder, ignore_errors=True)
    site.write(folder)
    (work / f"{name}.json").write_bytes(site.manifest.to_bytes())
    return folder


def speed(
    server: Server, work: Path, all_tools: list[Tool], environment: Mapping[str, str], objects: int, rounds: int
) -> None:
    """The whole site into an empty place, the same again, one page changed; and the whole where a page was before."""
    site = pages(objects, 10_000, "1", 1)
    changed = pages(objects, 10_000, "1", 1)
    key = "conditions/c7/index.html"
    names = changed.files[key]
    changed.add(key, "changed".ljust(10_000, "u"), links=names.links, assets=names.assets, title=names.title)
    print(f"\n{objects} objects of 10 KB, SeaweedFS on this computer, {os.cpu_count()} cores shared with it")
    print("Ours reads back what it wrote, each time. With the first release it tries out what the place can do, once;")
    print("those that follow it are written so that the server refuses what comes too late.\n")
    journeys = (
        (("an empty place", site), ("nothing changed", site), ("one page changed", changed)),
        (("a first page", pages(3, 10_000, "0", 1)), ("a place with a page", site)),
    )
    order = [step for steps in journeys for step, _ in steps]
    costs: dict[tuple[str, str], list[Cost]] = {}
    for turn in range(rounds):
        for number, tool in enumerate(all_tools):
            for way, steps in enumerate(journeys):
                prefix = f"speed{turn}-{number}-{way}"
                for step, version in steps:
                    build = write(work, "build", version)
                    command = tool.command(build, prefix, server.endpoint)
                    folder = tool.folder(build, prefix, server.endpoint)
                    if not turn and step == order[0]:
                        shown = [Path(command[0]).name, *command[1:]]
                        print("  $ " + " ".join(shown).replace(f"{tempfile.gettempdir()}{os.sep}", ""))
                    costs.setdefault((tool.name, step), []).append(measured(command, folder, environment))
    median = {
        at: Cost(statistics.median(one.seconds for one in some), statistics.median(one.processor for one in some))
        for at, some in costs.items()
    }
    print()
    for (name, step), cost in median.items():
        print(f"  {name:22} {step:20} {cost.seconds:7.2f} s   {cost.processor:6.2f} s of processor")
    for tool in all_tools[1:]:
        for step in order:
            mine, theirs = median["ours", step], median[tool.name, step]
            times, work_ratio = theirs.seconds / mine.seconds, theirs.processor / mine.processor
            print(f"  ours is {times:5.1f} times as fast as {tool.name}, {work_ratio:5.1f} times less work: {step}")


def instants(server: Server, work: Path, all_tools: list[Tool], environment: Mapping[str, str]) -> None:
    """A new version of 301 pages with 12 styles arrives; how often is some page broken?"""
    old, new = pages(313, 200, "1", 12), pages(310, 200, "2", 12)
    print(
        "\n301 pages and 12 styles become 298 pages and 12 other styles: instants with a broken page, after each write"
    )
    for number, tool in enumerate(all_tools):
        prefix = f"instants{number}"
        with between(server.endpoint) as proxy:
            measured_release(tool, write(work, "build", old), prefix, proxy, environment)
            watch = Watch(old, new, f"{prefix}/")
            watch.start()
            proxy.seen = watch.seen
            time.sleep(1.1)  # tools that go by times see whole seconds
            measured_release(tool, write(work, "build", new), prefix, proxy, environment)
        print(f"  {tool.name:22} {watch.broken:4} of {watch.mutations} instants, at worst {watch.worst} pages")


def measured_release(tool: Tool, build: Path, prefix: str, proxy: Proxy, environment: Mapping[str, str]) -> Cost:
    """One tool's release through the proxy."""
    command = tool.command(build, prefix, proxy.endpoint)
    return measured(command, tool.folder(build, prefix, proxy.endpoint), environment)


def main() -> None:
    """Measures all that is there, and prints it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--objects", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="clinic-bench-"))
    try:
        found = tools(work)
        with seaweed() as server:
            kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
            environment = {**kept, **server.variables, "AWS_DEFAULT_REGION": REGION, "PYTHONPATH": str(ROOT)}
            warm = write(work, "warm", pages(300, 1000, "0", 1))  # the server's own first files are slow for anybody
            for prefix in ("warm1", "warm2"):
                measured(found[0].command(warm, prefix, server.endpoint), ROOT, environment)
            speed(server, work, found, environment, asked.objects, asked.rounds)
            instants(server, work, found, environment)
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
