"""Advice to go without a medicine, and brands alone."""

import pytest

from clinic.rules import medicines
from clinic.words import builtin_lists
from tests.harness import page

LIST = builtin_lists().medicines

RISKY = [
    "Stop taking apixaban three days before.",
    "Please pause your Eliquis (apixaban) for two days.",
    "You should not only rest but also stop rivaroxaban.",
    "Discontinue all opioids the day before.",
    "Do not take your morning insulin.",
    "Don't take clopidogrel for a week.",
    "Skip the warfarin and the aspirin tonight.",
    "Come off sertraline slowly.",
    "Clonazepam: none on that day.",
    "If duloxetine upsets your stomach, stop it.",
    "You are on prednisone. Leave it out on Monday.",
    "You can throw away your oxycodone now.",
    "Cut your fentanyl dose in half every day.",
    "It is important to stop heparin in time.",
]
PLAIN = [
    "Stop naproxen a week before.",
    "Skip your blood pressure pills that morning.",
    "Hold your metformin on the day.",
    "You no longer need the antibiotic.",
    "Throw out the old muscle relaxers.",
    "Do not take any medicines on that morning.",
]
ASKED = [
    "Do not stop apixaban on your own.",
    "Never skip your insulin.",
    "Stop apixaban only if the doctor who prescribed it agrees.",
    "Ask the one who prescribed your warfarin whether to stop it.",
    "Stop your blood thinner three days before. Ask the one who prescribed it first.",
    "Your heart doctor tells you when to stop clopidogrel.",
    "We stop the insulin drip when you wake up.",
    "Do not take ibuprofen together with naproxen.",
    "Do not take more than 3,000 mg of acetaminophen.",
    "Do not take aspirin if you are allergic to it.",
    "Do not take somebody else's pills, or medicine that belongs to a friend.",
    "If you forgot a dose, skip it.",
    "Stop the exercise when it hurts, and take your medicine.",
    "Stop smoking. Nicotine patches may help.",
    "Pain medicine can stop pain for hours.",
    "Hold still while we numb the skin with lidocaine.",
    "If you have stopped gabapentin, tell us.",
    "It can be dangerous to stop opioids all at once.",
    "Keep taking your antidepressant.",
    'Do not believe those who say "stop your insulin".',
    "> [!dont] Before\n> - Do not take apixaban that day.\n> - Ask the one who prescribed it when to stop.",
]


def told(text: str) -> list[str]:
    return [each.code for each in medicines.of(page(text, "pages/x.md"), LIST)]


@pytest.mark.parametrize("text", RISKY)
def test_to_stop_a_risky_medicine_is_an_error(text: str) -> None:
    assert "MED007" in told(text)


@pytest.mark.parametrize("text", PLAIN)
def test_to_stop_another_is_a_warning(text: str) -> None:
    assert told(text) == ["MED006"]


@pytest.mark.parametrize("text", ASKED)
def test_whoever_is_told_to_ask_or_to_go_on_is_safe(text: str) -> None:
    assert told(text) == []


def test_the_prescriber_of_another_paragraph_does_not_count() -> None:
    assert told("Ask the one who prescribed it.\n\nStop warfarin on Monday.") == ["MED007"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Motrin may help.", ["MED008"]),
        ("Motrin and Motrin.", ["MED008"]),
        ("Percocet may help.", ["MED008"]),
        ("Ibuprofen (Motrin) may help.", []),
        ("Motrin is a brand of ibuprofen.", []),
        ("Ibuprofen may help.\n\nMotrin is one.", []),
        ("Oxycodone with acetaminophen (Percocet) is strong.", []),
        ("She is well versed in aleve.", []),
        ("Velcro holds it.", []),
    ],
)
def test_a_brand_comes_with_the_medicines_own_name(text: str, codes: list[str]) -> None:
    assert told(text) == codes
