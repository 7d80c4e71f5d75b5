"""The theme's static files under names that hold their hash: once published, an asset never changes.

The files in `static/style/` are joined, in the order of their names, to the one stylesheet, `style.css`. Every
`url(...)` in them is rewritten to the hashed name before the stylesheet is hashed itself.
"""

import hashlib
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import msgspec

from clinic.cache import Cache, key_for
from clinic.colour import accent as shades
from clinic.colour import written
from clinic.salt import salt

if TYPE_CHECKING:
    import tinycss2

CONTENT_TYPES = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
"""The types of files that a theme may bring along (IANA media types); the machine's own table is never asked."""

STYLE = "style.css"
"""The name of the one stylesheet."""

SCRIPT = "search.js"
"""The name of the one script, which the search page alone brings; a theme may be without."""

ICON_COLOUR = 'color="#0b5f6b"'
"""What an SVG file of the theme says where it takes the clinic's accent colour."""


class AssetProblem(Exception):  # noqa: N818 - a problem, as everywhere in this project
    """A static file of the theme cannot be used. A fault of the theme, so of the whole site."""

    def __init__(self, path: Path, line: int, sentence: str) -> None:
        """`path` and `line` (from 1) say where, `sentence` says what is wrong and how to mend it."""
        super().__init__(f"{path}:{line}: {sentence}")
        self.path = path
        self.line = line
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Asset:
    """One file, ready to publish."""

    key: str
    """Its path below the site's address: `a/<name>.<hash>.<ending>`."""
    body: bytes
    """What it holds."""
    content_type: str
    """Its media type."""


@dataclass(frozen=True, slots=True)
class BuiltAssets:
    """All assets of a build."""

    files: tuple[Asset, ...]
    """The files, by key."""
    addresses: Mapping[str, str]
    """The address of each, from the root of the host, by its name in the theme ("style.css")."""

    def address(self, name: str) -> str:
        """The address of an asset by its name in the theme.

        Raises:
            KeyError: the theme has no such file.
        """
        return self.addresses[name]


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(BuiltAssets)


def build_assets(
    static: Path,
    *,
    accent: str,
    prefix: str,
    site: str = "",
    code_css: str = "",
    extra: Mapping[str, bytes] | None = None,
    cache: Cache | None = None,
) -> BuiltAssets:
    """The theme's static files, hashed.

    Args:
        static: the folder; files whose names begin with a dot are left out.
        accent: the clinic's colour, `#rrggbb`: it stands before the stylesheet as custom properties.
        prefix: the path of the site's address, with a slash at both ends ("/", "/clinic/").
        site: the host of the site's address with its scheme ("https://clinic.example"): with it paper can show the
            whole address of a link that says only the path.
        code_css: what stands after the stylesheet: the colours of code.
        extra: further files by name, the clinic's logo.
        cache: remembers what was made of the same files.

    Raises:
        AssetProblem: a file is of a type that a site may not have, or a stylesheet stands elsewhere or names a file
            that is not there.
        OSError: a file cannot be read.
        ValueError: the accent is not of the form `#rrggbb`.
    """
    sources = {path.relative_to(static).as_posix(): path.read_bytes() for path in _files(static)}
    sources.update(extra or {})
    if cache is None:
        return _built(static, sources, accent, prefix, site, code_css)
    named = (part for name, body in sorted(sources.items()) for part in (name, body))
    key = key_for("assets", salt(), accent, prefix, site, code_css, *named)
    known = _decoded(cache.get(key))
    if known is not None:
        return known
    made = _built(static, sources, accent, prefix, site, code_css)
    cache.put(key, _ENCODER.encode(made))
    return made


def _decoded(data: bytes | None) -> BuiltAssets | None:
    try:
        return _DECODER.decode(data) if data is not None else None
    except msgspec.MsgspecError:
        return None


def _built(
    static: Path, sources: Mapping[str, bytes], accent: str, prefix: str, site: str, code_css: str
) -> BuiltAssets:
    import tinycss2  # noqa: PLC0415 - it takes a while, and most builds find in the cache what is made with it

    colours = shades(accent)
    sheets = sorted(name for name in sources if name.endswith(".css"))
    made: dict[str, Asset] = {}
    for name in sorted(set(sources) - set(sheets)):
        body = sources[name]
        if name.endswith(".svg"):
            body = body.replace(ICON_COLOUR.encode(), f'color="{written(colours.light)}"'.encode())
        elif name == SCRIPT:
            body = lean_script(_text(static / name, body)).encode()
        made[name] = _asset(static, name, body)
    tokens = tinycss2.parse_component_value_list(f'{colours.css}:root{{--site:"{site}"}}')
    for name in sheets:
        if not name.startswith("style/"):
            raise AssetProblem(static / name, 1, 'There is one stylesheet: move this file into the folder "style".')
        tokens += _sheet(static, name, _text(static / name, sources[name]), made)
    tokens += tinycss2.parse_component_value_list(code_css, skip_comments=True)
    made[STYLE] = _asset(static, STYLE, f"{tinycss2.serialize(_tight(tokens))}\n".encode())
    return BuiltAssets(
        files=tuple(sorted(made.values(), key=lambda each: each.key)),
        addresses={name: prefix + asset.key for name, asset in sorted(made.items())},
    )


