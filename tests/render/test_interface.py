"""One language's texts and forms: from the catalogue and CLDR, never from the machine."""

import datetime as dt
import locale
import os
import shutil
from pathlib import Path

import msgspec
import pytest
from babel.localedata import locale_identifiers
from hypothesis import given
from hypothesis import strategies as st

from clinic.cache import Cache
from clinic.interface import CatalogueProblem, Interface, interface
from tests.theme.making import THEME, texts

DAY = dt.date(2026, 11, 26)
EN, US, ES = texts("en"), texts("en-US"), texts("es")


def test_dates_and_times_are_in_words() -> None:
    assert EN.date(DAY) == "Thursday 26 November 2026"
    assert US.date(DAY) == "Thursday, November 26, 2026"
    assert ES.date(DAY) == "jueves, 26 de noviembre de 2026"
    assert EN.month_day(DAY) == "26 November"
    assert EN.moment(dt.datetime(2026, 11, 26, 17, 30, tzinfo=dt.timezone(dt.timedelta(hours=-8)))) == (
        "Thursday 26 November 2026 at 5:30 pm"
    )


@pytest.mark.parametrize(
    ("time", "english", "spanish"),
    [
        (dt.time(8), "8 am", "8:00"),
        (dt.time(8, 30), "8:30 am", "8:30"),
        (dt.time(12), "noon", "12:00"),
        (dt.time(12, 15), "12:15 pm", "12:15"),
        (dt.time(17), "5 pm", "17:00"),
        (dt.time(0), "midnight", "0:00"),
    ],
)
def test_times_are_those_of_the_language(time: dt.time, english: str, spanish: str) -> None:
    assert (EN.time(time), ES.time(time)) == (english, spanish)


def test_runs_and_lists() -> None:
    assert EN.weekday_range(0, 4) == "Monday to Friday"
    assert ES.weekday_range(0, 4) == "lunes a viernes"
    assert EN.weekday_range(6, 6) == EN.weekday(6) == "Sunday"
    assert EN.time_range(dt.time(8), dt.time(12)) == "8 am to noon"
    assert [EN.listing(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert ES.listing(["a", "b", "c"]) == "a, b y c"


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "1 kB"), (1499, "1 kB"), (120_400, "120 kB"), (999_499, "999 kB"), (999_500, "1 MB"), (1_234_567, "1.2 MB")],
)
def test_sizes_are_for_people(size: int, text: str) -> None:
    assert EN.file_size(size) == text


def test_numbers_and_languages_have_the_languages_form() -> None:
    assert (EN.number(1234.5), ES.number(12345)) == ("1,234.5", "12.345")
    assert (EN.language_name("es"), ES.language_name("es"), ES.language_name("en")) == ("Spanish", "español", "inglés")
    assert EN.language_name("qq") == "qq"


def test_texts_are_filled_and_counted() -> None:
    assert EN.gettext("%(first)s to %(last)s", first="a", last="b") == "a to b"
    one, many = "%(num)s problem on this page", "%(num)s problems on this page"
    assert EN.ngettext(one, many, 1) == "1 problem on this page"
    assert ES.ngettext(one, many, 1234) == "1.234 problemas en esta página"
    assert EN.pgettext("a door", "Close") == "Close"


@pytest.mark.parametrize(
    ("lang", "direction"),
    [
        *[("en", "ltr"), ("es-MX", "ltr"), ("ar", "rtl"), ("he", "rtl"), ("fa-AF", "rtl"), ("chk", "ltr")],
        *[("pa", "ltr"), ("pa-Arab", "rtl"), ("xx-Arab", "rtl"), ("arc", "rtl"), ("qq", "ltr")],
    ],
)
def test_every_language_has_a_direction_known_or_not(lang: str, direction: str) -> None:
    made = texts(lang)
    assert (made.lang, made.direction) == (lang, direction)


def test_an_unknown_language_speaks_english() -> None:
    unknown = texts("qq")
    assert unknown.gettext("Menu") == "Menu"
    assert unknown.date(DAY) == EN.date(DAY)


def test_a_region_uses_its_languages_catalogue() -> None:
    assert texts("es-MX").gettext("Menu") == ES.gettext("Menu") == "Menú"


def test_every_language_that_cldr_knows_can_say_everything() -> None:
    moment = dt.datetime(2026, 2, 1, 8, 30, tzinfo=dt.UTC)
    for name in sorted({name.split("_")[0] for name in locale_identifiers()} - {"root"}):
        made = texts(name)
        said = [
            made.date(DAY),
            made.moment(moment),
            made.month_day(DAY),
            made.time(dt.time(8)),
            made.weekday_range(0, 6),
            made.listing(["a", "b", "c"]),
            made.number(1234.5),
            made.file_size(1_500_000),
            made.language_name("es"),
        ]
        assert all(said), name
        assert "\u202f" not in "".join(said), name


