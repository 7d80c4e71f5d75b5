"""Addresses of links and pictures: which are dangerous, however they are disguised, and where they end in the file."""

import html
import re
import unicodedata
from urllib.parse import unquote

from clinic.problems.catalogue import body as rules
from clinic.prose.marks import first_mark, strip_marks
from clinic.prose.reading import Reading
from clinic.source.hosts import imitates

ALLOWED_SCHEMES = frozenset({"http", "https", "mailto", "tel", "sms"})
"""Schemes that an address may have; `http` is judged by a rule of links."""

_RUNNING_NAMES = """
    javascript data vbscript livescript mocha jscript ecmascript blob file filesystem about view-source jar
"""
_RUNNING = frozenset(_RUNNING_NAMES.split())
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
_OTHER_HOST = re.compile(r"[/\\]{2}")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_TITLE = re.compile(r"""[ \t]+["'(]""")


def decoded(target: str) -> str:
    """A target without marks and the white space round it, its entities decoded: what a browser would get."""
    return html.unescape(strip_marks(target).strip())


def danger_of(target: str) -> tuple[str, str] | None:
    """Why an address must not reach a page: ("dangerous", the reason) or ("scheme", the scheme); None where it may.

    Browsers drop control characters and white space in and before a scheme, read a backslash as a slash, and take
    `//host` for another site (URL Standard, basic URL parser); fullwidth letters are taken for their plain forms here,
    and percent signs are decoded, so that a disguise is an error even where browsers would not fall for it.
    """
    seen = html.unescape(html.unescape(target))
    if "\ufffd" in seen or any(unicodedata.category(char) in _UNSEEN for char in seen):
        return "dangerous", "it has a character that can't be seen"
    plain = unicodedata.normalize("NFKC", unquote(unquote(seen)))
    plain = "".join(char for char in plain if not char.isspace() and unicodedata.category(char) not in _UNSEEN).lower()
    scheme = _SCHEME.match(plain)
    if scheme and scheme[1] in _RUNNING:
        return "dangerous", f'it begins with "{scheme[1]}:"'
    if _OTHER_HOST.match(plain):
        return "dangerous", "it begins with two slashes, so it leads to another site"
    if imitation := imitates(unquote(seen)):
        return "dangerous", '"{}" in it is a letter of another alphabet that looks like "{}"'.format(*imitation)
    if scheme and (scheme[1] not in ALLOWED_SCHEMES or not seen.strip().lower().startswith(scheme[0])):
        return "scheme", scheme[1]
    return None


def refuse(reading: Reading, target: str, start: int, end: int, thing: str) -> bool:
    """Whether an address must not be used; then it is reported. `thing` says whose address it is."""
    danger = danger_of(target)
    if danger is None:
        return False
    kind, reason = danger
    if kind == "scheme":
        reading.report(rules.UNKNOWN_ADDRESS_KIND, start, end, thing=thing, scheme=reason)
    else:
        reading.report(rules.DANGEROUS_ADDRESS, start, end, thing=thing, reason=reason)
    return True


def place_of(reading: Reading, marked: str, fallback: tuple[int, int]) -> tuple[int, int]:
    """The offsets of a target in the body, from the mark that came with it.

    The text around the mark says how it was written: in angle brackets, in round brackets (up to a title), or in the
    definition of a reference (up to white space).
    """
    start = first_mark(marked)
    if start is None:
        return fallback
    text = reading.text
    while text[start : start + 1] in {" ", "\t", "\n", ">"}:  # it may stand on the next line
        start += 1
    stop = reading.line_end(start)
    before = text[max(0, start - 80) : start].rstrip()
    if text[start - 1 : start] == "<":
        found = text.find(">", start, stop)
        return start, stop if found < 0 else found
    if before.endswith("]:"):
        end = start
        while end < stop and not text[end].isspace():
            end += 1
        return start, end
    return start, _bracket_end(text, start, stop)


def _bracket_end(text: str, start: int, stop: int) -> int:
    depth = 0
    end = stop
    for position in range(start, stop):
        char = text[position]
        if char == "(":
            depth += 1
        elif char == ")":
            if depth == 0:
                end = position
                break
            depth -= 1
    title = _TITLE.search(text, start, end)
    if title:
        end = title.start()
    return start + len(text[start:end].rstrip())
