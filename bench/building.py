"""Builds beside stock Pelican and Hugo: the same bodies, themes that show the same, whole processes, medians.

    .venv/bin/python -m bench.building [--pages 1000] [--rounds 3] [--alone] [--json FILE]

Each round takes the generators through the same day, in turns at each step of it: a cold build; several times one where
nothing changed and an edited text, since what takes a second is soon disturbed; for ours a title, a template, another
name of the clinic. Hugo and stock Pelican without caches build all of it each time. Memory is measured in a cold build
of its own. With `--alone` ours only, as far as an edited text, and its memory in the cold builds that are timed: for so
many pages that each takes long. Nothing here fails: it reports.
"""

import argparse
import json
import shlex
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bench.generators import DAY, NOW, Generator, hugo, ours, pelican
from bench.measuring import Cost, Failed, as_run, measured

TURNS = {"nothing changed": 3, "body": 3}
"""How often a step is taken in a round."""


@dataclass(frozen=True)
class Result:
    """What one generator took for one case: medians of seconds and of processor seconds, and MB where measured."""

    pages: int
    generator: str
    case: str
    command: str
    seconds: float
    processor: float
    memory: float


def measure(pages: int, rounds: int, scratch: Path, *, alone: bool = False) -> list[Result]:
    """Takes all generators, or ours alone, through their days, below a folder that is there."""
    made = {"ours": ours, "pelican": pelican, "hugo": hugo}
    if alone:
        generators = [replace(each, cases=DAY[:3]) for each in ours(scratch / f"ours-{pages}", pages)[:1]]
    else:
        generators = [each for name, make in made.items() for each in make(scratch / f"{name}-{pages}", pages)]
    costs: dict[tuple[int, str], list[Cost]] = {}
    number = 0
    steps = [step for step in DAY for _ in range(TURNS.get(step, 1))]
    for case in steps * rounds:
        for at, generator in enumerate(generators):
            if case in generator.cases:
                number += 1
                costs.setdefault((at, case), []).append(_once(generator, case, number, memory=alone))
            elif case == "cold":
                measured(generator.command, generator.folder, as_run(CLINIC_NOW=NOW))  # its output is to be there
    results = []
    for at, generator in enumerate(generators):
        memory = max((cost.memory for cost in costs.get((at, "cold"), ())), default=0.0)
        if "cold" in generator.cases and not alone:
            generator.forget()
            memory = measured(generator.command, generator.folder, as_run(CLINIC_NOW=NOW), memory=True).memory
        for case in generator.cases:
            seconds = statistics.median(cost.seconds for cost in costs[at, case])
            processor = statistics.median(cost.processor for cost in costs[at, case])
            command = shlex.join([Path(generator.command[0]).name, *generator.command[1:]])
            held = memory if case == "cold" else 0.0
            results.append(Result(pages, generator.name, case, command, seconds, processor, held))
    return results


def _once(generator: Generator, case: str, number: int, *, memory: bool) -> Cost:
    if case == "cold":
        generator.forget()
    elif case in generator.edits:
        generator.edits[case](number)
    return measured(generator.command, generator.folder, as_run(CLINIC_NOW=NOW), memory=memory and case == "cold")


def told(results: Sequence[Result]) -> list[str]:
    """A table in Markdown: seconds, and how many times faster ours is than each."""
    own = {result.case: result.seconds for result in results if result.generator == "ours"}
    lines = ["| generator | " + " | ".join(DAY) + " | memory, cold |", "|---" * (len(DAY) + 2) + "|"]
    for name in dict.fromkeys(result.generator for result in results):
        mine = {result.case: result for result in results if result.generator == name}
        cells = []
        for case in DAY:
            ratio = f" ({mine[case].seconds / own[case]:.1f}x)" if case in mine and name != "ours" else ""
            cells.append(f"{mine[case].seconds:.2f} s{ratio}" if case in mine else "")
        cells.append(f"{mine['cold'].memory:.0f} MB" if "cold" in mine else "")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def main() -> None:
    """Measures as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="+", default=[1000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--alone", action="store_true", help="ours only")
    parser.add_argument("--json", type=Path, help="a file for all results")
    asked = parser.parse_args()
    everything: list[Result] = []
    for pages in asked.pages:
        with tempfile.TemporaryDirectory() as scratch:
            try:
                results = measure(pages, asked.rounds, Path(scratch), alone=asked.alone)
            except Failed as failed:
                sys.exit(str(failed))
        everything += results
        print(f"{pages:,} pages\n\n" + "\n".join(told(results)), flush=True)
        for command in dict.fromkeys(result.command for result in results):
            print(f"    {command}")
    if asked.json:
        asked.json.write_text(json.dumps([asdict(each) for each in everything], indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
