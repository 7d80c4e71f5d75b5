"""Every proof that a page of a built site must stand: each takes an open page and yields the faults it finds."""

import gzip
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby, product
from typing import Any

from pypdf import PdfReader

from tests.browser.visit import DESK, MODES, NARROW, PHONE, Visit, axe

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOURS = ("light", "dark", "forced colours", "more contrast")

VIEW = 14 * 1024
"""HTML and CSS of the first view, compressed: what a server sends before it waits for an answer (RFC 6928)."""
INDEX_VIEW = 20 * 1024
LONG_TEXT = 10 * 1024
"""A page whose words alone compress to more than this is a book: all that is not its words must fit as on any page."""
LISTS = {"index.html", "announcements.html", "locations.html", "search.html"}
"""Templates of pages that list others."""
NEEDLES = {"injection", "ablation", "implant", "surgery"}
URGENCY = {
    "emergency": ("emergency", "911", "emergencia"),
    "urgent": ("urgent", "now", "today", "urgente"),
    "call-us": ("call", "llám"),
}
"""The words by which a card's heading says how fast to act."""
ARTICLES = {"condition.html", "procedure.html", "announcement.html"}
SHEETS = 4
SHEETS_OF_WORDS = 1800
"""An article of more words than four sheets of large type hold may take more of them."""
PAPERS = ("Letter", "A4")
REQUESTS = 3
EARS = "the accessibility tree"

_RUN_AXE = """([tags, coloursOnly]) => {
  const rules = axe.getRules(tags).filter(({tags}) =>
    !tags.includes("experimental") && !tags.includes("deprecated") && (!coloursOnly || tags.includes("cat.color")));
  const values = rules.map((rule) => rule.ruleId);
  return axe.run(document, {runOnly: {type: "rule", values}, resultTypes: ["violations"],
    preload: false, iframes: false, elementRef: false, ancestry: false})
  .then(({violations}) => violations.flatMap(({id, nodes}) =>
    nodes.slice(0, 4).map((node) => `${id}: ${node.html.slice(0, 120)} ${node.failureSummary.slice(0, 200)}`)));
}"""

_SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
_NO_SPACING = "() => { document.adoptedStyleSheets = []; }"
_NO_STYLES = "() => { for (const sheet of document.styleSheets) sheet.disabled = true; }"
_STYLES = "() => { for (const sheet of document.styleSheets) sheet.disabled = false; }"
_TEXT = "() => document.body.innerText"
_NAVIGATION = """() => [...document.querySelectorAll("nav, [role=navigation], .skip")]
  .filter((each) => each.getClientRects().length).map((each) => each.outerHTML.slice(0, 80))"""
_WHERE_911 = """() => [...document.querySelectorAll('a[href="tel:911"]')].filter((each) => each.getClientRects().length)
  .map((each) => each.getBoundingClientRect().bottom + scrollY)"""


@dataclass(frozen=True)
class Proof:
    """What must hold, the function that yields what does not, and the modes in which it wants the page, if it cares."""

    holds: str
    faults: Callable[[Visit], Iterator[str]]
    modes: Collection[str] = ()


def faults(proofs: Iterable[Proof], visit: Visit) -> Iterator[str]:
    """What proofs find on a page that was just opened. Neighbours that want modes share them: to enter one costs."""
    for in_modes, neighbours in groupby(proofs, lambda proof: bool(proof.modes)):
        together = list(neighbours)
        for mode in MODES if in_modes else ("",):
            if mode:
                visit.enter(mode)
            for proof in together:
                if not mode or mode in proof.modes:
                    where = f"[{mode}] " if mode else ""
                    yield from (f"{proof.holds}: {where}{fault}" for fault in proof.faults(visit))


def accessible(visit: Visit) -> Iterator[str]:
    """axe-core's rules for WCAG 2.2 AA and its best practices.

    Where everything stands as it does in the first mode, only the rules on colours can come to anything else.
    """
    if not visit.shape:
        visit.page.evaluate(axe())
    now = visit.ask("shape")
    yield from visit.page.evaluate(_RUN_AXE, [list(RULES), now == visit.shape])
    visit.shape = visit.shape or now


def contrasts(visit: Visit) -> Iterator[str]:
    """Contrast measured by ourselves, since axe leaves out what it can't decide."""
    for fault in visit.ask("contrast"):
        yield f"contrast {fault}"


