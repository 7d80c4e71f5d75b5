"""Slots: the places in a parsed body that views fill with what other files decide (clinic/prose/body.py)."""

import html as entities
import re
from collections.abc import Callable

from clinic.prose.body import SLOT_CLOSE, SLOT_OPEN

_SLOT = re.compile(f"{SLOT_OPEN}([a-z-]+):([^{SLOT_OPEN}{SLOT_CLOSE}]*){SLOT_CLOSE}")
_TAG = re.compile(r"<[^<>]*>")
_BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|td|th|dt|dd|tr|summary|pre|blockquote)>|<br>")


def make_slot(kind: str, value: str) -> str:
    """The slot of a kind and value.

    Raises:
        ValueError: the value holds a character that opens or closes slots.
    """
    if SLOT_OPEN in value or SLOT_CLOSE in value:
        raise ValueError("a slot cannot hold a slot")
    return f"{SLOT_OPEN}{kind}:{value}{SLOT_CLOSE}"


def fill(html: str, resolve: Callable[[str, str], str]) -> str:
    """`html` with every slot filled by `resolve(kind, value)`, which gives HTML that is safe where the slot stands.

    A `link` slot is the whole value of an href; a `factblock` slot stands where a paragraph would.
    """
    return _SLOT.sub(lambda found: resolve(found[1], found[2]), html) if SLOT_OPEN in html else html


def plain(html: str, resolve: Callable[[str, str], str] | None = None) -> str:
    """The words of `html` on one line, without tags.

    `resolve` gives the text of each slot; without it facts stand as written, and pictures and citations are left out.
    """
    text = entities.unescape(_TAG.sub("", _BLOCK_END.sub(" ", html)))
    if resolve is not None:
        words = resolve
        text = _SLOT.sub(lambda found: words(found[1], found[2]), text)
    else:
        text = _SLOT.sub(_fact_as_written, text)
    return " ".join(text.split())


def _fact_as_written(found: re.Match[str]) -> str:
    return f"{{{{ {found[2]} }}}}" if found[1] in {"fact", "factblock"} else ""
