"""The interface in one language: its texts, and how it writes dates, times, lists and numbers.

Everything here depends on the language alone, never on the machine's locale or zone. Texts come from
`theme/locale/<language>/messages.po`; what a catalogue lacks is said in English, the language of the templates.
Forms of dates and numbers come from the Unicode CLDR, as the locked Babel holds it.
"""

import datetime as dt
import functools
import gettext
import hashlib
import io
import struct
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
from babel import Locale, UnknownLocaleError
from babel.core import get_locale_identifier, parse_locale
from babel.dates import format_date, format_skeleton, format_time, get_day_names
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.units import format_unit

from clinic.alphabet import first_letter, letters, order_key
from clinic.cache import Cache, key_for
from clinic.salt import salt

if TYPE_CHECKING:
    from babel.messages.catalog import TranslationError

FORMS = {"en": "en_AU"}
"""Languages whose plain tag stands for another of CLDR's: `en` takes the forms that read plainest to people of any
country (Thursday 26 November 2026; 8 am; a, b and c). `en-US` writes Thursday, November 26, 2026."""

FULL_DATES = {"en_AU": "EEEE d MMMM y"}
"""Dates in full, where CLDR's own form has a comma that says nothing; `full` elsewhere."""

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"})
"""Languages written from right to left, for those that CLDR does not know."""

RIGHT_TO_LEFT_SCRIPTS = frozenset({"adlm", "arab", "hebr", "mand", "nkoo", "rohg", "syrc", "thaa"})
"""Scripts written from right to left (ISO 15924), for tags that name theirs."""


