"""What tests of several commands share."""

import pytest

from clinic.commands import gathering
from clinic.commands.gathering import Gathered, gather


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[Gathered]:
    """Every look at all of the content."""
    found: list[Gathered] = []

    def counted(*arguments: object, **named: object) -> Gathered:
        found.append(gather(*arguments, **named))  # type: ignore[arg-type]
        return found[-1]

    monkeypatch.setattr(gathering, "gather", counted)
    return found
