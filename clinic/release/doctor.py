"""What a target can and can't do, each with what to do about it. What is tried out is removed again."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote, urlsplit

from clinic.manifest import File, Manifest
from clinic.release.abilities import COPY, CREATE, SWAP, probe
from clinic.release.guards import shows_placeholder
from clinic.release.state import Head, load_manifest, read_head, utc
from clinic.release.stops import ReleaseStopped
from clinic.release.store import NEW, STATE, Headers, Store
from clinic.release.target import Target
from clinic.release.visible import Check, look
from clinic.release.visitor import Visit
from clinic.release.wish import Clock

SKEW: Final = timedelta(minutes=2)
"""How far off a clock may be. Clouds refuse at fifteen minutes; a lease lasts one."""

_ODD: Final = Headers("text/x-probe; charset=utf-8", "max-age=1")


@dataclass(frozen=True, slots=True)
class Patient:
    """What is examined.

    Args:
        target: the target.
        clock: the clocks of this computer.
        visit: asks the public address as a stranger.
        address: where visitors see the site; empty where nobody says.
        site: the site's own address, of clinic.yaml.
        facts: the bytes of clinic.yaml.
        people: names of sample people.
        expected: headers that a server in front has to add.
    """

    target: Target
    clock: Clock
    visit: Visit
    address: str
    site: str
    facts: bytes
    people: tuple[str, ...] = ()
    expected: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def examine(patient: Patient) -> tuple[Check, ...]:
    """Everything that can be found out. It writes a few notes beside the site and removes them; it never raises."""
    store = patient.target.store
    checks: list[Check] = []
    head: Head | None = None
    live: Manifest | None = None
    try:
        head, _ = read_head(store)
        live = load_manifest(store, head.current.manifest) if head.current else None
        checks.append(Check("reached", "good", f"{patient.target.where} can be read."))
    except ReleaseStopped as why:
        checks.append(Check("reached", "wrong", str(why), "Mend that first: the rest depends on it."))
    if head is not None:
        checks += [*_written(store), *_apart(store), *_late(patient), *_at_work(head, patient)]
    checks += _clock(patient, head)
    checks += _public(patient, live)
    checks += _content(patient)
    return tuple(checks)


def _written(store: Store) -> Iterator[Check]:
    """Whether a note can be written, comes back as it was sent, is listed, and can be removed."""
    key, body = f"{STATE}probe/{secrets.token_hex(8)}", secrets.token_bytes(1 << 16)
    try:
        store.put(key, body, _ODD, NEW)
        try:
            back = store.get(key)
            listed = key in {one.key for one in store.list(f"{STATE}probe/")}
            shown = [one.key for one in store.list("") if one.key.startswith(STATE)]
        finally:
            store.delete(key)
        left = store.get(key) is not None
    except ReleaseStopped as why:
        yield Check("writable", "wrong", str(why), "Give the account the smallest policy of docs/publishing.md.")
        return
    yield Check("writable", "good", "A note was written beside the site.")
    if back is None or back.body != body:
        yield Check(
            "whole", "wrong", "What was written did not come back as it was sent.", "Don't release there: report it."
        )
    elif back.headers != _ODD:
        yield Check(
            "whole",
            "wrong",
            "The headers of a file did not come back as they were sent, so browsers would be told something else.",
            "Don't release there, or put a server in front that sends them.",
        )
    else:
        yield Check("whole", "good", "What was written came back byte for byte, with its headers.")
    if not listed or shown:
        yield Check(
            "listing",
            "wrong",
            "A listing does not show what was written a moment ago."
            if not listed
            else "The notes are listed among the site's files.",
            "Give the notes a place of their own, with state= in the target.",
        )
    else:
        yield Check("listing", "good", "A listing shows what was just written.")
    if left:
        yield Check("removable", "wrong", "A note could not be removed.", "Allow deleting: releases tidy up.")


def _apart(store: Store) -> Iterator[Check]:
    """Whether rivals are kept apart, and copies keep what they copy."""
    try:
        can = probe(store)
    except ReleaseStopped as why:
        yield Check("rivals", "unknown", f"Could not be tried out. {why}")
        return
    alone = "Use another store, or be the only deployer and say so: publish --only-deployer."
    for name, able, does in (
        ("create only", can[CREATE], "create one file"),
        ("replace only", can[SWAP], "replace one version of a file"),
    ):
        yield (
            Check(name, "good", f"Of several that {does} at once, one is told that it came first.")
            if able
            else Check(
                name,
                "wrong",
                f"Of several that {does} at once, not just one is told that it came first: two deployers would mix "
                "their sites.",
                alone,
            )
        )
    yield (
        Check("copies", "good", "Copies inside the store keep bytes and headers: going back uploads nothing.")
        if can[COPY]
        else Check(
            "copies",
            "wrong",
            "Copies inside the store lose headers or are refused.",
            "Nothing to do: copies go through this computer, so going back takes as long as uploading.",
        )
    )


def _late(patient: Patient) -> Iterator[Check]:
    """What keeps a deployer that slept from writing over a newer release when it wakes."""
    target = patient.target
    found = "The next release finds what it wrote by one listing, and puts it right."
    timed = target.expiring(lambda: 1.0) if target.expiring else None
    try:
        refused = timed and timed.refuses_late(f"{STATE}probe/{secrets.token_hex(8)}", patient.clock.sleep)
    except ReleaseStopped as why:
        yield Check("late writes", "unknown", f"Writes by addresses that expire can't be tried out. {why} {found}")
        return
    if refused:
        yield Check("late writes", "good", f"The store itself refuses a late write. Copies: {found}")
    elif timed is not None:
        yield Check(
            "late writes",
            "wrong",
            f"The store takes a write after the time that it bears: it does not stop a deployer that slept. {found}",
            "Don't let a computer that publishes sleep; in CI, let one publish wait for the other (concurrency).",
        )
    elif target.expiring is not None:
        yield Check(
            "late writes",
            "good",
            "Each version of a file has a mark of its own: a deployer that slept can't replace a newer one. "
            f"What it adds or copies: {found}",
        )
    else:
        yield Check("late writes", "good", f"One computer writes this folder at a time. {found}")


def _at_work(head: Head, patient: Patient) -> Iterator[Check]:
    now = utc(patient.clock.wall())
    if head.intent is not None:
        at_work = head.lease is not None and head.lease.expires > now
        yield (
            Check("at work", "unknown", f"{head.lease.owner if head.lease else ''} is releasing at this moment.")
            if at_work
            else Check("at work", "wrong", "A release was interrupted.", "The task publish finishes it.")
        )
    if head.hold is not None:
        yield Check(
            "held",
            "unknown",
            f"A rollback to release {head.hold.to} holds the target since {head.hold.since:%Y-%m-%d}.",
            "When the cause is mended: publish --resume.",
        )


def _clock(patient: Patient, head: Head | None) -> Iterator[Check]:
    now = utc(patient.clock.wall())
    mend = "Set the clock, or let the system set it from the network."
    answer = patient.visit(patient.address + "/") if patient.address else None
    there = answer.moment if answer is not None else None
    if there is not None and answer is not None:
        age = answer.headers.get("age", "")
        off = now - (there + timedelta(seconds=int(age) if age.isdecimal() else 0))
        minutes = round(abs(off).total_seconds() / 60)
        side = "fast" if off > timedelta(0) else "slow"
        yield (
            Check("clock", "wrong", f"This computer's clock is {minutes} minutes {side}.", mend)
            if abs(off) > SKEW
            else Check("clock", "good", "This computer's clock agrees with the server's.")
        )
    elif head is not None and head.current is not None and head.current.at > now + SKEW:
        yield Check(
            "clock",
            "wrong",
            f"The last release bears a time that is still to come ({head.current.at:%Y-%m-%d %H:%M}).",
            mend,
        )
    elif patient.target.prefix is not None and head is not None:
        yield Check("clock", "good", "The store accepts this computer's clock.")
    else:
        yield Check("clock", "unknown", "No server was asked for the time.")


def _public(patient: Patient, live: Manifest | None) -> Iterator[Check]:
    if not patient.address:
        said = "nobody on the internet sees it" if not patient.target.public else "the target names no public address"
        do = "Add public= and the address to the target, or --address to this task." if patient.target.public else ""
        yield Check("public address", "unknown", f"Not looked at: {said}.", do)
        return
    if live is None:
        yield Check(
            "public address", "unknown", "Not looked at: nothing has been released yet.", "Publish, then again."
        )
        return
    yield from look(patient.address, live, patient.visit, patient.expected)


def _content(patient: Patient) -> Iterator[Check]:
    prefix, path = patient.target.prefix, unquote(urlsplit(patient.site).path).strip("/")
    if prefix is not None and prefix.strip("/") != path:
        yield Check(
            "folder",
            "wrong",
            f"The site goes into {f'the folder {prefix}' if prefix else 'no folder'} of the bucket, and its own "
            f"address is {patient.site}.",
            "Mend the target or url in clinic.yaml; where a CDN brings them together, publish --allow-prefix.",
        )
    elif prefix is not None:
        yield Check("folder", "good", "The folder in the bucket is the one of the site's address.")
    if not patient.target.public:
        return
    text = File("", 0, "text/plain", "", "page")
    if shows_placeholder(text, patient.facts, patient.people):
        yield Check(
            "placeholders",
            "wrong",
            "clinic.yaml has made-up telephone numbers, example.com or sample people, and the target is public.",
            "Put the clinic's own in their place.",
        )
    else:
        yield Check("placeholders", "good", "clinic.yaml has no made-up numbers or addresses.")
