"""How a command ends."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PROGRAM = """
import atexit, gc
atexit.register(lambda: print(gc.get_freeze_count() > 1000, gc.isenabled()))  # asked last
from clinic.commands.running import run
assert run(lambda: 0) == run(lambda: 0, last={last}) == 0
"""


@pytest.mark.parametrize("last", [False, True])
def test_what_a_command_made_is_not_looked_through_again_when_it_ends(last: bool) -> None:  # noqa: FBT001
    """After the last one it isn't looked for at all: the first look would go through all that it made."""
    program = PROGRAM.format(last=last)
    done = subprocess.run((sys.executable, "-c", program), cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == f"True {not last}\n"
