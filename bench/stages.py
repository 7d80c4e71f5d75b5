"""Where the time of a build goes: each step of a cold build and of one after an edit, in a process of its own.

    .venv/bin/python -m bench.stages [--pages 1000]

Steps are functions of the generator; each is timed from the outside, so nothing of it is changed. What a step shares
out to copies of the process stands beside its own. Nothing here fails: it reports.
"""

import argparse
import contextlib
import functools
import importlib
import io
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.generators import NOW, ours
from bench.measuring import as_run

ROOT = Path(__file__).resolve().parents[1]

STEPS = {
    "pages read": ("clinic.content", "Reader.read"),
    "all content read": ("clinic.commands.gathering", "read_content"),
    "linked and dated": ("clinic.commands.gathering", "build_library"),
    "rules asked": ("clinic.commands.gathering", "problems_of"),
    "pictures": ("clinic.build", "publish_pictures"),
    "social cards and icons": ("clinic.build", "brand"),
    "views planned": ("clinic.build", "planned"),
    "pages rendered and staged": ("clinic.output", "stage"),
    "output written": ("clinic.build", "write_site"),
}
"""What each step is called, and the name by which the generator calls it. Some are parts of the one after them."""


@dataclass
class Step:
    """Seconds by the clock, of this process and of its copies."""

    clock: float = 0.0
    own: float = 0.0
    copies: float = 0.0


def _processor() -> tuple[float, float]:
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime, others.ru_utime + others.ru_stime


@contextlib.contextmanager
def _timed(step: Step) -> Iterator[None]:
    began, (own, others) = time.perf_counter(), _processor()
    try:
        yield
    finally:
        now = _processor()
        step.clock += time.perf_counter() - began
        step.own += now[0] - own
        step.copies += now[1] - others


def _watch(module: str, name: str, step: Step) -> None:
    """Has a function timed whenever it is called by that name."""
    *way, last = name.split(".")
    holder: Any = functools.reduce(getattr, way, importlib.import_module(module))
    called: Callable[..., object] = getattr(holder, last)

    @functools.wraps(called)
    def timed(*given: object, **named: object) -> object:
        with _timed(step):
            return called(*given, **named)

    setattr(holder, last, timed)


def build_here() -> None:
    """Builds the project of the current folder and prints what each step took."""
    whole, imports = Step(), Step()
    sys.path.insert(0, str(Path.cwd()))
    with _timed(imports):
        from clinic.commands import building, gathering, manner, settings  # noqa: F401, PLC0415 - timed
    steps = {called: Step() for called in STEPS}
    for called, (module, name) in STEPS.items():
        _watch(module, name, steps[called])
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), _timed(whole):
        building.build(settings.load("pelicanconf.py"), manner.Manner())
    for called, step in {"imports": imports, **steps, "all of it": whole}.items():
        print(f"{called:28} {step.clock:8.2f} s {step.own:8.2f} s {step.copies:8.2f} s")


def main() -> None:
    """Measures as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--here", action="store_true", help="build the project of this folder once")
    asked = parser.parse_args()
    if asked.here:
        build_here()
        return
    with tempfile.TemporaryDirectory() as scratch:
        generator = ours(Path(scratch) / "ours", asked.pages)[0]
        program = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from bench.stages import main; main()"
        for case in ("cold", "body"):
            if case in generator.edits:
                generator.edits[case](1)
            print(f"{asked.pages:,} pages, {case:15} {'clock':>10} {'own':>10} {'copies':>10}", flush=True)
            subprocess.run(
                (sys.executable, "-c", program, "--here"),
                cwd=generator.folder,
                env=as_run(CLINIC_NOW=NOW),
                check=True,
            )
            print(flush=True)


if __name__ == "__main__":
    main()
