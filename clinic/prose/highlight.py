"""Code with Pygments' classes, and the one stylesheet that gives them colours: no inline styles anywhere."""

import xml.etree.ElementTree as ET

MAX_CODE = 100_000
"""Longer code is shown without colours: some of Pygments' lexers take their time."""

_LIGHT = {
    "Comment": "#55606b",
    "Keyword": "#8a1c5d",
    "Name.Builtin": "#5b3a9e",
    "Name.Function": "#5b3a9e",
    "Name.Class": "#5b3a9e",
    "Name.Tag": "#1d5b2a",
    "Name.Attribute": "#7a4300",
    "String": "#1d5b2a",
    "Number": "#0a4f8f",
    "Operator.Word": "#8a1c5d",
    "Generic.Deleted": "#a01525",
    "Generic.Inserted": "#1d5b2a",
    "Generic.Heading": "#0a4f8f",
    "Error": "#a01525",
}
_DARK = {
    "Comment": "#a3adb8",
    "Keyword": "#f39ac7",
    "Name.Builtin": "#c9b3f5",
    "Name.Function": "#c9b3f5",
    "Name.Class": "#c9b3f5",
    "Name.Tag": "#93d8a2",
    "Name.Attribute": "#f0bd83",
    "String": "#93d8a2",
    "Number": "#92c7f7",
    "Operator.Word": "#f39ac7",
    "Generic.Deleted": "#ff9aa5",
    "Generic.Inserted": "#93d8a2",
    "Generic.Heading": "#92c7f7",
    "Error": "#ff9aa5",
}
LIGHT_GROUND, LIGHT_TEXT = "#f5f7f8", "#1b2329"
DARK_GROUND, DARK_TEXT = "#171d22", "#e6ebef"


def code_block(code: str, language: str) -> ET.Element:
    """The element of a block of code: `div.highlight > pre > code`, with a span of Pygments' class for each piece.

    A language that Pygments does not know, or none, gives plain code.
    """
    holder = ET.Element("div", {"class": "highlight"})
    element = ET.SubElement(ET.SubElement(holder, "pre"), "code")
    if not language or len(code) > MAX_CODE:
        element.text = code
        return holder
    # Imported when first needed: hardly any page has code.
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415
    from pygments.token import STANDARD_TYPES, Token  # noqa: PLC0415
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        element.text = code
        return holder
    last: ET.Element | None = None
    for token, value in lexer.get_tokens(code):
        while token not in STANDARD_TYPES:  # a lexer's own kind is shown like the kind it belongs to
            token = token.parent or Token  # noqa: PLW2901
        name = STANDARD_TYPES[token]
        if name:
            last = ET.SubElement(element, "span", {"class": name})
            last.text = value
        elif last is None:
            element.text = (element.text or "") + value
        else:
            last.tail = (last.tail or "") + value
    return holder


def stylesheet() -> str:
    """The CSS of highlighted code, for light and dark schemes; every colour has 4.5:1 on its ground (WCAG 1.4.3)."""
    dark = _rules(_DARK, DARK_GROUND, DARK_TEXT)
    return _rules(_LIGHT, LIGHT_GROUND, LIGHT_TEXT) + "@media (prefers-color-scheme: dark) {\n" + dark + "}\n"


def _rules(colours: dict[str, str], ground: str, text: str) -> str:
    from pygments.token import STANDARD_TYPES, string_to_tokentype  # noqa: PLC0415 - see code_block

    css = [f".highlight {{ background: {ground}; color: {text}; }}\n"]
    for name, colour in colours.items():
        group = string_to_tokentype(name)
        classes = sorted(short for token, short in STANDARD_TYPES.items() if short and _is_kind_of(token, group))
        css.append(", ".join(f".highlight .{short}" for short in classes) + f" {{ color: {colour}; }}\n")
    return "".join(css)


def _is_kind_of(token: object, group: object) -> bool:
    """Whether a kind of token is another or one of its parts (Pygments' kinds are tuples of names)."""
    assert isinstance(token, tuple)
    assert isinstance(group, tuple)
    return token[: len(group)] == group
