"""`audit`: the slow proofs, by checkers of others and some of our own, over the built sites."""

import subprocess
import sys

from clinic.commands.ends import Exit
from clinic.commands.providing import provide_browser, provide_checkers
from clinic.commands.settings import ROOT


def audit(*, only: str) -> Exit:
    """Runs the checkers of tests/audit, each with what it looked at, what it found and how long it took.

    Args:
        only: names of checkers with commas between them; all, where left out.
    """
    if not (provide_browser() and provide_checkers()):
        return Exit.FAULT
    command = [sys.executable, "-m", "tests.audit.run", *(["--only", only] if only else [])]
    return Exit(subprocess.run(command, cwd=ROOT, check=False).returncode)
