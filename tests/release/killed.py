"""Publishes a build to a folder as a process of its own, so that a test can kill it: see test_killed.py."""

import sys
import time
from pathlib import Path

from clinic import release
from clinic.manifest import read_manifest


def main(root: Path, name: str) -> int:
    output = root / name
    manifest = read_manifest((root / f"{name}.json").read_bytes())
    target = release.open_target("public", root=root, forbidden=[output])
    clock = release.Clock(time.time, time.monotonic, time.sleep)
    terms = release.terms_for(target, owner="a process", clock=clock, lifted=["--allow-vanished", "--allow-deletes"])
    print("ready", flush=True)
    outcome = release.publish_release(release.Build(output, manifest), terms)
    print(outcome.sentence, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
