"""Doses that are misread, and numbers that run into their unit."""

import pytest

from clinic.rules import doses
from clinic.source.fix import apply
from tests.harness import page

MISREAD = [
    (".25 mg", "0.25 mg"),
    (".5mL", "0.5mL"),
    ("2.0 mg", "2 mg"),
    ("10.00 mL", "10 mL"),
    ("4 U", "units"),
    ("100 IU", "units"),
    ("6u", "units"),
    ("100 μg", "micrograms"),
    ("100µg", "micrograms"),
    ("5 cc", "mL"),
    ("QD", "once a day"),
    ("q.d.", "once a day"),
    ("Q.O.D.", "every other day"),
    ("qod", "every other day"),
    ("MSO4", "morphine"),
]
CLEAR = [
    "0.25 mg",
    "2 mg and 2.5 mg",
    "10 mL, 100 units, 25 micrograms, 1,000 mcg",
    "a 3.0 tesla scanner",
    "version 2.0",
    "5 U.S. states, a U-turn, 10 U-shaped pillows",
    "pH 7.0",
    "section 1.5",
    "L5 and S1",
    'the letters "QD"',
    "QD means once a day",
]
GLUED = [("10mg", "10 mg"), ("2.5mL", "2.5 mL"), ("1,000mcg", "1,000 mcg"), ("500ml", "500 ml"), ("40mg", "40 mg")]
FINE = ["10 mg", "5G", "3D", "gabapentin-300mg.pdf", "A4", "24h", "1st", "2x", "10mph", "5km", "3gp"]


@pytest.mark.parametrize(("text", "write"), MISREAD)
def test_a_dose_that_is_misread_is_told_and_never_mended(text: str, write: str) -> None:
    (found,) = doses.of(page(f"Take {text} at night.", "pages/x.md"))
    assert (found.code, found.replacement) == ("MED004", None)
    assert write in found.hint


@pytest.mark.parametrize("text", CLEAR)
def test_a_clear_dose_and_other_numbers_are_fine(text: str) -> None:
    assert list(doses.of(page(f"Take {text} at night.", "pages/x.md"))) == []


@pytest.mark.parametrize(("text", "right"), GLUED)
def test_a_number_is_parted_from_its_unit(text: str, right: str) -> None:
    made = page(f"Take **{text}** at night.", "pages/x.md")
    (found,) = doses.of(made)
    assert (found.code, found.replacement) == ("MED005", right)
    assert f"Take **{right}** at" in apply(made.text.encode(), [found]).decode()


@pytest.mark.parametrize("text", FINE)
def test_what_is_no_dose_stays(text: str) -> None:
    assert list(doses.of(page(f"Take {text} at night.", "pages/x.md"))) == []


def test_headers_and_tables_are_looked_at() -> None:
    text = "---\ntitle: T\nsummary: Take 5.0 mg.\n---\n\n| a | b |\n|---|---|\n| x | 10mg |\n"
    assert [(each.code, each.span.line) for each in doses.of(page(text, "pages/x.md"))] == [
        ("MED004", 3),
        ("MED005", 8),
    ]
