"""NOT001 and on: announcements, how long they hold, and what they replace."""

import bisect
import datetime as dt
import re
from collections.abc import Iterator, Sequence

from clinic.expressions import expression
from clinic.library.document import Document
from clinic.library.library import Item, Library
from clinic.library.states import State
from clinic.model.clock import Unclear, When, end_of, instant, written
from clinic.model.kinds import Announcement, Clinical, Kind
from clinic.model.moments import OpenEnd
from clinic.problems import Problem, Span
from clinic.problems.catalogue.announcements import (
    CLOSED_OUTSIDE,
    ENDS_BEFORE_START,
    LONG_LIVED,
    NEWS_ON_PAGE,
    RELATIVE_DATE,
    REPLACES_IN_CIRCLE,
    REPLACES_UNSAID,
)
from clinic.rules.dates import MONTHS
from clinic.rules.kept import kept
from clinic.rules.passages import Pages, Stretch, english, judged, pages_of
from clinic.rules.tokens import may_hold

LONGEST = dt.timedelta(days=90)
"""How long an announcement may be live without a warning (editors.md)."""

SEASON = dt.timedelta(days=190)
"""How long a notice of hours may be live that says its own last day: a summer or a winter."""

_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_PERIOD = rf"(?:week(?:end)?|month|year|spring|summer|fall|autumn|winter|{_WEEKDAY}|{'|'.join(MONTHS)}|quarter)"
_RELATIVE = expression(
    rf"\b(?:(?:last|next|this(?: past| coming)?|earlier this|later this|early next|late last) {_PERIOD}"
    rf"|(?:the |this )?(?:past|coming|previous) (?:few )?(?:days?|weeks?|months?|years?|weekend|{_WEEKDAY})"
    r"|(?:in|over|within|for|during) the (?:next|last) (?:few |couple of |two |three |\d+ )?(?:days?|weeks?|months?)"
    r"|(?:a few|two|three|several|\d+) (?:days|weeks|months|years) ago"
    r"|(?:(?:the|this|a) )?(?:joyful |happy )?holiday season|happy holidays"
    r"|(?:over|during|after|before|for) the holidays"
    r"|(?:as we )?(?:enter|head|go|move)(?:ing)? into (?:the )?(?:new year|20\d\d)"
    r"|as we enter (?:the )?(?:new year|20\d\d)"
    r"|(?:happy|the|in the) new year(?! ?'s| ?\u2019s)"
    r"|this (?:morning|afternoon|evening)|yesterday|tomorrow|tonight|today(?:'s|\u2019s)?)\b",
    re.IGNORECASE,
)
_NEWS = expression(
    rf"\b(?:(?<!the )last (?:week|month|year|summer|spring|fall|autumn|winter|{'|'.join(MONTHS)})"
    r"|(?:earlier|later) this (?:week|month|year|summer|spring|fall|autumn|winter)"
    r"|(?:joyful |happy |merry )?holiday season|happy holidays"
    r"|(?:as we )?(?:enter|head|go|move|step)(?:ing)? into (?:the )?(?:new year|20\d\d)|in the new year(?! ?['\u2019]s)"
    r"|as of today|yesterday(?:['\u2019]s)?)\b",
    re.IGNORECASE,
)
"""What is news wherever it stands. On a page that stays, "next week" and "today" are mostly said to one patient."""

_MAY_BE_RELATIVE = (
    *("last ", "next ", "this ", "past", "coming", "previous", " ago", "holiday", "new year"),
    *("into 20", "enter 20", "yesterday", "tomorrow", "tonight", "today"),
)
_MAY_BE_NEWS = ("last ", "earlier this ", "later this ", "holiday", "new year", "into 20", "as of today", "yesterday")
_MAY_BE_NEWSY = (
    *("announce", "welcome", "share", "moved", "relocated", "reopened", "inconvenience", "patience", "understanding"),
    *("cooperation", "staffed", "under new", "immediately", "grand opening", "stay tuned", "our new "),
)
"""Literals of which one stands in whatever the pattern of that name finds."""

_NEWSY = expression(
    r"\b(?:(?:pleased|happy|excited|proud|delighted) to (?:announce|welcome|share)"
    r"|(?:we|(?:our|the) (?:office|clinic|practice)) (?:have |has )?(?:recently )?(?:moved|relocated|reopened)"
    r"|apologi[sz]e for (?:any|the|this) inconvenience"
    r"|(?:thank you for|thanks for|appreciate) your (?:patience|understanding|cooperation)"
    r"|(?:short|under)-?staffed|under new (?:management|ownership)|effective immediately|grand opening|stay tuned"
    r"|our new (?:location|office|hours|phone menu|phone system))\b",
    re.IGNORECASE,
)
"""How offices tell news."""

_IN_A_LIFE = expression(
    r"\b(?:if|when|did|have|has|had|whether|since|in|over|during|within|for|tell)\b[^.!?]*$", re.IGNORECASE
)
"""Before such words: "have you fallen last month" asks, and speaks of the reader's own time."""

