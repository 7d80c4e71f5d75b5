"""`audit`: the slow proofs, by checkers of others and some of our own, over the built sites."""

import shutil
import subprocess
import sys

from clinic.commands.developing import browser
from clinic.commands.ends import Exit
from clinic.commands.providing import AUDIT, provide, provide_from_npm
from clinic.commands.settings import ROOT


def audit(*, only: str) -> Exit:
    """Runs the checkers of tests/audit, each with what it looked at, what it found and how long it took.

    Args:
        only: names of checkers with commas between them; all, where left out.
    """
    there = (
        provide("Chromium", lambda: browser() is not None, "chromium", "fonts-dejavu-core")
        and provide("Java", lambda: shutil.which("java") is not None, "default-jre-headless")
        and provide("nginx", lambda: shutil.which("nginx") is not None, "nginx-light")
        and provide("Caddy", lambda: shutil.which("caddy") is not None, "caddy")
        and provide_from_npm(AUDIT)
    )
    if not there:
        return Exit.FAULT
    command = [sys.executable, "-m", "tests.audit.run", *(["--only", only] if only else [])]
    return Exit(subprocess.run(command, cwd=ROOT, check=False).returncode)
