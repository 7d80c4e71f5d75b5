"""`check`: the first look at a site, the second, and one after an edit, each as a process of its own.

    .venv/bin/python -m bench.check [--pages 1000] [--rounds 5] [--texts corpus|gold]

The texts are those of bench.corpus, or copies of the clean pages of tests/gold, whose sentences give rules more
to weigh. Reported are medians of wall time and of processor time, children counted. Nothing here fails.
"""

import argparse
import itertools
import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.corpus import write_corpus
from bench.measuring import Cost, as_run, measured

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "gold" / "content"
NOW = "2026-11-22T09:00:00"


def write_gold(folder: Path, pages: int) -> None:
    """Copies of the clean conditions and procedures, each under a title of its own, beside all else that is there."""
    shutil.copytree(GOLD, folder)
    originals = sorted([*GOLD.glob("conditions/*.md"), *GOLD.glob("procedures/*.md")])
    for number, original in zip(range(pages), itertools.cycle(originals), strict=False):
        text = original.read_text(encoding="utf-8")
        text = re.sub(r"(?m)^title: (.*)$", rf"title: \1 {number:05}", text, count=1)
        text = re.sub(r"(?m)^(?:also_called|aliases|causes|treatments|treats):(?:.*\n)(?:[ -].*\n)*", "", text)
        (folder / original.parent.name / f"{original.stem}-{number:05}.md").write_text(text, encoding="utf-8")


def timed(folder: Path) -> Cost:
    """What one `check` costs; problems in the texts are no failure of it."""
    places = (f"--content={folder / 'content'}", f"--cache={folder / 'cache'}")
    command = (sys.executable, "tasks.py", "check", "--format=json", f"--now={NOW}", *places)
    return measured(command, ROOT, as_run(), right=(0, 1))


def main() -> None:
    """Measures as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--texts", choices=("corpus", "gold"), default="corpus")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (write_corpus if asked.texts == "corpus" else write_gold)(folder / "content", asked.pages)
        page = sorted((folder / "content" / "procedures").glob("*.md"))[3]

        def forget() -> None:
            shutil.rmtree(folder / "cache", ignore_errors=True)

        def edit() -> None:
            page.write_text(page.read_text(encoding="utf-8") + "\nAsk us.\n", encoding="utf-8")

        journeys: tuple[tuple[str, Callable[[], None]], ...] = (
            ("cold", forget),
            ("nothing changed", lambda: None),
            ("one page edited", edit),
        )
        for what, prepare in journeys:
            times = []
            for _ in range(asked.rounds):
                prepare()
                times.append(timed(folder))
            wall = statistics.median(cost.seconds for cost in times)
            spent = statistics.median(cost.processor for cost in times)
            print(
                f"{asked.pages} pages, {asked.texts}, {what:<16} {wall:6.2f} s   {spent:6.2f} s of processor",
                flush=True,
            )


if __name__ == "__main__":
    main()