_DATED = expression(
    rf",? \(?(?:the )?(?:\d|(?:{'|'.join(MONTHS)}|{'|'.join(month[:3] for month in MONTHS)})\b)", re.IGNORECASE
)
_ASKS = expression(
    r"\b(?:call|contact|ask|book|phone|visit|request|schedule|reach|e-?mail|write)\b[^.!?]*$", re.IGNORECASE
)
_REPLACES = expression(
    r"\b(?:replac(?:es|ing)|supersed(?:es|ing)|takes? the place of"
    r"|instead of (?:our|the) (?:earlier|older|last|notice|news)"
    r"|(?:cancels|withdraws|corrects) (?:our|the) "
    r"|no longer (?:holds|applies|counts|stands|true|valid|in (?:force|effect))\b"
    r"|(?:is|are) (?:now )?(?:out of date|outdated)\b)(?!\s*by\b)",
    re.IGNORECASE,
)


def check(library: Library) -> Iterator[Problem]:
    """The problems of this family."""
    items = library.kinds[Kind.ANNOUNCEMENT]
    for document in judged(library):
        header = document.header
        if isinstance(header, Announcement):
            starts, ends = _bounds(library, header)
            if starts is not None and ends is not None and ends <= starts:
                first, last = written(header.publish or header.date), written_end(header.expires)
                yield ENDS_BEFORE_START(document.path, document.at("expires"), starts=first, ends=last)
            yield from _closed(document.path, header, [document.at("closed", n) for n in range(len(header.closed))])
        item = library.items.get(document.id)
        if item is not None and item.document is document and item.kind is Kind.ANNOUNCEMENT:
            yield from _long_lived(library, item)
            yield from _replaces(library, item, items)
    if library.asked is None:
        yield from _circles(items)


def written_end(end: When | OpenEnd) -> str:
    """The end of an announcement as editors write it."""
    return end.value if isinstance(end, OpenEnd) else written(end)


def _bounds(library: Library, header: Announcement) -> tuple[dt.datetime | None, dt.datetime | None]:
    """When it starts and ends by its own header, as instants; None where that can't be said."""
    starts = instant(header.publish or header.date, library.clock)
    ends: dt.datetime | Unclear | None = None
    if isinstance(header.expires, dt.datetime):
        ends = instant(header.expires, library.clock)
    elif isinstance(header.expires, dt.date):
        ends = end_of(header.expires, library.clock)
    return (None if isinstance(starts, Unclear) else starts), (None if isinstance(ends, Unclear) else ends)


def _day(when: When) -> dt.date:
    return when.date() if isinstance(when, dt.datetime) else when


def _closed(path: str, header: Announcement, places: list[Span]) -> Iterator[Problem]:
    first = _day(header.publish or header.date)
    last = None if isinstance(header.expires, OpenEnd) else _day(header.expires)
    for day, place in zip(header.closed, places, strict=True):
        if last is not None and day > last:
            yield CLOSED_OUTSIDE(path, place, day=written(day), why=f"ends before that day, on {written(last)}")
        elif day < first:
            yield CLOSED_OUTSIDE(path, place, day=written(day), why=f"starts only after it, on {written(first)}")


def passing(library: Library) -> Iterator[Problem]:
    """Words for times that pass, in every document: what one alone tells."""
    for document in judged(library):
        if english(document, library):
            yield from relative(document)


@kept
def relative(document: Document) -> Iterator[Problem]:
    """Words for times that depend on the day on which they are read. In a care card "today" is what is meant."""
    pages = pages_of(document)
    announced = isinstance(document.header, Announcement)
    maybe = pages.holds(_MAY_BE_RELATIVE if announced else _MAY_BE_NEWS)
    for stretch in pages.stretches("title", "summary") if maybe else ():
        if stretch.passage is not None and stretch.passage.card is not None:
            continue
        for found in _out_of_date(stretch.text, maybe, announced=announced):
            place = pages.place(stretch, found.start(), found.end())
            yield RELATIVE_DATE(document.path, place, words=found[0], example=_example(found[0]))
    if isinstance(document.header, Clinical):
        yield from _news_there(pages, maybe)


def _out_of_date(text: str, maybe: tuple[str, ...], *, announced: bool) -> Iterator[re.Match[str]]:
    """The words of a text that go out of date: in an announcement all of them, elsewhere what is news anywhere.

    `maybe` are literals of which one stands in each of them.
    """
    if not may_hold(text, maybe):
        return
    for found in (_RELATIVE if announced else _NEWS).finditer(text):
        if _DATED.match(text, found.end()):
            continue
        said_to_one = found[0].lower() in {"today", "tomorrow"} and _ASKS.search(text, 0, found.start())
        if not said_to_one and (announced or not _IN_A_LIFE.search(text, 0, found.start())):
            yield found


