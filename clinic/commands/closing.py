"""`close` and `posted`: a closure notice from a phone, and whether patients see it."""

import datetime as dt
import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from clinic.cache import Cache
from clinic.commands.ends import Exit, Misuse, Stopped
from clinic.commands.gathering import gather, open_cache, whole
from clinic.commands.publishing import target_of
from clinic.commands.saying import command, complain, say, show_problems
from clinic.commands.settings import ROOT, Settings
from clinic.library.library import Library
from clinic.model.clinic import Clinic
from clinic.model.clock import Unclear, When, end_of, instant, written
from clinic.problems import Problem, Severity
from clinic.release import live_manifest
from clinic.source.names import suggestion

LEVELS = ("banner", "notice")
OPEN_ENDED = frozenset({"", "unknown", "further notice", "until further notice"})
FOLDER = "announcements"

_LONGEST_TITLE = 300
_LONGEST_SUMMARY = 160
_LONGEST_TEXT = 5000
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
_VARIANTS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\ufffc\ufffd\U000e0100-\U000e01ef]"
)
_LIVELY = re.compile(r"[\\`*_\[\]<>&!{}#|~^=$]")
"""Characters that can begin something in Markdown, wherever they stand."""
_AT_START = re.compile(r"^(?:[-+:%\"'.]|\d+(?=[.)]))+")
"""What can, at the beginning of a line only."""


@dataclass(frozen=True)
class Notice:
    """What was typed into the form."""

    title: str
    what_to_do: str
    locations: str = ""
    """Names of locations with commas between them; empty for all."""
    until: str = ""
    """A day, a day and time, or empty for "until further notice"."""
    level: str = "banner"
    closed: str = ""
    """Days on which the locations are closed, with commas between them: they show in the hours."""


def close(settings: Settings, notice: Notice) -> Exit:
    """Writes the announcement, and prints its path on a line of its own. Nothing is ever overwritten.

    Raises:
        Misuse: a field can't be used; nothing was written.
        Stopped: clinic.yaml can't be used, or the announcement would have errors; nothing is left behind.
    """
    with open_cache(settings) as cache:
        library = whole(gather(settings, cache), doing="written")
        now = settings.instant(library.clock)
        text = announcement(library, notice, now)
        file, there = _place(settings.content / FOLDER, _slug(notice, library, now), text)
        if not there:
            _keep_if_good(settings, cache, file)
    say(_shown(file))
    if there:
        say("This notice was written before: nothing was changed.")
    else:
        say(f"The notice is written. Patients see it after: {command('publish')}")
    return Exit.DONE


def posted(settings: Settings, path: str) -> Exit:
    """Says whether the target's last release shows the page that was made from this file.

    Raises:
        ReleaseStopped: the target can't be read.
    """
    target = target_of(settings)
    live = live_manifest(target)
    file = Path(path) if Path(path).is_absolute() else ROOT / path
    source = file.relative_to(settings.content).as_posix() if file.is_relative_to(settings.content) else path
    keys = [key for key, one in (live.files if live else {}).items() if one.source == source and one.role == "page"]
    if not keys or live is None:
        complain(f"{source} is not released to {target.where}: patients don't see it yet.")
        return Exit.PROBLEMS
    address = live.site.rstrip("/") + "/" + keys[0].removesuffix("index.html")
    say(f"{source} is released to {target.where}: {address}")
    return Exit.DONE


def announcement(library: Library, notice: Notice, now: dt.datetime) -> str:
    """The text of the announcement's file.

    Raises:
        Misuse: a field can't be used.
    """
    clinic, today = library.clinic, now.astimezone(library.clock).date()
    title, paragraphs = _line(notice.title), _paragraphs(notice.what_to_do)
    if not title or not paragraphs:
        raise Misuse("A notice needs a title and what to do: give both --title and --what-to-do.")
    if len(title) > _LONGEST_TITLE or len(notice.what_to_do) > _LONGEST_TEXT:
        raise Misuse(f"That is too long: a title may have {_LONGEST_TITLE} letters, what to do {_LONGEST_TEXT}.")
    if notice.level not in LEVELS:
        raise Misuse(f'There is no level "{_line(notice.level)}": choose {" or ".join(LEVELS)}.')
    until = _until(notice.until, library, now)
    closed = _days(notice.closed, today, until)
    names = _locations(notice.locations, clinic)
    first = paragraphs[0]
    rows = [
        f"title: {_quoted(title)}",
        f"summary: {_quoted(first if len(first) <= _LONGEST_SUMMARY else title)}",
        f"date: {today.isoformat()}",
        f"expires: {written(until) if until else 'unknown'}",
        "topic: closure",
        f"level: {notice.level}",
        *([f"locations: [{', '.join(names)}]"] if names else []),
        *([f"closed: [{', '.join(day.isoformat() for day in closed)}]"] if closed else []),
    ]
    body = [_escaped(paragraph) for paragraph in (*paragraphs, *_always(clinic))]
    return "---\n" + "\n".join(rows) + "\n---\n\n" + "\n\n".join([*body, *_after_hours(clinic)]) + "\n"


def _always(clinic: Clinic) -> list[str]:
    return [clinic.emergency] if clinic.emergency else []


def _after_hours(clinic: Clinic) -> list[str]:
    """Whom to call meanwhile, in the clinic's own words."""
    after = clinic.after_hours
    if after is None or not after.phone or after.phone not in dict(clinic.phones):
        return []
    return [f"{_escaped(_line(after.text))} {{{{ phone.{after.phone} }}}}".strip()]


