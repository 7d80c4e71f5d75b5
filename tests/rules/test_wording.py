"""Medical words, abbreviations, labels and doubled words: what is told, and what passes."""

import pytest

from clinic.problems import Problem
from clinic.rules import wording
from clinic.source.fix import apply
from clinic.words import Lists, builtin_lists, merged
from tests.harness import checked, page
from tests.mistakes.measuring import CLINIC


def found(text: str, lists: Lists | None = None) -> list[Problem]:
    return list(wording.of(page(text, "pages/x.md"), wording.wording_of(lists or builtin_lists())))


def told(text: str) -> list[tuple[str, str]]:
    document = page(text, "pages/x.md")
    lines = document.text.split("\n")
    return [
        (each.code, lines[each.span.line - 1][each.span.column - 1 : each.span.end_column - 1])
        for each in wording.of(document, wording.wording_of(builtin_lists()))
        if each.span.line == each.span.end_line
    ]


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("The nurse may palpate your belly.", "LNG003", "palpate"),
        ("We stopped after the *patient* ambulated.", "LNG003", "ambulated"),
        ("You may feel intermittent pain.", "LNG003", "intermittent"),
        ("Your SIJ may be the cause.", "LNG004", "SIJ"),
        ("An IPG is placed under the skin.", "LNG004", "IPG"),
        ("Many sufferers rest too much.", "LNG005", "sufferers"),
        ("The disabled can park here.", "LNG005", "The disabled"),
        ("People who are wheelchair bound use the lift.", "LNG005", "wheelchair bound"),
        ("Rest for for a day.", "LNG006", "for for"),
        ("We we call you.", "LNG006", "We we"),
    ],
)
def test_what_is_told(text: str, code: str, words: str) -> None:
    assert told(text) == [(code, words)]


@pytest.mark.parametrize(
    "text",
    [
        "Swelling, called edema, is common.",
        "Edema means swelling.",
        "We look for erythema (red skin).",
        "The medical name is hypertension.",
        'Your letter may say "bilateral".',
        "Edema\n: Swelling of the foot.",
        "High blood pressure, or hypertension, is common.",
        "A sacroiliac joint (SIJ) injection may help. After an SIJ injection, rest.",
        "The SIJ (sacroiliac joint) may be the cause.",
        "PLEASE READ THIS NOTE.",
        "The L4-L5 disc and the C7 nerve.",
        "Write to records@EXAMPLE.COM or see [the form](../files/ABC.pdf).",
        "The National Institute on Drug Abuse has a page on it.",
        "The blind spot of your car mirror matters.",
        "The deaf interpreter calls you.",
        "We check a diabetic foot with care.",
        "New York, New York. Baden-Baden. Sing Sing is a prison.",
        "I know that that is hard. He had had it before. It is what it is is a saying.",
        "Go in. In time it heals.",
    ],
)
def test_what_passes(text: str) -> None:
    assert told(text) == []


def test_an_abbreviation_is_told_once_with_what_it_stands_for() -> None:
    problems = found("An RFA may help. Ask about RFA.")
    assert [each.code for each in problems] == ["LNG004"]
    assert "radiofrequency ablation" in problems[0].hint


def test_a_clinic_adds_words_of_its_own() -> None:
    lists, _ = merged(
        (("lists/abbreviations.toml", 'known = ["SIJ"]\n'), ("lists/plain-words.toml", 'fine = ["edema"]\n'))
    )
    assert found("Your SIJ and edema.", lists) == []


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Rest for for a day.", "Rest for a day."),
        ("Rest on the\nthe first day.", "Rest on the first day."),
        ("The the nurse calls.", "The nurse calls."),
        ("Please **rest** rest.", "Please **rest** rest."),
        ("- rest and and wait\n- go", "- rest and wait\n- go"),
    ],
)
def test_a_doubled_word_is_mended_where_nothing_else_stands_between(text: str, mended: str) -> None:
    document = page(text, "pages/x.md")
    problems = found(text)
    assert [each.code for each in problems] == ["LNG006"]
    assert apply(document.text.encode(), problems).decode() == document.text.replace(text, mended)


def test_another_language_is_not_read() -> None:
    found_there = [each for each in checked(CLINIC).problems if "espanol" in each.path]
    assert (CLINIC / "pages" / "ayuda-en-espanol.md").exists()
    assert [each for each in found_there if each.code.startswith("LNG")] == []