def _news_there(pages: Pages, maybe: tuple[str, ...]) -> Iterator[Problem]:
    """Sections of a clinical page that tell news: words for it stand there more than once."""
    newsy = pages.holds(_MAY_BE_NEWSY)
    if not (maybe or newsy):
        return
    document = pages.document
    sections = document.body.sections
    begins = [section.span.line for section in sections]
    signs = [0] * (len(sections) + 1)
    for passage in document.body.passages:
        number = bisect.bisect_left(begins, passage.span.line)
        if may_hold(passage.text, newsy):
            signs[number] += len(_NEWSY.findall(passage.text))
        signs[number] += len(list(_out_of_date(passage.text, maybe, announced=False)))
    for section, times in zip(sections, signs[1:], strict=True):
        if times > 1:
            yield NEWS_ON_PAGE(document.path, section.span, heading=section.heading)


def _example(words: str) -> str:
    """How a date would be written in place of these words."""
    said = words.lower()
    if re.search(_WEEKDAY, said) or re.search(r"to|day|morning|evening|afternoon|yester", said):
        return "Friday, November 27, 2026"
    if "month" in said or any(month in said for month in MONTHS):
        return "in November 2026"
    return "from November 23 to 27, 2026" if "week" in said else "in December 2026"


def _long_lived(library: Library, item: Item) -> Iterator[Problem]:
    header, starts = item.document.header, item.term.starts
    if not isinstance(header, Announcement) or starts is None or header.expires is OpenEnd.NEVER:
        return
    if item.state not in {State.LIVE, State.UPCOMING}:
        return
    place, limit = item.document.at("expires"), LONGEST.days
    if item.term.ends is not None:
        days = (item.term.ends - starts).days
        if days <= SEASON.days and _says_its_end(item.document, header):
            return
        if item.term.ends - starts > LONGEST + dt.timedelta(hours=1):  # a change of the clocks is no day more
            says = f"This announcement is to stay for {days} days; over {limit} days it is no news any more."
            yield LONG_LIVED(item.document.path, place, says=says)
    elif library.timeline.reached(starts + LONGEST):
        since = written(header.publish or header.date)
        says = f"This announcement has stood here for more than {limit} days, since {since}, and has no end."
        yield LONG_LIVED(item.document.path, place, says=says)


def _says_its_end(document: Document, header: Announcement) -> bool:
    """Whether a notice of hours says until which day it holds, so that nobody takes it for how it always is."""
    if header.topic != "hours" or not isinstance(header.expires, dt.date):
        return False
    month, day = MONTHS[header.expires.month - 1], header.expires.day
    said = re.compile(rf"\b(?:{month} {day}|{day} {month})\b", re.IGNORECASE)
    return any(said.search(stretch.text) for stretch in pages_of(document).stretches("title", "summary"))


def _replaces(library: Library, item: Item, items: Sequence[Item]) -> Iterator[Problem]:
    """Announcements that say that they replace one which still holds, without `supersedes`."""
    document, header, now = item.document, item.document.header, {State.LIVE, State.UPCOMING}
    if not isinstance(header, Announcement) or item.state not in now or not english(document, library):
        return
    for stretch in pages_of(document).stretches("title", "summary"):
        if not _REPLACES.search(stretch.text):
            continue
        for other in items:
            if other is item or other.state not in now or header.supersedes == other.id:
                continue
            ends = other.term.ends
            over = ends is not None and item.term.starts is not None and ends <= item.term.starts
            if not over and _names(library, document.path, stretch, other):
                place = document.at("topic", "key")
                place = Span(place.line, 1, place.line, 1)
                line = "" if header.supersedes else f"supersedes: {other.id}\n"
                yield REPLACES_UNSAID(
                    document.path,
                    place,
                    replacement=line or None,
                    line=stretch.span.line,
                    title=other.document.title,
                    id=other.id,
                )


def _names(library: Library, path: str, stretch: Stretch, other: Item) -> bool:
    """Whether a stretch of a document names another by its title, or links to it."""
    if other.document.title.casefold() in stretch.text.casefold():
        return True
    document = library.by_path[path]
    reached = zip(document.body.links, library.destinations.get(path, ()), strict=False)
    return stretch.passage is not None and any(
        place is not None and place.document is other.document and _within(link.span, stretch.span)
        for link, place in reached
    )


def _within(inner: Span, outer: Span) -> bool:
    starts = (outer.line, outer.column) <= (inner.line, inner.column)
    return starts and (inner.line, inner.column) <= (outer.end_line, outer.end_column)


def _circles(items: Sequence[Item]) -> Iterator[Problem]:
    named = {
        item.id: item.document.header.supersedes
        for item in items
        if isinstance(item.document.header, Announcement) and item.document.header.supersedes != item.id
    }
    for item in items:
        circle = [item.id]
        while (following := named.get(circle[-1], "")) and following not in circle:
            circle.append(following)
        if following == item.id and len(circle) > 1:
            path = item.document.path
            yield REPLACES_IN_CIRCLE(path, item.document.at("supersedes"), circle=", ".join([*circle, item.id]))
