"""`build.json`: what was built, from what, and when the site last changed by itself. Never now."""

import json
from collections.abc import Mapping

from clinic.library.library import Library
from clinic.manifest import Manifest


def build_record(library: Library, manifest: Manifest, versions: Mapping[str, str], counts: Mapping[str, int]) -> bytes:
    """The text of build.json: the same for every `now` between two moments at which the site changes by itself."""
    last = library.timeline.last
    record = {
        "version": 1,
        "site": manifest.site,
        "audience": library.audience.value,
        "manifest": manifest.digest,
        "moment": last.strftime("%Y-%m-%dT%H:%M:%SZ") if last else None,
        "counts": dict(sorted(counts.items())),
        "versions": dict(sorted(versions.items())),
    }
    return json.dumps(record, ensure_ascii=False, indent=1).encode() + b"\n"
