"""The report of a site: its lists, and on top of them what to do next."""

from collections.abc import Callable, Iterator, Mapping

from clinic.health.lists import Lists, lists_of, only_whole
from clinic.health.report import MOST_TASKS, Coming, Entry, Listed, Place, Report, Seen, Tally, Task
from clinic.health.saying import at_time, counted, hidden_words, masking, when
from clinic.library.library import Library
from clinic.problems import Severity
from clinic.problems.catalogue.announcements import LONG_LIVED
from clinic.problems.catalogue.governance import CHANGED_SINCE

MOST_COMING = 15
"""How many of the things that happen by themselves are named."""


def report_of(seen: Seen) -> Report:
    """The report. Where clinic.yaml can't be used, it says why, and nothing else."""
    library = seen.library
    hidden = hidden_words(seen.problems, seen.texts)
    lists = lists_of(seen, library, masking(hidden)) if library else only_whole(seen)
    tasks = tuple(_tasks(seen, {each.key: each for each in lists}))
    return Report(
        clinic=library.clinic.name if library else "",
        moment=at_time(seen.now),
        tasks=tasks[:MOST_TASKS],
        later=len(tasks[MOST_TASKS:]),
        lists=lists,
        rest=tuple(_rest(seen, library)) if library else (),
        coming=tuple((_when(library, each), each) for each in seen.coming[:MOST_COMING]) if library else (),
        further=len(seen.coming[MOST_COMING:]),
        notes=tuple(_notes(seen)),
        called=seen.called,
        hidden=hidden,
    )


def closing(report: Report) -> str:
    """The counts of the report in one line of words."""
    parts = [counted(len(each.entries), *each.counted) for each in report.lists if each.entries]
    if not parts:
        return "Nothing needs doing."
    return f"{', '.join(parts)}."


def _when(library: Library, coming: Coming) -> str:
    return when(coming.moment.astimezone(library.clock))


def _notes(seen: Seen) -> Iterator[str]:
    if seen.library is None:
        yield "clinic.yaml can't be used, so the pages could not be looked at. Mend it, then make this report again."
    if seen.unread:
        yield f"What patients see now could not be read: {seen.unread}"


def _rest(seen: Seen, library: Library) -> Iterator[Tally]:
    for path, problems in Lists(seen, library, str).rest():
        number = {
            severity: sum(each.severity is severity for each in problems)
            for severity in (Severity.WARNING, Severity.INFO)
        }
        first = problems[0].span
        yield Tally(Place(path, first.line, first.column), number[Severity.WARNING], number[Severity.INFO])


def _tasks(seen: Seen, lists: Mapping[str, Listed]) -> Iterator[Task]:
    """All that is to be done, what matters most to patients first."""
    for key, say in _ORDER:
        listed = lists.get(key)
        if listed is None:
            continue
        for entry in listed.entries:
            said = _whole(seen, entry) if say is None else say(entry)
            if said is not None:
                sentence, how = said
                yield Task(sentence, how, entry.place, key, listed.heading)


_Said = tuple[str, str] | None


def _whole(seen: Seen, entry: Entry) -> _Said:
    stops = not seen.library or bool(seen.missing) or any(each.path == entry.place.path for each in seen.refused)
    what = "Nothing new can reach patients until this is mended." if stops else "It is left out of the site."
    first = entry.findings[0] if entry.findings else None
    return f"Mend {entry.title}. {what}", f"{first.sentence} {first.how}".strip() if first else entry.says


def _held(entry: Entry) -> _Said:
    mistakes = [each for each in entry.findings if each.code != CHANGED_SINCE.code]
    if entry.findings and not mistakes:
        return None  # the next list tells of it
    number = counted(len(mistakes), "mistake holds", "mistakes hold") if mistakes else "Mistakes elsewhere hold"
    how = f"{mistakes[0].sentence} {mistakes[0].how}".strip() if mistakes else "The list below says what it needs."
    return f'Mend "{entry.title}": {number} it back. {entry.says}', how


def _changed(entry: Entry) -> _Said:
    return f'Have "{entry.title}" signed again: its words have changed, so patients don\'t get the new ones.', entry.how


def _expiring(entry: Entry) -> _Said:
    if any(each.code == LONG_LIVED.code for each in entry.findings):
        return f'Look at the announcement "{entry.title}". {entry.findings[0].sentence}', entry.findings[0].how
    return f'Look at the announcement "{entry.title}". {entry.says}', entry.how


def _overdue(entry: Entry) -> _Said:
    return f'Have "{entry.title}" reviewed: patients read on it that its review is late.', entry.how


def _unreviewed(entry: Entry) -> _Said:
    how = entry.how or (f"{entry.findings[0].sentence} {entry.findings[0].how}" if entry.findings else "")
    return f'Have "{entry.title}" reviewed. {entry.says}', how


def _due(entry: Entry) -> _Said:
    return f"Ask for a review: {entry.findings[0].sentence}", entry.how


def _sources(entry: Entry) -> _Said:
    return f'Look at the sources of "{entry.title}" again.', entry.findings[0].how


def _hard(entry: Entry) -> _Said:
    number = counted(len(entry.findings), "part is", "parts are")
    return f'Make "{entry.title}" easier to read: {number} too hard for many people.', entry.findings[0].how


def _unlinked(entry: Entry) -> _Said:
    return f'Link to "{entry.title}": patients find it only by searching.', entry.findings[0].how


def _waivers(entry: Entry) -> _Said:
    return f'Look at an exception in "{entry.title}". {entry.findings[0].sentence}', entry.findings[0].how


_ORDER: tuple[tuple[str, Callable[[Entry], _Said] | None], ...] = (
    ("whole", None),
    ("held", _held),
    ("changed", _changed),
    ("expiring", _expiring),
    ("overdue", _overdue),
    ("unreviewed", _unreviewed),
    ("due", _due),
    ("sources", _sources),
    ("waivers", _waivers),
    ("hard", _hard),
    ("unlinked", _unlinked),
)
"""Which lists make things to do, and in which order; the first one is said by `_whole`."""
