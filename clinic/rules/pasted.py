"""PST001 to PST005: what comes along when text is pasted from Word, from a web page or out of an e-mail.

Looked for in the lines of the file, within passages and values of the header: code, comments, the columns of a table
and the spaces that indent a list are no passages, so they stay as they are.
"""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from clinic.expressions import expression
from clinic.library.document import Document
from clinic.library.library import Library
from clinic.problems import Problem, Span
from clinic.problems.catalogue.pasted import DASHED_RANGE, FIXED_SPACES, HTML_SIGN, MANY_SPACES, WRAPPED_LINK
from clinic.rules.kept import kept
from clinic.rules.passages import Pages, english, judged, pages_of

FEWEST_FIXED = 3
"""Fixed spaces between ordinary words of one passage, from which on they were not put there on purpose."""

_KEYS = ("title", "summary", "name", "role", "why", "duration", "time_off", "fasting", "anesthesia")
_LISTS = ("also_called", "symptoms")
_FIXED = "(?:\u00a0|&nbsp;|&#160;|&#[xX][aA]0;)"
_GAP = expression(rf"(?:[ \t]|{_FIXED})+")
_MAY_BE_ODD = expression(r"[ \t\u00a0&](?:(?<=[ \t])[ \t,;]|(?<=\u00a0)|(?<=&)(?:nbsp|#160|#[xX][aA]0);)")
_HAS_FIXED = expression(_FIXED)
_BEFORE_COMMA = expression(rf"(?<=\w)(?:[ \t]|{_FIXED})+(?=[,;](?:\s|$))")
_CODE = expression(r"(`+)(?!`).+?(?<!`)\1(?!`)")
_BELONGS_BEFORE = expression(
    r"(?:\d|[\u00a7#+~<>=\u2248\u2264\u2265(\u00ab$]|\b(?:Dr|Mr|Mrs|Ms|Prof|St|No|Nr|p|pp|vs|Fig|[A-Z])\.)$"
)
_BELONGS_AFTER = expression(r"[\d\u2013\u2014%\u00b0:;!?\u00bb\u2026)=+\u2212-]")
_SIGN = expression(
    r"&amp;(?P<name>nbsp|amp|quot|apos|lt|gt|[lr][sd]quo|[nm]dash|hellip|bull|middot|eacute|ntilde|frac12|deg|#\d{2,5}|"
    r"#[xX][0-9a-fA-F]{2,4});"
)
_UNSURE = frozenset("\"'<>&|*_`[]{}\\#\u00a0")
_POINT = (
    r"(?:\d{1,4}(?:[:.,]\d{1,3})?(?: ?[ap]\.?m\b\.?)?|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:[a-z]{0,6}day)?s?\b|"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\b)"
)
_DASHES = "\u2012\u2013\u2014"
_RANGE = expression(rf"(?<![\w.,:/\u2013\u2014-]){_POINT} ?[\u2013\u2014\u2012] ?{_POINT}(?![\w\u2013\u2014-])")
_URL = expression(r"https?://[^\s<>\"'\\`|()]+(?:\([^\s<>()]*\)[^\s<>\"'\\`|()]*)*", re.IGNORECASE)
_FRAGMENT = expression(r"#?:~:text=.*$")
_PLAIN_URL = expression(r"https?://[\w.-]+\.[a-z]{2,}(?::\d+)?(?:[/?#][\w\-./?#=&%~+,:;@!$*]*)?", re.IGNORECASE)
_SHORTENERS = frozenset(
    {"bit.ly", "tinyurl.com", "t.co", "goo.gl", "ow.ly", "lnkd.in", "buff.ly", "rebrand.ly", "is.gd", "cutt.ly"}
)


class Piece(NamedTuple):
    """A part of a line of the file that patients read: line, column of its first character, the text."""

    line: int
    column: int
    text: str

    def span(self, start: int, end: int) -> Span:
        """Where some of its characters stand."""
        return Span.at(self.line, self.column + start, end - start)


