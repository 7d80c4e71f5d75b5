"""The clinic's accent colour, made legible: shades of it that hold a contrast of 4.5:1 in light and in dark.

Contrast is WCAG 2.2's (relative luminance of sRGB); 4.5:1 is what criterion 1.4.3 asks of text. Edges, marks and the
focus ring wear the same shades, so they have more than the 3:1 of 1.4.11. People who ask their device for more contrast
get 7:1 (1.4.6).
"""

import functools
import re
from dataclasses import dataclass

TEXT_CONTRAST = 4.5
"""What text needs against what it stands on (WCAG 2.2, 1.4.3)."""

MORE_CONTRAST = 7.0
"""What people get who ask for more contrast (WCAG 2.2, 1.4.6)."""

DARK_CONTRAST = 6.5
"""What the accent gets in the dark scheme, where a colour at the bare minimum looks dull."""

Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""

LIGHT: tuple[Colour, ...] = ((255, 255, 255), (244, 246, 245), (238, 241, 242), (253, 242, 241), (253, 245, 234))
"""What text stands on in the light scheme: page, panels, code, red and amber panels, as in theme/static/style/."""

DARK: tuple[Colour, ...] = ((20, 24, 27), (32, 38, 42), (38, 45, 49), (45, 27, 27), (43, 35, 24))
"""The same in the dark scheme."""


@dataclass(frozen=True, slots=True)
class Accent:
    """The shades of one accent colour: as text on the page, and what is written on a button of it."""

    light: Colour
    """On a light page."""
    on_light: Colour
    """On that shade, in the light scheme."""
    dark: Colour
    """On a dark page."""
    on_dark: Colour
    """On that shade, in the dark scheme."""
    light_more: Colour
    """On a light page, for people who ask for more contrast."""
    dark_more: Colour
    """On a dark page, for people who ask for more contrast."""

    @property
    def css(self) -> str:
        """The custom properties `--accent` and `--on-accent`; paper is always light."""
        return (
            f":root{{--accent:{written(self.light)};--on-accent:{written(self.on_light)}}}"
            "@media screen and (prefers-color-scheme:dark){"
            f":root{{--accent:{written(self.dark)};--on-accent:{written(self.on_dark)}}}}}"
            f"@media (prefers-contrast:more){{:root{{--accent:{written(self.light_more)}}}}}"
            "@media screen and (prefers-contrast:more) and (prefers-color-scheme:dark){"
            f":root{{--accent:{written(self.dark_more)}}}}}"
        )


@functools.lru_cache(maxsize=8)
def accent(colour: str) -> Accent:
    """The shades of a colour: as near to it as contrast allows, darker for light pages, lighter for dark ones.

    Raises:
        ValueError: it is not of the form `#rrggbb`.
    """
    chosen = read_colour(colour)
    light = _legible(chosen, towards=(0, 0, 0), on=LIGHT, least=TEXT_CONTRAST)
    dark = _legible(chosen, towards=(255, 255, 255), on=DARK, least=DARK_CONTRAST)
    return Accent(
        light=light,
        on_light=LIGHT[0],
        dark=dark,
        on_dark=DARK[0],
        light_more=_legible(light, towards=(0, 0, 0), on=LIGHT, least=MORE_CONTRAST),
        dark_more=_legible(dark, towards=(255, 255, 255), on=DARK, least=MORE_CONTRAST),
    )


def least_contrast(colour: Colour, grounds: tuple[Colour, ...]) -> float:
    """The contrast of a colour with that ground of a scheme on which it is hardest to read."""
    return min(contrast(colour, ground) for ground in grounds)


def read_colour(colour: str) -> Colour:
    """The colour that `#rrggbb` names.

    Raises:
        ValueError: it is not of that form.
    """
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValueError(colour)
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def written(colour: Colour) -> str:
    """A colour as `#rrggbb`."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def luminance(colour: Colour) -> float:
    """The relative luminance of a colour, 0 to 1 (WCAG 2.2, "relative luminance")."""
    red, green, blue = (
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _legible(colour: Colour, *, towards: Colour, on: tuple[Colour, ...], least: float) -> Colour:
    """The first of a hundred steps from a colour towards black or white that can be read on every ground."""
    for step in range(100):
        mixed = tuple(round(part + (end - part) * step / 100) for part, end in zip(colour, towards, strict=True))
        shade = (mixed[0], mixed[1], mixed[2])
        if least_contrast(shade, on) >= least:
            return shade
    return towards