def _files(static: Path) -> list[Path]:
    return sorted(path for path in static.rglob("*") if path.is_file() and not path.name.startswith("."))


def _asset(static: Path, name: str, body: bytes) -> Asset:
    path = PurePosixPath(name)
    content_type = CONTENT_TYPES.get(path.suffix.lower())
    if content_type is None:
        known = ", ".join(sorted(CONTENT_TYPES))
        raise AssetProblem(static / name, 1, f'A site has no files that end in "{path.suffix}". It may have: {known}.')
    mark = hashlib.blake2b(body, digest_size=8).hexdigest()
    flat = "-".join([*path.parent.parts, path.stem])
    return Asset(f"a/{flat}.{mark}{path.suffix.lower()}", body, content_type)


def _text(path: Path, body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as mistake:
        line = body.count(b"\n", 0, mistake.start) + 1
        raise AssetProblem(path, line, "The file is not UTF-8. Save it again as UTF-8.") from mistake


_QUOTED = re.compile(r"('(?:[^'\\\n]|\\.)*')")
_NOT_LEAN = re.compile(r'["`]|/\*|[-+] +[-+]')
_BESIDE_SIGNS = re.compile(r" *([-=+*<>!&|?:,;{}()\[\]]+) *")


def lean_script(source: str) -> str:
    """A script without lines of comment, without indentation, and without spaces beside signs but in quoted texts.

    For scripts written for it: texts in single quotes only, no apostrophe and no such space in a regular expression, a
    comment on lines of its own. One with a double quote, a backtick, `/*` or `+ +` keeps its spaces.
    """
    lines = (line.strip() for line in source.splitlines())
    text = "\n".join(line for line in lines if line and not line.startswith("//"))
    if _NOT_LEAN.search(text):
        return source
    parts = _QUOTED.split(text)
    text = "".join(part if at % 2 else _BESIDE_SIGNS.sub(r"\1", part) for at, part in enumerate(parts))
    return re.sub(r"(?<=[;,{(])\n", "", text) + "\n"


def _sheet(static: Path, name: str, text: str, made: Mapping[str, Asset]) -> "list[tinycss2.ast.Node]":
    """The tokens of one file of the stylesheet, without comments, its addresses hashed."""
    import tinycss2  # noqa: PLC0415 - as above

    tokens: list[tinycss2.ast.Node] = tinycss2.parse_component_value_list(text, skip_comments=True)
    _rewrite(static, name, tokens, made)
    return tokens


def _rewrite(static: Path, name: str, tokens: "list[tinycss2.ast.Node]", made: Mapping[str, Asset]) -> None:
    """Puts hashed names in place of every address; beside the stylesheet, since all assets are in one folder."""
    for token in tokens:
        if token.type == "url":
            _point(static, name, token, token, made)
        elif token.type == "function" and token.lower_name == "url":
            for argument in token.arguments:
                if argument.type == "string":
                    _point(static, name, token, argument, made)
        for part in ("content", "arguments"):
            inner = getattr(token, part, None)
            if inner and not (token.type == "function" and token.lower_name == "url"):
                _rewrite(static, name, inner, made)


def _point(
    static: Path, name: str, place: "tinycss2.ast.Node", token: "tinycss2.ast.Node", made: Mapping[str, Asset]
) -> None:
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), token.value))
    if target not in made:
        sentence = f'There is no file "{token.value}" beside this stylesheet. A site takes nothing from elsewhere.'
        raise AssetProblem(static / name, place.source_line, sentence)
    hashed = PurePosixPath(made[target].key).name
    token.value = hashed
    token.representation = f"url({hashed})" if token.type == "url" else f'"{hashed}"'


def _tight(tokens: "list[tinycss2.ast.Node]") -> "list[tinycss2.ast.Node]":
    """Without space where CSS never needs any: beside braces, commas and semicolons (CSS Syntax 3)."""
    kept: list[tinycss2.ast.Node] = []
    for at, token in enumerate(tokens):
        for part in ("content", "arguments"):
            inner = getattr(token, part, None)
            if inner:
                inner[:] = _tight(inner)
        if token.type == "whitespace":
            if at and tokens[at - 1].type == "whitespace":
                continue
            beside = [tokens[at - 1] if at else None, _next_word(tokens, at)]
            if any(each is None or each.type == "{} block" or each in ("{", ",", ";") for each in beside):
                continue
            token.value = " "
        kept.append(token)
    return kept


def _next_word(tokens: "list[tinycss2.ast.Node]", at: int) -> "tinycss2.ast.Node | None":
    """The next token that is no space: comments leave several spaces in a row."""
    return next((token for token in tokens[at + 1 :] if token.type != "whitespace"), None)