class CatalogueProblem(Exception):  # noqa: N818 - a problem, as everywhere in this project
    """A catalogue of interface texts cannot be used. A fault of the theme, so of the whole site."""

    def __init__(self, path: Path, line: int, sentence: str) -> None:
        """`path` and `line` (from 1) say where, `sentence` says what is wrong and how to mend it."""
        super().__init__(f"{path}:{line}: {sentence}")
        self.path = path
        self.line = line
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Interface:
    """The interface in one language. Equal languages and catalogues make equal texts, anywhere."""

    lang: str
    """The language, as its page says it (BCP 47)."""
    direction: Literal["ltr", "rtl"]
    """Which way it is written."""
    digest: str
    """The fingerprint of its catalogue: part of the key of every page in this language."""
    locale: Locale = field(repr=False)
    """Where CLDR's forms are found."""
    texts: gettext.NullTranslations = field(repr=False)
    """The catalogue itself: texts with their `%(names)s` unfilled."""

    def gettext(self, message: str, /, **words: object) -> str:
        """The text in this language, its `%(names)s` filled from `words`; a per cent sign is written `%%`."""
        return self.texts.gettext(message) % words

    def ngettext(self, one: str, many: str, number: int, /, **words: object) -> str:
        """The text for this number of things; `%(num)s` is the number as the language writes it."""
        return self.texts.ngettext(one, many, number) % {"num": self.number(number), **words}

    def pgettext(self, context: str, message: str, /, **words: object) -> str:
        """The text in this language where it means what `context` says."""
        return self.texts.pgettext(context, message) % words

    def date(self, day: dt.date) -> str:
        """A day in full: "Thursday 26 November 2026"."""
        return _date(day, FULL_DATES.get(str(self.locale), "full"), self.locale)

    def long_date(self, day: dt.date) -> str:
        """A day in words without its weekday: "November 22, 2026"."""
        return _date(day, "long", self.locale)

    def month_day(self, day: dt.date) -> str:
        """A day without its year: "26 November"."""
        return _plain(format_skeleton("MMMMd", day, locale=self.locale))

    def time(self, time: dt.time) -> str:
        """A time of day: "8 am", "8:30 am"; "noon" and "midnight" in English, where 12 am is read both ways."""
        if not time.minute and not time.hour % 12 and self.locale.language == "en":
            return self.gettext("noon") if time.hour else self.gettext("midnight")
        pattern = str(self.locale.time_formats["short"].pattern)
        twelve_hours = "h" in pattern.lower() and any(sign in pattern for sign in "abB")
        if twelve_hours and not time.minute:
            return _plain(format_skeleton("h", time, locale=self.locale))
        return _plain(format_time(time.replace(tzinfo=None), "short", locale=self.locale))

    def moment(self, moment: dt.datetime) -> str:
        """A day and a time of it, as the moment's own zone counts: "Thursday 26 November 2026 at 8 am"."""
        return self.gettext("%(date)s at %(time)s", date=self.date(moment.date()), time=self.time(moment.time()))

    def time_range(self, opens: dt.time, closes: dt.time) -> str:
        """From one time to another: "8 am to 5 pm"."""
        return self.gettext("%(first)s to %(last)s", first=self.time(opens), last=self.time(closes))

    def weekday(self, number: int) -> str:
        """The name of a day of the week, 0 for Monday."""
        return str(get_day_names("wide", "stand-alone", self.locale)[number])

    def weekday_range(self, first: int, last: int) -> str:
        """A run of days of the week, 0 for Monday: "Monday to Friday"; a single day alone."""
        if first == last:
            return self.weekday(first)
        return self.gettext("%(first)s to %(last)s", first=self.weekday(first), last=self.weekday(last))

    def listing(self, items: Sequence[str]) -> str:
        """Several things in one sentence: "a, b and c"; empty for none."""
        return format_list(list(items), "standard", self.locale) if items else ""

    def number(self, number: float) -> str:
        """A number as the language writes it, with at most three decimals."""
        return format_decimal(number, locale=self.locale).replace("\u202f", "\u00a0")

    def file_size(self, size: int) -> str:
        """The size of a file for people, from its bytes: "120 kB", "1.2 MB" (1,000 bytes a kilobyte, IEC 80000-13)."""
        unit, amount = "kilobyte", max(1, round(size / 1000))
        tenths = 0
        if amount >= 1000:
            unit, tenths = "megabyte", round(size / 100_000)
        value = tenths / 10 if 0 < tenths < 100 else tenths // 10 if tenths else amount
        return _plain(format_unit(value, f"digital-{unit}", "short", locale=self.locale))

    def language_name(self, tag: str) -> str:
        """The name of a language in this language ("Spanish", "español"), or the tag where CLDR has none."""
        named = _locale(tag)
        name = named.get_display_name(self.locale) if named else None
        return str(name) if name else tag

    def sort_key(self, text: str) -> tuple[str, str, str]:
        """The key by which the language lists names from A to Z; accents and case decide ties only."""
        return order_key(text, self.locale.language)

    def letter(self, text: str) -> str:
        """The letter of the A to Z under which a name stands; "0-9" for digits, "#" for what has no letter."""
        return first_letter(text, self.locale.language)

    def letters(self, present: Iterable[str]) -> tuple[str, ...]:
        """The letters of an A to Z in which those `present` have names: with Latin ones, its whole alphabet."""
        return letters(present, self.locale.language)


@functools.lru_cache(maxsize=8192)
def _date(day: dt.date, form: str, locale: Locale) -> str:
    """A day as the language writes it; many pages name the same few."""
    return _plain(format_date(day, form, locale))


def direction_of(lang: str) -> Literal["ltr", "rtl"]:
    """Which way a language is written, by its tag alone: CLDR's answer takes a file for each language."""
    language, *further = lang.replace("_", "-").lower().split("-")
    script = next((subtag for subtag in further if len(subtag) == 4), "")
    if script:
        return "rtl" if script in RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def interface(lang: str, catalogues: Path, cache: Cache | None = None) -> Interface:
    """The interface in `lang`, its texts from `catalogues`/<language>/messages.po; English where there are none.

    A catalogue of the language serves its regions too (`es` for `es-MX`). Files are read at each call, and kept by what
    they hold, so an edited catalogue is seen and an equal one costs nothing.

    Raises:
        CatalogueProblem: the catalogue cannot be used.
        OSError: the catalogue cannot be read.
    """
    subtags = lang.replace("_", "-").split("-")
    for length in range(len(subtags), 0, -1):
        path = catalogues / "_".join(subtags[:length]) / "messages.po"
        if path.is_file():
            return _interface(lang, path, path.read_bytes(), cache or Cache(None))
    return _interface(lang, catalogues, b"", cache or Cache(None))


