"""The lists of the report: each from what the rules found, from sign-offs and from dates."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from clinic.health.report import Entry, Finding, Listed, Place, Seen
from clinic.health.saying import counted, on_day, until, when
from clinic.health.words import word_by_word
from clinic.library.document import Document
from clinic.library.library import Item, Library
from clinic.library.reviews import Standing, signer
from clinic.library.states import State
from clinic.model.clock import end_of
from clinic.model.kinds import Announcement
from clinic.model.moments import OpenEnd
from clinic.problems import Problem, Severity
from clinic.problems.catalogue.announcements import LONG_LIVED
from clinic.problems.catalogue.governance import CHANGED_SINCE, DUE_SOON, OLD_SOURCE, OVERDUE
from clinic.problems.catalogue.language import HARD_SECTION
from clinic.problems.catalogue.links import NOTHING_LINKS_HERE
from clinic.problems.catalogue.waivers import NOT_NEEDED, RUN_OUT
from clinic.rules.waivers import waivers_of
from clinic.signing.changes import changes

ENDING = dt.timedelta(days=14)
"""How long before its end an announcement is told of, and how long afterwards."""

RUNNING_OUT = dt.timedelta(days=30)
"""How long before its last day an exception is told of."""

TOLD = frozenset(
    rule.code
    for rule in (
        CHANGED_SINCE,
        OVERDUE,
        DUE_SOON,
        OLD_SOURCE,
        HARD_SECTION,
        NOTHING_LINKS_HERE,
        RUN_OUT,
        NOT_NEEDED,
        LONG_LIVED,
    )
)
"""The codes that have a list of their own."""


def lists_of(seen: Seen, library: Library, mask: Callable[[str], str]) -> tuple[Listed, ...]:
    """All lists, in the order in which they matter to patients."""
    found = Lists(seen, library, mask)
    return (
        _filled("whole", found.whole()),
        _filled("held", found.held()),
        _filled("changed", found.changed()),
        _filled("expiring", found.expiring()),
        _filled("overdue", found.with_code(OVERDUE.code, found.how_to_sign)),
        _filled("unreviewed", found.unreviewed()),
        _filled("due", found.with_code(DUE_SOON.code, found.how_to_sign)),
        _filled("sources", found.with_code(OLD_SOURCE.code)),
        _filled("hard", sorted(found.with_code(HARD_SECTION.code), key=lambda entry: -len(entry.findings))),
        _filled("unlinked", found.with_code(NOTHING_LINKS_HERE.code)),
        _filled("waivers", found.waivers()),
        _filled("owed", found.owed()),
        _filled("drafts", found.drafts()),
    )


def only_whole(seen: Seen) -> tuple[Listed, ...]:
    """What can be said where clinic.yaml can't be used: why that is."""
    return (_filled("whole", (_of_file(path, own) for path, own in _by_file(_errors(seen.problems)))),)


