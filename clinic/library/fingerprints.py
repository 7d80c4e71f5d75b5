"""Fingerprints of pages as an earlier process worked them out: editors see a review code on every clinical page."""

from typing import TYPE_CHECKING

from clinic.cache import Cache, key_for
from clinic.salt import salt

if TYPE_CHECKING:
    from clinic.library.library import Material


def recall_fingerprints(material: "Material", cache: Cache) -> None:
    """Lets clinical pages know their fingerprints, from the cache or by working them out.

    A fingerprint follows from the file's path and bytes, the headings that mean sections, and the code. What is
    recorded when a page is signed never comes from here: `approve` works it out of the file that it has read.
    """
    headings = repr(material.lists.headings)
    for document in material.documents:
        if not document.kind.clinical or document.header is None or "fingerprint" in vars(document):
            continue
        key = key_for("fingerprint", salt(), document.path, document.digest, headings)
        known = cache.get(key)
        if known is None:
            cache.put(key, document.fingerprint.encode())
        else:
            vars(document)["fingerprint"] = known.decode()  # where `cached_property` looks for it
