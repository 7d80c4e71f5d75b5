"""The program of invoke, but for two things.

After wrong use it ends with 2 (commands.md) and not with 1. And Python keeps what it compiled, as it does everywhere
else: the library forbids that for the sake of small files of tasks, and each command would compile all of ours anew.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from invoke.collection import Collection
from invoke.exceptions import ParseError
from invoke.program import Program

from clinic.commands.ends import Exit


class Tasks(Program):
    """The program behind `python3 run.py`."""

    def parse_core(self, argv: list[str] | None) -> None:
        """As in invoke; wrong use ends the process with 2 and one sentence."""
        forbidden = sys.dont_write_bytecode
        with _misuse():
            super().parse_core(argv)
        sys.dont_write_bytecode = forbidden and sys.dont_write_bytecode

    def parse_collection(self) -> None:
        """As above."""
        with _misuse():
            super().parse_collection()

    def parse_tasks(self) -> None:
        """As above."""
        with _misuse():
            super().parse_tasks()


@contextmanager
def _misuse() -> Iterator[None]:
    try:
        yield
    except ParseError as error:
        sys.stderr.write(f"{error} See: python3 run.py --list\n")
        raise SystemExit(int(Exit.MISUSE)) from None


def main(namespace: Collection) -> None:
    """Runs the tasks of a namespace with the process's own arguments."""
    Tasks(namespace=namespace, name="clinic", binary="python3 run.py").run()
