"""docs/errors.md is what the catalogue says now."""

from pathlib import Path

from clinic.problems.catalogue import all_rules
from clinic.problems.errors_docs import render_errors_docs

DOCS = Path(__file__).parent.parent.parent / "docs" / "errors.md"


def test_the_page_is_current() -> None:
    assert DOCS.read_text(encoding="utf-8") == render_errors_docs(), "run: python -m clinic.problems.errors_docs"


def test_every_code_can_be_linked_to() -> None:
    lines = DOCS.read_text(encoding="utf-8").splitlines()
    assert {code: lines.count(f"### {code}") for code in all_rules()} == dict.fromkeys(all_rules(), 1)
