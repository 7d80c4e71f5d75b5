"""What rules find in content that is looked at again and again: at once what a save can tell, the rest a moment later.

Three steps, each with the functions that `check` calls. `found_again` asks the rules about the documents that changed;
what was found of others is as it was. `advised` asks those that weigh words about the same documents. `settled_all`
asks all rules about everything, and what it gives is what a look from nothing gives.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from clinic.cache import Cache
from clinic.library.attending import GaveWay
from clinic.library.document import Document
from clinic.library.library import Library
from clinic.problems import Problem, more_than_advice, spliced
from clinic.problems.catalogue.waivers import NOT_NEEDED
from clinic.revised import keys_replaced, replaced, revised
from clinic.rules import ADVICE, FAMILIES, ONE_BY_ONE, Family, check_all, recalled, weighed
from clinic.rules.grade import names_of
from clinic.rules.privacy import staff_of

ByPath = Mapping[str, tuple[Problem, ...]]
Advice = Mapping[str, tuple[Document, tuple[Problem, ...]]]

_BY_ITSELF = ONE_BY_ONE | {"pictures"}
"""The families that read of all content one document, besides what `_on_the_same_ground` and `_given` look at."""
_OF_SITE = frozenset({"the whole site", "mailboxes of the clinic"})
"""The families that look at clinic.yaml and a few pages by name, so that they are quickly asked about everything."""
_TOGETHER = frozenset({"sameness", "pages that nothing leads to", "files of pictures"})
"""The families that compare pages and have nothing to say of one."""

_ADVICE = tuple(family for family in FAMILIES if family[0] in ADVICE)
_OWN = tuple(family for family in FAMILIES if family[0] in _BY_ITSELF - ADVICE)
_REST = tuple(family for family in FAMILIES if family[0] not in _BY_ITSELF | ADVICE)
_SITE = tuple(family for family in _REST if family[0] in _OF_SITE)
_ALONE = tuple(family for family in _REST if family[0] not in _TOGETHER | _OF_SITE)

_WAITING = NOT_NEEDED.code
_MANY = 100
"""Files from which on the problems of all are weighed in one go."""


@dataclass(frozen=True)
class Found:
    """What rules found of a library, and what of it counts."""

    library: Library
    own: ByPath
    """What the rules found at once that look at one document, by file, before exceptions."""
    rest: ByPath
    """The same of the rules that look at others besides."""
    advice: Advice
    """What those found that weigh words, with the document that they were asked about."""
    told: ByPath
    """All problems that there are, by file: what `maker.problems` is."""
    problems: tuple[Problem, ...] = field(repr=False)
    """The same in order."""
    counted: int
    """How many they are but for advice."""
    beside: tuple[Problem, ...] = ()
    """What was found in reading and is not in the library, since clinic.yaml can't be used."""
    given: "_Given | None" = None
    """What rules that look at one document were told of others, where all were told the same."""
    since: tuple[ByPath, frozenset[str]] | None = field(default=None, repr=False)
    """What was told before, and the only files of which anything else is told now; None where it may be of all."""
    settled: bool = False
    """Whether all rules were asked about everything."""
    until: dt.datetime | None = field(default=None, repr=False)
    """The moment from which time alone may have problems count in another way; None where there is none."""

    def past(self) -> bool:
        """Whether that moment has passed for the library that it has come to."""
        return self.until is not None and self.until <= self.library.timeline.now


@dataclass(frozen=True)
class _Given:
    """What rules that look at one document are told of all others."""

    staff: frozenset[str]
    names: frozenset[str] | None
    """None where advice was asked for on other ground."""


def found_first(library: Library, cache: Cache, beside: Iterable[Problem] = ()) -> Found:
    """Everything that there is to find; of documents that a cache remembers, what they told in earlier processes."""
    with recalled(library, cache):
        own, rest, advice = (by_path(check_all(library, families)) for families in (_OWN, _REST, _ADVICE))
    return _everything(library, own, rest, _on_each(library, advice), tuple(beside))


def found_anew(before: Found | None, library: Library, beside: Iterable[Problem] = ()) -> Found:
    """What is found at once where anything can have changed; the advice on documents that are the same stays."""
    own, rest = (by_path(check_all(library, families)) for families in (_OWN, _REST))
    given = _Given(staff_of(library), None)
    return _whole(library, own, rest, _still(before.advice if before else {}, library), tuple(beside), given=given)


