"""The difference to read: word by word, and only what tells something."""

import pytest

from clinic.health.words import Piece, between, word_by_word
from clinic.signing.changes import changes


def told(pieces: tuple[Piece, ...] | None) -> str:
    """Pieces in the way of a terminal: [-gone-]{+new+}."""
    assert pieces is not None
    signs = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    return "".join(signs[piece.sort].format(piece.text) for piece in pieces)


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Rest for a week.", "Rest for a month.", "Rest for a [-week-]{+month+}."),
        ("Take 5 mg at night.", "Take 50 mg at night.", "Take [-5-]{+50+} mg at night."),
        ("Do not eat after midnight.", "Do eat after midnight.", "Do[- not-] eat after midnight."),
        ("Call us at noon today.", "Call us at six tomorrow.", "Call us at [-noon today-]{+six tomorrow+}."),
        ("It hurts there.", "It hurts there. A lot.", "It hurts there.{+ A lot.+}"),
    ],
)
def test_a_line_is_told_by_words(before: str, after: str, shown: str) -> None:
    assert told(between(before, after)) == shown


def test_both_texts_can_be_read_off_the_pieces() -> None:
    before, after = "Lie down for 2 hours, then walk.", "Lie flat for 12 hours and drink, then walk home."
    pieces = between(before, after)
    assert pieces is not None
    assert "".join(piece.text for piece in pieces if piece.sort != "new") == before
    assert "".join(piece.text for piece in pieces if piece.sort != "gone") == after


def test_lines_with_little_in_common_are_told_whole() -> None:
    assert between("We press on your heel.", "Bring somebody who can drive.") is None
    (passage,) = word_by_word(changes(["Same.", "We press on your heel."], ["Same.", "Bring somebody who can drive."]))
    assert [told(line) for line in passage.lines] == [
        "Same.",
        "[-We press on your heel.-]",
        "{+Bring somebody who can drive.+}",
    ]


def test_a_change_stands_under_its_heading_and_marks_of_layout_are_gone() -> None:
    signed = ["title: A", "---", "## Before", "Eat.", "## After", r"Rest 1\*2 days.", "## Risks", "None."]
    now = [*signed[:5], r"Rest 1\*3 days.", *signed[6:]]
    (passage,) = word_by_word(changes(signed, now))
    assert passage.under == "After"
    assert [told(line) for line in passage.lines] == ["Rest 1*[-2-]{+3+} days."]


def test_more_lines_than_there_were_are_new() -> None:
    (passage,) = word_by_word(changes(["- one", "- two", "end"], ["- one", "- two a", "- three", "end"]))
    assert [told(line) for line in passage.lines] == ["- one", "- two{+ a+}", "{+- three+}", "end"]
