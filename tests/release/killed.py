"""Publishes a build as a process of its own, so that a test can kill it or let it sleep: see test_killed.py.

`python -m tests.release.killed ROOT NAME [TARGET]`; where there is a file ROOT/later, the clock goes by that many
seconds fast, from the moment at which it is written.
"""

import sys
import time
from pathlib import Path

from clinic import release
from clinic.manifest import read_manifest


def main(root: Path, name: str, target: str = "public") -> int:
    output = root / name
    manifest = read_manifest((root / f"{name}.json").read_bytes())
    opened = release.open_target(target, root=root, forbidden=[output])
    later = root / "later"

    def passed() -> float:
        return float(later.read_text()) if later.exists() else 0.0

    clock = release.Clock(lambda: time.time() + passed(), lambda: time.monotonic() + passed(), time.sleep)
    lifted: list[release.Lift] = ["--allow-vanished", "--allow-deletes", "--allow-prefix"]
    terms = release.terms_for(opened, owner="a process", clock=clock, lifted=lifted)
    print("ready", flush=True)
    try:
        outcome = release.publish_release(release.Build(output, manifest), terms)
    except release.ReleaseStopped as stop:
        print(stop, flush=True)
        return stop.exit_code
    print(outcome.sentence, flush=True)
    return outcome.exit_code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