def fits(visit: Visit) -> Iterator[str]:
    """Nothing is lost or lies on something else: 320 px, 400 % zoom, 200 % text, text spacing (WCAG 1.4)."""
    visit.enter("light")
    whole = Counter(visit.ask("words"))
    yield from _fits(visit, whole, "1280 px")
    visit.window(NARROW)
    yield from _fits(visit, whole, "320 px")
    visit.zoom()
    yield from _fits(visit, whole, "400 % zoom")
    visit.unzoom()
    for name, size in (("on a desktop", DESK), ("on a phone", PHONE)):
        visit.window(size)
        visit.page.evaluate(_SPACING)
        yield from _fits(visit, whole, f"text spacing {name}")
        visit.page.evaluate(_NO_SPACING)
        visit.text_size(200)
        yield from _fits(visit, whole, f"200 % text {name}")
        visit.text_size(100)


def _fits(visit: Visit, whole: Counter[str], how: str) -> Iterator[str]:
    for fault in visit.ask("fits"):
        yield f"[{how}] {fault}"
    yield from _lost(visit, whole, how)


def _lost(visit: Visit, whole: Counter[str], how: str) -> Iterator[str]:
    lost = whole - Counter(visit.ask("words"))
    if lost:
        yield f"[{how}] words are lost: {' '.join(list(lost)[:8])}"


def stands_without_styles(visit: Visit) -> Iterator[str]:
    """Without any stylesheet every word is there, and nothing lies on something else."""
    visit.enter("light")
    whole = Counter(visit.ask("words"))
    visit.page.evaluate(_NO_STYLES)
    yield from _lost(visit, whole, "no styles")
    for fault in visit.ask("fits"):
        if fault.startswith(("overlap", "cut off")):
            yield f"[no styles] {fault}"
    visit.page.evaluate(_STYLES)


def can_be_tapped(visit: Visit) -> Iterator[str]:
    """Targets of 44 px on a phone."""
    visit.enter("light")
    visit.window(PHONE)
    for fault in visit.ask("targets"):
        yield f"target of {fault}"


def shows_focus(visit: Visit) -> Iterator[str]:
    """Every element that can have the focus shows it."""
    for fault in visit.ask("focus"):
        yield f"focus: {fault}"


def can_be_walked(visit: Visit) -> Iterator[str]:
    """By Tab alone one reaches everything, in the order of the page, sees where one is, and gets out again.

    A browser without a screen may hand a page the focus anew soon after it was loaded, and so put a walk back to its
    first step, once. So a walk that goes astray is walked again; a page that holds the focus fast fails each time.
    """
    visit.enter("light")
    for last in (False, False, True):
        faults = _walked(visit)
        if not faults or last:
            yield from faults
            return


def _walked(visit: Visit) -> list[str]:
    """The faults of one walk."""
    expected = visit.ask("walk_begin")
    visit.measured["keys pressed"] = len(expected) + 1
    for _ in range(len(expected) + 1):
        visit.tab()
    walk: dict[str, list[Any]] = visit.page.evaluate("({seen: window.__walk.seen, hidden: window.__walk.hidden})")
    reached = walk["seen"][: len(expected)]
    faults = []
    if reached != list(range(len(expected))):
        at = next((at for at in range(len(expected)) if at >= len(reached) or reached[at] != at), 0)
        got = reached[at] if at < len(reached) else "nothing"
        got = expected[got] if isinstance(got, int) else got
        faults.append(f"keyboard: step {at + 1} should reach {expected[at]}, and reaches {got}")
    return [*faults, *(f"keyboard: one can't see what has the focus: {each}" for each in dict.fromkeys(walk["hidden"]))]


def calls_for_help(visit: Visit) -> Iterator[str]:
    """An injection's page has 911 to tap on within two screens of a phone."""
    if visit.at.kind not in NEEDLES:
        return
    visit.enter("light")
    visit.window(PHONE)
    places = visit.page.evaluate(_WHERE_911)
    if places:
        visit.measured["px down to 911"] = min(places)
    if not places or min(places) > 2 * PHONE[1]:
        yield f"911 can first be tapped {round(min(places))} px down" if places else "911 can't be tapped"


def says_cards_once(visit: Visit) -> Iterator[str]:
    """Emergency, urgent and call-us cards are there in words, once: in HTML, on paper, for ears, without styles."""
    cards = visit.ask("cards")
    if len(cards) != visit.at.cards:
        yield f"the page has {len(cards)} cards, and its text {visit.at.cards}"
    if not cards:
        return
    told = _told(visit)
    for card in cards:
        if not any(word in card["heading"].lower() for word in URGENCY[card["kind"]]):
            yield f"a card does not say in words how urgent it is: {card['heading']!r}"
    headings = [_letters(card["heading"]) for card in cards]
    for heading in dict.fromkeys(headings):
        count = sum(each.count(heading) for each in headings)
        for where, text in told.items():
            found = text.count(heading)
            if found != count:
                yield f"in {where}, a card stands {found} times and not {count}: {heading[:60]}"
    for card, (where, text) in product(cards, told.items()):
        if where != EARS and _letters(card["first"]) not in text:
            yield f"in {where}, a card has lost its text: {card['first'][:60]}"