def _clean(text: str) -> str:
    """Text as letters that can be seen, with single spaces; codes of HTML are the letters that they stand for."""
    plain = text
    for _ in range(5):
        if (once := html.unescape(plain)) == plain:
            break
        plain = once
    plain = unicodedata.normalize("NFC", _VARIANTS.sub("", plain))
    seen = "".join(" " if each.isspace() else each for each in plain if each.isspace() or _visible(each))
    return " ".join(seen.split())


def _visible(character: str) -> bool:
    return unicodedata.category(character) not in _UNSEEN


def _line(text: str) -> str:
    """One line for a header. Facts can't stand there: double braces are taken apart, and so are codes of HTML."""
    plain = re.sub(r"([{}])(?=\1)", r"\1 ", _clean(text))
    return re.sub(r"&(?=[#\w]+;)", "& ", plain)


def _paragraphs(text: str) -> list[str]:
    return [line for raw in re.split(r"[\r\n]+", text) if (line := _line(raw))]


def _quoted(text: str) -> str:
    """A value of the header that means this text, whatever is in it. What would look like a tag is taken apart."""
    plain = re.sub(r"<(?=/?[A-Za-z!])", "< ", text)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _escaped(text: str) -> str:
    """A paragraph of Markdown that reads as this text, whatever is in it."""
    plain = _LIVELY.sub(r"\\\g<0>", text)
    start = _AT_START.match(plain)
    if start is None:
        return plain
    front = re.sub(r"[^\d\w]", r"\\\g<0>", start[0])
    rest = plain[start.end() :]
    return front + ("\\" + rest if rest[:1] in {".", ")"} else rest)


def _until(text: str, library: Library, now: dt.datetime) -> When | None:
    said = " ".join(text.split())
    if said.lower().strip(".") in OPEN_ENDED:
        return None
    when = _when(said)
    if when is None:
        raise Misuse(
            f'"{_line(text)[:60]}" is no day. Write it like this: 2026-11-27, or with a time: 2026-11-27 15:00. '
            "Leave it out where nobody knows yet."
        )
    if not isinstance(when, dt.datetime):
        ends: dt.datetime | Unclear = end_of(when, library.clock)
    else:
        ends = instant(when, library.clock)
    if isinstance(ends, Unclear):
        raise Misuse(f"At {said} the clinic's clocks change: choose {written(ends.before)} or {written(ends.after)}.")
    if ends <= now:
        raise Misuse(f"{said} is over. Say until when it will hold.")
    return when


def _when(said: str) -> When | None:
    for form in ("%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"):
        try:
            made = dt.datetime.strptime(said, form)  # noqa: DTZ007 - on the clinic's clock, placed by `instant`
        except ValueError:
            continue
        if not (said.isascii() and 2000 <= made.year <= 2999):
            return None
        return made.date() if form == "%Y-%m-%d" else made
    return None


def _days(text: str, today: dt.date, until: When | None) -> list[dt.date]:
    last = until.date() if isinstance(until, dt.datetime) else until
    found: set[dt.date] = set()
    for said in re.split(r"[\s,;]+", text.strip()):
        when = _when(said) if said else None
        if said and (when is None or isinstance(when, dt.datetime)):
            raise Misuse(f'"{_line(said)[:60]}" is no day. Write closed days like this: 2026-11-26, 2026-11-27')
        if when is not None:
            if when < today or (last is not None and when > last):
                raise Misuse(f"{when.isoformat()} is not a day on which this notice holds.")
            found.add(when)
    return sorted(found)


def _locations(text: str, clinic: Clinic) -> list[str]:
    if text.strip().lower() in {"", "all"}:
        return []
    known = {name.casefold(): name for name, _ in clinic.locations}
    known |= {place.name.casefold(): name for name, place in clinic.locations}
    chosen = []
    for said in re.split(r"\s*[,;]\s*", text.strip().strip(",;")):
        if said.casefold() not in known:
            there = ", ".join(name for name, _ in clinic.locations)
            raise Misuse(f'There is no location "{_line(said)[:60]}". There are: {there}. Leave it out for all.')
        chosen.append(known[said.casefold()])
    return list(dict.fromkeys(chosen))


def _slug(notice: Notice, library: Library, now: dt.datetime) -> str:
    day = now.astimezone(library.clock).date().isoformat()
    words = suggestion(_line(notice.title), ending="")
    return f"{words}-{day}"


def _place(folder: Path, slug: str, text: str) -> tuple[Path, bool]:
    """Writes the file under the first name that is free; True where the very same notice is there already."""
    folder.mkdir(exist_ok=True)
    body = text.encode()
    for name in _names(slug):
        file = folder / f"{name}.md"
        try:
            with file.open("xb") as out:
                out.write(body)
        except FileExistsError:
            if file.is_file() and not file.is_symlink() and file.read_bytes() == body:
                return file, True
            continue
        return file, False
    raise Misuse("There are a hundred notices with this title from today. Choose another title.")


def _names(slug: str) -> Iterator[str]:
    yield slug
    yield from (f"{slug}-{number}" for number in range(2, 100))


def _keep_if_good(settings: Settings, cache: Cache, file: Path) -> None:
    """Nothing, when the announcement has no errors; else it is taken away again.

    Raises:
        Stopped: it has some; they are shown.
    """
    kept = False
    try:
        gathered = gather(settings, cache)
        own = f"{FOLDER}/{file.name}"
        wrong: Sequence[Problem] = [
            problem for problem in gathered.problems if problem.path == own and problem.severity is Severity.ERROR
        ]
        if wrong:
            show_problems(wrong, gathered.content.texts)
            complain("Nothing was written: the notice has the problems above. Mend them and send it again.")
            raise Stopped(Exit.PROBLEMS)
        kept = True
    finally:
        if not kept:
            file.unlink(missing_ok=True)


def _shown(file: Path) -> str:
    return file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else file.as_posix()
