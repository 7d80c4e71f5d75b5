"""How the pages of conditions and procedures are made."""

from clinic.library.library import Item
from clinic.library.reviews import Standing
from clinic.library.states import State
from clinic.model.kinds import Clinical, Condition, Kind, Procedure
from clinic.signing.fingerprint import review_code
from clinic.views.bodies import cards_on_top, footnotes_view, lead_view, sections_view
from clinic.views.facts import summary_of
from clinic.views.framing import item_frame
from clinic.views.lists import body_part_anchor
from clinic.views.maker import Maker
from clinic.views.pages import ConditionPage, ProcedurePage
from clinic.views.parts import Change, Fact, LinkTo, Review, SourceView, Trust


def condition_page(maker: Maker, item: Item, header: Condition) -> ConditionPage:
    """The page of a condition."""
    return ConditionPage(
        frame=item_frame(maker, item),
        title=item.document.title,
        also_called=header.also_called,
        summary=summary_of(maker, item),
        emergency=cards_on_top(maker, item),
        lead=lead_view(maker, item),
        sections=sections_view(maker, item),
        symptoms=header.symptoms,
        treatments=maker.links(maker.library.relations.treatments.get(item.id, frozenset())),
        body_parts=_body_parts(maker, header),
        footnotes=footnotes_view(maker, item),
        appointment=maker.appointment(),
        trust=_trust(maker, item, header),
        related=maker.links(_others(header.related, item)),
    )


def procedure_page(maker: Maker, item: Item, header: Procedure) -> ProcedurePage:
    """The page of a procedure."""
    return ProcedurePage(
        frame=item_frame(maker, item),
        title=item.document.title,
        also_called=header.also_called,
        summary=summary_of(maker, item),
        emergency=cards_on_top(maker, item),
        imaging=header.imaging,
        at_a_glance=_at_a_glance(maker, header),
        lead=lead_view(maker, item),
        sections=sections_view(maker, item),
        treats=maker.links(maker.library.relations.treats.get(item.id, frozenset())),
        body_parts=_body_parts(maker, header),
        footnotes=footnotes_view(maker, item),
        appointment=maker.appointment(),
        trust=_trust(maker, item, header),
        related=maker.links(_others(header.related, item)),
    )


def _others(ids: tuple[str, ...], item: Item) -> tuple[str, ...]:
    return tuple(slug for slug in ids if slug != item.id)


def _at_a_glance(maker: Maker, header: Procedure) -> tuple[Fact, ...]:
    words = maker.words(header.lang)
    types = {
        "injection": words.gettext("Injection"),
        "ablation": words.gettext("Ablation (quieting a nerve)"),
        "implant": words.gettext("Implant"),
        "surgery": words.gettext("Surgery"),
        "imaging": words.gettext("Imaging (pictures of the inside of the body)"),
        "therapy": words.gettext("Therapy"),
    }
    driver = {
        "yes": words.gettext("Yes, bring somebody who drives you home"),
        "no": words.gettext("No"),
        "if-sedated": words.gettext("Yes, if you get medicine that makes you sleepy"),
    }
    rows = [
        Fact(label=words.gettext("What it is"), value=types.get(header.type, "")),
        Fact(label=words.gettext("How long it takes"), value=header.duration),
        Fact(label=words.gettext("Numbing or sleep medicine"), value=header.anesthesia),
        Fact(label=words.gettext("Do you need a driver?"), value=driver.get(header.driver_needed, "")),
        Fact(label=words.gettext("Eating and drinking before"), value=header.fasting),
        Fact(label=words.gettext("Time off"), value=header.time_off),
        Fact(label=words.gettext("Cost"), value=header.cost_note),
        Fact(label=words.gettext("Who does it"), value="", links=_clinicians(maker, header)),
        Fact(label=words.gettext("Where"), value="", links=_locations(maker, header)),
    ]
    return tuple(row for row in rows if row.value or row.links)


def _clinicians(maker: Maker, header: Procedure) -> tuple[LinkTo, ...]:
    known = maker.library.documents
    return maker.links(
        tuple(slug for slug in header.performed_by if slug in known and known[slug].kind is Kind.CLINICIAN)
    )


def _locations(maker: Maker, header: Procedure) -> tuple[LinkTo, ...]:
    known = dict(maker.library.clinic.locations)
    return tuple(maker.location_link(name) for name in header.at if name in known)


def _body_parts(maker: Maker, header: Clinical) -> tuple[LinkTo, ...]:
    names = dict(maker.library.clinic.body_parts)
    return tuple(
        LinkTo(text=names[part], href=maker.href(f"/conditions/by-body-part/#{body_part_anchor(part)}"))
        for part in header.body_parts
        if part in names
    )


def _trust(maker: Maker, item: Item, header: Clinical) -> Trust:
    author = _person(maker, header.author)
    staff = dict(maker.library.clinic.staff)
    if header.author in staff:
        author = LinkTo(text=staff[header.author].name, href="", note=staff[header.author].role)
    changes = sorted(header.changes, key=lambda change: change.date, reverse=True)
    return Trust(
        author=author.text,
        author_href=author.href,
        author_role=author.note,
        review=_review(maker, item, header),
        sources=tuple(
            SourceView(
                number=number,
                anchor=f"source-{source.id}",
                title=source.title,
                publisher=source.publisher,
                href=source.url,
                accessed=maker.past_day(source.accessed, header.lang),
            )
            for number, source in enumerate(header.sources, start=1)
        ),
        changes=tuple(Change(date=maker.past_day(change.date, header.lang), what=change.what) for change in changes),
    )


def _review(maker: Maker, item: Item, header: Clinical) -> Review:
    """Whether a clinician stands behind the text. What editors are shown has the code by which it is signed."""
    review, code = maker.library.reviews[item.id], ""
    if maker.for_editors and item.document.fingerprint:
        code = review_code(item.document.fingerprint)
    if review.last is None or review.due is None or review.standing not in {Standing.SIGNED, Standing.CHANGED}:
        return Review(state="awaits", code=code)
    late = review.overdue(maker.library.timeline, maker.library.clock)
    changed = review.standing is Standing.CHANGED
    return Review(
        state="changed" if changed else "overdue" if late else "reviewed",
        by=_person(maker, review.last.by),
        on=maker.past_day(review.last.date, header.lang),
        next=None if changed else maker.past_day(review.due, header.lang),
        code=code,
    )


def _person(maker: Maker, name: str) -> LinkTo:
    """A clinician, with the page where there is one to see; the name alone where it is nobody's."""
    item = maker.library.items.get(name)
    if item is None or item.kind is not Kind.CLINICIAN:
        return LinkTo(text=name, href="")
    seen = maker.library.shown(name) and item.state is not State.WITHDRAWN
    role = getattr(item.document.header, "role", "")
    return LinkTo(text=maker.title(item), href=maker.href(item.address) if seen else "", note=role)