def test_the_machine_has_no_say(monkeypatch: pytest.MonkeyPatch) -> None:
    before = EN.moment(dt.datetime(2026, 11, 26, 8, tzinfo=dt.UTC)), ES.date(DAY), EN.number(1234)
    for name in ("LANG", "LANGUAGE", "LC_ALL", "TZ"):
        monkeypatch.setenv(name, "de_DE.UTF-8" if name != "TZ" else "Asia/Tokyo")
    assert os.environ["LANG"] == "de_DE.UTF-8"
    assert locale.setlocale(locale.LC_ALL)
    fresh = interface("en", Path("nowhere"))
    assert (
        fresh.moment(dt.datetime(2026, 11, 26, 8, tzinfo=dt.UTC)),
        texts("es").date(DAY),
        fresh.number(1234),
    ) == before


def test_names_are_listed_in_the_languages_own_order() -> None:
    assert sorted(["zoster", "Éclair", "eczema", "X-ray", "x ray of b", "a knee"], key=EN.sort_key) == [
        "a knee",
        "Éclair",
        "eczema",
        "X-ray",
        "x ray of b",
        "zoster",
    ]
    assert sorted(["ñandú", "nube", "nariz", "oído"], key=ES.sort_key) == ["nariz", "nube", "ñandú", "oído"]
    assert sorted(["ö", "z", "ä", "å", "a"], key=texts("sv").sort_key) == ["a", "z", "å", "ä", "ö"]


@given(st.lists(st.text(max_size=6), max_size=8))
def test_the_order_depends_on_the_names_alone(names: list[str]) -> None:
    assert sorted(dict.fromkeys(names), key=EN.sort_key) == sorted(set(names), key=EN.sort_key)


@pytest.mark.parametrize(
    ("text", "letter"),
    [("sciatica", "S"), ("Éclair", "E"), ("ñandú", "N"), ("(a knee)", "A"), ("3D scan", "0-9"), ("—", "#"), ("", "#")],
)
def test_every_name_has_a_letter(text: str, letter: str) -> None:
    assert EN.letter(text) == letter


def test_a_letter_of_the_languages_own_is_kept() -> None:
    assert ES.letter("ñandú") == "Ñ"


def spoil(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "es" / "messages.po"
    path.parent.mkdir()
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b'msgid "Menu"\nmsgstr "Men\xfa"\n', 2, "UTF-8"),
        (b'msgid "a"\nmsgstr "b"\n\nnonsense\n', 4, "This line"),
        (b'#, python-format\nmsgid "Call %(number)s"\nmsgstr "Llame al %(numero)s"\n', 2, "same %(names)s"),
    ],
)
def test_a_broken_catalogue_is_said_with_its_line(tmp_path: Path, content: bytes, line: int, words: str) -> None:
    path = spoil(tmp_path, content)
    with pytest.raises(CatalogueProblem) as caught:
        interface("es", tmp_path)
    assert (caught.value.path, caught.value.line) == (path, line)
    assert words in caught.value.sentence


def test_an_edited_catalogue_is_seen(tmp_path: Path) -> None:
    path = spoil(tmp_path, 'msgid "Menu"\nmsgstr "Menú"\n'.encode())
    before = interface("es", tmp_path)
    path.write_text('msgid "Menu"\nmsgstr "Opciones"\n', encoding="utf-8")
    after = interface("es", tmp_path)
    assert (before.gettext("Menu"), after.gettext("Menu")) == ("Menú", "Opciones")
    assert before.digest != after.digest


def test_a_text_without_translation_is_said_in_english(tmp_path: Path) -> None:
    spoil(tmp_path, b'msgid "Menu"\nmsgstr ""\n')
    assert interface("es", tmp_path).gettext("Menu") == "Menu"


def files(root: Path) -> Path:
    """Catalogues of their own: Spanish."""
    shutil.copytree(THEME / "locale" / "es", root / "es")
    return root


def told(found: Interface) -> tuple[object, ...]:
    one, many = found.ngettext("%(num)s file", "%(num)s files", 1), found.ngettext("%(num)s file", "%(num)s files", 2)
    return found.lang, found.direction, found.digest, found.gettext("Opening hours"), one, many


@pytest.mark.parametrize("lang", ["es", "es-MX", "ar", "en", "tlh"])
def test_what_is_remembered_of_a_language_is_what_is_found(lang: str, tmp_path: Path) -> None:
    catalogues = files(tmp_path / "locale")
    right = told(interface(lang, catalogues))
    for _ in range(2):
        with Cache(tmp_path) as cache:
            assert told(interface(lang, catalogues, cache)) == right


def test_an_edited_catalogue_is_read_again_whatever_is_remembered(tmp_path: Path) -> None:
    catalogues = files(tmp_path / "locale")
    path = catalogues / "es" / "messages.po"
    with Cache(tmp_path) as cache:
        before = interface("es", catalogues, cache)
        path.write_text(path.read_text().replace("Fecha", "Día") + '\nmsgid "A new one"\nmsgstr "Uno nuevo"\n')
        after = interface("es", catalogues, cache)
    assert after.gettext("A new one") == "Uno nuevo"
    assert before.gettext("A new one") == "A new one"
    assert before.digest != after.digest


@given(st.one_of(st.binary(max_size=60), st.binary(max_size=60).map(lambda mo: msgspec.msgpack.encode(["ltr", mo]))))
def test_whatever_a_cache_says_a_language_has_its_texts(said: bytes) -> None:
    class Lying(Cache):
        def get(self, key: bytes) -> bytes | None:
            return said if key else None

    assert told(interface("es", THEME / "locale", Lying(None))) == told(ES)