class Lists:
    """What each list holds."""

    def __init__(self, seen: Seen, library: Library, mask: Callable[[str], str]) -> None:
        """`mask` hides words that are somebody's own."""
        self._seen, self._library, self._mask = seen, library, mask
        self._held = frozenset(seen.held)
        self._owing = {debt.page for debt in library.material.debts.pages}
        self._own: defaultdict[str, list[Problem]] = defaultdict(list)
        self._stray: list[Problem] = []
        for problem in seen.problems:
            document = library.about(problem.path)
            if document is None:
                self._stray.append(problem)
            else:
                self._own[document.path].append(problem)

    def whole(self) -> Iterator[Entry]:
        """Errors that belong to no page, and pages that every site needs."""
        for name in self._seen.missing:
            document = self._library.documents.get(name)
            place = Place(document.path if document else f"pages/{name}.md")
            yield Entry(place.path, place, "Every site needs this page, and this one can't be shown.")
        refused = [each for each in self._seen.refused if self._library.about(each.path) is not None]
        for path, own in _by_file([*_errors(self._stray), *refused]):
            yield _of_file(path, own)

    def held(self) -> Iterator[Entry]:
        """Pages that publish holds back: announcements first, since they can't wait."""
        items = [self._library.items[slug] for slug in self._seen.held]
        for item in sorted(items, key=lambda one: (not isinstance(one.document.header, Announcement), one.id)):
            errors = [_told_here(_finding(each)) for each in _errors(self._own[item.document.path])]
            place = errors[0].place if errors else Place(item.document.path)
            yield Entry(item.document.title, place, self._seen_by_patients(item), findings=tuple(errors))

    def _seen_by_patients(self, item: Item) -> str:
        live = self._seen.live
        if item.state is State.UPCOMING and item.term.starts is not None:
            return f"It should go public on {when(self._local(item.term.starts))}, and can't like this."
        if live is None:
            return "Patients see its last version without mistakes, if there was one."
        version = live.get(item.id)
        if version is None or version.since is None:
            return "Patients see nothing of it: it was never released."
        older = " or earlier" if version.earlier else ""
        return (
            f"Patients still see the version of {on_day(self._local(version.since))}{older} (release {version.number})."
        )

    def changed(self) -> Iterator[Entry]:
        """Pages whose words are no longer those that were signed, with the difference."""
        for slug, review in sorted(self._library.reviews.items()):
            document, record, last = self._library.documents[slug], review.record, review.last
            if review.standing is not Standing.CHANGED or record is None or last is None or _draft(document):
                continue
            now = [self._mask(line) for line in document.signed_text]
            difference = word_by_word(changes([self._mask(line) for line in record.text], now))
            told = [each for each in self._own[document.path] if each.code == CHANGED_SINCE.code]
            place = _place(told[0]) if told else Place(document.path)
            says = f"{signer(self._library, last.by)} signed it on {on_day(last.date)}. What is different since then:"
            yield Entry(document.title, place, says, changed=difference, how=self.how_to_sign(document))

    def how_to_sign(self, document: Document) -> str:
        """What to do to have a page signed."""
        return (
            "Ask a clinician to read the page in the preview and to tell you the review code at its end. Then record "
            f"it: {self._seen.called} approve {document.id} --as CLINICIAN --code CODE"
        )

    def expiring(self) -> Iterator[Entry]:
        """Announcements that end soon, have just ended, or end when somebody says so."""
        for item in sorted(self._library.announcements(), key=_end):
            header, ends = item.document.header, item.term.ends
            if not isinstance(header, Announcement) or item.state not in {State.LIVE, State.ENDED}:
                continue
            place = _at(item.document, "expires")
            long = [each for each in self._own[item.document.path] if each.code == LONG_LIVED.code]
            if item.state is State.ENDED and ends is not None:
                if not self._reached(ends + ENDING):
                    says = f"It ended {until(self._local(ends))}: its page says so, and its banner is gone."
                    yield Entry(item.document.title, place, says, how="If it still holds, write a later end.")
            elif ends is not None and not item.term.replaced and self._reached(ends - ENDING):
                how = "If it holds for longer, write a later end. If not, there is nothing to do: it ends by itself."
                yield Entry(item.document.title, place, f"It ends {until(self._local(ends))}.", how=how)
            elif header.expires is OpenEnd.UNKNOWN and ends is None:
                findings = tuple(_finding(each) for each in long)
                says = "It stands until further notice: nothing ends it but you."
                how = "Once it no longer holds, write the last day in expires."
                yield Entry(item.document.title, place, says, findings=findings, how=how)
            elif long:
                yield Entry(item.document.title, place, findings=tuple(_finding(each) for each in long))

    def unreviewed(self) -> Iterator[Entry]:
        """Clinical pages that nobody has signed, or whose record can't be used."""
        required = self._library.clinic.clinical_review == "required"
        for slug, review in sorted(self._library.reviews.items()):
            document = self._library.documents[slug]
            if document.header is None or _draft(document) or document.header.withdrawn:
                continue
            if review.standing is Standing.AWAITS:
                says = "No clinician has signed it"
                says += ", so patients can't see it: clinic.yaml asks for that." if required else ". Patients see it."
                yield Entry(document.title, Place(document.path), says, how=self.how_to_sign(document))
            elif review.standing is Standing.UNCLEAR and review.record is not None:
                findings = tuple(_finding(each) for each in review.record.problems)
                path = Place(review.record.path)
                yield Entry(document.title, path, "Its record of sign-offs can't be used.", findings=findings)

    def waivers(self) -> Iterator[Entry]:
        """Exceptions that have run out, will soon, or aren't needed."""
        for document in sorted(self._library.by_path.values(), key=lambda one: one.path):
            told = [each for each in self._own[document.path] if each.code in {RUN_OUT.code, NOT_NEEDED.code}]
            findings = [_finding(each) for each in told]
            spoken = {each.span for each in told}
            for waiver in waivers_of(document):
                over = end_of(waiver.until, self._library.clock)
                if waiver.span not in spoken and self._reached(over - RUNNING_OUT):
                    said = f'{" and ".join(waiver.codes)}: allowed until {on_day(waiver.until)} ("{waiver.reason}").'
                    how = "If it still holds then, write a new last day. If not, mend the text and take the note out."
                    findings.append(Finding(Place(document.path, waiver.span.line, waiver.span.column), said, how))
            if findings and not _draft(document):
                findings.sort(key=lambda one: one.place.line)
                yield Entry(document.title, findings[0].place, findings=tuple(findings))

    def owed(self) -> Iterator[Entry]:
        """Pages from an earlier site that still lack something, those that lack most first."""
        found = [(path, [each for each in own if self._is_owed(each)]) for path, own in sorted(self._own.items())]
        for path, own in sorted(found, key=lambda one: -len(one[1])):
            document = self._library.about(path)
            if own and document is not None:
                missing = ", ".join(dict.fromkeys(each.lacks for each in own))
                says = f"It lacks: {missing}."
                yield Entry(document.title, _place(own[0]), says, how=own[0].hint)

    def _is_owed(self, problem: Problem) -> bool:
        return bool(problem.lacks) and problem.severity is Severity.WARNING and problem.path in self._owing

    def drafts(self) -> Iterator[Entry]:
        """Pages that are being written."""
        for document in sorted(self._library.documents.values(), key=lambda one: one.path):
            if _draft(document):
                number = len(self._own[document.path])
                left = counted(number, "thing is", "things are") if number else "Nothing is"
                yield Entry(document.title, Place(document.path), f"{left} left to do before it can go public.")

    def with_code(self, code: str, how: Callable[[Document], str] | None = None) -> Iterator[Entry]:
        """The pages for which a rule spoke, with what it said."""
        for path, own in sorted(self._own.items()):
            document = self._library.about(path)
            told = [each for each in own if each.code == code]
            if not told or document is None or _draft(document):
                continue
            findings = [replace(_finding(each), how="") if how else _finding(each) for each in told]
            place = findings[0].place if told[0].path == document.path else Place(document.path)
            yield Entry(
                document.title,
                place,
                findings=tuple(findings),
                how=how(document) if how else "",
            )

    def rest(self) -> Iterator[tuple[str, tuple[Problem, ...]]]:
        """What has no list: warnings and advice of pages, by file."""
        left = [
            each
            for path, own in self._own.items()
            for each in own
            if each.code not in TOLD
            and not _draft(self._library.about(path))
            and not self._is_owed(each)
            and each.severity is not Severity.ERROR
        ]
        yield from _by_file([*left, *(each for each in self._stray if each.severity is not Severity.ERROR)])

    def _reached(self, moment: dt.datetime) -> bool:
        return self._library.timeline.reached(moment)

    def _local(self, moment: dt.datetime) -> dt.datetime:
        return moment.astimezone(self._library.clock)