def _told(visit: Visit) -> dict[str, str]:
    """What a page tells in each of the ways in which people get it, as letters only."""
    told = {
        "HTML": visit.page.evaluate("() => document.body.textContent"),
        "print": "".join(page.extract_text() for page in _printed(visit, "Letter").pages),
        EARS: " | ".join(_headings(visit)),
    }
    visit.enter("light")
    visit.page.evaluate(_NO_STYLES)
    told["a page without styles"] = visit.page.evaluate(_TEXT)
    visit.page.evaluate(_STYLES)
    return {where: _letters(text) for where, text in told.items()}


def is_light(visit: Visit) -> Iterator[str]:
    """Few bytes, few requests, no scripts, and nothing that moves once it is shown."""
    weighed = weigh(visit)
    limit = INDEX_VIEW if visit.at.template in LISTS else VIEW
    long = weighed["text"] > LONG_TEXT
    kind = "of a book" if long else "of a list" if limit == INDEX_VIEW else "of a page"
    visit.measured[f"bytes {kind}"] = weighed["view"]
    visit.measured["requests before pictures"] = weighed["requests"]
    visit.measured["layout shift"] = weighed["moved"]
    if long:
        limit += weighed["text"]
    if weighed["view"] > limit:
        yield f"weight: {weighed['view']} bytes of HTML and CSS, more than {limit}"
    if weighed["requests"] > REQUESTS + (2 if visit.at.template == "search.html" else 0):
        yield f"weight: {weighed['requests']} requests before pictures"
    if weighed["scripts"] and visit.at.template != "search.html":
        yield f"weight: scripts: {weighed['scripts']}"
    if weighed["moved"] > 0:
        yield f"weight: things move by {weighed['moved']:.4f} after they are shown"


def weigh(visit: Visit) -> dict[str, Any]:
    """Bytes of HTML and CSS as they travelled, requests before pictures, scripts, and the layout shift."""
    found = visit.ask("weight")
    fetched = {each["name"]: each["size"] for each in found["fetched"]}
    view = sum(size for name, size in fetched.items() if not name.endswith((".svg", ".js", ".json")))
    requests = len({*fetched, *found["icons"]})
    text = len(gzip.compress(visit.page.evaluate(_TEXT).encode(), 9))
    return {"view": view, "text": text, "requests": requests, "scripts": found["scripts"], "moved": found["moved"]}


def prints(visit: Visit) -> Iterator[str]:
    """Articles take four sheets at most, on both papers, and no page brings its ways to elsewhere."""
    visit.enter("print")
    for way in visit.page.evaluate(_NAVIGATION):
        yield f"print: navigation is printed: {way}"
    visit.enter("light")
    if visit.at.template not in ARTICLES or sum(Counter(visit.ask("words")).values()) > SHEETS_OF_WORDS:
        return
    for paper in PAPERS:
        sheets = len(_printed(visit, paper).pages)
        visit.measured[f"sheets of {paper}"] = sheets
        if sheets > SHEETS:
            yield f"print: {sheets} sheets of {paper}"


def _printed(visit: Visit, paper: str) -> PdfReader:
    """What a printer would get, once for each paper. Chromium prints what the page is told to be: print."""
    if paper not in visit.printed:
        visit.enter("print")
        visit.printed[paper] = visit.page.pdf(format=paper, print_background=False)
    return PdfReader(BytesIO(visit.printed[paper]))


def _headings(visit: Visit) -> list[str]:
    """The names of all headings, as the browser tells them to a screen reader."""
    document = visit.session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    found = visit.session.send("Accessibility.queryAXTree", {"nodeId": document, "role": "heading"})
    return [node["name"]["value"] for node in found["nodes"] if not node["ignored"]]


def _letters(text: str) -> str:
    """A text's letters and digits only, ligatures undone: on paper lines break and hyphens fall elsewhere."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


PROOFS = (
    Proof("small and still", is_light),
    Proof("911 within two screens", calls_for_help),
    Proof("targets of 44 px", can_be_tapped),
    Proof("no violations of axe's rules", accessible, tuple(MODES)),
    Proof("enough contrast", contrasts, tuple(MODES)),
    Proof("focus can be seen", shows_focus, COLOURS),
    Proof("nothing lost or overlapping", fits),
    Proof("whole without styles", stands_without_styles),
    Proof("printed well", prints),
    Proof("cards in words, once", says_cards_once),
    Proof("reached by keyboard", can_be_walked),
)
"""All proofs: first those that need a page as it was loaded, then those that look at it in modes."""
