"""How a command ends."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

PROGRAM = """
import atexit, gc
atexit.register(lambda: print(gc.get_freeze_count() > 1000, gc.isenabled()))  # asked last
from clinic.commands.running import run
assert run(lambda: 0) == run(lambda: 0) == 0
"""


def test_what_a_command_made_is_not_looked_through_again_when_it_ends() -> None:
    done = subprocess.run((sys.executable, "-c", PROGRAM), cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "True True\n"
