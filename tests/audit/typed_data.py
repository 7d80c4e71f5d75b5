"""Structured data against schema.org's own types: every page's JSON-LD as TypeScript, checked by `tsc`.

`schema-dts` holds the vocabulary as types, so a property that a type does not have, or a value of a wrong type, is an
error of the compiler. Each thing of a page is a constant of the type that it names.
"""

import json
import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.structured.saying import Shown, blocks, pages

OPTIONS = {
    "noEmit": True,
    "strict": True,
    "skipLibCheck": True,
    "module": "esnext",
    "moduleResolution": "bundler",
    "types": [],
}
FILE = "pages.ts"
_SAID = re.compile(rf"^{re.escape(FILE)}\((\d+),\d+\): error TS\d+: (.+)$")
_NAME = re.compile(r"[A-Z][A-Za-z]+")


def faults(site: Path, modules: Path) -> list[str]:
    """What is wrong with the structured data of a built site, a line for each fault; empty where all is well.

    Args:
        site: the folder of the built site.
        modules: a `node_modules` folder with `schema-dts` and `typescript`.

    Raises:
        OSError: the compiler can't be started.
    """
    found, lines, types = [], [], set()
    for name, html in pages(site):
        try:
            told = blocks(html)
        except ValueError as mistake:
            found.append(f"{name}: its JSON-LD is no JSON: {mistake}")
            continue
        page = Shown(html)
        wanted = not page.noindex and not page.moved
        if len(told) != wanted:
            found.append(f"{name}: {len(told)} blocks of JSON-LD, {int(wanted)} wanted")
        for block in told:
            for thing in _things(block):
                kind = thing.get("@type")
                if not isinstance(kind, str) or not _NAME.fullmatch(kind):
                    found.append(f"{name}: a thing without a type: {json.dumps(thing)[:80]}")
                    continue
                types.add(kind)
                lines.append((name, kind, json.dumps(thing, ensure_ascii=True)))
    return [*found, *_compiled(lines, sorted(types), modules)]


def _things(block: Any) -> list[dict[str, Any]]:
    """The things of a block, whatever its form."""
    if not isinstance(block, dict) or block.get("@context") != "https://schema.org":
        return [{}]
    graph = block.get("@graph")
    return graph if isinstance(graph, list) and graph else [{}]


def _compiled(lines: list[tuple[str, str, str]], types: list[str], modules: Path) -> Iterator[str]:
    """What the compiler says of the things, by the page and type of each."""
    if not lines:
        return
    head = f'import type {{ {", ".join(types)} }} from "schema-dts";'
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "node_modules").symlink_to(modules.resolve(), target_is_directory=True)
        source = [head, *(f"export const n{at}: {kind} = {text};" for at, (_, kind, text) in enumerate(lines))]
        (folder / FILE).write_text("\n".join(source) + "\n", encoding="utf-8")
        settings = {"compilerOptions": OPTIONS, "files": [FILE]}
        (folder / "tsconfig.json").write_text(json.dumps(settings), encoding="utf-8")
        ran = subprocess.run(
            [str(modules.resolve() / ".bin" / "tsc"), "--pretty", "false", "-p", "."],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
    told = 0
    for line in ran.stdout.splitlines():
        said = _SAID.match(line)
        if said and int(said[1]) > 1:
            page, kind, _ = lines[int(said[1]) - 2]
            yield f"{page}: {kind}: {said[2]}"
        elif said:
            yield f"every page: {said[2]}"
        told += said is not None
    if ran.returncode and not told:
        yield f"tsc ended with {ran.returncode}: {(ran.stdout + ran.stderr).strip()[:300]}"


PLANTED = (
    ("a property that no condition has", '"alternateName"', '"alternateNames"'),
    ("a treatment of a type that treats nothing", '"@type":"MedicalTherapy"', '"@type":"MedicalProcedure"'),
    ("a number for a text", '"name":"Low back pain"', '"name":7'),
    ("a type that does not exist", '"@type":"MedicalWebPage"', '"@type":"MedicalPage"'),
    ("no data at all", '<script type="application/ld+json">', '<script type="text/plain">'),
    ("data that is no JSON", '"@graph":[', '"@graph":[,'),
)
"""Faults for the page of low back pain, as what to find and what to put there: each must be caught."""


def uncaught(site: Path, modules: Path, page: str = "conditions/low-back-pain/index.html") -> list[str]:
    """The planted faults that `faults` does not find, one at a time in a copy of one page; empty where it finds all.

    Args:
        site: the folder of the built site.
        modules: as for `faults`.
        page: the page that they are planted in.
    """
    html = (site / page).read_text(encoding="utf-8")
    missed = []
    for what, good, bad in PLANTED:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "index.html").write_text(html.replace(good, bad), encoding="utf-8")
            if good not in html or not faults(folder, modules):
                missed.append(what)
    return missed
