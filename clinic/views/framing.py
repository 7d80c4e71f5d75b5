"""How the frame of a page is made: title, ways, banners, notices, badges."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from clinic.interface import Interface, direction_of
from clinic.library.library import Item
from clinic.library.reviews import Standing
from clinic.library.states import State
from clinic.manifest import HEADER_POLICY
from clinic.model.clinic import NOTICES
from clinic.model.kinds import Announcement, Clinical, Clinician, Kind
from clinic.policy import policy
from clinic.problems import Problem, more_than_advice
from clinic.problems.forms import hidden
from clinic.views.bodies import LANGUAGE_TAG
from clinic.views.facts import summary_of
from clinic.views.frame import Frame, Preview
from clinic.views.maker import Maker
from clinic.views.parts import Badge, Banner, DateText, Language, LinkTo, ProblemView
from clinic.views.places import all_places

OTHER_PAGES = "pages"
"""The name of the card of pages that are of no kind."""

CARD_SIZE = (1200, 630)
"""Pixels of a card, as the readers of the Open Graph ask for."""


def built_titles(words: Interface) -> dict[str, str]:
    """What the pages are called that the generator builds and that navigation may name."""
    return {
        "conditions": words.gettext("Conditions"),
        "procedures": words.gettext("Procedures"),
        "announcements": words.gettext("Announcements"),
        "clinicians": words.gettext("Clinicians"),
        "locations": words.gettext("Locations"),
        "search": words.gettext("Search"),
    }


@lru_cache(maxsize=2)
def index_titles(maker: Maker) -> dict[str, LinkTo]:
    """The pages that the generator builds and that navigation may name."""
    titles = built_titles(maker.words())
    return {name: LinkTo(text=text, href=maker.href(f"/{name}/")) for name, text in titles.items()}


def home_link(maker: Maker) -> LinkTo:
    """The way home."""
    return LinkTo(text=maker.words().gettext("Home"), href=maker.href("/"))


def frame(
    maker: Maker,
    *,
    address: str,
    title: str,
    description: str,
    lang: str | None = None,
    trail: tuple[LinkTo, ...] = (),
    indexable: bool = True,
    clinical: bool = False,
    item: Item | None = None,
    changed: DateText | None = None,
    posts_to: str = "",
    redirects: tuple[str, ...] = (),
    script: bool = False,
) -> Frame:
    """The frame of the page at `address`.

    Args:
        maker: what it is made with.
        address: the page's address below the site's own.
        title: the page's title; on the home page, empty.
        description: one sentence.
        lang: its language, where it is not the clinic's.
        trail: the pages between home and this one.
        indexable: whether search engines may keep it.
        clinical: whether it shows the emergency sentence.
        item: the document that it was made from.
        changed: when its content last changed, where it says so.
        posts_to: the endpoint of its form.
        redirects: the origins that the endpoint may send people on to.
        script: whether the page brings a script of the site's own.
    """
    clinic = maker.library.clinic
    words = maker.words(lang)
    own = maker.href(address)
    crumbs = () if address == "/" else (home_link(maker), *trail, LinkTo(text=title, href=own, current=True))
    return Frame(
        lang=lang or clinic.language,
        direction=words.direction,
        clinic=clinic.name,
        document_title=f"{title} – {clinic.name}" if title and title != clinic.name else clinic.name,  # noqa: RUF001
        description=description,
        canonical=maker.full(address),
        indexable=indexable,
        home=home_link(maker),
        navigation=_navigation(maker, own, trail),
        breadcrumb=crumbs,
        phone=maker.main_phone,
        emergency=clinic.emergency if clinical else "",
        banners=_banners(maker),
        notices=_notices(maker, own),
        languages=_languages(maker),
        numbers=maker.numbers,
        places=all_places(maker),
        legal_name=clinic.legal_name or clinic.name,
        feed=maker.href("/feed.xml"),
        search=maker.href("/search/"),
        assets=maker.assets,
        policy=policy(form=posts_to, redirects=redirects, script=script),
        referrer="strict-origin" if posts_to else "no-referrer",
        header_policy=HEADER_POLICY,
        changed=changed,
        preview=_preview(maker, address, title, item) if indexable else None,
        badges=_badges(maker, item) if maker.for_editors and item else (),
        problems=_problems(maker, item.document.path, item.document.text) if maker.for_editors and item else (),
        problems_elsewhere=_elsewhere(maker, item) if maker.for_editors else 0,
    )


def item_frame(maker: Maker, item: Item, *, posts_to: str = "", redirects: tuple[str, ...] = ()) -> Frame:
    """The frame of a page that was made from a document."""
    header, document = item.document.header, item.document
    trail: tuple[LinkTo, ...] = ()
    if item.kind is not Kind.PAGE:
        trail = (index_titles(maker)[item.kind.folder],)
    home = item.address == "/"
    return frame(
        maker,
        address=item.address,
        title="" if home else maker.title(item),
        description=summary_of(maker, item),
        lang=header.lang if header else None,
        trail=trail,
        indexable=bool(header and not header.noindex and maker.library.public(item.id))
        and item.state is not State.WITHDRAWN
        and document.id != "not-found",
        clinical=item.kind.clinical or document.id == "appointment",
        item=item,
        changed=changed_of(maker, item),
        posts_to=posts_to,
        redirects=redirects,
    )


def _preview(maker: Maker, address: str, title: str, item: Item | None) -> Preview | None:
    """What others see of the page: the card of its kind, which its index shows too."""
    kind = address.split("/")[1]
    kind = kind if kind in maker.cards else OTHER_PAGES
    if kind not in maker.cards:
        return None
    clinic = maker.library.clinic.name
    said = built_titles(maker.words()).get(kind, "")
    return Preview(
        title=title or clinic,
        sort=_SORTS.get(item.kind, "website") if item else "website",
        image=maker.origin + maker.cards[kind],
        width=CARD_SIZE[0],
        height=CARD_SIZE[1],
        alt=f"{clinic}: {said}" if said else clinic,
    )


_SORTS: dict[Kind, Literal["article", "profile", "website"]] = {
    Kind.CONDITION: "article",
    Kind.PROCEDURE: "article",
    Kind.ANNOUNCEMENT: "article",
    Kind.CLINICIAN: "profile",
}
"""The sorts of things (ogp.me); every other page is part of a website."""


def changed_of(maker: Maker, item: Item) -> DateText | None:
    """When a page last changed by its own account: never by a clock, a file's time or a commit.

    A clinical page says it in "What changed"; an announcement becomes public, and ends. A review changes no word.
    """
    header = item.document.header
    if isinstance(header, Clinical) and header.changes:
        return maker.past_day(max(change.date for change in header.changes), header.lang)
    if isinstance(header, Announcement) and (moment := maker.updated(item)):
        return maker.past_day(moment.astimezone(maker.library.clock).date(), header.lang)
    return None


def _navigation(maker: Maker, own: str, trail: tuple[LinkTo, ...]) -> tuple[LinkTo, ...]:
    built = index_titles(maker)
    here = {own, *(step.href for step in trail)}
    found = []
    for name in maker.library.clinic.navigation:
        document = maker.library.documents.get(name)
        link = built.get(name)
        if link is None and document is not None and document.kind is Kind.PAGE:
            link = maker.page(name)
        if link is not None:
            found.append(LinkTo(text=link.text, href=link.href, current=link.href in here))
    return tuple(found)


@lru_cache(maxsize=2)
def _banners(maker: Maker) -> tuple[Banner, ...]:
    found = []
    for item in maker.library.live():
        header = item.document.header
        if isinstance(header, Announcement) and header.level == "banner":
            found.append(
                Banner(
                    title=item.document.title,
                    summary=summary_of(maker, item),
                    href=maker.href(item.address),
                    holds=maker.holds(item),
                    places=place_names(maker, header),
                )
            )
    return tuple(found)


def place_names(maker: Maker, header: Announcement) -> tuple[str, ...]:
    """The locations that an announcement is about, by name, where there are several to tell apart."""
    locations = maker.library.clinic.locations
    if len(locations) < 2:
        return ()
    return tuple(place.name for name, place in locations if name in header.locations)


def _notices(maker: Maker, own: str) -> tuple[LinkTo, ...]:
    found = []
    for notice in NOTICES:
        page = maker.library.clinic.notices.page(notice)
        link = maker.page(page) if page else None
        if link is not None:
            found.append(LinkTo(text=link.text, href=link.href, current=link.href == own))
    return tuple(found)


_SECTION = 2
"""The level of a heading that opens a section."""


@lru_cache(maxsize=2)
def _languages(maker: Maker) -> tuple[Language, ...]:
    """The sections of the page about language help that are named by the language that they are in."""
    slug = maker.library.clinic.notices.page("language_help")
    if not slug or maker.page(slug) is None:
        return ()
    item, own = maker.library.items[slug], maker.library.clinic.language.split("-")[0]
    return tuple(
        Language(
            name=heading.text,
            lang=heading.anchor,
            direction=direction_of(heading.anchor),
            href=f"{maker.href(item.address)}#{heading.anchor}",
        )
        for heading in item.document.body.headings
        if heading.level == _SECTION and LANGUAGE_TAG.fullmatch(heading.anchor) and heading.anchor != own
    )


def _badges(maker: Maker, item: Item) -> tuple[Badge, ...]:
    """What editors are told of a page besides its problems, in the language of the page that it stands on."""
    lang = item.document.header.lang if item.document.header else None
    words, found = maker.words(lang), []
    if item.document.header is None:
        return (Badge(kind="problems", text=words.gettext("Patients do not see this until it is mended")),)
    if item.state is State.DRAFT:
        found.append(Badge(kind="draft", text=words.gettext("Draft: patients do not see this page")))
    if item.state is State.UPCOMING and item.term.starts:
        when = maker.moment(item.term.starts, lang).text
        found.append(Badge(kind="upcoming", text=words.gettext("Goes live on %(moment)s", moment=when)))
    if item.state in {State.ENDED, State.SUPERSEDED} and item.term.ends:
        when = maker.moment(item.term.ends, lang).text
        found.append(Badge(kind="ended", text=words.gettext("Ended on %(moment)s", moment=when)))
    if item.state is State.WITHDRAWN:
        found.append(Badge(kind="withdrawn", text=words.gettext("Withdrawn: patients see a short notice")))
    elif item.kind.clinical:
        found.extend(_review_badge(maker, item, words))
    header = item.document.header
    if isinstance(header, Clinician) and header.left is not None and maker.has_left(header):
        found.append(Badge(kind="left", text=words.gettext("Left on %(date)s", date=words.date(header.left))))
    return tuple(found)


def _review_badge(maker: Maker, item: Item, words: Interface) -> Iterator[Badge]:
    """What editors are told of a clinical page's review, unless all is well."""
    review = maker.library.reviews[item.id]
    if review.standing is Standing.AWAITS:
        text = words.gettext("Awaits clinical review: the page says so to patients")
        if maker.library.clinic.clinical_review == "required":
            text = words.gettext("Awaits clinical review: patients do not see this page until it is approved")
        yield Badge(kind="awaits", text=text)
    elif review.standing is Standing.CHANGED:
        text = words.gettext("Changed since its review: patients see the version before, until this one is approved")
        yield Badge(kind="changed", text=text)
    elif review.overdue(maker.library.timeline, maker.library.clock):
        yield Badge(kind="overdue", text=words.gettext("Its review is late: the page says so to patients"))


