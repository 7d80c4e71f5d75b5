"""Signs of danger that no card names or that are called normal, and crises without a number to call."""

import pytest

from clinic.rules import dangers
from clinic.words import builtin_lists
from tests.harness import page

FLAGS = builtin_lists().red_flags
CARD = "> [!emergency] Call 911 now if\n> - your face swells\n"

SIGNS = [
    "You may lose control of your bowels.",
    "Some people cannot hold their urine any more.",
    "Problems with peeing can follow.",
    "Numbness in the groin is possible.",
    "There may be no feeling between your legs.",
    "Both legs may be weaker than before.",
    "Your leg might feel limp for a while.",
    "Some can't lift their foot afterwards.",
    "Sometimes the toes can't be felt and you drag your foot.",
    "Pressure in the chest is reported by a few.",
    "You may be short of breath.",
    "Some have difficulty breathing at night.",
    "A fever with chills means that you should rest.",
    "A stiff neck goes away with rest.",
    "Convulsions happen in one of a thousand.",
    "Your calf may be swollen and red.",
    "Your speech may be slurred for a day.",
    "Some people pass out when they stand up.",
    "Your vision may be lost for a moment: you lose sight of one side.",
    "Do not wait for your visit if you lose control of your bladder.",
    "This is not dangerous. But if your legs are weak, rest.",
]
NO_SIGNS = [
    "Sciatica does not make you lose control of your bladder.",
    "There is no chest pain with it.",
    "You will not have trouble breathing.",
    "Tell us if you ever had a seizure.",
    "Have you had chest pain in the past?",
    "It is used to treat seizures and nerve pain.",
    "Go on with your seizure medicine.",
    "Your skin is numb for an hour.",
    'Nurses say "chest pain" for many things.',
    "Take a deep breath and lift your leg.",
    "Weak coffee is fine. Sit with both legs on the floor.",
    "We check the strength of your legs and your control of the needle.",
    "The bladder is close to the spine.",
    "We can't see you on Monday.",
]
CRISES = [
    ("An overdose can stop your breath.", "911"),
    ("A child may have swallowed too many tablets.", "911"),
    ("Missing your refill can bring on withdrawal symptoms.", "911"),
    ("Some patients feel suicidal.", "988"),
    ("You may think of harming yourself.", "988"),
    ("If you want to die, tell somebody.", "988"),
    ("An overdose is an emergency: call 988.", "911"),
]
NO_CRISES = [
    "Call 911 for an overdose.",
    "An overdose is an emergency.\n\nCall 911.",
    "If you think of suicide, call or text 988.",
    "The withdrawal of your consent is free.",
    "The needle's withdrawal takes a second.",
    "The withdrawal of money takes a day.",
    "> [!emergency] Call 911 now if\n> - somebody may have taken an overdose\n\nNaloxone can undo an overdose.",
    'The word "overdose" means too much.',
    ": An overdose is more than the body can bear.",
]


def codes(text: str, path: str = "procedures/x.md") -> list[str]:
    return [each.code for each in dangers.of(page(text, path), FLAGS)]


@pytest.mark.parametrize("text", SIGNS)
def test_a_sign_without_a_card_is_told(text: str) -> None:
    assert "MED001" in codes(f"{CARD}\n{text}")


@pytest.mark.parametrize("text", NO_SIGNS)
def test_what_is_denied_asked_or_harmless_is_none(text: str) -> None:
    assert codes(f"{CARD}\n{text}") == []


@pytest.mark.parametrize("kind", ["emergency", "urgent"])
def test_a_card_that_names_the_sign_is_enough_and_no_other_card_is(kind: str) -> None:
    text = "Your legs may turn weak.\n\n> [!{kind}] Call now if\n> - a leg is weak or can't be moved\n"
    assert codes(text.format(kind=kind)) == []
    assert codes(text.format(kind="call-us"))
    assert codes(text.format(kind=kind).replace("a leg is weak or can't be moved", "you have chest pain"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A limp arm is nothing to worry about.", ["MED002"]),
        ("You may have weak legs. This is normal.", ["MED002"]),
        ("You may have weak legs. This is not normal: call us.", []),
        ("You may have weak legs for up to four hours. This is normal.", []),
        ("You may feel tired. This is normal.", []),
        ("It is common to have a weak arm.", ["MED002"]),
        ("Don't worry if your leg is weak.", ["MED002"]),
        ("Sore arms are common after this.", []),
    ],
)
def test_a_sign_is_called_normal_only_with_a_time_and_a_card(text: str, told: list[str]) -> None:
    card = "> [!emergency] Call 911 now if\n> - an arm or a leg stays weak\n"
    assert codes(f"{card}\n{text}") == told
    assert codes(f"{CARD}\n{text}") == (
        ["MED001", "MED002"] if "This is normal" in text and "legs" in text else codes(f"{CARD}\n{text}")
    )


@pytest.mark.parametrize(("text", "number"), CRISES)
def test_a_crisis_needs_its_number(text: str, number: str) -> None:
    (found,) = dangers.of(page(text, "pages/x.md"), FLAGS)
    assert found.code == "MED003"
    assert number in found.message


@pytest.mark.parametrize("text", NO_CRISES)
def test_with_the_number_or_in_another_sense_it_is_fine(text: str) -> None:
    assert codes(text if not text.startswith(":") else f"Overdue\n{text}", "pages/x.md") == []


def test_only_988_answers_thoughts_of_suicide() -> None:
    assert codes("Call 911 if you think of suicide.", "pages/x.md") == ["MED003"]
