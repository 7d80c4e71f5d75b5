"""The types of single values: text, choices, names, addresses, numbers. Each reads a node or says what is wrong."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from clinic.model.reading import ABSENT, Absent, Reading, Where, items_of
from clinic.problems import Problem, nearest
from clinic.problems.catalogue.appointments import NOT_ENCRYPTED
from clinic.problems.catalogue.fields import (
    ADDRESS_WITH_QUERY,
    LINE_BREAK,
    LONG_TEXT,
    MARKUP_IN_TEXT,
    NOT_A_CHOICE,
    NOT_A_COLOUR,
    NOT_A_LANGUAGE,
    NOT_A_PHONE,
    NOT_A_URL,
    NOT_AN_ADDRESS,
    NOT_AN_EMAIL,
    NOT_AN_ID,
    NOT_MONTHS,
    NOT_NPI,
    NOT_NUMBERS,
    NOT_TEXT,
    NOT_YES_NO,
    TOO_LONG,
    UNSAFE_ADDRESS,
)
from clinic.problems.catalogue.header import SECOND_COLON
from clinic.source.hosts import imitates
from clinic.source.nodes import MapNode, Node, ScalarNode
from clinic.source.values import quoted

Value = TypeVar("Value")
Made = TypeVar("Made")

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MARKUP = re.compile(r"</?[a-zA-Z!][^>]*>?")
_E164 = re.compile(r"\+(?:1[2-9][0-9]{2}[2-9][0-9]{6}|[2-9][0-9]{7,14})")
"""ITU-T E.164; in North America exactly ten digits after the 1, as its numbering plan has them."""
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_ALIAS = re.compile(r"/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*")
_SCRIPTED = re.compile(r"^\s*(?:javascript|vbscript|data)\s*:", re.IGNORECASE)


def name_of(where: Where) -> str:
    """The key that an editor would name for a place in the header."""
    return next((str(step) for step in reversed(where) if isinstance(step, str)), "")


def slug_of(text: str) -> str:
    """The name a-z 0-9 - nearest to a text: for suggestions only, never for addresses."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower())) or "name"


def is_id(text: str) -> bool:
    """Whether a text can be a name: small letters, digits and dashes."""
    return _ID.fullmatch(text) is not None


def one_text(node: Node, reading: Reading, where: Where, says: str) -> str | Absent:
    """The text of a single value on one line."""
    if not isinstance(node, ScalarNode):
        reading.found(_with_a_colon(node, reading) or NOT_TEXT(reading.path, node.span, key=name_of(where), says=says))
        return ABSENT
    text = unicodedata.normalize("NFC", node.text.strip())
    if "\n" in text:
        reading.found(LINE_BREAK(reading.path, node.span, key=name_of(where)))
        return ABSENT
    return text


def _with_a_colon(node: Node, reading: Reading) -> Problem | None:
    """The problem of a text with a colon ("lumbago: an old word"), which was read as a field and its value."""
    if not isinstance(node, MapNode) or node.span.line != node.span.end_line:
        return None
    ((key, value),) = tuple(node)
    if not isinstance(value, ScalarNode):
        return None
    sure = not key.quoted and not value.quoted
    whole = quoted(f"{key.text}: {value.text}".rstrip())
    return SECOND_COLON(
        reading.path, node.span, column=key.span.end_column, quoted=whole, replacement=whole if sure else None
    )


@dataclass(frozen=True)
class Text:
    """Words on one line. Longer than `warn` is a warning, longer than `most` an error."""

    warn: int = 0
    most: int = 600
    says: str = "a few words"

    def read(self, node: Node, reading: Reading, where: Where) -> str | Absent:
        """The text, in Unicode's composed form."""
        text = one_text(node, reading, where, self.says)
        if text is ABSENT:
            return ABSENT
        key = name_of(where)
        if markup := _MARKUP.search(text):
            reading.found(MARKUP_IN_TEXT(reading.path, node.span, key=key, value=markup[0]))
        if len(text) > self.most:
            reading.found(TOO_LONG(reading.path, node.span, key=key, length=len(text), limit=self.most))
        elif self.warn and len(text) > self.warn:
            reading.found(LONG_TEXT(reading.path, node.span, key=key, length=len(text), limit=self.warn))
        return text


