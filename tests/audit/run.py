"""The audit: every checker over the sample site and the generated one; what each looked at, found and took.

python -m tests.audit.run [--only NAME,NAME]
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from clinic.commands.providing import AUDIT
from clinic.release.served_headers import written
from tests.audit import feeds, header_files, lighthouse, links, tools, typed_data
from tests.browser import sites as built_sites
from tests.browser.sites import ROOT, BuiltSite


@dataclass(frozen=True)
class Material:
    """What checkers work on: built sites, the modules of npm, and a folder that is thrown away."""

    sites: tuple[BuiltSite, ...]
    modules: Path
    scratch: Path

    @property
    def folders(self) -> list[Path]:
        """The folders of the sites."""
        return [site.folder for site in self.sites]

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return sum(len(site.pages) for site in self.sites)


@dataclass(frozen=True)
class Looked:
    """What a checker looked at, in words, and the faults that it found, as file:line."""

    at: str
    faults: list[str]


def _links(material: Material) -> Looked:
    named, found = 0, []
    for site in material.sites:
        looked, faults = links.faults(site.folder)
        named += looked
        found += [f"{site.name}/{fault}" for fault in faults]
    return Looked(f"{material.pages} pages, {named:,} addresses and ids", found)


def _feeds(material: Material) -> Looked:
    found = [f"{site.name}/{fault}" for site in material.sites for fault in feeds.faults(site.folder)]
    return Looked(f"Atom, sitemap and robots.txt of {len(material.sites)} sites", found)


def _headers(material: Material) -> Looked:
    found = []
    for site in material.sites:
        folder = material.scratch / f"{site.name}.headers"
        folder.mkdir(exist_ok=True)
        files = written(site.headers)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        found += [f"{site.name}.headers/{fault}" for fault in header_files.faults(folder)]
    return Looked(f"{', '.join(files)} of {len(material.sites)} sites", found)


def _html(material: Material) -> Looked:
    return Looked(f"{material.pages} pages, their styles and icons", tools.vnu(material.folders, material.modules))


def _html_validate(material: Material) -> Looked:
    found = tools.html_validate(material.folders, material.modules, material.scratch)
    return Looked(f"{material.pages} pages", found)


def _data(material: Material) -> Looked:
    found = [
        f"{site.name}/{fault}" for site in material.sites for fault in typed_data.faults(site.folder, material.modules)
    ]
    return Looked(f"JSON-LD of {material.pages} pages as types of schema.org", found)


def _styles(material: Material) -> Looked:
    files = sorted((ROOT / "theme" / "static" / "style").glob("*.css"))
    found = tools.stylelint(files, material.modules, material.scratch, ROOT)
    newer = f"{len(tools.NEWER)} newer features with what is shown without them"
    return Looked(f"{len(files)} stylesheets against {', '.join(tools.BROWSERS)}; {newer}", found)


def _lighthouse(material: Material) -> Looked:
    sample = material.sites[0]
    told = lighthouse.reports(sample, lighthouse.one_of_each(sample.pages), material.modules)
    slowest = max(told, key=lambda report: report.largest_paint)
    least = min(told, key=lambda report: report.points[lighthouse.REPORTED])
    return Looked(
        f"one page of each of {len(told)} templates, slow 3G; "
        f"performance {least.points[lighthouse.REPORTED]} or more ({least.page}), "
        f"largest paint after {slowest.largest_paint:.1f} s or less ({slowest.page})",
        [fault for report in told for fault in report.faults],
    )


CHECKS: dict[str, Callable[[Material], Looked]] = {
    "links": _links,
    "feeds": _feeds,
    "headers": _headers,
    "nu-html-checker": _html,
    "html-validate": _html_validate,
    "schema.org": _data,
    "stylelint": _styles,
    "lighthouse": _lighthouse,
}
"""All checkers, the fast ones first."""


def audited(material: Material, names: list[str]) -> Iterator[tuple[str, Looked, float]]:
    """Each checker's name, what it found, and the seconds that it took, one after the other."""
    for name in names:
        began = time.monotonic()
        try:
            looked = CHECKS[name](material)
        except (OSError, RuntimeError) as error:
            looked = Looked("nothing", [f"it could not be run: {error}"])
        yield name, looked, time.monotonic() - began


def main(arguments: list[str]) -> int:
    """Runs the audit; 1 where there is a fault, 2 where a checker is asked for that there is not."""
    parser = argparse.ArgumentParser(prog="audit", description=__doc__)
    parser.add_argument("--only", default="", help="names of checkers with commas between them")
    names = [name for name in parser.parse_args(arguments).only.split(",") if name] or list(CHECKS)
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        print(f"There is no checker called {', '.join(unknown)}. There are: {', '.join(CHECKS)}.", file=sys.stderr)
        return 2
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "sites"
        began = time.monotonic()
        built_sites.make(root)
        sites = tuple(built_sites.read(root).values())
        material = Material(sites, AUDIT.place / "node_modules", Path(scratch))
        print(
            f"{'built':16} {material.pages} pages of {len(sites)} sites  {time.monotonic() - began:.1f} s", flush=True
        )
        for name, looked, seconds in audited(material, names):
            count = f"{len(looked.faults)} {'fault' if len(looked.faults) == 1 else 'faults'}"
            print(f"{name:16} {looked.at}: {count}, {seconds:.1f} s", flush=True)
            faults += [f"{name}: {fault}" for fault in looked.faults]
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
