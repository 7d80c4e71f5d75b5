"""docs/editing.md says nothing that is not so: its examples are good, its messages real, its tables current."""

import re
import shutil
from pathlib import Path

import pytest

from clinic.model.field_docs import records, table, tables_in, with_tables
from clinic.model.kinds import HEADERS, Common, Kind, Procedure
from clinic.problems import Problem, Severity
from clinic.problems.forms import as_text
from clinic.prose.sections import recommended, required
from clinic.rules.structure import HEADINGS
from clinic.source.fix import apply
from tests.harness import Checked, checked

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "editing.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^`content/(\S+)`\n\n```markdown\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


def sample(folder: Path) -> Path:
    """A copy of the sample content: what the guide's reader has."""
    return Path(shutil.copytree(ROOT / "content", folder / "content"))


def told(found: Checked) -> list[Problem]:
    """Errors and warnings."""
    return [problem for problem in found.problems if problem.severity is not Severity.INFO]


def test_there_is_an_example_of_every_kind() -> None:
    assert {path.partition("/")[0] for path, _ in EXAMPLES} == {kind.folder for kind in Kind}


def test_every_example_is_a_good_file(tmp_path: Path) -> None:
    content = sample(tmp_path)
    before = told(checked(content))
    for path, text in EXAMPLES:
        assert not (content / path).exists()
        (content / path).write_text(text, encoding="utf-8")
    found = checked(content)
    known = {document.path for document in found.content.documents}
    assert known.issuperset(path for path, _ in EXAMPLES)
    news = [problem for problem in told(found) if problem not in before]
    assert [(problem.path, problem.code) for problem in news] == [("pages/parking.md", "LNK013")]
    assert "`check` then warns that nothing links to it" in GUIDE


def test_a_spoiled_example_would_be_found(tmp_path: Path) -> None:
    content = sample(tmp_path)
    path, text = EXAMPLES[0]
    (content / path).write_text(text.replace("summary:", "sumary:"), encoding="utf-8")
    assert "FM051" in {problem.code for problem in told(checked(content)) if problem.path == path}


SLIPS = {
    "a link": ("conditions/sciatica.md", "(herniated-disc.md)", "(herniated-disk.md)"),
    "a colon": ("conditions/sciatica.md", "---\ntitle: Sciatica\n", "---\ntitle: Sciatica: pain down one leg\n"),
    "a date": ("announcements/thanksgiving-2026.md", "expires: 2026-11-27", "expires: 11/27/2026"),
    "a field": ("conditions/sciatica.md", "also_called:", "also_caled:"),
    "a card": ("conditions/sciatica.md", "[!urgent]", "[!urgant]"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_messages_are_shown_as_check_says_them_and_mended_as_the_guide_says(slip: str, tmp_path: Path) -> None:
    content = sample(tmp_path)
    path, good, bad = SLIPS[slip]
    text = (content / path).read_text(encoding="utf-8")
    assert text.count(good) == 1
    (content / path).write_text(text.replace(good, bad), encoding="utf-8")
    found = checked(content)
    (problem,) = (problem for problem in told(found) if problem.path == path)
    assert f"```text\n{as_text([problem], found.content.texts, colour=False).strip()}\n```" in GUIDE
    mended = apply((content / path).read_bytes(), [problem]).decode()
    if slip != "a colon":
        assert mended == text
    else:
        assert 'title: "Sciatica: pain down one leg"\n' in mended


def test_the_tables_of_fields_are_current() -> None:
    assert with_tables(GUIDE) == GUIDE, "run: invoke docs"


def test_every_field_that_can_be_written_is_in_a_table() -> None:
    assert {*tables_in(GUIDE), "Page"} == set(records())  # a page has the common fields only
    assert table(HEADERS[Kind.PAGE]).count("\n") == 2


def test_a_table_has_the_record_s_own_fields_and_says_what_is_needed() -> None:
    made = table(Procedure)
    assert "| `type` | **yes** | " in made
    assert "| `duration` |  | " in made
    assert "`title`" not in made
    assert "`title`" in table(Common)


def test_a_table_that_was_written_by_hand_is_made_anew() -> None:
    page = "Before.\n<!-- fields of Photo -->\nold\n<!-- end of fields -->\nAfter.\n"
    made = with_tables(page)
    assert "old" not in made
    assert "| `file` | **yes** |" in made
    assert made.startswith("Before.\n")
    assert made.endswith("<!-- end of fields -->\nAfter.\n")
    with pytest.raises(KeyError, match="Dentist"):
        with_tables(page.replace("Photo", "Dentist"))


@pytest.mark.parametrize("kind", [Kind.CONDITION, Kind.PROCEDURE])
def test_every_section_that_a_page_needs_is_named(kind: Kind) -> None:
    columns = GUIDE[GUIDE.index("| a condition needs | a procedure needs |") :].split("\n\n")[0].splitlines()
    column = [line.split("|")[1 if kind is Kind.CONDITION else 2] for line in columns]
    for key in (*required(kind.value, "injection"), *recommended(kind.value)):
        assert any(HEADINGS[kind][key] in cell for cell in column), key
