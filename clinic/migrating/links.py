"""Links of a stock Pelican page, `{filename}about.md` and their like, become links of ours. Nothing else is touched."""

import html
import posixpath
import re
from collections.abc import Callable, Iterator
from urllib.parse import quote, unquote

_WHAT = r"[{|](?P<what>filename|static|attach|tag|category|author|index)[|}]"
_MARKED = re.compile(
    rf"(?:(?<=\()|(?<=\( )|(?<=\]: )|(?<=\]:)){_WHAT}(?P<value>(?:[^\s()\"'<>]|\([^\s()]*\)|[ ](?=[^\s()\"'<>]))*)"
)
"""Pelican follows a name with a space in it, too: only a title or the end of the link ends it."""

_IN_ANGLES = re.compile(rf"<{_WHAT}(?P<value>[^<>\n]*)>")
_IN_QUOTES = re.compile(rf"(?<==)(?P<quote>[\"']){_WHAT}(?P<value>[^\"'<>\n]*)(?P=quote)")
_PLAIN = re.compile(
    r"(?P<before>\]\(\s*<?|^ {0,3}\[[^\]\n]+\]:\s*<?)(?P<target>(?:https?:)?/[^\s)>\"']*)", re.MULTILINE
)
_FENCE = re.compile(r"^ {0,3}(?P<sign>`{3,}|~{3,})", re.MULTILINE)
_SPAN = re.compile(r"(?<!`)(?P<ticks>`+)(?!`).{1,2000}?(?<!`)(?P=ticks)(?!`)", re.DOTALL)

Resolve = Callable[[str, str], str | None]
"""The new target of a link, by what it is (`filename`, …, or empty for a plain address) and what it leads to."""


def without_code(body: str) -> str:
    """The text with spaces in place of all code, so that every other character stands where it stood."""
    found: list[tuple[int, int]] = []
    opened: re.Match[str] | None = None
    for fence in _FENCE.finditer(body):
        if opened is None:
            opened = fence
        elif fence["sign"].startswith(opened["sign"]):
            found.append((opened.start(), fence.end()))
            opened = None
    if opened is not None:
        found.append((opened.start(), len(body)))
    plain = _blanked(body, found)
    return _blanked(plain, [one.span() for one in _SPAN.finditer(plain) if "\n\n" not in one[0]])


def _blanked(text: str, stretches: list[tuple[int, int]]) -> str:
    pieces: list[str] = []
    done = 0
    for start, end in stretches:
        pieces += [text[done:start], " " * (end - start)]
        done = end
    return "".join([*pieces, text[done:]])


def relinked(body: str, resolve: Resolve) -> tuple[str, list[tuple[int, str]]]:
    """The text with its links led where `resolve` says, and those that lead nowhere, each with its offset."""
    lost: list[tuple[int, str]] = []
    pieces: list[str] = []
    done = 0
    for start, end, what, value, form in sorted(_found(without_code(body))):
        if start < done:
            continue
        target = resolve(what, value)
        if target is None:
            if what:
                lost.append((start, body[start:end].strip("<>\"'")))
            continue
        pieces += [body[done:start], form.format(target)]
        done = end
    return "".join([*pieces, body[done:]]), lost


def _found(body: str) -> Iterator[tuple[int, int, str, str, str]]:
    """Every link that may have to change: where it begins and ends, what it is, and how it is written again."""
    if "{" in body or "|" in body:
        for one in _IN_ANGLES.finditer(body):
            yield *one.span(), one["what"], one["value"], "{}"
        for one in _IN_QUOTES.finditer(body):
            yield *one.span(), one["what"], one["value"], f"{one['quote']}{{}}{one['quote']}"
        for one in _MARKED.finditer(body):
            yield *one.span(), one["what"], one["value"], "{}"
    for one in _PLAIN.finditer(body):
        yield *one.span("target"), "", one["target"], "{}"


def parted(value: str) -> tuple[str, str]:
    """A link's path, its codes read, and what follows it: a query, an anchor."""
    plain = html.unescape(value)
    at = min((where for where in (plain.find("?"), plain.find("#")) if where >= 0), default=len(plain))
    return unquote(plain[:at]), plain[at:]


def source_of(path: str, page: str) -> str:
    """The file of the earlier content folder that a link's path means, in the file at `page`."""
    if path.startswith("/"):
        return posixpath.normpath(path.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path))


def between(origin: str, target: str) -> str:
    """The link from one file of the new content folder to another."""
    return quote(posixpath.relpath(target, posixpath.dirname(origin) or "."))
