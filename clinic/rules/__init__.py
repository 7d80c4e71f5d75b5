"""What `check` says of content beyond what reading and linking it finds: one module for each family of rules.

Each has `check(library)`, which gives its problems. What depends on one document alone is a function `of(document)`,
so that its findings can be kept for as long as the document does not change.
"""

import contextlib
import logging
from collections.abc import Callable, Iterator

from clinic.cache import Cache
from clinic.library.library import Library
from clinic.problems import NOWHERE, Problem
from clinic.problems.catalogue.whole import CHECK_STOPPED
from clinic.rules import (
    announcements,
    claims,
    contacts,
    dates,
    downloads,
    governance,
    grade,
    languages,
    links,
    medical,
    pasted,
    pictures,
    postal,
    privacy,
    sameness,
    sentences,
    structure,
    whole,
    wording,
)
from clinic.rules.drafts import softened
from clinic.rules.kept import remembered
from clinic.rules.waivers import settled

Family = Callable[[Library], Iterator[Problem]]
"""One family of rules."""

FAMILIES: tuple[tuple[str, Family], ...] = (
    ("structure", structure.check),
    ("sentences", sentences.check),
    ("languages", languages.check),
    ("reading grade", grade.check),
    ("wording", wording.check),
    ("claims", claims.check),
    ("pasted text", pasted.check),
    ("danger, doses and medicines", medical.check),
    ("phones and e-mails", contacts.check),
    ("addresses", postal.check),
    ("privacy", privacy.check),
    ("links", links.check),
    ("pictures", pictures.check),
    ("downloads", downloads.check),
    ("sameness", sameness.check),
    ("governance", governance.check),
    ("dates", dates.check),
    ("announcements", announcements.check),
    ("the whole site", whole.check),
)
"""Every family by what people call it."""

ADVICE = frozenset({"reading grade", "wording", "claims", "phones and e-mails", "addresses"})
"""The families that weigh words and facts: a preview tells of them a moment after it shows the page."""

_LOG = logging.getLogger(__name__)


def check_all(library: Library, families: tuple[tuple[str, Family], ...] = FAMILIES) -> tuple[Problem, ...]:
    """What all families find, in order, none twice.

    A fault in one family is a problem of ours (SITE039), its cause is logged for debugging, and the others go on.
    """
    found: set[Problem] = set()
    for name, check in families:
        try:
            found.update(check(library))
        except Exception:  # noqa: BLE001 - a rule that stops must not take the others with it
            _LOG.debug("the rules of %s stopped", name, exc_info=True)
            found.add(CHECK_STOPPED("clinic.yaml", NOWHERE, family=name))
    return tuple(sorted(found, key=lambda problem: problem.order))


def problems_of(library: Library, cache: Cache | None = None) -> tuple[Problem, ...]:
    """Every problem of the content, in order: of its files, of what links them, of the rules; exceptions heeded.

    What a draft still lacks is advice. A cache spares asking documents again that are as they were.
    """
    documents = library.material.documents
    with remembered(documents, cache, lists=library.lists.digest) if cache else contextlib.nullcontext():
        found = {*library.all_problems(), *check_all(library)}
    return tuple(sorted(softened(settled(found, library), library), key=lambda problem: problem.order))


__all__ = ["ADVICE", "FAMILIES", "Family", "check_all", "problems_of", "settled", "softened"]