def _problems(maker: Maker, path: str, text: str) -> tuple[ProblemView, ...]:
    return tuple(problem_view(problem, text) for problem in maker.problems.get(path, ()))


def problem_view(problem: Problem, text: str) -> ProblemView:
    """A problem as a page shows it to its editor, with the line that it is on."""
    lines = text.split("\n")
    line = lines[problem.span.line - 1] if problem.span.line <= len(lines) else ""
    if problem.hides:
        end = problem.span.end_column - 1 if problem.span.end_line == problem.span.line else len(line)
        line = line[: problem.span.column - 1] + hidden(line[problem.span.column - 1 : end]) + line[end:]
    start = max(0, problem.span.column - 1 - 60)
    shown = line[start : start + 120].replace("\t", " ")
    length = max(1, problem.span.end_column - problem.span.column) if problem.span.end_line == problem.span.line else 1
    caret = " " * (problem.span.column - 1 - start) + "^" * min(
        length, max(1, len(shown) - problem.span.column + 1 + start)
    )
    return ProblemView(
        code=problem.code,
        severity=problem.severity.value,
        where=f"{problem.path}:{problem.span.line}:{problem.span.column}",
        message=problem.message,
        hint=problem.hint,
        excerpt=f"{shown}\n{caret}" if shown.strip() else "",
    )


def _elsewhere(maker: Maker, item: Item | None) -> int:
    return maker.told - more_than_advice(maker.problems.get(item.document.path, ()) if item else ())