def check(library: Library) -> Iterator[Problem]:
    """The problems of this family."""
    for document in judged(library):
        yield from of(document, said=english(document, library))


@kept
def of(document: Document, *, said: bool = True) -> Iterator[Problem]:
    """What one document alone tells. `said`: it is in English, so ranges can be written with words."""
    pages = pages_of(document)
    said = said and any(dash in document.text for dash in _DASHES)
    header = [Piece(*taken) for span in _values(document) for taken in pages.lines(span)]
    for piece in header:
        yield from _spaces(document.path, [piece])
        yield from _ranges(document.path, piece) if said else ()
    if "&amp;" in document.text:
        for heading in document.body.headings:
            for taken in pages.lines(heading.span):
                yield from _signs(document.path, Piece(*taken))
    below = document.text[len(document.front) :]
    if not (said or _MAY_BE_ODD.search(below) or any(each in below for each in ("\u00a0", "&amp;", "http"))):
        return
    told: set[Span] = set()
    for passage in document.body.passages:
        pieces = [Piece(*taken) for taken in pages.lines(passage.span)]
        for problem in _of_pieces(pages, pieces, said=said):
            if problem.span not in told:
                told.add(problem.span)
                yield problem


def _values(document: Document) -> Iterator[Span]:
    """Where the texts of the header stand."""
    header = document.header
    for key in _KEYS:
        if isinstance(getattr(header, key, None), str) and (key,) in document.places:
            yield document.at(key)
    for key in _LISTS:
        for number in range(len(getattr(header, key, ()))):
            if (key, number) in document.places:
                yield document.at(key, number)


def _of_pieces(pages: Pages, pieces: list[Piece], *, said: bool) -> Iterator[Problem]:
    path = pages.document.path
    yield from _spaces(path, pieces)
    fixed = "\u00a0" in pages.document.text
    for piece in pieces:
        if fixed:
            yield from _at_the_end(pages, piece)
        if "&amp;" in piece.text:
            yield from _signs(path, piece)
        if "http" in piece.text:
            yield from _links(path, piece)
        if said:
            yield from _ranges(path, piece)


def _spaces(path: str, pieces: list[Piece]) -> Iterator[Problem]:
    """Fixed and doubled spaces between the words of a passage."""
    alone: list[tuple[Piece, int, int]] = []
    for piece in (each for each in pieces if _MAY_BE_ODD.search(each.text)):
        code = [found.span() for found in _CODE.finditer(piece.text)] if "`" in piece.text else []
        for gap in _GAP.finditer(piece.text):
            start, end = gap.span()
            if start == 0 or end == len(piece.text) or any(low < end and start < high for low, high in code):
                continue
            fixed = _HAS_FIXED.search(gap[0])
            comma = _BEFORE_COMMA.match(piece.text, start)
            if fixed and fixed[0] == gap[0]:
                if not _belongs(piece.text, start, end):
                    alone.append((piece, start, end))
            elif comma or len(gap[0]) > 1:
                rule = FIXED_SPACES if fixed else MANY_SPACES
                yield rule(path, piece.span(start, end), replacement="" if comma else " ")
    if len(alone) >= FEWEST_FIXED:
        for piece in dict.fromkeys(piece for piece, _, _ in alone):
            places = [(start, end) for each, start, end in alone if each is piece]
            first, last = places[0][0], places[-1][1]
            mended = piece.text[:last]
            for start, end in reversed(places):
                mended = f"{mended[:start]} {mended[end:]}"
            yield FIXED_SPACES(path, piece.span(first, last), replacement=mended[first:])


def _belongs(text: str, start: int, end: int) -> bool:
    """Whether a fixed space keeps together what belongs together: a number and its unit, a title and a name."""
    return _BELONGS_BEFORE.search(text, 0, start) is not None or _BELONGS_AFTER.match(text, end) is not None