def found_again(before: Found, library: Library) -> Found | None:
    """What is found at once where only documents changed; None where rules read anything else that did.

    What pages tell only together is as it was until everything is asked again (`settled_all`).
    """
    was = before.library
    # A clock that was set back: what had come by then has not now.
    if before.beside or library.timeline.now < was.timeline.now or not _on_the_same_ground(was, library):
        return None
    library.timeline.heed(was.timeline.moments)  # what counts since then may count in another way from those moments on
    left, came, went = _exchanged(was, library)
    told = by_path(check_all(library.narrowed(came), _OWN))
    old, new = by_path(_alone(was, left)), by_path(_alone(library, came))
    own, rest = dict(before.own), dict(before.rest)
    changed = {*went, *(document.path for document in came)}
    for path in changed:
        own[path] = told.get(path, ())
    for path in changed | old.keys() | new.keys():
        together = set() if path in went else set(rest.get(path, ())).difference(old.get(path, ()))
        rest[path] = (*new.get(path, ()), *together.difference(new.get(path, ())))
    affected = changed | old.keys() | new.keys() | set(_relinked(was, library))
    advice = revised(before.advice, {}, gone=changed)
    found = dataclasses.replace(before, library=library, own=own, rest=rest, advice=advice, settled=False)
    return _weighed_again(found, affected)


def _exchanged(was: Library, now: Library) -> tuple[list[Document], list[Document], list[str]]:
    """The documents that others took the place of, those others and all that are new, the paths of those that went."""
    before, after = was.material.documents, now.material.documents
    if len(before) == len(after):
        pairs = replaced(before, after)
        if all(old.path == new.path for old, new in pairs):
            return [old for old, _ in pairs], [new for _, new in pairs], []
    earlier = {document.path: document for document in before}
    came = [document for document in after if earlier.get(document.path) is not document]
    left = [earlier[document.path] for document in came if document.path in earlier]
    return left, came, list(earlier.keys() - {document.path for document in after})


def _alone(library: Library, documents: Iterable[Document]) -> tuple[Problem, ...]:
    """What is found at once of some documents beside others, and of the site as a whole."""
    return (*check_all(library.narrowed(documents), _ALONE), *check_all(library, _SITE))


def advised(found: Found) -> Found:
    """The same with the advice on the documents that have none yet."""
    library = found.library
    known = found.advice.keys()
    documents = [one for one in library.material.documents if one.path not in known]
    if not documents:
        return found
    told = by_path(check_all(library.narrowed(documents), _ADVICE))
    advice = revised(found.advice, {one.path: (one, told.get(one.path, ())) for one in documents})
    return _weighed_again(dataclasses.replace(found, advice=advice), {one.path for one in documents})


def settled_all(found: Found, go_on: Callable[[], bool]) -> Found | None:
    """All that there is to find in the same library; None where `go_on` says no, which it is asked all the time.

    Rules that look at one document are not asked again about one that is the same, if they would be told the same.
    """
    if found.settled:
        return found
    try:
        return _settled(found, found.library.attended(go_on))
    except GaveWay:
        return None


def _settled(found: Found, library: Library) -> Found:
    """All that there is to find in a library that may be left in the middle.

    Raises:
        GaveWay: it is.
    """
    found = advised(found)
    own, advice, given = found.own, found.advice, _Given(staff_of(library), names_of(library.material))
    before = found.given or _Given(frozenset(), None)
    rest = _asked(library, _REST)
    if before.staff != given.staff or found.given is None:
        own = _asked(library, _OWN)
    if before.names != given.names:
        advice = _on_each(library, _asked(library, _ADVICE))
    changed = {*_unlike(found.own, own), *_unlike(found.rest, rest), *_unlike(found.advice, advice)}
    if found.library.material.debts.pages or found.past() or len(changed) > _MANY:
        return _everything(found.library, own, rest, advice, found.beside)
    made = dataclasses.replace(found, own=own, rest=rest, advice=advice, given=given, settled=True)
    return _weighed_again(made, changed)


def _asked(library: Library, families: tuple[tuple[str, Family], ...]) -> ByPath:
    """What families find, by file; one after the other, so that there is a chance to leave between them."""
    told: set[Problem] = set()
    for family in library.each(families):
        told.update(check_all(library, (family,)))
    return by_path(_in_order(told))


def _unlike(before: Mapping[str, tuple[Any, ...]], now: Mapping[str, tuple[Any, ...]]) -> Iterator[str]:
    """The files of which something else is found now."""
    if before is not now:
        yield from (path for path, told in now.items() if told != before.get(path, ()))
        yield from (path for path, told in before.items() if told and path not in now)


