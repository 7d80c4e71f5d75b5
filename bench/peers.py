"""The tools that ours is measured beside, from the versions and hashes in peers.txt."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCK = Path(__file__).with_name("peers.txt")
PLACE = ROOT / ".cache" / "peers"


def peer(name: str) -> Path:
    """The program of that name; all of them are installed when the first is asked for and the lock has changed.

    Raises:
        subprocess.CalledProcessError: they can't be installed.
    """
    made, lock = PLACE / "made-from", f"{sys.version} {hashlib.sha256(LOCK.read_bytes()).hexdigest()}"
    if not made.exists() or made.read_text(encoding="utf-8") != lock:
        shutil.rmtree(PLACE, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(PLACE)], check=True)
        install = [str(PLACE / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
        subprocess.run([*install, "--require-hashes", "--no-deps", "-r", str(LOCK)], check=True)
        made.write_text(lock, encoding="utf-8")
    return PLACE / "bin" / name