def _at_the_end(pages: Pages, piece: Piece) -> Iterator[Problem]:
    """Fixed spaces at the end of a line, where they can only be left over."""
    line = pages.line(piece.line)
    kept = line.rstrip(" \t\u00a0")
    if piece.column - 1 + len(piece.text) >= len(kept) and "\u00a0" in line[len(kept) :]:
        ends = "  " if line.endswith("  ") else ""
        yield FIXED_SPACES(
            pages.document.path, Span.at(piece.line, len(kept) + 1, len(line) - len(kept)), replacement=ends
        )


def _signs(path: str, piece: Piece) -> Iterator[Problem]:
    """Signs that were written for HTML twice, so that patients see the code: "&amp;nbsp;"."""
    code = [found.span() for found in _CODE.finditer(piece.text)]
    for found in _SIGN.finditer(piece.text):
        if any(low <= found.start() < high for low, high in code):
            continue
        inner = html.unescape(f"&{found['name']};")
        meant = " " if inner == "\u00a0" else inner
        sure = meant not in _UNSURE and meant.isprintable()
        shown = "a space" if meant == " " else f'"{meant}"'
        yield HTML_SIGN(
            path,
            piece.span(*found.span()),
            replacement=meant if sure else None,
            found=f"&{found['name']};",
            meant=shown,
        )


def _ranges(path: str, piece: Piece) -> Iterator[Problem]:
    if not any(dash in piece.text for dash in _DASHES):
        return
    for found in _RANGE.finditer(piece.text):
        yield DASHED_RANGE(path, piece.span(*found.span()), words=found[0])


def _links(path: str, piece: Piece) -> Iterator[Problem]:
    if "http" not in piece.text:
        return
    for found in _URL.finditer(piece.text):
        written = html.unescape(found[0]).rstrip(".,;:!?*_")
        end = found.start() + len(found[0].rstrip(".,;:!?*_"))
        place = piece.span(found.start(), end)
        inner = _inner(written)
        if inner is not None:
            sure = inner if _PLAIN_URL.fullmatch(inner) else None
            says = "leads over another company, which sees who follows it"
            yield WRAPPED_LINK(path, place, replacement=sure, what=says, mend=_mend(sure))
        elif urlsplit(written).netloc.lower().removeprefix("www.") in _SHORTENERS:
            says = "is a short form that does not say where it leads, and that may stop to work"
            yield WRAPPED_LINK(
                path, place, what=says, mend="Follow it once, and write the address at which you arrive."
            )
        elif (tail := _FRAGMENT.search(piece.text[found.start() : end])) is not None:
            sure = piece.text[found.start() : found.start() + tail.start()]
            says = "ends in words that a browser marked when it was copied"
            yield WRAPPED_LINK(path, place, replacement=sure, what=says, mend=_mend(sure))


def _mend(address: str | None) -> str:
    return f"Write {address}" if address else "Open it, and copy the address of the page at which you arrive."


def _inner(written: str) -> str | None:
    """The address that a link was wrapped around by a mail program or a website; an empty text where it is hidden."""
    try:
        parts = urlsplit(written)
    except ValueError:
        return None
    host = parts.netloc.lower()
    wanted = None
    if host.endswith("safelinks.protection.outlook.com"):
        wanted = "url"
    elif re.fullmatch(r"(?:www\.)?google\.[a-z.]+", host) and parts.path == "/url":
        wanted = "q" if "q=" in parts.query else "url"
    elif host in {"l.facebook.com", "lm.facebook.com", "l.instagram.com"} and parts.path in {"/l.php", "/"}:
        wanted = "u"
    elif host in {"www.linkedin.com", "linkedin.com"} and parts.path.startswith("/redir/"):
        wanted = "url"
    elif host == "urldefense.com" and (found := re.search(r"/__(https?:/{1,2}.+?)__;", written)):
        return re.sub(r"^(https?):/+", r"\1://", unquote(found[1]))
    elif host in {"urldefense.proofpoint.com", "urldefense.com"} or host.endswith("mimecastprotect.com"):
        return ""
    if wanted is None:
        return None
    return (parse_qs(parts.query).get(wanted) or [""])[0]