def _end(item: Item) -> tuple[bool, dt.datetime, str]:
    ends = item.term.ends
    return (ends is None, ends or dt.datetime.min.replace(tzinfo=dt.UTC), item.id)


def _draft(document: Document | None) -> bool:
    return document is not None and document.header is not None and document.header.draft


def _errors(problems: Iterable[Problem]) -> list[Problem]:
    return [each for each in problems if each.severity is Severity.ERROR]


def _by_file(problems: Iterable[Problem]) -> Iterator[tuple[str, tuple[Problem, ...]]]:
    found: defaultdict[str, set[Problem]] = defaultdict(set)
    for problem in problems:
        found[problem.path].add(problem)
    yield from ((path, tuple(sorted(found[path], key=lambda one: one.order))) for path in sorted(found))


def _of_file(path: str, problems: Iterable[Problem]) -> Entry:
    findings = tuple(_finding(each) for each in problems)
    return Entry(path, findings[0].place, findings=findings)


def _finding(problem: Problem) -> Finding:
    return Finding(_place(problem), problem.message, problem.hint, problem.code)


def _told_here(finding: Finding) -> Finding:
    """A finding that sends its reader to `plan` for a difference that stands here."""
    return replace(finding, how="The next list shows what changed.") if finding.code == CHANGED_SINCE.code else finding


