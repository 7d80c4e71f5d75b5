"""Texts come back as they were, however they are kept."""

from hypothesis import given
from hypothesis import strategies as st

from clinic.source.folding import Texts, folded, unfolded


@given(st.text(st.characters(codec=None)))
def test_every_text_comes_back(text: str) -> None:
    assert unfolded(folded(text)) == text
    assert Texts({"a": folded(text), "b": text}) == {"a": text, "b": text}


def test_a_long_text_takes_less_room() -> None:
    assert len(folded("What to expect on the day. " * 100)) < 200


def test_the_same_texts_are_equal_however_they_are_kept() -> None:
    plain, small = Texts({"a": "1", "b": "2"}), Texts({"a": folded("1"), "b": folded("2")})
    unfolded.cache_clear()
    assert small == Texts({"a": folded("1"), "b": folded("2")})
    assert unfolded.cache_info().misses == 0, "to see that, none is unfolded"
    assert plain == small
    assert plain != Texts({"a": "1", "b": folded("3")})
    assert plain != Texts({"a": "1"})


def test_other_texts_take_the_place_of_those_before() -> None:
    before = Texts({"a": "1", "b": folded("2"), "c": "3"})
    after = before.but({"a": folded("4"), "b": None, "d": "5", "e": None})
    assert dict(after) == {"a": "4", "c": "3", "d": "5"}
    assert dict(before) == {"a": "1", "b": "2", "c": "3"}
    assert (len(after), "b" in after, after.get("b", "none")) == (3, False, "none")
