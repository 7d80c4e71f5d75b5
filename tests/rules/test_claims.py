"""Promises, praise, boards, sources, words of patients: what is told, and what passes."""

import pytest

from clinic.rules import claims
from clinic.words import builtin_lists, merged
from tests.harness import page

SOURCED = (
    "---\ntitle: A title\nsummary: A summary.\nsources:\n  - id: nhs\n    title: Pain\n    publisher: NHS\n---\n\n"
)


def codes(text: str, path: str = "pages/x.md") -> list[str]:
    return [each.code for each in claims.of(page(text, path), claims.wanted_of(builtin_lists().claims))]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Relief is guaranteed at our clinic.", "CLM001"),
        ("This procedure is risk free.", "CLM001"),
        ("Not only is the shot painless, it is quick too.", "CLM001"),
        ("We have the finest pain doctors in the state.", "CLM001"),
        ("Our #1 team waits for you.", "CLM001"),
        ("The laser always works.", "CLM001"),
        ("Does it hurt? No: the block is painless.", "CLM001"),
        ("A walk is a painless way to start.", "CLM002"),
        ("Our cutting-edge scanner is here.", "CLM002"),
        ("A game changer for people with pain.", "CLM002"),
        ("Some people call fish oil a miracle.", "CLM002"),
        ("Dr. Example is board-certified.", "CLM003"),
        ("She has board certification in pain medicine.", "CLM003"),
        ("Yoga is a safe option.", "CLM004"),
        ("Massage is more effective than rest.", "CLM004"),
        ("Research shows that walking helps.", "CLM004"),
        ("The success rate is high.", "CLM004"),
        ('One patient said: "I can walk again!"', "CLM005"),
        ("> \u201cI had tried everything. They gave me my life back.\u201d", "CLM005"),
        ("> My back is well again and I sleep. I thank you all!\n> \u2014 Pat, a patient", "CLM005"),
    ],
)
def test_what_is_told(text: str, code: str) -> None:
    assert codes(text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "Nobody can guarantee a result.",
        "An injection doesn't cure worn joints.",
        "It is neither painless nor free of risk.",
        "Is it painless?",
        'Some ads say "guaranteed relief". Do not trust them.',
        "Nothing is without risk.",
        "The best way to reach us is by phone. The best chair for you is one that fits.",
        "We find the best treatment for you together.",
        "Take your medicine for breakthrough pain as we agreed.",
        "The guarantor signs here.",
        "Certified by the American Board of Physical Medicine, she is board certified in pain medicine.",
        "Ask whether your doctor is board certified.",
        "She is not board certified.",
        "Store it in a safe place. Stay safe. It keeps you safe. Ask if it is safe for you.",
        "It is safe to shower the next day.",
        "The new hours are effective January 4, 2027.",
        "You have a right to effective communication.",
        "It has not been proven to help.",
        "Moving more can often ease pain.",
        'Many people ask: "Will I be able to walk again?"',
        'Press the button that says "Send my request to the front desk".',
        'A patient who agreed and was not paid told us: "I can walk again." Results may differ.',
    ],
)
def test_what_passes(text: str) -> None:
    assert codes(text) == []


def test_a_footnote_in_the_paragraph_or_the_list_is_a_source() -> None:
    assert codes(f"{SOURCED}Yoga is safe for most people.[^nhs]", "conditions/x.md") == []
    assert codes(f"{SOURCED}- Yoga is safe.\n- So are walks.[^nhs]", "conditions/x.md") == []
    assert codes(f"{SOURCED}Yoga is safe.\n\nSo are walks.[^nhs]", "conditions/x.md") == ["CLM004"]


def test_risks_and_care_cards_claim_nothing() -> None:
    text = "## Risks\n\nThis one is painless.\n\n## Other\n\n> [!note] Good to know\n> Our shot is painless."
    assert codes(text, "procedures/x.md") == []


def test_a_clinic_adds_claims_of_its_own() -> None:
    lists, _ = merged((("lists/claims.toml", 'praise = ["boutique"]\nfair = ["painless parking"]\n'),))
    wanted = claims.wanted_of(lists.claims)
    text = "A boutique center with painless parking."
    assert [each.code for each in claims.of(page(text, "pages/x.md"), wanted)] == ["CLM002"]