def by_path(problems: Iterable[Problem]) -> dict[str, tuple[Problem, ...]]:
    """The problems of each file, in the order in which they come."""
    listed: dict[str, list[Problem]] = {}
    for problem in problems:
        listed.setdefault(problem.path, []).append(problem)
    return {path: tuple(own) for path, own in listed.items()}


def _on_each(library: Library, told: ByPath) -> Advice:
    return {path: (document, told.get(path, ())) for path, document in library.by_path.items()}


def _everything(library: Library, own: ByPath, rest: ByPath, advice: Advice, beside: tuple[Problem, ...]) -> Found:
    given = _Given(staff_of(library), names_of(library.material))
    return dataclasses.replace(_whole(library, own, rest, advice, beside, given=given), settled=True)


def _whole(
    library: Library, own: ByPath, rest: ByPath, advice: Advice, beside: tuple[Problem, ...], *, given: _Given | None
) -> Found:
    found = {*library.all_problems(), *beside, *_all_in(own), *_all_in(rest)}
    found.update(problem for _, told in advice.values() for problem in told)
    problems = _in_order(_but_early(weighed(found, library), advice))
    told, number = by_path(problems), more_than_advice(problems)
    return Found(library, own, rest, advice, told, problems, number, beside, given, until=_next(library))


def _weighed_again(found: Found, paths: Iterable[str]) -> Found:
    """The same where the problems of these files alone can be others."""
    library, paths = found.library, set(paths)
    if len(paths) > _MANY:
        return _whole(library, found.own, found.rest, found.advice, found.beside, given=found.given)
    there = [library.by_path[path] for path in paths if path in library.by_path]
    gathered: set[Problem] = set()
    for path in paths:
        gathered |= {*library.problems_at(path), *found.own.get(path, ()), *found.rest.get(path, ())}
        if path in found.advice:
            gathered.update(found.advice[path][1])
    # What debts.yaml itself is told about all pages waits until everything is asked.
    counted = by_path(_in_order(_but_early(weighed(gathered, library.narrowed(there)), found.advice)))
    told, problems, number = dict(found.told), found.problems, found.counted
    for path in sorted(paths):
        own = counted.get(path, ())
        if own == told.get(path, ()):
            continue
        number += more_than_advice(own) - more_than_advice(told.get(path, ()))
        problems = spliced(problems, path, own)
        told[path] = own
        if not own:
            del told[path]
    since = (found.told, frozenset(paths))
    until = min((moment for moment in (found.until, _next(library)) if moment is not None), default=None)
    return dataclasses.replace(found, told=told, problems=problems, counted=number, since=since, until=until)


def _next(library: Library) -> dt.datetime | None:
    """The next moment that anything was asked about."""
    return next(iter(library.timeline.coming), None)


def _but_early(problems: Iterable[Problem], advice: Mapping[str, Any]) -> Iterator[Problem]:
    """Whether an exception is needed is known only once there is advice on its page."""
    return (each for each in problems if each.code != _WAITING or each.path in advice)


def _still(advice: Advice, library: Library) -> Advice:
    """The advice on documents that are still the same."""
    return {path: told for path, told in advice.items() if library.by_path.get(path) is told[0]}


def _on_the_same_ground(was: Library, now: Library) -> bool:
    """Whether all that rules read besides documents is as it was."""
    before, after = was.material, now.material
    return (
        was.absent == now.absent
        and was.audience is now.audience
        and before.clinic is after.clinic
        and before.clinic_places is after.clinic_places
        and before.lists is after.lists
        and before.debts == after.debts
        and before.pictures == after.pictures
        and before.attachments == after.attachments
        and before.reviews == after.reviews
    )


def _relinked(was: Library, now: Library) -> Iterator[str]:
    """The files of which linking tells anything else than it told."""
    if was.firm is not now.firm or was.material.problems != now.material.problems:
        before, after = ({*each.firm, *each.material.problems} for each in (was, now))
        yield from {problem.path for problem in before ^ after}
    for path in keys_replaced(was.followed, now.followed):
        known, followed = was.followed.get(path), now.followed.get(path)
        if known is None or followed is None or known[1] != followed[1]:
            yield path


def _all_in(listed: ByPath) -> Iterator[Problem]:
    return (problem for own in listed.values() for problem in own)


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.order))
