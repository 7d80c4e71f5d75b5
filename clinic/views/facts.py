"""The clinic's facts where prose refers to them: phones and e-mails as links, addresses and hours as text or blocks."""

from markupsafe import Markup, escape

from clinic.library.library import Item
from clinic.problems import NOWHERE
from clinic.prose.facts import inline_facts
from clinic.views.maker import Maker
from clinic.views.places import address_lines, special_days, week


def fact_text(maker: Maker, name: str) -> str:
    """A fact as plain text; empty where there is none of that name."""
    known = maker.library.facts.get(name)
    clinic = maker.library.clinic
    if known is None:
        return ""
    if known.kind == "phone":
        phone = maker.phone(known.id)
        return phone.number if phone else ""
    if known.kind == "email":
        email = maker.email(known.id)
        return email.address if email else ""
    if known.kind == "address":
        return ", ".join(address_lines(dict(clinic.locations)[known.id]))
    if known.kind == "hours":
        rows = week(maker, dict(clinic.locations)[known.id])
        return "; ".join(f"{row.days}, {row.times}" for row in rows)
    return clinic.name


def fact_html(maker: Maker, name: str, *, alone: bool) -> Markup:
    """A fact as HTML; an address or hours that stand `alone` in a paragraph become a block."""
    known = maker.library.facts.get(name)
    if known is None:
        return Markup('<span class="missing-fact">{}</span>').format(name)
    if known.kind == "phone" and (phone := maker.phone(known.id)):
        return Markup('<a href="{}">{}</a>').format(phone.href, phone.number)
    if known.kind == "email" and (email := maker.email(known.id)):
        return Markup('<a href="{}">{}</a>').format(email.href, email.address)
    if alone and known.kind == "address":
        lines = address_lines(dict(maker.library.clinic.locations)[known.id])
        return Markup("<address>{}</address>").format(Markup("<br>").join(escape(line) for line in lines))
    if alone and known.kind == "hours":
        return _hours_block(maker, known.id)
    text = escape(fact_text(maker, name))
    return Markup("<p>{}</p>").format(text) if alone else text


def _hours_block(maker: Maker, location: str) -> Markup:
    place = dict(maker.library.clinic.locations)[location]
    rows = [*week(maker, place), *special_days(maker, location, place)]
    lines = Markup("").join(
        Markup('<tr><th scope="row">{}</th><td>{}</td></tr>').format(
            row.days, f"{row.times} ({row.why})" if row.why else row.times
        )
        for row in rows
    )
    caption = maker.words().gettext("Hours: %(place)s", place=place.name)
    return Markup('<table class="hours"><caption>{}</caption><tbody>{}</tbody></table>').format(caption, lines)


def summary_of(maker: Maker, item: Item) -> str:
    """A page's one sentence, its facts filled in."""
    header = item.document.header
    return fill_text(maker, header.summary) if header else ""


def fill_text(maker: Maker, text: str) -> str:
    """A line of plain text with the facts that it names."""
    if "{{" not in text:
        return text
    pieces, _ = inline_facts(text, "", NOWHERE)
    return "".join(piece if isinstance(piece, str) else fact_text(maker, piece.name) for piece in pieces)
