#!/usr/bin/env python3
"""Sets up this project where needed, then runs one of its tasks: `python3 run.py publish`.

Needs Python 3.11 or newer and nothing else. It makes .venv, installs exactly the locked versions (checked by their
hashes) and hands over to tasks.py. `python3 run.py --list` shows every task.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
DEVELOPING = {"test", "lint", "audit", "bench", "lock", "contact-sheet"}
"""Tasks that need more than the generator itself: pytest, ruff, mypy, a browser's driver."""


def stamp(lock: Path) -> str:
    """What the environment must have been made from: this interpreter and the locked versions."""
    return f"{sys.version} {hashlib.sha256(lock.read_bytes()).hexdigest()}"


def ready(lock: Path) -> bool:
    """Whether the environment holds what the lock says (the developers' lock holds the other one too)."""
    try:
        made = (VENV / "made-from").read_text(encoding="utf-8")
    except OSError:
        return False
    return made in {stamp(lock), stamp(ROOT / "requirements-dev.txt")}


def set_up(lock: Path) -> None:
    """Makes the environment anew and installs the locked versions.

    Raises:
        SystemExit: this Python has no `venv`, or a package could not be installed (3).
    """
    print("Setting up (once; about a minute) …", file=sys.stderr, flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False, stdout=subprocess.DEVNULL)
    if made.returncode:
        print("Python's venv is missing: install it (on Debian: apt-get install python3-venv).", file=sys.stderr)
        raise SystemExit(3)
    install = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    done = subprocess.run([*install, "--require-hashes", "--no-deps", "-r", str(lock)], check=False)
    if done.returncode:
        print("The locked packages could not be installed: look at the lines above, then try again.", file=sys.stderr)
        raise SystemExit(3)
    (VENV / "made-from").write_text(stamp(lock), encoding="utf-8")


def main() -> int:
    """Sets up, runs the task, and gives its exit code."""
    if sys.version_info < (3, 11):
        print("This needs Python 3.11 or newer: see python.org/downloads.", file=sys.stderr)
        return 2
    developing = bool(DEVELOPING & set(sys.argv[1:]))
    lock = ROOT / ("requirements-dev.txt" if developing else "requirements.txt")
    if not ready(lock):
        set_up(lock)
    called = "py run.py" if os.name == "nt" else "python3 run.py"
    environment = {**os.environ, "CLINIC_CALLED": called, "PYTHONDONTWRITEBYTECODE": "", "PYTHONUTF8": "1"}
    arguments = [str(PYTHON), str(ROOT / "tasks.py"), *(sys.argv[1:] or ["--list"])]
    if os.name != "nt":
        os.execve(str(PYTHON), arguments, environment)  # the task takes this process's place: signals reach it
    return subprocess.run(arguments, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
