"""The order of names: letters, then accents, then case, in the way of each language."""

import random
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clinic.alphabet import OWN_LETTERS, SPELT, order_key

LANGUAGES = ["en", "es", *sorted(OWN_LETTERS.keys() - {"es"}), "ar", "xx"]

HOSTILE = (
    "aAbzñÑn\u0303éÉe\u0301üÜßẞæÆœøđłåÅş\u0131İİ"
    "09\u0663²½-\u2013\u2014_'\u2019\"\u201c"
    ".,;:/\\()&%+*#@!?¿¡ \t\n\x1c\xa0\u2009\u200b中ひ\u03a9\u03a3\u03c2\u03c0жЖěřš\U0010ff00"
)


def by_letters(text: str, language: str) -> tuple[str, str, str]:
    """The same key worked out letter by letter, as slowly as it is said."""

    def base(letter: str) -> str:
        spelt = SPELT.get(letter, letter)
        parts = unicodedata.normalize("NFKD", spelt)
        return "".join(part for part in parts if not unicodedata.combining(part)) or spelt

    lower = unicodedata.normalize("NFC", text.strip()).casefold()
    own = OWN_LETTERS.get(language, {})
    places = {letter: after + "\U0010ff00" + chr(0x10FF01 + at) for at, (letter, after) in enumerate(own.items())}
    letters = "".join(places.get(letter) or base(letter) for letter in unicodedata.normalize("NFC", lower))
    words = "".join(letter if letter.isalnum() or letter > "\U0010feff" else " " for letter in letters)
    return (" ".join(words.split()), lower, text)


@given(st.text(max_size=40) | st.text(alphabet=HOSTILE, max_size=40), st.sampled_from(LANGUAGES))
@example("Año nuevo, ano y ANO", "es")
@example("\ud800 alone", "en")
def test_a_key_is_what_it_is_letter_by_letter(text: str, language: str) -> None:
    assert order_key(text, language) == by_letters(text, language)


@pytest.mark.parametrize("language", ["en", "es"])
def test_titles_stand_in_the_order_of_their_letters(language: str) -> None:
    chance = random.Random(9)
    words = [
        *(
            "Ácido",
            "acid",
            "Ñu",
            "nu",
            "nz",
            "X-ray",
            "x ray",
            "Xray",
            "Dolor",
            "dólar",
            "Dr.",
            "7",
            "10",
            "2nd",
            "(MRI)",
        ),
        *(
            "¿Qué",
            "que",
            "Über",
            "uber",
            "Éclair",
            "eclair",
            "Straße",
            "strasse",
            "O\u2019Neil",
            "O'Neil",
            "oneil",
            "\u2013",
            "&",
        ),
    ]
    titles = [" ".join(chance.choices(words, k=chance.randint(1, 4))) for _ in range(3000)]
    chance.shuffle(titles)
    assert sorted(titles, key=lambda each: order_key(each, language)) == sorted(
        titles, key=lambda each: by_letters(each, language)
    )


@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        ("es", ["nz", "ñame", "oca"]),
        ("en", ["name", "ñame", "nz", "oca"]),
        ("en", ["x ray", "X-ray", "xenon"]),
        ("sv", ["zebra", "åre", "äta", "öl"]),
    ],
)
def test_each_language_has_its_own_order(language: str, ordered: list[str]) -> None:
    backwards = ordered[::-1]
    assert sorted(backwards, key=lambda each: order_key(each, language)) == ordered
