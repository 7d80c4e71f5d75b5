"""For each proof, pages that it must not let pass: one good page, and what is done to it.

A plant is put at the end of `<main>` unless it says what it replaces. The policy of the good page is taken out first,
since it would keep most of these faults from happening.
"""

import random
from dataclasses import dataclass

_NOISE = random.Random(1).randbytes(9000).hex()
"""18,000 characters that hardly compress."""


@dataclass(frozen=True)
class Plant:
    """What is planted, for which proof, and what the proof must say of it."""

    proof: str
    html: str
    says: str
    instead_of: str = "</main>"


def _only_in(condition: str) -> str:
    """A text that can't be read under one condition."""
    rule = ".p { background: #777; color: #888; forced-color-adjust: none }"
    return f"<style>@media {condition} {{ {rule} }}</style><p class=p>Planted words.</p></main>"


_GREYS = {
    "light": _only_in("screen and (prefers-color-scheme: light)"),
    "dark": _only_in("(prefers-color-scheme: dark)"),
    "forced colours": _only_in("(forced-colors: active)"),
    "more contrast": _only_in("(prefers-contrast: more)"),
    "320 px": _only_in("(max-width: 320px)"),
    "print": _only_in("print"),
}

PLANTS = (
    # small and still
    Plant("small and still", f"<p hidden>{_NOISE}</p></main>", "bytes of HTML and CSS"),
    Plant("small and still", "<script>1</script></main>", "scripts: ['inline']"),
    Plant("small and still", "<p onclick='1'>Planted.</p></main>", "scripts: ['onclick']"),
    Plant(
        "small and still",
        '<link rel="stylesheet" href="/a.css"><link rel="stylesheet" href="/b.css"></head>',
        "requests before pictures",
        "</head>",
    ),
    Plant(
        "small and still",
        "<style>@keyframes late { to { margin-top: 90px } } main { animation: late 1ms 400ms forwards }</style></head>",
        "things move",
        "</head>",
    ),
    # 911 within two screens
    Plant("911 within two screens", 'href="tel:1"', "911 can't be tapped", 'href="tel:911"'),
    Plant("911 within two screens", "<style>body { padding-top: 1300px }</style></head>", "px down", "</head>"),
    # targets of 44 px
    Plant("targets of 44 px", '<p><a href="/">Planted</a></p></main>', "Planted"),
    Plant("targets of 44 px", '<button style="min-height: 0; padding: 0">Planted</button></main>', "Planted"),
    # no violations of axe's rules
    Plant("no violations of axe's rules", '<img src="/a.png"></main>', "image-alt"),
    Plant("no violations of axe's rules", '<html dir="ltr"', "html-has-lang", '<html lang="en-US" dir="ltr"'),
    Plant("no violations of axe's rules", "<h5>Planted</h5></main>", "heading-order"),
    *(Plant("no violations of axe's rules", html, f"[{mode}] color-contrast") for mode, html in _GREYS.items()),
    Plant(
        "no violations of axe's rules",
        "<style>@media (prefers-color-scheme: dark) { .p { display: block } }</style>"
        '<p class=p hidden><img src="/a.png"></p></main>',
        "[dark] image-alt",
    ),
    # enough contrast
    *(Plant("enough contrast", html, f"[{mode}] contrast") for mode, html in _GREYS.items()),
    # nothing lost or overlapping
    Plant("nothing lost or overlapping", '<p style="width: 400px">Planted</p></main>', "[320 px] the page is"),
    Plant(
        "nothing lost or overlapping", '<p style="min-height: 0; min-width: 330px">Planted</p></main>', "[400 % zoom]"
    ),
    Plant("nothing lost or overlapping", '<p>Planted.</p><p style="margin-top: -3em">Over it.</p></main>', "overlap"),
    Plant("nothing lost or overlapping", '<p style="height: 1em; overflow: hidden">A<br>B<br>C</p></main>', "cut off"),
    Plant(
        "nothing lost or overlapping",
        "<style>@media (max-width: 400px) { .p { display: none } }</style><p class=p>Plantedword.</p></main>",
        "[320 px] words are lost: plantedword",
    ),
    Plant(
        "nothing lost or overlapping",
        '<p style="white-space: nowrap; font-size: 13px">Planted words that are set close, in a line.</p></main>',
        "[text spacing on a phone]",
    ),
    Plant(
        "nothing lost or overlapping",
        '<p style="height: 2rem; width: 200px; overflow: hidden; font-size: 16px" class=p>Planted here</p>'
        "<style>@media (max-width: 20em) { .p { height: 1rem !important; font-size: 1em !important } }</style></main>",
        "[200 % text on a phone]",
    ),
    Plant(
        "nothing lost or overlapping",
        '<div style="overflow: auto; width: 90px"><table><tr><td>Plantedwordnobreak</table></div></main>',
        "scrolls, but not by keyboard",
    ),
    # whole without styles
    Plant(
        "whole without styles",
        "<style>.p { display: block !important }</style><p class=p hidden>Plantedword.</p></main>",
        "words are lost: plantedword",
    ),
    # focus can be seen
    Plant("focus can be seen", "<style>a:focus { outline: none }</style></head>", "no outline", "</head>"),
    Plant("focus can be seen", "<style>a:focus { outline: 1px solid }</style></head>", "no outline", "</head>"),
    Plant(
        "focus can be seen",
        "<style>@media (prefers-color-scheme: dark) { a:focus { outline-color: #333 } }</style></head>",
        "[dark] focus: an outline with a contrast",
        "</head>",
    ),
    # printed well
    Plant(
        "printed well",
        "<style>@media print { nav.menu { display: block !important } }</style></head>",
        "navigation is printed",
        "</head>",
    ),
    Plant("printed well", f"<div>{'<p>Planted.</p>' * 300}</div></main>", "sheets of Letter"),
    # cards in words, once
    Plant(
        "cards in words, once",
        '<div class="card emergency"><h2>Emergency: a second one, call 911</h2></div></main>',
        "cards, and its text",
    ),
    Plant(
        "cards in words, once", "<style>@media print { .card { display: none } }</style></head>", "in print", "</head>"
    ),
    Plant(
        "cards in words, once", '<div aria-hidden="true" class="card ', "in the accessibility tree", '<div class="card '
    ),
    Plant(
        "cards in words, once",
        '<style>h2[hidden] { display: block !important }</style><h2 class="card-title" hidden>',
        "in a page without styles",
        '<h2 class="card-title">',
    ),
    Plant("cards in words, once", '<h2 class="card-title" hidden>', "in print", '<h2 class="card-title">'),
    # reached by keyboard
    Plant("reached by keyboard", '<a href="/" tabindex="1">Planted</a></main>', "should reach"),
    Plant(
        "reached by keyboard",
        '<button onkeydown="event.preventDefault()">Planted</button><a href="/">After</a></main>',
        "should reach",
    ),
    Plant(
        "reached by keyboard",
        '<a href="/" style="position: fixed; left: -900px">Planted</a></main>',
        "can't see what has the focus",
    ),
    Plant(
        "reached by keyboard",
        '<div style="position: fixed; inset: 0; background: #fff"></div></main>',
        "can't see what has the focus",
    ),
)
"""All plants, by their proofs."""
