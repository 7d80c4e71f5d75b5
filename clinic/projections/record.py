"""`build.json`: what was built, from what, and when the site last changed by itself. Never now."""

import json
from collections.abc import Mapping

from clinic.library.library import Library


def build_record(
    library: Library, site: str, manifest: str, versions: Mapping[str, str], counts: Mapping[str, int]
) -> bytes:
    """The text of build.json: the same for every `now` between two moments at which the site changes by itself.

    Args:
        library: the content.
        site: the site's public address.
        manifest: the digest of its manifest.
        versions: those of the libraries that shape it.
        counts: how many there are of what.
    """
    last = library.timeline.last
    record = {
        "version": 1,
        "site": site,
        "audience": library.audience.value,
        "manifest": manifest,
        "moment": last.strftime("%Y-%m-%dT%H:%M:%SZ") if last else None,
        "counts": dict(sorted(counts.items())),
        "versions": dict(sorted(versions.items())),
    }
    return json.dumps(record, ensure_ascii=False, indent=1).encode() + b"\n"
