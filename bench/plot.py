"""A plot of results as a drawing of bars: no library, since it is forty lines."""

import math
from collections.abc import Sequence
from html import escape

from bench.building import Result

WIDE, HIGH, LEFT, BAR = 760, 14, 190, 12
LEAST = 0.1
"""Seconds at the left end of the scale, on which every step is ten times the one before."""


def bars(results: Sequence[Result], cases: Sequence[str]) -> str:
    """An SVG: for each case a group of bars, one for each generator, on a scale of tens."""
    names = list(dict.fromkeys(result.generator for result in results))
    most = max(result.seconds for result in results)
    steps = range(math.ceil(math.log10(most / LEAST)) + 1)
    room = (WIDE - LEFT - 60) / max(steps[-1], 1)
    drawn: list[str] = []
    top = 24
    for case in cases:
        drawn.append(f'<text x="4" y="{top + 10}" font-weight="bold">{escape(case)}</text>')
        for name in names:
            found = [each.seconds for each in results if (each.generator, each.case) == (name, case)]
            if not found:
                continue
            seconds = found[0]
            length = max(math.log10(seconds / LEAST), 0.01) * room
            colour = "#0f6068" if name.startswith("ours") else "#8a8f94"
            drawn.append(f'<text x="{LEFT - 6}" y="{top + 10}" text-anchor="end">{escape(name)}</text>')
            drawn.append(f'<rect x="{LEFT}" y="{top}" width="{length:.1f}" height="{BAR}" fill="{colour}"/>')
            drawn.append(f'<text x="{LEFT + length + 4:.1f}" y="{top + 10}">{seconds:.2f} s</text>')
            top += HIGH
        top += HIGH
    scale = [
        f'<text x="{LEFT + step * room:.1f}" y="14" text-anchor="middle">{LEAST * 10**step:g} s</text>'
        f'<path d="M{LEFT + step * room:.1f} 18V{top}" stroke="#d5d8da"/>'
        for step in steps
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {top}" font-family="sans-serif" font-size="11">\n'
        f'<rect width="{WIDE}" height="{top}" fill="#fff"/>\n' + "\n".join([*scale, *drawn]) + "\n</svg>\n"
    )
