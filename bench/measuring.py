"""What a command costs: time, processor time and memory, all of its processes together."""

import contextlib
import os
import subprocess
import threading
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock and of processors, the start of interpreters and all children included.

    `memory` is the most that all processes held together at one moment, in MB: the proportional share of pages that
    they have in common (PSS), looked at every tenth of a second; 0 where it was not asked for.
    """

    seconds: float
    processor: float
    memory: float = 0.0


class Failed(Exception):  # noqa: N818 - what happened to a command
    """A command that is measured must do its work: its code and its last words."""


def as_run(**more: str) -> dict[str, str]:
    """What processes are told that are measured: as `run.py` starts tasks, Python keeps what it compiled."""
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": "", **more}


def measured(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    *,
    memory: bool = False,
    right: Collection[int] = (0,),
) -> Cost:
    """Runs a command to its end.

    Looking at memory costs time of its own: ask for one of both.

    Raises:
        Failed: it ended with another code than those of `right`.
    """
    began = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    )
    watch = _Watch(process.pid) if memory else None
    assert process.stdout is not None
    said = process.stdout.read()
    process.stdout.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - began
    if process.returncode not in right:
        raise Failed(f"{' '.join(command)} ended with {process.returncode}: {said.decode(errors='replace')[-600:]}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, watch.most() if watch else 0.0)


class _Watch:
    """Looks at all processes of a session."""

    def __init__(self, session: int) -> None:
        self._session = session
        self._most = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def most(self) -> float:
        """Ends the looking."""
        self._ended.set()
        self._thread.join()
        return self._most

    def _look(self) -> None:
        while not self._ended.wait(0.1):
            pids = self._pids()
            held = sum(map(megabytes, pids))
            if pids == self._pids():  # else one ended meanwhile, and what it shared was counted twice
                self._most = max(self._most, held)

    def _pids(self) -> list[int]:
        found = []
        for entry in PROC.iterdir():
            if entry.name.isdigit():
                with contextlib.suppress(OSError):
                    if os.getsid(int(entry.name)) == self._session:
                        found.append(int(entry.name))
        return found


def megabytes(pid: int) -> float:
    """What a process holds in memory, in MB: what it shares with others in proportion (PSS)."""
    with contextlib.suppress(OSError):
        for line in (PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0
