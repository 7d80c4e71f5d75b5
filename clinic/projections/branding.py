"""What shows the clinic where its pages can't: icons for tabs and home screens, and cards for pages passed on.

Browsers ask for /favicon.ico by themselves wherever a file names no icon of its own (downloads, old addresses, the
feed), and those that can't show SVG do on every visit; so there is one, or each would be answered "not found". Nothing
asks for a web app's manifest, so there is none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PIL import features

from clinic import colour
from clinic.assets import AssetProblem
from clinic.cache import Cache, key_for
from clinic.library import drawings
from clinic.library.drawings import Flaw
from clinic.library.library import Library
from clinic.projections.pictures import recipe
from clinic.salt import code_of

if TYPE_CHECKING:
    from PIL import Image

FALLBACK = "favicon.ico"
"""The key of the icon that browsers ask for by themselves, at the root of the host."""

_CODE = (
    Path(__file__),
    *(Path(__file__).with_name(name) for name in ("cards.py", "icons.py")),
    *(Path(module.__file__ or "") for module in (colour, drawings)),
)
"""The code that draws."""

_LETTERS = ("freetype2", "harfbuzz", "raqm")
"""The libraries below Pillow that shape letters."""


class _Files(msgspec.Struct, array_like=True):
    """What is remembered."""

    fallback: bytes
    assets: dict[str, bytes]


@dataclass(frozen=True)
class Brand:
    """The files that stand for the clinic."""

    assets: Mapping[str, bytes]
    """Further assets by name: `touch-icon.png`, `card-<kind>.png`, and `tab-icon.png` where it takes the place of the
    theme's icon."""
    fallback: bytes
    """What stands at `FALLBACK`."""


def brand(library: Library, *, static: Path, content: Path, cache: Cache, kinds: Mapping[str, str]) -> Brand:
    """The clinic's icons and cards: from its logo where that can stand in a square, else from the theme's icon.

    Args:
        library: the content.
        static: the theme's static files: `icon.svg` is its icon.
        content: where the logo is read from.
        cache: remembers what was made.
        kinds: what to call the pages of each card, by the card's name; nothing for a card of no kind.

    Raises:
        AssetProblem: the theme's icon holds more than plain shapes.
        OSError: a file can't be read.
    """
    clinic = library.clinic
    drawn = (static / "icon.svg").read_bytes()
    logo = library.pictures.get(library.photo_path(clinic.logo)) if clinic.logo else None
    usable = logo is not None and logo.readable and logo.format != "SVG"
    digest = logo.digest if logo is not None and usable else ""
    code = code_of(*_CODE)
    versions = " ".join(f"{name}={features.version(name)}" for name in _LETTERS)
    key = key_for(
        "brand", code, recipe(), versions, clinic.name, clinic.accent, repr(sorted(kinds.items())), drawn, digest
    )
    if (known := cache.get(key)) is not None:
        files = msgspec.msgpack.decode(known, type=_Files)
        return Brand(files.assets, files.fallback)
    from clinic.projections import icons  # noqa: PLC0415 - what draws is loaded where something is drawn

    mark = icons.mark_of_logo((content / logo.path).read_bytes(), logo.width, logo.height) if logo and usable else None
    files = _made(clinic.name, clinic.accent, kinds, mark, static, drawn)
    cache.put(key, msgspec.msgpack.encode(files))
    return Brand(files.assets, files.fallback)


def _made(
    name: str, accent: str, kinds: Mapping[str, str], mark: "Image.Image | None", static: Path, drawn: bytes
) -> _Files:
    from clinic.projections import cards, icons  # noqa: PLC0415 - as above

    own = mark is not None
    if mark is None:
        try:
            mark = icons.mark_of_drawing(drawn, accent)
        except Flaw as flaw:
            sentence = f"The theme's icon can't be made into a picture: {flaw.words}. Draw it with plain shapes."
            raise AssetProblem(static / "icon.svg", flaw.line, sentence) from flaw
    made = icons.icons_of(mark)
    shades = colour.accent(accent)
    assets = {"touch-icon.png": made.touch}
    if own:
        assets["tab-icon.png"] = made.tab
    for kind, said in kinds.items():
        assets[f"card-{kind}.png"] = cards.card(name, said, accent=shades.light, on_accent=shades.on_light, mark=mark)
    return _Files(made.fallback, assets)
