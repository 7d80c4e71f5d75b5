"""The note of what was taken out for good, and the guard that keeps it out."""

from collections.abc import Collection
from datetime import datetime
from typing import Final, Literal

import msgspec

from clinic.manifest import Manifest
from clinic.release.plan import same
from clinic.release.state import NOTES
from clinic.release.stops import Conflict, DamagedState, Objection, Refused
from clinic.release.store import NEW, STATE, Store

PURGED: Final = f"{STATE}purged.json"
"""The note of what was taken out for good."""


class Purged(msgspec.Struct, frozen=True, omit_defaults=True):
    """The note: each key that shall not come back with the moment at which it went; `pending` purges aren't over."""

    keys: dict[str, datetime] = {}
    pending: tuple[str, ...] = ()
    version: Literal[1] = 1

    def to_bytes(self) -> bytes:
        """The note as JSON that a person can read."""
        return msgspec.json.format(msgspec.json.encode(self), indent=1) + b"\n"


def read_purged(store: Store) -> tuple[Purged, str | None]:
    """The note and its version: an empty one and None where nothing was ever purged.

    Raises:
        DamagedState: there is one and it can't be read.
        StoreFault: the target can't be reached.
    """
    found = store.get(PURGED)
    if found is None:
        return Purged(), None
    try:
        return msgspec.json.decode(found.body, type=Purged), found.version
    except msgspec.DecodeError:
        raise DamagedState(
            f"The target's note of what was purged ({PURGED}) can't be read: somebody changed it. The site that is "
            "live is as it was. Bring that file back from a backup."
        ) from None


def purged_objection(
    store: Store, built: Manifest, live: Manifest | None, *, held: Collection[str] = ()
) -> Objection | None:
    """What speaks against releasing `built`: it holds something that was purged, or a purge was cut short.

    Costs no request where nothing would be written, and one otherwise.

    Raises:
        DamagedState: the note can't be read.
        StoreFault: the target can't be reached.
    """
    if live is None:
        return None
    known = live.files
    fresh = [
        key for key, file in built.files.items() if key not in held and (key not in known or not same(known[key], file))
    ]
    if not fresh and not known.keys() - built.files.keys():
        return None
    note, _ = read_purged(store)
    if note.pending:
        return Objection(
            "purge unfinished",
            f"Taking out {note.pending[0]} for good was interrupted. Finish that first: run the task purge with that "
            "address again.",
            "",
            note.pending,
        )
    back = tuple(sorted(note.keys.keys() & set(fresh)))
    if not back:
        return None
    return Objection(
        "purged",
        f"What was purged would come back: {_some(back)}. Take it out of the content, or give the page another name. "
        "If it is mended and shall be public again, add --allow-purged.",
        "--allow-purged",
        back,
    )


def refuse_purged(
    store: Store, built: Manifest, live: Manifest | None, *, held: Collection[str] = (), allowed: bool = False
) -> None:
    """Nothing, when a release of `built` brings back nothing that was purged; to be called before its first write.

    Args:
        store: the target.
        built: what shall be live.
        live: what is, None before the first release.
        held: keys of `built` that are held back.
        allowed: whether `--allow-purged` was given: then what comes back is struck off the note.

    Raises:
        Refused: something would come back, or a purge was cut short.
        DamagedState, StoreFault: the note can't be read or written.
    """
    objection = purged_objection(store, built, live, held=held)
    if objection is None:
        return
    if not allowed or not objection.option:
        raise Refused((objection,))
    note, version = read_purged(store)
    write_note(store, Purged({key: at for key, at in note.keys.items() if key not in objection.keys}), version)


def write_note(store: Store, note: Purged, version: str | None) -> str:
    """Writes the note over that version of it, None for the first, and gives the new one.

    Raises:
        Conflict: somebody else wrote it meanwhile.
        StoreFault: it can't be written.
    """
    body = note.to_bytes()
    try:
        return store.put(PURGED, body, NOTES, NEW if version is None else version)
    except Conflict:
        found = store.get(PURGED)  # where an answer was lost and the request sent again, the rival is ourselves
        if found is None or found.body != body:
            raise
        return found.version


def _some(keys: tuple[str, ...]) -> str:
    shown = ", ".join(keys[:5])
    return shown if len(keys) <= 5 else f"{shown} and {len(keys) - 5} more"
