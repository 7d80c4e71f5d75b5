"""How pages show a picture: every format and width that there is of it, and room kept for it while it loads."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

BODY_SIZES = "(min-width: 44rem) 42rem, calc(100vw - 2rem)"
"""How wide a picture stands in the theme's column of text (theme/static/style/3-frame.css)."""

PHOTO_SIZES = "16rem"
"""How wide a clinician's photo stands (theme/static/style/6-pages.css)."""

LOGO_HEIGHT = 40
"""How high the logo stands, in CSS pixels."""

LOGO_WIDTH = 160
"""How wide it may stand, beside the phone on a small screen; a wider one is less high."""


@dataclass(frozen=True, slots=True)
class PictureKind:
    """One format of a published picture: its media type, and width, height and key of each file, smallest first."""

    media_type: str
    sizes: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class PictureSet:
    """A published picture: its formats, the one that browsers shall prefer first, the one for all of them last."""

    kinds: tuple[PictureKind, ...]


def picture_html(
    picture: PictureSet,
    alt: str,
    *,
    href: Callable[[str], str],
    sizes: str,
    first: bool = False,
    shown: tuple[int, int] | None = None,
) -> Markup:
    """The element of a picture, with its width and height, so that nothing moves while it loads.

    Args:
        picture: its files.
        alt: its description; empty for decoration.
        href: gives the address of a key.
        sizes: how wide it stands, as the attribute `sizes` says it.
        first: whether it is the first of its page: the others wait until a reader comes near.
        shown: its width and height in CSS pixels, where they are not those of its largest file.
    """
    *better, last = picture.kinds
    sources = Markup("").join(
        Markup('<source type="{}" srcset="{}" sizes="{}">').format(kind.media_type, _listed(kind, href), sizes)
        for kind in better
    )
    own_width, own_height, key = last.sizes[-1]
    width, height = shown or (own_width, own_height)
    srcset = Markup(' srcset="{}" sizes="{}"').format(_listed(last, href), sizes) if len(last.sizes) > 1 else ""
    waits = "" if first else Markup(' loading="lazy"')
    img = Markup('<img src="{}"{} width="{}" height="{}" alt="{}"{} decoding="async">').format(
        href(key), srcset, width, height, alt, waits
    )
    return Markup("<picture>{}{}</picture>").format(sources, img) if better else img


def logo_size(width: int, height: int) -> tuple[int, int]:
    """The width and height, in CSS pixels, at which a logo of these proportions stands in the head of a page."""
    shown = min(LOGO_WIDTH, max(1, round(width * LOGO_HEIGHT / height)))
    return shown, min(LOGO_HEIGHT, max(1, round(height * shown / width)))


def logo_html(picture: PictureSet, *, href: Callable[[str], str]) -> Markup:
    """The element of the logo. It has no description of its own: the clinic's name stands beside it."""
    width, height = logo_size(*picture.kinds[-1].sizes[-1][:2])
    return picture_html(picture, "", href=href, sizes=f"{width}px", first=True, shown=(width, height))


def _listed(kind: PictureKind, href: Callable[[str], str]) -> str:
    return ", ".join(f"{href(key)} {width}w" for width, _, key in kind.sizes)
