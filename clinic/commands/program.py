"""invoke's program, but for one thing: wrong use ends with 2 (commands.md), where invoke itself ends with 1."""

import sys

from invoke.collection import Collection
from invoke.exceptions import ParseError
from invoke.program import Program

from clinic.commands.ends import Exit


class Tasks(Program):
    """The program behind `python3 run.py`."""

    def run(self, argv: list[str] | None = None, exit: bool = True) -> None:  # noqa: A002, FBT001, FBT002 - invoke's names
        """Runs the task that the arguments name; wrong use ends the process with 2 and one sentence."""
        try:
            self.create_config()
            self.parse_core(argv)
            self.parse_collection()
            self.parse_tasks()
        except ParseError as error:
            sys.stderr.write(f"{error} See: python3 run.py --list\n")
            raise SystemExit(int(Exit.MISUSE)) from None
        super().run(argv, exit=exit)


def main(namespace: Collection) -> None:
    """Runs the tasks of a namespace with the process's own arguments."""
    Tasks(namespace=namespace, name="clinic", binary="python3 run.py").run()