@dataclass(frozen=True)
class Choice:
    """One of a closed set of words."""

    choices: tuple[str, ...]

    @property
    def says(self) -> str:
        """The choices, listed."""
        return f"one of {', '.join(self.choices)}"

    def read(self, node: Node, reading: Reading, where: Where) -> str | Absent:
        """The word."""
        text = one_text(node, reading, where, self.says)
        if text is ABSENT or text in self.choices:
            return text
        close = nearest(text, self.choices)
        reading.found(
            NOT_A_CHOICE(
                reading.path,
                node.span,
                key=name_of(where),
                value=text,
                choices=", ".join(self.choices),
                hint=f'Did you mean "{close}"? Choose one of: {{choices}}.' if close else None,
                replacement=close,
            )
        )
        return ABSENT


@dataclass(frozen=True)
class YesNo:
    """yes or no, nothing else."""

    says: str = "yes or no"

    def read(self, node: Node, reading: Reading, where: Where) -> bool | Absent:
        """True for yes."""
        text = one_text(node, reading, where, self.says)
        if text is ABSENT:
            return ABSENT
        if text in {"yes", "no"}:
            return text == "yes"
        meant = {"true": "yes", "on": "yes", "1": "yes", "y": "yes", "false": "no", "off": "no", "0": "no", "n": "no"}
        right = meant.get(text.lower(), text.lower() if text.lower() in {"yes", "no"} else None)
        reading.found(NOT_YES_NO(reading.path, node.span, key=name_of(where), value=text, replacement=right))
        return ABSENT


@dataclass(frozen=True)
class Id:
    """The name of something else: a file's name without its ending, or a name of clinic.yaml."""

    says: str = "a name of small letters, digits and dashes"

    def read(self, node: Node, reading: Reading, where: Where) -> str | Absent:
        """The name."""
        text = one_text(node, reading, where, self.says)
        if text is ABSENT or _ID.fullmatch(text):
            return text
        right = slug_of(text.removesuffix(".md"))
        reading.found(NOT_AN_ID(reading.path, node.span, value=text, right=right))
        return ABSENT


@dataclass(frozen=True)
class Pattern:
    """Text of one form only; the rule says what is wrong with any other."""

    pattern: re.Pattern[str]
    says: str
    wrong: object = field(repr=False)

    def read(self, node: Node, reading: Reading, where: Where) -> str | Absent:
        """The text."""
        text = one_text(node, reading, where, self.says)
        if text is ABSENT or self.pattern.fullmatch(text):
            return text
        reading.found(self.wrong(reading.path, node.span, key=name_of(where), value=text))  # type: ignore[operator]
        return ABSENT


EMAIL = Pattern(_EMAIL, "an e-mail address", NOT_AN_EMAIL)
"""An e-mail address, in the plain form that people write."""

PHONE = Pattern(_E164, 'a number such as "+15035550100"', NOT_A_PHONE)
"""A phone number in the form of ITU-T E.164."""

LANGUAGE = Pattern(_LANGUAGE, "the code of a language, such as en", NOT_A_LANGUAGE)
"""A language tag: language, script and region of BCP 47."""

COLOUR = Pattern(_COLOUR, 'a colour such as "#0b5f6b"', NOT_A_COLOUR)
"""A colour of sRGB, as # and six hexadecimal digits."""


