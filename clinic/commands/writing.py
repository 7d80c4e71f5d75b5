"""The output folder is brought up to date beside the preview, by `build` in a process that takes what others leave."""

import contextlib
import os
import subprocess
import sys

from clinic.commands.settings import ROOT, Settings


class Writer:
    """One build at a time. What editors wait for goes first: it gets the processor only where nobody else wants it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, settings: Settings) -> None:
        """Begins to build the output folder."""
        asked = {"content": settings.content, "output": settings.output, "cache": settings.cache}
        options = [part for name, value in asked.items() for part in (f"--{name}", str(value))]
        options += ["--now", settings.now] if settings.now else []
        options += ["--url", settings.url] if settings.url else []
        arguments = [sys.executable, str(ROOT / "tasks.py"), "build", *options]
        quiet = subprocess.DEVNULL
        idle = 0
        if sys.platform == "win32":
            idle = subprocess.IDLE_PRIORITY_CLASS
        self._process = subprocess.Popen(
            arguments, stdin=quiet, stdout=quiet, stderr=quiet, cwd=ROOT, creationflags=idle
        )
        if sys.platform != "win32":
            with contextlib.suppress(OSError):  # it has ended already
                os.setpriority(os.PRIO_PROCESS, self._process.pid, 19)
        if sys.platform == "linux":
            with contextlib.suppress(OSError):
                os.sched_setscheduler(self._process.pid, os.SCHED_IDLE, os.sched_param(0))

    def busy(self) -> bool:
        """Whether that process is still at work."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """Ends it: the output stays whole."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait()
