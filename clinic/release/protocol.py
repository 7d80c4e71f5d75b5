"""A release, from the first look to the last: see docs/publishing.md for what each step is good for.

Read the head; when it already has what is wished, that was all. Else look and plan; let the guards speak; write the
manifest; write the head with lease and intent; send the waves; write the head: the release is live; delete what is
due; write the head; read back what was changed. Killed anywhere, the intent says which keys are in doubt, and the next
run looks at those.
"""

import contextlib
import hashlib
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import msgspec

from clinic.manifest import File
from clinic.release.abilities import fitted
from clinic.release.crowd import each, in_batches
from clinic.release.guards import Scene, coming_back, objections, shows_placeholder
from clinic.release.outcome import Outcome, summary
from clinic.release.patience import patiently, put
from clinic.release.plan import NEW_PAGES, Action, Plan, is_due
from clinic.release.state import (
    BODIES,
    HEAD,
    KEEP,
    MANIFESTS,
    NOTES,
    Head,
    Hold,
    Intent,
    Release,
    body_key,
    headers_of,
    load_manifest,
    manifest_key,
    read_head,
    utc,
)
from clinic.release.stops import (
    BadKey,
    Conflict,
    NoSuchRelease,
    Objection,
    Refused,
    StoreMissing,
    TargetHeld,
    TooLate,
    UnsafeStore,
)
from clinic.release.store import NEW, STATE, Store
from clinic.release.survey import Survey, survey
from clinic.release.tenure import Tenure
from clinic.release.trial import Trial
from clinic.release.verify import read_back
from clinic.release.wish import Terms, Wish

_POLL = 2.0
"""Seconds between two looks while another deployer is at work."""


WishFor = Callable[[Head, str | None], Wish]
"""A wish that may depend on what is live: a rollback's does."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a release would do, and what its guards say to it."""

    survey: Survey
    objections: tuple[Objection, ...]


def prospect(store: Store, head: Head, version: str | None, wish: Wish, terms: Terms) -> Prospect:
    """Looks, plans and asks the guards. Writes nothing.

    Raises:
        ReleaseStopped: what stops a release before its first write, but for the guards.
    """
    now = utc(terms.clock.wall())
    force = "--force" in terms.lifted
    seen = survey(store, head, version, wish, now=now, force=force, workers=terms.workers)
    if posing := [key for key in wish.manifest.files if key.startswith(STATE)]:
        raise BadKey(f"The address {posing[0]} is kept for the notes of releases. Give that page or file another name.")
    store.check(seen.plan.merged.files, (*(seen.committed.files if seen.committed else ()), *head.tombstones))
    samples: list[str] = []
    for action in seen.plan.writes:
        if wish.files is None:
            break
        body = wish.files.read(action.key, action.file)
        if terms.public and shows_placeholder(action.file, body, terms.people):
            samples.append(action.title)
    if wish.files is None and seen.plan.writes:
        copies = {one.key for one in store.list(BODIES)}
        if lost := [action.key for action in seen.plan.writes if body_key(action.file) not in copies]:
            raise NoSuchRelease(
                f"Release {wish.restores} can't be brought back: the copy of {lost[0]} is not there any more. "
                "Nothing was changed. Get the content of that time from Git and publish it with --allow-older."
            )
    scene = Scene(
        where=terms.where,
        built=wish.manifest,
        committed=seen.committed,
        head=head,
        plan=seen.plan,
        moment=wish.moment,
        foreign=seen.foreign,
        samples=tuple(samples),
        prefix=terms.prefix,
        readable=_strangers_read(seen, terms),
    )
    return Prospect(seen, objections(scene, terms.lifted))


def _strangers_read(seen: Survey, terms: Terms) -> bool:
    """Whether anybody can read the notes: asked where something is to be written, and there are notes already."""
    writes = bool(seen.plan.writes or seen.plan.deletes)
    return writes and seen.head_version is not None and terms.stranger is not None and terms.stranger(HEAD)


def release(wish_for: WishFor, terms: Terms) -> Outcome:
    """Makes the wish live that `wish_for` gives when it sees the head.

    Raises:
        Refused: a guard spoke. Nothing was written.
        TargetHeld: another deployer is at work, and still was after `terms.wait` seconds. Nothing was written.
        LeaseLost: another took over meanwhile.
        UnsafeStore: the target can't keep two deployers apart.
        BuildChanged: the build changed while it was read.
        StoreFault: the target can't be read or written, or holds an address that it can't keep.
    """
    start = terms.clock.boot()
    while True:
        try:
            return _attempt(wish_for, terms)
        except TargetHeld:
            left = terms.wait - (terms.clock.boot() - start)
            if left <= 0:
                raise
            terms.clock.sleep(min(_POLL, left))
        finally:
            terms.seat.leave()