class _Found(msgspec.Struct, array_like=True):
    """What is remembered of a language: which way it is written, and its catalogue as gettext reads it."""

    direction: Literal["ltr", "rtl"]
    catalogue: bytes


@functools.lru_cache(maxsize=64)
def _interface(lang: str, path: Path, catalogue: bytes, cache: Cache) -> Interface:
    known = _locale(FORMS.get(lang, lang))
    key = key_for("interface", salt(), lang, path.parent.name, catalogue)
    remembered = _remembered(cache.get(key), catalogue)
    if remembered is None:
        found = _Found(_direction(lang, known), _compiled(path, catalogue))
        texts = _texts(found)
        cache.put(key, msgspec.msgpack.encode(found))
    else:
        found, texts = remembered
    return Interface(
        lang=lang,
        direction=found.direction,
        digest=hashlib.blake2b(catalogue, digest_size=16).hexdigest(),
        locale=known or Locale.parse(FORMS["en"]),
        texts=texts,
    )


def _remembered(data: bytes | None, catalogue: bytes) -> tuple[_Found, gettext.NullTranslations] | None:
    try:
        found = msgspec.msgpack.decode(data, type=_Found) if data else None
        return (found, _texts(found)) if found and bool(found.catalogue) == bool(catalogue) else None
    except (msgspec.MsgspecError, OSError, ValueError, LookupError, struct.error):  # which is what gettext raises
        return None


def _texts(found: _Found) -> gettext.NullTranslations:
    return gettext.GNUTranslations(io.BytesIO(found.catalogue)) if found.catalogue else gettext.NullTranslations()


def _direction(lang: str, known: Locale | None) -> Literal["ltr", "rtl"]:
    subtags = lang.replace("_", "-").lower().split("-")
    if any(subtag in RIGHT_TO_LEFT_SCRIPTS for subtag in subtags[1:]):
        return "rtl"
    if known:
        return "rtl" if known.text_direction == "rtl" else "ltr"
    return "rtl" if subtags[0] in RIGHT_TO_LEFT else "ltr"


def _compiled(path: Path, catalogue: bytes) -> bytes:
    """A catalogue as gettext reads it, each text checked: a `%(name)s` that English lacks would stop a build later."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - where a catalogue is new
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415 - as above

    if not catalogue:
        return b""
    try:
        catalogue.decode()
    except UnicodeDecodeError as mistake:
        line = catalogue.count(b"\n", 0, mistake.start) + 1
        raise CatalogueProblem(path, line, "The catalogue is not UTF-8. Save it again as UTF-8.") from mistake
    try:
        messages = read_po(io.BytesIO(catalogue), locale=path.parent.name, abort_invalid=True)
    except UnknownLocaleError:
        messages = read_po(io.BytesIO(catalogue), abort_invalid=True)
    except PoFileError as mistake:
        sentence = "This line is not one that a catalogue of texts can have."
        raise CatalogueProblem(path, mistake.lineno + 1, sentence) from mistake
    for message, mistakes in messages.check():
        raise CatalogueProblem(path, message.lineno or 1, _words_of(message.id, mistakes))
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    return compiled.getvalue()


def _words_of(english: str | tuple[str, ...] | list[str], mistakes: "Sequence[TranslationError]") -> str:
    text = english if isinstance(english, str) else english[0]
    said = "; ".join(str(mistake) for mistake in mistakes)
    return f'The translation of "{text}" must hold the same %(names)s as the English text ({said}).'


def _locale(tag: str) -> Locale | None:
    """What CLDR knows of a language: of the tag itself, else of the language alone."""
    subtags = tag.replace("-", "_").split("_")
    for name in dict.fromkeys(["_".join(subtags), subtags[0]]):
        try:
            return Locale.parse(get_locale_identifier(parse_locale(name)))
        except (ValueError, UnknownLocaleError):
            continue
    return None


def _plain(text: str) -> str:
    """CLDR's narrow and no-break spaces as plain ones: old fonts lack them, and people search and copy these texts."""
    return unicodedata.normalize("NFC", text).replace("\u202f", " ").replace("\u00a0", " ")