def _place(problem: Problem) -> Place:
    return Place(problem.path, problem.span.line, problem.span.column)


def _at(document: Document, field: str) -> Place:
    span = document.at(field)
    return Place(document.path, span.line, span.column)


def _filled(key: str, entries: Iterable[Entry]) -> Listed:
    """The list of that key with its words."""
    return replace(EMPTY[key], entries=tuple(entries))


EMPTY = {
    each.key: each
    for each in (
        Listed(
            "whole",
            "The site as a whole",
            "Nothing is wrong with the site as a whole.",
            "These belong to no page. Some of them stop every release.",
            ("mistake concerns the whole site", "mistakes concern the whole site"),
        ),
        Listed(
            "held",
            "Held back",
            "No page is held back.",
            "Patients don't get these pages as they are now. Everything else goes out.",
            ("page is held back", "pages are held back"),
        ),
        Listed(
            "changed",
            "Changed since a clinician signed",
            "No page has changed since a clinician signed it.",
            "Read the difference. Patients get the new words once a clinician has signed them.",
            ("page has changed since it was signed", "pages have changed since they were signed"),
        ),
        Listed(
            "expiring",
            "Announcements that end",
            "No announcement ends within 14 days, has just ended, or stands until further notice.",
            "Do they still say what is true?",
            ("announcement is to be looked at", "announcements are to be looked at"),
        ),
        Listed(
            "overdue",
            "Review overdue",
            "No page is overdue for review.",
            "Patients see these pages, and read on them that their review is late.",
            ("review is overdue", "reviews are overdue"),
        ),
        Listed(
            "unreviewed",
            "Not reviewed by a clinician",
            "Every condition and procedure that is meant for patients was signed by a clinician.",
            "Nobody with a license stands behind these words yet.",
            ("page awaits a clinician", "pages await a clinician"),
        ),
        Listed(
            "due",
            "Review due soon",
            "No review is due within 60 days.",
            "There is time: ask now.",
            ("review is due soon", "reviews are due soon"),
        ),
        Listed(
            "sources",
            "Old sources",
            "Every source was looked at within two years.",
            "Open each source, compare it with your text, and write the day on which you did so.",
            ("page has old sources", "pages have old sources"),
        ),
        Listed(
            "hard",
            "Hard to read",
            "No section is too hard to read.",
            "The hardest pages come first.",
            ("page is hard to read", "pages are hard to read"),
        ),
        Listed(
            "unlinked",
            "Nothing links to it",
            "Every page can be reached from another one.",
            "Patients find these pages only by searching.",
            ("page is linked from nowhere", "pages are linked from nowhere"),
        ),
        Listed(
            "waivers",
            "Exceptions that end",
            "No exception has run out, will within 30 days, or is not needed any more.",
            "Notes in a page that let something through which check would tell of, until a day.",
            ("page has exceptions to look at", "pages have exceptions to look at"),
        ),
        Listed(
            "owed",
            "Owed since they were brought in",
            "No page from an earlier site lacks anything.",
            "Patients see these pages. Whoever changes one of them next completes it.",
            ("page from the earlier site lacks something", "pages from the earlier site lack something"),
        ),
        Listed(
            "drafts",
            "Drafts",
            "No page is a draft.",
            "Patients don't see these. Take status: draft out of the header once one is finished.",
            ("page is a draft", "pages are drafts"),
        ),
    )
}
"""Every list without entries, by its key."""
