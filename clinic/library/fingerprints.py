"""Fingerprints of pages as an earlier process worked them out: editors see a review code on every clinical page."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from clinic.cache import Cache, key_for
from clinic.crew import in_shares
from clinic.salt import salt

if TYPE_CHECKING:
    from clinic.library.document import Document
    from clinic.words import Headings


def recall_fingerprints(documents: Iterable["Document"], headings: "Headings", cache: Cache) -> None:
    """Lets clinical pages know their fingerprints, from the cache or by working them out on all cores.

    A fingerprint follows from the file's path and bytes, the headings that mean sections, and the code. What is
    recorded when a page is signed never comes from here: `approve` works it out of the file that it has read.
    """
    shaping = key_for(salt(), repr(headings))
    asked = [one for one in documents if one.kind.clinical and one.header and "fingerprint" not in vars(one)]
    keys = [key_for("fingerprint", shaping, document.path, document.digest) for document in asked]
    missing: list[tuple[bytes, Document]] = []
    for key, document, known in zip(keys, asked, cache.get_all(keys), strict=True):
        if known is None or not _told(document, known):
            missing.append((key, document))
    made = in_shares(lambda one: one[1].fingerprint.encode(), missing)
    for (key, document), told in zip(missing, made, strict=True):
        cache.put(key, told)
        _told(document, told)


def _told(document: "Document", fingerprint: bytes) -> bool:
    """Lets a document know its fingerprint; not where these bytes are none."""
    try:
        vars(document)["fingerprint"] = fingerprint.decode()  # where `cached_property` looks for it
    except UnicodeDecodeError:
        return False
    return True
