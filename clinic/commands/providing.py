"""What tests and audit need of this computer: Debian's packages, and npm's as their locks name them."""

import functools
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from clinic.commands.saying import complain, say
from clinic.commands.settings import ROOT


@dataclass(frozen=True)
class Locked:
    """Packages of npm: what they are called in a sentence, the folder of their lock, where they are installed."""

    called: str
    lock: Path
    place: Path

    @property
    def installed(self) -> bool:
        """Whether what is installed is what the lock names."""
        here, there = self.lock / "package-lock.json", self.place / "package-lock.json"
        modules = (self.place / "node_modules").is_dir()
        return modules and there.exists() and there.read_bytes() == here.read_bytes()


AZURITE = Locked("Azurite", ROOT / "tests/servers/azurite", ROOT / ".cache/azurite")
AXE = Locked("the rules of axe", ROOT / "tests/browser", ROOT / ".cache/axe")
AUDIT = Locked("the checkers of the audit", ROOT / "tests/audit", ROOT / ".cache/audit")
SEARCHES = Locked("the searches of the bench", ROOT / "bench/search", ROOT / ".cache/searches")
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""What the browser may be called. The first, of Debian, has no windows, and so is about a fifth faster."""

FONTS = "fonts-dejavu-core"

NPM_LOCKS = (AZURITE, AXE, AUDIT, SEARCHES)


def provide(what: str, is_there: Callable[[], bool], *packages: str) -> bool:
    """Whether a program is there; as root on Debian it is installed where it is missing."""
    if is_there():
        return True
    apt = shutil.which("apt-get")
    if apt is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        complain(f"This needs {what}: install it (on Debian: apt-get install {packages[0]}), then try again.")
        return False
    say(f"Installing {what} …")
    _run([apt, "update", "-qq"])
    _run([apt, "install", "-y", "-qq", "--no-install-recommends", *packages])
    if not is_there():
        complain(f"{what} could not be installed: see the lines above.")
        return False
    return True


def provide_from_npm(packages: Locked) -> bool:
    """Whether packages of npm are there, as their lock names them; they are installed into the cache."""
    if not provide("npm", lambda: shutil.which("npm") is not None, "npm"):
        return False
    if packages.installed:
        return True
    say(f"Installing {packages.called} …")
    shutil.rmtree(packages.place, ignore_errors=True)
    packages.place.mkdir(parents=True)
    for name in (".npmrc", "package.json", "package-lock.json"):
        shutil.copyfile(packages.lock / name, packages.place / name)
    if _run([_npm(), "ci", "--silent", "--ignore-scripts", "--prefix", str(packages.place)], show=True):
        shutil.rmtree(packages.place, ignore_errors=True)
        complain(f"{packages.called} could not be installed: see the lines above.")
        return False
    return True


def browser() -> str | None:
    """The Chromium of this machine, or None."""
    return next((found for name in CHROMIUM if (found := shutil.which(name))), None)


def provide_browser() -> bool:
    """Whether there is a browser: the fastest of them where it can be installed, else any that is there."""
    best, root = CHROMIUM[0], hasattr(os, "geteuid") and os.geteuid() == 0
    if root and shutil.which("apt-get") and provide("Chromium", lambda: _is_there(best), best, FONTS):
        return True
    return provide("Chromium", lambda: browser() is not None, "chromium", FONTS)


def provide_checkers() -> bool:
    """Whether everything is there that the audit runs, but for the browser."""
    programs = (
        ("Java", "java", "default-jre-headless"),
        ("nginx", "nginx", "nginx-light"),
        ("Caddy", "caddy", "caddy"),
    )
    for what, program, package in programs:
        if not provide(what, functools.partial(_is_there, program), package):
            return False
    return provide_from_npm(AUDIT)


def lock_npm(packages: Locked) -> bool:
    """Writes the lock of packages of npm anew: versions and hashes, no addresses of any host."""
    if not provide("npm", lambda: shutil.which("npm") is not None, "npm"):
        return False
    file = packages.lock / "package-lock.json"
    command = [_npm(), "install", "--silent", "--package-lock-only", "--ignore-scripts", "--prefix", str(packages.lock)]
    if _run(command, show=True):
        return False
    locked = json.loads(file.read_text(encoding="utf-8"))
    for entry in locked["packages"].values():
        for name in ("funding", "resolved"):
            entry.pop(name, None)
    file.write_text(json.dumps(locked, indent=1) + "\n", encoding="utf-8", newline="\n")
    return True


def _is_there(program: str) -> bool:
    return shutil.which(program) is not None


def _npm() -> str:
    return shutil.which("npm") or "npm"


def _run(arguments: Sequence[str], *, show: bool = False) -> int:
    return subprocess.run(arguments, cwd=ROOT, check=False, stdout=None if show else subprocess.DEVNULL).returncode
