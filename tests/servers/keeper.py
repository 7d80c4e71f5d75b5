"""Starts a server and ends it for sure: when whoever started this ends, however it ends, its pipe here closes.

It is run as a process: `python keeper.py FOLDER COMMAND…`. The folder goes with the server.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path


def main(folder: Path, command: list[str]) -> None:
    # A Ctrl-C in the terminal reaches this process too; it has to outlive the tests to clean up after them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # a whole group is ended: the server first
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
        try:
            print(server.pid, flush=True)
            sys.stdin.buffer.read()
        finally:
            for number, patience in ((signal.SIGTERM, 1.0), (signal.SIGKILL, 30.0)):
                try:
                    os.killpg(server.pid, number)
                    server.wait(patience)
                    break
                except subprocess.TimeoutExpired:
                    continue
                except ProcessLookupError:
                    break
    shutil.rmtree(folder, ignore_errors=True)
    # SeaweedFS leaves sockets named by its ports in a folder that can't be chosen.
    for port in re.findall(r"port(?:\.grpc)?=(\d+)", " ".join(command)):
        for left in Path("/tmp").glob(f"seaweedfs-*-{port}.sock"):
            left.unlink(missing_ok=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
