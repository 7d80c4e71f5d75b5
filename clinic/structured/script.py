"""The graph of a page and the `<script>` that holds it: a block of data, which browsers don't run (HTML 4.12.1).

It says only what the page says to people. A page that search engines must not keep (withdrawn, moved, not there,
`noindex`, for editors only) tells them nothing.
"""

import json

from markupsafe import Markup

from clinic.structured.node import Node, full, node, same
from clinic.structured.places import clinic
from clinic.structured.told import told
from clinic.views.frame import Frame

ESCAPES = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})
"""What could end the `<script>`, start a comment in it, or end a line where JavaScript reads it."""


def structured_data(page: object) -> Markup:
    """What a page tells search engines, as the element that holds it; empty where it tells them nothing."""
    graph = graph_of(page)
    if not graph:
        return Markup("")
    said = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    safe = Markup(said.translate(ESCAPES))  # noqa: S704 - every sign that HTML reads is escaped as JSON
    return Markup('<script type="application/ld+json">{}</script>').format(safe)


def graph_of(page: object) -> list[Node]:
    """The things that a page tells of: itself first, the way to it, the site, the clinic, what it is about."""
    frame = getattr(page, "frame", None)
    things = told(page)
    if not isinstance(frame, Frame) or not frame.indexable or not frame.canonical or not things:
        return []
    home = full(frame, frame.home.href)
    site = node("WebSite", at=f"{home}#website", name=frame.clinic, url=home)
    owner = clinic(frame)
    main, *others = things
    crumbs = _breadcrumb(frame)
    main |= {"inLanguage": frame.lang, "isPartOf": same(site), "publisher": same(owner)}
    if crumbs:
        main["breadcrumb"] = same(crumbs)
    if all(thing.get("@id") != owner["@id"] for thing in others):
        others.insert(0, owner)
    return [main, *([crumbs] if crumbs else []), site, *others]


def _breadcrumb(frame: Frame) -> Node | None:
    """The way from home to the page; the home page has none."""
    steps: list[object] = [
        node("ListItem", position=number, name=step.text, item=full(frame, step.href))
        for number, step in enumerate(frame.breadcrumb, start=1)
    ]
    if not steps:
        return None
    made = node("BreadcrumbList", at=f"{frame.canonical}#breadcrumb")
    return made | {"itemListElement": steps}