def _attempt(wish_for: WishFor, terms: Terms) -> Outcome:
    head, version = read_head(terms.store)
    wish = wish_for(head, version)
    current = head.current
    if current is not None and "--force" not in terms.lifted and _is_live(head, current, wish, terms):
        return Outcome(_nothing(wish), current, changed=False, where=terms.where, public=terms.public)
    Tenure(terms, head, version).open_or_stop()
    found = prospect(terms.store, head, version, wish, terms)
    if found.objections:
        raise Refused(found.objections)
    plan = found.survey.plan
    settled = not plan.deletes and dict(plan.tombstones) == head.tombstones
    if current is not None and not found.survey.needed and settled:
        return Outcome(plan, current, changed=False, where=terms.where, public=terms.public)
    sent: dict[str, str] = {}
    with Trial(head, terms, empty=version is None and not found.survey.foreign) as trial:
        terms = replace(terms, store=fitted(terms.store, trial.known))
        tenure = Tenure(terms, head, version, trial.known)
        made = _make(found.survey, wish, tenure, trial, sent) if found.survey.needed else None
        if made is None:
            _clear(found.survey, tenure)
    live = made or current
    if live is None:
        raise AssertionError("a run that makes no release has found one")
    return Outcome(
        plan,
        live,
        changed=made is not None,
        where=terms.where,
        public=terms.public,
        finished=head.intent.release if head.intent else None,
        findings=read_back(
            terms.store, _to_read_back(found.survey), [one.key for one in plan.deletes], sent, workers=terms.workers
        ),
    )


def _to_read_back(seen: Survey) -> dict[str, File]:
    """What was written; and after a run that was cut short all that it may have been writing.

    Its last requests may arrive long after, when this run has looked already and found all as it should be.
    """
    files = {one.key: one.file for one in seen.plan.writes}
    if seen.head.intent is not None:
        live = seen.plan.merged.files
        files |= {key: live[key] for key in seen.versions if key in live and key not in seen.edited}
    return files


def _make(seen: Survey, wish: Wish, tenure: Tenure, trial: Trial, sent: dict[str, str]) -> Release:
    """The writes and the notes around them: what the docstring of this room says. `sent` gets the versions written."""
    terms, plan, head = tenure.terms, seen.plan, seen.head
    made = _record(seen, wish, terms)
    if made.manifest not in {one.manifest for one in head.releases}:
        with contextlib.suppress(Conflict):  # an earlier run wrote it: its name is its contents
            terms.store.put(manifest_key(made.manifest), plan.merged.to_bytes(), NOTES, NEW)
    earlier = head.intent.manifests if head.intent else ()
    also = tuple(dict.fromkeys(one for one in earlier if one != made.manifest))
    hold = Hold(wish.restores, made.at) if wish.restores is not None else None
    back = coming_back(head, plan)  # the guard was lifted, or it would have spoken
    tenure.head = msgspec.structs.replace(
        tenure.head, purged={key: at for key, at in head.purged.items() if key not in back}
    )
    tenure.begin(Intent(made, also), hold)
    with _given_back(tenure):
        unseen = [action for action in plan.writes if action.wave <= NEW_PAGES]
        sent |= _run(unseen, 0, seen, wish, tenure)
        try:
            tenure.learn(trial.judged())
        except UnsafeStore:
            _take_back(unseen, made, tenure)
            raise
        sent |= _run(plan.writes[len(unseen) :], len(unseen), seen, wish, tenure)
        every = (*head.releases, made)
        kept = every if len(every) <= 2 * KEEP else every[-KEEP:]
        tenure.check()
        last = not plan.deletes and kept == every and not seen.begun
        tenure.commit(wish.manifest.site, kept, dict(plan.tombstones), done=last)
        if not last:
            _run(plan.deletes, len(plan.writes), seen, wish, tenure)
            if kept != every:
                _forget(kept, tenure)
            if seen.begun:
                _sweep(seen, tenure)
            _finish(seen, tenure)
    return made


def _take_back(sent: Sequence[Action], made: Release, tenure: Tenure) -> None:
    """Removes what a first release sent to a place that turned out not to be safe. The head, which names it, last."""
    for key in (*(action.key for action in sent), manifest_key(made.manifest)):
        tenure.check()
        tenure.files.delete(key)
    tenure.vanish()


def _sweep(seen: Survey, tenure: Tenure) -> None:
    """One listing for what the releases that were cut short wrote after this one had looked: it is removed.

    Only what is theirs byte for byte: a file that anybody else put there is left alone.
    """
    store, sleep = tenure.terms.store, tenure.terms.clock.sleep
    mine = seen.plan.merged.files.keys() | seen.plan.tombstones.keys()
    for one in store.list(""):
        theirs = {manifest.files[one.key].sha256 for manifest in seen.begun if one.key in manifest.files}
        if one.key in mine or not theirs:
            continue
        found = store.get(one.key)
        if found is not None and hashlib.sha256(found.body).hexdigest() in theirs:

            def remove(_turn: int, key: str = one.key) -> None:
                tenure.check()
                tenure.files.delete(key)

            patiently(remove, sleep)


