"""The rules of the house: who may import whom, how large a room may be, what may be committed."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CLINIC = ROOT / "clinic"

LINE = [
    {"expressions", "revised"},
    {"problems", "privacy"},
    {"source"},
    {"model"},
    {"words"},
    {"prose"},
    {"signing", "owed"},
    {"library"},
    {"rules"},
    {"manifest", "salt", "cache", "crew", "disk", "shelf", "bodies", "heads", "sheets", "reader", "content"},
    {"alphabet", "interface", "policy", "colour"},
    {"views"},
    {"structured"},
    {"assets", "filters", "qr", "render"},
    {"staging", "output"},
    {"projections"},
    {"faces"},
    {"build"},
    {"release"},
    {"preview"},
    {"interface_extract", "theme_docs", "drafting", "health", "schemas"},
    {"snippets", "migrating"},
    {"commands"},
    {"pelican_plugin"},
]
"""The stations, left to right. Each imports only itself and what stands to its left."""

USED_EVERYWHERE = {"manifest", "cache", "crew", "disk", "salt", "interface", "policy", "alphabet", "colour", "privacy"}
"""Seams without imports of their own: any station may use them."""


def modules() -> Iterator[Path]:
    yield from sorted(path for path in CLINIC.rglob("*.py") if path != CLINIC / "__init__.py")


def room(path: Path) -> str:
    return path.relative_to(CLINIC).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """The rooms that a module imports, but for those it names for the type checker only."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.dump(block.test)
        for node in ast.walk(block)
    }
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        yield from (name.split(".")[1] for name in names if name.startswith("clinic."))


def test_nothing_flows_back() -> None:
    place = {name: number for number, rooms in enumerate(LINE) for name in rooms}
    wrong = [
        f"{path.relative_to(ROOT)} imports {other}"
        for path in modules()
        for other in imports(path)
        if other not in USED_EVERYWHERE and place[other] > place[room(path)]
    ]
    assert not wrong


def test_only_the_door_imports_pelican_and_the_package_imports_nothing() -> None:
    doors = {
        path.name for path in modules() if re.search(r"^\s*(from|import) pelican\b", path.read_text(), re.MULTILINE)
    }
    assert doors == {"pelican_plugin.py"}
    assert not [
        node for node in ast.walk(ast.parse((CLINIC / "__init__.py").read_text())) if isinstance(node, ast.stmt)
    ][1:]


def test_no_room_is_over_400_lines() -> None:
    large = {
        str(path.relative_to(ROOT)): size for path in modules() if (size := len(path.read_text().splitlines())) > 400
    }
    assert not large


def test_names_say_something() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "data", "stuff"}
    assert not [path for path in (*modules(), *(ROOT / "tests").rglob("*.py")) if path.stem in vague]


CLOCKS = re.compile(r"\b(time\.time\(|datetime\.now\(|date\.today\(|os\.environ|getlocale|setlocale|time\.monotonic\()")


def test_clocks_and_the_environment_are_read_at_the_edge_only() -> None:
    edge = {"commands", "pelican_plugin"}
    readers = {str(path.relative_to(ROOT)) for path in modules() if CLOCKS.search(path.read_text())}
    assert {name for name in readers if name.split("/")[1].removesuffix(".py") not in edge} == set()


def tracked() -> list[Path]:
    """The files that Git knows; in a copy that is no checkout, all but what is made there."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        return [path for path in ROOT.rglob("*") if path.is_file() and not {".venv", ".cache"} & set(path.parts)]
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_locks_pin_versions_and_hashes_and_hold_no_addresses(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert not re.search(r"https?://|file:|--index|--extra-index|--find-links|\s@\s", text)
    pinned = re.findall(r"^[a-z0-9._-]+==\S+", text, re.MULTILINE)
    assert len(pinned) > 20
    assert text.count("--hash=sha256:") >= len(pinned)


def test_every_required_library_is_in_the_lock_and_pygments_is_a_mended_one() -> None:
    lock = (ROOT / "requirements.txt").read_text()
    for line in (ROOT / "requirements.in").read_text().splitlines():
        if line and not line.startswith("#"):
            name = re.split(r"[=<>]", line)[0]
            assert re.search(rf"^{re.escape(name)}==", lock, re.MULTILINE), name
    version = re.search(r"^pygments==(\d+)\.(\d+)", lock, re.MULTILINE)
    assert version
    assert (int(version[1]), int(version[2])) >= (2, 20)  # CVE-2026-4539: docs/decisions/0003


def test_a_browser_is_started_in_one_place_and_no_test_is_skipped_for_want_of_a_program() -> None:
    """A test that names a program of its own is silent on every machine that has another."""
    for path in sorted((ROOT / "tests").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if path.name == "chromium.py" or path == Path(__file__):
            continue
        assert "chromium.launch" not in text, path
        assert "/usr/bin/" not in text, path
        assert not re.search(r"skipif\([^)]*(?:exists|which|is None)", text), path


def test_nothing_of_this_machine_is_committed() -> None:
    machine = re.compile(r"(?<![\w.])/(?:work|farm|root)/|\b(?:TODO|FIXME|XXX|HACK)\b")
    own = Path(__file__)
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        if path != own and path.suffix in {".py", ".md", ".txt", ".in", ".html", ".css", ".toml", ".yaml"}
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if machine.search(line)
    ]
    assert not [place for place in found if not _speaks_of_marks(place)]


def _speaks_of_marks(place: str) -> bool:
    """The rule that finds TODO in editors' texts must name it, and so must the mistakes that it is measured on."""
    return place.partition(":")[0].startswith(
        ("clinic/problems/", "clinic/rules/", "tests/rules/", "tests/problems/", "tests/mistakes/", "docs/errors")
    )
