"""Titles that patients could take for one another, and titles that differ in what matters."""

import pytest

from clinic.rules.sameness import same_title


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Low back pain", "Lower back pain"),
        ("Low back pain", "Low-back pain"),
        ("Low back pain", "Low Back Pains"),
        ("Nerve block", "Nerve blocks"),
        ("Nerve block", "The nerve block"),
        ("Nerve blok treatment", "Nerve block treatment"),
        ("Lumbar sympathetic block", "Lumbar sympathetic nerve block"),
        ("Sciatica", "Sciattica"),
        ("Sciatica", "Sciatica?"),
        ("Medical records", "Your medical records"),
        ("Spinal cord stimulator", "Spinal cord stimluator"),
        ("Physical therapy", "Physical Therapy"),
        ("What is sciatica", "Sciatica, what is"),
        ("Patient's guide to MRI", "Patients guide to MRI"),
    ],
)
def test_titles_that_are_nearly_the_same(one: str, other: str) -> None:
    assert same_title(one, other)
    assert same_title(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cervical epidural injection", "Lumbar epidural injection"),
        ("Low back pain", "Upper back pain"),
        ("Low back pain", "Back pain"),
        ("Left knee injection", "Right knee injection"),
        ("MRI with dye", "MRI without dye"),
        ("Hypertension", "Hypotension"),
        ("Intralaminar injection", "Interlaminar injection"),
        ("Closed for Thanksgiving 2025", "Closed for Thanksgiving 2026"),
        ("Closed in December", "Closed in January"),
        ("Hours on Monday", "Hours on Sunday"),
        ("Hip pain", "Lip pain"),
        ("Neck pain", "Back pain"),
        ("Block at L4", "Block at L5"),
        ("Acute pain", "Chronic pain"),
        ("Nerve block", "Block"),
        ("Privacy practices", "Privacy on this website"),
        ("Adult visits", "Child visits"),
        ("腰痛", "肩痛"),
        ("腰痛", "首の痛み"),
    ],
)
def test_titles_of_different_things(one: str, other: str) -> None:
    assert not same_title(one, other)
    assert not same_title(other, one)