@dataclass(frozen=True)
class Url:
    """A web address; `secure` asks for https."""

    secure: bool = False
    says: str = "a web address beginning with https://"

    def read(self, node: Node, reading: Reading, where: Where) -> str | Absent:
        """The address."""
        text = one_text(node, reading, where, self.says)
        if text is ABSENT:
            return ABSENT
        if imitation := imitates(text):
            hint = 'The letter "{}" in it is of another alphabet and only looks like "{}": copy the address anew.'
            reading.found(UNSAFE_ADDRESS(reading.path, node.span, value=text, hint=hint.format(*imitation)))
            return ABSENT
        if _SCRIPTED.match(text):
            reading.found(UNSAFE_ADDRESS(reading.path, node.span, value=text))
            return ABSENT
        try:
            parts = urlsplit(text)
            host = parts.hostname or ""
            _ = parts.port
        except ValueError:
            parts, host = urlsplit(""), ""
        if self.secure and parts.scheme == "http" and host:
            reading.found(NOT_ENCRYPTED(reading.path, node.span, value=text))
            return ABSENT
        schemes = {"https"} if self.secure else {"https", "http"}
        if parts.scheme not in schemes or not re.fullmatch(r"[A-Za-z0-9.-]+", host) or re.search(r'[\s<>"]', text):
            reading.found(NOT_A_URL(reading.path, node.span, key=name_of(where), value=text))
            return ABSENT
        return text


@dataclass(frozen=True)
class Alias:
    """An old address of this site that must keep working."""

    says: str = "an old address such as /old-page/"

    def read(self, node: Node, reading: Reading, where: Where) -> str | Absent:
        """The path, as written."""
        text = one_text(node, reading, where, self.says)
        if text is ABSENT:
            return ABSENT
        if "?" in text or "#" in text:
            reading.found(ADDRESS_WITH_QUERY(reading.path, node.span, value=text))
            return ABSENT
        # Percent-encoding is undone first: `%2e%2e` is `..` to whoever writes the file.
        plain = unquote(text, errors="replace")
        steps = plain.split("/")
        odd = any(not sign.isprintable() or sign in '\\:*?"<>|#\ufffd' for sign in plain)
        if not _ALIAS.fullmatch(text) or plain == "/" or odd or {"..", "."} & set(steps) or "" in steps[1:-1]:
            hint = "This is the address of the first page: take it out." if plain == "/" else None
            reading.found(NOT_AN_ADDRESS(reading.path, node.span, value=text, hint=hint))
            return ABSENT
        return text


@dataclass(frozen=True)
class Months:
    """A number of months, written `24 months`."""

    most: int = 36
    says: str = "a span such as 24 months"

    def read(self, node: Node, reading: Reading, where: Where) -> int | Absent:
        """How many months, 1 to `most`."""
        text = one_text(node, reading, where, self.says)
        if text is ABSENT:
            return ABSENT
        match = re.fullmatch(r"([0-9]{1,3}) months?", text)
        if match and 1 <= int(match[1]) <= self.most:
            return int(match[1])
        reading.found(NOT_MONTHS(reading.path, node.span, value=text))
        return ABSENT


@dataclass(frozen=True)
class Npi:
    """A National Provider Identifier: ten digits, the last a Luhn check over 80840 and the others (45 CFR 162.406)."""

    says: str = "the ten digits of the identifier"

    def read(self, node: Node, reading: Reading, where: Where) -> str | Absent:
        """The digits."""
        text = one_text(node, reading, where, self.says)
        if text is ABSENT:
            return ABSENT
        if re.fullmatch(r"[0-9]{10}", text):
            digits = [int(digit) for digit in reversed("80840" + text)]
            doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
            if (sum(digits[::2]) + sum(doubled)) % 10 == 0:
                return text
        reading.found(NOT_NPI(reading.path, node.span, value=text))
        return ABSENT


@dataclass(frozen=True)
class Coordinates:
    """Degrees north and east, written `[45.5152, -122.6784]`."""

    says: str = "two numbers in brackets, such as [45.5152, -122.6784]"

    def read(self, node: Node, reading: Reading, where: Where) -> tuple[float, float] | Absent:
        """Latitude and longitude in degrees (WGS 84)."""
        items = items_of(node) or ()
        texts = [item.text for item in items if isinstance(item, ScalarNode)]
        if len(texts) == 2 and all(re.fullmatch(r"-?[0-9]{1,3}(?:\.[0-9]{1,8})?", text) for text in texts):
            north, east = float(texts[0]), float(texts[1])
            if abs(north) <= 90 and abs(east) <= 180:
                return north, east
        reading.found(NOT_NUMBERS(reading.path, node.span, key=name_of(where)))
        return ABSENT
