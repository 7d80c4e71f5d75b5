"""Words, sentences, phrases, quotation marks: what rules of language share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.rules.patterns import Patterns
from clinic.rules.tokens import Phrases, forms_of, quoted, sentences, tokens, words_in


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Dr. Balog calls at 9 a.m. on Monday. Bye.", ["Dr. Balog calls at 9 a.m. on Monday.", "Bye."]),
        ("We open at 9 a.m. You can come.", ["We open at 9 a.m.", "You can come."]),
        ("Take 2.5 mg. Wait.", ["Take 2.5 mg.", "Wait."]),
        ('He said "Stop." Then he left.', ['He said "Stop."', "Then he left."]),
        ("It can last for weeks, e.g. Four. And more", ["It can last for weeks, e.g. Four.", "And more"]),
        ("In the U.S. Call 911. Now.", ["In the U.S. Call 911.", "Now."]),
        ("Can you drive? No. Find someone.", ["Can you drive?", "No.", "Find someone."]),
        ("Call {{ phone.main }}. We are there.", ["Call {{ phone.main }}.", "We are there."]),
        ("a list item", ["a list item"]),
        ("  ", []),
        ("Wait… Then go.", ["Wait…", "Then go."]),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert split(text) == parts


@given(st.text(alphabet="ab .!?\"'()\u2026A1", max_size=60))
def test_sentences_leave_nothing_out_but_white_space(text: str) -> None:
    assert "".join("".join(split(text)).split()) == "".join(text.split())


@given(st.text(alphabet='ab .!?"\n\u00a0\u2026A1', max_size=60))
def test_sentences_begin_and_end_with_what_is_seen(text: str) -> None:
    assert all(part and part == part.strip() for part in split(text))


def test_words() -> None:
    assert [token.word for token in tokens("Don\u2019t call {{ phone.main }}: a 100% follow-up!")] == (
        ["don't", "call", "{{}}", "a", "100%", "follow", "up"]
    )


@given(st.text(alphabet="aB1 _-.'\u2019#%{}\u0130é\n", max_size=40))
def test_words_are_the_same_with_their_places_and_without(text: str) -> None:
    said = tokens(text)
    assert words_in(text) == said.said == [token.word for token in said]
    assert len(said) == len(list(said))
    for token in said:
        written = text[token.start : token.end].lower().replace("\u2019", "'")
        assert token.word == ("{{}}" if written[0] == "{" else written)


@given(st.lists(st.sampled_from(("risk", "free", "no", "ever", "never", ".", "-")), max_size=12).map(" ".join))
def test_phrases_and_patterns_that_can_stand_in_a_text_are_all_that_stand_in_it(text: str) -> None:
    said = tokens(text)
    phrases = Phrases({"risk free": ("risk-free",), "risk": ("risk",), "never ever": ("never ever", "no ever free")})
    assert list(phrases.among(said.vocabulary).within(text, said)) == list(phrases.within(text, said))
    patterns = Patterns({"one": ["risk … free", "no risk/free"], "two": ["never/no … ever"]})
    assert list(patterns.among(said.vocabulary).within(text, said)) == list(patterns.within(text, said))


def test_nothing_is_left_of_phrases_whose_words_are_not_there() -> None:
    phrases = Phrases({"risk free": ("risk-free",), "numb": forms_of("numb")})
    assert not phrases.among(frozenset({"risk", "of", "freezing"}))
    assert phrases.among(frozenset({"risk", "free"}))
    assert not Patterns({"one": ["risk … free"]}).among(frozenset({"free"}))


def test_phrases_are_found_the_longest_first_across_hyphens_but_not_across_sentences() -> None:
    phrases = Phrases({"risk free": ("risk-free",), "risk": ("risk",), "numb": forms_of("numb")})
    text = "Risk-free, risk free and risk. Free of numbing."
    assert [found.phrase for found in phrases.within(text, tokens(text))] == ["risk free", "risk free", "risk", "numb"]


def test_forms() -> None:
    assert "desensitizing" in forms_of("desensitize")
    assert "desensitized" in forms_of("desensitize")
    assert "biopsies" in forms_of("biopsy")
    assert forms_of("side effect") == ("side effect",)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('They say "we cure pain" here.', True),
        ("They say \u201cwe cure pain\u201d here.", True),
        ('A "shot" and we cure pain here.', False),
        ('A 5" needle may cure it.', False),
    ],
)
def test_quoted(text: str, inside: bool) -> None:  # noqa: FBT001 - a case
    start = text.index("cure")
    assert quoted(text, start, start + 4) == inside
