"""What `check` says of content beyond what reading and linking it finds: one module for each family of rules.

Each has `check(library)`, which gives its problems. What depends on one document alone is a function `of(document)`,
so that its findings can be kept for as long as the document does not change. Families that ask nothing else
(`ONE_BY_ONE`) are remembered as one for each document (`clinic/rules/alone.py`).
"""

import contextlib
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence

from clinic.cache import Cache
from clinic.crew import in_shares
from clinic.library.document import Document
from clinic.library.library import Library
from clinic.problems import NOWHERE, Problem
from clinic.problems.catalogue.whole import CHECK_STOPPED
from clinic.rules import (
    alone,
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
from clinic.rules.debts import owed
from clinic.rules.drafts import softened
from clinic.rules.kept import heed, remembered, told_by
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
    ("mailboxes of the clinic", privacy.of_the_clinic),
    ("links", links.check),
    ("pages that nothing leads to", links.unlinked),
    ("pictures", pictures.check),
    ("files of pictures", pictures.of_files),
    ("downloads", downloads.check),
    ("sameness", sameness.check),
    ("governance", governance.check),
    ("sources", governance.uncited),
    ("dates", dates.check),
    ("words for times", announcements.passing),
    ("announcements", announcements.check),
    ("the whole site", whole.check),
)
"""Every family by what people call it."""

ADVICE = frozenset({"reading grade", "wording", "claims", "phones and e-mails", "addresses"})
"""The families that weigh words and facts: a preview tells of them a moment after it shows the page."""

ONE_BY_ONE = frozenset(
    {
        *("structure", "sentences", "languages", "reading grade", "wording", "claims", "pasted text"),
        *("danger, doses and medicines", "phones and e-mails", "addresses", "privacy", "links", "sources", "dates"),
        "words for times",
    }
)
"""The families that ask each document by itself. All that they read beside it is on its ground (`alone.Ground`)."""

_ALONE = tuple(family for family in FAMILIES if family[0] in ONE_BY_ONE)
_BESIDE = tuple(family for family in FAMILIES if family[0] not in ONE_BY_ONE)

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

    What a draft still lacks is advice. A cache spares asking documents again that are as they were; others are asked on
    all cores.
    """
    if cache is None:
        found = {*check_all(library)}
    else:
        found = {*alone.found(library, cache, _by_itself), *check_all(library, _BESIDE)}
    found.update(library.all_problems())
    return tuple(sorted(weighed(found, library), key=lambda problem: problem.order))


@contextlib.contextmanager
def recalled(library: Library, cache: Cache) -> Iterator[None]:
    """While it lasts, documents tell what a cache remembers of them; the others have been asked, on all cores."""
    with remembered(library.material.documents, cache, lists=library.lists.digest) as others:
        _ask(library, others)
        yield


def _by_itself(library: Library) -> tuple[Problem, ...]:
    return check_all(library, _ALONE)


def weighed(found: Iterable[Problem], library: Library) -> set[Problem]:
    """Problems as they count: exceptions heeded, what is owed as warnings, what drafts lack as advice."""
    return softened(owed(settled(found, library), library), library)


def _ask(library: Library, documents: Sequence[Document]) -> None:
    """Has documents tell what they tell by themselves, so that all that is left is what several tell together."""
    groups = alone.grouped(documents)

    def ask(group: Sequence[Document]) -> bytes:
        narrowed = library.narrowed(group)
        for _, check in _ALONE:
            with contextlib.suppress(Exception):  # `check_all` meets it again, and tells of it
                deque(check(narrowed), maxlen=0)
        return told_by(group)

    for group, told in zip(groups, in_shares(ask, groups, each=alone.AT_ONCE), strict=True):
        heed(group, told)


__all__ = ["ADVICE", "FAMILIES", "Family", "check_all", "problems_of", "recalled", "weighed"]
