"""`due`: when the site next changes by itself, and whether a release is missing for the last time that it did."""

import datetime as dt
import json
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from clinic.build import plan_site
from clinic.commands.coming import Event, at, coming, open_ended
from clinic.commands.ends import Exit, Misuse
from clinic.commands.gathering import gather, open_cache, whole
from clinic.commands.publishing import target_of
from clinic.commands.saying import command, complain, say
from clinic.commands.settings import Settings
from clinic.library.audience import Audience
from clinic.library.library import Library
from clinic.release import Release, list_releases, on_hold

FORMATS = ("text", "json")
_AGE = re.compile(r"(\d{1,6})\s*(m|h|d)")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True)
class Dues:
    """What there is to say. `missed` is the last moment that came, where no release has followed it."""

    library: Library
    where: str
    released: Release | None
    on_hold: bool
    last: dt.datetime | None
    missed: dt.datetime | None
    due: bool
    coming: Mapping[dt.datetime, tuple[Event, ...]]


def due(settings: Settings, *, form: str = "text", max_age: str = "") -> Exit:
    """Says when the site next changes by itself, and ends with `Exit.DUE` when a build is due.

    Args:
        settings: what to look at, and the target.
        form: text or json.
        max_age: such as 48h: how old the last moment may be without a release that followed it.

    Raises:
        Misuse: there is no such form, or no such age.
        Stopped: clinic.yaml can't be used.
        ReleaseStopped: the target can't be read.
    """
    if form not in FORMATS:
        raise Misuse(f'There is no format "{form}": choose one of {", ".join(FORMATS)}.')
    patience = _age(max_age) if max_age else None
    found = look(settings)
    if form == "json":
        sys.stdout.write(as_json(found))
    else:
        _tell(found)
    if patience is not None and found.missed is not None:
        late = found.library.timeline.now - found.missed
        if late > patience:
            complain(
                f"The site should have changed at {_local(found, found.missed)}, and no release to {found.where} has "
                f"followed within {max_age.strip()}. Whatever publishes on time has stopped: see docs/publishing.md."
            )
            return Exit.PROBLEMS
    return Exit.DUE if found.due else Exit.DONE


def look(settings: Settings) -> Dues:
    """Links, checks and plans the site as patients get it, so that all it depends on in time is known; asks the target.

    Raises:
        Misuse, Stopped, ReleaseStopped, …: see `due`.
    """
    target = target_of(settings)
    with open_cache(settings) as cache:
        library = whole(gather(settings, cache, audience=Audience.PATIENTS), doing="looked up")
        plan_site(library, theme=settings.theme, content=settings.content, cache=cache, url=settings.url)
    releases = list_releases(target)
    released = releases[-1] if releases else None
    last = library.timeline.last
    built = None if released is None else released.moment or released.at
    missed = last if last is not None and built is not None and built < last else None
    return Dues(
        library=library,
        where=target.where,
        released=released,
        on_hold=on_hold(target) is not None,
        last=last,
        missed=missed,
        due=released is None or missed is not None,
        coming=coming(library),
    )


def as_json(found: Dues) -> str:
    """All of it as one object; moments are in UTC, `local` on the clinic's clock."""
    moments = [
        {
            "at": _utc(moment),
            "local": _local(found, moment),
            "what": [{"sentence": event.sentence, "path": event.path} for event in happening],
        }
        for moment, happening in found.coming.items()
    ]
    told = {
        "version": 1,
        "now": _utc(found.library.timeline.now),
        "due": found.due,
        "last": _utc(found.last) if found.last else None,
        "next": moments[0]["at"] if moments else None,
        "release": found.released.number if found.released else None,
        "released": _utc(found.released.moment or found.released.at) if found.released else None,
        "held": found.on_hold,
        "moments": moments,
        "until_further_notice": [item.document.path for item in open_ended(found.library)],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _tell(found: Dues) -> None:
    first = next(iter(found.coming), None)
    for moment, happening in found.coming.items():
        mark = "Next: " if moment == first else "      "
        for event in happening:
            say(f"{mark}{_local(found, moment)}  {event.sentence}")
            mark = "      "
    if first is None:
        say("Nothing on the site changes by itself any more.")
    for item in open_ended(found.library):
        say(f'Until further notice: "{item.document.title}" ({item.document.path}). It stays until somebody ends it.')
    if found.on_hold:
        say(f"A rollback holds {found.where}: {command('publish --resume')} goes on.")
    say(_ending(found))


def _ending(found: Dues) -> str:
    if found.released is None:
        return f"A release is due: nothing has been released to {found.where} yet. {command('publish')} does it."
    number = found.released.number
    if found.missed is not None:
        why = " ".join(event.sentence for event in at(found.library, found.missed))
        return (
            f"A release is due: since {_local(found, found.missed)} release {number} to {found.where} is out of date. "
            f"{why} {command('publish')} mends it."
        )
    return f"Nothing is due: release {number} to {found.where} is up to date."


def _local(found: Dues, moment: dt.datetime) -> str:
    return moment.astimezone(found.library.clock).strftime("%Y-%m-%d %H:%M")


def _utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _age(text: str) -> dt.timedelta:
    match = _AGE.fullmatch(text.strip().lower())
    if match is None:
        raise Misuse(f'"{text}" is no length of time. Write it like this: 48h, 2d or 90m.')
    return dt.timedelta(**{_UNITS[match[2]]: int(match[1])})
