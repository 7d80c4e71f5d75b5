"""Postal addresses in texts that are not the clinic's."""

from pathlib import Path

import pytest

from tests.harness import checked, good_site
from tests.rules.test_contacts import told

OTHER = [
    ("Come to 11 Example Street, Portland, OR 97201.", "11 Example Street"),
    ("Come to 1 Example Avenue.", "1 Example Avenue"),
    ("Come to 1 Sample Street.", "1 Sample Street"),
    ("Come to 1 NE Example Street.", "1 NE Example Street"),
    ("Write to P.O. Box 1234.", "P.O. Box 1234"),
    ("Write to PO Box 77, Salem.", "PO Box 77"),
    ("1 Example Street\\\nPortland, OR 97210", "97210"),
    ("Come to 4500 SW Martin Luther King Jr. Blvd.", "4500 SW Martin Luther King Jr. Blvd"),
    ("We moved to 300 5th Avenue.", "300 5th Avenue"),
]
FINE = [
    "Come to {{ location.main.address }}.",
    "Come to 1 Example Street.",
    "Come to 1 Example St., Portland, Oregon 97201-0100.",
    "Walk down Example Street to the green door.",
    "Write to the Office for Civil Rights, 200 Independence Avenue SW, Room 509F, Washington, DC 20201.",
    "Bus 15 stops in front of the building. Call 911.",
    "Ask 2 Dr. Example patients. Visit 3 Place names.",
    "In 2026 Example Way will open.",
    "Take 20 minutes. Drive slowly.",
]


@pytest.mark.parametrize(("text", "found"), OTHER)
def test_another_address_is_told(text: str, found: str, tmp_path: Path) -> None:
    (problem,) = told(tmp_path, text)
    assert problem.code == "FCT005"
    assert f'"{found}"' in problem.message


@pytest.mark.parametrize("text", FINE)
def test_the_clinics_own_and_ways_are_fine(text: str, tmp_path: Path) -> None:
    assert told(tmp_path, text) == []


def test_a_room_is_part_of_the_address(tmp_path: Path) -> None:
    site = good_site(tmp_path)
    clinic = site / "clinic.yaml"
    clinic.write_text(clinic.read_text().replace("[1 Example Street]", "[Suite 200, 1 Example Street]"))
    page = site / "pages" / "plans.md"
    before = page.read_text()
    for words, right in (
        ("Suite 200, 1 Example Street", True),
        ("1 Example Street, Ste. 200", True),
        ("1 Example St #200", True),
        ("1 Example Street", True),
        ("Suite 210, 1 Example Street", False),
        ("1 Example Street, Suite 20", False),
    ):
        page.write_text(f"{before}\nCome to {words}.\n")
        assert [each.code for each in checked(site).problems if each.code == "FCT005"] == [] if right else ["FCT005"], (
            words
        )