def _clear(seen: Survey, tenure: Tenure) -> None:
    """Deletes what is due, and strikes off what is gone, where no release is to be made."""
    tenure.begin(None, seen.head.hold)
    with _given_back(tenure):
        _run(seen.plan.deletes, 0, seen, None, tenure)
        _finish(seen, tenure)


def _finish(seen: Survey, tenure: Tenure) -> None:
    gone = {action.key for action in seen.plan.deletes}
    tenure.check()
    tenure.finish({key: grave for key, grave in seen.plan.tombstones.items() if key not in gone})


def _run(actions: Sequence[Action], done: int, seen: Survey, wish: Wish | None, tenure: Tenure) -> dict[str, str]:
    """The actions, those of one batch side by side, each batch acknowledged before the next begins.

    Gives the version of each key that was put, as the store told it.
    """
    terms = tenure.terms
    total = len(seen.plan.writes) + len(seen.plan.deletes)
    numbers = itertools.count(done + 1)
    sent: dict[str, str] = {}
    for batch in in_batches(actions, lambda action: (action.wave, action.batch)):
        versions = each(
            lambda action: _step(action, seen, wish, tenure),
            batch,
            workers=terms.workers,
            before=lambda action: terms.progress(action, next(numbers), total),
            watch=tenure.check,
        )
        sent |= {action.key: version for action, version in zip(batch, versions, strict=True) if version}
    return sent


def _step(action: Action, seen: Survey, wish: Wish | None, tenure: Tenure) -> str:
    """One action, asked again where that may be, with a look at the lease before each try.

    Gives the version that the store told of a put; nothing for all else.
    """
    store, files, sleep = tenure.terms.store, tenure.files, tenure.terms.clock.sleep
    if action.displaces is not None:
        tenure.check()
        with contextlib.suppress(StoreMissing):  # deleted by hand or by a run that was cut short
            store.copy(action.key, body_key(action.displaces))
    if action.verb == "put" and wish is not None and wish.files is not None:
        body = wish.files.read(action.key, action.file)
        try:
            return put(files, action.key, body, headers_of(action.file), seen.versions[action.key], sleep, tenure.check)
        except (Conflict, TooLate):
            tenure.renew()  # says so where a rival is at work; else a person wrote it, or the clock is wrong
            raise

    def ask(_turn: int) -> None:
        tenure.check()
        if action.verb == "delete":
            files.delete(action.key)
        else:
            store.copy(body_key(action.file), action.key)

    try:
        patiently(ask, sleep)
    except TooLate:
        tenure.renew()
        raise
    return ""


def _forget(kept: Sequence[Release], tenure: Tenure) -> None:
    """Removes the manifests and bodies that no release of the history needs any more."""
    store = tenure.terms.store
    manifests = {manifest_key(one.manifest): one.manifest for one in kept}
    bodies = {body_key(file) for digest in manifests.values() for file in load_manifest(store, digest).files.values()}

    def forget(key: str) -> None:
        tenure.check()
        store.delete(key)

    for prefix, needed in ((MANIFESTS, manifests.keys()), (BODIES, bodies)):
        gone = [one.key for one in store.list(prefix) if one.key not in needed]
        each(forget, gone, workers=tenure.terms.workers, watch=tenure.check)


def _record(seen: Survey, wish: Wish, terms: Terms) -> Release:
    return Release(
        number=seen.number,
        at=utc(terms.clock.wall()),
        manifest=seen.plan.merged.digest,
        wish=wish.fingerprint(seen.edited),
        summary=summary(seen.plan),
        by=terms.owner,
        moment=wish.moment,
        commit=wish.commit,
        restores=wish.restores,
    )


def _is_live(head: Head, current: Release, wish: Wish, terms: Terms) -> bool:
    now = utc(terms.clock.wall())
    return (
        current.wish == wish.fingerprint()
        and head.intent is None
        and head.hold is None
        and not any(is_due(grave, now, current.number) for grave in head.tombstones.values())
    )


def _nothing(wish: Wish) -> Plan:
    """The plan of a wish that is live already: what is held stays held, and is said again."""
    unknown = File("", 0, "", "", "page")
    held = tuple(
        Action(key, "keep", "none", 0, f"held back: {why}", wish.manifest.files.get(key, unknown))
        for key, why in sorted(wish.held.items())
    )
    return Plan(wish.manifest, (), (), held, ())


@contextlib.contextmanager
def _given_back(tenure: Tenure) -> Iterator[None]:
    """Whatever goes wrong, the target is given back with the intent, so that the next run need not wait."""
    try:
        yield
    except BaseException:
        tenure.abandon()
        raise
